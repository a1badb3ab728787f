// SPDX-License-Identifier: GPL-2.0-only
// The page of tables: of a sweep, of the state model, of a plan. Curves of any column over any other,
// a crosshair that reads them, and the tables behind.
import { button, clear, el, svg } from "./dom";

export interface RawTables {
  format: number;
  kind: "tables";
  version: string;
  program: string;
  tables: { name: string; columns: string[]; rows: string[][]; allRows: number }[];
}

type Table = RawTables["tables"][number];

/** Columns that say what a point is, not what came of it. */
const PARAMETERS = [
  "topology", "routers", "vteps", "vnis", "groups", "ratio", "tree", "members_per_vni", "tier", "placement",
  "distribution", "mapping", "senders", "capacity", "capacity_policy", "control", "vms", "seed", "feasible",
];
/** Of those, what is averaged over, unless it is chosen. */
const AVERAGED = ["seed", "routers", "vteps", "feasible", "routers_in_tier"];
const WIDTH = 860;
const HEIGHT = 440;
const EDGE = { left: 90, right: 210, top: 20, bottom: 56 };
/** Okabe and Ito's palette without its yellow; each curve has marks and dashes of its own, too. */
const COLOURS = ["#0072b2", "#d55e00", "#009e73", "#cc79a7", "#56b4e9", "#8a5a00", "#6b6b6b"];
const DASHES = ["", "9 4", "3 3", "12 4 3 4", "2 6", "16 4", "6 2 2 2"];
const MARKS = ["M-4,-4h8v8h-8z", "M0,-5L5,4H-5z", "M0,-5L5,0L0,5L-5,0z", "M-4,0a4,4 0 1,0 8,0a4,4 0 1,0 -8,0", "M-5,-4H5L0,5z", "M-5,-1.5H5V1.5H-5z", "M-1.5,-5H1.5V5H-1.5z"];

interface Curve {
  name: string;
  points: [number, number, number][]; // x, y, how many rows
}

function isNumber(text: string): boolean {
  return text !== "" && Number.isFinite(Number(text));
}

export function curvesOf(table: Table, x: string, y: string, by: string[]): Curve[] {
  const at = (name: string) => table.columns.indexOf(name);
  const sums = new Map<string, Map<number, [number, number]>>();
  for (const row of table.rows) {
    if (!isNumber(row[at(x)]) || !isNumber(row[at(y)])) {
      continue;
    }
    const name = by.map((column) => row[at(column)]).join(", ") || y;
    const curve = sums.get(name) ?? new Map<number, [number, number]>();
    sums.set(name, curve);
    const [sum, count] = curve.get(Number(row[at(x)])) ?? [0, 0];
    curve.set(Number(row[at(x)]), [sum + Number(row[at(y)]), count + 1]);
  }
  return [...sums].map(([name, curve]) => ({
    name,
    points: [...curve].map(([px, [sum, count]]): [number, number, number] => [px, sum / count, count]).sort((a, b) => a[0] - b[0]),
  }));
}

/** A number in at most six digits. */
function short(value: number): string {
  return String(Number(value.toPrecision(6)));
}

function ticksOf(low: number, high: number, isLog: boolean): number[] {
  const ticks: number[] = [];
  if (isLog) {
    for (let power = Math.floor(Math.log10(low)); power <= Math.ceil(Math.log10(high)); ++power) {
      ticks.push(...(high / low > 1000 ? [1] : [1, 2, 5]).map((times) => times * 10 ** power));
    }
    return ticks.filter((tick) => tick >= low * 0.999 && tick <= high * 1.001);
  }
  const raw = (high - low) / 6 || 1;
  const power = 10 ** Math.floor(Math.log10(raw));
  const step = power * ([1, 2, 5, 10].find((times) => times * power >= raw) ?? 10);
  for (let tick = Math.ceil(low / step) * step; tick <= high + step / 1e6; tick += step) {
    ticks.push(Number(tick.toPrecision(12)));
  }
  return ticks;
}

class Chart {
  readonly element = el("section", { class: "chart" });
  private readonly drawing = svg("svg", { viewBox: `0 0 ${WIDTH} ${HEIGHT}`, class: "curves", role: "img", tabindex: 0 });
  private readonly reading = el("p", { class: "reading", role: "status", "aria-live": "polite" });
  private readonly behind = el("tbody");
  private readonly head = el("tr");
  private curves: Curve[] = [];
  private places: number[] = []; // of x
  private cursor = -1;
  private readonly cross = svg("g", { class: "crosshair" });
  private toX: (value: number) => number = Number;
  private toY: (value: number) => number = Number;

