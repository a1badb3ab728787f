// SPDX-License-Identifier: GPL-2.0-only
// The tables of state as they are at a moment, with what changed marked. The cells hold the text of
// the CSV files; a row that can light up its branch holds a button in its first cell.
import type { RunModel, TableHistory } from "./data";
import { button, clear, el } from "./dom";
import type { Entry } from "./trees";

const CAPTIONS: Record<string, string> = {
  routes: "routes: show route table",
  rp: "rp: show pim bootstrap, show pim rps",
  igmp: "igmp: show igmp group",
  tib: "tib: show pim join",
  mfc: "mfc: show pim mfc, ip mroute",
  fdb: "fdb: bridge fdb show",
  evpn: "evpn: show bgp l2vpn evpn",
  neighbors: "neighbors: show evpn arp-cache",
  flows: "flows: ovs-ofctl dump-flows",
  msdp: "msdp: show msdp sa",
};

/** The most rows that are in the page at once; with more, those of the chosen router alone. */
const MOST_ROWS = 3000;

interface Body {
  element: HTMLTableSectionElement;
  version: number;
  before: number;
  time: number;
}

class TableView {
  readonly element: HTMLTableElement;
  private readonly bodies = new Map<number, Body>();
  private readonly caption = el("caption");

  constructor(
    private readonly run: RunModel,
    readonly table: TableHistory,
    private readonly pick: (entry: Entry | null, key: string) => void,
  ) {
    const head = el("tr", {}, ...table.columns.map((name) => el("th", { scope: "col" }, name)));
    this.element = el("table", { "data-table": table.name }, this.caption, el("thead", {}, head));
  }

  /** \returns how many rows are shown */
  show(moment: number, before: number, time: number, selected: number, all: boolean, lit: string): number {
    let shown = 0;
    let gone = 0;
    this.run.nodes.forEach((_, node) => {
      const version = this.table.version(node, moment);
      const old = this.table.version(node, before);
      const wanted = all || node === selected;
      let body = this.bodies.get(node);
      if (!wanted || version === 0) {
        body?.element.remove();
        this.bodies.delete(node);
        return;
      }
      const numbers = this.table.rowNumbers(node, moment);
      const hidden = selected >= 0 && node !== selected;
      shown += hidden ? 0 : numbers.length;
      if (!body) {
        body = { element: el("tbody"), version: -1, before: -1, time: -1 };
        this.bodies.set(node, body);
        this.insert(node, body.element);
      }
      body.element.hidden = hidden;
      const oldNumbers = old === version ? numbers : this.table.rowNumbers(node, before);
      gone += hidden ? 0 : Math.max(0, oldNumbers.length - numbers.length);
      const isFresh =
        body.version === version && body.before === old && (!this.table.grows || body.time === time);
      if (!isFresh) {
        this.fill(node, body.element, numbers, oldNumbers, time);
        Object.assign(body, { version, before: old, time });
      }
      this.light(body.element, lit);
    });
    const words = CAPTIONS[this.table.name] ?? this.table.name;
    const missing = this.table.endsBy(moment) ? ", no longer recorded here: too large for a page" : "";
    const text = `${words} (${shown} ${shown === 1 ? "row" : "rows"}${gone > 0 ? `, ${gone} gone` : ""}${missing})`;
    if (this.caption.textContent !== text) {
      this.caption.textContent = text;
    }
    return shown;
  }

  private insert(node: number, element: HTMLTableSectionElement): void {
    const later = [...this.bodies.keys()].filter((other) => other > node).sort((a, b) => a - b)[0];
    const next = later === undefined ? null : this.bodies.get(later)!.element;
    this.element.insertBefore(element, next);
  }

  private light(body: HTMLTableSectionElement, lit: string): void {
    for (const row of body.rows) {
      const isLit = lit !== "" && row.dataset.key === lit;
      row.classList.toggle("lit", isLit);
      const press = row.cells[0]?.querySelector("button");
      press?.setAttribute("aria-pressed", String(isLit));
    }
  }

