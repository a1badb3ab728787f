// SPDX-License-Identifier: GPL-2.0-only
// Five guided stories and five missions. Both find their moments in the run itself, so that they work
// with any run in which the thing happens.
import type { PacketReader } from "./axis";
import { formatSeconds, Packet, RunEvent, RunModel } from "./data";
import { entriesAt } from "./trees";

export interface Chapter {
  moment: number;
  text: string;
  node?: number;
  network?: number;
  tab?: string;
  tree?: string;
}

export interface Story {
  id: string;
  title: string;
  chapters: Chapter[];
  missing: string; // why there is none
}

export interface Mission {
  id: string;
  question: string;
  hint: string;
  /** The answers that are right, in small letters; empty: by going to a moment. */
  answers: string[];
  /** Moments that are right, if the answer is to go there. */
  moments: [number, number] | null;
  explanation: string;
  missing: string;
}

class Finder {
  constructor(
    readonly run: RunModel,
    readonly reader: PacketReader,
  ) {}

  name(node: number): string {
    return this.run.nodes[node]?.name ?? "?";
  }

  owner(address: string): string {
    const node = this.run.ownerOf(address);
    return node >= 0 ? this.name(node) : address;
  }

  events(protocol: string, event: string, test: (event: RunEvent) => boolean = () => true): RunEvent[] {
    return this.run.events.filter((each) => each.protocol === protocol && each.event === event && test(each));
  }

  packet(linkClass: string, from: number, test: (packet: Packet) => boolean = () => true): Packet | undefined {
    return this.run.packets.find((packet) => packet.linkClass === linkClass && packet.moment >= from && test(packet));
  }

  ofGroup(group: string): (packet: Packet) => boolean {
    return (packet) => this.reader.read(packet).group === group;
  }

  line(packet: Packet): string {
    return this.reader.read(packet).line;
  }

  time(moment: number): string {
    return `${formatSeconds(this.run.times[moment])} s`;
  }

  network(packet: Packet): number {
    return this.run.interfaces[packet.sender].network;
  }
}

const PAIR = /\(([\d.*]+),\s*([\d.]+)\)(?: to ([\d.]+)| ([\d.]+))?/;

function readPair(detail: string): { source: string; group: string; to: string } | null {
  const match = PAIR.exec(detail);
  return match ? { source: match[1], group: match[2], to: match[3] ?? match[4] ?? "" } : null;
}

function story(id: string, title: string, missing: string, chapters: (Chapter | null)[]): Story {
  const found = chapters.filter((chapter): chapter is Chapter => chapter !== null);
  found.sort((a, b) => a.moment - b.moment);
  return { id, title, chapters: found, missing: found.length ? "" : missing };
}

function election(find: Finder): Story {
  const first = find.events("pim", "bsr")[0];
  const missing = "No router of this run elects a bootstrap router.";
  if (!first) {
    return story("election", "RP election", missing, []);
  }
  const table = find.run.table("rp");
  const message = find.packet("pim-bootstrap", first.moment);
  const all = find.events("pim", "bsr");
  const last = all[all.length - 1];
  const candidate = find.packet("pim-candidate-rp", 0);
  const rps = find.events("pim", "rp");
  const settled = rps.length ? rps[rps.length - 1] : null;
  const row = table?.rowsOf(last.node, last.moment)[0];
  const bsr = row ? find.owner(row[1]) : "?";
  const final = settled ? (table?.rowsOf(settled.node, settled.moment) ?? []) : [];
  const list = final.map((each) => `${find.owner(each[3])} with priority ${each[5]}`).join(", ");
  return story("election", "RP election", missing, [
    {
      moment: first.moment,
      node: first.node,
      tab: "tables",
      text: `${find.name(first.node)} knows a bootstrap router for the first time, at ${find.time(first.moment)}. Candidates wait before they speak, so that the best one need not contradict the others.`,
    },
    message
      ? {
          moment: message.moment,
          network: find.network(message),
          tab: "packets",
          text: `A Bootstrap message crosses link ${find.run.networks[find.network(message)].name}. Every router passes it on, if it came by the shortest way from its sender.`,
        }
      : null,
    {
      moment: last.moment,
      node: last.node,
      tab: "tables",
      text: `${find.name(last.node)} is the last to change its mind: ${bsr} is the bootstrap router${row ? `, with priority ${row[2]}, the highest` : ""}.`,
    },
    candidate
      ? {
          moment: candidate.moment,
          network: find.network(candidate),
          tab: "packets",
          text: `A candidate RP tells the bootstrap router what groups it would serve. This goes by unicast, hop by hop.`,
        }
      : null,
    settled
      ? {
          moment: settled.moment,
          node: settled.node,
          tab: "tables",
          text: `All candidates are known to ${find.name(settled.node)}: ${list}. The lowest priority value wins; a hash decides between equals.`,
        }
      : null,
  ]);
}

