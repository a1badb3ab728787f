// SPDX-License-Identifier: GPL-2.0-only
// RFC 5015 §3.5.
#include "ns3/pim-df-table.h"

#include "ns3/pim-words.h"

#include <algorithm>
#include <sstream>

namespace ns3
{

NS_LOG_CLASS_DEFINE(PimDfTable);

PimDfTable::PimDfTable(PimEnvironment& environment,
                       PimHelloMachine& hellos,
                       const PimRpSet& rpSet,
                       const PimDfConfig& config)
    : m_environment(environment),
      m_hellos(hellos),
      m_neighbors(hellos.GetTable()),
      m_rpSet(rpSet),
      m_config(config)
{
}

void
PimDfTable::RpSetChanged()
{
    std::set<Ipv4Address> wanted;
    for (const PimRpMapping& mapping : m_rpSet.GetMappings())
    {
        if (mapping.bidirectional)
        {
            wanted.insert(mapping.rp);
        }
    }
    for (auto it = m_rps.begin(); it != m_rps.end();)
    {
        it = wanted.count(it->first) == 0 ? m_rps.erase(it) : std::next(it);
    }
    for (Ipv4Address address : wanted)
    {
        const auto [it, isNew] = m_rps.try_emplace(address);
        if (isNew)
        {
            FindRoute(address, it->second);
            Update(address, it->second);
        }
    }
}

void
PimDfTable::FindRoute(Ipv4Address address, Rp& rp) const
{
    rp.rpf = FindPimRpf(m_environment, m_neighbors, address);
    rp.ways.clear();
    for (const PimRpf& way : FindPimRpfOfAllGroups(m_environment, m_neighbors, address))
    {
        rp.ways.emplace(way.interface, way.nextHop);
    }
}

/** An election takes place on all links but the RP link, if all neighbours can take part. */
bool
PimDfTable::HoldsElection(const Rp& rp, const PimInterface& interface) const
{
    const bool isRpLink = rp.rpf && rp.rpf->interface == interface.index && rp.rpf->onLink;
    return interface.IsActive() && !isRpLink &&
           m_neighbors.AreAllBidirectionalCapable(interface.index);
}

/** Infinite where the route to the RP address leads over the link itself. */
PimDfMetric
PimDfTable::GetMetric(const Rp& rp, const PimInterface& interface) const
{
    PimDfMetric metric;
    metric.address = interface.address;
    const auto way = rp.ways.lower_bound({interface.index, Ipv4Address::GetAny()});
    const bool leadsOverIt = way != rp.ways.end() && way->first == interface.index;
    if (rp.rpf && !leadsOverIt)
    {
        metric.preference = rp.rpf->preference;
        metric.metric = rp.rpf->metric;
    }
    return metric;
}

/** Where the next hop to the RP address is a PIM router, there ought to be a DF. */
bool
PimDfTable::NeedsDf(const Rp& rp, uint32_t interface) const
{
    return std::any_of(rp.ways.begin(), rp.ways.end(), [&](const auto& way) {
        return way.first == interface && m_neighbors.Find(interface, way.second) != nullptr;
    });
}

void
PimDfTable::Begin(Ipv4Address address, Rp& rp, const PimInterface& interface)
{
    const uint32_t index = interface.index;
    const bool alone = m_neighbors.GetSize(index) == 0;
    rp.elections[index] = std::make_unique<PimDfElectionMachine>(
        m_environment,
        m_config,
        address,
        GetMetric(rp, interface),
        alone ? m_neighbors.GetTimeToMeet(index) : Seconds(0),
        [this, index](const PimDfElection& message) {
            m_hellos.EnsureHelloSent(index);
            m_environment.Send(message, index);
        },
        [this, address, index] { Notify(address, index); });
    rp.elections[index]->SetNeeded(NeedsDf(rp, index));
}

void
PimDfTable::End(Ipv4Address address, Rp& rp, uint32_t interface)
{
    const Ipv4Address df = rp.elections[interface]->GetDf();
    rp.elections.erase(interface);
    if (df != Ipv4Address::GetAny())
    {
        Notify(address, interface);
    }
}

void
PimDfTable::Notify(Ipv4Address rp, uint32_t interface) const
{
    const PimInterface* where = m_environment.FindInterface(interface);
    std::ostringstream detail;
    detail << GetDf(rp, interface) << " " << (where == nullptr ? "" : where->name) << " RP " << rp;
    m_environment.ReportEvent(EnumName(PimNotice::DF), detail.str());
    if (changed)
    {
        changed(rp, interface);
    }
}

/** Recomputes which interfaces hold an election, and with what metric. */
void
PimDfTable::Update(Ipv4Address address, Rp& rp)
{
    for (const auto& [index, interface] : m_environment.GetInterfaces())
    {
        auto it = rp.elections.find(index);
        const bool isHeld = it != rp.elections.end();
        if (HoldsElection(rp, interface) != isHeld)
        {
            isHeld ? End(address, rp, index) : Begin(address, rp, interface);
        }
        else if (isHeld && it->second->GetOwn().address != interface.address)
        {
            End(address, rp, index);
            Begin(address, rp, interface);
        }
        else if (isHeld)
        {
            it->second->SetMetric(GetMetric(rp, interface));
            it->second->SetNeeded(NeedsDf(rp, index));
        }
    }
}

void
PimDfTable::UpdateAll()
{
    for (auto& [address, rp] : m_rps)
    {
        Update(address, rp);
    }
}

void
PimDfTable::RoutesChanged()
{
    for (auto& [address, rp] : m_rps)
    {
        const auto before = rp.ways;
        FindRoute(address, rp);
        Update(address, rp);
        for (const auto& way : before)
        {
            const auto& [interface, nextHop] = way;
            const PimNeighbor* neighbor = m_neighbors.Find(interface, nextHop);
            const auto election = rp.elections.find(interface);
            if (rp.ways.count(way) == 0 && neighbor != nullptr && election != rp.elections.end() &&
                election->second->GetDf() == neighbor->address)
            {
                election->second->RecheckDf();
            }
        }
    }
}

void
PimDfTable::InterfaceChanged(uint32_t)
{
    for (auto& [address, rp] : m_rps)
    {
        FindRoute(address, rp);
    }
    UpdateAll();
}

void
PimDfTable::NeighborUp(uint32_t interface)
{
    RoutesChanged(); // a next hop that has become a neighbor may be the better one
    for (auto& [address, rp] : m_rps)
    {
        auto it = rp.elections.find(interface);
        if (it != rp.elections.end())
        {
            it->second->NeighborUp();
        }
    }
}

void
PimDfTable::NeighborDown(uint32_t interface, Ipv4Address neighbor)
{
    for (auto& [address, rp] : m_rps)
    {
        auto it = rp.elections.find(interface);
        if (it != rp.elections.end())
        {
            it->second->NeighborLost(neighbor);
        }
    }
    RoutesChanged();
}

void
PimDfTable::GenerationIdChanged(uint32_t interface, Ipv4Address neighbor)
{
    NeighborDown(interface, neighbor);
    NeighborUp(interface);
}

void
PimDfTable::HelloReceived(uint32_t interface, Ipv4Address neighbor)
{
    bool isMissing = false;
    for (auto& [address, rp] : m_rps)
    {
        auto it = rp.elections.find(interface);
        isMissing =
            (it != rp.elections.end() && it->second->TakeMissingPass(neighbor)) || isMissing;
    }
    if (!isMissing)
    {
        return;
    }
    NS_LOG_WARN("interface " << interface << ": no Pass came from " << neighbor);
    for (auto& [address, rp] : m_rps)
    {
        auto it = rp.elections.find(interface);
        if (it != rp.elections.end())
        {
            it->second->Announce();
        }
    }
}

void
PimDfTable::Receive(const PimDfElection& message, uint32_t interface, Ipv4Address source)
{
    const PimNeighbor* neighbor = m_neighbors.Find(interface, source);
    if (neighbor == nullptr)
    {
        m_environment.ReportDrop(EnumName(PimDropReason::NOT_A_NEIGHBOR));
        return;
    }
    auto rp = m_rps.find(message.rpAddress);
    const bool isKnown = rp != m_rps.end() && rp->second.elections.count(interface) != 0;
    if (!isKnown)
    {
        m_environment.ReportDrop(EnumName(PimDropReason::NOT_BIDIRECTIONAL));
        return;
    }
    rp->second.elections[interface]->Receive(message, neighbor->address);
}

void
PimDfTable::SeeJoinPrune(const PimJoinPrune& message, uint32_t interface, Ipv4Address source)
{
    const PimInterface* own = m_environment.FindInterface(interface);
    if (m_rps.empty() || own == nullptr || message.upstreamNeighbor == own->address ||
        m_neighbors.Find(interface, source) == nullptr)
    {
        return;
    }
    for (const PimJoinPruneGroup& set : message.groups)
    {
        for (const PimEncodedSource& entry : set.joins)
        {
            auto rp = entry.wildcard ? m_rps.find(entry.address) : m_rps.end();
            if (rp != m_rps.end() && rp->second.elections.count(interface) != 0)
            {
                rp->second.elections[interface]->Announce();
            }
        }
    }
}

const PimDfElectionMachine*
PimDfTable::Find(Ipv4Address rp, uint32_t interface) const
{
    auto found = m_rps.find(rp);
    if (found == m_rps.end())
    {
        return nullptr;
    }
    auto it = found->second.elections.find(interface);
    return it == found->second.elections.end() ? nullptr : it->second.get();
}

bool
PimDfTable::IAmDf(Ipv4Address rp, uint32_t interface) const
{
    const PimDfElectionMachine* election = Find(rp, interface);
    return election != nullptr && election->IAmDf();
}

Ipv4Address
PimDfTable::GetDf(Ipv4Address rp, uint32_t interface) const
{
    const PimDfElectionMachine* election = Find(rp, interface);
    return election == nullptr ? Ipv4Address::GetAny() : election->GetDf();
}

std::vector<Ipv4Address>
PimDfTable::GetRps() const
{
    std::vector<Ipv4Address> rps;
    for (const auto& [address, rp] : m_rps)
    {
        rps.push_back(address);
    }
    return rps;
}

} // namespace ns3