  private fill(node: number, body: HTMLTableSectionElement, rows: number[], old: number[], time: number): void {
    clear(body);
    const oldSet = new Set(old);
    const newSet = new Set(rows);
    const vanished = old.filter((row) => !newSet.has(row)).map((row) => this.table.cells(row, time));
    for (const row of rows) {
      const cells = this.table.cells(row, time);
      const isNew = !oldSet.has(row);
      const was = isNew ? this.closest(cells, vanished) : null;
      const line = el("tr", {
        "data-node": this.run.nodes[node].name,
        "data-time": time / 1e9,
        "data-key": this.keyOf(cells),
        class: isNew ? (was ? "changed" : "new") : undefined,
      });
      cells.forEach((text, column) => {
        const changed = was !== null && was[column] !== text;
        const cell = el("td", { class: changed ? "changed" : undefined, title: changed ? `was ${was![column] || "empty"}` : undefined });
        cell.append(column === 0 && this.table.name === "tib" ? this.branchButton(cells) : text);
        line.append(cell);
      });
      body.append(line);
    }
  }

  /** Of the rows that are gone, the one that a row was before: more than half of it is the same. */
  private closest(cells: string[], vanished: string[][]): string[] | null {
    let best: string[] | null = null;
    let most = cells.length / 2;
    for (const other of vanished) {
      const same = other.filter((text, i) => text === cells[i]).length;
      if (same > most) {
        [best, most] = [other, same];
      }
    }
    return best;
  }

  private keyOf(cells: string[]): string {
    return this.table.name === "tib" ? cells.slice(0, 4).join("|") : "";
  }

  private branchButton(cells: string[]): HTMLButtonElement {
    const at = (name: string) => cells[this.table.column(name)];
    const entry: Entry = {
      node: this.run.node(cells[0]),
      kind: at("kind"),
      source: at("source"),
      group: at("group"),
      upstreamInterface: at("upstream_interface"),
      upstreamNeighbor: at("upstream_neighbor"),
      outgoing: at("outgoing_interfaces").split(" ").filter(Boolean),
      rp: at("rp"),
    };
    const label = `${cells[0]}: light the branch of (${entry.source}, ${entry.group})`;
    const press = button(cells[0], label, () => {
      const isLit = press.getAttribute("aria-pressed") === "true";
      this.pick(isLit ? null : entry, isLit ? "" : this.keyOf(cells));
    });
    press.className = "branch";
    press.setAttribute("aria-pressed", "false");
    return press;
  }
}

/** All tables of a run. */
export class TablesView {
  readonly element = el("div", { class: "tables" });
  private readonly views: TableView[];
  private readonly note = el("p", { class: "hint" });

  constructor(
    private readonly run: RunModel,
    pick: (entry: Entry | null, key: string) => void,
  ) {
    this.views = run.tables.map((table) => new TableView(run, table, pick));
    this.element.append(this.note);
    for (const view of this.views) {
      this.element.append(el("div", { class: "scroll", tabindex: 0, role: "region", "aria-label": `table ${view.table.name}` }, view.element));
    }
  }

  show(moment: number, before: number, time: number, selected: number, lit: string): void {
    let all = 0;
    for (const { table } of this.views) {
      for (let node = 0; all <= MOST_ROWS && node < this.run.nodes.length; ++node) {
        all += table.rowNumbers(node, moment).length;
      }
    }
    const isSmall = all <= MOST_ROWS;
    for (const view of this.views) {
      const shown = view.show(moment, before, time, selected, isSmall, lit);
      view.element.parentElement!.classList.toggle("empty", shown === 0);
    }
    const text =
      selected >= 0
        ? `${this.run.nodes[selected].name} at ${time / 1e9} s. What changed in the last step is marked.`
        : isSmall
          ? "All nodes. Choose one in the picture to see its tables alone."
          : "More rows than a page can show: choose a node in the picture.";
    if (this.note.textContent !== text) {
      this.note.textContent = text;
    }
  }
}
