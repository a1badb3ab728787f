// SPDX-License-Identifier: GPL-2.0-only
// Packets from their bytes: headers layer by layer, and a line as tcpdump prints it.

export interface Layer {
  name: string;
  fields: [string, string][];
  from: number; // first byte
}

export interface Dissection {
  layers: Layer[];
  line: string;
  group: string; // of data, Joins and reports; empty if of none
  destination: string; // hardware address, empty on a point-to-point link
}

/** Reads to the end and past it: what is missing is 0, and `short` tells. */
class Reader {
  at = 0;
  short = false;

  constructor(
    readonly bytes: Uint8Array,
    readonly offset = 0,
  ) {}

  get position(): number {
    return this.offset + this.at;
  }

  get left(): number {
    return Math.max(0, this.bytes.length - this.position);
  }

  u8(): number {
    this.short = this.short || this.left < 1;
    return this.bytes[this.offset + this.at++] ?? 0;
  }

  u16(): number {
    return this.u8() * 256 + this.u8();
  }

  u32(): number {
    return this.u16() * 65536 + this.u16();
  }

  skip(count: number): void {
    this.at += count;
  }

  ip(): string {
    return [this.u8(), this.u8(), this.u8(), this.u8()].join(".");
  }

  mac(): string {
    return Array.from({ length: 6 }, () => hex(this.u8(), 2)).join(":");
  }
}

function hex(value: number, digits: number): string {
  return value.toString(16).padStart(digits, "0");
}

/** What speaks on a port, of TCP and UDP. */
const PORTS: Record<number, string> = { 179: "BGP", 639: "MSDP", 6640: "OVSDB", 6653: "OpenFlow" };
const UDP_PORTS: Record<number, string> = { 3784: "BFDv1, Control", 4342: "LISP" };

export function isGroup(address: string): boolean {
  const first = Number(address.split(".")[0]);
  return first >= 224 && first < 240;
}

/** Reads a packet. `ports` are those of VXLAN. */
export class Dissector {
  private layers: Layer[] = [];
  private group = "";

  constructor(private readonly ports: number[]) {}

  dissect(bytes: Uint8Array, pointToPoint: boolean, length: number): Dissection {
    this.layers = [];
    this.group = "";
    const reader = new Reader(bytes);
    let destination = "";
    let line: string;
    if (pointToPoint) {
      const protocol = reader.u16();
      this.add("PPP", 0, [["Protocol", "0x" + hex(protocol, 4)]]);
      line = protocol === 0x21 ? this.ip(reader) : `PPP 0x${hex(protocol, 4)}, length ${length}`;
    } else {
      destination = new Reader(bytes).mac();
      line = this.ethernet(reader);
    }
    return { layers: this.layers, line, group: this.group, destination };
  }

  private add(name: string, from: number, fields: [string, string][]): void {
    this.layers.push({ name, fields, from });
  }

  private ethernet(reader: Reader): string {
    const from = reader.position;
    const destination = reader.mac();
    const source = reader.mac();
    const type = reader.u16();
    this.add("Ethernet", from, [
      ["Destination", destination],
      ["Source", source],
      ["Type", "0x" + hex(type, 4)],
    ]);
    switch (type) {
      case 0x0800:
        return this.ip(reader);
      case 0x0806:
        return this.arp(reader);
      default:
        return `${source} > ${destination}, ethertype 0x${hex(type, 4)}`;
    }
  }

  private arp(reader: Reader): string {
    const from = reader.position;
    reader.skip(6);
    const operation = reader.u16();
    const senderMac = reader.mac();
    const sender = reader.ip();
    const targetMac = reader.mac();
    const target = reader.ip();
    this.add("ARP", from, [
      ["Operation", operation === 1 ? "1, request" : operation === 2 ? "2, reply" : `${operation}`],
      ["Sender", `${sender} ${senderMac}`],
      ["Target", `${target} ${targetMac}`],
    ]);
    return operation === 1
      ? `ARP, Request who-has ${target} tell ${sender}, length 28`
      : `ARP, Reply ${sender} is-at ${senderMac}, length 28`;
  }

