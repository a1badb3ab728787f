// SPDX-License-Identifier: GPL-2.0-only
// Another run beside this one: its report is opened as a file, and follows this page's time.
import { PacketReader } from "./axis";
import { RawRun, RunModel } from "./data";
import { clear, el } from "./dom";
import { TopologyView } from "./topology";
import { currentGroup, failuresAt, forwardingArrows, rolesAt } from "./trees";

export class Comparison {
  readonly element = el("div", { class: "compare" });
  private readonly message = el("p", { class: "hint", role: "status" });
  private readonly place = el("div", { class: "other" });
  private readonly body = el("tbody");
  private other: RunModel | null = null;
  private view: TopologyView | null = null;

  constructor(private readonly run: RunModel) {
    const file = el("input", { type: "file", id: "other-report", accept: ".html,text/html" });
    file.addEventListener("change", () => void this.read(file.files?.[0]));
    const head = el("tr", {}, ...["run", "table", "row"].map((name) => el("th", { scope: "col" }, name)));
    this.message.textContent = "Open the report.html of another run: it is shown at the same time, with the rows in which the two differ.";
    this.element.append(
      el("label", {}, "Report of another run ", file),
      this.message,
      this.place,
      el("div", { class: "scroll tall", tabindex: 0, role: "region", "aria-label": "differences" }, el("table", { "data-table": "differences" }, el("caption", {}, "Rows that one run has and the other has not"), el("thead", {}, head), this.body)),
    );
  }

  private async read(file: File | undefined): Promise<void> {
    if (!file) {
      return;
    }
    try {
      const page = new DOMParser().parseFromString(await file.text(), "text/html");
      const raw = JSON.parse(page.getElementById("report-data")?.textContent ?? "") as RawRun;
      if (raw.kind !== "run") {
        throw new Error("no run");
      }
      this.open(raw);
    } catch {
      this.message.textContent = `${file.name} is no report of a run.`;
    }
  }

  open(raw: RawRun): void {
    this.other = new RunModel(raw);
    const nothing = () => undefined;
    this.view = new TopologyView(this.other, new PacketReader(this.other), `topology of ${raw.scenario}`, nothing, nothing);
    this.message.textContent = `Beside: ${raw.scenario} on ${raw.topology.name}. What differs in counters of packets is left out.`;
    clear(this.place);
    this.place.append(el("h2", {}, raw.scenario), this.view.element);
    this.show(this.time, this.moment, this.node);
  }

  private time = 0;
  private moment = 0;
  private node = -1;

  show(time: number, moment: number, node: number): void {
    [this.time, this.moment, this.node] = [time, moment, node];
    if (!this.other || !this.view) {
      return;
    }
    const there = this.other.momentOf(time);
    const group = currentGroup(this.other, there);
    this.view.show({
      arrows: group ? forwardingArrows(this.other, there, group) : [],
      lit: [],
      arcs: [],
      roles: rolesAt(this.other, there, group),
      failure: failuresAt(this.other, there),
      selectedNode: node >= 0 ? this.other.node(this.run.nodes[node].name) : -1,
      selectedNetwork: -1,
    });
    this.view.launch(this.other.packetsAt(there).filter((packet) => packet.linkClass !== "ospf" && packet.linkClass !== "pim-hello"));
    this.drawDifferences(there);
  }

  private drawDifferences(there: number): void {
    clear(this.body);
    const most = 300;
    for (const table of this.run.tables) {
      const counters = ["packets", "bytes", "age_s"].map((name) => table.column(name));
      const key = (row: string[]) => row.filter((_, i) => !counters.includes(i)).join(" | ");
      const name = this.node >= 0 ? this.run.nodes[this.node].name : "";
      const mine = table.rows(this.moment).filter((row) => !name || row[0] === name).map(key);
      const theirs = (this.other!.table(table.name)?.rows(there) ?? []).filter((row) => !name || row[0] === name).map(key);
      const [here, beside] = [new Set(mine), new Set(theirs)];
      const add = (run: string, row: string) =>
        this.body.rows.length < most && this.body.append(el("tr", {}, el("td", {}, run), el("td", {}, table.name), el("td", {}, row)));
      mine.filter((row) => !beside.has(row)).forEach((row) => add("this", row));
      theirs.filter((row) => !here.has(row)).forEach((row) => add("other", row));
    }
  }
}
