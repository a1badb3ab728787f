// SPDX-License-Identifier: GPL-2.0-only
// Distribution trees, roles and failures at a moment, read from the tables as they are then.
import type { RunModel, TableHistory } from "./data";

/** An arrow from an interface onto its network. */
export interface Arrow {
  from: number; // interface
  kind: "star" | "source";
}

export interface Entry {
  node: number;
  kind: string; // `*,G`, `S,G`, `S,G,rpt`
  source: string;
  group: string;
  upstreamInterface: string;
  upstreamNeighbor: string;
  outgoing: string[];
  rp: string;
}

/** An arc of the overlay: a VTEP has learned where another is. */
export interface Arc {
  from: number;
  to: number;
  text: string;
}

export interface Failure {
  networks: Set<number>;
  interfaces: Set<number>;
  nodes: Set<number>;
  losing: Map<number, number>; // networks and rates
}

function cell(table: TableHistory, row: string[], column: string): string {
  return row[table.column(column)] ?? "";
}

let lastEntries: { run: RunModel; moment: number; entries: Entry[] } | null = null;

/** The entries of all routers; those of the last moment asked for are kept. */
export function entriesAt(run: RunModel, moment: number): Entry[] {
  if (lastEntries?.run !== run || lastEntries.moment !== moment) {
    lastEntries = { run, moment, entries: readEntries(run, moment) };
  }
  return lastEntries.entries;
}

function readEntries(run: RunModel, moment: number): Entry[] {
  const table = run.table("tib");
  return !table
    ? []
    : table.rows(moment).map((row) => ({
        node: run.node(row[0]),
        kind: cell(table, row, "kind"),
        source: cell(table, row, "source"),
        group: cell(table, row, "group"),
        upstreamInterface: cell(table, row, "upstream_interface"),
        upstreamNeighbor: cell(table, row, "upstream_neighbor"),
        outgoing: cell(table, row, "outgoing_interfaces").split(" ").filter(Boolean),
        rp: cell(table, row, "rp"),
      }));
}

/** `(*, 239.0.0.10)`, as the choice of trees names them. */
export function treeName(source: string, group: string): string {
  return `(${source}, ${group})`;
}

/** The trees there are: one of each group's RP, one of each source. */
export function treesAt(run: RunModel, moment: number): string[] {
  const names = new Set<string>();
  for (const entry of entriesAt(run, moment)) {
    if (entry.kind !== "S,G,rpt") {
      names.add(treeName(entry.source, entry.group));
    }
  }
  return [...names].sort();
}

/** The arrow from a source to its first hop, if an entry is that of the first hop. */
function firstHop(run: RunModel, node: number, incoming: string, source: string): Arrow[] {
  const at = run.interfaceOf(node, incoming);
  const owner = run.ownerOf(source);
  const network = at < 0 ? -1 : run.interfaces[at].network;
  return (run.interfacesOfNode[owner] ?? [])
    .filter((i) => run.interfaces[i].network === network && owner !== node)
    .map((from) => ({ from, kind: "source" }));
}

/** Each arrow once. */
function unique(arrows: Arrow[]): Arrow[] {
  return [...new Map(arrows.map((arrow) => [`${arrow.from} ${arrow.kind}`, arrow])).values()];
}

/** What is forwarded for a group: the arrows of the forwarding caches. */
export function forwardingArrows(run: RunModel, moment: number, group: string): Arrow[] {
  const table = run.table("mfc");
  const arrows: Arrow[] = [];
  for (const row of table?.rows(moment) ?? []) {
    if (table && cell(table, row, "group") === group) {
      const node = run.node(row[0]);
      const source = cell(table, row, "source");
      const kind = source === "*" ? "star" : "source";
      for (const name of cell(table, row, "outgoing_interfaces").split(" ").filter(Boolean)) {
        const from = run.interfaceOf(node, name);
        if (from >= 0) {
          arrows.push({ from, kind });
        }
      }
      arrows.push(...firstHop(run, node, cell(table, row, "incoming_interface"), source));
    }
  }
  return unique(arrows);
}

/** The arrows of one tree, as the routers' tables of trees have it. */
export function treeArrows(run: RunModel, moment: number, name: string): Arrow[] {
  const arrows: Arrow[] = [];
  for (const entry of entriesAt(run, moment)) {
    if (entry.kind !== "S,G,rpt" && treeName(entry.source, entry.group) === name) {
      for (const outgoing of entry.outgoing) {
        const from = run.interfaceOf(entry.node, outgoing);
        if (from >= 0) {
          arrows.push({ from, kind: entry.source === "*" ? "star" : "source" });
        }
      }
      arrows.push(...firstHop(run, entry.node, entry.upstreamInterface, entry.source));
    }
  }
  return unique(arrows);
}

