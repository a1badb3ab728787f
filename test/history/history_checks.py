# SPDX-License-Identifier: GPL-2.0-only
"""What is asked of a run once its history is over, and what the answers have to be.

The plan of checks follows the history in the same scenario, so that the case's files hold it whole:

  rest      nothing happens for `rest` seconds; then tables are looked at
  first     every pair of a sender and its group begins afresh: nothing is lost, from packet one on
  steady    one flow after the other: each packet exactly once, on each network at most once
  part      one member leaves and joins again: the others lose nothing
  after     everybody has left 700 s ago: nothing is left
"""

import csv
import os

import history_case as hc
from history_trees import TreeCheck
from history_ways import Ways
from history_world import World

PACKETS = 10
SETTLING = 20  # s from a fresh stream's end to steady state: last hops have switched, asserts are over
AFTER = 700  # s: what the longest state of members takes to go, and more
MOST_FLOWS = 4
PINGS = 2
# So many that last hops have switched, at the packet after the fifth with a threshold of five, and
# asserts are over (RFC 7761 §4.2.1, §4.2.2, §4.6).
FIRST_PINGS = 7
# Of a fresh stream, or while one member leaves: what asserts take, and one packet that goes round
# between the shared tree and the source's until its TTL ends (RFC 7761 §4.2 looks at interfaces alone).
ASSERT_DUPLICATES = 12
TTL = 64
MOST_DUPLICATES = ASSERT_DUPLICATES + TTL // 2
# RFC 7761 §4.5.7: while an RP's way to the source is a LAN of its receivers' routers, an assert there
# lets the RP be pruned once, by the next periodic Join(*,G), a minute after the stream began at the
# latest; the Join(S,G,rpt) that ends it comes within t_override, 2.5 s.
MOST_LOST_BY_OVERRIDE = {"first": 13, "steady": 10, "part": 26}
MOST_PINGS_LOST_BY_OVERRIDE = 3
# RFC 7761 §4.6.1, §4.5.7: an assert on such a LAN ends the RP's own need of the source, nobody overrides
# its Prune(S,G), the winner cancels, and the next packet that both trees carry begins another turn. Each
# takes 3 s, J/P_Override_Interval, so that a steady stream, of a second, sees one.
MOST_TWICE_BY_TURN = 1
MOST_LOST_BY_MSDP = 2  # of packets every 200 ms: until the SA has arrived and the Join after it


class Finding:
    """A rule that does not hold, where, and the line of a scenario that shows it, if one can."""

    def __init__(self, rule, text, expect=None):
        self.rule = rule
        self.text = text
        self.expect = expect

    def __str__(self):
        return "%s: %s" % (self.rule, self.text)


def flows_of(case, world):
    """The pairs of sender and group that are tried: members' groups, from several hosts."""
    live = [h for h in hc.hosts(case) if world.lan_of(h)]
    pairs = []
    for i, group in enumerate(case.get("groups", [])):
        for k in range(2):
            if live:
                host = live[(case["seed"] + 3 * i + 5 * k) % len(live)]
                if (host, group) not in pairs and world.listeners(group):
                    pairs.append((host, group))
    return pairs[:MOST_FLOWS]


def make_plan(case, world):
    """The events of the checks, and the flows."""
    last = max([60.0] + [e["at"] for e in case["events"]] + _ends(case))
    at = round(last + case["rest"], 1)
    events = [hc.event(at, snapshot="rest")]
    flows = []
    for i, (host, group) in enumerate(flows_of(case, world)):
        flows.append({"host": host, "group": group, "number": i})
    start = at + 1
    for flow in flows:
        events.append(_send(start + 0.07 * flow["number"], flow, "first", "200ms", start + 9))
    vnis = case.get("vnis", [])
    pings = [_ping(start + (FIRST_PINGS + 1) * i, vni, FIRST_PINGS) for i, vni in enumerate(vnis)]
    at = start + max(9, (FIRST_PINGS + 1) * len(vnis)) + SETTLING
    steady_pings = [_ping(at + 4 * i, vni, PINGS) for i, vni in enumerate(vnis)]
    events += pings + steady_pings
    at += 4 * len(vnis)
    for flow in flows:
        name = "steady-%d" % flow["number"]
        events.append(hc.event(at, snapshot="before-" + name))
        events.append(_send(at + 0.5, flow, "steady", "100ms", None))
        events.append(hc.event(at + 3, snapshot=name))
        at += 3.5
    leavers = {}
    for flow in flows:
        events.append(_send(at, flow, "part", "100ms", at + 12))
    for flow in flows:
        hosts = [h for h in world.listeners(flow["group"]) if world.kind(h) == "host"]
        if flow["group"] not in leavers and len(hosts) > 1:
            host = hosts[case["seed"] % len(hosts)]
            leavers[flow["group"]] = host
            events.append(hc.event(at + 3, leave={"node": host, "group": flow["group"]}))
            join = {"node": host, "group": flow["group"]}
            if world.members[(host, flow["group"])]:
                join["source"] = world.members[(host, flow["group"])]
            events.append(hc.event(at + 7, join=join))
    at += 20
    if case["waits"]:
        at = _leave(case, world, events, at)
    return {
        "events": events,
        "flows": flows,
        "end": at,
        "leavers": leavers,
        "pings": pings,
        "steady-pings": steady_pings,
    }


