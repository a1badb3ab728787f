// SPDX-License-Identifier: GPL-2.0-only
// RFC 7761 §4.3.2: the election of a link's Designated Router. The RFC has no figure of it: the
// events are those that its text names for another election, the states are I_am_DR(I).
#ifndef VXLAN_MULTICAST_PIM_DR_ELECTION_H
#define VXLAN_MULTICAST_PIM_DR_ELECTION_H

#include "ns3/pim-neighbor-table.h"

#include <cstdint>
#include <functional>
#include <optional>
#include <vector>

namespace ns3
{

/** A router of the link. */
struct PimDrCandidate
{
    Ipv4Address address;              //!< the primary one
    std::optional<uint32_t> priority; //!< of its DR Priority option; none: it sends no such option
};

/**
 * DR(I) with dr_is_better(a,b,I): the highest priority, then the highest address; the address alone
 * where any router of the link sends no priority.
 * \param candidates this router and its neighbours; at least one
 */
Ipv4Address ElectPimDr(const std::vector<PimDrCandidate>& candidates);

/** I_am_DR(I). */
enum class PimDrState : uint8_t
{
    NOT_DR,
    DR
};

template <>
struct EnumNames<PimDrState>
{
    static constexpr const char* NAMES[] = {"NotDR", "DR"};
};

/** What makes another election. */
enum class PimDrEvent : uint8_t
{
    INTERFACE_STARTS, //!< PIM runs on the interface from now on
    HELLO_RECEIVED,   //!< of a new neighbour, or perhaps with another priority
    NEIGHBOR_GONE,    //!< its liveness timer has expired, or it said goodbye
    OWN_CHANGE        //!< of this router's address or priority
};

template <>
struct EnumNames<PimDrEvent>
{
    static constexpr const char* NAMES[] = {"InterfaceStarts",
                                            "ReceiveHello",
                                            "NeighborGone",
                                            "OwnChange"};
};

/** Keeps DR(I) of the table. */
class PimDrElection
{
  public:
    /** All arguments outlive this. */
    PimDrElection(PimEnvironment& environment,
                  PimNeighborTable& table,
                  const PimHelloConfig& config);

    /** DR(I) has changed. May be empty. */
    std::function<void(uint32_t interface)> changed;

    /** \param interface one that PIM runs on */
    void HandleEvent(PimDrEvent event, uint32_t interface);
    /**
     * \returns who would be DR(I) if \p absent were not there: RFC 5059 §3.5 asks it of a router
     * that comes up.
     */
    Ipv4Address GetDrWithout(uint32_t interface, Ipv4Address absent) const;

  private:
    Ipv4Address Elect(const PimNeighborTable::Link& link, Ipv4Address absent) const;

    PimEnvironment& m_environment;
    PimNeighborTable& m_table;
    const PimHelloConfig& m_config;
};

} // namespace ns3

#endif
