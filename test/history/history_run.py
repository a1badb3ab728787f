# SPDX-License-Identifier: GPL-2.0-only
"""Runs a case with vxlan-lab and checks it."""

import os
import resource
import shutil
import signal
import subprocess
import tempfile

import history_case as hc
from history_checks import Checker, Finding, plan_of
from history_world import Invalid

MOST_SECONDS = 300  # of processor time of a run; the longest take some 20
LONGEST_WAIT = 24 * MOST_SECONDS  # s, on a machine that has no time for it


class Result:
    """What came of a case."""

    def __init__(self, findings, counts):
        self.findings = findings
        self.counts = counts

    def rules(self):
        return sorted({finding.rule for finding in self.findings})


def limit_processor_time():
    """In the child. Hours on a loaded machine are no hang."""
    resource.setrlimit(resource.RLIMIT_CPU, (MOST_SECONDS, MOST_SECONDS + 5))


def write_files(case, plan, folder, comment=(), expectations=()):
    """Writes topology.topo and scenario.yaml. Returns their paths."""
    os.makedirs(folder, exist_ok=True)
    paths = []
    for name, text in (
        ("topology.topo", hc.topology_text(case)),
        ("scenario.yaml", hc.scenario_text(case, plan, comment, expectations)),
    ):
        paths.append(os.path.join(folder, name))
        with open(paths[-1], "w", encoding="utf-8") as file:
            file.write(text)
    return paths


def run_case(case, lab, spoil=None):
    """Returns a Result; raises Invalid for a case that has no rest. spoil(folder) may alter the tables
    before they are looked at."""
    world, plan = plan_of(case)
    folder = tempfile.mkdtemp(prefix="history-")
    try:
        topology, scenario = write_files(case, plan, folder)
        out = os.path.join(folder, "out")
        command = [
            lab,
            "--topology=" + topology,
            "--scenario=" + scenario,
            "--output=" + out,
            "--RngRun=%d" % (case["seed"] + 1),
        ]
        try:
            run = subprocess.run(  # pylint: disable=subprocess-popen-preexec-fn
                command,
                capture_output=True,
                text=True,
                timeout=LONGEST_WAIT,
                check=False,
                preexec_fn=limit_processor_time,
            )
        except subprocess.TimeoutExpired:
            return Result([Finding("hang", "no end within %d s" % LONGEST_WAIT)], {})
        if run.returncode == -signal.SIGXCPU:
            return Result([Finding("hang", "no end within %d s of processor time" % MOST_SECONDS)], {})
        if run.returncode == 2:
            raise Invalid(run.stderr.strip())
        if run.returncode != 0:
            last = (run.stderr.strip().splitlines() or [""])[-1]
            return Result([Finding("crash", "status %d: %s" % (run.returncode, last))], {})
        if spoil:
            spoil(out)
        checker = Checker(case, world, plan, out)
        return Result(checker.run(), checker.counts)
    finally:
        shutil.rmtree(folder, ignore_errors=True)
