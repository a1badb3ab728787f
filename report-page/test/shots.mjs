// SPDX-License-Identifier: GPL-2.0-only
// The pictures of doc/report.md: node test/shots.mjs BIN_DIR
import { chromium } from "playwright-core";
import { join } from "node:path";
import { findBrowser, root, runLab } from "./bench.mjs";

const out = runLab(process.argv[2], "article", join(root, "topologies/rec-lab.graphml"), join(root, "examples/scenarios/article.yaml"), "--report");
const browser = await chromium.launch({ executablePath: findBrowser(), args: ["--no-sandbox"] });
const page = await browser.newPage({ viewport: { width: 1240, height: 860 } });
await page.goto(`file://${out}/report.html`);
for (const [id, part, open] of [["election", 5], ["rp-tree", 4], ["registers", 3, "Register"], ["spt", 4], ["vxlan", 4]]) {
  await page.click("#tab-stories");
  await page.locator(`section[data-story=${id}] li button`).nth(part - 1).click();
  if (open) {
    await page.click("#tab-packets");
    await page.locator("tr.now .packet-line", { hasText: open }).first().click();
    await page.locator(".detail").scrollIntoViewIfNeeded();
    await page.evaluate(() => window.scrollTo(0, 0));
  } else {
    await page.locator(`section[data-story=${id}]`).evaluate((box) => box.scrollIntoView());
    await page.evaluate(() => window.scrollTo(0, 0));
  }
  await page.screenshot({ path: join(root, `doc/figures/report-${id}.png`) });
}
await browser.close();
