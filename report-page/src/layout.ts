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

function byTier(run: RunModel): Point[] | null {
  const tiers = [...new Set(run.nodes.map((node) => node.tier ?? ""))];
  if (tiers.length < 2) {
    return null;
  }
  // Tiers by how far they are from the edge, where hosts and VTEPs are.
  const isEnd = (tier: string) =>
    run.nodes.some((node) => (node.tier ?? "") === tier && node.kind !== "router") ? 1 : 0;
  tiers.sort((a, b) => isEnd(a) - isEnd(b));
  const order = tiers.filter((tier) => isEnd(tier) === 0);
  const degree = (tier: string) => {
    const members = run.nodes.map((_, i) => i).filter((i) => (run.nodes[i].tier ?? "") === tier);
    return members.reduce((sum, i) => sum + run.interfacesOfNode[i].length, 0) / members.length;
  };
  order.sort((a, b) => degree(b) - degree(a));
  order.push(...tiers.filter((tier) => isEnd(tier) === 1));
  const widest = Math.max(...tiers.map((tier) => run.nodes.filter((n) => (n.tier ?? "") === tier).length));
  const width = widest * APART * (widest > 40 ? 0.3 : 1);
  const seen = new Map<string, number>();
  return run.nodes.map((node) => {
    const tier = node.tier ?? "";
    const count = run.nodes.filter((n) => (n.tier ?? "") === tier).length;
    const at = seen.get(tier) ?? 0;
    seen.set(tier, at + 1);
    return { x: ((at + 0.5) / count) * width, y: -order.indexOf(tier) * Math.max(APART, width / 12) };
  });
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