  private ip(reader: Reader): string {
    const from = reader.position;
    const first = reader.u8();
    const tos = reader.u8();
    const length = reader.u16();
    const id = reader.u16();
    const fragment = reader.u16();
    const ttl = reader.u8();
    const protocol = reader.u8();
    const checksum = reader.u16();
    const source = reader.ip();
    const destination = reader.ip();
    reader.skip((first & 15) * 4 - 20);
    const offset = (fragment & 0x1fff) * 8;
    const flags = (fragment & 0x4000 ? " DF" : "") + (fragment & 0x2000 ? " MF" : "");
    this.add("IPv4", from, [
      ["Source", source],
      ["Destination", destination],
      ["TTL", `${ttl}`],
      ["Protocol", `${protocol}`],
      ["Total length", `${length}`],
      ["Identification", `${id}`],
      ["Fragment offset", `${offset}${flags}`],
      ["Type of service", "0x" + hex(tos, 2)],
      ["Checksum", "0x" + hex(checksum, 4)],
    ]);
    const payload = length - (first & 15) * 4;
    const ends = `IP ${source} > ${destination}: `;
    if (offset > 0) {
      return ends + `ip-proto-${protocol}, fragment at ${offset}, length ${payload}`;
    }
    switch (protocol) {
      case 1:
        return ends + this.icmp(reader, payload);
      case 2:
        return ends + this.igmp(reader);
      case 6:
        return this.tcp(reader, source, destination, payload);
      case 17:
        return this.udp(reader, source, destination);
      case 47:
        return ends + this.gre(reader, payload);
      case 89:
        return ends + this.ospf(reader, payload);
      case 103:
        return ends + this.pim(reader, payload);
      default:
        return ends + `ip-proto-${protocol}, length ${payload}`;
    }
  }

  private icmp(reader: Reader, payload: number): string {
    const from = reader.position;
    const type = reader.u8();
    const code = reader.u8();
    reader.skip(2);
    const id = reader.u16();
    const sequence = reader.u16();
    const name = type === 8 ? "echo request" : type === 0 ? "echo reply" : `type ${type}`;
    this.add("ICMP", from, [
      ["Type", `${type}, ${name}`],
      ["Code", `${code}`],
      ["Identifier", `${id}`],
      ["Sequence", `${sequence}`],
    ]);
    return type === 8 || type === 0
      ? `ICMP ${name}, id ${id}, seq ${sequence}, length ${payload}`
      : `ICMP ${name} code ${code}, length ${payload}`;
  }

  private igmp(reader: Reader): string {
    const from = reader.position;
    const type = reader.u8();
    const code = reader.u8();
    reader.skip(2);
    if (type === 0x22) {
      reader.skip(2);
      const count = reader.u16();
      const fields: [string, string][] = [["Type", "0x22, version 3 report"]];
      const modes = ["", "is_in", "is_ex", "to_in", "to_ex", "allow", "block"];
      const records: string[] = [];
      for (let i = 0; i < count && reader.left >= 8; ++i) {
        const mode = reader.u8();
        const auxiliary = reader.u8();
        const sources = reader.u16();
        const group = reader.ip();
        const list = Array.from({ length: Math.min(sources, 100) }, () => reader.ip());
        reader.skip(auxiliary * 4);
        this.group = this.group || group;
        records.push(`gaddr ${group} ${modes[mode] ?? mode} { ${list.join(" ")} }`);
        fields.push([`Record ${i + 1}`, `${modes[mode] ?? mode} ${group} {${list.join(" ")}}`]);
      }
      this.add("IGMP", from, fields);
      return `igmp v3 report, ${count} group record(s) [${records.join("] [")}]`;
    }
    const group = reader.ip();
    const names: Record<number, string> = {
      0x11: "query",
      0x12: "v1 report",
      0x16: "v2 report",
      0x17: "leave",
    };
    this.group = group === "0.0.0.0" ? "" : group;
    this.add("IGMP", from, [
      ["Type", `0x${hex(type, 2)}, ${names[type] ?? "unknown"}`],
      ["Max resp code", `${code}`],
      ["Group", group],
    ]);
    const of = group === "0.0.0.0" ? "" : ` ${type === 0x11 ? "[gaddr " + group + "]" : group}`;
    return `igmp ${names[type] ?? "type " + type}${type === 0x11 ? " v3" : ""}${of}`;
  }

