// SPDX-License-Identifier: GPL-2.0-only
// RFC 7761 §4.9.5: Join/Prune messages are put together here, one bundle per upstream neighbour,
// and split at the MTU by §4.9.5.2: a Join(*,G) and its Prunes(S,G,rpt) never part.
#ifndef VXLAN_MULTICAST_PIM_JOIN_PRUNE_MESSAGE_H
#define VXLAN_MULTICAST_PIM_JOIN_PRUNE_MESSAGE_H

#include "ns3/pim-environment.h"
#include "ns3/pim-hello.h"
#include "ns3/pim-message.h"

#include <functional>
#include <tuple>
#include <utility>
#include <vector>

namespace ns3
{

/** Collects joins and prunes during one drain of the dirty queue, then sends them together. */
class PimJoinPruneQueue
{
  public:
    /** What a source list entry is about. */
    enum class Kind : uint8_t
    {
        STAR_G,               //!< (*,G): the address is the RP's
        BIDIRECTIONAL_STAR_G, //!< the same of a bidirectional group, which the B bit says
        SG,                   //!< (S,G)
        SG_RPT                //!< (S,G,rpt)
    };

    /** To whom a bundle goes. */
    struct Destination
    {
        uint32_t interface;
        StoredIpv4Address neighbor;

        friend bool operator<(const Destination& a, const Destination& b)
        {
            return std::make_pair(a.interface, a.neighbor.Get()) <
                   std::make_pair(b.interface, b.neighbor.Get());
        }
    };

    /** \returns the sources whose Prune(S,G,rpt) a Join(*,G) must carry (§4.5.6), ascending. */
    using PeriodicPrunes = std::function<std::vector<Ipv4Address>(Ipv4Address group)>;

    PimJoinPruneQueue(PimEnvironment& environment,
                      PimHelloMachine& hellos,
                      PeriodicPrunes periodicPrunes);

    /** \param holdtime seconds, of all messages to come */
    void SetHoldtime(uint16_t holdtime);

    /**
     * Adds a source list entry; of several for one (kind, address, group) the last one counts.
     * Without a neighbour nothing is added.
     */
    void Add(bool join,
             Kind kind,
             Destination destination,
             StoredIpv4Address group,
             StoredIpv4Address address);
    /** Sends all that was added. */
    void Flush();

  private:
    /** What Add was given. */
    struct Entry
    {
        uint64_t destination; //!< the interface in the upper half
        uint32_t group;
        uint32_t address;
        Kind kind;
        bool join;

        /** \returns the place in a group set: (*,G) first, (S,G) last. */
        uint32_t GetRank() const
        {
            return kind == Kind::SG ? 2 : kind == Kind::SG_RPT ? 1 : 0;
        }

        friend bool operator<(const Entry& a, const Entry& b)
        {
            return std::make_tuple(a.destination, a.group, a.GetRank(), a.address) <
                   std::make_tuple(b.destination, b.group, b.GetRank(), b.address);
        }
    };

    using Entries = std::vector<Entry>;

    class Packer;

    static void Sort(Entries& entries);
    void SendTo(uint64_t destination, Entries::const_iterator first, Entries::const_iterator last);
    void Pack(Packer& packer, Entries::const_iterator first, Entries::const_iterator last) const;

    PimEnvironment& m_environment;
    PimHelloMachine& m_hellos;
    PeriodicPrunes m_periodicPrunes;
    uint16_t m_holdtime{210};
    Entries m_pending; //!< as they came: in order, when timers ring for one neighbour
};

} // namespace ns3

#endif
