# SPDX-License-Identifier: GPL-2.0-only
"""Whether the routers' (*,G) and (S,G) entries, 600 s after anything happened and with nobody sending,
are the trees that members, RPs and routes make (RFC 7761 §4.1.5, §4.5; RFC 5015 §3.4), and no more.

Where several routes cost the same a router may take any of them, so the trees are not worked out
beforehand: each entry's upstream neighbour has to lie on a shortest path, each upstream neighbour has to
forward to those that joined it, and whatever a router forwards to somebody has to have asked for.
"""

import history_case as hc
from history_ways import hops_to


class Tree:
    """The entries of one (*,G), source '*', or (S,G) in one part of the network."""

    def __init__(self, world, source, group, rows):
        self.world = world
        self.source = source
        self.group = group
        self.rows = rows  # by router
        self.faults = []
        self.joined = set()  # (upstream neighbour, network)

    @property
    def name(self):
        return "(%s,%s)" % (self.source, self.group)

    def fault(self, node, text):
        self.faults.append((node, "%s of %s %s" % (self.name, node, text)))

    def networks(self, row):
        """Those that an entry forwards to."""
        found = {self.world.network_at(row["node"], i) for i in row["outgoing_interfaces"].split()}
        return found - {None}

    def joined_networks(self, node):
        return {network for upstream, network in self.joined if upstream == node}

    def is_joined(self, row):
        return row["upstream_state"] == "Joined"

    def check_upstream(self, root):
        """The upstream neighbours; root is the RP's or the source's address."""
        for node, row in self.rows.items():
            if not self.is_joined(row) or not row["upstream_neighbor"]:
                continue
            interfaces = {interface for _, interface in self.route(node, root)}
            if row["upstream_interface"] not in interfaces:
                self.fault(node, "points at %s, not at %s" % (row["upstream_interface"], sorted(interfaces)))
                continue
            network = self.world.network_at(node, row["upstream_interface"])
            upstream = self.neighbor(network, row["upstream_neighbor"])
            if upstream is None:
                self.fault(node, "has no neighbour " + row["upstream_neighbor"])
            elif upstream not in self.rows:
                self.fault(upstream, "is missing, %s has joined it" % node)
            else:
                self.joined.add((upstream, network))
        self.check_circles()

    def route(self, node, address):
        return hops_to(self.world, node, address)

    def neighbor(self, network, address):
        for member in self.world.live[network] if network else []:
            if hc.address(self.world.case["networks"][network], member) == address:
                return member["node"]
        return None

    def check_circles(self):
        for start in self.rows:
            node = start
            for _ in range(len(self.rows) + 1):
                row = self.rows.get(node)
                if row is None or not row["upstream_neighbor"]:
                    break
                network = self.world.network_at(node, row["upstream_interface"])
                node = self.neighbor(network, row["upstream_neighbor"])
            else:
                self.fault(start, "leads round in a circle")
                return

    def check_joined(self, root, member_networks):
        """That each router that somebody asks has asked in turn, except where the root is connected."""
        for node, row in self.rows.items():
            asked = self.networks(row) & (self.joined_networks(node) | member_networks)
            is_root = any(not hop for hop, _ in self.route(node, root))
            if asked and not is_root and not (self.is_joined(row) and row["upstream_neighbor"]):
                self.fault(node, "is asked for on %s, and has not joined" % " ".join(sorted(asked)))

    def check_downstream(self, member_networks, optional, may_be_pruned=False):
        """That each router forwards to those that joined it and to members, and to nobody else.
        optional: {router: further networks that it may forward to}; may_be_pruned: just now, so that
        who asks no longer may be served yet."""
        takers = {network: [] for network in member_networks}
        for node, row in self.rows.items():
            own = self.networks(row)
            due = self.joined_networks(node)
            for network in sorted(due - own):
                self.fault(node, "does not forward to %s, from where it was joined" % network)
            extra = own - due - member_networks - optional.get(node, set())
            for network in () if may_be_pruned else sorted(extra):
                self.fault(node, "forwards to %s, where nobody asks for it" % network)
            for network in own & member_networks:
                takers[network].append(node)
        for network, nodes in takers.items():
            self.check_member_network(network, nodes, optional)

    def check_member_network(self, network, nodes, optional):
        """One router forwards to members: the DR, or the DF; others only where they were joined, by the
        shared tree perhaps."""
        if not nodes:
            self.fault(self.world.routers_on(network)[0], "has members on %s, and no router there has them" % network)
            return
        alone = [n for n in nodes if (n, network) not in self.joined and network not in optional.get(n, ())]
        if len(alone) > 1:
            self.fault(nodes[0], "forwards to members on %s, as do others: %s" % (network, " ".join(nodes)))


