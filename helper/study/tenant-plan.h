// SPDX-License-Identifier: GPL-2.0-only
// What the tenants of a study do, one after another: boot, ping four others of their VNI, move. The
// same for packets and graph model, and without chance.
#ifndef VXLAN_MULTICAST_TENANT_PLAN_H
#define VXLAN_MULTICAST_TENANT_PLAN_H

#include "ns3/control-plane.h"
#include "ns3/model-network.h"
#include "ns3/study-vteps.h"

#include <cstddef>
#include <cstdint>
#include <vector>

namespace ns3
{

/** The steps in their order. VTEPs are node numbers of the topology. */
struct TenantPlan
{
    /** A tenant boots. */
    struct Tenant
    {
        std::size_t segment{0};
        std::size_t vtep{0};
        uint32_t number{0}; //!< within its VNI, from 0
    };

    /** One pings another, by their places in `tenants`. */
    struct Talk
    {
        std::size_t from{0};
        std::size_t to{0};
    };

    /** A tenant moves. */
    struct Move
    {
        std::size_t tenant{0};
        std::size_t vtep{0};
    };

    std::vector<Tenant> tenants;
    std::vector<Talk> talks;
    std::vector<Move> moves;
    std::vector<Talk> afterMoves; //!< those who talked to a tenant that has moved do so again
};

/**
 * \param vms tenants per VNI; tenant k is behind its VNI's member k modulo their number, and pings
 * k + 1 to k + 4. The first one of each VNI that has several members moves to the second member.
 */
TenantPlan MakeTenantPlan(const std::vector<StudySegment>& segments, uint32_t vms);

/** What is counted, in packets and by the model. */
struct TenantCounts
{
    uint64_t arpFlooded{0};   //!< ARP requests that VTEPs sent into tunnels, each once
    uint64_t bootMessages{0}; //!< control messages while tenants boot, each at its sender
    uint64_t talkMessages{0}; //!< while they talk
    uint64_t moveMessages{0}; //!< while some move, and are talked to again
    uint64_t mostEntries{0};  //!< of the tables that a VTEP forwards by
    uint64_t serverEntries{0};
    uint64_t moves{0};

    uint64_t GetMessages() const
    {
        return bootMessages + talkMessages + moveMessages;
    }
};

/** \returns what the graph model says of \p plan. */
TenantCounts PredictTenants(const TenantPlan& plan,
                            const std::vector<StudySegment>& segments,
                            const ModelNetwork& network,
                            ControlPlane plane);

/**
 * \returns the router that is nearest to all VTEPs together and is none itself, as a node: there the
 * plane's server is
 * \throws std::invalid_argument if each router is a VTEP
 */
std::size_t FindServerNode(const ModelNetwork& network);

} // namespace ns3

#endif
