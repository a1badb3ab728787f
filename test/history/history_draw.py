# SPDX-License-Identifier: GPL-2.0-only
"""Draws cases: networks of 5 to 40 routers, members, senders, and what happens to them."""

import random

import history_case as hc

RANGE = "239.0.0.0/8"
HALVES = ("239.0.0.0/9", "239.128.0.0/9")
MOST_ROUTERS_OF_A_LAN = 6


class Drawing:
    """One case being drawn. The same seed and size give the same case."""

    def __init__(self, seed, size):
        self.random = random.Random(seed * 2654435761 + 1)
        self.size = size
        self.case = {
            "seed": seed,
            "trees": "spt",
            "mode": "static",
            "nodes": {},
            "networks": {},
            "events": [],
            "rest": hc.LEAST_REST,
            "waits": size["waits"] or seed % 3 == 0,
        }
        self.interfaces = {}

    def chance(self, part):
        return self.random.random() < part

    def draw(self):
        self.draw_routers()
        self.draw_hosts()
        self.draw_vteps()
        self.draw_kinds_of_links()
        self.draw_stub_areas()
        self.draw_trees()
        self.draw_members()
        self.draw_tenants()
        self.draw_history()
        self.draw_extras()
        self.case["events"].sort(key=lambda e: e["at"])
        return self.case

    # ---- The network ----

    def add_network(self, members, lan, area):
        number = len(self.case["networks"])
        name = "n%d" % number
        self.case["networks"][name] = {
            "lan": lan,
            "number": number,
            "area": area,
            "cost": self.random.choice(self.costs),
            "members": [],
        }
        for node in members:
            self.add_member(name, node)
        return name

    def add_member(self, name, node):
        network = self.case["networks"][name]
        count = self.interfaces.get(node, 0)
        self.interfaces[node] = count + 1
        keys = {}
        if network["lan"] and self.case["nodes"][node]["kind"] == "router":
            if self.chance(0.1):
                keys["drPriority"] = self.random.randint(1, 5)
            if self.chance(0.1):
                keys["ospfPriority"] = self.random.randint(1, 3)
            if self.chance(0.1):
                keys["cost"] = self.random.choice(self.costs)
        network["members"].append(
            {"node": node, "iface": "eth%d" % count, "host": len(network["members"]) + 1, "keys": keys}
        )

    def draw_routers(self):
        self.costs = self.random.choice([[1], [1], [1, 2], [1, 2, 3, 4]])
        count = self.random.randint(*self.size["routers"])
        names = ["r%d" % i for i in range(count)]
        for i, name in enumerate(names):
            self.case["nodes"][name] = {
                "kind": "router",
                "loopbacks": ["lo 10.255.0.%d" % (i + 1)],
                "keys": {},
            }
        if count < 7 or self.chance(0.75):
            self.draw_area(names, "0.0.0.0")
            return
        middle = self.random.randint(3, count - 3)
        self.draw_area(names[:middle], "0.0.0.0")
        borders = self.random.sample(names[:middle], self.random.randint(1, 2))
        rest = names[middle:]
        if len(rest) >= 4 and self.chance(0.4):
            half = len(rest) // 2
            self.draw_area(borders[:1] + rest[:half], "0.0.0.1")
            self.draw_area(borders[-1:] + rest[half:], "0.0.0.2")
        else:
            self.draw_area(borders + rest, "0.0.0.1")

    def draw_area(self, names, area):
        """A tree of links and LANs, and more of both."""
        lans = []
        share = self.random.choice([0.2, 0.5, 0.8])
        for i in range(1, len(names)):
            self.connect(names[i], self.random.choice(names[:i]), lans, share, area)
        more = self.random.choice([0, 0.3, 0.6, 1])
        for _ in range(round(more * len(names))):
            a, b = self.random.sample(names, 2) if len(names) > 1 else (names[0], names[0])
            if a != b:
                self.connect(a, b, lans, share, area)

    def connect(self, a, b, lans, share, area):
        joint = [n for n in lans if self.is_on(b, n) and not self.is_on(a, n)]
        joint = [n for n in joint if len(self.case["networks"][n]["members"]) < MOST_ROUTERS_OF_A_LAN]
        if joint and self.chance(0.6):
            self.add_member(self.random.choice(joint), a)
        elif self.chance(share):
            lans.append(self.add_network([b, a], True, area))
        else:
            self.add_network([b, a], False, area)

    def is_on(self, node, name):
        return hc.member_of(self.case, node, name) is not None

    def routers(self):
        return [n for n, node in self.case["nodes"].items() if node["kind"] == "router"]

    def draw_hosts(self):
        lans = []
        for i in range(self.random.randint(*self.size["hosts"])):
            name = "h%d" % i
            self.case["nodes"][name] = {"kind": "host"}
            draw = self.random.random()
            old = [n for n, network in self.case["networks"].items() if network["lan"]]
            if lans and draw < 0.15:
                lan = self.random.choice(lans)
            elif old and draw < 0.4:
                lan = self.random.choice(old)
            else:
                lan = self.access_lan(2 if draw > 0.8 else 1)
                lans.append(lan)
            self.add_member(lan, name)

    def access_lan(self, count):
        first = self.random.choice(self.routers())
        area = self.case["networks"][hc.networks_of(self.case, first)[0]]["area"]
        peers = [
            r
            for r in self.routers()
            if r != first
            and area in {self.case["networks"][n]["area"] for n in hc.networks_of(self.case, r)}
        ]
        return self.add_network([first] + self.random.sample(peers, min(count - 1, len(peers))), True, area)

    def draw_vteps(self):
        self.vteps = ["v%d" % i for i in range(self.random.randint(*self.size["vteps"]))]
        self.vteps = self.vteps if len(self.vteps) > 1 else []
        for name in self.vteps:
            self.case["nodes"][name] = {"kind": "vtep"}
            old = [n for n, network in self.case["networks"].items() if network["lan"]]
            shared = old and self.chance(0.3)
            self.add_member(self.random.choice(old) if shared else self.access_lan(self.random.randint(1, 2)), name)

    def draw_kinds_of_links(self):
        """Links without addresses, BFD, LANs of two without Designated Router (RFC 5309)."""
        unnumbered = self.chance(0.15)
        bfd = self.chance(0.15)
        for network in self.case["networks"].values():
            keys = network.setdefault("keys", {})
            if not network["lan"]:
                if unnumbered:
                    network["unnumbered"] = True
                    for member in network["members"]:
                        member["loopback"] = self.loopback(member["node"])
                if bfd:
                    keys["bfd"] = "3s"
            elif self.chance(0.1):
                kinds = [self.case["nodes"][m["node"]]["kind"] for m in network["members"]]
                if sum(kind != "host" for kind in kinds) == 2:
                    keys["networkType"] = "point-to-point"

    def draw_stub_areas(self):
        """Areas without AS-external routes, some without summaries (RFC 2328 §3.6)."""
        case = self.case
        case["stubs"] = {}
        for area in sorted({network["area"] for network in case["networks"].values()} - {"0.0.0.0"}):
            if self.chance(0.35):
                case["stubs"][area] = "no-summary" if self.chance(0.4) else ""
        for name, node in case["nodes"].items():
            own = {case["networks"][n]["area"] for n in hc.networks_of(case, name)}
            words = [(area + " " + case["stubs"][area]).strip() for area in sorted(own & set(case["stubs"]))]
            if words and node["kind"] != "host":
                node.setdefault("keys", {})["stubAreas"] = "; ".join(words)

    # ---- Trees and RPs ----

    def draw_trees(self):
        case = self.case
        case["trees"] = self.random.choice(["rpt", "rpt-register", "spt", "spt", "bidir", "ssm"])
        modes = ["static", "bsr", "bsr"]
        if case["trees"] in ("rpt", "spt"):
            modes += ["anycast", "msdp"]
        if case["trees"] == "bidir":
            modes.append("phantom")
        self.draw_attributes()
        case["mode"] = "none" if case["trees"] == "ssm" else self.random.choice(modes)
        getattr(self, "draw_" + case["mode"])()
        base = "232.1" if case["trees"] == "ssm" else "239.64"
        count = self.random.randint(*self.size["groups"])
        case["groups"] = [
            "%s.%d.%d" % (base if i == 0 or base[0:3] == "232" else "239.192", self.random.randint(0, 255), i + 1)
            for i in range(count)
        ]

    def draw_attributes(self):
        defaults = {}
        if self.chance(0.3):
            defaults["ns3::PimSmRouting::RpfEcmp"] = "sg-hash"
        if self.chance(0.15):
            defaults["ns3::PimSmRouting::TrackingSupport"] = "true"
        if self.case["trees"] == "spt" and self.chance(0.2):
            defaults["ns3::PimSmRouting::SptThreshold"] = "5p/10s"
        self.case["defaults"] = defaults

    def draw_none(self):
        pass

    def key_of_static(self):
        return "bidirRp" if self.case["trees"] == "bidir" else "staticRp"

    def set_static(self, pairs):
        words = " ".join("%s %s" % pair for pair in pairs)
        for router in self.routers():
            self.case["nodes"][router]["keys"][self.key_of_static()] = words
        self.case["static"] = [list(pair) for pair in pairs]

    def loopback(self, router):
        return self.case["nodes"][router]["loopbacks"][0].split()[1]

    def draw_static(self):
        rps = self.random.sample(self.routers(), self.random.randint(1, 2))
        if len(rps) == 1:
            self.set_static([(self.loopback(rps[0]), RANGE)])
        else:
            self.set_static([(self.loopback(rp), half) for rp, half in zip(rps, HALVES)])

    def draw_bsr(self):
        routers = self.routers()
        for router in self.random.sample(routers, self.random.randint(1, min(3, len(routers)))):
            keys = self.case["nodes"][router]["keys"]
            keys["candidateBsr"] = "lo"
            keys["candidateBsrPriority"] = self.random.choice([1, 64, 64, 200])
        for i, router in enumerate(self.random.sample(routers, self.random.randint(1, min(4, len(routers))))):
            keys = self.case["nodes"][router]["keys"]
            keys["candidateRp"] = "lo"
            keys["candidateRpPriority"] = self.random.choice([192, 192, 192, 100])
            keys["candidateRpGroups"] = RANGE if i == 0 or self.chance(0.6) else self.random.choice(HALVES)

    def draw_anycast(self):
        members = self.random.sample(self.routers(), self.random.randint(2, 3))
        rp = "10.254.0.1"
        own = [self.loopback(member) for member in members]
        for member in members:
            node = self.case["nodes"][member]
            node["loopbacks"].append("lo1 " + rp)
            node["keys"]["anycastRp"] = " ".join([rp] + own)
        self.set_static([(rp, RANGE)])

    def draw_msdp(self):
        members = self.random.sample(self.routers(), self.random.randint(2, 3))
        rp = "10.254.0.1"
        for member in members:
            node = self.case["nodes"][member]
            node["loopbacks"].append("lo1 " + rp)
            own = self.loopback(member)
            peers = [self.loopback(other) for other in members if other != member]
            node["keys"]["msdp"] = "; ".join("%s > %s mesh=A" % (own, peer) for peer in peers)
        self.set_static([(rp, RANGE)])

    def draw_phantom(self):
        a, b = self.random.sample(self.routers(), 2)
        self.case["nodes"][a]["loopbacks"].append("lo1 10.254.0.1/30")
        self.case["nodes"][b]["loopbacks"].append("lo1 10.254.0.4/29")
        self.set_static([("10.254.0.2", RANGE)])

    # ---- Members ----

    def join(self, at, host):
        group = self.random.choice(self.case["groups"])
        if (host, group) in self.joined:
            self.joined.discard((host, group))
            self.case["events"].append(hc.event(at, leave={"node": host, "group": group}))
            return
        action = {"node": host, "group": group}
        others = [h for h in hc.hosts(self.case) if h != host]
        if self.case["trees"] == "ssm" or (self.has_source_lists and self.chance(0.3)):
            chosen = self.random.sample(others, self.random.randint(1, min(3, len(others))))
            action["source"] = [hc.host_address(self.case, h) for h in chosen]
        self.joined.add((host, group))
        self.case["events"].append(hc.event(at, join=action))

    def draw_members(self):
        self.joined = set()
        # RFC 4604 §2.2: (*,G) trees of bidirectional groups know no sources.
        self.has_source_lists = self.case["trees"] in ("rpt", "spt") and self.chance(0.3)
        if not self.has_source_lists and self.case["trees"] != "ssm":
            for network in self.case["networks"].values():
                if network["lan"] and self.chance(0.2):
                    for member in network["members"]:
                        member["keys"]["igmpVersion"] = 2
        for host in hc.hosts(self.case):
            if self.chance(0.7):
                self.join(self.random.uniform(20, 60), host)

    def draw_tenants(self):
        """A VNI or two on all VTEPs, and a tenant on each in each."""
        self.tenants = []
        if not self.vteps or self.case["trees"] == "ssm":
            return
        self.case["vnis"] = []
        planes = ["group", self.random.choice(["group", "evpn", "controller", "map-server"])]
        for i in range(self.random.randint(1, 2)):
            name = "vni%d" % (i + 1)
            group = "239.%d.200.%d" % (self.random.choice([64, 192]), i + 1) if planes[i] == "group" else ""
            self.case["vnis"].append(
                {"name": name, "number": i + 1, "group": group, "plane": planes[i], "tenants": []}
            )
            fields = {"nodes": self.vteps, "name": name, "id": 100 + i, "ttl": 64, "dev": "eth0"}
            fields.update({"group": group} if group else {"control": planes[i]})
            self.draw_plane(planes[i])
            self.case["events"].append(hc.event(self.random.uniform(10, 40), vxlan=fields))
            for k, vtep in enumerate(self.vteps):
                self.draw_tenant(i, k, vtep)

    def draw_plane(self, plane):
        self.servers = []
        if plane == "evpn":
            self.servers = self.random.sample(self.routers(), self.random.randint(0, 2))
            self.case["control"] = {"evpn": {"as": 65000, "reflectors": list(self.servers)}}
        elif plane != "group":
            self.servers = [self.random.choice(self.routers())]
            self.case["control"] = {plane: {"node": self.servers[0]}}
            if plane == "controller":
                self.case["control"][plane]["mode"] = self.random.choice(["reactive", "proactive"])

    def draw_tenant(self, vni, number, vtep):
        tenant = "t%d-%d" % (vni + 1, number)
        fields = {
            "name": tenant,
            "node": vtep,
            "device": "vni%d" % (vni + 1),
            "mac": "02:00:00:00:%02x:%02x" % (vni + 1, number + 1),
            "address": "192.168.%d.%d/24" % (vni + 1, number + 1),
        }
        self.tenants.append(tenant)
        self.case["vnis"][vni]["tenants"].append(tenant)
        self.case["events"].append(hc.event(self.random.uniform(45, 55), tenant=fields))

    # ---- The history ----

    def draw_history(self):
        self.flows = 0
        # Of stub areas alone, none can be one.
        self.boundaries = [
            r
            for r in self.routers()
            if {self.case["networks"][n]["area"] for n in hc.networks_of(self.case, r)} - set(self.case["stubs"])
        ][:2]
        low, high = self.size["events"]
        count = round(low * (high / low) ** self.random.random())
        pace = self.random.choice([0.3, 3, 15])
        at = self.random.uniform(60, 120)
        kinds = [self.draw_link, self.draw_link, self.draw_lan_member, self.draw_interface]
        kinds += [self.draw_crash, self.draw_crash, self.draw_loss, self.draw_loss, self.draw_cost]
        kinds += [self.draw_toggle, self.draw_toggle, self.draw_send, self.draw_send]
        kinds += [self.draw_process, self.draw_priority, self.draw_external]
        kinds += [self.draw_move, self.draw_ping] if self.tenants else []
        kinds += [self.draw_server] if self.case.get("control") else []
        self.until = at
        self.pending = []
        count += len(self.case["events"])
        while len(self.case["events"]) < count:
            self.random.choice(kinds)(at)
            at += self.random.expovariate(1 / pace)
        self.until = max(self.until, at)
        keep = self.chance(0.5)
        for undo, forced in self.pending:
            if forced or not keep:
                self.case["events"].append(hc.event(self.until + self.random.uniform(0, 20), **undo))

    def undo(self, at, forced=False, **action):
        """What ends a failure: soon, or when the history ends, or never."""
        if self.chance(0.7):
            when = at + self.random.choice([1, 5, 30, 120]) * self.random.uniform(0.2, 1.5)
            self.until = max(self.until, when)
            self.case["events"].append(hc.event(when, **action))
        else:
            self.pending.append((action, forced))

    def do(self, at, **action):
        self.case["events"].append(hc.event(at, **action))

    def draw_link(self, at):
        name = self.random.choice(list(self.case["networks"]))
        self.do(at, link={"network": name, "state": "down"})
        self.undo(at, link={"network": name, "state": "up"})

    def draw_lan_member(self, at):
        lans = [n for n, w in self.case["networks"].items() if w["lan"] and len(w["members"]) > 2]
        if not lans:
            return
        name = self.random.choice(lans)
        members = self.case["networks"][name]["members"]
        if self.chance(0.3):
            ends = [m["node"] for m in self.random.sample(members, 2)]
            self.do(at, link={"between": ends, "state": "down"})
            self.undo(at, link={"between": ends, "state": "up"})
            return
        member = self.random.choice(members)
        self.do(at, interface={"node": member["node"], "name": member["iface"], "state": "down"})
        self.undo(at, interface={"node": member["node"], "name": member["iface"], "state": "up"})

    def router_member(self):
        names = [n for n, w in self.case["networks"].items()]
        network = self.case["networks"][self.random.choice(names)]
        routers = [m for m in network["members"] if self.case["nodes"][m["node"]]["kind"] == "router"]
        return self.random.choice(routers)

    def draw_interface(self, at):
        member = self.router_member()
        self.do(at, interface={"node": member["node"], "name": member["iface"], "state": "down"})
        self.undo(at, interface={"node": member["node"], "name": member["iface"], "state": "up"})

    def draw_crash(self, at):
        router = self.random.choice(self.routers() + self.vteps)
        action = {"name": router, "state": "down"}
        if self.chance(0.3):
            action["carrier"] = "kept"
        self.do(at, node=action)
        self.undo(at, node={"name": router, "state": "up"})

    def draw_loss(self, at):
        name = self.random.choice(list(self.case["networks"]))
        until = at + self.random.choice([5, 40, 140]) * self.random.uniform(0.2, 1)
        self.until = max(self.until, until)
        action = {"network": name, "rate": self.random.choice([1, 1, 0.5, 0.2]), "until": round(until, 3)}
        if self.chance(0.4):
            action["from"] = self.random.choice(self.case["networks"][name]["members"])["node"]
        self.do(at, loss=action)

    def draw_cost(self, at):
        member = self.router_member()
        self.do(
            at,
            cost={"node": member["node"], "interface": member["iface"], "value": self.random.randint(1, 5)},
        )

    def draw_priority(self, at):
        member = self.router_member()
        protocol = self.random.choice(["ospf", "pim"])
        self.do(
            at,
            priority={
                "node": member["node"],
                "interface": member["iface"],
                "value": self.random.randint(1, 5),
                "protocol": protocol,
            },
        )

    def draw_external(self, at):
        """A route from outside, of one or two AS boundary routers."""
        router = self.random.choice(self.boundaries)
        number = self.random.randint(1, 3)
        fields = {"node": router, "prefix": "172.16.%d.0/24" % number, "type": self.random.choice([1, 2])}
        self.do(at, external=dict(fields, metric=self.random.choice([1, 1, 20]), state="up"))
        self.undo(at, external=dict(fields, state="down"))

    def draw_toggle(self, at):
        self.join(at, self.random.choice(hc.hosts(self.case)))

    def draw_send(self, at):
        length = self.random.choice([2, 20, 80]) * self.random.uniform(0.2, 1)
        self.until = max(self.until, at + length)
        self.do(
            at,
            send={
                "node": self.random.choice(hc.hosts(self.case)),
                "group": self.random.choice(self.case["groups"]),
                "interval": "500ms",
                "size": 100,
                "ttl": 64,
                "until": round(at + length, 3),
                "name": "history-%d" % self.flows,
                "port": 6000 + self.flows,
            },
        )
        self.flows += 1

    def draw_move(self, at):
        fields = {"tenant": self.random.choice(self.tenants), "to": self.random.choice(self.vteps)}
        if self.where(fields["tenant"], at) == fields["to"]:
            return
        fields["announce"] = self.random.choice(["garp", "none"])
        self.do(at, move=fields)

    def where(self, tenant, at):
        """The VTEP that has a tenant."""
        place = None
        for event in sorted(self.case["events"], key=lambda e: e["at"]):
            fields = event["action"].get("tenant") or {}
            place = fields["node"] if fields.get("name") == tenant else place
            fields = event["action"].get("move") or {}
            place = fields["to"] if fields.get("tenant") == tenant and event["at"] <= at else place
        return place

    def draw_ping(self, at):
        tenant = self.random.choice(self.tenants)
        to = "192.168.%s.255" % tenant[1]
        self.do(at, ping={"node": tenant, "to": to, "count": self.random.randint(1, 5), "interval": "1s"})

    def draw_server(self, at):
        """The process of a reflector, a controller or a map server, or a VTEP's end of it."""
        protocol = next(iter(self.case["control"]))
        node = self.random.choice(self.servers + self.servers + self.vteps)
        state = self.random.choice(["stop", "hang"])
        self.do(at, process={"node": node, "protocol": protocol, "state": state})
        self.undo(at, forced=True, process={"node": node, "protocol": protocol, "state": "run"})

    def draw_process(self, at):
        node = self.random.choice(self.routers())
        protocol = self.random.choice(["ospf", "pim", "igmp"])
        self.do(at, process={"node": node, "protocol": protocol, "state": "stop"})
        self.undo(at, forced=True, process={"node": node, "protocol": protocol, "state": "run"})


    # ---- Extras ----

    def draw_extras(self):
        """Of numbers of their own, so that the rest of a case does not depend on them."""
        self.random = random.Random(self.case["seed"] * 2654435761 + 2)
        self.draw_version_1()
        self.draw_stub_routers()
        if self.case["mode"] == "bsr" and self.chance(0.6):
            self.draw_borders()

    def draw_version_1(self):
        """Hosts, and whole LANs, of IGMPv1: they know no sources, and nobody says that he leaves."""
        if self.case["trees"] == "ssm" or not self.chance(0.3):
            return
        choosers = {e["action"]["join"]["node"] for e in self.case["events"] if "source" in e["action"].get("join", {})}
        for network in self.case["networks"].values():
            if not network["lan"]:
                continue
            is_whole = not self.has_source_lists and self.chance(0.1)
            for member in network["members"]:
                is_host = self.case["nodes"][member["node"]]["kind"] == "host"
                if is_whole or (is_host and member["node"] not in choosers and self.chance(0.4)):
                    member["keys"]["igmpVersion"] = 1

    def draw_stub_routers(self):
        """Routers that others are not to go through (RFC 6987)."""
        if not self.chance(0.3):
            return
        for router in self.routers():
            if self.chance(0.15):
                self.case["nodes"][router]["keys"]["maxMetric"] = "true"

    def draw_borders(self):
        """Two zones that no Bootstrap message leaves (RFC 5059 §6), with links alone between them."""
        blocks = self.blocks()
        starts = sorted(set(blocks.values()))
        if len(starts) < 2:
            return
        chosen = {self.random.choice(starts)}
        for _ in range(self.random.randint(0, len(starts) - 2)):
            inside = [r for r in blocks if blocks[r] in chosen]
            around = {blocks[m["node"]] for n in self.crossing(inside) for m in self.case["networks"][n]["members"]}
            chosen.add(self.random.choice(sorted(around)))
        if len(chosen) == len(starts):
            return
        inner = [r for r in blocks if blocks[r] in chosen]
        self.close_zone(inner, self.crossing(inner))

    def blocks(self):
        """{router: one of those that it hangs together with over LANs and links without addresses}."""
        blocks = {router: router for router in self.routers()}
        for network in self.case["networks"].values():
            if network["lan"] or network.get("unnumbered"):
                joint = {blocks[m["node"]] for m in network["members"] if m["node"] in blocks}
                blocks = {r: min(joint) if start in joint else start for r, start in blocks.items()}
        return blocks

    def crossing(self, inner):
        """The networks between these routers and the others."""
        names = []
        for name, network in self.case["networks"].items():
            ends = [m["node"] for m in network["members"] if self.case["nodes"][m["node"]]["kind"] == "router"]
            if len({end in inner for end in ends}) > 1:
                names.append(name)
        return names

    def close_zone(self, inner, crossing):
        self.case["borders"] = []
        for name in crossing:
            ends = [m["node"] for m in self.case["networks"][name]["members"]]
            for end in self.random.choice([ends, ends[:1], ends[1:]]):
                self.case["borders"].append([end, name])
        for zone in (inner, [r for r in self.routers() if r not in inner]):
            keys = [self.case["nodes"][router]["keys"] for router in zone]
            if not any("candidateBsr" in own for own in keys) and self.chance(0.8):
                self.random.choice(keys).update(candidateBsr="lo", candidateBsrPriority=64)
            if not any("candidateRp" in own for own in keys) and self.chance(0.8):
                self.random.choice(keys).update(
                    candidateRp="lo", candidateRpPriority=192, candidateRpGroups=RANGE
                )


SMALL = {"routers": (5, 8), "hosts": (2, 4), "groups": (1, 2), "events": (5, 25), "vteps": (-1, 3), "waits": False}
LARGE = {"routers": (5, 40), "hosts": (2, 12), "groups": (1, 4), "events": (5, 100), "vteps": (0, 6), "waits": True}


def draw_case(seed, size):
    return Drawing(seed, size).draw()