  private tcp(reader: Reader, source: string, destination: string, payload: number): string {
    const from = reader.position;
    const [here, there] = [reader.u16(), reader.u16()];
    const [sequence, acknowledgment] = [reader.u32(), reader.u32()];
    const flags = reader.u16();
    const window = reader.u16();
    const letters = [
      [2, "S"],
      [1, "F"],
      [4, "R"],
      [8, "P"],
    ]
      .filter(([bit]) => flags & (bit as number))
      .map(([, letter]) => letter)
      .join("");
    const shown = (letters || (flags & 16 ? "." : "none")) + (letters && flags & 16 ? "." : "");
    const size = payload - (flags >> 12) * 4;
    this.add("TCP", from, [
      ["Source port", `${here}`],
      ["Destination port", `${there}`],
      ["Sequence", `${sequence}`],
      ["Acknowledgment", `${acknowledgment}`],
      ["Flags", shown],
      ["Window", `${window}`],
    ]);
    const known = PORTS[here] ?? PORTS[there];
    const name = known ? `: ${known}` : "";
    return (
      `IP ${source}.${here} > ${destination}.${there}: Flags [${shown}], seq ${sequence}, ` +
      `win ${window}, length ${size}${size > 0 ? name : ""}`
    );
  }

  private udp(reader: Reader, source: string, destination: string): string {
    const from = reader.position;
    const [here, there] = [reader.u16(), reader.u16()];
    const length = reader.u16();
    const checksum = reader.u16();
    this.add("UDP", from, [
      ["Source port", `${here}`],
      ["Destination port", `${there}`],
      ["Length", `${length}`],
      ["Checksum", "0x" + hex(checksum, 4)],
    ]);
    this.group = this.group || (isGroup(destination) ? destination : "");
    const ends = `IP ${source}.${here} > ${destination}.${there}: `;
    return this.ports.includes(there)
      ? ends + this.vxlan(reader)
      : ends + `${UDP_PORTS[there] ?? UDP_PORTS[here] ?? "UDP"}, length ${length - 8}`;
  }

  private vxlan(reader: Reader): string {
    const from = reader.position;
    const flags = reader.u8();
    reader.skip(3);
    const vni = reader.u32() >>> 8;
    this.add("VXLAN", from, [
      ["Flags", "0x" + hex(flags, 2) + (flags & 8 ? ", VNI valid" : "")],
      ["VNI", `${vni}`],
    ]);
    const keep = this.group;
    const inner = this.ethernet(reader);
    this.group = keep;
    return `VXLAN, flags [${flags & 8 ? "I" : "."}] (0x${hex(flags, 2)}), vni ${vni} | ${inner}`;
  }

  private gre(reader: Reader, payload: number): string {
    const from = reader.position;
    const flags = reader.u16();
    const protocol = reader.u16();
    const key = flags & 0x2000 ? reader.u32() : 0;
    this.add("GRE", from, [
      ["Flags", "0x" + hex(flags, 4)],
      ["Protocol", "0x" + hex(protocol, 4)],
      ["Key", `${key} (NVGRE: VSID ${key >>> 8}, flow ${key & 255})`],
    ]);
    const start = `GREv0, key=0x${hex(key, 8)}, proto 0x${hex(protocol, 4)}, length ${payload}`;
    return protocol === 0x6558 ? `${start} | ${this.ethernet(reader)}` : start;
  }

