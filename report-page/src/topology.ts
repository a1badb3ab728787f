// SPDX-License-Identifier: GPL-2.0-only
// The drawn topology: nodes, links, trees, failures, and packets on their way.
import type { Packet, RunModel } from "./data";
import type { PacketReader } from "./axis";
import { clear, pressable, svg } from "./dom";
import { Layout, placeNodes, Point } from "./layout";
import type { Arc, Arrow, Failure } from "./trees";

export interface Picture {
  arrows: Arrow[];
  lit: Arrow[]; // a branch that a row lights up
  arcs: Arc[];
  roles: Map<number, string[]>;
  failure: Failure;
  selectedNode: number;
  selectedNetwork: number;
}

/** How packets are drawn: a letter, a shape, a colour's class. */
const LOOKS: Record<string, { letter: string; css: string; boxed?: boolean }> = {
  multicast: { letter: "D", css: "data" },
  other: { letter: "D", css: "data" },
  register: { letter: "D", css: "register", boxed: true },
  "null-register": { letter: "0", css: "register", boxed: true },
  "register-stop": { letter: "S", css: "register" },
  "pim-join-prune": { letter: "J", css: "join" },
  "pim-bootstrap": { letter: "B", css: "control" },
  "pim-candidate-rp": { letter: "C", css: "control" },
  "pim-assert": { letter: "A", css: "control" },
  "pim-hello": { letter: "H", css: "quiet" },
  igmp: { letter: "I", css: "join" },
  ospf: { letter: "O", css: "quiet" },
  "vxlan-multicast": { letter: "F", css: "vxlan", boxed: true },
  "vxlan-unicast": { letter: "F", css: "vxlan", boxed: true },
  arp: { letter: "R", css: "quiet" },
  bgp: { letter: "G", css: "control" },
};

export function lookOf(linkClass: string): { letter: string; css: string; boxed?: boolean } {
  return LOOKS[linkClass] ?? { letter: "M", css: "control" };
}

interface Flight {
  element: SVGGElement;
  path: Point[];
}

const RADIUS = 24;
const MANY = 120; // nodes; with more, names are small and links have no labels

export class TopologyView {
  readonly element: SVGSVGElement;
  readonly layout: Layout;
  private readonly arrows = svg("g", { class: "arrows" });
  private readonly labels = svg("g", { class: "labels" });
  private readonly flights = svg("g", { class: "flights" });
  private readonly nodeElements: SVGGElement[] = [];
  private readonly linkElements: SVGGElement[] = [];
  private readonly networkNames = new Map<number, SVGTextElement>();
  private readonly spokes = new Map<number, SVGLineElement>(); // of LANs, by interface
  private readonly badges: SVGTextElement[] = [];
  private flying: Flight[] = [];
  private view: { x: number; y: number; width: number; height: number };

  constructor(
    private readonly run: RunModel,
    private readonly reader: PacketReader,
    title: string,
    private readonly pickNode: (node: number) => void,
    private readonly pickNetwork: (network: number) => void,
  ) {
    this.layout = placeNodes(run);
    this.view = { x: 0, y: 0, width: this.layout.width, height: this.layout.height };
    this.element = svg("svg", { class: "topology", role: "group", "aria-label": title });
    const links = svg("g", { class: "links" });
    const nodes = svg("g", { class: "nodes" });
    this.drawLinks(links);
    this.drawNodes(nodes);
    this.element.append(this.markers(), links, this.arrows, nodes, this.labels, this.flights);
    this.fit();
    this.element.addEventListener("pointermove", (event) => {
      if (event.buttons === 1) {
        const scale = this.view.width / (this.element.clientWidth || 1);
        this.pan(-event.movementX * scale, -event.movementY * scale);
      }
    });
    this.element.addEventListener("wheel", (event) => {
      if (event.ctrlKey) {
        event.preventDefault();
        this.zoom(event.deltaY > 0 ? 1.1 : 0.9);
      }
    });
  }