function rpTree(find: Finder): Story {
  const missing = "No router of this run joins an RP's tree.";
  const joins = find.events("pim", "join", (event) => event.detail.includes("(*,"));
  const first = joins[0];
  const pair = first ? readPair(first.detail) : null;
  if (!first || !pair) {
    return story("rp-tree", "The RP tree", missing, []);
  }
  const group = pair.group;
  const tree = `(*, ${group})`;
  const report = find.packet("igmp", 0, (packet) => find.ofGroup(group)(packet) && packet.moment <= first.moment);
  const message = find.packet("pim-join-prune", first.moment, find.ofGroup(group));
  const own = joins.filter((event) => event.detail.includes(group));
  const root = own.find((event) => !event.detail.includes(" to "));
  const last = own.filter((event) => find.run.times[event.moment] < find.run.times[first.moment] + 1e9).pop()!;
  return story("rp-tree", "The RP tree", missing, [
    report
      ? {
          moment: report.moment,
          network: find.network(report),
          tab: "packets",
          tree,
          text: `${find.name(find.run.interfaces[report.sender].node)} wants ${group} and says so on its own link, with an IGMP report.`,
        }
      : null,
    {
      moment: first.moment,
      node: first.node,
      tab: "tables",
      tree,
      text: `${find.name(first.node)} now has a member, and an entry for any source: (*, ${group}). It knows which RP serves the group, and its route to it leads to ${find.owner(pair.to)}.`,
    },
    message
      ? {
          moment: message.moment,
          network: find.network(message),
          tab: "packets",
          tree,
          text: `The Join goes one hop towards the RP. It is addressed to all PIM routers of the link, and names the one that is to act.`,
        }
      : null,
    root
      ? {
          moment: root.moment,
          node: root.node,
          tab: "tables",
          tree,
          text: `The Join has come to the RP, ${find.name(root.node)}: its entry has no upstream interface, for the tree ends here.`,
        }
      : null,
    {
      moment: last.moment,
      node: last.node,
      tab: "tables",
      tree,
      text: `The tree stands, at ${find.time(last.moment)}: packets that the RP gets go down these arrows. Nobody sends yet.`,
    },
  ]);
}

