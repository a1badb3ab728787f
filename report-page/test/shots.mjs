// SPDX-License-Identifier: GPL-2.0-only
// The pictures of doc/report.md: node test/shots.mjs BIN_DIR
import { chromium } from "playwright-core";
import { join } from "node:path";
import { writeFileSync } from "node:fs";
import { findBrowser, root, runLab } from "./bench.mjs";
import { makeSmall } from "./small-png.mjs";

const out = runLab(process.argv[2], "article", join(root, "topologies/rec-lab.graphml"), join(root, "examples/scenarios/article.yaml"), "--report");
const browser = await chromium.launch({ executablePath: findBrowser(), args: ["--no-sandbox"] });
const page = await browser.newPage({ viewport: { width: 1240, height: 800 } });
page.setDefaultTimeout(60000);
await page.goto(`file://${out}/report.html`);
const shown = page.url();
for (const [id, part, open] of [["election", 5], ["rp-tree", 4], ["registers", 3, "Register"], ["spt", 4], ["vxlan", 4]]) {
  await page.goto("about:blank");
  await page.goto(shown);
  await page.click("#tab-stories");
  await page.locator(`section[data-story=${id}] li button`).nth(part - 1).click();
  if (open) {
    await page.click("#tab-packets");
    await page.locator("tr.now .packet-line", { hasText: open }).first().click();
    await page.locator(".detail").scrollIntoViewIfNeeded();
    await page.evaluate(() => window.scrollTo(0, 0));
  } else {
    const style = `section[data-story]:not([data-story=${id}]) { display: none; }`;
    await page.addStyleTag({ content: style });
  }
  await page.mouse.move(5, 5);
  await page.evaluate(() => window.scrollTo(0, 0));
  writeFileSync(join(root, `doc/figures/report-${id}.png`), makeSmall(await page.screenshot()));
}
await browser.close();