def _leave(case, world, events, at):
    """Everybody leaves. Returns when nothing has to be left of it."""
    for host, group in world.members:
        if world.kind(host) == "host":
            events.append(hc.event(at, leave={"node": host, "group": group}))
    for event in case["events"]:
        if "vxlan" in event["action"]:
            fields = event["action"]["vxlan"]
            down = {"nodes": fields["nodes"], "name": fields["name"]}
            events.append({"at": round(at, 3), "action": {"vxlan-down": down}})
    events.append(hc.event(at + AFTER, snapshot="after"))
    return at + AFTER


def _ping(at, vni, count):
    """A tenant asks all of its VNI."""
    to = "192.168.%d.255" % vni["number"]
    if vni["plane"] == "controller":
        # It floods nothing: one of them is asked.
        to = "192.168.%d.%d" % (vni["number"], len(vni["tenants"]))
    return hc.event(at, ping={"node": vni["tenants"][0], "to": to, "count": count, "interval": "1s"})


def _ends(case):
    ends = []
    for event in case["events"]:
        for fields in event["action"].values():
            if isinstance(fields, dict) and "until" in fields:
                ends.append(float(fields["until"]))
    return ends


def _send(at, flow, stage, interval, until):
    fields = {
        "node": flow["host"],
        "group": flow["group"],
        "interval": interval,
        "size": 100,
        "ttl": TTL,
        "name": "%s-%d" % (stage, flow["number"]),
        "port": 7000 + flow["number"],
    }
    if until is None:
        fields["packets"] = PACKETS
    else:
        fields["until"] = round(until, 3)
    return hc.event(at, send=fields)


class Tables:
    """The CSV files of a run."""

    def __init__(self, folder):
        self.folder = folder
        self.read = {}

    def rows(self, name, **where):
        if name not in self.read:
            path = os.path.join(self.folder, name + ".csv")
            with open(path, encoding="utf-8", newline="") as file:
                self.read[name] = list(csv.DictReader(file))
        return [r for r in self.read[name] if all(r[k] == v for k, v in where.items())]