  private markers(): SVGDefsElement {
    const defs = svg("defs");
    for (const kind of ["star", "source", "lit", "arc"]) {
      defs.append(
        svg(
          "marker",
          {
            id: `tip-${kind}`,
            markerWidth: 13,
            markerHeight: 13,
            refX: 7,
            refY: 4,
            orient: "auto",
            markerUnits: "userSpaceOnUse",
            viewBox: "0 0 8 8",
          },
          svg("path", { d: "M0,0 L8,4 L0,8 z", class: `tip ${kind}` }),
        ),
      );
    }
    return defs;
  }

  private isLan(network: number): boolean {
    return this.run.interfacesOfNetwork[network].length !== 2;
  }

  /** The places between which a packet, or an arrow, goes from an interface onto its network. */
  private wayFrom(from: number, to = -1): Point[] {
    const { node, network } = this.run.interfaces[from];
    const start = this.layout.nodes[node];
    const hub = this.layout.networks[network];
    const ends = this.run.interfacesOfNetwork[network];
    if (!this.isLan(network)) {
      const other = ends[0] === from ? ends[1] : ends[0];
      return [start, this.layout.nodes[this.run.interfaces[other].node]];
    }
    return to < 0 ? [start, hub] : [start, hub, this.layout.nodes[this.run.interfaces[to].node]];
  }

  private drawLinks(into: SVGGElement): void {
    this.run.networks.forEach((network, number) => {
      const ends = this.run.interfacesOfNetwork[number];
      const names = ends.map((i) => this.run.nodes[this.run.interfaces[i].node].name).join(", ");
      const group = svg("g", { class: "link", "data-link": network.name });
      const lines: [Point, Point][] = this.isLan(number)
        ? ends.map((i) => [this.layout.nodes[this.run.interfaces[i].node], this.layout.networks[number]])
        : [[this.layout.nodes[this.run.interfaces[ends[0]].node], this.layout.nodes[this.run.interfaces[ends[1]].node]]];
      for (const css of ["hit", "line"]) {
        lines.forEach(([a, b], end) => {
          const line = svg("line", { class: css, x1: a.x, y1: a.y, x2: b.x, y2: b.y });
          group.append(line);
          if (css === "line" && this.isLan(number)) {
            this.spokes.set(ends[end], line);
          }
        });
      }
      const hub = this.layout.networks[number];
      if (this.isLan(number)) {
        group.append(svg("circle", { class: "hub", cx: hub.x, cy: hub.y, r: 6 }));
      }
      group.append(svg("path", { class: "cross", d: `M${hub.x - 9},${hub.y - 9} l18,18 m0,-18 l-18,18` }));
      if (this.run.nodes.length <= MANY) {
        const text = svg("text", { class: "network-name", x: hub.x, y: hub.y - 7 }, network.name);
        this.networkNames.set(number, text);
        group.append(text);
      }
      pressable(group, `link ${network.name} between ${names}`, () => this.pickNetwork(number));
      this.linkElements.push(group);
      into.append(group);
    });
  }

  private drawNodes(into: SVGGElement): void {
    this.run.nodes.forEach((node, number) => {
      const { x, y } = this.layout.nodes[number];
      const group = svg("g", { class: `node ${node.kind}`, "data-node": node.name, transform: `translate(${x},${y})` });
      const shape =
        node.kind === "router"
          ? svg("ellipse", { class: "shape", rx: RADIUS + 4, ry: RADIUS })
          : svg("rect", { class: "shape", x: -RADIUS, y: -RADIUS + 4, width: 2 * RADIUS, height: 2 * RADIUS - 8, rx: 4 });
      const badge = svg("text", { class: "badge", y: RADIUS + 15 });
      group.append(
        shape,
        svg("path", { class: "cross", d: `M${-RADIUS},${-RADIUS} l${2 * RADIUS},${2 * RADIUS} m0,${-2 * RADIUS} l${-2 * RADIUS},${2 * RADIUS}` }),
        svg("text", { class: "name", y: 5 }, node.name),
        badge,
      );
      pressable(group, `${node.kind} ${node.name}`, () => this.pickNode(number));
      this.nodeElements.push(group);
      this.badges.push(badge);
      into.append(group);
    });
  }

