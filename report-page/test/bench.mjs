// SPDX-License-Identifier: GPL-2.0-only
// What the tests stand on: runs of the lab, a browser, tables, and lines as GoogleTest prints them.
import { execFileSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

export const root = fileURLToPath(new URL("../..", import.meta.url));
export const scratch = mkdtempSync(join(tmpdir(), "report-page-test-"));
process.on("exit", () => rmSync(scratch, { recursive: true, force: true }));

export function findBrowser() {
  const places = [process.env.CHROMIUM, "/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"];
  return places.find((place) => place && existsSync(place));
}

/** Runs vxlan-lab. \returns the folder of its results */
export function runLab(bin, name, topology, scenario, ...options) {
  const output = join(scratch, name);
  execFileSync(join(bin, "vxlan-lab"), [`--topology=${topology}`, `--scenario=${scenario}`, `--output=${output}`, ...options], { stdio: ["ignore", "ignore", "inherit"] });
  return output;
}

/** Runs another program. \returns the folder of its results */
export function runProgram(bin, program, ...options) {
  const output = join(scratch, program);
  execFileSync(join(bin, program), [...options, `--output=${output}`], { stdio: ["ignore", "ignore", "inherit"] });
  return output;
}

export function writeScratch(name, text) {
  const path = join(scratch, name);
  writeFileSync(path, text);
  return path;
}

/** The rows of a CSV file, each a list of cells. */
export function readCsv(path) {
  const rows = [];
  let [row, cell, quoted] = [[], "", false];
  for (const c of readFileSync(path, "utf8")) {
    if (quoted) {
      c === '"' ? (quoted = false) : (cell += c);
    } else if (c === '"') {
      cell += cell === "" ? "" : '"'; // "" within quotes
      quoted = true;
    } else if (c === ",") {
      row.push(cell);
      cell = "";
    } else if (c === "\n") {
      rows.push([...row, cell]);
      [row, cell] = [[], ""];
    } else if (c !== "\r") {
      cell += c;
    }
  }
  return rows;
}

let failures = 0;
const tests = [];

export function test(name, body) {
  tests.push([name, body]);
}

export function equal(found, wanted, what = "") {
  const [a, b] = [JSON.stringify(found), JSON.stringify(wanted)];
  if (a !== b) {
    throw new Error(`${what}: found ${a}, not ${b}`);
  }
}

export function ok(condition, what) {
  if (!condition) {
    throw new Error(`not so: ${what}`);
  }
}

/** Runs all tests, one after the other, each on a page of its own. \returns how many failed */
export async function runTests(makePage, only) {
  for (const [name, body] of tests) {
    if (only && !name.includes(only)) {
      continue;
    }
    console.log(`[ RUN      ] ReportPage.${name}`);
    const start = Date.now();
    let fault = null;
    try {
      await makePage(body);
    } catch (error) {
      fault = error;
      console.log(String(error.stack ?? error));
    }
    failures += fault ? 1 : 0;
    console.log(`${fault ? "[  FAILED  ]" : "[       OK ]"} ReportPage.${name} (${Date.now() - start} ms)`);
  }
  return failures;
}
