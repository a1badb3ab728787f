// SPDX-License-Identifier: GPL-2.0-only
// Begins: reads the data in the page and shows what it is of.
import { RunApp } from "./app";
import { RawTables, showTables } from "./charts";
import type { RawRun } from "./data";
import { el } from "./dom";

interface Report {
  seek(seconds: number | string): void;
  [name: string]: unknown;
}

declare global {
  interface Window {
    report: Report;
  }
}

function begin(): void {
  const root = document.getElementById("root")!;
  const text = document.getElementById("report-data")?.textContent ?? "";
  const raw = JSON.parse(text) as RawRun | RawTables;
  if (raw.format !== 1) {
    root.append(el("p", {}, "The data of this page are of another version than the page."));
    return;
  }
  if (raw.kind === "tables") {
    showTables(raw, root);
    window.report = Object.assign({ seek: () => undefined }, raw as unknown as Record<string, unknown>);
    return;
  }
  const app = new RunApp(raw, root);
  window.report = Object.assign({}, raw as unknown as Record<string, unknown>, {
    seek: (seconds: number | string) => app.seek(seconds),
    step: (by: number) => app.step(by),
    play: () => app.play(),
    pause: () => app.pause(),
    time: () => app.getTime(),
    frameRate: () => app.getFrameRate(),
  });
}

begin();
