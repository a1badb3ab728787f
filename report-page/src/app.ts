// SPDX-License-Identifier: GPL-2.0-only
// The page of one run: the picture, the axis with its controls, the panels beside them.
import { Axis, Filters, isShown, PacketReader, QUIET } from "./axis";
import { formatSeconds, RawRun, readSeconds, RunModel } from "./data";
import { button, checkbox, clear, el } from "./dom";
import { Comparison } from "./compare";
import { PacketsView } from "./packets";
import { guidePanels, GuideState } from "./guides";
import { TablesView } from "./tables";
import { TopologyView } from "./topology";
import {
  Arrow,
  branchArrows,
  currentGroup,
  Entry,
  failuresAt,
  forwardingArrows,
  overlayArcs,
  rolesAt,
  treeArrows,
  treesAt,
} from "./trees";
import { Chapter } from "./stories";

const TABS = ["tables", "packets", "events", "stories", "missions", "compare"] as const;
type Tab = (typeof TABS)[number];

/** How long a step takes, in ms at speed 1: with packets on their way, and without. */
const FLIGHT = 700;
const PAUSE = 350;

export class RunApp {
  readonly run: RunModel;
  private readonly reader: PacketReader;
  private axis: Axis;
  private filters: Filters = { ...QUIET };
  private moment = 0;
  private time = 0;
  private tree = "auto";
  private node = -1;
  private network = -1;
  private tab: Tab = "tables";
  private lit: Entry | null = null;
  private litKey = "";
  private playing = false;
  private speed = 1;
  private flightStart = 0;
  private frame = 0;
  private readonly frames: number[] = [];
  private readonly view: TopologyView;
  private readonly tables: TablesView;
  private readonly packets: PacketsView;
  private readonly comparison: Comparison;
  private readonly guide: GuideState;
  private readonly slider = el("input", { type: "range", id: "axis", min: 0, max: 0, step: 1, "aria-label": "place on the axis of events" });
  private readonly clock = el("output", { class: "clock", for: "axis", "data-time": 0 });
  private readonly timeField = el("input", { type: "text", id: "time", size: 12, inputmode: "decimal", "aria-label": "time in seconds" });
  private readonly note = el("p", { class: "note" });
  private readonly now = el("p", { class: "now" });
  private readonly treeChoice = el("select", { id: "tree" });
  private readonly chapterChoice = el("select", { id: "chapter" });
  private readonly playButton: HTMLButtonElement;
  private readonly ticks = el("div", { class: "ticks", "aria-hidden": "true" });
  private readonly tabButtons = new Map<Tab, HTMLButtonElement>();
  private readonly panels = new Map<Tab, HTMLElement>();
  private readonly eventsBody = el("tbody");
  private readonly labelState = { interfaces: false, addresses: false };

  constructor(raw: RawRun, root: HTMLElement) {
    this.run = new RunModel(raw);
    this.reader = new PacketReader(this.run);
    this.axis = new Axis(this.run, this.filters, this.reader);
    this.view = new TopologyView(
      this.run,
      this.reader,
      `topology ${raw.topology.name}`,
      (node) => this.chooseNode(node === this.node ? -1 : node),
      (network) => this.chooseNetwork(network === this.network ? -1 : network),
    );
    this.tables = new TablesView(this.run, (entry, key) => {
      this.lit = entry;
      this.litKey = key;
      this.draw();
    });
    this.packets = new PacketsView(this.run, this.reader, (moment) => this.goTo(moment));
    this.comparison = new Comparison(this.run);
    this.playButton = button("Play", "Play or pause (space)", () => this.toggle());
    this.playButton.id = "play";
    this.guide = guidePanels(this.run, this.reader, {
      visit: (chapter) => this.visit(chapter),
      moment: () => this.moment,
      print: (title, chapters) => this.printStory(title, chapters),
    });
    this.build(root);
    this.readLink();
    window.addEventListener("hashchange", () => this.readLink());
    document.addEventListener("keydown", (event) => this.onKey(event));
  }