  constructor(private readonly table: Table) {
    const varying = (name: string) => new Set(table.rows.map((row) => row[table.columns.indexOf(name)])).size > 1;
    const numeric = table.columns.filter((name, i) => table.rows.some((row) => isNumber(row[i])) && name !== "seed");
    const parameters = table.columns.filter((name) => PARAMETERS.includes(name) && varying(name));
    const xs = numeric.filter(varying);
    const measures = numeric.filter((name) => !PARAMETERS.includes(name) && varying(name));
    const state = {
      x: parameters.find((name) => ["groups", "ratio", "vms", "vnis", "members_per_vni"].includes(name)) ?? xs[0] ?? "",
      y: measures.find((name) => /mfc_max|waste|rows_max/.test(name)) ?? measures[0] ?? "",
      logX: true,
      logY: false,
    };
    const redraw = () => {
      const by = parameters.filter((name) => name !== state.x && !AVERAGED.includes(name) && !(state.x === "ratio" && name === "groups") && !(state.x === "groups" && name === "ratio"));
      this.draw(state.x, state.y, by, state.logX, state.logY);
    };
    const choice = (label: string, names: string[], now: string, change: (name: string) => void) => {
      const list = el("select", { "data-axis": label }, ...names.map((name) => el("option", { value: name, selected: name === now }, name)));
      list.addEventListener("change", () => (change(list.value), redraw()));
      return el("label", {}, label, " ", list);
    };
    const box = (label: string, on: boolean, change: (on: boolean) => void) => {
      const input = el("input", { type: "checkbox", checked: on });
      input.addEventListener("change", () => (change(input.checked), redraw()));
      return el("label", { class: "check" }, input, label);
    };
    const choices = el("div", { class: "buttons" },
      choice("across", xs, state.x, (name) => (state.x = name)),
      choice("up", measures, state.y, (name) => (state.y = name)),
      box("logarithmic across", state.logX, (on) => (state.logX = on)),
      box("logarithmic up", state.logY, (on) => (state.logY = on)),
      button("◀", "read the point before (left arrow)", () => this.read(this.cursor - 1)),
      button("▶", "read the next point (right arrow)", () => this.read(this.cursor + 1)),
    );
    this.drawing.addEventListener("pointermove", (event) => this.readAt(event));
    this.drawing.addEventListener("keydown", (event) => {
      const by = event.key === "ArrowRight" ? 1 : event.key === "ArrowLeft" ? -1 : 0;
      if (by) {
        event.preventDefault();
        this.read(this.cursor + by);
      }
    });
    this.element.append(el("h2", {}, `${table.name}.csv`), choices, this.drawing, this.reading,
      el("div", { class: "scroll", tabindex: 0, role: "region", "aria-label": `points of ${table.name}` },
        el("table", { "data-table": `${table.name}-points` }, el("caption", {}, "The points of the curves; means, where several rows make one"), el("thead", {}, this.head), this.behind)),
    );
    if (xs.length && measures.length) {
      redraw();
    } else {
      this.element.replaceChildren(el("h2", {}, `${table.name}.csv`), el("p", { class: "hint" }, "Nothing varies in this table, so that there is no curve."));
    }
  }

  private draw(x: string, y: string, by: string[], logX: boolean, logY: boolean): void {
    this.curves = curvesOf(this.table, x, y, by);
    const all = this.curves.flatMap((curve) => curve.points);
    this.places = [...new Set(all.map(([px]) => px))].sort((a, b) => a - b);
    const isLogX = logX && this.places[0] > 0;
    const ys = all.map(([, py]) => py);
    const isLogY = logY && Math.min(...ys) > 0;
    const scale = (low: number, high: number, isLog: boolean, from: number, to: number) => {
      const f = isLog ? Math.log : Number;
      const size = f(high) - f(low) || 1;
      return (value: number) => from + ((f(value) - f(low)) / size) * (to - from);
    };
    const [lowX, highX] = [this.places[0], this.places[this.places.length - 1]];
    const [lowY, highY] = [isLogY ? Math.min(...ys) : Math.min(0, ...ys), Math.max(...ys)];
    this.toX = scale(lowX, highX, isLogX, EDGE.left, WIDTH - EDGE.right);
    this.toY = scale(lowY, highY, isLogY, HEIGHT - EDGE.bottom, EDGE.top);
    clear(this.drawing);
    this.drawing.setAttribute("aria-label", `${y} over ${x}: ${this.curves.length} curves, whose points are in the table below`);
    for (const tick of ticksOf(lowX, highX, isLogX)) {
      const px = this.toX(tick);
      this.drawing.append(svg("line", { class: "grid", x1: px, x2: px, y1: EDGE.top, y2: HEIGHT - EDGE.bottom }), svg("text", { class: "across", x: px, y: HEIGHT - EDGE.bottom + 18 }, short(tick)));
    }
    for (const tick of ticksOf(lowY, highY, isLogY)) {
      const py = this.toY(tick);
      this.drawing.append(svg("line", { class: "grid", x1: EDGE.left, x2: WIDTH - EDGE.right, y1: py, y2: py }), svg("text", { class: "up", x: EDGE.left - 8, y: py + 4 }, short(tick)));
    }
    this.drawing.append(svg("text", { class: "across", x: (EDGE.left + WIDTH - EDGE.right) / 2, y: HEIGHT - 10 }, x), svg("text", { class: "up-name", transform: `translate(18,${HEIGHT / 2}) rotate(-90)` }, y));
    this.curves.forEach((curve, number) => this.drawCurve(curve, number));
    this.drawing.append(this.cross);
    this.fillTable(x);
    this.cursor = -1;
    clear(this.cross);
    this.reading.textContent = `${y} over ${x}: move over the picture, or press an arrow key, to read the curves.`;
  }