  private ospf(reader: Reader, payload: number): string {
    const from = reader.position;
    const version = reader.u8();
    const type = reader.u8();
    const length = reader.u16();
    const router = reader.ip();
    const area = reader.ip();
    const names = ["", "Hello", "Database Description", "LS-Request", "LS-Update", "LS-Ack"];
    this.add("OSPF", from, [
      ["Version", `${version}`],
      ["Type", `${type}, ${names[type] ?? "unknown"}`],
      ["Length", `${length}`],
      ["Router", router],
      ["Area", area],
      ...this.ospfBody(reader, type, length),
    ]);
    return `OSPFv${version}, ${names[type] ?? "type " + type}, length ${payload}`;
  }

  private ospfBody(reader: Reader, type: number, length: number): [string, string][] {
    reader.skip(12);
    const fields: [string, string][] = [];
    if (type === 1) {
      fields.push(["Mask", reader.ip()]);
      fields.push(["Hello interval", `${reader.u16()}`]);
      reader.skip(1);
      fields.push(["Priority", `${reader.u8()}`]);
      fields.push(["Dead interval", `${reader.u32()}`]);
      fields.push(["Designated router", reader.ip()]);
      fields.push(["Backup", reader.ip()]);
      const neighbors = Array.from({ length: (length - 44) / 4 }, () => reader.ip());
      fields.push(["Neighbours", neighbors.join(" ") || "none"]);
    } else if (type === 4) {
      fields.push(["LSAs", `${reader.u32()}`]);
    }
    return fields;
  }

  private encodedGroup(reader: Reader): string {
    reader.skip(2);
    reader.skip(1);
    const length = reader.u8();
    const group = reader.ip();
    return length === 32 ? group : `${group}/${length}`;
  }

  private encodedSource(reader: Reader): string {
    reader.skip(2);
    const flags = reader.u8();
    reader.skip(1);
    const source = reader.ip();
    const letters = [flags & 4 ? "S" : "", flags & 2 ? "W" : "", flags & 1 ? "R" : ""].join("");
    return source + (letters ? `(${letters})` : "");
  }

  private encodedUnicast(reader: Reader): string {
    reader.skip(2);
    return reader.ip();
  }

  private pim(reader: Reader, payload: number): string {
    const from = reader.position;
    const type = reader.u8() & 15;
    reader.skip(3);
    const names: Record<number, string> = {
      0: "Hello",
      1: "Register",
      2: "Register-Stop",
      3: "Join / Prune",
      4: "Bootstrap",
      5: "Assert",
      8: "Candidate RP Advertisement",
      10: "DF Election",
    };
    const fields: [string, string][] = [["Type", `${type}, ${names[type] ?? "unknown"}`]];
    const layer: Layer = { name: "PIM", fields, from };
    this.layers.push(layer);
    const start = `PIMv2, ${names[type] ?? "type " + type}, length ${payload}`;
    switch (type) {
      case 0:
        this.pimHello(reader, fields);
        return start;
      case 1: {
        const flags = reader.u32();
        const isNull = (flags & 0x40000000) !== 0;
        fields.push(["Null-Register", isNull ? "yes" : "no"]);
        return start + (isNull ? ", Null " : " ") + "| " + this.ip(reader);
      }
      case 2: {
        const group = this.encodedGroup(reader);
        const source = this.encodedUnicast(reader);
        this.group = group;
        fields.push(["Group", group], ["Source", source]);
        return `${start}, group ${group} source ${source}`;
      }
      case 3:
        return start + this.pimJoinPrune(reader, fields);
      case 4:
        return start + this.pimBootstrap(reader, fields);
      case 5: {
        const group = this.encodedGroup(reader);
        const source = this.encodedUnicast(reader);
        const preference = reader.u32();
        this.group = group;
        fields.push(["Group", group], ["Source", source]);
        fields.push(["RPT bit", preference >>> 31 ? "1" : "0"]);
        fields.push(["Preference", `${preference & 0x7fffffff}`], ["Metric", `${reader.u32()}`]);
        return `${start}, group ${group} source ${source}`;
      }
      case 8: {
        const count = reader.u8();
        fields.push(["Priority", `${reader.u8()}`], ["Holdtime", `${reader.u16()}`]);
        const rp = this.encodedUnicast(reader);
        fields.push(["RP", rp]);
        for (let i = 0; i < count && reader.left >= 8; ++i) {
          fields.push(["Groups", this.encodedGroup(reader)]);
        }
        return `${start}, RP ${rp}`;
      }
      default:
        return start;
    }
  }