function registers(find: Finder): Story {
  const missing = "No router of this run sends Registers.";
  const start = find.events("pim", "register-start")[0];
  const pair = start ? readPair(start.detail) : null;
  if (!start || !pair) {
    return story("registers", "Registers", missing, []);
  }
  const { group, source } = pair;
  const of = find.ofGroup(group);
  const first = find.packet("multicast", 0, (packet) => of(packet) && packet.moment <= start.moment);
  const message = find.packet("register", start.moment, of);
  const down = message && find.packet("multicast", message.moment, of);
  const join = find.events("pim", "join", (event) => event.detail.includes(`(${source},${group}) to`))[0];
  const stop = find.events("pim", "register-stop", (event) => event.detail.includes(`(${source},${group})`))[0];
  const answer = stop && find.packet("register-stop", start.moment);
  return story("registers", "Registers", missing, [
    first
      ? {
          moment: first.moment,
          network: find.network(first),
          tab: "packets",
          text: `${find.owner(source)} sends its first packet to ${group}. It has joined nothing, and asks nobody.`,
        }
      : null,
    {
      moment: start.moment,
      node: start.node,
      tab: "tables",
      text: `${find.name(start.node)}, next to the source, has no branch of a tree to send it on. It wraps the packet into a Register for the RP, ${find.owner(pair.to)}.`,
    },
    message
      ? {
          moment: message.moment,
          network: find.network(message),
          tab: "packets",
          text: `The Register is a packet in a packet: outside unicast to the RP, inside the source's own. Open its layers below the list.`,
        }
      : null,
    down
      ? {
          moment: down.moment,
          network: find.network(down),
          tab: "packets",
          tree: `(*, ${group})`,
          text: `The RP has unwrapped it and sends the packet inside down its tree, as it was sent.`,
        }
      : null,
    join
      ? {
          moment: join.moment,
          node: join.node,
          tab: "tables",
          tree: `(${source}, ${group})`,
          text: `${find.name(join.node)} joins the source itself, so that packets come without wrapping.`,
        }
      : null,
    answer
      ? {
          moment: answer.moment,
          network: find.network(answer),
          tab: "packets",
          text: `A packet has come to the RP natively, so a Register is one too many: the RP answers it with a Register-Stop.`,
        }
      : null,
    stop
      ? {
          moment: stop.moment,
          node: stop.node,
          tab: "tables",
          tree: `(${source}, ${group})`,
          text: `${find.name(stop.node)} stops, and will ask with a Null-Register in about a minute. From now on each link carries each packet once.`,
        }
      : null,
  ]);
}

function shortestPath(find: Finder): Story {
  const missing = "No last hop of this run switches to a shortest-path tree.";
  const isRp = (event: RunEvent) =>
    entriesAt(find.run, event.moment).some((entry) => find.run.ownerOf(entry.rp) === event.node);
  const first = find.events("pim", "spt-switch", (event) => !isRp(event))[0];
  const pair = first ? readPair(first.detail) : null;
  if (!first || !pair) {
    return story("spt", "The switch to the shortest path", missing, []);
  }
  const { group, source } = pair;
  const tree = `(${source}, ${group})`;
  const of = find.ofGroup(group);
  const join = find.events("pim", "join", (event) => event.detail.includes(`(${source},${group}) to`) && event.node === first.node)[0];
  const prune = find.packet("pim-join-prune", first.moment, (packet) => of(packet) && find.line(packet).includes(`prune ${group} ${source}`));
  const switches = find.events("pim", "spt-switch", (event) => event.detail.includes(`(${source},${group})`));
  const last = switches[switches.length - 1];
  const data = find.packet("multicast", last.moment + 1, of);
  return story("spt", "The switch to the shortest path", missing, [
    {
      moment: Math.max(0, first.moment - 1),
      node: first.node,
      tab: "tables",
      tree: `(*, ${group})`,
      text: `The first packets to ${group} come down the RP's tree. ${find.name(first.node)} sees who sends: ${find.owner(source)}, to which it knows a way of its own.`,
    },
    join
      ? {
          moment: join.moment,
          node: join.node,
          tab: "tables",
          tree,
          text: `${find.name(join.node)} joins the source: (${source}, ${group}), towards ${find.owner(readPair(join.detail)?.to ?? "")}.`,
        }
      : null,
    {
      moment: first.moment,
      node: first.node,
      tab: "tables",
      tree,
      text: `A packet has come by the shortest path: ${find.name(first.node)} takes it from there, and no longer from the RP's tree.`,
    },
    prune
      ? {
          moment: prune.moment,
          network: find.network(prune),
          tab: "packets",
          tree,
          text: `Where the two ways differ, the RP's tree would bring a second copy. A Prune with the RPT bit (R) stops this source there, and no other.`,
        }
      : null,
    {
      moment: data?.moment ?? last.moment,
      node: last.node,
      tab: "tables",
      tree,
      text: `Since ${find.time(last.moment)} all have switched. The packets go by the arrows of (${source}, ${group}), whoever the RP is.`,
    },
  ]);
}

