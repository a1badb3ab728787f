// SPDX-License-Identifier: GPL-2.0-only
// What the page is given (see doc/report.md), and the page's view of it.

/** Times are simulated nanoseconds; moments are places on the axis of events, counted from 0. */
export interface RawNode {
  name: string;
  kind: string;
  tier?: string;
  loopbacks?: string[]; // addresses
  x?: number | null;
  y?: number | null;
}

export interface RawNetwork {
  name: string;
  prefix: string;
  pointToPoint: boolean;
  cost: number;
  x: number | null;
  y: number | null;
}

export interface RawInterface {
  node: number;
  network: number;
  name: string;
  address: string;
  mac: string;
}

export interface RawAction {
  kind: string;
  text: string;
  moment: number;
  up?: boolean;
  nodes?: string[];
  networks?: number[];
  interfaces?: [string, string][]; // node, name
  rate?: number;
  until?: number | null;
}

export interface RawTable {
  name: string;
  columns: string[];
  rows: number[][]; // cells, as numbers of texts
  changes: number[][]; // moment, node, at, removed, row…
  ends: number | null; // the moment from which changes are missing
}

export interface RawRun {
  format: number;
  kind: "run";
  version: string;
  scenario: string;
  duration: number;
  topology: {
    name: string;
    nodes: RawNode[];
    networks: RawNetwork[];
    interfaces: RawInterface[];
  };
  texts: string[];
  times: number[]; // differences
  events: number[][]; // moment, node, protocol, event, detail
  actions: RawAction[];
  snapshots: [number, string][];
  tables: RawTable[];
  classes: string[];
  vxlanPorts: number[];
  packets: [number, number, number, number, string][]; // difference, interface, class, length, bytes
  packetsEnd: number | null;
}

export interface RunEvent {
  moment: number;
  node: number; // -1: a tenant
  name: string;
  protocol: string;
  event: string;
  detail: string;
}

export interface Packet {
  number: number;
  moment: number;
  sender: number; // interface
  linkClass: string;
  length: number; // of the frame
  bytes: Uint8Array; // its beginning
}

/** The text of a time in seconds, as the tables write it. */
export function formatSeconds(ns: number): string {
  const sign = ns < 0 ? "-" : "";
  const size = Math.abs(ns);
  const fraction = String(Math.round(size % 1e9)).padStart(9, "0").replace(/0+$/, "");
  return sign + Math.floor(size / 1e9) + (fraction ? "." + fraction : "");
}

/** The nanoseconds of a text in seconds, exactly. */
export function readSeconds(text: string): number {
  const match = /^\s*(-?)(\d+)(?:\.(\d*))?\s*$/.exec(text);
  if (!match) {
    return NaN;
  }
  const size = Number(match[2]) * 1e9 + Number((match[3] ?? "").slice(0, 9).padEnd(9, "0"));
  return match[1] ? -size : size;
}

function readHex(text: string, into: number[]): void {
  for (let i = 0; i < text.length; i += 2) {
    into.push(parseInt(text.slice(i, i + 2), 16));
  }
}

/** The rows of one table at one node, at any moment. */
class RowHistory {
  private readonly moments: number[] = [];
  private readonly changes: number[][] = [];
  private readonly kept = new Map<number, number[]>();
  private static readonly EACH = 64;
  private last: { version: number; rows: number[] } = { version: 0, rows: [] };

  add(moment: number, change: number[]): void {
    this.moments.push(moment);
    this.changes.push(change);
  }

  /** How many changes there have been up to a moment, that one included. */
  version(moment: number): number {
    let low = 0;
    let high = this.moments.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.moments[middle] <= moment) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }

  rows(version: number): number[] {
    if (this.last.version === version) {
      return this.last.rows;
    }
    let from = version - (version % RowHistory.EACH);
    while (from > 0 && !this.kept.has(from)) {
      from -= RowHistory.EACH;
    }
    const isNear = this.last.version > from && this.last.version < version;
    const rows = (isNear ? this.last.rows : (this.kept.get(from) ?? [])).slice();
    from = isNear ? this.last.version : from;
    for (let i = from; i < version; ++i) {
      const change = this.changes[i];
      rows.splice(change[2], change[3], ...change.slice(4));
      if ((i + 1) % RowHistory.EACH === 0) {
        this.kept.set(i + 1, rows.slice());
      }
    }
    this.last = { version, rows };
    return rows;
  }
}

/** A table of state over the whole run. */
export class TableHistory {
  readonly name: string;
  readonly columns: string[];
  private readonly nodes = new Map<number, RowHistory>();
  private readonly ages: number;

  constructor(
    private readonly run: RunModel,
    private readonly raw: RawTable,
  ) {
    this.name = raw.name;
    this.columns = raw.columns;
    this.ages = raw.columns.indexOf("age_s");
    for (const change of raw.changes) {
      let history = this.nodes.get(change[1]);
      if (!history) {
        history = new RowHistory();
        this.nodes.set(change[1], history);
      }
      history.add(change[0], change);
    }
  }

  column(name: string): number {
    return this.columns.indexOf(name);
  }

  /** A number that stays the same as long as the rows of a node do. */
  version(node: number, moment: number): number {
    return this.nodes.get(node)?.version(moment) ?? 0;
  }

  /** Whether changes are missing: the table is too large for a page. */
  endsBy(moment: number): boolean {
    return this.raw.ends !== null && this.raw.ends <= moment;
  }

  /** Whether rows change by themselves: they hold ages. */
  get grows(): boolean {
    return this.ages >= 0;
  }

  rowNumbers(node: number, moment: number): number[] {
    const history = this.nodes.get(node);
    return history ? history.rows(history.version(moment)) : [];
  }

