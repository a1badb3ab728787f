// SPDX-License-Identifier: GPL-2.0-only
// RFC 7761 §4.9.5.1 (which entries may share a group set), §4.9.5.2 (splitting).
#include "ns3/pim-join-prune-message.h"

#include <algorithm>
#include <utility>

namespace ns3
{

/** Fills messages of at most \c m_capacity bytes, and sends each when it is full. */
class PimJoinPruneQueue::Packer
{
  public:
    /** \param entries how many are to come at most */
    Packer(PimEnvironment& environment,
           Destination destination,
           uint16_t holdtime,
           std::size_t entries)
        : m_environment(environment),
          m_destination(destination)
    {
        constexpr uint32_t ipHeader = 20;
        const PimInterface* interface = environment.FindInterface(destination.interface);
        m_capacity = std::max(interface->mtu, MINIMUM) - ipHeader;
        constexpr uint32_t smallestSet = PimJoinPruneGroup::HEADER_SIZE + PimEncodedSource::SIZE;
        m_mostGroups = std::min<std::size_t>(entries, m_capacity / smallestSet);
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
        if (m_message.groups.empty())
        {
            m_message.groups.reserve(m_mostGroups);
        }
        m_message.groups.emplace_back().group = group;
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
            PimJoinPrune next;
            next.upstreamNeighbor = m_message.upstreamNeighbor;
            next.holdtime = m_message.holdtime;
            m_environment.Send(std::exchange(m_message, std::move(next)), m_destination.interface);
            m_size = PimJoinPrune::HEADER_SIZE;
        }
    }

  private:
    /** The least MTU of IPv4 (RFC 791), so that any entry fits a message. */
    static constexpr uint32_t MINIMUM = 68;

    PimEnvironment& m_environment;
    Destination m_destination;
    PimJoinPrune m_message;
    std::size_t m_mostGroups{0}; //!< that a message may have
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
                       StoredIpv4Address group,
                       StoredIpv4Address address)
{
    if (destination.neighbor.IsAny())
    {
        return;
    }
    m_pending.push_back({uint64_t(destination.interface) << 32 | destination.neighbor.Get(),
                         group.Get(),
                         address.Get(),
                         kind,
                         join});
}

/** Brings entries into the order of messages, and keeps the last word on each. */
void
PimJoinPruneQueue::Sort(Entries& entries)
{
    if (!std::is_sorted(entries.begin(), entries.end()))
    {
        std::stable_sort(entries.begin(), entries.end());
    }
    std::size_t kept = 0;
    for (std::size_t i = 0; i < entries.size(); ++i)
    {
        if (i + 1 == entries.size() || entries[i] < entries[i + 1])
        {
            entries[kept++] = entries[i];
        }
    }
    entries.resize(kept);
}

/** \param first, last the entries of one group */
void
PimJoinPruneQueue::Pack(Packer& packer,
                        Entries::const_iterator first,
                        Entries::const_iterator last) const
{
    const auto joins = [](const Entry& entry) { return entry.join; };
    const auto sgRpt = std::find_if(first, last, [](const Entry& e) { return e.GetRank() > 0; });
    const auto sg = std::find_if(sgRpt, last, [](const Entry& e) { return e.GetRank() > 1; });
    const bool joinsStarG = std::any_of(first, sgRpt, joins);
    std::vector<Ipv4Address> prunes;
    if (joinsStarG)
    {
        // The Join(*,G) takes back whatever (S,G,rpt) it does not prune again.
        const std::size_t room = packer.GetLargestSet() - static_cast<std::size_t>(sgRpt - first);
        prunes = m_periodicPrunes(Ipv4Address(first->group));
        prunes.resize(std::min(prunes.size(), room));
    }
    PimEncodedGroup encoded;
    encoded.address = StoredIpv4Address::FromBits(first->group);
    encoded.bidirectional = std::any_of(
        first, sgRpt, [](const Entry& e) { return e.kind == Kind::BIDIRECTIONAL_STAR_G; });
    packer.Open(encoded, joinsStarG ? static_cast<std::size_t>(sgRpt - first) + prunes.size() : 1);
    std::for_each(first, sgRpt, [&](const Entry& e) {
        packer.Add(e.join, {StoredIpv4Address::FromBits(e.address), 32, true, true, true});
    });
    for (Ipv4Address source : prunes)
    {
        packer.Add(false, {source, 32, true, false, true});
    }
    std::for_each(joinsStarG ? sg : sgRpt, last, [&](const Entry& e) {
        packer.Add(
            e.join,
            {StoredIpv4Address::FromBits(e.address), 32, true, false, e.kind == Kind::SG_RPT});
    });
}

void
PimJoinPruneQueue::SendTo(uint64_t destination,
                          Entries::const_iterator first,
                          Entries::const_iterator last)
{
    const auto index = static_cast<uint32_t>(destination >> 32);
    const PimInterface* interface = m_environment.FindInterface(index);
    if (interface == nullptr || !interface->IsActive())
    {
        return;
    }
    m_hellos.EnsureHelloSent(index);
    const Ipv4Address neighbor(static_cast<uint32_t>(destination));
    Packer packer(
        m_environment, {index, neighbor}, m_holdtime, static_cast<std::size_t>(last - first));
    while (first != last)
    {
        const auto end = std::find_if(
            first, last, [group = first->group](const Entry& e) { return e.group != group; });
        Pack(packer, first, end);
        first = end;
    }
    packer.Send();
}

void
PimJoinPruneQueue::Flush()
{
    Entries pending;
    pending.swap(m_pending);
    Sort(pending);
    for (auto first = pending.cbegin(); first != pending.cend();)
    {
        const auto end =
            std::find_if(first, pending.cend(), [to = first->destination](const Entry& e) {
                return e.destination != to;
            });
        SendTo(first->destination, first, end);
        first = end;
    }
}

} // namespace ns3
