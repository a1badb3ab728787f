// SPDX-License-Identifier: GPL-2.0-only
// RFC 7761 §4.9.5.1 (which entries may share a group set), §4.9.5.2 (splitting).
#include "ns3/pim-join-prune-message.h"

#include <algorithm>

namespace ns3
{

/** Fills messages of at most \c m_capacity bytes, and sends each when it is full. */
class PimJoinPruneQueue::Packer
{
  public:
    Packer(PimEnvironment& environment, Destination destination, uint16_t holdtime)
        : m_environment(environment),
          m_destination(destination)
    {
        constexpr uint32_t ipHeader = 20;
        const PimInterface* interface = environment.FindInterface(destination.interface);
        m_capacity = std::max(interface->mtu, MINIMUM) - ipHeader;
        m_message.upstreamNeighbor = destination.neighbor;
        m_message.holdtime = holdtime;
    }

    /** \returns how many entries a group set may have in a message of its own. */
    std::size_t GetLargestSet() const
    {
        return (m_capacity - PimJoinPrune::HEADER_SIZE - PimJoinPruneGroup::HEADER_SIZE) /
               PimEncodedSource::SIZE;
    }

    /** Opens a group set with room for \p entries that must stay together. */
    void Open(const PimEncodedGroup& group, std::size_t entries)
    {
        const uint32_t size = PimJoinPruneGroup::HEADER_SIZE + PimEncodedSource::SIZE * entries;
        if (m_size + size > m_capacity || m_message.groups.size() == PimJoinPrune::MAX_GROUPS)
        {
            Send();
        }
        PimJoinPruneGroup set;
        set.group = group;
        m_message.groups.push_back(set);
        m_size += PimJoinPruneGroup::HEADER_SIZE;
    }

    /** Adds to the open set; opens it again in the next message when this one is full. */
    void Add(bool join, const PimEncodedSource& source)
    {
        if (m_size + PimEncodedSource::SIZE > m_capacity)
        {
            const PimEncodedGroup group = m_message.groups.back().group;
            Send();
            Open(group, 1);
        }
        PimJoinPruneGroup& set = m_message.groups.back();
        (join ? set.joins : set.prunes).push_back(source);
        m_size += PimEncodedSource::SIZE;
    }

    void Send()
    {
        if (!m_message.groups.empty())
        {
            m_environment.Send(m_message, m_destination.interface);
            m_message.groups.clear();
            m_size = PimJoinPrune::HEADER_SIZE;
        }
    }

  private:
    /** The least MTU of IPv4 (RFC 791), so that any entry fits a message. */
    static constexpr uint32_t MINIMUM = 68;

    PimEnvironment& m_environment;
    Destination m_destination;
    PimJoinPrune m_message;
    uint32_t m_capacity{0};
    uint32_t m_size{PimJoinPrune::HEADER_SIZE};
};

PimJoinPruneQueue::PimJoinPruneQueue(PimEnvironment& environment,
                                     PimHelloMachine& hellos,
                                     PeriodicPrunes periodicPrunes)
    : m_environment(environment),
      m_hellos(hellos),
      m_periodicPrunes(std::move(periodicPrunes))
{
}

void
PimJoinPruneQueue::SetHoldtime(uint16_t holdtime)
{
    m_holdtime = holdtime;
}

void
PimJoinPruneQueue::Add(bool join,
                       Kind kind,
                       Destination destination,
                       Ipv4Address group,
                       Ipv4Address address)
{
    if (destination.neighbor == Ipv4Address::GetAny())
    {
        return;
    }
    Bundle& bundle = m_pending[destination][group.Get()];
    switch (kind)
    {
    case Kind::BIDIRECTIONAL_STAR_G:
        bundle.bidirectional = true;
        [[fallthrough]];
    case Kind::STAR_G:
        bundle.starG[address.Get()] = join;
        break;
    case Kind::SG:
        bundle.sg[address.Get()] = join;
        break;
    case Kind::SG_RPT:
        bundle.sgRpt[address.Get()] = join;
        break;
    }
}

void
PimJoinPruneQueue::Pack(Packer& packer, Ipv4Address group, Bundle& bundle) const
{
    const bool joinsStarG = std::any_of(
        bundle.starG.begin(), bundle.starG.end(), [](auto& entry) { return entry.second; });
    if (joinsStarG)
    {
        // The Join(*,G) takes back whatever (S,G,rpt) it does not prune again.
        bundle.sgRpt.clear();
        const std::size_t room = packer.GetLargestSet() - bundle.starG.size();
        for (Ipv4Address source : m_periodicPrunes(group))
        {
            if (bundle.sgRpt.size() < room)
            {
                bundle.sgRpt[source.Get()] = false;
            }
        }
    }
    PimEncodedGroup encoded;
    encoded.address = group;
    encoded.bidirectional = bundle.bidirectional;
    packer.Open(encoded, joinsStarG ? bundle.starG.size() + bundle.sgRpt.size() : 1);
    for (const auto& [address, join] : bundle.starG)
    {
        packer.Add(join, {Ipv4Address(address), 32, true, true, true});
    }
    for (const auto& [address, join] : bundle.sgRpt)
    {
        packer.Add(join, {Ipv4Address(address), 32, true, false, true});
    }
    for (const auto& [address, join] : bundle.sg)
    {
        packer.Add(join, {Ipv4Address(address), 32, true, false, false});
    }
}

void
PimJoinPruneQueue::Flush()
{
    std::map<Destination, Bundles> pending;
    pending.swap(m_pending);
    for (auto& [destination, bundles] : pending)
    {
        const PimInterface* interface = m_environment.FindInterface(destination.interface);
        if (interface == nullptr || !interface->IsActive())
        {
            continue;
        }
        m_hellos.EnsureHelloSent(destination.interface);
        Packer packer(m_environment, destination, m_holdtime);
        for (auto& [group, bundle] : bundles)
        {
            Pack(packer, Ipv4Address(group), bundle);
        }
        packer.Send();
    }
}

} // namespace ns3