class TreeCheck:
    """All trees of a run."""

    def __init__(self, world, rows):
        self.world = world
        self.entries = {}  # (kind, source, group): {router: row}
        for row in rows:
            if world.kind(row["node"]) == "router":
                key = (row["kind"], row["source"], row["group"])
                self.entries.setdefault(key, {})[row["node"]] = row

    def faults(self):
        """(router, text) of each."""
        world = self.world
        groups = sorted({group for _, group in world.members})
        found = self.find_strays(groups)
        for zone in world.parts():
            if world.is_well_routed(zone) and world.is_self_contained(zone):
                for group in groups:
                    found += self.check_shared(zone, group)
        # Towards a source routers join across zones, too.
        for start in sorted(set(world.component.values())):
            part = [router for router, own in world.component.items() if own == start]
            if world.is_well_routed(part):
                for group in groups:
                    for source in sorted(self.sources(group)):
                        found += self.check_source(part, source, group)
        return found

    def find_strays(self, groups):
        """Entries of groups without members, and of sources that nobody names and that no longer send."""
        found = []
        for (kind, source, group), rows in sorted(self.entries.items()):
            is_wanted = kind != "S,G" or source in self.sources(group)
            for node in () if group in groups and is_wanted else sorted(rows):
                found.append((node, "(%s,%s) of %s is left, nobody asks for it" % (source, group, node)))
        return found

    def tree(self, part, kind, source, group):
        entries = self.entries.get((kind, source, group), {})
        return Tree(self.world, source, group, {n: row for n, row in entries.items() if n in part})

    def sources(self, group):
        named = set()
        for (_, own), sources in self.world.members.items():
            named |= set(sources or ()) if own == group else set()
        return named

    def member_networks(self, part, hosts):
        lans = {self.world.lan_of(host) for host in hosts} - {None}
        return {lan for lan in lans if set(self.world.routers_on(lan)) & set(part)}

    def any_source_networks(self, part, group):
        hosts = [h for (h, own), sources in self.world.members.items() if own == group and sources is None]
        return self.member_networks(part, hosts)

    def check_shared(self, zone, group):
        if self.world.case["mode"] == "none" or not self.world.has_rp(zone, group):
            return []
        tree = self.tree(zone, "*,G", "*", group)
        tree.check_upstream(self.world.rp_of(zone, group))
        networks = self.any_source_networks(zone, group)
        tree.check_joined(self.world.rp_of(zone, group), networks)
        tree.check_downstream(networks, {})
        return tree.faults

    def check_source(self, part, source, group):
        hosts = [h for h in hc.hosts(self.world.case) if hc.host_address(self.world.case, h) == source]
        lan = self.world.lan_of(hosts[0]) if hosts else None
        if lan is None or not set(self.world.routers_on(lan)) & set(part):
            return []
        tree = self.tree(part, "S,G", source, group)
        shared = self.tree(part, "*,G", "*", group)
        named = self.world.listeners(group, source)
        named = [h for h in named if self.world.members[(h, group)] is not None]
        tree.check_upstream(source)
        networks = self.member_networks(part, named)
        # Whoever asks for any source takes the named ones off the querier's list (RFC 3376 §6.4.1), and
        # who names them puts them there again, so a Prune(S,G) may be pending just now.
        unsure = networks & self.any_source_networks(part, group)
        tree.check_joined(source, networks - unsure)
        inherited = {node: shared.networks(row) for node, row in shared.rows.items()}
        tree.check_downstream(networks - unsure, inherited, may_be_pruned=bool(unsure))
        return tree.faults