/** The branch that one entry is part of: its way up to the root, and all below it. */
export function branchArrows(run: RunModel, moment: number, of: Entry): Arrow[] {
  const same = entriesAt(run, moment).filter(
    (entry) => entry.kind === of.kind && entry.source === of.source && entry.group === of.group,
  );
  const kind = of.source === "*" ? "star" : "source";
  const arrows: Arrow[] = [];
  const seen = new Set<number>();
  const below = (entry: Entry) => {
    if (seen.has(entry.node)) {
      return;
    }
    seen.add(entry.node);
    for (const name of entry.outgoing) {
      const from = run.interfaceOf(entry.node, name);
      if (from < 0) {
        continue;
      }
      arrows.push({ from, kind });
      const network = run.interfaces[from].network;
      for (const next of same) {
        const upstream = run.interfaceOf(next.node, next.upstreamInterface);
        if (upstream >= 0 && upstream !== from && run.interfaces[upstream].network === network) {
          below(next);
        }
      }
    }
  };
  below(of);
  let at: Entry | undefined = of;
  const climbed = new Set<number>();
  while (at && !climbed.has(at.node)) {
    climbed.add(at.node);
    const upstream = run.interfaceOf(at.node, at.upstreamInterface);
    const owner = run.ownerOf(at.upstreamNeighbor);
    if (upstream < 0 || owner < 0) {
      break;
    }
    const network = run.interfaces[upstream].network;
    const from = run.interfacesOfNode[owner].find((i) => run.interfaces[i].network === network);
    if (from === undefined) {
      break;
    }
    arrows.push({ from, kind });
    at = same.find((entry) => entry.node === owner);
  }
  return arrows;
}

/** Which VTEP has learned of which other, by VNI. */
export function overlayArcs(run: RunModel, moment: number): Arc[] {
  const table = run.table("fdb");
  const arcs: Arc[] = [];
  for (const row of table?.rows(moment) ?? []) {
    const to = table ? run.ownerOf(cell(table, row, "vtep")) : -1;
    if (table && to >= 0) {
      const vni = cell(table, row, "vni");
      arcs.push({ from: run.node(row[0]), to, text: `${cell(table, row, "mac")} (VNI ${vni})` });
    }
  }
  return arcs;
}

/** What each node is, in words: BSR, RP, receiver, source, VTEP. */
export function rolesAt(run: RunModel, moment: number, group: string): Map<number, string[]> {
  const roles = new Map<number, string[]>();
  const add = (node: number, role: string) => {
    const list = roles.get(node) ?? [];
    if (node >= 0 && !list.includes(role)) {
      roles.set(node, [...list, role]);
    }
  };
  const rps = run.table("rp");
  const bsrs = new Map<string, number>();
  for (const row of rps?.rows(moment) ?? []) {
    const bsr = cell(rps!, row, "bsr");
    bsrs.set(bsr, (bsrs.get(bsr) ?? 0) + 1);
  }
  for (const bsr of bsrs.keys()) {
    add(run.ownerOf(bsr), "BSR");
  }
  for (const entry of entriesAt(run, moment)) {
    if (group === "" || entry.group === group) {
      add(run.ownerOf(entry.rp), "RP");
      if (entry.source !== "*") {
        add(run.ownerOf(entry.source), "source");
      }
    }
  }
  if (![...roles.values()].some((list) => list.includes("RP"))) {
    for (const row of bestRps(rps, moment)) {
      add(run.ownerOf(row), "RP");
    }
  }
  const igmp = run.table("igmp");
  for (const row of igmp?.rows(moment) ?? []) {
    if (group === "" || cell(igmp!, row, "group") === group) {
      add(run.ownerOf(cell(igmp!, row, "last_reporter")), "receiver");
    }
  }
  const fdb = run.table("fdb");
  for (const row of fdb?.rows(moment) ?? []) {
    add(run.node(row[0]), "VTEP");
  }
  return roles;
}

/** The RPs that would be chosen: those of the lowest priority value. */
function bestRps(table: TableHistory | undefined, moment: number): Set<string> {
  const best = new Map<string, [number, string]>();
  for (const row of table?.rows(moment) ?? []) {
    const rp = cell(table!, row, "rp");
    const priority = Number(cell(table!, row, "rp_priority"));
    const range = cell(table!, row, "group_prefix");
    const before = best.get(range);
    if (rp && (!before || priority < before[0])) {
      best.set(range, [priority, rp]);
    }
  }
  return new Set([...best.values()].map(([, rp]) => rp));
}

export function failuresAt(run: RunModel, moment: number): Failure {
  const failure: Failure = { networks: new Set(), interfaces: new Set(), nodes: new Set(), losing: new Map() };
  const now = run.times[moment];
  for (const action of run.raw.actions) {
    if (action.moment > moment) {
      break;
    }
    for (const network of action.networks ?? []) {
      if (action.kind === "link") {
        action.up ? failure.networks.delete(network) : failure.networks.add(network);
      } else if (!action.rate || (typeof action.until === "number" && action.until <= now)) {
        failure.losing.delete(network);
      } else {
        failure.losing.set(network, action.rate);
      }
    }
    for (const [node, name] of action.interfaces ?? []) {
      const number = run.interfaceOf(run.node(node), name);
      action.up ? failure.interfaces.delete(number) : failure.interfaces.add(number);
    }
    for (const name of action.nodes ?? []) {
      const node = run.node(name);
      action.up ? failure.nodes.delete(node) : failure.nodes.add(node);
    }
  }
  return failure;
}

/** The group that something last happened to, at or before a moment. */
export function currentGroup(run: RunModel, moment: number): string {
  for (let i = run.events.length - 1; i >= 0; --i) {
    const event = run.events[i];
    const match = event.moment <= moment ? /\b(2(?:2[4-9]|3\d)(?:\.\d+){3})\b/.exec(event.detail) : null;
    if (match && !match[1].startsWith("224.0.0.")) {
      return match[1];
    }
  }
  return "";
}