  /** The texts of a row at a time. */
  cells(row: number, time: number): string[] {
    return this.raw.rows[row].map((number, column) => {
      const text = this.run.raw.texts[number];
      return column === this.ages && text.startsWith("@")
        ? formatSeconds(time - readSeconds(text.slice(1)))
        : text;
    });
  }

  rowsOf(node: number, moment: number, time = this.run.times[moment] ?? 0): string[][] {
    return this.rowNumbers(node, moment).map((row) => this.cells(row, time));
  }

  rows(moment: number): string[][] {
    const all: string[][] = [];
    for (let node = 0; node < this.run.nodes.length; ++node) {
      all.push(...this.rowsOf(node, moment));
    }
    return all;
  }

  /** Moments at which more than counters change. */
  *changedMoments(): Generator<number> {
    const counters = new Set(["packets", "bytes"].map((name) => this.column(name)));
    const strip = (row: number) => this.raw.rows[row].filter((_, i) => !counters.has(i)).join();
    for (const change of this.raw.changes) {
      const [moment, node, at, removed] = change;
      const fresh = change.slice(4);
      if (counters.has(-1) || removed !== fresh.length) {
        yield moment;
        continue;
      }
      const history = this.nodes.get(node)!;
      const old = history.rows(history.version(moment - 1)).slice(at, at + removed);
      if (old.length !== removed || old.some((row, i) => strip(row) !== strip(fresh[i]))) {
        yield moment;
      }
    }
  }
}

/** A run, ready to be looked at. */
export class RunModel {
  readonly times: number[];
  readonly nodes: RawNode[];
  readonly networks: RawNetwork[];
  readonly interfaces: RawInterface[];
  readonly events: RunEvent[];
  readonly packets: Packet[];
  readonly tables: TableHistory[];
  private readonly addresses = new Map<string, number>();
  private readonly names = new Map<string, number>();
  private readonly macs = new Map<string, number>();
  readonly interfacesOfNetwork: number[][];
  readonly interfacesOfNode: number[][];
  private readonly packetStart: number[];
  private readonly eventStart: number[];

  constructor(readonly raw: RawRun) {
    let time = 0;
    this.times = raw.times.map((difference) => (time += difference));
    ({ nodes: this.nodes, networks: this.networks, interfaces: this.interfaces } = raw.topology);
    this.interfacesOfNetwork = this.networks.map(() => []);
    this.interfacesOfNode = this.nodes.map(() => []);
    this.nodes.forEach((node, i) => {
      this.names.set(node.name, i);
      node.loopbacks?.forEach((address) => this.addresses.set(address, i));
    });
    this.interfaces.forEach((each, i) => {
      this.addresses.set(each.address, each.node);
      this.macs.set(each.mac, i);
      this.interfacesOfNetwork[each.network].push(i);
      this.interfacesOfNode[each.node].push(i);
    });
    const texts = raw.texts;
    this.events = raw.events.map(([moment, node, protocol, event, detail]) => ({
      moment,
      node: this.node(texts[node]),
      name: texts[node],
      protocol: texts[protocol],
      event: texts[event],
      detail: texts[detail],
    }));
    this.packets = this.readPackets();
    this.packetStart = this.startsOf(this.packets);
    this.eventStart = this.startsOf(this.events);
    this.tables = raw.tables.map((table) => new TableHistory(this, table));
  }

  private readPackets(): Packet[] {
    const last = new Map<string, number[]>();
    let moment = 0;
    return this.raw.packets.map(([step, sender, kind, length, text], number) => {
      const linkClass = this.raw.classes[kind];
      moment += step;
      let bytes: number[] = [];
      if (text.startsWith("=")) {
        const pieces = text.slice(1).split(";");
        bytes = last.get(sender + linkClass + pieces[0])!.slice();
        for (const piece of pieces[1] ? pieces[1].split(",") : []) {
          const [at, hex] = piece.split(":");
          const fresh: number[] = [];
          readHex(hex, fresh);
          fresh.forEach((byte, i) => (bytes[Number(at) + i] = byte));
        }
      } else {
        readHex(text, bytes);
      }
      last.set(sender + linkClass + bytes.length, bytes);
      return { number, moment, sender, linkClass, length, bytes: Uint8Array.from(bytes) };
    });
  }

  /** For each moment, where those of it begin in a list in order of moments. */
  private startsOf(list: { moment: number }[]): number[] {
    const starts = new Array<number>(this.times.length + 1).fill(0);
    list.forEach((each) => ++starts[each.moment + 1]);
    for (let i = 1; i < starts.length; ++i) {
      starts[i] += starts[i - 1];
    }
    return starts;
  }

  packetsAt(moment: number): Packet[] {
    return this.packets.slice(this.packetStart[moment], this.packetStart[moment + 1]);
  }

  eventsAt(moment: number): RunEvent[] {
    return this.events.slice(this.eventStart[moment], this.eventStart[moment + 1]);
  }

  table(name: string): TableHistory | undefined {
    return this.tables.find((table) => table.name === name);
  }

  node(name: string): number {
    return this.names.get(name) ?? -1;
  }

  ownerOf(address: string): number {
    return this.addresses.get(address) ?? -1;
  }

  interfaceOfMac(mac: string): number {
    return this.macs.get(mac) ?? -1;
  }

  interfaceOf(node: number, name: string): number {
    return this.interfacesOfNode[node]?.find((i) => this.interfaces[i].name === name) ?? -1;
  }

  /** The last moment at or before a time; where a snapshot was taken at that very time, its. */
  momentOf(time: number): number {
    let low = 0;
    let high = this.times.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.times[middle] <= time) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    const taken = this.raw.snapshots.filter(([moment]) => this.times[moment] === time);
    return taken.length ? taken[taken.length - 1][0] : Math.max(0, low - 1);
  }
}
