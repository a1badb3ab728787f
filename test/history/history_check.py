#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-only
"""Random histories of random networks in vxlan-lab, against an oracle of its own.

  history_check.py --lab=build/bin/vxlan-lab --count=300 [--first=0] [--size=small|large] [--jobs=2]
                   [--output=out/histories] [--test]

A case is drawn from its seed. What failed is written, cut down, to OUTPUT/SEED-RULE/: topology.topo,
scenario.yaml (its head says which rule broke and how to replay it) and case.json, which
--replay=FILE takes. OUTPUT/log.csv holds a line per case; a run that is begun again goes on behind
them. --test prints as GoogleTest does. Exit status 1: a rule broke; 2: usage.
"""

import argparse
import csv
import multiprocessing
import os
import sys

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))

import history_case as hc  # noqa: E402
from history_checks import plan_of  # noqa: E402
from history_draw import LARGE, SMALL, draw_case  # noqa: E402
from history_faults import find_faults  # noqa: E402
from history_run import run_case, write_files  # noqa: E402
from history_shrink import Shrinker  # noqa: E402

COLUMNS = ["seed", "size", "seconds", "routers", "events", "trees", "mode", "rules", "counts"]


def read_arguments():
    parser = argparse.ArgumentParser(description=__doc__.split("\n", maxsplit=1)[0])
    parser.add_argument("--lab", default="build/bin/vxlan-lab", help="the program vxlan-lab")
    parser.add_argument("--count", type=int, default=300, help="how many cases")
    parser.add_argument("--first", type=int, default=0, help="seed of the first case")
    parser.add_argument("--size", choices=["small", "large"], default="small")
    parser.add_argument("--jobs", type=int, default=1, help="runs at a time")
    parser.add_argument("--output", default="", help="folder of the log and of what failed")
    parser.add_argument("--replay", default="", help="a case.json to run once")
    parser.add_argument("--no-shrink", action="store_true", help="leave failing cases as they are")
    parser.add_argument("--test", action="store_true", help="print as GoogleTest does")
    return parser.parse_args()


def processor_time():
    """Of this process and the runs that it has waited for, seconds."""
    return sum(os.times()[:4])


def try_seed(work):
    """One case of a pool. Returns a row of the log and the findings as text."""
    seed, size, lab = work
    start = processor_time()
    case = draw_case(seed, LARGE if size == "large" else SMALL)
    result = run_case(case, lab)
    row = {
        "seed": seed,
        "size": size,
        "seconds": "%.2f" % (processor_time() - start),
        "routers": sum(1 for n in case["nodes"].values() if n["kind"] == "router"),
        "events": len(case["events"]),
        "trees": case["trees"],
        "mode": case["mode"],
        "rules": " ".join(result.rules()),
        "counts": " ".join("%s=%d" % pair for pair in sorted(result.counts.items())),
    }
    return row, [str(finding) for finding in result.findings]


def read_log(path, size):
    if not os.path.exists(path):
        return []
    with open(path, encoding="utf-8", newline="") as file:
        return [row for row in csv.DictReader(file) if row["size"] == size]


def keep_failure(seed, size, rule, arguments):
    """Cuts a failing case down and writes its files. Returns their folder."""
    case = draw_case(seed, LARGE if size == "large" else SMALL)
    if not arguments.no_shrink:
        case = Shrinker(case, rule, arguments.lab).shrink()
    result = run_case(case, arguments.lab)
    broken = [f for f in result.findings if f.rule == rule]
    folder = os.path.join(arguments.output, "%s-%d-%s" % (size, seed, rule))
    _, plan = plan_of(case)
    topology = os.path.join(folder, "topology.topo")
    scenario = os.path.join(folder, "scenario.yaml")
    comment = ["Broken rule: %s" % f for f in broken[:5]]
    comment.append(
        "vxlan-lab --topology=%s --scenario=%s --RngRun=%d --output=out/history"
        % (topology, scenario, case["seed"] + 1)
    )
    expectations = [hc.event(plan["end"] + 0.5, expect=f.expect) for f in broken[:1] if f.expect]
    write_files(case, plan, folder, comment, expectations)
    hc.save(case, os.path.join(folder, "case.json"))
    return folder