  private drawCurve(curve: Curve, number: number): void {
    const colour = COLOURS[number % COLOURS.length];
    const path = curve.points.map(([px, py], i) => `${i ? "L" : "M"}${this.toX(px).toFixed(1)},${this.toY(py).toFixed(1)}`).join("");
    const group = svg("g", { class: "curve", "data-curve": curve.name });
    group.append(svg("path", { d: path, stroke: colour, "stroke-dasharray": DASHES[number % DASHES.length], class: "stroke" }));
    for (const [px, py] of curve.points) {
      group.append(svg("path", { d: MARKS[number % MARKS.length], fill: colour, transform: `translate(${this.toX(px).toFixed(1)},${this.toY(py).toFixed(1)})` }));
    }
    if (number < 22) {
      const ly = EDGE.top + 10 + number * 17;
      const lx = WIDTH - EDGE.right + 14;
      group.append(
        svg("line", { x1: lx, x2: lx + 26, y1: ly, y2: ly, stroke: colour, "stroke-dasharray": DASHES[number % DASHES.length], class: "stroke" }),
        svg("path", { d: MARKS[number % MARKS.length], fill: colour, transform: `translate(${lx + 13},${ly})` }),
        svg("text", { class: "name", x: lx + 32, y: ly + 4 }, curve.name.slice(0, 26)),
      );
    }
    this.drawing.append(group);
  }

  private fillTable(x: string): void {
    clear(this.head);
    clear(this.behind);
    this.head.append(el("th", { scope: "col" }, x), ...this.curves.map((curve) => el("th", { scope: "col" }, curve.name)));
    for (const place of this.places) {
      const cells = this.curves.map((curve) => curve.points.find(([px]) => px === place));
      this.behind.append(el("tr", {}, el("th", { scope: "row" }, short(place)), ...cells.map((point) => el("td", {}, point ? short(point[1]) : ""))));
    }
  }

  private readAt(event: PointerEvent): void {
    const box = this.drawing.getBoundingClientRect();
    const scale = Math.min(box.width / WIDTH, box.height / HEIGHT);
    const px = (event.clientX - box.left - (box.width - WIDTH * scale) / 2) / scale;
    const distances = this.places.map((place) => Math.abs(this.toX(place) - px));
    this.read(distances.indexOf(Math.min(...distances)));
  }

  /** Reads all curves at one place of x. */
  private read(at: number): void {
    this.cursor = Math.max(0, Math.min(this.places.length - 1, at));
    const place = this.places[this.cursor];
    clear(this.cross);
    const px = this.toX(place);
    this.cross.append(svg("line", { x1: px, x2: px, y1: EDGE.top, y2: HEIGHT - EDGE.bottom }));
    const words: string[] = [];
    for (const curve of this.curves) {
      const point = curve.points.find(([each]) => each === place);
      if (point) {
        const py = this.toY(point[1]);
        this.cross.append(svg("circle", { cx: px, cy: py, r: 7 }));
        words.push(`${curve.name}: ${short(point[1])}`);
      }
    }
    this.reading.textContent = `At ${short(place)}: ${words.join(" · ")}`;
    [...this.behind.rows].forEach((row, i) => row.classList.toggle("now", i === this.cursor));
  }
}

function rawTable(table: Table): HTMLElement {
  const most = 500;
  const rows = table.rows.slice(0, most).map((row) => el("tr", {}, ...row.map((text) => el("td", {}, text))));
  const words = table.allRows > rows.length ? `${table.name}.csv, the first ${rows.length} of ${table.allRows} rows` : `${table.name}.csv`;
  return el("div", { class: "scroll", tabindex: 0, role: "region", "aria-label": words },
    el("table", { "data-table": table.name }, el("caption", {}, words), el("thead", {}, el("tr", {}, ...table.columns.map((name) => el("th", { scope: "col" }, name)))), el("tbody", {}, ...rows)));
}

export function showTables(raw: RawTables, root: HTMLElement): void {
  document.title = `${raw.program} - report`;
  root.append(el("header", {}, el("h1", {}, raw.program)));
  const main = el("main", { class: "single" });
  raw.tables.forEach((table) => {
    if (table.columns.some((name) => PARAMETERS.includes(name)) && table.name !== "plan") {
      main.append(new Chart(table).element);
    }
    main.append(rawTable(table));
  });
  root.append(main);
}