  // ---- what window.report offers

  /** Moves the page to a time in seconds. */
  seek(seconds: number | string): void {
    const time = Math.max(0, readSeconds(String(seconds)));
    if (Number.isFinite(time)) {
      this.pause();
      this.goTo(this.run.momentOf(time), time);
    }
  }

  getTime(): number {
    return this.time / 1e9;
  }

  step(by: number): void {
    const at = this.axis.stepOf(this.moment);
    const isBetween = this.axis.steps[at] !== this.moment;
    const next = Math.min(this.axis.steps.length - 1, Math.max(0, at + by + (by < 0 && isBetween ? 1 : 0)));
    this.goTo(this.axis.steps[next]);
  }

  play(): void {
    if (!this.playing) {
      this.playing = true;
      this.frames.length = 0;
      this.playButton.textContent = "Pause";
      this.flightStart = performance.now();
      this.frame = requestAnimationFrame((now) => this.onFrame(now));
    }
  }

  pause(): void {
    this.playing = false;
    this.playButton.textContent = "Play";
    cancelAnimationFrame(this.frame);
  }

  /** Frames per second while the page has been playing, and the longest frame in ms. */
  getFrameRate(): { frames: number; perSecond: number; longest: number } {
    const steps = this.frames.slice(1).map((time, i) => time - this.frames[i]);
    const total = steps.reduce((sum, each) => sum + each, 0);
    return {
      frames: steps.length,
      perSecond: total > 0 ? (1000 * steps.length) / total : 0,
      longest: Math.max(0, ...steps),
    };
  }

  // ---- playing

  private toggle(): void {
    this.playing ? this.pause() : this.play();
  }

  private onFrame(now: number): void {
    if (!this.playing) {
      return;
    }
    this.frames.push(now);
    const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
    const lasts = (this.view.hasFlights ? FLIGHT : PAUSE) / this.speed;
    const part = Math.min(1, (now - this.flightStart) / lasts);
    if (!calm) {
      this.view.move(part);
    }
    if (part >= 1) {
      const at = this.axis.stepOf(this.moment);
      if (at + 1 >= this.axis.steps.length) {
        this.pause();
        return;
      }
      this.goTo(this.axis.steps[at + 1]);
      this.view.move(calm ? 0.5 : 0);
      this.flightStart = now;
    }
    this.frame = requestAnimationFrame((next) => this.onFrame(next));
  }

  // ---- places and choices

  private goTo(moment: number, time = this.run.times[moment] ?? 0): void {
    this.moment = moment;
    this.time = time;
    this.draw();
  }

  chooseNode(node: number): void {
    this.node = node;
    this.network = -1;
    if (node >= 0 && this.tab !== "packets") {
      this.chooseTab("tables");
    }
    this.draw();
  }

  chooseNetwork(network: number): void {
    this.network = network;
    if (network >= 0) {
      this.chooseTab("packets");
    }
    this.draw();
  }

  private chooseTab(tab: Tab): void {
    this.tab = tab;
    for (const each of TABS) {
      const isIt = each === tab;
      const press = this.tabButtons.get(each)!;
      press.setAttribute("aria-selected", String(isIt));
      press.tabIndex = isIt ? 0 : -1;
      this.panels.get(each)!.hidden = !isIt;
    }
    this.draw();
  }

  private visit(chapter: Chapter): void {
    this.pause();
    this.tree = chapter.tree ?? this.tree;
    this.node = chapter.node ?? -1;
    this.network = chapter.network ?? -1;
    this.lit = null;
    this.litKey = "";
    this.goTo(chapter.moment);
  }

