# SPDX-License-Identifier: GPL-2.0-only
"""A case: a network, a history, and how both are written as files of vxlan-lab.

A case is plain data, so that it can be copied, cut down and kept as JSON:

  seed, trees, mode      number, tree policy, how RPs are found: static, bsr, anycast, msdp, phantom, none
  nodes                  {name: {kind, lo, keys}}
  networks               {name: {lan, number, area, cost, members: [{node, iface, host, ...}]}}
  borders                [[node, network]]: interfaces that no Bootstrap message crosses
  events                 [{at, action: {...}}] as scenarios have them, sorted by time
  rest                   seconds from the last event to the first check
  waits                  whether everybody leaves at the end, and what is left over is looked at

Every address is written into the topology file: nothing here depends on how the module numbers.
"""

import json

LEAST_REST = 600  # s: what any timer but those of IGMP's and scope zones' compatibility may take


def address(network, member):
    """The address of a member on its network; on a link without addresses that of its loopback."""
    if network.get("unnumbered"):
        return member["loopback"]
    return "10.1.%d.%d" % (network["number"], member["host"])


def prefix(network):
    return "10.1.%d.0/24" % network["number"]


def member_of(case, node, network):
    for member in case["networks"][network]["members"]:
        if member["node"] == node:
            return member
    return None


def networks_of(case, node):
    """The networks a node is on, by name."""
    return [
        name
        for name, network in case["networks"].items()
        if any(member["node"] == node for member in network["members"])
    ]


def hosts(case):
    return [name for name, node in case["nodes"].items() if node["kind"] == "host"]


def host_address(case, host):
    name = networks_of(case, host)[0]
    network = case["networks"][name]
    return address(network, member_of(case, host, name))


def _quoted(value):
    text = str(value)
    return '"%s"' % text if " " in text or ";" in text else text


def _words(keys):
    return "".join(" %s=%s" % (key, _quoted(value)) for key, value in keys.items())


def topology_text(case):
    """The case's network as lines of a .topo file."""
    lines = ["# SPDX-License-Identifier: GPL-2.0-only"]
    for name, node in case["nodes"].items():
        keys = {} if node["kind"] == "router" else {"kind": node["kind"]}
        loopbacks = node.get("loopbacks", [])
        if loopbacks:
            keys["loopbacks"] = " ".join(loopbacks)
        keys.update(node.get("keys", {}))
        lines.append("node " + name + _words(keys))
    for name, network in case["networks"].items():
        if not network["lan"]:
            continue
        keys = {"network": prefix(network), "cost": network["cost"]}
        keys.update(network.get("keys", {}))
        lines.append("lan " + name + _words(keys))
    for name, network in case["networks"].items():
        lines += _edges(name, network)
    return "\n".join(lines) + "\n"


def _edges(name, network):
    area = {} if network["area"] == "0.0.0.0" else {"area": network["area"]}
    members = network["members"]
    if not network["lan"]:
        a, b = members
        keys = {
            "name": name,
            "sourceInterface": a["iface"],
            "targetInterface": b["iface"],
            "cost": network["cost"],
        }
        if network.get("unnumbered"):
            keys["unnumbered"] = "lo"
        else:
            keys["network"] = prefix(network)
            keys["sourceAddress"] = address(network, a)
            keys["targetAddress"] = address(network, b)
        keys.update(area)
        keys.update(network.get("keys", {}))
        return ["edge %s %s%s" % (a["node"], b["node"], _words(keys))]
    lines = []
    for member in members:
        keys = {"address": address(network, member), "interface": member["iface"]}
        keys.update(area)
        keys.update(member.get("keys", {}))
        lines.append("edge %s %s%s" % (member["node"], name, _words(keys)))
    return lines


def _yaml(value):
    if isinstance(value, dict):
        return "{" + ", ".join("%s: %s" % (k, _yaml(v)) for k, v in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(_yaml(v) for v in value) + "]"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float):
        return ("%.3f" % value).rstrip("0").rstrip(".")
    text = str(value)
    return '"%s"' % text if any(c in text for c in ",:#*") and not text.isalnum() else text


def scenario_text(case, plan, comment=(), expectations=()):
    """The history with the checks' own events behind it, as YAML of vxlan-lab."""
    lines = ["# SPDX-License-Identifier: GPL-2.0-only"]
    lines += ["# " + line for line in comment]
    lines.append("duration: %s" % _yaml(float(plan["end"] + 1)))
    lines.append("trees: " + case["trees"])
    if case.get("defaults"):
        lines.append("defaults: " + _yaml(case["defaults"]))
    if case.get("control"):
        lines.append("control: " + _yaml(case["control"]))
    if case.get("borders"):
        lines.append("nodes:")
        lines += ["  %s: {ns3::PimSmRouting::BsrBorder: %s}" % pair for pair in _borders(case)]
    lines.append("events:")
    for event in case["events"] + plan["events"] + list(expectations):
        fields = {"at": float(event["at"])}
        fields.update(event["action"])
        lines.append("  - " + _yaml(fields))
    return "\n".join(lines) + "\n"


def _borders(case):
    """(node, the prefixes of its interfaces that are borders) of each node that has some."""
    prefixes = {}
    for node, name in case["borders"]:
        prefixes.setdefault(node, []).append(prefix(case["networks"][name]))
    return [(node, " ".join(own)) for node, own in prefixes.items()]


def event(at, **action):
    return {"at": round(float(at), 3), "action": action}


def save(case, path):
    with open(path, "w", encoding="utf-8") as file:
        json.dump(case, file, indent=1)


def load(path):
    with open(path, encoding="utf-8") as file:
        return json.load(file)