function vxlanArp(find: Finder): Story {
  const missing = "No VTEP of this run learns an address.";
  const learned = find.events("vxlan", "learn");
  if (!learned.length) {
    return story("vxlan", "VXLAN's ARP", missing, []);
  }
  const isRequest = (packet: Packet) => find.line(packet).includes("who-has");
  const before = find.run.packets.filter((packet) => packet.moment <= learned[0].moment);
  const request = before.find((packet) => packet.linkClass === "vxlan-multicast" && isRequest(packet));
  const back = learned.find((event) => event.moment > learned[0].moment && event.node !== learned[0].node);
  const reply = find.packet("vxlan-unicast", 0, (packet) => find.line(packet).includes("is-at"));
  const echo = find.packet("vxlan-unicast", 0, (packet) => find.line(packet).includes("echo request"));
  const sender = request ? find.run.interfaces[request.sender].node : -1;
  const third = learned.find((event) => event.node === sender);
  return story("vxlan", "VXLAN's ARP", missing, [
    request
      ? {
          moment: request.moment,
          network: find.network(request),
          tab: "packets",
          text: `${find.name(sender)} does not know where the other tenant is, so its ARP request goes to the whole group: a frame in a UDP packet, once on each link.`,
        }
      : null,
    {
      moment: learned[0].moment,
      node: learned[0].node,
      tab: "tables",
      tree: "overlay",
      text: `${find.name(learned[0].node)} gets it, and learns: ${learned[0].detail}. The address inside is behind the VTEP that sent it.`,
    },
    back
      ? {
          moment: back.moment,
          node: back.node,
          tab: "tables",
          tree: "overlay",
          text: `${find.name(back.node)} learns the same; every VTEP of the group does, asked or not.`,
        }
      : null,
    reply
      ? {
          moment: reply.moment,
          network: find.network(reply),
          tab: "packets",
          tree: "overlay",
          text: `The reply needs the group no more: it goes by unicast from VTEP to VTEP.`,
        }
      : null,
    third
      ? {
          moment: third.moment,
          node: third.node,
          tab: "tables",
          tree: "overlay",
          text: `${find.name(third.node)} learns from the reply. Now both ends know of one another.`,
        }
      : null,
    echo
      ? {
          moment: echo.moment,
          network: find.network(echo),
          tab: "packets",
          tree: "overlay",
          text: `The ping itself is unicast in unicast: Ethernet, IP, UDP, VXLAN, and in it Ethernet, IP, ICMP again. Open the layers.`,
        }
      : null,
  ]);
}

export function findStories(run: RunModel, reader: PacketReader): Story[] {
  const find = new Finder(run, reader);
  return [election(find), rpTree(find), registers(find), shortestPath(find), vxlanArp(find)];
}

function mission(id: string, question: string, hint: string, missing: string, found: Partial<Mission> | null): Mission {
  return {
    id,
    question,
    hint,
    answers: found?.answers ?? [],
    moments: found?.moments ?? null,
    explanation: found?.explanation ?? "",
    missing: found ? "" : missing,
  };
}

function whoIsRp(find: Finder): Mission {
  const first = find.events("pim", "join", (event) => event.detail.includes("(*,") && !event.detail.includes(" to "))[0];
  const group = first ? (readPair(first.detail)?.group ?? "") : "";
  const name = first ? find.name(first.node) : "";
  return mission("rp", `Which router is the RP of ${group || "the first group"}?`, "Where do the Joins end? Write its name.", "No tree of an RP is built in this run.", first
    ? { answers: [name], explanation: `${name}: its (*,G) entry has no upstream interface.` }
    : null);
}

function whenRpHears(find: Finder): Mission {
  const first = find.events("pim", "join", (event) => event.detail.includes("(*,") && !event.detail.includes(" to "))[0];
  const next = first ? first.moment + 1 : 0;
  return mission("join", "Go to the moment at which the first Join has come to the RP.", "Step through the Joins; the RP's table gets its first row.", "No Join comes to an RP in this run.", first
    ? { moments: [first.moment, Math.max(next - 1, first.moment)], explanation: `At ${find.time(first.moment)}, at ${find.name(first.node)}.` }
    : null);
}

