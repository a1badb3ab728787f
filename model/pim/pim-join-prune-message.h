// SPDX-License-Identifier: GPL-2.0-only
// RFC 7761 §4.9.5: Join/Prune messages are put together here, one bundle per upstream neighbour,
// and split at the MTU by §4.9.5.2: a Join(*,G) and its Prunes(S,G,rpt) never part.
#ifndef VXLAN_MULTICAST_PIM_JOIN_PRUNE_MESSAGE_H
#define VXLAN_MULTICAST_PIM_JOIN_PRUNE_MESSAGE_H

#include "ns3/pim-environment.h"
#include "ns3/pim-hello.h"
#include "ns3/pim-message.h"

#include <functional>
#include <map>
#include <optional>
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
        Ipv4Address neighbor;

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
    void Add(bool join, Kind kind, Destination destination, Ipv4Address group, Ipv4Address address);
    /** Sends all that was added. */
    void Flush();

  private:
    /** The entries for one group; true is a join. */
    struct Bundle
    {
        bool bidirectional{false};
        std::map<uint32_t, bool> starG;
        std::map<uint32_t, bool> sg;
        std::map<uint32_t, bool> sgRpt;
    };

    using Bundles = std::map<uint32_t, Bundle>;

    class Packer;

    void Pack(Packer& packer, Ipv4Address group, Bundle& bundle) const;

    PimEnvironment& m_environment;
    PimHelloMachine& m_hellos;
    PeriodicPrunes m_periodicPrunes;
    uint16_t m_holdtime{210};
    std::map<Destination, Bundles> m_pending;
};

} // namespace ns3

#endif