def replay(arguments):
    result = run_case(hc.load(arguments.replay), arguments.lab)
    for finding in result.findings:
        print(finding)
    return 1 if result.findings else 0


class Report:
    """Prints what comes of cases, and adds it up."""

    def __init__(self, arguments):
        self.arguments = arguments
        self.cases = 0
        self.failed = 0
        self.seconds = 0.0
        self.counts = {}

    def add(self, row, findings):
        self.cases += 1
        self.failed += 1 if row["rules"] else 0
        self.seconds += float(row["seconds"])
        for pair in row["counts"].split():
            name, value = pair.split("=")
            old = self.counts.get(name, 0)
            self.counts[name] = max(old, int(value)) if name.startswith("most") else old + int(value)
        name = "History.Seed%s" % row["seed"]
        if self.arguments.test:
            print("[ RUN      ] " + name)
        for finding in findings[:8]:
            print("seed %s (%s, %s, %s routers): %s" % (row["seed"], row["trees"], row["mode"], row["routers"], finding))
        if self.arguments.test:
            verdict = "[  FAILED  ] " if row["rules"] else "[       OK ] "
            print("%s%s (%d ms)" % (verdict, name, 1000 * float(row["seconds"])))
        sys.stdout.flush()

    def finish(self):
        print(
            "%d cases, %d failed, %.2f hours of processor time; %s"
            % (
                self.cases,
                self.failed,
                self.seconds / 3600,
                ", ".join("%s %d" % pair for pair in sorted(self.counts.items())) or "nothing counted",
            )
        )


def show_faults(lab):
    """Whether spoilt tables are noticed, as tests of their own. Returns how many were not."""
    missed = 0
    for i, (rule, table, is_found) in enumerate(find_faults(lab)):
        name = "HistoryOracle.Fault%d" % i
        print("[ RUN      ] " + name)
        if not is_found:
            print("%s: a spoilt %s.csv is not noticed" % (rule, table))
            missed += 1
        print("%s%s (0 ms)" % ("[       OK ] " if is_found else "[  FAILED  ] ", name))
    return missed


def main():
    arguments = read_arguments()
    if not os.access(arguments.lab, os.X_OK):
        print("--lab: no program %s, build vxlan-lab" % arguments.lab, file=sys.stderr)
        return 2
    if arguments.replay:
        return replay(arguments)
    missed = show_faults(arguments.lab) if arguments.test else 0
    report = Report(arguments)
    seeds = set(range(arguments.first, arguments.first + arguments.count))
    log = None
    if arguments.output:
        os.makedirs(arguments.output, exist_ok=True)
        path = os.path.join(arguments.output, "log.csv")
        is_new = not os.path.exists(path)
        for row in read_log(path, arguments.size):
            if int(row["seed"]) in seeds:
                report.add(row, [])
                seeds.discard(int(row["seed"]))
        file = open(path, "a", encoding="utf-8", newline="")  # pylint: disable=consider-using-with
        log = csv.DictWriter(file, COLUMNS)
        if is_new:
            log.writeheader()
    works = [(seed, arguments.size, arguments.lab) for seed in sorted(seeds)]
    with multiprocessing.Pool(arguments.jobs) as pool:
        for row, findings in pool.imap(try_seed, works):
            report.add(row, findings)
            if log:
                log.writerow(row)
                file.flush()
                for rule in row["rules"].split()[:2]:
                    print("kept in " + keep_failure(row["seed"], row["size"], rule, arguments))
    report.finish()
    return 1 if report.failed or missed else 0


if __name__ == "__main__":
    sys.exit(main())