  private pimHello(reader: Reader, fields: [string, string][]): void {
    const names: Record<number, string> = {
      1: "Holdtime",
      2: "LAN prune delay",
      19: "DR priority",
      20: "Generation ID",
      24: "Addresses",
    };
    while (reader.left >= 4) {
      const option = reader.u16();
      const length = reader.u16();
      const value =
        length === 2 ? `${reader.u16()}` : length === 4 ? `${reader.u32()}` : `${length} bytes`;
      reader.skip(length === 2 || length === 4 ? 0 : length);
      fields.push([names[option] ?? `Option ${option}`, value]);
    }
  }

  private pimJoinPrune(reader: Reader, fields: [string, string][]): string {
    fields.push(["Upstream neighbour", this.encodedUnicast(reader)]);
    reader.skip(1);
    const groups = reader.u8();
    fields.push(["Holdtime", `${reader.u16()}`]);
    const parts: string[] = [];
    for (let i = 0; i < groups && reader.left >= 12; ++i) {
      const group = this.encodedGroup(reader);
      const [joins, prunes] = [reader.u16(), reader.u16()];
      this.group = this.group || group;
      for (let j = 0; j < joins + prunes && reader.left >= 8; ++j) {
        const word = j < joins ? "join" : "prune";
        const source = this.encodedSource(reader);
        fields.push([word === "join" ? "Join" : "Prune", `${group} ${source}`]);
        parts.push(`${word} ${group} ${source}`);
      }
    }
    return parts.length ? `, ${parts.join(", ")}` : "";
  }

  private pimBootstrap(reader: Reader, fields: [string, string][]): string {
    fields.push(["Fragment tag", `${reader.u16()}`], ["Hash mask", `${reader.u8()}`]);
    const priority = reader.u8();
    const bsr = this.encodedUnicast(reader);
    fields.push(["BSR", bsr], ["BSR priority", `${priority}`]);
    while (reader.left >= 12) {
      const group = this.encodedGroup(reader);
      reader.skip(1);
      const count = reader.u8();
      reader.skip(2);
      for (let i = 0; i < count && reader.left >= 10; ++i) {
        const rp = this.encodedUnicast(reader);
        const holdtime = reader.u16();
        fields.push(["RP", `${rp} for ${group}, priority ${reader.u8()}, holdtime ${holdtime}`]);
        reader.skip(1);
      }
    }
    return `, bsr ${bsr}, priority ${priority}`;
  }
}

/** Lines of 16 bytes, as hexadecimal dumps go. */
export function hexDump(bytes: Uint8Array, length: number): string {
  const lines: string[] = [];
  for (let at = 0; at < bytes.length; at += 16) {
    const row = Array.from(bytes.slice(at, at + 16), (byte) => hex(byte, 2));
    lines.push(`${hex(at, 4)}  ${row.join(" ")}`);
  }
  if (length > bytes.length) {
    lines.push(`… ${length - bytes.length} more bytes are not kept`);
  }
  return lines.join("\n");
}
