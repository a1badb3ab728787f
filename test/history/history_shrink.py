# SPDX-License-Identifier: GPL-2.0-only
"""Makes a failing case as small as it gets while the same rule breaks."""

import copy

import history_case as hc
from history_run import run_case
from history_world import Invalid

MOST_RUNS = 400


class Shrinker:
    """Tries smaller cases as long as one of them still fails, or there have been enough."""

    def __init__(self, case, rule, lab):
        self.case = case
        self.rule = rule
        self.lab = lab
        self.runs = 0

    def shrink(self):
        steps = (
            self.cut_events,
            self.cut_groups,
            self.cut_vnis,
            self.cut_nodes,
            self.cut_networks,
            self.cut_members,
            self.cut_keys,
            self.cut_defaults,
            self.cut_extras,
            self.round_times,
        )
        before = None
        while before != self.case and self.runs < MOST_RUNS:
            before = copy.deepcopy(self.case)
            for step in steps:
                step()
        return self.case

    def accept(self, case):
        """Whether the rule breaks in a smaller case too, which then takes the place of the old."""
        if self.runs >= MOST_RUNS:
            return False
        self.runs += 1
        try:
            fails = self.rule in run_case(case, self.lab).rules()
        except (Invalid, KeyError, IndexError, ValueError, StopIteration):
            return False  # what is left is no case
        if fails:
            self.case = case
        return fails

    def cut_events(self):
        """Halves, quarters, … of the events, then single ones."""
        size = max(1, len(self.case["events"]) // 2)
        while size >= 1:
            at = 0
            while at < len(self.case["events"]):
                case = copy.deepcopy(self.case)
                del case["events"][at : at + size]
                if not self.accept(case):
                    at += size
            size //= 2

    def cut_groups(self):
        for group in list(self.case.get("groups", [])):
            case = copy.deepcopy(self.case)
            case["groups"].remove(group)
            case["events"] = [e for e in case["events"] if group not in _values(e)]
            self.accept(case)

    def cut_vnis(self):
        for vni in list(self.case.get("vnis", [])):
            case = copy.deepcopy(self.case)
            case["vnis"] = [v for v in case["vnis"] if v["name"] != vni["name"]]
            gone = set(vni["tenants"]) | {vni["name"]}
            case["events"] = [e for e in case["events"] if not gone & set(_values(e))]
            self.accept(case)

    def cut_nodes(self):
        for node in list(self.case["nodes"]):
            if node not in self.case["nodes"]:
                continue
            case = copy.deepcopy(self.case)
            del case["nodes"][node]
            for name in list(case["networks"]):
                network = case["networks"][name]
                network["members"] = [m for m in network["members"] if m["node"] != node]
                if len(network["members"]) < (1 if network["lan"] else 2):
                    del case["networks"][name]
            self.accept(_without_strangers(case))

    def cut_networks(self):
        for name in list(self.case["networks"]):
            if name not in self.case["networks"]:
                continue
            case = copy.deepcopy(self.case)
            del case["networks"][name]
            self.accept(_without_strangers(case))

    def cut_members(self):
        for name in list(self.case["networks"]):
            network = self.case["networks"].get(name)
            for node in [m["node"] for m in network["members"]] if network and network["lan"] else []:
                if name not in self.case["networks"]:
                    break
                case = copy.deepcopy(self.case)
                members = case["networks"][name]["members"]
                case["networks"][name]["members"] = [m for m in members if m["node"] != node]
                if case["networks"][name]["members"]:
                    self.accept(_without_strangers(case))

    def cut_keys(self):
        for name in list(self.case["networks"]):
            for i, member in enumerate(self.case["networks"][name]["members"]):
                if member.get("keys"):
                    case = copy.deepcopy(self.case)
                    case["networks"][name]["members"][i]["keys"] = {}
                    self.accept(case)
            if self.case["networks"][name]["cost"] != 1:
                case = copy.deepcopy(self.case)
                case["networks"][name]["cost"] = 1
                self.accept(case)

    def cut_defaults(self):
        for name in list(self.case.get("defaults", {})):
            case = copy.deepcopy(self.case)
            del case["defaults"][name]
            self.accept(case)

    def cut_extras(self):
        """Borders of zones, and stub routers."""
        for border in list(self.case.get("borders", [])):
            case = copy.deepcopy(self.case)
            case["borders"].remove(border)
            self.accept(case)
        for name, node in list(self.case["nodes"].items()):
            if "maxMetric" in node.get("keys", {}):
                case = copy.deepcopy(self.case)
                del case["nodes"][name]["keys"]["maxMetric"]
                self.accept(case)

    def round_times(self):
        case = copy.deepcopy(self.case)
        for event in case["events"]:
            event["at"] = float(round(event["at"]))
        case["events"].sort(key=lambda e: e["at"])
        if case != self.case:
            self.accept(case)


def _values(event):
    return [v for fields in event["action"].values() for v in fields.values() if isinstance(v, str)]


def _without_strangers(case):
    """Leaves out events of nodes, networks, interfaces and tenants that are not there any more."""
    # A node on no network is not a case's any more.
    for node in list(case["nodes"]):
        if not hc.networks_of(case, node):
            del case["nodes"][node]
    interfaces = set()
    for name, network in case["networks"].items():
        for member in network["members"]:
            interfaces.update({(member["node"], member["iface"]), (member["node"], name)})
    for event in case["events"]:
        if "vxlan" in event["action"]:
            fields = event["action"]["vxlan"]
            fields["nodes"] = [n for n in fields["nodes"] if n in case["nodes"]]
    if "borders" in case:
        case["borders"] = [border for border in case["borders"] if tuple(border) in interfaces]
    places = {}
    for event in case["events"]:
        if "tenant" in event["action"]:
            places[event["action"]["tenant"]["name"]] = event["action"]["tenant"]["node"]
    tenants = {name for name, node in places.items() if node in case["nodes"]}
    for vni in case.get("vnis", []):
        vni["tenants"] = [t for t in vni["tenants"] if t in tenants]
    case["events"] = [e for e in case["events"] if _fits(e, case["nodes"], interfaces, tenants)]
    return case


def _fits(event, nodes, interfaces, tenants):
    """Whether all that an event names is there."""
    ((action, fields),) = event["action"].items()
    if action == "vxlan":
        return bool(fields["nodes"])
    names = [fields[key] for key in ("node", "from", "tenant", "to") if key in fields and action != "ping"]
    names += [fields["name"]] if action in ("node", "tenant") else []
    names += [fields["node"]] if action == "ping" else []
    if any(name not in nodes and name not in tenants for name in names):
        return False
    if "between" in fields:
        joint = [{n for node, n in interfaces if node == end} for end in fields["between"]]
        return bool(joint[0] & joint[1])
    if "network" in fields:
        known = {network for _, network in interfaces}
        if fields["network"] not in known or ("from" in fields and (fields["from"], fields["network"]) not in interfaces):
            return False
    name = fields.get("interface") or (fields.get("name") if action == "interface" else None)
    return name is None or (fields["node"], name) in interfaces
