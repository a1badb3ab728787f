// SPDX-License-Identifier: GPL-2.0-only
// What may be configured of a PIM router: the constants of RFC 7761 §4.11, RFC 5059 §5 and RFC 5015
// §3.6, one struct for each part of the protocol, and the policies that the RFCs leave open.
#ifndef VXLAN_MULTICAST_PIM_CONFIG_H
#define VXLAN_MULTICAST_PIM_CONFIG_H

#include "ns3/ipv4-prefix.h"
#include "ns3/multicast-forwarding-cache.h"
#include "ns3/pim-access.h"
#include "ns3/pim-anycast-rp.h"
#include "ns3/pim-bootstrap-zone.h"
#include "ns3/pim-df-election.h"
#include "ns3/pim-hello-config.h"
#include "ns3/pim-rp-set.h"
#include "ns3/pim-spt-policy.h"
#include "ns3/pim-timer-values.h"
#include "ns3/rpf-tie.h"

#include <cstdint>
#include <vector>

namespace ns3
{

/** The limits of the forwarding cache. */
struct PimForwardingConfig
{
    uint32_t capacity{0};       //!< entries that it holds; 0: no limit
    uint32_t starGCapacity{0};  //!< of them (*,G); 0: no limit
    uint32_t sourceCapacity{0}; //!< of them (S,G); 0: no limit
    MulticastOverflowPolicy policy{MulticastOverflowPolicy::REFUSE};
    double puntRate{70}; //!< packets per second of the slow path, policy PUNT
};

/** The configuration of a PIM router. The machines read it whenever they need it. */
struct PimConfig
{
    PimHelloConfig hello;
    PimTimerValues timers;
    PimBootstrapConfig bootstrap;
    PimDfConfig df;
    PimForwardingConfig forwarding;
    PimAccessConfig access;
    PimSptPolicy sptPolicy;                           //!< SwitchToSptDesired(S,G) at a last hop
    PimSptPolicy registerSwitchPolicy;                //!< the same at the RP
    Ipv4Prefix ssmRange{Ipv4Address("232.0.0.0"), 8}; //!< source-specific groups, §4.8
    RpfEcmp rpfEcmp{RpfEcmp::HIGHEST};                //!< the choice among equal-cost next hops
    uint32_t drPriority{1};                           //!< of interfaces that have none set
    uint32_t entryLimit{0}; //!< (*,G) and (S,G) entries that messages and data may make; 0: any
    uint8_t unicastTtl{64}; //!< of messages sent by the routing table
    std::vector<PimStaticRp> staticRps;
    std::vector<PimAnycastRp> anycastRps; //!< RFC 4610
};

} // namespace ns3

#endif
