// SPDX-License-Identifier: GPL-2.0-only
// RFC 7761 §4.3: what is known of the neighbours, and what follows from it: the LAN Prune Delay of
// §4.3.3, owners of addresses (§4.3.4). PimHelloMachine fills it, PimDrElection keeps DR(I) in it.
#ifndef VXLAN_MULTICAST_PIM_NEIGHBOR_TABLE_H
#define VXLAN_MULTICAST_PIM_NEIGHBOR_TABLE_H

#include "ns3/pim-environment.h"
#include "ns3/pim-hello-config.h"
#include "ns3/pim-message.h"
#include "ns3/pim-words.h"

#include <cstdint>
#include <map>
#include <optional>
#include <vector>

namespace ns3
{

/** A PIM neighbour, as its last Hello described it. */
struct PimNeighbor
{
    Ipv4Address address{Ipv4Address::GetAny()}; //!< the primary address
    std::vector<Ipv4Address> secondary;
    uint16_t holdtime{0}; //!< seconds; 0xffff: it never expires
    std::optional<PimLanPruneDelay> lanPruneDelay;
    std::optional<uint32_t> drPriority;
    std::optional<uint32_t> generationId;
    bool bidirectionalCapable{false};
    Time upSince;
};

/** Effective delays of an interface (§4.3.3). */
struct PimLanDelay
{
    Time propagation;
    Time overrideInterval;
    bool suppression;

    friend bool operator!=(const PimLanDelay& a, const PimLanDelay& b)
    {
        return a.propagation != b.propagation || a.overrideInterval != b.overrideInterval ||
               a.suppression != b.suppression;
    }
};

/** The neighbours on all interfaces of a router. */
class PimNeighborTable
{
  public:
    using NeighborMap = std::map<Ipv4Address, PimNeighbor>;

    /** An interface that PIM runs on. */
    struct Link
    {
        PimInterface seen; //!< the interface as Hellos last described it
        Time since{0};     //!< when it came up
        uint32_t generationId{0};
        Ipv4Address dr{Ipv4Address::GetAny()};
        bool wasDr{false};     //!< I_am_DR(I) by the last election
        NeighborMap neighbors; //!< by primary address
    };

    PimNeighborTable(PimEnvironment& environment, const PimHelloConfig& config);

    /** \returns the interface, or nullptr when PIM does not run on it. */
    Link* FindLink(uint32_t interface);
    const Link* FindLink(uint32_t interface) const;
    /** Adds the interface, in its present form. */
    Link& AddLink(const PimInterface& interface);
    /** \returns the interface, which was there and is not any longer. */
    Link TakeLink(uint32_t interface);
    /** An address that two neighbours claim belongs to the one that claimed it last (§4.3.4). */
    static void TakeAddresses(Link& link, const PimNeighbor& owner);

    /** \returns the neighbour that has \p address, primary or secondary, or nullptr. */
    const PimNeighbor* Find(uint32_t interface, Ipv4Address address) const;
    /** \returns the neighbours by primary address. */
    const NeighborMap& GetNeighbors(uint32_t interface) const;
    /** \returns how many neighbours the interface has. */
    std::size_t GetSize(uint32_t interface) const;

    /** \returns DR(I) by primary address; any when PIM does not run on the interface. */
    Ipv4Address GetDr(uint32_t interface) const;
    /** I_am_DR(I) */
    bool IAmDr(uint32_t interface) const;

    PimLanDelay GetLanDelay(uint32_t interface) const;
    /** Effective_Propagation_Delay(I) */
    Time GetEffectivePropagationDelay(uint32_t interface) const;
    /** Effective_Override_Interval(I) */
    Time GetEffectiveOverrideInterval(uint32_t interface) const;
    /** J/P_Override_Interval(I), the sum of the two. */
    Time GetJoinPruneOverrideInterval(uint32_t interface) const;
    /** t_override on the interface: random in [0, Effective_Override_Interval(I)). */
    Time GetTOverride(uint32_t interface) const;
    /** Suppression_Enabled(I) */
    bool IsSuppressionEnabled(uint32_t interface) const;
    /** \returns whether every neighbour on the interface does bidirectional PIM (RFC 5015 §3.7.4). */
    bool AreAllBidirectionalCapable(uint32_t interface) const;
    /**
     * \returns the time until Hellos must have been exchanged with the routers that were there when
     * the interface came up: this router's, and theirs that it triggers
     */
    Time GetTimeToMeet(uint32_t interface) const;
    /** \returns the Generation ID sent on the interface; 0 when PIM does not run there. */
    uint32_t GetGenerationId(uint32_t interface) const;

    /** Reports an event about \p address on an interface. */
    void Report(PimNotice notice, uint32_t interface, Ipv4Address address) const;

  private:
    PimEnvironment& m_environment;
    const PimHelloConfig& m_config;
    std::map<uint32_t, Link> m_links;
};

} // namespace ns3

#endif
