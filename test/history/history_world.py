# SPDX-License-Identifier: GPL-2.0-only
"""The oracle's view of a case: which interfaces, members and RPs are left after its history, and
what routes, RP sets and memberships follow from that.

Nothing here is shared with the module: shortest paths, OSPF's areas (RFC 2328 §16), the election of
the bootstrap router (RFC 5059) and the choice of an RP (RFC 7761 §4.7) are worked out again from
the case alone. It knows no timers and no messages, only the graph that is left.
"""

import heapq
import ipaddress

import history_case as hc

BACKBONE = "0.0.0.0"
DEFAULT = "0.0.0.0/0"
STUB_DEFAULT_COST = 1  # RFC 2328 Appendix C.2, of a border router of a stub area
DEFAULT_BSR_PRIORITY = 64
MAX_LINK_METRIC = 0xFFFF  # RFC 6987 §2
HASH_MASK = 0xFFFFFFFC  # RFC 5059 §5: 30 bits


def to_number(text):
    return int(ipaddress.IPv4Address(text))


class Invalid(Exception):
    """The history ends in a state that is not at rest: a process stopped, a loss without an end."""


class World:
    """What is left when a case's events are over."""

    def __init__(self, case):
        self.case = case
        self.down = set()  # nodes
        self.silent = set()  # nodes that are down and whose neighbours see a carrier
        self.cut = set()  # networks
        self.apart = set()  # (node, network) of a LAN
        self.shut = set()  # (node, interface)
        self.stopped = set()  # (node, protocol)
        self.costs = {}  # (node, interface)
        self.externals = {}  # prefix: {AS boundary router: (type, metric)}
        self.stubs = case.get("stubs", {})  # area: "no-summary" or nothing
        self.bsr_borders = {tuple(border) for border in case.get("borders", [])}  # (node, network)
        self.loopbacks_of = {}
        self.well_routed = {}  # by the routers asked for
        self.self_contained = {}  # the same
        self.tables = {}  # node: its routes
        self.places = {}  # tenant: VTEP
        self.tenant_addresses = {}
        self.members = {}  # (host, group): None for any source, or a list
        for event in case["events"]:
            for action, fields in event["action"].items():
                handler = getattr(self, "on_" + action.replace("-", "_"), None)
                if handler:
                    handler(fields, event["at"])
        if self.stopped:
            raise Invalid("a process is stopped for good")
        self.live = {}  # network: members whose interface is up
        for name, network in case["networks"].items():
            self.live[name] = [m for m in network["members"] if self.is_up(m, name)]
        self.index()

    # ---- Events ----

    def on_link(self, fields, _):
        is_down = fields["state"] == "down"
        if "network" in fields:
            (self.cut.add if is_down else self.cut.discard)(fields["network"])
            return
        for name, network in self.case["networks"].items():
            ends = [m["node"] for m in network["members"]]
            if all(end in ends for end in fields["between"]):
                if len(ends) == 2:
                    (self.cut.add if is_down else self.cut.discard)(name)
                    continue
                for end in fields["between"]:
                    (self.apart.add if is_down else self.apart.discard)((end, name))

    def on_interface(self, fields, _):
        key = (fields["node"], fields["name"])
        (self.shut.add if fields["state"] == "down" else self.shut.discard)(key)

    def on_node(self, fields, _):
        name = fields["name"]
        is_down = name in self.down
        if fields["state"] == "down" and not is_down:
            self.down.add(name)
            self.stopped = {s for s in self.stopped if s[0] != name}
            if fields.get("carrier") == "kept":
                self.silent.add(name)
        elif fields["state"] == "up" and is_down:
            self.down.discard(name)
            self.silent.discard(name)

    def on_process(self, fields, _):
        if fields["node"] not in self.down:
            key = (fields["node"], fields["protocol"])
            (self.stopped.discard if fields["state"] == "run" else self.stopped.add)(key)

    def on_loss(self, fields, _):
        if "until" not in fields:
            raise Invalid("a loss without an end")

    def on_cost(self, fields, _):
        self.costs[(fields["node"], fields["interface"])] = fields["value"]

    def on_external(self, fields, _):
        own = self.externals.setdefault(fields["prefix"], {})
        if fields["state"] == "up":
            own[fields["node"]] = (fields["type"], fields["metric"])
        else:
            own.pop(fields["node"], None)

    def on_join(self, fields, _):
        self.members[(fields["node"], fields["group"])] = fields.get("source")

    def on_leave(self, fields, _):
        self.members.pop((fields["node"], fields["group"]), None)

    def on_vxlan(self, fields, _):
        for node in fields["nodes"] if "group" in fields else []:
            self.members[(node, fields["group"])] = None

    def on_tenant(self, fields, _):
        self.places[fields["name"]] = fields["node"]
        self.tenant_addresses[fields["name"]] = fields["address"].split("/")[0]

    def on_move(self, fields, _):
        self.places[fields["tenant"]] = fields["to"]

    # ---- The graph ----

    def is_up(self, member, name):
        """An interface is up while its node is, it is not shut and it has a carrier."""
        node = member["node"]
        if node in self.down or (node, member["iface"]) in self.shut:
            return False
        if name in self.cut or (node, name) in self.apart:
            return False
        network = self.case["networks"][name]
        if network["lan"]:
            return True
        peer = next(m for m in network["members"] if m is not member)
        is_dead = peer["node"] in self.down and peer["node"] not in self.silent
        return not is_dead and (peer["node"], peer["iface"]) not in self.shut

    def kind(self, node):
        return self.case["nodes"][node]["kind"]

    def is_live_router(self, node):
        return self.kind(node) in ("router", "vtep") and node not in self.down

    def routers(self):
        return [n for n in self.case["nodes"] if self.kind(n) == "router" and n not in self.down]

    def cost(self, member, name):
        key = (member["node"], member["iface"])
        own = self.costs.get(key, member.get("keys", {}).get("cost"))
        return own if own is not None else self.case["networks"][name]["cost"]

    def loopbacks(self, node):
        """(name, address, prefix) of each."""
        if node not in self.loopbacks_of:
            self.loopbacks_of[node] = self.read_loopbacks(node)
        return self.loopbacks_of[node]

    def read_loopbacks(self, node):
        found = []
        for words in self.case["nodes"][node].get("loopbacks", []):
            name, text = words.split()
            network = ipaddress.ip_interface(text if "/" in text else text + "/32").network
            if (node, name) not in self.shut:
                found.append((name, text.split("/")[0], str(network)))
        return found

    def index(self):
        """Areas, and the shortest paths of each."""
        self.ospf = [n for n in self.case["nodes"] if self.is_live_router(n)]
        self.areas = {n: set() for n in self.ospf}
        for name, members in self.live.items():
            for member in members:
                if member["node"] in self.areas:
                    self.areas[member["node"]].add(self.case["networks"][name]["area"])
        # A loopback is in the lowest of its router's areas, links that are down included.
        self.home = {}
        for node in self.ospf:
            all_areas = {self.case["networks"][n]["area"] for n in hc.networks_of(self.case, node)}
            self.home[node] = min(all_areas, key=to_number)
            if self.loopbacks(node):
                self.areas[node].add(self.home[node])
        self.component = self.find_components(set())
        self.zone = self.find_components(self.bsr_borders)
        self.distances = {}  # as a router sees them
        self.told_distances = {}  # as others see them of it
        for area in {self.case["networks"][n]["area"] for n in self.case["networks"]}:
            for node in self.ospf:
                own = self.dijkstra(node, area, node)
                self.distances[(area, node)] = own
                self.told_distances[(area, node)] = (
                    self.dijkstra(node, area, None) if self.is_stub_router(node) else own
                )
        self.targets = self.find_targets()
        self.summaries = {}
        for border in self.borders():
            self.summarize(border)

    def find_components(self, borders):
        """Which routers hang together over networks but for these ends, whatever OSPF makes of it."""
        component = {}
        for start in self.routers():
            if start in component:
                continue
            queue = [start]
            component[start] = start
            while queue:
                node = queue.pop()
                for name, members in self.live.items():
                    nodes = [m["node"] for m in members if self.kind(m["node"]) == "router"]
                    nodes = [n for n in nodes if (n, name) not in borders]
                    for other in nodes if node in nodes else []:
                        if other not in component:
                            component[other] = start
                            queue.append(other)
        return component

    def is_stub_router(self, node):
        return "maxMetric" in self.case["nodes"][node].get("keys", {})

    def is_point_to_point(self, name):
        network = self.case["networks"][name]
        return not network["lan"] or network.get("keys", {}).get("networkType") == "point-to-point"

    def steps(self, node, area, keeps_costs):
        """(cost, vertex) of what a router's own LSA leads to. A stub router's links cost as much as
        they can, but for those to networks that end there (RFC 6987 §2)."""
        is_avoided = self.is_stub_router(node) and not keeps_costs
        for name, members in self.live.items():
            if self.case["networks"][name]["area"] != area:
                continue
            own = next((m for m in members if m["node"] == node), None)
            if own is None:
                continue
            peers = [m["node"] for m in members if m is not own and self.is_live_router(m["node"])]
            cost = self.cost(own, name)
            link_cost = MAX_LINK_METRIC if is_avoided else cost
            if self.is_point_to_point(name):
                yield cost, (name,)
                for peer in peers:
                    yield link_cost, peer
            else:
                yield (link_cost if peers else cost), (name,)

    def dijkstra(self, root, area, own):
        """Distances inside an area: of routers, and of networks as (name,). One router's links cost
        what they do for itself."""
        distances = {}
        heap = [(0, _rank(root), root)]
        while heap:
            distance, _, vertex = heapq.heappop(heap)
            if vertex in distances:
                continue
            distances[vertex] = distance
            if isinstance(vertex, str):
                for step, other in self.steps(vertex, area, vertex == own):
                    heapq.heappush(heap, (distance + step, _rank(other), other))
            elif not self.is_point_to_point(vertex[0]):
                for member in self.live[vertex[0]]:
                    if self.is_live_router(member["node"]):
                        heapq.heappush(heap, (distance, _rank(member["node"]), member["node"]))
        return distances

    # ---- Routes ----

    def find_targets(self):
        """{prefix: [(area, vertex, cost beyond it)]}."""
        targets = {}
        for name, members in self.live.items():
            network = self.case["networks"][name]
            if any(self.is_live_router(m["node"]) for m in members) and not network.get("unnumbered"):
                targets.setdefault(hc.prefix(network), []).append((network["area"], (name,), 0))
        for node in self.ospf:
            for _, _, text in self.loopbacks(node):
                targets.setdefault(text, []).append((self.home[node], node, 0))
        if self.stubs:
            targets[DEFAULT] = []  # only border routers tell it
        return targets

    def borders(self):
        return [n for n in self.ospf if len(self.areas[n]) > 1]

    def reach(self, node, way, distances=None):
        """The cost of a way from a node, None if it does not lead there."""
        area, vertex, more = way
        if area not in self.areas[node] and vertex != node:
            return None
        distance = (distances or self.distances)[(area, node)].get(vertex)
        return None if distance is None else distance + more

    def inside(self, node, text):
        """The ways to a prefix inside one of the node's areas, with their least cost."""
        ways = [(self.reach(node, way), way) for way in self.targets.get(text, [])]
        return _least(ways)

    def summarize(self, border):
        """What a border router tells each of its areas of routes inside the others."""
        for text in self.targets:
            cost, ways = self.inside(border, text)
            if cost is None:
                continue
            for area in self.areas[border]:
                if any(way[0] != area for way in ways):
                    self.summaries.setdefault((area, text), []).append((border, cost))

    def ways(self, node, text):
        """The least cost of a prefix from a node and the ways that have it (RFC 2328 §16.1, 16.2)."""
        cost, ways = self.inside(node, text)
        if cost is not None:
            return cost, ways
        areas = self.areas[node]
        found = []
        for area in [BACKBONE] if len(areas) > 1 else areas:
            if area in areas:
                for border, more in self.told(area, text):
                    if border != node:
                        way = (area, border, more)
                        found.append((self.reach(node, way), way))
        return _least(found)

    def told(self, area, text):
        """Summaries of a prefix in an area: of routes inside others, and outside the backbone of
        those that border routers learned from it."""
        if area in self.stubs and text == DEFAULT:
            return [(border, STUB_DEFAULT_COST) for border in self.borders() if area in self.areas[border]]
        if self.stubs.get(area) == "no-summary":
            return []
        own = list(self.summaries.get((area, text), []))
        if area == BACKBONE:
            return own
        for border in self.borders():
            if area in self.areas[border] and self.inside(border, text)[0] is None:
                cost, _ = self.ways(border, text)
                if cost is not None:
                    own.append((border, cost))
        return own

    def routes(self, node):
        """{prefix: (metric, {(next hop, interface)})}, connected ones with the next hop ''."""
        if node not in self.tables:
            self.tables[node] = self.find_routes(node)
        return self.tables[node]

    def find_routes(self, node):
        table = {}
        for name, _, text in self.loopbacks(node):
            table.setdefault(text, (0, set()))[1].add(("", name))
        for name, members in self.live.items():
            for member in members:
                if member["node"] == node and not self.case["networks"][name].get("unnumbered"):
                    text = hc.prefix(self.case["networks"][name])
                    table[text] = (self.cost(member, name), {("", member["iface"])})
        for text in self.targets:
            if text not in table:
                cost, ways = self.ways(node, text)
                if cost is not None:
                    table[text] = (cost, self.hops(node, cost, ways))
        for text in self.externals:
            metric, exits = self.exits(node, text)
            if exits:
                table[text] = (metric, set().union(*(self.hops(node, *path) for path in exits)))
        return table

    # ---- Routes from outside (RFC 2328 §16.4) ----

    def open_areas(self, node):
        """The areas of a router that know of the outside."""
        return [area for area in self.areas[node] if area not in self.stubs]

    def inside_to_boundary(self, node, boundary):
        """(cost, ways) of an AS boundary router by one of the node's areas, as §16.4.1 prefers with RFC1583Compatibility."""
        inside = []
        for area in self.open_areas(boundary):
            way = (area, boundary, 0)
            cost = self.reach(node, way) if area in self.areas[node] else None
            if cost is not None:
                inside.append((cost, -to_number(area), way))
        if not inside:
            return None, []
        cost, _, way = min(inside)
        return cost, [way]

    def way_to_boundary(self, node, boundary):
        """(cost, ways) of an AS boundary router."""
        cost, ways = self.inside_to_boundary(node, boundary)
        if cost is not None:
            return cost, ways
        areas = self.areas[node]
        found = []
        for area in [BACKBONE] if len(areas) > 1 else areas:
            for border, more in self.told_of_boundary(area, boundary) if area in areas else []:
                if border != node:
                    way = (area, border, more)
                    found.append((self.reach(node, way), way))
        return _least(found)

    def told_of_boundary(self, area, boundary):
        """Summaries of an AS boundary router in an area; in the backbone of ways inside areas alone."""
        told = []
        for border in self.borders() if area not in self.stubs else []:
            if area not in self.areas[border] or border == boundary:
                continue
            find = self.inside_to_boundary if area == BACKBONE else self.way_to_boundary
            cost, ways = find(border, boundary)
            if cost is not None and ways[0][0] != area:
                told.append((border, cost))
        return told

    def exits(self, node, text):
        """(metric, [(cost, ways)]) of the AS boundary routers that a router takes to a prefix."""
        found = []
        for boundary, (kind, metric) in self.externals[text].items():
            if boundary == node or not self.is_live_router(boundary) or not self.open_areas(node):
                continue
            cost, ways = self.way_to_boundary(node, boundary)
            if cost is not None:
                rank = (1, 0, cost + metric) if kind == 1 else (2, metric, cost)
                found.append((rank, cost + metric if kind == 1 else metric, (cost, ways)))
        if not found:
            return None, []
        best = min(rank for rank, _, _ in found)
        chosen = [(metric, path) for rank, metric, path in found if rank == best]
        return chosen[0][0], [path for _, path in chosen]

    def hops(self, node, cost, ways):
        hops = set()
        for way in ways:
            for name, members in self.live.items():
                own = next((m for m in members if m["node"] == node), None)
                if own is None or self.case["networks"][name]["area"] != way[0]:
                    continue
                for member in members:
                    if member["node"] == node or not self.is_live_router(member["node"]):
                        continue
                    rest = self.reach(member["node"], way, self.told_distances)
                    if rest is not None and self.cost(own, name) + rest == cost:
                        network = self.case["networks"][name]
                        hops.add((hc.address(network, member), own["iface"]))
        return hops

    def has_route(self, node, text):
        own = {p for _, _, p in self.loopbacks(node)}
        if text in own or self.ways(node, text)[0] is not None:
            return True
        cost, borders = self.ways(node, DEFAULT)
        return cost is not None and all(self.has_route(border, text) for _, border, _ in borders)

    def is_well_routed(self, routers):
        """Whether each of these routers has a way to every network of the others: a backbone in
        pieces leaves routers that are linked without (RFC 2328 §3: virtual links are not there)."""
        key = frozenset(routers)
        if key not in self.well_routed:
            self.well_routed[key] = self.find_well_routed(key)
        return self.well_routed[key]

    def find_well_routed(self, routers):
        return all(self.has_route(node, text) for node in routers for text in self.texts_of(routers))

    def texts_of(self, routers):
        """The prefixes of these routers' loopbacks and networks."""
        texts = set()
        for text, ways in self.targets.items():
            for _, vertex, _ in ways:
                nodes = [m["node"] for m in self.live[vertex[0]]] if isinstance(vertex, tuple) else [vertex]
                if any(n in routers for n in nodes):
                    texts.add(text)
        return texts

    def is_self_contained(self, routers):
        """Whether the ways between these routers, a zone's, stay among them. What leaves the zone meets
        routers that have other RPs, and Bootstrap messages do not come along such a way."""
        key = frozenset(routers)
        if key not in self.self_contained:
            between = {hc.prefix(self.case["networks"][name]) for _, name in self.bsr_borders}
            texts = self.texts_of(key) - between if self.bsr_borders else ()
            self.self_contained[key] = all(self.stays(node, text, key) for node in key for text in texts)
        return self.self_contained[key]

    def stays(self, node, text, zone):
        """Whether the next hops to a prefix are in the zone."""
        table = self.routes(node)
        for hop, interface in table.get(text, table.get(DEFAULT, (0, set())))[1]:
            name = self.network_at(node, interface) if hop else None
            for member in self.live[name] if name else []:
                other = member["node"]
                is_next = hc.address(self.case["networks"][name], member) == hop
                if is_next and (other not in zone or self.bsr_borders & {(node, name), (other, name)}):
                    return False
        return True

    # ---- RPs ----

    def parts(self):
        """The routers of each part of the network that Bootstrap messages stay in."""
        parts = {}
        for node, start in self.zone.items():
            parts.setdefault(start, []).append(node)
        return list(parts.values())

    def bootstrap(self, part):
        """((priority, address) of the BSR, or None; {(RP, range, priority)}) of a part."""
        candidates = []
        rps = set()
        for node in part:
            keys = self.case["nodes"][node].get("keys", {})
            own = {name: text for name, text, _ in self.loopbacks(node)}
            if keys.get("candidateBsr") in own:
                priority = keys.get("candidateBsrPriority", DEFAULT_BSR_PRIORITY)
                candidates.append((priority, to_number(own[keys["candidateBsr"]])))
            if keys.get("candidateRp") in own:
                rps.add((own[keys["candidateRp"]], keys["candidateRpGroups"], keys["candidateRpPriority"]))
        if not candidates:
            return None, set()
        return max(candidates), rps

    def rp_of(self, part, group):
        """The RP that the routers of a part take for a group (RFC 7761 §4.7.1), or None."""
        rps = set()
        if self.case["mode"] == "bsr":
            rps = self.bootstrap(part)[1]
        elif self.case["mode"] != "none":
            rps = {(rp, text, 0) for rp, text in self.case["static"]}
        rps = {r for r in rps if ipaddress.ip_address(group) in ipaddress.ip_network(r[1])}
        if not rps:
            return None
        longest = max(ipaddress.ip_network(r[1]).prefixlen for r in rps)
        rps = {r for r in rps if ipaddress.ip_network(r[1]).prefixlen == longest}
        least = min(r[2] for r in rps)
        return max((r[0] for r in rps if r[2] == least), key=lambda a: (rp_hash(group, a), to_number(a)))

    def has_rp(self, part, group):
        """Whether the routers of a part can reach the RP that they take."""
        rp = self.rp_of(part, group)
        if rp is None:
            return False
        if self.case["mode"] == "phantom":
            holders = [n for n in part for _, _, p in self.loopbacks(n) if _contains(p, rp)]
            # A totally stubby area sees its own prefix of the RP address, and none that is longer elsewhere.
            seen = [[p for p in self.routes(n) if p != DEFAULT and _contains(p, rp)] for n in part]
            lengths = {max(int(p.split("/")[1]) for p in prefixes) for prefixes in seen if prefixes}
            holders = holders if len(lengths) == 1 else []
        else:
            holders = [n for n in part for _, a, _ in self.loopbacks(n) if a == rp]
        return bool(holders)

    def network_at(self, node, interface):
        for name in hc.networks_of(self.case, node):
            if hc.member_of(self.case, node, name)["iface"] == interface:
                return name
        return None

    # ---- Members ----

    def lan_of(self, host):
        """The LAN of a host, or None if its interface is down."""
        name = hc.networks_of(self.case, host)[0]
        return name if any(m["node"] == host for m in self.live[name]) else None

    def routers_on(self, name):
        return [m["node"] for m in self.live[name] if self.kind(m["node"]) == "router"]

    def listeners(self, group, source=None):
        """Hosts with a membership of the group, that covers the source if one is given."""
        found = []
        for (host, own), sources in self.members.items():
            if own == group and (source is None or sources is None or source in sources):
                found.append(host)
        return found


def _least(pairs):
    costs = [cost for cost, _ in pairs if cost is not None]
    if not costs:
        return None, []
    least = min(costs)
    return least, [way for cost, way in pairs if cost == least]


def _rank(vertex):
    """An order of vertices at the same distance: any would do."""
    return (1, vertex) if isinstance(vertex, str) else (0, vertex[0])


def _contains(text, address):
    return ipaddress.ip_address(address) in ipaddress.ip_network(text)


def rp_hash(group, rp):
    """RFC 7761 §4.7.2."""
    masked = to_number(group) & HASH_MASK
    inner = ((1103515245 * masked + 12345) & 0x7FFFFFFF) ^ to_number(rp)
    return (1103515245 * inner + 12345) & 0x7FFFFFFF