class Checker:
    """Compares the tables of a run with what its case should have come to."""

    def __init__(self, case, world, plan, folder):
        self.case = case
        self.world = world
        self.ways = Ways(world)
        self.plan = plan
        self.tables = Tables(folder)
        self.findings = []
        self.counts = {}  # what the RFCs make inevitable

    def count(self, name, number=1):
        if number:
            self.counts[name] = self.counts.get(name, 0) + number

    def find(self, rule, text, expect=None):
        self.findings.append(Finding(rule, text, expect))

    def run(self):
        self.check_routes()
        self.check_rps()
        self.check_members()
        self.check_trees()
        for flow in self.plan["flows"]:
            self.check_flow(flow)
        for i, vni in enumerate(self.case.get("vnis", [])):
            self.check_pings(vni, self.plan["pings"][i], False)
            self.check_pings(vni, self.plan["steady-pings"][i], True)
        self.check_after()
        return self.findings

    # ---- Tables ----

    def check_routes(self):
        seen = {}
        for row in self.tables.rows("routes", snapshot="rest"):
            table = seen.setdefault(row["node"], {})
            key = (row["metric"], row["next_hop"], row["interface"])
            table.setdefault(row["prefix"], set()).add(key)
        for node in self.world.ospf:
            own = seen.get(node, {})
            right = {
                text: {(str(metric), hop, interface) for hop, interface in hops}
                for text, (metric, hops) in self.world.routes(node).items()
            }
            for text in sorted(set(own) | set(right)):
                if own.get(text, set()) != right.get(text, set()):
                    self.find(
                        "routes",
                        "%s has %s by %s, not by %s"
                        % (node, text, _show(own.get(text)), _show(right.get(text))),
                        {
                            "table": "routes",
                            "where": {"snapshot": "rest", "node": node, "prefix": text},
                            "rows": len(right.get(text, set())),
                        },
                    )

    def check_rps(self):
        if self.case["mode"] != "bsr":
            return
        for part in self.world.parts():
            bsr, rps = self.world.bootstrap(part)
            if not self.world.is_well_routed(part) or not self.world.is_self_contained(part):
                continue
            right = {(rp, text, str(priority)) for rp, text, priority in rps}
            for node in part:
                rows = self.tables.rows("rp", snapshot="rest", node=node)
                own = {(r["rp"], r["group_prefix"], r["rp_priority"]) for r in rows if r["rp"]}
                if own != right:
                    self.find("rp-set", "%s has %s, not %s" % (node, _show(own), _show(right)))
                names = {r["bsr"] for r in rows}
                if bsr and own and names != {_dotted(bsr[1])}:
                    self.find("bsr", "%s has BSR %s, not %s" % (node, _show(names), _dotted(bsr[1])))

    def check_members(self):
        right = set()
        for host, group in self.world.members:
            name = self.world.lan_of(host)
            for member in self.world.live[name] if name else []:
                if self.world.kind(member["node"]) == "router":
                    right.add((member["node"], member["iface"], group))
        own = {
            (r["node"], r["interface"], r["group"])
            for r in self.tables.rows("igmp", snapshot="rest")
            if self.world.kind(r["node"]) == "router"
        }
        for node, interface, group in sorted(own ^ right):
            has = (node, interface, group) in own
            self.find(
                "members",
                "%s %s members of %s on %s"
                % (node, "knows of" if has else "does not know of", group, interface),
                {
                    "table": "igmp",
                    "where": {"snapshot": "rest", "node": node, "interface": interface, "group": group},
                    "rows": 0 if has else 1,
                },
            )

    def check_trees(self):
        for node, text in TreeCheck(self.world, self.tables.rows("tib", snapshot="rest")).faults():
            self.find("trees", text, {"table": "tib", "where": {"snapshot": "rest", "node": node}, "rows": 0})

    def may_circle(self, router, group):
        """Whether a router has a bidirectional tree whose RP address nobody in its part has, beside a stub
        area, whose default routes still lead somewhere: metrics that do not agree may elect DFs in a
        circle (RFC 5015 §3.5 takes routes for consistent), and a tree in a circle keeps itself."""
        return (
            self.case["trees"] == "bidir"
            and bool(self.world.stubs)
            and not all(self.world.has_rp(part, group) for part in self.world.parts() if router in part)
        )

    def check_after(self):
        for table in ("igmp", "tib", "mfc"):
            for row in self.tables.rows(table, snapshot="after"):
                if self.world.kind(row["node"]) == "router" and not self.may_circle(row["node"], row["group"]):
                    what = " ".join(v for k, v in row.items() if k not in ("snapshot", "time_s"))
                    self.find(
                        "left-over",
                        "700 s after all have left %s still holds %s" % (table, what),
                        {"table": table, "where": {"snapshot": "after", "node": row["node"]}, "rows": 0},
                    )

    # ---- Packets ----

    def due(self, flow):
        """{member: True if each packet has to reach it, False if none may, None if unknown}."""
        world = self.world
        source_lan = world.lan_of(flow["host"])
        first = world.routers_on(source_lan)
        due = {}
        for host in world.listeners(flow["group"], hc.host_address(self.case, flow["host"])):
            if host == flow["host"]:
                continue
            lan = world.lan_of(host)
            if lan is None:
                due[host] = False
            elif lan == source_lan:
                due[host] = True
            else:
                due[host] = self.is_linked(first, world.routers_on(lan), flow["group"])
        return due

    def is_linked(self, first, last, group):
        component = self.world.component
        starts = {component[r] for r in first} & {component[r] for r in last}
        if not starts:
            return False
        if len({component[r] for r in first + last}) > 1:
            return None  # a LAN whose routers are in two parts cannot be: they are linked by it
        zones = {self.world.zone[r] for r in first + last}
        if len(zones) > 1:
            return None  # they have different RPs
        part = [r for r, start in self.world.zone.items() if start in zones]
        if not self.world.is_well_routed(part) or not self.world.is_self_contained(part):
            return None
        if self.case["mode"] != "none" and not self.world.has_rp(part, group):
            return None
        return True

    def check_flow(self, flow):
        due = self.due(flow)
        for stage in ("first", "steady", "part"):
            name = "%s-%d" % (stage, flow["number"])
            rows = {r["receiver"]: r for r in self.tables.rows("deliveries", flow=name)}
            for host, is_due in due.items():
                if host in rows and is_due is not None:
                    self.check_delivery(flow, stage, name, host, rows[host], is_due)
        self.check_links(flow)

    def check_delivery(self, flow, stage, name, host, row, is_due):
        lost, duplicates, received = int(row["lost"]), int(row["duplicates"]), int(row["received"])
        what = "%s of %s to %s at %s" % (name, flow["host"], flow["group"], host)
        where = {"flow": name, "receiver": host}
        if not is_due:
            if received:
                self.find("stranger", "%s: %d received, no way leads there" % (what, received))
            return
        leaver = self.plan["leavers"].get(flow["group"])
        if stage == "first" and self.case["mode"] == "msdp" and lost <= MOST_LOST_BY_MSDP:
            self.count("lost-until-msdp", lost)
        elif 0 < lost <= MOST_LOST_BY_OVERRIDE[stage] and self.is_lost_until_override(flow, stage, host):
            self.count("lost-until-override", lost)
        elif lost and not (stage == "part" and host == leaver):
            self.find(
                "lost-" + stage,
                "%s: %d of %s lost" % (what, lost, row["sent"]),
                {"table": "deliveries", "where": where, "equals": {"lost": 0}},
            )
        if stage == "steady" and 0 < duplicates <= self.most_twice(flow):
            self.count("turns", duplicates)
        elif duplicates and stage == "steady":
            self.find(
                "twice",
                "%s: %d duplicates of %s" % (what, duplicates, row["sent"]),
                {"table": "deliveries", "where": where, "equals": {"duplicates": 0}},
            )
        elif duplicates > MOST_DUPLICATES:
            self.find(
                "many-duplicates",
                "%s: %d duplicates of %s" % (what, duplicates, row["sent"]),
                {"table": "deliveries", "where": where, "at-most": {"duplicates": MOST_DUPLICATES}},
            )
        elif duplicates:
            self.count("circled", 1 if duplicates > ASSERT_DUPLICATES else 0)
            self.count("duplicates-" + stage, duplicates)
            most = max(self.counts.get("most-duplicates-" + stage, 0), duplicates)
            self.counts["most-duplicates-" + stage] = most

    def is_lost_until_override(self, flow, stage, host):
        """Whether an assert may have had the source pruned where this member's packets come from."""
        source = hc.host_address(self.case, flow["host"])
        leaver = self.plan["leavers"].get(flow["group"])
        if stage == "steady":
            # As short as an override may take, so a way that is gone for good shows in what comes next.
            name = "part-%d" % flow["number"]
            rows = self.tables.rows("deliveries", flow=name, receiver=host)
            if not any(int(row["received"]) for row in rows):
                return False
        return self.ways.has_rp_on_the_way(source, flow["group"]) or (
            stage == "part" and self.ways.hangs_on_leaver(host, leaver, flow["host"], flow["group"])
        )

    def most_twice(self, flow):
        """How many packets of a steady stream may come twice."""
        source = hc.host_address(self.case, flow["host"])
        return MOST_TWICE_BY_TURN if self.ways.takes_turns(source, flow["group"]) else 0

    def ways_of_tenants(self, a, b, vni):
        """Whether frames get from one VTEP to the other and back; None if that is not known."""
        if a in self.world.down or b in self.world.down:
            return False
        if a == b:
            return True if vni["plane"] == "group" else None
        ways = [self.way_of_vteps(a, b, vni), self.way_of_vteps(b, a, vni)]
        return False if False in ways else None if None in ways else True

    def way_of_vteps(self, a, b, vni):
        lans = [self.world.lan_of(a), self.world.lan_of(b)]
        if None in lans:
            return False
        if vni["plane"] != "group":
            return self.way_by_plane(vni["plane"], lans)
        group = vni["group"]
        if lans[0] == lans[1]:
            return True
        return self.is_linked(self.world.routers_on(lans[0]), self.world.routers_on(lans[1]), group)

    def way_by_plane(self, plane, lans):
        """Of a VNI with a control plane: whether its server, too, can be reached."""
        world = self.world
        component = world.component
        ends = [{component[r] for r in world.routers_on(lan)} for lan in lans]
        if not ends[0] & ends[1]:
            return False if lans[0] != lans[1] else None
        starts = ends[0] & ends[1]
        part = [r for r, start in component.items() if start in starts]
        if len(ends[0] | ends[1]) > 1 or not world.is_well_routed(part):
            return None
        settings = self.case["control"][plane]
        servers = settings["reflectors"] if plane == "evpn" else [settings["node"]]
        return True if not servers or any(s in part for s in servers) else None

    def most_pings_lost(self, vni):
        """How many pings of a VNI asserts on an RP's way to one of its VTEPs may take."""
        if vni["plane"] != "group":
            return 0
        vteps = {hc.host_address(self.case, vtep) for vtep in self.world.places.values()}
        on_the_way = any(self.ways.has_rp_on_the_way(vtep, vni["group"]) for vtep in vteps)
        return MOST_PINGS_LOST_BY_OVERRIDE if on_the_way else 0

    def most_pings_twice(self, vni, place):
        """How many pings from a VTEP may come twice."""
        if vni["plane"] != "group":
            return 0
        turns = self.ways.takes_turns(hc.host_address(self.case, place), vni["group"])
        return MOST_TWICE_BY_TURN if turns else 0

    def check_pings(self, vni, ping, is_steady):
        asker = ping["action"]["ping"]["node"]
        to = ping["action"]["ping"]["to"]
        place = self.world.places.get(asker)
        count = ping["action"]["ping"]["count"]
        answers = {}
        for row in self.tables.rows("pings", node=asker):
            if 0 <= float(row["time_s"]) - ping["at"] < count - 0.5 and row["from"]:
                key = (row["sequence"], row["from"])
                answers[key] = answers.get(key, 0) + 1
        for tenant in vni["tenants"]:
            is_due = self.ways_of_tenants(place, self.world.places.get(tenant), vni)
            is_asked = to.endswith(".255") or self.world.tenant_addresses[tenant] == to
            if tenant == asker or is_due is None or not is_asked:
                continue
            own = [n for (_, who), n in answers.items() if who == self.world.tenant_addresses[tenant]]
            what = "%s at %.3f to %s" % (asker, ping["at"], tenant)
            if not is_due and own:
                self.find("ping-stranger", what + ": answered, no way leads there")
            elif is_due and len(own) == count - 1 and self.case["mode"] == "msdp" and not is_steady:
                self.count("lost-until-msdp")
            elif is_due and not is_steady and 0 < count - len(own) <= self.most_pings_lost(vni):
                self.count("lost-until-override", count - len(own))
            elif is_due and len(own) < count:
                rule = "ping-lost-steady" if is_steady else "ping-lost"
                self.find(rule, "%s: %d of %d answered" % (what, len(own), count))
            elif is_due and is_steady and 0 < sum(own) - len(own) <= self.most_pings_twice(vni, place):
                self.count("turns", sum(own) - len(own))
            elif is_due and is_steady and max(own) > 1:
                self.find("ping-twice", "%s: %d answers" % (what, sum(own)))
            elif is_due:
                self.count("duplicate-pings", sum(own) - len(own))

    def check_links(self, flow):
        name = "steady-%d" % flow["number"]
        copies = {}
        for row in self.tables.rows("links", snapshot=name):
            if row["class"] == "multicast":
                copies[row["network"]] = copies.get(row["network"], 0) + int(row["packets"])
        source_lan = self.world.lan_of(flow["host"])
        source = hc.host_address(self.case, flow["host"])
        wanted = {self.world.lan_of(h) for h in self.world.listeners(flow["group"], source)}
        for network, packets in sorted(copies.items()):
            circles = any(self.may_circle(r, flow["group"]) for r in self.world.routers_on(network))
            if packets > PACKETS + self.most_twice(flow) and not circles:
                self.find("twice-on-link", "%s: %d copies of %d on %s" % (name, packets, PACKETS, network))
            is_stub = len(self.world.routers_on(network)) < 2
            if is_stub and network not in wanted and network != source_lan:
                self.find("unwanted", "%s: %d copies on %s, where nobody listens" % (name, packets, network))


def _show(rows):
    if not rows:
        return "nothing"
    return ", ".join(sorted("/".join(r) if isinstance(r, tuple) else str(r) for r in rows))


def _dotted(number):
    return ".".join(str(number >> shift & 255) for shift in (24, 16, 8, 0))


def plan_of(case):
    """(world, plan) of a case. Raises Invalid where its history does not come to rest."""
    world = World(case)
    return world, make_plan(case, world)
