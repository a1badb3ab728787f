// SPDX-License-Identifier: GPL-2.0-only
// The packets on a link as tcpdump prints them, and one packet layer by layer.
import type { PacketReader } from "./axis";
import { formatSeconds, Packet, RunModel } from "./data";
import { hexDump } from "./dissect";
import { button, clear, el } from "./dom";

const MOST_LINES = 200;

export class PacketsView {
  readonly element = el("div", { class: "packets" });
  private readonly heading = el("p", { class: "hint" });
  private readonly body = el("tbody");
  private readonly detail = el("section", { class: "detail", "aria-label": "headers of the packet" });
  private shownKey = "";

  constructor(
    private readonly run: RunModel,
    private readonly reader: PacketReader,
    private readonly go: (moment: number) => void,
  ) {
    const head = el("tr", {}, ...["time", "from", "packet"].map((name) => el("th", { scope: "col" }, name)));
    const table = el("table", { class: "lines" }, el("caption", {}, "Packets up to now, the last ones at the end"), el("thead", {}, head), this.body);
    this.element.append(
      this.heading,
      el("div", { class: "scroll tall", tabindex: 0, role: "region", "aria-label": "packets" }, table),
      this.detail,
    );
  }

  /** \param network a link, or -1: those of all links \param shown which packets pass the filters */
  show(network: number, node: number, moment: number, shown: (packet: Packet) => boolean): void {
    const lines: Packet[] = [];
    for (let i = this.run.packets.length - 1; i >= 0 && lines.length < MOST_LINES; --i) {
      const packet = this.run.packets[i];
      const sender = this.run.interfaces[packet.sender];
      const isHere =
        network >= 0 ? sender.network === network : node < 0 || sender.node === node || this.touches(packet, node);
      if (packet.moment <= moment && isHere && shown(packet)) {
        lines.unshift(packet);
      }
    }
    const where = network >= 0 ? `link ${this.run.networks[network].name}` : node >= 0 ? `links of ${this.run.nodes[node].name}` : "all links";
    this.heading.textContent = `Packets on ${where}; choose a link in the picture for its own. Each stands at the time at which its sender had sent it.`;
    const key = [network, node, lines.length, lines[0]?.number, lines[lines.length - 1]?.number, moment].join();
    if (key !== this.shownKey) {
      this.shownKey = key;
      clear(this.body);
      lines.forEach((packet) => this.body.append(this.line(packet, moment)));
      const box = this.body.closest(".scroll");
      if (box) {
        box.scrollTop = box.scrollHeight;
      }
    }
  }

  private touches(packet: Packet, node: number): boolean {
    return this.reader.receivers(packet).some((i) => this.run.interfaces[i].node === node);
  }

  private line(packet: Packet, moment: number): HTMLTableRowElement {
    const { line } = this.reader.read(packet);
    const sender = this.run.interfaces[packet.sender];
    const time = formatSeconds(this.run.times[packet.moment]);
    const press = button(line, `headers of: ${line}`, () => this.open(packet));
    press.className = "packet-line";
    return el(
      "tr",
      {
        "data-time": time,
        "data-node": this.run.nodes[sender.node].name,
        "data-link": this.run.networks[sender.network].name,
        "data-packet": packet.number,
        class: packet.moment === moment ? "now" : undefined,
      },
      el("td", {}, time),
      el("td", {}, `${this.run.nodes[sender.node].name} ${sender.name}`),
      el("td", {}, press),
    );
  }

  open(packet: Packet): void {
    clear(this.detail);
    const { layers, line } = this.reader.read(packet);
    const time = formatSeconds(this.run.times[packet.moment]);
    const jump = button("Go to this packet", "Go to this packet", () => this.go(packet.moment));
    this.detail.append(el("h2", {}, `Packet at ${time} s`), el("p", { class: "mono" }, line), jump);
    layers.forEach((layer, depth) => {
      const rows = layer.fields.map(([name, value]) => el("tr", {}, el("th", { scope: "row" }, name), el("td", {}, value)));
      const box = el(
        "details",
        { open: true, class: "layer", style: `margin-left:${depth * 10}px` },
        el("summary", {}, layer.name),
        el("table", {}, el("tbody", {}, ...rows)),
      );
      this.detail.append(box);
    });
    this.detail.append(
      el("details", { class: "layer" }, el("summary", {}, `Bytes (${packet.length} in all)`), el("pre", { tabindex: 0 }, hexDump(packet.bytes, packet.length))),
    );
  }
}
