// SPDX-License-Identifier: GPL-2.0-only
// Where nodes and LANs stand: as the topology file says, else in rows by tier, else by springs from
// fixed beginnings, so that they stand at the same place in every run and at every moment.
import type { RunModel } from "./data";

export interface Point {
  x: number;
  y: number;
}

export interface Layout {
  nodes: Point[];
  networks: Point[]; // the middle of a link, or where a LAN's hub is
  width: number;
  height: number;
}

const APART = 170;
const MARGIN = 70;

/** The tiers from the core to the edge, where hosts and VTEPs are. */
function orderTiers(run: RunModel): string[] {
  const members = new Map<string, number[]>();
  run.nodes.forEach((node, i) => {
    const tier = node.tier ?? "";
    members.set(tier, [...(members.get(tier) ?? []), i]);
  });
  const rank = (tier: string) => {
    const list = members.get(tier)!;
    const isEnd = list.some((i) => run.nodes[i].kind !== "router");
    const links = list.reduce((sum, i) => sum + run.interfacesOfNode[i].length, 0) / list.length;
    return isEnd ? -1 : links / list.length; // few with many links each are the core
  };
  return [...members.keys()].sort((x, y) => rank(y) - rank(x));
}

/** Tiers in rows; those of the last stand in blocks below the node that they hang on. */
function byTier(run: RunModel): Point[] | null {
  const tiers = orderTiers(run);
  if (tiers.length < 2) {
    return null;
  }
  const last = tiers[tiers.length - 1];
  const isLast = (node: number) => (run.nodes[node].tier ?? "") === last;
  const blocks = new Map<number, number[]>();
  run.nodes.forEach((_, node) => {
    if (isLast(node)) {
      const around = run.interfacesOfNode[node].flatMap((i) => run.interfacesOfNetwork[run.interfaces[i].network].map((j) => run.interfaces[j].node));
      const parent = around.find((other) => !isLast(other)) ?? -1;
      blocks.set(parent, [...(blocks.get(parent) ?? []), node]);
    }
  });
  const parents = [...blocks.keys()].sort((x, y) => x - y);
  const most = Math.max(1, ...[...blocks.values()].map((list) => list.length));
  const step = run.nodes.length > 60 ? 62 : 110;
  const gap = step * 0.8;
  const size = (columns: number) => ({
    width: parents.length * (columns * step + gap),
    height: Math.ceil(most / columns) * step,
  });
  const above = (tiers.length - 1) * APART;
  const shape = (columns: number) => Math.abs(Math.log(size(columns).width / (size(columns).height * 1.0 + above * 2) / 1.4));
  let columns = 1;
  for (let each = 1; each <= most; ++each) {
    columns = shape(each) < shape(columns) ? each : columns;
  }
  const { width, height } = size(columns);
  const row = Math.max(APART, (height + width) / 8);
  const points: Point[] = run.nodes.map(() => ({ x: 0, y: 0 }));
  tiers.slice(0, -1).forEach((tier, level) => {
    const list = run.nodes.map((_, i) => i).filter((i) => (run.nodes[i].tier ?? "") === tier);
    list.forEach((node, at) => (points[node] = { x: ((at + 0.5) / list.length) * width, y: -level * row }));
  });
  parents.forEach((parent, number) => {
    const left = number * (columns * step + gap) + gap / 2;
    blocks.get(parent)!.forEach((node, at) => {
      points[node] = {
        x: left + ((at % columns) + 0.5) * step,
        y: -(tiers.length - 1) * row - Math.floor(at / columns) * step,
      };
    });
  });
  return points;
}

function bySprings(run: RunModel): Point[] {
  const count = run.nodes.length;
  const points = run.nodes.map((_, i) => {
    const angle = (2 * Math.PI * i) / count;
    const radius = APART * Math.sqrt(count) * (0.6 + 0.4 * ((i * 7919) % 101) / 101);
    return { x: radius * Math.cos(angle), y: radius * Math.sin(angle) };
  });
  const edges: [number, number][] = [];
  for (const members of run.interfacesOfNetwork) {
    for (let i = 1; i < members.length; ++i) {
      edges.push([run.interfaces[members[0]].node, run.interfaces[members[i]].node]);
    }
  }
  const rounds = count > 400 ? 60 : 250;
  for (let round = 0; round < rounds; ++round) {
    const step = APART * (1 - round / rounds);
    const force = points.map(() => ({ x: 0, y: 0 }));
    const push = (a: number, b: number, strength: (distance: number) => number) => {
      const dx = points[a].x - points[b].x || 0.01 * (a - b);
      const dy = points[a].y - points[b].y || 0.01;
      const distance = Math.hypot(dx, dy);
      const size = strength(distance) / distance;
      force[a].x += dx * size;
      force[a].y += dy * size;
      force[b].x -= dx * size;
      force[b].y -= dy * size;
    };
    for (let a = 0; a < count; ++a) {
      for (let b = 0; b < a; ++b) {
        push(a, b, (distance) => (APART * APART) / distance);
      }
    }
    for (const [a, b] of edges) {
      push(a, b, (distance) => (-distance * distance) / APART);
    }
    points.forEach((point, i) => {
      const size = Math.hypot(force[i].x, force[i].y) || 1;
      point.x += (force[i].x / size) * Math.min(size, step);
      point.y += (force[i].y / size) * Math.min(size, step);
    });
  }
  return points;
}

export function placeNodes(run: RunModel): Layout {
  const given = run.nodes.filter((node) => typeof node.x === "number" && typeof node.y === "number");
  let nodes: Point[];
  if (given.length > 0 && run.interfacesOfNode.every((list, i) => list.length === 0 || given.includes(run.nodes[i]))) {
    let closest = Infinity;
    for (const a of given) {
      for (const b of given) {
        const distance = Math.hypot(a.x! - b.x!, a.y! - b.y!);
        closest = distance > 0 ? Math.min(closest, distance) : closest;
      }
    }
    const scale = (Number.isFinite(closest) ? APART / closest : 1) * (given.length > 1 ? 1 : 0);
    nodes = run.nodes.map((node, i) => ({
      x: (node.x ?? i) * scale,
      y: (node.y ?? -1) * scale,
    }));
    scaleNetworks = scale;
  } else {
    nodes = byTier(run) ?? bySprings(run);
    scaleNetworks = 0;
  }
  const networks = run.networks.map((network, number) => {
    if (scaleNetworks && typeof network.x === "number" && typeof network.y === "number" && run.interfacesOfNetwork[number].length !== 2) {
      return { x: network.x * scaleNetworks, y: network.y * scaleNetworks };
    }
    const ends = run.interfacesOfNetwork[number].map((i) => nodes[run.interfaces[i].node]);
    return {
      x: ends.reduce((sum, end) => sum + end.x, 0) / Math.max(1, ends.length),
      y: ends.reduce((sum, end) => sum + end.y, 0) / Math.max(1, ends.length),
    };
  });
  return normalize(nodes, networks);
}

let scaleNetworks = 0;

/** Upwards is up: files count y upwards, the screen downwards. */
function normalize(nodes: Point[], networks: Point[]): Layout {
  const all = [...nodes, ...networks];
  const left = Math.min(...all.map((point) => point.x));
  const top = Math.max(...all.map((point) => point.y));
  const place = (point: Point) => ({ x: point.x - left + MARGIN, y: top - point.y + MARGIN });
  const placed = [...all.map(place)];
  return {
    nodes: nodes.map(place),
    networks: networks.map(place),
    width: Math.max(...placed.map((point) => point.x)) + MARGIN,
    height: Math.max(...placed.map((point) => point.y)) + MARGIN,
  };
}
