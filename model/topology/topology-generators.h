// SPDX-License-Identifier: GPL-2.0-only
// Topologies made from a spec `name:key=value,…`:
//   rec-lab                                   the R/E/C lab, as topologies/rec-lab.graphml
//   leaf-spine:spines=,leaves=,hosts=         every spine is candidate BSR and RP
//   clos:pods=,leaves=,hosts=,spines=,cores=  leaves per pod, hosts per leaf, spines per pod; every
//                                             spine to every core; every core is a candidate
//   fat-tree:k=                               k pods of k/2 edge and k/2 aggregation switches; the
//                                             i-th aggregation switch of each pod to the i-th k/2
//                                             cores; k/2 VTEPs per edge switch; cores are candidates
//   chain:n=, ring:n=, star:n=, grid:rows=,columns=, random:n=,degree=,seed=
//                                             n routers in all (a star's router0 is its hub), a VTEP
//                                             on each router at the edge: the ends of a chain, the
//                                             points of a star, the border of a grid, every router of
//                                             a ring or random graph; the most central router is
//                                             candidate BSR and RP. A random graph is a random tree
//                                             and random further links up to the mean degree.
// Every link is point-to-point. hosts=0 leaves the VTEPs out.
//
// leaf-spine and clos take three words more, with which every router has a loopback `lo`:
//   vteps=host|leaf                    leaf: VTEPs are on the leaves' loopbacks, and a leaf's hosts
//                                      are tenants on its ports
//   links=numbered|unnumbered          between routers; unnumbered ones borrow the address of `lo`
//   rp=hashed|anycast|phantom          anycast: one address on all of them, by RFC 4610; phantom:
//                                      an address on none, for bidirectional groups, in prefixes
//                                      of their loopbacks `lo1` of which the first is the longest
#ifndef VXLAN_MULTICAST_TOPOLOGY_GENERATORS_H
#define VXLAN_MULTICAST_TOPOLOGY_GENERATORS_H

#include "ns3/topology-graph.h"

#include <string>

namespace ns3
{

/** \returns whether \p spec begins with the name of a generator. */
bool IsGeneratorSpec(const std::string& spec);

/**
 * \returns the topology of \p spec, neither checked nor numbered beyond what the spec fixes
 * \throws TopologyError with `SPEC:1: …`
 */
TopologyGraph GenerateTopology(const std::string& spec);

} // namespace ns3

#endif
