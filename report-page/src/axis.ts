// SPDX-License-Identifier: GPL-2.0-only
// The axis of events: which moments are steps, under the filters chosen.
import type { Packet, RunModel } from "./data";
import { Dissection, Dissector } from "./dissect";

export interface Filters {
  hellos: boolean;
  ospf: boolean;
  igmp: boolean;
  data: boolean;
  group: string; // empty: all
}

/** What is shown at first: no Hellos, no OSPF. */
export const QUIET: Filters = { hellos: false, ospf: false, igmp: true, data: true, group: "" };

/** Packets' dissections, each made when it is first asked for. */
export class PacketReader {
  private readonly kept = new Map<number, Dissection>();
  private readonly dissector: Dissector;

  constructor(private readonly run: RunModel) {
    this.dissector = new Dissector(run.raw.vxlanPorts);
  }

  read(packet: Packet): Dissection {
    let found = this.kept.get(packet.number);
    if (!found) {
      const network = this.run.networks[this.run.interfaces[packet.sender].network];
      found = this.dissector.dissect(packet.bytes, network.pointToPoint, packet.length);
      this.kept.set(packet.number, found);
    }
    return found;
  }

  /** Interfaces that a packet goes to: that of its hardware address, else all others there. */
  receivers(packet: Packet): number[] {
    const network = this.run.interfaces[packet.sender].network;
    const others = this.run.interfacesOfNetwork[network].filter((i) => i !== packet.sender);
    const to = this.run.interfaceOfMac(this.read(packet).destination);
    return others.includes(to) ? [to] : others;
  }
}

export function isShown(packet: Packet, filters: Filters, reader: PacketReader): boolean {
  const of = packet.linkClass;
  if (of === "pim-hello" || of === "bfd") {
    return filters.hellos;
  }
  if (of === "ospf") {
    return filters.ospf;
  }
  if (of === "igmp" && !filters.igmp) {
    return false;
  }
  const isData = ["multicast", "register", "vxlan-multicast", "vxlan-unicast", "other", "arp"];
  if (isData.includes(of) && !filters.data) {
    return false;
  }
  if (filters.group === "") {
    return true;
  }
  const group = reader.read(packet).group;
  return group === filters.group || (group === "" && of === "pim-bootstrap");
}

export class Axis {
  readonly steps: number[] = [];

  constructor(run: RunModel, filters: Filters, reader: PacketReader) {
    const marked = new Set<number>();
    run.raw.actions.forEach((action) => marked.add(action.moment));
    run.raw.snapshots.forEach(([moment]) => marked.add(moment));
    for (const event of run.events) {
      const passes =
        (event.protocol !== "ospf" || filters.ospf || event.event !== "spf") &&
        (filters.group === "" || event.detail.includes(filters.group) || event.protocol === "vxlan");
      if (passes) {
        marked.add(event.moment);
      }
    }
    for (const packet of run.packets) {
      if (isShown(packet, filters, reader)) {
        marked.add(packet.moment);
      }
    }
    for (const table of run.tables) {
      if (filters.group === "" || table.columns.includes("group")) {
        for (const moment of table.changedMoments()) {
          marked.add(moment);
        }
      }
    }
    marked.add(0);
    this.steps = [...marked].filter((moment) => moment < run.times.length).sort((a, b) => a - b);
  }

  /** The last step at or before a moment. */
  stepOf(moment: number): number {
    let low = 0;
    let high = this.steps.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.steps[middle] <= moment) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return Math.max(0, low - 1);
  }
}
