// SPDX-License-Identifier: GPL-2.0-only
// Tests of the report page in a real browser: node test/run.mjs BIN_DIR [PART-OF-A-NAME]
import axe from "axe-core";
import { chromium } from "playwright-core";
import { execFileSync } from "node:child_process";
import { readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { equal, findBrowser, ok, readCsv, root, runLab, runProgram, runTests, test, writeScratch } from "./bench.mjs";

const bin = process.argv[2];
const rec = join(root, "topologies/rec-lab.graphml");
const article = join(root, "examples/scenarios/article.yaml");
const TABLES = ["routes", "rp", "igmp", "tib", "mfc", "fdb"];
const PROBES = [3.7, 12.5, 41.2, 45.3, 58, 66.6, 77.77, 82.3, 89.1, 91.5, 100.0005, 101.17606, 120.1, 150.00002, 155.0001, 156.2, 180.4, 207, 210.00006, 211.5, 222.2, 233.3, 260.123456789, 299];

const LARGE = `duration: 24s
underlay: static
trees: spt
events:
${Array.from({ length: 60 }, (_, i) => `  - {at: ${(19 + i / 50).toFixed(2)}s, join: {node: vtep${16 * i}, group: 239.1.1.1}}\n`).join("")}`;

const story = runLab(bin, "article", rec, article, "--report");
// The same run with more snapshots: they change no state, so the page must show what they hold. They
// do restart the counts of links, so that what is expected of those is left out.
const probed = readFileSync(article, "utf8").replace(/^ *- \{at: [^,]*, expect: .*$/gm, "").trimEnd() + "\n" + PROBES.map((time, i) => `  - {at: ${time}s, snapshot: probe-${i}}\n`).join("");
const truth = runLab(bin, "probed", rec, writeScratch("probed.yaml", probed));
const failover = runLab(bin, "failover", rec, join(root, "examples/scenarios/failover.yaml"), "--report");
const page0 = `file://${story}/report.html`;

/** The rows of each table in the page, all nodes, in their order. */
const readTables = (page, names) =>
  page.evaluate(
    (list) => Object.fromEntries(list.map((name) => [name, [...document.querySelectorAll(`[data-table=${name}] tr[data-node]`)].map((row) => [...row.cells].map((cell) => cell.textContent))])),
    names,
  );
const clock = (page) => page.locator(".clock").getAttribute("data-time").then(Number);
const stepOf = (page) => page.locator("#axis").inputValue().then(Number);

test("HoldsOneFileOfAtMostAMegabyteAndAHalf", async () => {
  const size = statSync(join(story, "report.html")).size;
  console.log(`article: ${(size / 1e6).toFixed(2)} MB`);
  ok(size <= 1.5e6, `${size} bytes are at most 1.5 MB`);
});

test("IsWhatItsSourcesBuild", async () => {
  execFileSync(process.execPath, [join(root, "report-page/build.mjs"), "--check"], { stdio: "inherit" });
  execFileSync(process.execPath, [join(root, "report-page/node_modules/typescript/bin/tsc"), "--noEmit", "-p", join(root, "report-page")], { stdio: "inherit" });
});

test("ShowsTheStateOfTheTablesAtEveryInstant", async (page) => {
  await page.goto(page0);
  const rows = Object.fromEntries(TABLES.map((name) => [name, readCsv(join(truth, `${name}.csv`))]));
  const instants = new Map();
  for (const row of rows.routes.slice(1)) {
    instants.set(row[0], row[1]);
  }
  ok(instants.size >= 20 + 10, `${instants.size} instants`);
  let compared = 0;
  for (const [snapshot, time] of instants) {
    await page.evaluate((t) => window.report.seek(Number(t)), time);
    equal(await clock(page), Number(time), "the clock");
    const shown = await readTables(page, TABLES);
    for (const name of TABLES) {
      const wanted = rows[name].filter((row) => row[0] === snapshot).map((row) => row.slice(2));
      equal(shown[name].length, wanted.length, `${name} at ${time} s, rows`);
      wanted.forEach((row, i) => equal(shown[name][i], row, `${name} at ${time} s, row ${i}`));
      compared += wanted.length;
    }
  }
  ok(compared > 1000, `${compared} rows compared`);
  const head = await page.locator("[data-table=mfc] thead th").allTextContents();
  equal(head, rows.mfc[0].slice(2), "columns");
});

/** A scenario without its expectations, and with a snapshot a second from one time to another. */
const withProbes = (text, from, to) =>
  text.replace(/^ *- \{at: [^,]*, (expect|snapshot): .*$/gm, "").trimEnd() +
  "\n" +
  Array.from({ length: to - from }, (_, i) => `  - {at: ${from + i + 0.3}s, snapshot: probe-${i}}\n`).join("");

const SOURCES = `duration: 110s
events:
  - {at: 70s, join: {node: r2, group: 239.1.1.1}}
  - {at: 80s, send: {node: r1, group: 239.1.1.1, interval: 1s, size: 100, ttl: 10, packets: 20}}
`;

test("ShowsTheTablesOfEachControlPlaneToo", async (page) => {
  const [own, peer] = ["192.168.101.133", "192.168.101.111"];
  const peering = (node, key) => [new RegExp(`(<node id="${node}">)`), `$1<data key="msdp">${key}</data>`];
  const peers = [peering("c3", `${own} > ${peer}`), peering("c1", `${peer} > ${own}`)].reduce((text, [from, to]) => text.replace(from, to), readFileSync(rec, "utf8").replace('<key id="x"', '<key id="msdp" for="node" attr.name="msdp" attr.type="string"/>$&'));
  const controls = (name) => readFileSync(join(root, `examples/scenarios/controls/${name}.yaml`), "utf8");
  const compared = {};
  for (const [name, topology, text, from, to] of [
    ["evpn", rec, controls("evpn"), 95, 180],
    ["flows", rec, controls("controller-reactive"), 45, 75],
    ["msdp", writeScratch("peers.graphml", peers), SOURCES, 75, 105],
  ]) {
    const played = runLab(bin, name, topology, writeScratch(`${name}.yaml`, withProbes(text, 0, 0)), "--report");
    const wanted = runLab(bin, `${name}-probed`, topology, writeScratch(`${name}-probed.yaml`, withProbes(text, from, to)));
    await page.goto("about:blank");
    await page.goto(`file://${played}/report.html`);
    const names = await page.evaluate(() => window.report.tables.map((table) => table.name));
    const rows = Object.fromEntries(names.map((table) => [table, readCsv(join(wanted, `${table}.csv`)).slice(1)]));
    for (let i = 0; i < to - from; ++i) {
      const time = from + i + 0.3;
      await page.evaluate((t) => window.report.seek(t), time);
      const shown = await readTables(page, names);
      for (const table of names) {
        const there = rows[table].filter((row) => row[0] === `probe-${i}`).map((row) => row.slice(2));
        equal(shown[table], there, `${table} of ${name} at ${time} s`);
        compared[table] = (compared[table] ?? 0) + there.length;
      }
    }
  }
  console.log(`rows compared: ${Object.entries(compared).map(([table, count]) => `${table} ${count}`).join(", ")}`);
  for (const table of [...TABLES, "evpn", "flows", "neighbors", "msdp"]) {
    ok(compared[table] > 20, `${table} has ${compared[table]} rows`);
  }
});

test("AnswersToTheMouse", async (page) => {
  await page.goto(page0);
  await page.click("#forward");
  equal(await stepOf(page), 1, "step");
  await page.click("#forward");
  await page.click("#back");
  equal(await stepOf(page), 1, "step back");
  await page.click("#last");
  const last = await stepOf(page);
  ok(last > 100, `${last} steps`);
  await page.click("#first");
  equal(await stepOf(page), 0, "beginning");
  await page.click("#chapter-forward");
  const chapter = await clock(page);
  ok(chapter > 0, "a chapter");
  await page.click("#chapter-forward");
  await page.click("#chapter-back");
  equal(await clock(page), chapter, "chapter before");
  await page.fill("#time", "155.0001");
  await page.press("#time", "Enter");
  equal(await clock(page), 155.0001, "time");
  await page.selectOption("#chapter", { index: 2 });
  ok((await clock(page)) !== 155.0001, "the list of chapters");
  await page.selectOption("#speed", "8");
  const before = await stepOf(page);
  await page.click("#play");
  await page.waitForFunction((at) => Number(document.getElementById("axis").value) > at + 2, before);
  await page.click("#play");
  const paused = await stepOf(page);
  await page.waitForTimeout(150);
  equal(await stepOf(page), paused, "paused");
  for (const id of ["zoom-in", "zoom-out", "zoom-fit"]) {
    const box = await page.getAttribute("svg.topology", "viewBox");
    await page.click(`#${id}`);
    ok(id === "zoom-fit" || box !== (await page.getAttribute("svg.topology", "viewBox")), id);
  }
  await page.check("#show-interfaces");
  ok((await page.locator("text.interface").first().textContent()) === "eth0", "interface names");
  await page.check("#show-addresses");
  ok((await page.locator("text.interface").allTextContents()).some((text) => text.endsWith(".111")), "addresses");
  ok((await page.locator("text.network-name").allTextContents()).includes("12: 192.168.12.0/24"), "prefixes");
  await page.uncheck("#show-captions");
  ok(!(await page.locator(".captions").isVisible()), "no captions");
  await page.check("#large-type");
  await page.click("#theme");
  ok((await page.getAttribute("html", "data-theme")) === "dark", "dark");
  await page.evaluate(() => (window.print = () => (window.printed = true)));
  await page.click("#print");
  ok(await page.evaluate(() => window.printed), "printed");
  await page.click("#full-screen");
  await page.waitForFunction(() => document.fullscreenElement !== null);
});

test("AnswersToTheKeyboardAlone", async (page) => {
  await page.goto(page0);
  const press = (key) => page.keyboard.press(key);
  await press("ArrowRight");
  await press("ArrowRight");
  await press("ArrowLeft");
  equal(await stepOf(page), 1, "arrows");
  await press("End");
  ok((await stepOf(page)) > 100, "End");
  await press("Home");
  equal(await stepOf(page), 0, "Home");
  await press("PageDown");
  ok((await clock(page)) > 0, "Page Down");
  await press("PageUp");
  const box = await page.getAttribute("svg.topology", "viewBox");
  await press("Shift+ArrowDown");
  ok(box !== (await page.getAttribute("svg.topology", "viewBox")), "moves the picture");
  await press("Space");
  const from = await stepOf(page);
  await page.waitForFunction((at) => Number(document.getElementById("axis").value) > at, from);
  await press("Space");
  await page.focus("#axis");
  const at = await stepOf(page);
  await press("ArrowRight");
  equal(await stepOf(page), at + 1, "slider");
  await page.evaluate(() => window.report.seek(199));
  await page.focus("[data-node=e2].node");
  await press("Enter");
  ok((await page.locator("[data-table=mfc] tr[data-node=e1]").first().isVisible()) === false, "e2's tables alone");
  ok(await page.locator("[data-table=mfc] tr[data-node=e2]").first().isVisible(), "e2's rows");
  await page.focus("[data-link='21'].link");
  await press("Space");
  equal(await page.getAttribute("#tab-packets", "aria-selected"), "true", "a link opens its packets");
  await page.focus("#tab-packets");
  await press("ArrowRight");
  equal(await page.getAttribute("#tab-events", "aria-selected"), "true", "arrows go through tabs");
  // Everything that can be pressed can be reached.
  const unreachable = await page.evaluate(() => [...document.querySelectorAll("button, select, input, [role=button]")].filter((each) => each.tabIndex < 0 && each.getAttribute("role") !== "tab").length);
  equal(unreachable, 0, "unreachable controls");
});

test("OpensAndWritesDeepLinks", async (page) => {
  await page.goto(`${page0}#t=82.3&node=e2`);
  equal(await clock(page), 82.3, "time of the link");
  ok(await page.locator("[data-node=e2].node.selected").count(), "node of the link");
  ok(await page.locator("[data-table=routes] tr[data-node=e2]").first().isVisible(), "its tables");
  await page.evaluate(() => (location.hash = "#t=155.2&link=21&tab=packets&tree=overlay"));
  await page.waitForFunction(() => document.querySelector(".clock").dataset.time === "155.2");
  ok(await page.locator("[data-link='21'].link.selected").count(), "link of the link");
  equal(await page.inputValue("#tree"), "overlay", "tree of the link");
  await page.evaluate(() => window.report.seek(95));
  ok((await page.evaluate(() => location.hash)).startsWith("#t=95&link=21"), "the address follows");
  await page.goto("about:blank");
  await page.goto(`${page0}#t=nonsense&node=nobody&tab=none`);
  equal(await clock(page), 0, "nonsense is the beginning");
});

test("ShowsPacketsAsLinesAndLayers", async (page) => {
  await page.goto(`${page0}#t=100.5&link=11`);
  const register = page.locator("tr[data-packet]", { hasText: "PIMv2, Register, length" }).first();
  ok((await register.textContent()).includes("192.168.1.11 > 192.168.101.133: PIMv2, Register, length 1480"), "a line of tcpdump");
  await register.locator("button").click();
  const layers = await page.locator(".detail .layer > summary").allTextContents();
  equal(layers.slice(0, 5), ["Ethernet", "IPv4", "PIM", "IPv4", "UDP"], "layers of a Register");
  await page.goto("about:blank");
  await page.goto(`${page0}#t=215&link=1`);
  await page.locator("tr[data-packet]", { hasText: "ICMP echo request" }).first().locator("button").click();
  equal((await page.locator(".detail .layer > summary").allTextContents()).slice(0, 7), ["Ethernet", "IPv4", "UDP", "VXLAN", "Ethernet", "IPv4", "ICMP"], "layers of a ping in VXLAN");
  // In the picture, too, a Register and a frame in VXLAN are boxes in boxes.
  const boxed = await page.evaluate(() => {
    const found = [];
    for (const [wanted] of [["register"], ["vxlan-unicast"], ["pim-join-prune"], ["multicast"]]) {
      const kind = window.report.classes.indexOf(wanted);
      let moment = 0;
      for (const packet of window.report.packets) {
        moment += packet[0];
        const is = typeof packet[2] === "number" ? packet[2] === kind : packet[2] === wanted;
        if (is) {
          break;
        }
      }
      const time = window.report.times.slice(0, moment + 1).reduce((sum, each) => sum + each, 0);
      window.report.seek((time / 1e9).toFixed(9));
      const drawn = document.querySelector(`.packet[data-class=${wanted}]`);
      found.push([wanted, drawn !== null, drawn?.querySelector(".outer") !== null && drawn !== null]);
    }
    return found;
  });
  equal(boxed, [["register", true, true], ["vxlan-unicast", true, true], ["pim-join-prune", true, false], ["multicast", true, false]], "shapes");
});

test("DrawsTreesAndLightsTheBranchOfARow", async (page) => {
  await page.goto(`${page0}#t=95&tree=(*, 239.0.0.10)`);
  const arrows = () => page.locator("line.arrow.star").evaluateAll((all) => all.map((each) => `${each.dataset.node} ${each.dataset.link}`).sort());
  equal(await arrows(), ["c1 12", "c3 101", "c3 23", "e2 2", "e3 3"], "the RP tree");
  await page.locator("[data-table=tib] tr[data-node=e2] button").first().click();
  const lit = await page.locator("line.arrow.lit").evaluateAll((all) => all.map((each) => `${each.dataset.node} ${each.dataset.link}`).sort());
  equal(lit, ["c1 12", "c3 101", "e2 2"], "the branch of e2");
  await page.locator("[data-table=tib] tr[data-node=e2] button").first().click();
  equal(await page.locator("line.arrow.lit").count(), 0, "dark again");
  await page.selectOption("#tree", "auto");
  await page.evaluate(() => window.report.seek(199));
  const spt = await page.locator("line.arrow.source").evaluateAll((all) => all.map((each) => `${each.dataset.node} ${each.dataset.link}`).sort());
  equal(spt, ["c1 12", "c3 23", "e1 11", "e1 21", "e2 2", "e3 3", "r1 1"], "the shortest-path tree");
  await page.evaluate(() => window.report.seek(235));
  await page.selectOption("#tree", "overlay");
  ok((await page.locator("path.arrow.arc").count()) >= 4, "who has learned whom");
  ok((await page.locator("[data-node=c3].node .badge").textContent()).includes("RP"), "the RP is marked");
});

test("MarksWhatChanged", async (page) => {
  await page.goto(page0);
  await page.evaluate(() => window.report.seek(100.000022128));
  ok((await page.locator("[data-table=tib] tr.new[data-node=e1]").count()) >= 1, "a new row");
  await page.evaluate(() => window.report.seek(149));
  await page.click("#forward");
  let changed = 0;
  for (let i = 0; i < 30 && !changed; ++i) {
    await page.click("#forward");
    changed = await page.locator("td.changed").count();
  }
  ok(changed > 0, "a changed cell");
});

test("FiltersTheAxis", async (page) => {
  await page.goto(page0);
  const steps = () => page.locator("#axis").getAttribute("max").then(Number);
  const quiet = await steps();
  await page.check("#filter-hellos");
  const hellos = await steps();
  await page.check("#filter-ospf");
  const all = await steps();
  ok(quiet < hellos && hellos < all, `${quiet} < ${hellos} < ${all}`);
  await page.uncheck("#filter-data");
  await page.uncheck("#filter-igmp");
  await page.uncheck("#filter-hellos");
  await page.uncheck("#filter-ospf");
  const control = await steps();
  ok(control < quiet, `${control} < ${quiet}`);
  await page.selectOption("#group", "239.0.0.11");
  ok((await steps()) < control, "one group");
});

test("DrawsFailures", async (page) => {
  await page.goto(`file://${failover}/report.html`);
  const actions = await page.evaluate(() => {
    let time = 0;
    const times = window.report.times.map((each) => (time += each));
    return window.report.actions.filter((each) => each.up === false).map((each) => ({ ...each, time: times[each.moment] / 1e9 }));
  });
  ok(actions.length > 0, "the scenario cuts something");
  for (const action of actions) {
    await page.evaluate((t) => window.report.seek(t), action.time);
    ok((await page.locator(".failed").count()) > 0, `${action.text} is drawn`);
  }
});

test("TellsFiveStories", async (page) => {
  await page.goto(page0);
  await page.click("#tab-stories");
  equal(await page.locator("[data-story] h2").allTextContents(), ["RP election", "The RP tree", "Registers", "The switch to the shortest path", "VXLAN's ARP"], "titles");
  await page.evaluate(() => (window.print = () => (window.pages = document.querySelectorAll("#pages section svg").length)));
  await page.locator("section[data-story=spt] button", { hasText: "Print" }).click();
  equal(await page.evaluate(() => window.pages), await page.locator("section[data-story=spt] li").count(), "a page for each part");
  await page.goto("about:blank");
  await page.goto(`${page0}#tab=stories`);
  for (const id of ["election", "rp-tree", "registers", "spt", "vxlan"]) {
    const parts = await page.locator(`section[data-story=${id}] li`).count();
    ok(parts >= 4, `${id} has ${parts} parts`);
    let time = 0;
    for (let i = 0; i < parts; ++i) {
      await page.click(`#story-${id}`);
      ok(await page.locator(`section[data-story=${id}] li.here`).count(), `${id}: part ${i} is shown`);
      const now = await clock(page);
      ok(now >= time, `${id}: part ${i} is later (${now})`);
      time = now;
    }
  }
});

test("ChecksTheAnswersOfFiveMissions", async (page) => {
  await page.goto(page0);
  await page.click("#tab-missions");
  equal(await page.locator("section[data-mission]").count(), 5, "missions");
  const answer = async (id, text) => {
    const box = page.locator(`section[data-mission=${id}]`);
    await box.locator("input").fill(text);
    await box.locator("button").click();
    return (await box.locator(".verdict").textContent()).split(".")[0];
  };
  for (const [id, right, wrong] of [["rp", "C3", "e1"], ["registers", "2", "7"], ["packet", "2", "1"], ["flood", "1", "3"]]) {
    equal(await answer(id, wrong), "Not yet", `${id}: ${wrong}`);
    equal(await answer(id, right), "Right", `${id}: ${right}`);
  }
  const here = page.locator("section[data-mission=join] button");
  await here.click();
  ok((await page.locator("section[data-mission=join] .verdict").textContent()).startsWith("Not yet"), "not at the beginning");
  await page.evaluate(() => window.report.seek(91.000021088));
  await here.click();
  ok((await page.locator("section[data-mission=join] .verdict").textContent()).startsWith("Right"), "at the Join");
});

test("SetsAnotherRunBeside", async (page) => {
  await page.goto(`${page0}#t=120&tab=compare`);
  await page.setInputFiles("#other-report", join(failover, "report.html"));
  await page.waitForSelector(".other svg.topology");
  ok((await page.locator("[data-table=differences] tbody tr").count()) > 0, "what differs");
  await page.setInputFiles("#other-report", join(story, "report.html"));
  await page.waitForFunction(() => document.querySelectorAll("[data-table=differences] tbody tr").length === 0);
  await page.setInputFiles("#other-report", article);
  await page.waitForFunction(() => document.querySelector(".compare .hint").textContent.includes("is no report"));
});

const checkAccess = async (page, what) => {
  const { violations } = await page.evaluate(() => window.axe.run(document));
  equal(violations.map((each) => `${each.id}: ${each.nodes[0].html}`.slice(0, 300)), [], what);
};

test("DrawsCurvesOfTablesWithACrosshair", async (page) => {
  const fabric = "--topology=leaf-spine:spines=2,leaves=4,hosts=2";
  const limit = "--limit=leaf:100,spine:100";
  const folders = [
    runProgram(bin, "multicast-state", fabric, "--vnis=32", "--members=4", "--mapping=modulo:8", "--trees=rpt,spt,bidir", "--report"),
    runProgram(bin, "multicast-plan", fabric, "--vnis=32", "--members=4", limit, "--seconds=5", "--report"),
    runProgram(bin, "vni-group-sweep", fabric, "--vnis=16", "--groups=16,4,1", "--members=4", "--packets=false", "--plots=false", "--report"),
  ];
  for (const [folder, name] of [[folders[1], "front"], [folders[2], "sweep"]]) {
    await page.goto("about:blank");
    await page.goto(`file://${folder}/report.html`);
    ok((await page.locator(".curve").count()) >= 2, `${name}: curves`);
    const csv = readCsv(join(folder, `${name}.csv`));
    equal(await page.locator(`[data-table=${name}] tbody tr`).first().locator("td").allTextContents(), csv[1], `${name}: a row`);
    await page.focus("svg.curves");
    await page.keyboard.press("ArrowRight");
    ok((await page.locator(".reading").first().textContent()).startsWith("At "), `${name}: read by keyboard`);
    ok((await page.locator(".crosshair circle").count()) >= 2, `${name}: crosshair`);
    const points = page.locator(`[data-table=${name}-points] tr.now`);
    equal(await points.count(), 1, `${name}: the place in the table`);
    await page.hover("svg.curves", { position: { x: 400, y: 200 } });
    await page.selectOption("select[data-axis=up]", { index: 1 });
    await page.locator("text=logarithmic up").click();
    await page.evaluate(axe.source);
    await checkAccess(page, name);
  }
  await page.goto("about:blank");
  await page.goto(`file://${folders[0]}/report.html`);
  equal(await page.locator("[data-table=state] tbody tr").count(), readCsv(join(folders[0], "state.csv")).length - 1, "rows of state.csv");
});

test("IsAccessible", async (page) => {
  for (const scheme of ["light", "dark"]) {
    await page.emulateMedia({ colorScheme: scheme });
    await page.goto("about:blank");
    await page.goto(`${page0}#t=101.176136536&node=e1`);
    await page.evaluate(axe.source);
    for (const tab of ["tables", "packets", "events", "stories", "missions", "compare"]) {
      if (scheme === "dark" && !["tables", "packets", "missions"].includes(tab)) {
        continue; // the same parts in the same colours
      }
      await page.click(`#tab-${tab}`);
      if (tab === "packets") {
        await page.locator(".packet-line").last().click();
      }
      await checkAccess(page, `${tab}, ${scheme}`);
    }
  }
});

test("Plays", async (page) => {
  const large = runLab(bin, "large", "leaf-spine:spines=8,leaves=32,hosts=30", writeScratch("large.yaml", LARGE), "--report");
  for (const [what, where, from] of [["9 nodes", page0, 155], ["1,000 nodes", `file://${large}/report.html`, 19]]) {
    await page.goto("about:blank");
    await page.goto(`${where}#t=${from}`);
    await page.selectOption("#speed", "4");
    await page.click("#play");
    await page.waitForTimeout(1500);
    const rate = await page.evaluate(() => window.report.frameRate());
    console.log(`${what}: ${rate.perSecond.toFixed(0)} frames a second, the longest took ${rate.longest.toFixed(0)} ms`);
    ok(rate.frames > 2, "it plays");
  }
});

const browser = await chromium.launch({ executablePath: findBrowser(), args: ["--no-sandbox"] });
const failed = await runTests(async (body) => {
  const context = await browser.newContext({ viewport: { width: 1400, height: 1000 } });
  const page = await context.newPage();
  page.setDefaultTimeout(40000);
  const faults = [];
  page.on("console", (message) => message.type() === "error" && faults.push(message.text()));
  page.on("pageerror", (error) => faults.push(String(error)));
  page.on("request", (request) => /^(file|about|data|blob):/.test(request.url()) || faults.push(`asks for ${request.url()}`));
  try {
    await body(page);
    equal(faults, [], "errors on the console");
  } finally {
    await context.close();
  }
}, process.argv[3]);
await browser.close();
process.exit(failed === 0 ? 0 : 1);
