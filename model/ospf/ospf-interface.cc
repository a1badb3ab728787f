// SPDX-License-Identifier: GPL-2.0-only
// RFC 2328 §9 and §10.5.
#include "ns3/ospf-interface.h"

#include "ns3/ip-sizes.h"
#include "ns3/ospf-authentication.h"

#include <algorithm>
#include <tuple>
#include <utility>

namespace ns3
{

NS_LOG_CLASS_DEFINE(OspfInterface);

namespace
{

// Below this MTU packets may be fragmented: one LSA header must fit.
constexpr std::size_t LEAST_MTU = 88;

} // namespace

OspfInterface::OspfInterface(OspfContext& context, const OspfInterfaceConfig& config)
    : m_context(context),
      m_config(config),
      m_helloTimer(context.GetClock(), [this] { SendHello(); }),
      m_waitTimer(context.GetClock(), [this] { HandleEvent(OspfInterfaceEvent::WAIT_TIMER); }),
      m_ackTimer(context.GetClock(), [this] { SendDelayedAcks(); }),
      m_scheduled(context.GetClock(), [this] { RunScheduled(); }),
      m_inactivity(context.GetClock(), [this](const OspfId& key) {
          RemoveNeighbor(key, OspfNeighborEvent::INACTIVITY_TIMER);
      })
{
}

void
OspfInterface::HandleEvent(OspfInterfaceEvent event)
{
    using S = OspfInterfaceState;
    NS_LOG_LOGIC(m_config.address << " " << EnumName(m_state) << ": " << EnumName(event));
    const OspfInterfaceEvent outer = std::exchange(m_event, event);
    switch (event)
    {
    case OspfInterfaceEvent::INTERFACE_UP:
        if (m_state == S::DOWN)
        {
            Up();
        }
        break;
    case OspfInterfaceEvent::WAIT_TIMER:
    case OspfInterfaceEvent::BACKUP_SEEN:
        if (m_state == S::WAITING)
        {
            m_waitTimer.Cancel();
            Elect();
        }
        break;
    case OspfInterfaceEvent::NEIGHBOR_CHANGE:
        if (m_state >= S::DR_OTHER && !m_config.passive)
        {
            Elect();
        }
        break;
    case OspfInterfaceEvent::LOOP_IND:
        Down();
        SetState(S::LOOPBACK);
        break;
    case OspfInterfaceEvent::UNLOOP_IND:
        if (m_state == S::LOOPBACK)
        {
            SetState(S::DOWN);
        }
        break;
    case OspfInterfaceEvent::INTERFACE_DOWN:
        Down();
        SetState(S::DOWN);
        break;
    }
    m_event = outer;
}

void
OspfInterface::Up()
{
    if (m_config.type == OspfNetworkType::LOOPBACK)
    {
        SetState(OspfInterfaceState::LOOPBACK);
        return;
    }
    const bool pointToPoint = m_config.type == OspfNetworkType::POINT_TO_POINT;
    if (!m_config.passive)
    {
        const Time jitter = m_context.GetConfig().helloJitter;
        m_helloTimer.Start(m_context.GetRandom().Uniform(Seconds(0), jitter));
    }
    if (pointToPoint)
    {
        SetState(OspfInterfaceState::POINT_TO_POINT);
    }
    else if (m_config.passive || m_config.priority == 0)
    {
        SetState(OspfInterfaceState::DR_OTHER);
    }
    else
    {
        m_waitTimer.Start(m_config.deadInterval);
        SetState(OspfInterfaceState::WAITING);
    }
}

void
OspfInterface::Down()
{
    m_helloTimer.Cancel();
    m_waitTimer.Cancel();
    m_ackTimer.Cancel();
    m_scheduled.Cancel();
    m_backupSeen = false;
    m_delayedAcks.clear();
    pendingUpdate.clear();
    while (!m_neighbors.empty())
    {
        RemoveNeighbor(m_neighbors.begin()->first, OspfNeighborEvent::KILL_NBR);
    }
    m_scheduled.Cancel();
    m_designatedRouter = Ipv4Address::GetAny();
    m_backupDesignatedRouter = Ipv4Address::GetAny();
}

void
OspfInterface::SetState(OspfInterfaceState state)
{
    if (state != m_state)
    {
        const OspfInterfaceState old = m_state;
        m_state = state;
        m_context.GetObserver().ReportStep("ospf-interface", m_config.address, old, m_event, state);
        m_context.InterfaceStateChanged(*this, old);
    }
}

std::vector<OspfInterface::Candidate>
OspfInterface::GetCandidates() const
{
    std::vector<Candidate> candidates;
    if (m_config.priority > 0)
    {
        candidates.push_back({m_config.priority,
                              m_context.GetRouterId().Get(),
                              m_config.address,
                              m_designatedRouter,
                              m_backupDesignatedRouter});
    }
    for (const auto& [key, neighbor] : m_neighbors)
    {
        if (neighbor->GetState() >= OspfNeighborState::TWO_WAY && neighbor->priority > 0)
        {
            candidates.push_back({neighbor->priority,
                                  neighbor->GetRouterId().Get(),
                                  neighbor->GetAddress(),
                                  neighbor->designatedRouter,
                                  neighbor->backupDesignatedRouter});
        }
    }
    return candidates;
}

void
OspfInterface::Elect()
{
    std::vector<Candidate> candidates = GetCandidates();
    const auto best = [&candidates](auto eligible) -> Ipv4Address {
        const Candidate* chosen = nullptr;
        for (const Candidate& candidate : candidates)
        {
            if (eligible(candidate) &&
                (!chosen || std::make_pair(candidate.priority, candidate.routerId) >
                                std::make_pair(chosen->priority, chosen->routerId)))
            {
                chosen = &candidate;
            }
        }
        return chosen ? chosen->address : Ipv4Address::GetAny();
    };
    // Steps 2 and 3 of §9.4.
    const auto choose = [&best] {
        Ipv4Address backup =
            best([](const Candidate& c) { return !c.DeclaresDr() && c.DeclaresBackup(); });
        if (backup == Ipv4Address::GetAny())
        {
            backup = best([](const Candidate& c) { return !c.DeclaresDr(); });
        }
        const Ipv4Address dr = best([](const Candidate& c) { return c.DeclaresDr(); });
        return dr == Ipv4Address::GetAny() ? std::make_pair(backup, backup)
                                           : std::make_pair(dr, backup);
    };
    const Ipv4Address self = m_config.address;
    const Ipv4Address oldDr = m_designatedRouter;
    const Ipv4Address oldBackup = m_backupDesignatedRouter;
    auto [dr, backup] = choose();
    // Step 4: again with this router's new role.
    if ((dr == self) != (oldDr == self) || (backup == self) != (oldBackup == self))
    {
        if (m_config.priority > 0)
        {
            candidates.front().designatedRouter = dr;
            candidates.front().backupDesignatedRouter = dr == self ? Ipv4Address::GetAny() : backup;
        }
        std::tie(dr, backup) = choose();
    }
    m_designatedRouter = dr;
    m_backupDesignatedRouter = dr == backup ? Ipv4Address::GetAny() : backup;
    const bool changed = m_designatedRouter != oldDr || m_backupDesignatedRouter != oldBackup;
    SetState(dr == self                         ? OspfInterfaceState::DR
             : m_backupDesignatedRouter == self ? OspfInterfaceState::BACKUP
                                                : OspfInterfaceState::DR_OTHER);
    if (changed)
    {
        m_context.DesignatedRouterChanged(*this);
        NotifyAdjacencies();
    }
}

void
OspfInterface::NotifyAdjacencies()
{
    for (const auto& [key, neighbor] : m_neighbors)
    {
        neighbor->HandleEvent(OspfNeighborEvent::ADJ_OK);
    }
}

void
OspfInterface::SendHello()
{
    OspfHello hello;
    hello.networkMask = m_config.unnumbered ? OspfMask() : m_config.mask;
    hello.helloInterval = static_cast<uint16_t>(m_config.helloInterval.GetSeconds());
    hello.options = m_context.GetOptions(m_config.area);
    hello.priority = m_config.priority;
    hello.deadInterval = static_cast<uint32_t>(m_config.deadInterval.GetSeconds());
    hello.designatedRouter = m_designatedRouter;
    hello.backupDesignatedRouter = m_backupDesignatedRouter;
    for (const auto& [key, neighbor] : m_neighbors)
    {
        hello.neighbors.push_back(neighbor->GetRouterId());
    }
    m_helloTimer.Start(m_config.helloInterval);
    m_context.Send(*this, OspfAllSpfRouters(), std::move(hello));
}

OspfDropReason
OspfInterface::CheckHello(const OspfHello& hello) const
{
    if (m_config.type == OspfNetworkType::BROADCAST && hello.networkMask != m_config.mask)
    {
        return OspfDropReason::WRONG_MASK;
    }
    if (hello.helloInterval != static_cast<uint16_t>(m_config.helloInterval.GetSeconds()))
    {
        return OspfDropReason::WRONG_HELLO_INTERVAL;
    }
    if (hello.deadInterval != static_cast<uint32_t>(m_config.deadInterval.GetSeconds()))
    {
        return OspfDropReason::WRONG_DEAD_INTERVAL;
    }
    if ((hello.options & OSPF_OPTION_E) != (m_context.GetOptions(m_config.area) & OSPF_OPTION_E))
    {
        return OspfDropReason::WRONG_OPTIONS;
    }
    return OspfDropReason::NONE;
}

bool
OspfInterface::IsAdjacentToOther(OspfId routerId) const
{
    return std::any_of(m_neighbors.begin(), m_neighbors.end(), [routerId](const auto& each) {
        return each.second->GetState() == OspfNeighborState::FULL &&
               each.second->GetRouterId() != routerId;
    });
}

void
OspfInterface::NeighborLost(Ipv4Address address)
{
    for (const auto& [key, neighbor] : m_neighbors)
    {
        if (neighbor->GetAddress() == address)
        {
            RemoveNeighbor(OspfId(key), OspfNeighborEvent::INACTIVITY_TIMER);
            return;
        }
    }
}

OspfDropReason
OspfInterface::ReceiveHello(Ipv4Address source, OspfId routerId, const OspfHello& hello)
{
    const OspfDropReason error = CheckHello(hello);
    if (error != OspfDropReason::NONE)
    {
        return error;
    }
    const uint32_t limit = m_context.GetConfig().neighborLimit;
    if (limit != 0 && m_neighbors.size() >= limit &&
        m_neighbors.count(GetKey(source, routerId)) == 0)
    {
        return OspfDropReason::NEIGHBOR_LIMIT;
    }
    if (m_config.overLan && IsAdjacentToOther(routerId))
    {
        return OspfDropReason::SECOND_NEIGHBOR;
    }
    OspfNeighbor& neighbor = GetOrAddNeighbor(source, routerId);
    const uint8_t oldPriority = neighbor.priority;
    const bool wasDr = neighbor.designatedRouter == neighbor.GetAddress();
    const bool wasBackup = neighbor.backupDesignatedRouter == neighbor.GetAddress();
    neighbor.priority = hello.priority;
    neighbor.designatedRouter = hello.designatedRouter;
    neighbor.backupDesignatedRouter = hello.backupDesignatedRouter;
    m_inactivity.Set(GetKey(source, routerId), m_config.deadInterval);
    neighbor.HandleEvent(OspfNeighborEvent::HELLO_RECEIVED);
    const auto& listed = hello.neighbors;
    if (std::find(listed.begin(), listed.end(), m_context.GetRouterId()) == listed.end())
    {
        neighbor.HandleEvent(OspfNeighborEvent::ONE_WAY_RECEIVED);
        return OspfDropReason::NONE;
    }
    neighbor.HandleEvent(OspfNeighborEvent::TWO_WAY_RECEIVED);
    const bool isDr = neighbor.designatedRouter == neighbor.GetAddress();
    const bool isBackup = neighbor.backupDesignatedRouter == neighbor.GetAddress();
    if (m_state == OspfInterfaceState::WAITING)
    {
        const bool alone = hello.backupDesignatedRouter == Ipv4Address::GetAny();
        if (isBackup || (isDr && alone))
        {
            m_backupSeen = true;
            m_scheduled.Start(Seconds(0));
        }
    }
    else if (oldPriority != neighbor.priority || isDr != wasDr || isBackup != wasBackup)
    {
        ScheduleNeighborChange();
    }
    return OspfDropReason::NONE;
}

void
OspfInterface::SetPriority(uint8_t priority)
{
    m_config.priority = priority;
    if (m_state == OspfInterfaceState::WAITING && priority == 0)
    {
        m_waitTimer.Cancel(); // one that is never Designated Router has nothing to wait for
        Elect();
        return;
    }
    ScheduleNeighborChange();
}

void
OspfInterface::ScheduleNeighborChange()
{
    if (m_config.type == OspfNetworkType::BROADCAST)
    {
        m_scheduled.Start(Seconds(0));
    }
}

void
OspfInterface::RunScheduled()
{
    const bool backupSeen = m_backupSeen && m_state == OspfInterfaceState::WAITING;
    m_backupSeen = false;
    HandleEvent(backupSeen ? OspfInterfaceEvent::BACKUP_SEEN : OspfInterfaceEvent::NEIGHBOR_CHANGE);
}

OspfId
OspfInterface::GetKey(Ipv4Address source, OspfId routerId) const
{
    return m_config.type == OspfNetworkType::BROADCAST ? OspfId(source) : routerId;
}

OspfNeighbor*
OspfInterface::FindNeighbor(Ipv4Address source, OspfId routerId)
{
    auto it = m_neighbors.find(GetKey(source, routerId));
    return it != m_neighbors.end() && it->second->GetRouterId() == routerId ? it->second.get()
                                                                            : nullptr;
}

OspfNeighbor&
OspfInterface::GetOrAddNeighbor(Ipv4Address source, OspfId routerId)
{
    // Another router id at a known address, or another address of a known id: a new neighbour.
    for (auto it = m_neighbors.begin(); it != m_neighbors.end();)
    {
        const OspfNeighbor& other = *it->second;
        const OspfId key = (it++)->first;
        if ((key == GetKey(source, routerId) || other.GetAddress() == source) &&
            (other.GetRouterId() != routerId || other.GetAddress() != source))
        {
            RemoveNeighbor(key, OspfNeighborEvent::KILL_NBR);
        }
    }
    std::unique_ptr<OspfNeighbor>& slot = m_neighbors[GetKey(source, routerId)];
    if (!slot)
    {
        slot = std::make_unique<OspfNeighbor>(m_context, *this, routerId, source);
    }
    return *slot;
}

void
OspfInterface::RemoveNeighbor(OspfId key, OspfNeighborEvent event)
{
    m_inactivity.Remove(key);
    // It leaves the table first, so that those notified of its end no longer find it.
    std::unique_ptr<OspfNeighbor> neighbor = std::move(m_neighbors.at(key));
    m_neighbors.erase(key);
    neighbor->HandleEvent(event);
}

bool
OspfInterface::IsAdjacencyWanted(const OspfNeighbor& neighbor) const
{
    return m_config.type == OspfNetworkType::POINT_TO_POINT || m_state == OspfInterfaceState::DR ||
           m_state == OspfInterfaceState::BACKUP || neighbor.GetAddress() == m_designatedRouter ||
           neighbor.GetAddress() == m_backupDesignatedRouter;
}

void
OspfInterface::AddDelayedAck(const OspfLsaHeader& header)
{
    m_delayedAcks.push_back(header);
    if (m_delayedAcks.size() >= GetBodySize() / OspfLsaHeader::SIZE)
    {
        SendDelayedAcks();
    }
    else if (!m_ackTimer.IsRunning())
    {
        m_ackTimer.Start(m_context.GetConfig().ackDelay);
    }
}

void
OspfInterface::SendDelayedAcks()
{
    m_ackTimer.Cancel();
    m_context.Send(
        *this, GetFloodDestination(), OspfLinkStateAck{std::exchange(m_delayedAcks, {})});
}

const OspfInterfaceConfig&
OspfInterface::GetConfig() const
{
    return m_config;
}

Ipv4Address
OspfInterface::GetFloodDestination() const
{
    const bool others =
        m_state == OspfInterfaceState::DR_OTHER || m_state == OspfInterfaceState::WAITING;
    return others ? OspfAllDRouters() : OspfAllSpfRouters();
}

Ipv4Address
OspfInterface::GetUnicastDestination(const OspfNeighbor& neighbor) const
{
    return m_config.type == OspfNetworkType::POINT_TO_POINT ? OspfAllSpfRouters()
                                                            : neighbor.GetAddress();
}

std::size_t
OspfInterface::GetBodySize() const
{
    return std::max<std::size_t>(m_config.mtu, LEAST_MTU) - IPV4_HEADER_SIZE -
           OspfPacket::HEADER_SIZE - GetOspfTrailerSize(m_config.authentication.type);
}

Time
OspfInterface::GetDeadTime(const OspfNeighbor& neighbor) const
{
    return m_inactivity.GetRemaining(GetKey(neighbor.GetAddress(), neighbor.GetRouterId()));
}

} // namespace ns3
