# SPDX-License-Identifier: GPL-2.0-only
"""The ways to RPs and sources that are left after a case's history, and where they meet: what is asked
to tell whether packets that come twice, or not at all for a while, are the RFC's doing.

A router may take any of several shortest paths, so all of them count.
"""

import ipaddress

import history_case as hc


def hops_to(world, node, address):
    """A router's next hops to an address, by the longest prefix: (address or "", interface)."""
    best, hops = -1, set()
    for text, (_, found) in world.routes(node).items():
        network = ipaddress.ip_network(text)
        if network.prefixlen > best and ipaddress.ip_address(address) in network:
            best, hops = network.prefixlen, found
    return hops


class Ways:
    """Of one world."""

    def __init__(self, world):
        self.world = world

    def networks(self, starts, address):
        """The networks that ways from some routers to an address cross."""
        queue = list(starts)
        seen = set(queue)
        networks = set()
        while queue:
            node = queue.pop()
            for hop, interface in hops_to(self.world, node, address):
                name = self.world.network_at(node, interface)
                if name is None:
                    continue  # a loopback
                networks.add(name)
                for member in self.world.live[name] if hop else []:
                    is_next = hc.address(self.world.case["networks"][name], member) == hop
                    if is_next and member["node"] not in seen:
                        seen.add(member["node"])
                        queue.append(member["node"])
        return networks

    def is_shared(self, name):
        """Whether a network has three routers or more: one may send, and two have different ways."""
        return len(self.world.routers_on(name)) > 2

    def rps(self, group):
        """(RP, its routers, all routers) of each part that has one."""
        for part in self.world.parts() if self.world.case["mode"] != "none" else []:
            rp = self.world.rp_of(part, group)
            holders = [n for n in part if rp in [own for _, own, _ in self.world.loopbacks(n)]]
            if holders:
                yield rp, holders, part

    def rp_lans(self, source, group):
        """The LANs of three routers or more on the ways from RPs to a source."""
        found = set()
        for _, holders, _ in self.rps(group):
            found |= self.networks(holders, source)
        return {name for name in found if self.is_shared(name)}

    def receiver_networks(self, hosts, group):
        """The networks on the ways of some hosts' routers to their RP."""
        lans = {self.world.lan_of(host) for host in hosts} - {None}
        routers = {router for lan in lans for router in self.world.routers_on(lan)}
        found = set()
        for rp, _, part in self.rps(group):
            found |= self.networks(routers & set(part), rp)
        return found

    def has_rp_on_the_way(self, source, group):
        return bool(self.rp_lans(source, group))

    def takes_turns(self, source, group):
        """Whether the RP alone joins a source, and does so by a LAN onto which its own tree forwards."""
        if self.world.case["trees"] != "rpt":
            return False
        lans = self.rp_lans(source, group)
        return bool(lans and lans & self.receiver_networks(self.world.listeners(group, source), group))

    def hangs_on_leaver(self, host, leaver, sender, group):
        """Whether a LAN where only the leaver listened is one of its source's first hop and on the host's
        way to the RP: the first hop served the LAN, and with it the host, for the leaver."""
        lan = self.world.lan_of(leaver) if leaver else None
        if lan is None or not self.is_shared(lan) or lan == self.world.lan_of(host):
            return False
        members = [h for h in self.world.listeners(group) if self.world.lan_of(h) == lan]
        first = set(self.world.routers_on(self.world.lan_of(sender)))
        is_first_hops = bool(first & set(self.world.routers_on(lan)))
        return members == [leaver] and is_first_hops and lan in self.receiver_networks([host], group)
