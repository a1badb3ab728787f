// SPDX-License-Identifier: GPL-2.0-only
// Builds the page into the C++ source that holds it.
//   node build.mjs             writes helper/page/report-page-text.cc
//   node build.mjs --check     compares it with what would be written; exit 1 if it differs
//   node build.mjs --to=FILE   writes elsewhere
import { build } from "esbuild";
import { readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

const here = (path) => fileURLToPath(new URL(path, import.meta.url));
const target = "../helper/page/report-page-text.cc";
const common = { bundle: true, minify: true, write: false, charset: "ascii", legalComments: "none", lineLimit: 400 };

async function bundle(entry, options) {
  const result = await build({ ...common, ...options, entryPoints: [here(entry)] });
  return result.outputFiles[0].text.trimEnd();
}

const script = await bundle("src/main.ts", { format: "iife", target: "es2020" });
const style = await bundle("src/style.css", { target: "chrome100" });
const page = readFileSync(here("src/index.html"), "utf8")
  .replace("@@STYLE@@", () => style)
  .replace("@@SCRIPT@@", () => script.replaceAll("</script", "<\\/script"));
const mark = ")page\"";
if (page.includes(mark)) {
  throw new Error("the page holds what ends a C++ raw string");
}
const text = `// SPDX-License-Identifier: GPL-2.0-only
// Built from report-page/ by \`make report-page\`: do not edit.
// clang-format off
#include "ns3/report-page.h"

namespace ns3
{

const char*
GetReportPageText()
{
    return R"page(${page.trimEnd()}
)page";
}

} // namespace ns3
`;
const option = process.argv[2] ?? "";
if (option === "--check") {
  if (readFileSync(here(target), "utf8") !== text) {
    console.error("report-page-text.cc is not what report-page/ builds: run make report-page");
    process.exit(1);
  }
} else {
  writeFileSync(option.startsWith("--to=") ? option.slice(5) : here(target), text);
}