  /** Interface names and addresses at the ends of links, if asked for. */
  label(interfaces: boolean, addresses: boolean): void {
    clear(this.labels);
    this.networkNames.forEach((text, network) => {
      const { name, prefix } = this.run.networks[network];
      text.textContent = addresses ? `${name}: ${prefix}` : name;
    });
    if (!interfaces && !addresses) {
      return;
    }
    this.run.interfaces.forEach((each, number) => {
      const way = this.wayFrom(number);
      const length = Math.hypot(way[1].x - way[0].x, way[1].y - way[0].y) || 1;
      const at = Math.min(0.42, (RADIUS + 24) / length);
      const x = way[0].x + (way[1].x - way[0].x) * at;
      const y = way[0].y + (way[1].y - way[0].y) * at;
      const text = [interfaces ? each.name : "", addresses ? this.hostPart(each) : ""].filter(Boolean).join(" ");
      this.labels.append(svg("text", { class: "interface", x, y: y + 4, "data-node": this.run.nodes[each.node].name }, text));
    });
  }

  /** Of an address what its network's prefix, which stands on the link, leaves open. */
  private hostPart(each: { address: string; network: number }): string {
    const length = Number(this.run.networks[each.network].prefix.split("/")[1]);
    return length >= 24 && length < 32 ? "." + each.address.split(".")[3] : each.address;
  }

  show(picture: Picture): void {
    clear(this.arrows);
    const count = new Map<string, number>();
    for (const arrow of picture.arrows) {
      this.drawArrow(arrow, arrow.kind, count);
    }
    for (const arrow of picture.lit) {
      this.drawArrow(arrow, "lit", count);
    }
    for (const arc of picture.arcs) {
      this.drawArc(arc);
    }
    this.nodeElements.forEach((element, node) => {
      const roles = picture.roles.get(node) ?? [];
      const failed = picture.failure.nodes.has(node);
      element.classList.toggle("failed", failed);
      element.classList.toggle("selected", node === picture.selectedNode);
      for (const role of ["BSR", "RP", "source", "receiver", "VTEP"]) {
        element.classList.toggle(`is-${role}`, roles.includes(role));
      }
      const words = roles.join(", ");
      if (this.badges[node].textContent !== words) {
        this.badges[node].textContent = words;
      }
      const { kind, name } = this.run.nodes[node];
      const label = `${kind} ${name}${words ? ", " + words : ""}${failed ? ", down" : ""}`;
      if (element.getAttribute("aria-label") !== label) {
        element.setAttribute("aria-label", label);
      }
    });
    this.drawCuts(picture.failure.interfaces);
    this.linkElements.forEach((element, network) => {
      const ends = this.run.interfacesOfNetwork[network];
      const isCut = !this.isLan(network) && ends.some((i) => picture.failure.interfaces.has(i));
      element.classList.toggle("failed", isCut || picture.failure.networks.has(network));
      element.classList.toggle("losing", picture.failure.losing.has(network));
      element.classList.toggle("selected", network === picture.selectedNetwork);
    });
  }

  private drawCuts(interfaces: Set<number>): void {
    this.spokes.forEach((line, number) => line.classList.toggle("failed", interfaces.has(number)));
  }

  private drawArrow(arrow: Arrow, css: string, count: Map<string, number>): void {
    const way = this.wayFrom(arrow.from);
    const [a, b] = way;
    const length = Math.hypot(b.x - a.x, b.y - a.y) || 1;
    const key = `${arrow.from}`;
    const side = (count.get(key) ?? 0) * 6 + 4;
    count.set(key, (count.get(key) ?? 0) + 1);
    const [ux, uy] = [(b.x - a.x) / length, (b.y - a.y) / length];
    const end = this.isLan(this.run.interfaces[arrow.from].network) ? 10 : RADIUS + 8;
    const [ox, oy] = [-uy * side, ux * side];
    this.arrows.append(
      svg("line", {
        class: `arrow ${css}`,
        "data-node": this.run.nodes[this.run.interfaces[arrow.from].node].name,
        "data-link": this.run.networks[this.run.interfaces[arrow.from].network].name,
        x1: a.x + ux * (RADIUS + 4) + ox,
        y1: a.y + uy * (RADIUS + 4) + oy,
        x2: b.x - ux * end + ox,
        y2: b.y - uy * end + oy,
        "marker-end": `url(#tip-${css})`,
      }),
    );
  }