function howManyRegisters(find: Finder): Mission {
  const start = find.events("pim", "register-start")[0];
  const pair = start ? readPair(start.detail) : null;
  let count = 0;
  if (start && pair) {
    for (const packet of find.run.packets) {
      const here = find.run.interfaces[packet.sender].node === start.node;
      const whole = packet.linkClass === "register" && find.reader.read(packet).group === pair.group;
      count += here && whole ? 1 : 0;
    }
  }
  return mission("registers", `How many packets to ${pair?.group ?? "the group"} does ${start ? find.name(start.node) : "the first hop"} wrap into Registers?`, "Count Registers on the way out of the first hop; a later fragment is not another packet.", "Nobody registers in this run.", start && count
    ? { answers: [String(count)], explanation: `${count}: then the Register-Stop comes.` }
    : null);
}

/** At which packet of the source its first hop begins to use one interface more. */
function whichPacket(find: Finder): Mission {
  const missing = "No first hop of this run gets a further interface while a source sends.";
  const table = find.run.table("mfc");
  const result: { node: number; group: string; source: string; name: string; moment: number }[] = [];
  const outgoing = table?.column("outgoing_interfaces") ?? -1;
  for (const start of find.events("pim", "register-start")) {
    const pair = readPair(start.detail);
    if (!table || !pair) {
      continue;
    }
    let before: string[] | null = null;
    for (const event of find.run.packets) {
      if (event.moment < start.moment || find.run.times[event.moment] > find.run.times[start.moment] + 5e9) {
        continue;
      }
      const row = table.rowsOf(start.node, event.moment).find((each) => each[1] === pair.source && each[2] === pair.group);
      const now = row ? row[outgoing].split(" ").filter((name) => name && name !== "register") : [];
      const more = before && before.length ? now.find((name) => !before!.includes(name)) : undefined;
      if (more) {
        result.push({ node: start.node, group: pair.group, source: pair.source, name: more, moment: event.moment });
        break;
      }
      before = row ? now : before;
    }
  }
  const found = result[0];
  if (!found) {
    return mission("packet", "At which packet does the first hop send to one more interface?", "", missing, null);
  }
  const iface = find.run.interfaceOf(found.node, found.name);
  const isSent = (packet: Packet, from: number) =>
    packet.linkClass === "multicast" && find.run.interfaces[packet.sender].node === from && find.reader.read(packet).group === found.group;
  const source = find.run.ownerOf(found.source);
  const first = find.run.packets.find((packet) => packet.moment >= found.moment && packet.sender === iface && isSent(packet, found.node));
  const count = first ? find.run.packets.filter((packet) => packet.number < first.number && isSent(packet, source) && find.run.times[packet.moment] <= find.run.times[first.moment]).length : 0;
  return mission("packet", `${find.owner(found.source)} sends to ${found.group}. At which of its packets does ${find.name(found.node)} send to ${found.name} too? Write its number.`, `Watch the mfc table of ${find.name(found.node)}, and count the source's packets from 1.`, missing, first && count
    ? { answers: [String(count)], explanation: `Packet ${count}, at ${find.time(first.moment)}: a Join has come in on ${found.name} meanwhile.` }
    : null);
}

function floodsOfPing(find: Finder): Mission {
  const first = find.packet("vxlan-multicast", 0);
  const sender = first?.sender ?? -1;
  const name = first ? find.name(find.run.interfaces[sender].node) : "the first VTEP";
  const next = find.run.raw.actions.filter((action) => action.kind === "ping").map((action) => action.moment);
  const end = next.length > 1 ? next[1] : find.run.times.length;
  const count = find.run.packets.filter((packet) => packet.linkClass === "vxlan-multicast" && packet.sender === sender && packet.moment < end).length;
  return mission("flood", `How many VXLAN packets does ${name} send to the group during the first ping?`, "Filter for the group of VXLAN, or look at the packets of the sender's link.", "No VTEP floods in this run.", first && next.length
    ? { answers: [String(count)], explanation: `${count}: the ARP request alone. All else goes from VTEP to VTEP.` }
    : null);
}

export function findMissions(run: RunModel, reader: PacketReader): Mission[] {
  const find = new Finder(run, reader);
  return [whoIsRp(find), whenRpHears(find), howManyRegisters(find), whichPacket(find), floodsOfPing(find)];
}
