# SPDX-License-Identifier: GPL-2.0-only
"""Shows that the oracle sees what it looks for: a run's tables are spoilt, one cell at a time, and
the rule for it has to break."""

import csv
import os

from history_draw import SMALL, draw_case
from history_run import run_case
from history_trees import Tree


def _rewrite(folder, table, change):
    """Lets change(rows) alter a table's rows."""
    path = os.path.join(folder, table + ".csv")
    with open(path, encoding="utf-8", newline="") as file:
        reader = csv.DictReader(file)
        columns = reader.fieldnames
        rows = list(reader)
    change(rows)
    with open(path, "w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, columns)
        writer.writeheader()
        writer.writerows(rows)


def _set(column, value, **where):
    """A change of one cell in each row that matches."""

    def change(rows):
        for row in rows:
            if all(row[k].startswith(v) for k, v in where.items()):
                row[column] = value

    return change


def _drop_first(**where):
    def change(rows):
        for row in rows:
            if all(row[k] == v for k, v in where.items()):
                rows.remove(row)
                return

    return change


def _is_left(rows):
    for row in [dict(r) for r in rows if r["snapshot"] == "rest"][:1]:
        rows.append(dict(row, snapshot="after"))


def _is_stray(rows):
    for row in [dict(r) for r in rows if r["snapshot"] == "rest"][:1]:
        rows.append(dict(row, kind="S,G", source="10.9.9.9"))


# Rule, table, what is done to it.
FAULTS = [
    ("routes", "routes", _drop_first(snapshot="rest", protocol="ospf")),
    ("routes", "routes", _set("metric", "77", snapshot="rest", protocol="ospf")),
    ("rp-set", "rp", _drop_first(snapshot="rest")),
    ("bsr", "rp", _set("bsr", "10.9.9.9", snapshot="rest")),
    ("members", "igmp", _drop_first(snapshot="rest")),
    ("trees", "tib", _drop_first(snapshot="rest", kind="*,G", upstream_state="Joined")),
    ("trees", "tib", _set("outgoing_interfaces", "", snapshot="rest")),
    ("trees", "tib", _set("upstream_interface", "eth9", snapshot="rest")),
    ("trees", "tib", _is_stray),
    ("left-over", "igmp", _is_left),
    ("lost-first", "deliveries", _set("lost", "14", flow="first")),
    ("lost-steady", "deliveries", _set("lost", "1", flow="steady")),
    ("twice", "deliveries", _set("duplicates", "1", flow="steady")),
    ("many-duplicates", "deliveries", _set("duplicates", "50", flow="first")),
    ("twice-on-link", "links", _set("packets", "11", snapshot="steady", **{"class": "multicast"})),
]


class _Chain:
    """A world of a source or RP behind one router, and a member's LAN behind another."""

    def network_at(self, node, interface):
        return {("last", "eth0"): "link", ("last", "eth1"): "lan"}.get((node, interface))

    def routes(self, node):
        return {"10.0.0.1/32": (1, {("", "lo") if node == "root" else ("10.1.0.1", "eth0")})}


def misses_joins():
    """Whether a last hop that has members and has not joined is missed, which no whole run shows alone."""
    row = {"node": "last", "upstream_state": "NotJoined", "upstream_neighbor": "", "outgoing_interfaces": "eth1"}
    joined = dict(row, upstream_state="Joined", upstream_neighbor="10.1.0.1")
    root = dict(row, node="root", outgoing_interfaces="")
    faults = []
    for last in (row, joined):
        tree = Tree(_Chain(), "*", "239.0.0.1", {"last": last, "root": root})
        tree.check_joined("10.0.0.1", {"lan"})
        faults.append(len(tree.faults))
    return faults != [1, 0]


def _is_plain(case):
    """A case in which all of the rules have something to say: nothing fails, nobody moves."""
    return case["mode"] == "bsr" and case["trees"] == "spt" and case["waits"]


def find_faults(lab):
    """Returns (rule, table, whether the rule broke) of each fault, and of the run as it was."""
    results = []
    for seed in range(0, 300, 3):
        case = draw_case(seed, SMALL)
        case["events"] = [e for e in case["events"] if not {"join"}.isdisjoint(e["action"])]
        if _is_plain(case) and len(case["events"]) > 1:
            results = [("none", "", not run_case(case, lab).findings), ("trees", "joins", not misses_joins())]
            for rule, table, change in FAULTS:
                spoil = lambda folder, t=table, c=change: _rewrite(folder, t, c)
                results.append((rule, table, rule in run_case(case, lab, spoil).rules()))
            if all(found for _, _, found in results):
                break
    return results