  private drawArc(arc: Arc): void {
    const [a, b] = [this.layout.nodes[arc.from], this.layout.nodes[arc.to]];
    const [mx, my] = [(a.x + b.x) / 2, (a.y + b.y) / 2];
    const bend = 0.18;
    const [cx, cy] = [mx - (b.y - a.y) * bend, my + (b.x - a.x) * bend];
    const edge = (point: Point) => {
      const distance = Math.hypot(cx - point.x, cy - point.y) || 1;
      const part = (RADIUS + 8) / distance;
      return `${point.x + (cx - point.x) * part},${point.y + (cy - point.y) * part}`;
    };
    const path = svg("path", {
      class: "arrow arc",
      d: `M${edge(a)} Q${cx},${cy} ${edge(b)}`,
      "marker-end": "url(#tip-arc)",
    });
    path.append(svg("title", {}, arc.text));
    this.arrows.append(path);
  }

  /** Puts packets at the beginnings of their ways. */
  launch(packets: Packet[]): void {
    clear(this.flights);
    this.flying = [];
    for (const packet of packets) {
      const look = lookOf(packet.linkClass);
      const to = this.reader.receivers(packet);
      const network = this.run.interfaces[packet.sender].network;
      for (const receiver of this.isLan(network) ? to : [to[0] ?? -1]) {
        const element = this.drawPacket(packet, look);
        this.flights.append(element);
        this.flying.push({ element, path: this.wayFrom(packet.sender, receiver) });
      }
    }
    this.move(0.5);
  }

  private drawPacket(packet: Packet, look: { letter: string; css: string; boxed?: boolean }): SVGGElement {
    const element = svg("g", { class: `packet ${look.css}`, "data-class": packet.linkClass });
    if (look.boxed) {
      element.append(svg("rect", { class: "outer", x: -15, y: -13, width: 30, height: 26, rx: 3 }));
    }
    element.append(
      look.css === "data" || look.boxed
        ? svg("rect", { class: "inner", x: -9, y: -8, width: 18, height: 16, rx: 2 })
        : svg("circle", { class: "inner", r: 10 }),
      svg("text", { class: "letter", y: 4 }, look.letter),
    );
    return element;
  }

  /** Moves the packets to a part, 0 to 1, of their ways. */
  move(part: number): void {
    for (const { element, path } of this.flying) {
      const legs = path.length - 1;
      const leg = Math.min(legs - 1, Math.floor(part * legs));
      const within = part * legs - leg;
      const [a, b] = [path[leg], path[leg + 1]];
      const x = a.x + (b.x - a.x) * within;
      const y = a.y + (b.y - a.y) * within;
      element.setAttribute("transform", `translate(${x.toFixed(1)},${y.toFixed(1)})`);
    }
  }

  get hasFlights(): boolean {
    return this.flying.length > 0;
  }

  /** Moves the picture by parts of what is seen, or by its own units. */
  pan(x: number, y: number): void {
    this.view = { ...this.view, x: this.view.x + x, y: this.view.y + y };
    this.applyView();
  }

  panBy(x: number, y: number): void {
    this.pan(x * this.view.width, y * this.view.height);
  }

  zoom(factor: number): void {
    const { x, y, width, height } = this.view;
    this.view = {
      x: x + (width * (1 - factor)) / 2,
      y: y + (height * (1 - factor)) / 2,
      width: width * factor,
      height: height * factor,
    };
    this.applyView();
  }

  fit(): void {
    this.view = { x: 0, y: 0, width: this.layout.width, height: this.layout.height };
    this.applyView();
  }

  private applyView(): void {
    const { x, y, width, height } = this.view;
    this.element.setAttribute("viewBox", `${x} ${y} ${width} ${height}`);
  }
}