  private printStory(title: string, chapters: Chapter[]): void {
    const pages = el("div", { id: "pages" });
    chapters.forEach((chapter, number) => {
      this.visit(chapter);
      pages.append(
        el("section", {}, el("h2", {}, `${title}, ${number + 1} of ${chapters.length}, at ${formatSeconds(this.time)} s`), this.view.element.cloneNode(true), el("p", {}, chapter.text), el("p", { class: "hint" }, this.now.textContent ?? "")),
      );
    });
    document.body.append(pages);
    document.body.classList.add("prints-story");
    window.print();
    document.body.classList.remove("prints-story");
    pages.remove();
  }

  private filter(change: Partial<Filters>): void {
    this.filters = { ...this.filters, ...change };
    this.axis = new Axis(this.run, this.filters, this.reader);
    this.drawTicks();
    this.draw();
  }

  // ---- drawing

  private arrows(): Arrow[] {
    if (this.tree === "none" || this.tree === "overlay") {
      return [];
    }
    if (this.tree === "auto") {
      const group = this.group();
      return group ? forwardingArrows(this.run, this.moment, group) : [];
    }
    return treeArrows(this.run, this.moment, this.tree);
  }

  private group(): string {
    if (this.filters.group) {
      return this.filters.group;
    }
    const match = /,\s*([\d.]+)\)/.exec(this.tree);
    return match ? match[1] : currentGroup(this.run, this.moment);
  }

  private shown = (packet: Parameters<typeof isShown>[0]) => isShown(packet, this.filters, this.reader);

  private draw(): void {
    if (!this.panels.size) {
      return;
    }
    const at = this.axis.stepOf(this.moment);
    const isStep = this.axis.steps[at] === this.moment;
    const before = isStep ? (this.axis.steps[at - 1] ?? -1) : this.axis.steps[at];
    this.slider.value = String(at);
    const text = `${formatSeconds(this.time)} s`;
    this.slider.setAttribute("aria-valuetext", text);
    this.clock.textContent = `${text} · step ${at + 1} of ${this.axis.steps.length}`;
    this.clock.dataset.time = formatSeconds(this.time);
    if (document.activeElement !== this.timeField) {
      this.timeField.value = formatSeconds(this.time);
    }
    this.view.show({
      arrows: this.arrows(),
      lit: this.lit ? branchArrows(this.run, this.moment, this.lit) : [],
      arcs: this.tree === "overlay" ? overlayArcs(this.run, this.moment) : [],
      roles: rolesAt(this.run, this.moment, this.group()),
      failure: failuresAt(this.run, this.moment),
      selectedNode: this.node,
      selectedNetwork: this.network,
    });
    this.view.launch(this.run.packetsAt(this.moment).filter(this.shown));
    this.tables.show(this.moment, before, this.time, this.node, this.litKey);
    if (this.tab === "packets") {
      this.packets.show(this.network, this.node, this.moment, this.shown);
    }
    if (this.tab === "events") {
      this.drawEvents();
    }
    if (this.tab === "compare") {
      this.comparison.show(this.time, this.moment, this.node);
    }
    this.guide.update();
    this.drawCaption();
    this.drawTrees();
    this.writeLink();
  }

  private drawCaption(): void {
    const notes = this.run.raw.actions.filter((action) => action.kind === "note" && action.moment <= this.moment);
    const note = notes.length ? notes[notes.length - 1] : null;
    this.note.textContent = note ? note.text : "";
    const parts: string[] = [];
    for (const action of this.run.raw.actions) {
      if (action.moment === this.moment && action.kind !== "note") {
        parts.push(action.text);
      }
    }
    for (const [moment, name] of this.run.raw.snapshots) {
      if (moment === this.moment) {
        parts.push(`snapshot ${name}`);
      }
    }
    for (const event of this.run.eventsAt(this.moment)) {
      parts.push(`${event.name}: ${event.protocol} ${event.event} ${event.detail}`);
    }
    for (const packet of this.run.packetsAt(this.moment).filter(this.shown)) {
      parts.push(this.reader.read(packet).line);
    }
    const most = 6;
    const more = parts.length > most ? [`and ${parts.length - most} more`] : [];
    this.now.textContent = [...parts.slice(0, most), ...more].join(" · ") || "Nothing happens at this very moment.";
    if (this.run.raw.packetsEnd !== null && this.run.raw.packetsEnd <= this.moment) {
      this.now.textContent += " · Packets are missing here: the run has too many for a page.";
    }
  }

  private drawTrees(): void {
    const choices: [string, string][] = [
      ["auto", "what is forwarded now"],
      ["none", "none"],
      ...treesAt(this.run, this.moment).map((name): [string, string] => [name, name]),
    ];
    if (this.run.table("fdb")) {
      choices.splice(2, 0, ["overlay", "overlay: who has learned whom"]);
    }
    if (!choices.some(([value]) => value === this.tree)) {
      choices.push([this.tree, `${this.tree}, not there`]);
    }
    const key = choices.map(([value]) => value).join();
    if (this.treeChoice.dataset.key !== key) {
      this.treeChoice.dataset.key = key;
      clear(this.treeChoice);
      choices.forEach(([value, text]) => this.treeChoice.append(el("option", { value }, text)));
    }
    this.treeChoice.value = this.tree;
  }

  private drawTicks(): void {
    this.slider.max = String(this.axis.steps.length - 1);
    clear(this.ticks);
    for (const { moment, kind, text } of this.chapters()) {
      const at = (100 * this.axis.stepOf(moment)) / Math.max(1, this.axis.steps.length - 1);
      this.ticks.append(el("span", { class: `tick ${kind}`, style: `left:${at}%`, title: text }));
    }
  }

  /** The chapters: the scenario's notes, or, without any, its other actions and snapshots. */
  private chapters(): { moment: number; kind: string; text: string }[] {
    const actions = this.run.raw.actions;
    const notes = actions.filter((action) => action.kind === "note");
    const marks = (notes.length ? notes : actions).map(({ moment, kind, text }) => ({ moment, kind, text }));
    const snapshots = notes.length ? [] : this.run.raw.snapshots;
    return [...marks, ...snapshots.map(([moment, name]) => ({ moment, kind: "snapshot", text: `snapshot ${name}` }))].sort(
      (a, b) => a.moment - b.moment,
    );
  }

  private drawEvents(): void {
    clear(this.eventsBody);
    const most = 120;
    const events = this.run.events.filter((event) => this.node < 0 || event.node === this.node);
    let end = events.findIndex((event) => event.moment > this.moment);
    end = end < 0 ? events.length : end;
    for (const event of events.slice(Math.max(0, end - most), end + 30)) {
      const time = formatSeconds(this.run.times[event.moment]);
      const press = button(time, `go to ${time} s`, () => this.goTo(event.moment));
      const css = event.moment === this.moment ? "now" : event.moment > this.moment ? "later" : undefined;
      const name = event.name;
      this.eventsBody.append(
        el(
          "tr",
          { "data-time": time, "data-node": name, class: css },
          el("td", {}, press),
          ...[name, event.protocol, event.event, event.detail].map((text) => el("td", {}, text)),
        ),
      );
    }
  }

  // ---- building

  private build(root: HTMLElement): void {
    const raw = this.run.raw;
    const title = `${raw.scenario} on ${raw.topology.name}`;
    document.title = `${title} - report`;
    const help =
      "Space plays and pauses, arrow keys step, Page Up and Page Down go from chapter to chapter, Home and End to the ends, F fills the screen. Shift and arrows, or dragging, move the picture.";
    root.append(
      el("header", {}, el("h1", {}, title), this.buildView(), el("p", { class: "hint keys" }, help)),
      el(
        "main",
        {},
        el("section", { class: "stage", "aria-label": "picture" }, this.view.element, this.buildAxis(), this.caption(), this.buildChoices(), this.legend()),
        el("section", { class: "side", "aria-label": "details" }, this.buildTabs(), ...this.buildPanels()),
      ),
    );
    this.drawTicks();
    this.chooseTab("tables");
  }

  private caption(): HTMLElement {
    return el("div", { class: "captions", role: "status", "aria-live": "polite" }, this.note, this.now);
  }

  private legend(): HTMLElement {
    const words: [string, string][] = [
      ["star", "RP's tree, (*,G)"],
      ["source", "source's tree, (S,G)"],
      ["arc", "learned in the overlay"],
      ["lit", "branch of the chosen row"],
    ];
    const packets: [string, string][] = [
      ["data", "D data"],
      ["register", "boxed: Register"],
      ["join", "J Join or Prune, I IGMP"],
      ["vxlan", "boxed F: frame in VXLAN"],
      ["control", "other messages"],
    ];
    const items = words.map(([css, text]) => el("li", {}, el("span", { class: `sample ${css}` }), text));
    const dots = packets.map(([css, text]) => el("li", {}, el("span", { class: `dot ${css}` }), text));
    return el("ul", { class: "legend", "aria-label": "legend" }, ...items, ...dots, el("li", {}, el("span", { class: "sample dead" }), "down"));
  }

  private buildAxis(): HTMLElement {
    this.slider.addEventListener("input", () => {
      this.pause();
      this.goTo(this.axis.steps[Number(this.slider.value)]);
    });
    this.timeField.addEventListener("change", () => this.seek(this.timeField.value));
    const speed = el("select", { id: "speed", "aria-label": "speed" });
    for (const each of [0.25, 0.5, 1, 2, 4, 8]) {
      speed.append(el("option", { value: each, selected: each === 1 }, `× ${each}`));
    }
    speed.addEventListener("change", () => (this.speed = Number(speed.value)));
    this.treeChoice.addEventListener("change", () => {
      this.tree = this.treeChoice.value;
      this.draw();
    });
    this.chapterChoice.append(el("option", { value: "" }, "go to a chapter…"));
    this.chapters().forEach(({ moment, text }) =>
      this.chapterChoice.append(el("option", { value: moment }, `${formatSeconds(this.run.times[moment])} s: ${text.slice(0, 60)}`)),
    );
    this.chapterChoice.addEventListener("change", () => {
      if (this.chapterChoice.value !== "") {
        this.goTo(Number(this.chapterChoice.value));
        this.chapterChoice.value = "";
      }
    });
    const id = (press: HTMLButtonElement, name: string) => ((press.id = name), press);
    return el(
      "div",
      { class: "controls" },
      el("div", { class: "axis" }, this.slider, this.ticks),
      el(
        "div",
        { class: "buttons" },
        id(button("|◀", "To the beginning (Home)", () => this.goTo(this.axis.steps[0])), "first"),
        id(button("◀◀", "Chapter before (Page Up)", () => this.chapter(-1)), "chapter-back"),
        id(button("◀ Step", "Step back (left arrow)", () => this.step(-1)), "back"),
        this.playButton,
        id(button("Step ▶", "Step (right arrow)", () => this.step(1)), "forward"),
        id(button("▶▶", "Next chapter (Page Down)", () => this.chapter(1)), "chapter-forward"),
        id(button("▶|", "To the end (End)", () => this.goTo(this.axis.steps[this.axis.steps.length - 1])), "last"),
        el("label", {}, "Speed ", speed),
        el("label", {}, "Time ", this.timeField, " s"),
        this.clock,
      ),
    );
  }

  private buildChoices(): HTMLElement {
    return el(
      "div",
      { class: "buttons controls" },
      el("label", {}, "Tree ", this.treeChoice),
      el("label", {}, "Chapter ", this.chapterChoice),
      this.buildFilters(),
    );
  }

  private buildFilters(): HTMLElement {
    const groups = new Set<string>();
    for (const name of ["tib", "mfc", "igmp"]) {
      const table = this.run.raw.tables.find((each) => each.name === name);
      const column = table?.columns.indexOf("group") ?? -1;
      table?.rows.forEach((row) => groups.add(this.run.raw.texts[row[column]]));
    }
    const choice = el("select", { id: "group" }, el("option", { value: "" }, "all groups"));
    [...groups].sort().forEach((group) => choice.append(el("option", { value: group }, group)));
    choice.addEventListener("change", () => this.filter({ group: choice.value }));
    const box = (text: string, name: "hellos" | "ospf" | "igmp" | "data") =>
      checkbox(text, this.filters[name], (on) => this.filter({ [name]: on }), `filter-${name}`);
    return el(
      "fieldset",
      { class: "filters" },
      el("legend", {}, "Show"),
      box("Hellos", "hellos"),
      box("OSPF", "ospf"),
      box("IGMP", "igmp"),
      box("data", "data"),
      el("label", {}, "of ", choice),
    );
  }

  private buildView(): HTMLElement {
    const labels = () => this.view.label(this.labelState.interfaces, this.labelState.addresses);
    const id = (press: HTMLButtonElement, name: string) => ((press.id = name), press);
    return el(
      "div",
      { class: "buttons view" },
      checkbox("interface names", false, (on) => ((this.labelState.interfaces = on), labels()), "show-interfaces"),
      checkbox("addresses", false, (on) => ((this.labelState.addresses = on), labels()), "show-addresses"),
      checkbox("captions", true, (on) => document.body.classList.toggle("no-captions", !on), "show-captions"),
      checkbox("large type", false, (on) => document.body.classList.toggle("large", on), "large-type"),
      id(button("+", "Zoom in", () => this.view.zoom(0.8)), "zoom-in"),
      id(button("−", "Zoom out", () => this.view.zoom(1.25)), "zoom-out"),
      id(button("Fit", "Show the whole topology", () => this.view.fit()), "zoom-fit"),
      id(button("Light / dark", "Change between light and dark", () => this.changeTheme()), "theme"),
      id(button("Full screen", "Fill the screen (F)", () => this.fullScreen()), "full-screen"),
      id(button("Print", "Print this moment", () => window.print()), "print"),
    );
  }

  private changeTheme(): void {
    const isDark =
      document.documentElement.dataset.theme === "dark" ||
      (!document.documentElement.dataset.theme && matchMedia("(prefers-color-scheme: dark)").matches);
    document.documentElement.dataset.theme = isDark ? "light" : "dark";
  }

  private fullScreen(): void {
    if (document.fullscreenElement) {
      void document.exitFullscreen();
    } else {
      void document.documentElement.requestFullscreen?.().catch(() => undefined);
    }
  }

  private buildTabs(): HTMLElement {
    const list = el("div", { role: "tablist", "aria-label": "details" });
    for (const tab of TABS) {
      const press = el(
        "button",
        { type: "button", role: "tab", id: `tab-${tab}`, "aria-controls": `panel-${tab}`, "aria-selected": "false" },
        tab[0].toUpperCase() + tab.slice(1),
      );
      press.addEventListener("click", () => this.chooseTab(tab));
      press.addEventListener("keydown", (event) => {
        const by = event.key === "ArrowRight" ? 1 : event.key === "ArrowLeft" ? -1 : 0;
        if (by) {
          event.stopPropagation();
          event.preventDefault();
          const next = TABS[(TABS.indexOf(tab) + by + TABS.length) % TABS.length];
          this.chooseTab(next);
          this.tabButtons.get(next)!.focus();
        }
      });
      this.tabButtons.set(tab, press);
      list.append(press);
    }
    return list;
  }

  private buildPanels(): HTMLElement[] {
    const head = el("tr", {}, ...["time", "node", "protocol", "event", "detail"].map((name) => el("th", { scope: "col" }, name)));
    const events = el(
      "div",
      { class: "scroll tall", tabindex: 0, role: "region", "aria-label": "events" },
      el("table", { "data-table": "events" }, el("caption", {}, "What the protocols reported"), el("thead", {}, head), this.eventsBody),
    );
    const contents: Record<Tab, HTMLElement> = {
      tables: this.tables.element,
      packets: this.packets.element,
      events,
      stories: this.guide.stories,
      missions: this.guide.missions,
      compare: this.comparison.element,
    };
    return TABS.map((tab) => {
      const panel = el("div", { role: "tabpanel", id: `panel-${tab}`, "aria-labelledby": `tab-${tab}`, hidden: true, tabindex: 0 }, contents[tab]);
      this.panels.set(tab, panel);
      return panel;
    });
  }

  private chapter(by: number): void {
    const moments = this.chapters().map((chapter) => chapter.moment);
    const next = by > 0 ? moments.find((moment) => moment > this.moment) : moments.reverse().find((moment) => moment < this.moment);
    if (next !== undefined) {
      this.goTo(next);
    }
  }

  // ---- keyboard and links

  private onKey(event: KeyboardEvent): void {
    const target = event.target as HTMLElement;
    const takesKeys = ["INPUT", "SELECT", "TEXTAREA"].includes(target.tagName);
    if (takesKeys || event.ctrlKey || event.altKey || event.metaKey) {
      return;
    }
    const actions: Record<string, () => void> = {
      ArrowRight: () => this.step(1),
      ArrowLeft: () => this.step(-1),
      Home: () => this.goTo(this.axis.steps[0]),
      End: () => this.goTo(this.axis.steps[this.axis.steps.length - 1]),
      PageDown: () => this.chapter(1),
      PageUp: () => this.chapter(-1),
      f: () => this.fullScreen(),
    };
    if (target.tagName !== "BUTTON" && target.tagName !== "SUMMARY") {
      actions[" "] = () => this.toggle();
    }
    if (event.shiftKey && event.key.startsWith("Arrow")) {
      const by: Record<string, [number, number]> = { ArrowRight: [0.2, 0], ArrowLeft: [-0.2, 0], ArrowUp: [0, -0.2], ArrowDown: [0, 0.2] };
      actions[event.key] = () => this.view.panBy(...by[event.key]);
    }
    const action = actions[event.key];
    if (action) {
      event.preventDefault();
      action();
    }
  }

  private writing = "";
  private hasRead = false; // the link that the page was opened with

  private writeLink(): void {
    const parts = [`t=${formatSeconds(this.time)}`];
    if (this.node >= 0) {
      parts.push(`node=${encodeURIComponent(this.run.nodes[this.node].name)}`);
    }
    if (this.network >= 0) {
      parts.push(`link=${encodeURIComponent(this.run.networks[this.network].name)}`);
    }
    if (this.tab !== "tables") {
      parts.push(`tab=${this.tab}`);
    }
    if (this.tree !== "auto") {
      parts.push(`tree=${encodeURIComponent(this.tree)}`);
    }
    const hash = "#" + parts.join("&");
    if (this.hasRead && hash !== this.writing && !this.playing) {
      this.writing = hash;
      history.replaceState(null, "", hash);
    }
  }

  private readLink(): void {
    if (this.hasRead && location.hash === this.writing) {
      return;
    }
    const link = new URLSearchParams(location.hash.slice(1));
    const tab = link.get("tab") as Tab | null;
    this.node = this.run.node(link.get("node") ?? "");
    this.network = this.run.networks.findIndex((network) => network.name === link.get("link"));
    this.tree = link.get("tree") ?? "auto";
    this.hasRead = false;
    this.chooseTab(tab && TABS.includes(tab) ? tab : this.network >= 0 ? "packets" : "tables");
    const time = readSeconds(link.get("t") ?? "0");
    this.hasRead = true;
    this.goTo(this.run.momentOf(Number.isFinite(time) ? time : 0), Number.isFinite(time) ? time : 0);
  }
}
