// SPDX-License-Identifier: GPL-2.0-only
// RFC 7761 §4.3.1.
#include "ns3/pim-hello.h"

namespace ns3
{

NS_LOG_CLASS_DEFINE(PimHelloMachine);

PimHelloMachine::PimHelloMachine(PimEnvironment& environment, const PimHelloConfig& config)
    : m_environment(environment),
      m_config(config),
      m_table(environment, config),
      m_drElection(environment, m_table, config),
      m_liveness(environment.GetClock(), [this](const std::pair<uint32_t, Ipv4Address>& key) {
          const auto [interface, address] = key;
          NS_LOG_INFO("interface " << interface << ": neighbor " << address << " timed out");
          HandleEvent(PimNeighborEvent::LIVENESS_EXPIRES,
                      interface,
                      m_table.GetNeighbors(interface).at(address));
      })
{
    m_drElection.changed = [this](uint32_t interface) {
        drChanged ? drChanged(interface) : void();
    };
}

PimNeighborTable&
PimHelloMachine::GetTable()
{
    return m_table;
}

const PimNeighborTable&
PimHelloMachine::GetTable() const
{
    return m_table;
}

const PimDrElection&
PimHelloMachine::GetDrElection() const
{
    return m_drElection;
}

Time
PimHelloMachine::GetRemaining(uint32_t interface, Ipv4Address address) const
{
    return m_liveness.GetRemaining({interface, address});
}

PimHelloMachine::Sender*
PimHelloMachine::FindSender(uint32_t interface) const
{
    auto it = m_senders.find(interface);
    return it == m_senders.end() ? nullptr : it->second.get();
}

// ---- Events ----

void
PimHelloMachine::InterfaceChanged(uint32_t interface)
{
    const PimInterface* now = m_environment.FindInterface(interface);
    const PimNeighborTable::Link* link = m_table.FindLink(interface);
    const bool runs = now != nullptr && now->IsActive();
    if (!runs && link != nullptr)
    {
        HandleEvent(PimHelloEvent::INTERFACE_STOPS, interface, now);
    }
    else if (runs && link == nullptr)
    {
        HandleEvent(PimHelloEvent::INTERFACE_STARTS, interface, now);
    }
    else if (runs && link->seen.address != now->address)
    {
        HandleEvent(PimHelloEvent::ADDRESS_CHANGES, interface, now);
    }
    else if (runs &&
             (link->seen.secondary != now->secondary || link->seen.drPriority != now->drPriority))
    {
        HandleEvent(PimHelloEvent::OPTIONS_CHANGE, interface, now);
    }
    else if (runs)
    {
        m_table.FindLink(interface)->seen = *now;
    }
}

void
PimHelloMachine::EnsureHelloSent(uint32_t interface)
{
    HandleEvent(PimHelloEvent::MESSAGE_DUE, interface);
}

void
PimHelloMachine::HandleEvent(PimHelloEvent event, uint32_t interface, const PimInterface* now)
{
    Sender* sender = FindSender(interface);
    switch (event)
    {
    case PimHelloEvent::INTERFACE_STARTS:
        StartInterface(*now);
        m_drElection.HandleEvent(PimDrEvent::INTERFACE_STARTS, interface);
        break;
    case PimHelloEvent::HELLO_TIMER_EXPIRES:
        sender->helloTimer.Start(m_config.helloPeriod);
        SendHello(interface);
        break;
    case PimHelloEvent::NEWCOMER:
        if (sender != nullptr && sender->hasNewcomer)
        {
            AnswerNewcomer(interface);
        }
        break;
    case PimHelloEvent::TRIGGERED_DELAY_EXPIRES:
        SendHello(interface);
        break;
    case PimHelloEvent::MESSAGE_DUE:
        if (sender != nullptr && (!sender->helloSent || sender->hasNewcomer))
        {
            SendHello(interface);
        }
        break;
    case PimHelloEvent::ADDRESS_CHANGES:
        SendGoodbye(interface);
        sender->helloSent = false;
        [[fallthrough]];
    case PimHelloEvent::OPTIONS_CHANGE:
        m_table.FindLink(interface)->seen = *now;
        SendHello(interface);
        m_drElection.HandleEvent(PimDrEvent::OWN_CHANGE, interface);
        break;
    case PimHelloEvent::INTERFACE_STOPS:
        if (now != nullptr && now->up)
        {
            SendGoodbye(interface);
        }
        StopInterface(interface);
        break;
    }
}

void
PimHelloMachine::HandleEvent(PimNeighborEvent event,
                             uint32_t interface,
                             const PimNeighbor& neighbor)
{
    switch (event)
    {
    case PimNeighborEvent::FIRST_HELLO:
        NS_LOG_INFO("interface " << interface << ": new neighbor " << neighbor.address);
        // It has not heard of this router: a Join/Prune, Assert or Register must wait for a Hello.
        FindSender(interface)->hasNewcomer = true;
        m_table.Report(PimNotice::NEIGHBOR_UP, interface, neighbor.address);
        if (neighborUp)
        {
            neighborUp(interface, neighbor);
        }
        break;
    case PimNeighborEvent::HELLO:
        break;
    case PimNeighborEvent::NEW_GENERATION_ID:
        NS_LOG_INFO("interface " << interface << ": restarted " << neighbor.address);
        FindSender(interface)->hasNewcomer = true;
        if (generationIdChanged)
        {
            generationIdChanged(interface, neighbor);
        }
        break;
    case PimNeighborEvent::GOODBYE:
    case PimNeighborEvent::LOST:
    case PimNeighborEvent::LIVENESS_EXPIRES:
        Remove(interface, neighbor.address);
        break;
    }
}

// ---- Sending ----

void
PimHelloMachine::StartInterface(const PimInterface& interface)
{
    const uint32_t index = interface.index;
    m_table.AddLink(interface).generationId =
        static_cast<uint32_t>(m_environment.GetRandom().Uniform(0, 4294967296.0));
    auto sender = std::make_unique<Sender>(
        m_environment.GetClock(),
        [this, index] { HandleEvent(PimHelloEvent::HELLO_TIMER_EXPIRES, index); },
        [this, index] { HandleEvent(PimHelloEvent::TRIGGERED_DELAY_EXPIRES, index); });
    sender->helloTimer.Start(
        m_environment.GetRandom().Uniform(Seconds(0), m_config.triggeredHelloDelay));
    m_senders[index] = std::move(sender);
}

void
PimHelloMachine::StopInterface(uint32_t interface)
{
    m_senders.erase(interface);
    const PimNeighborTable::Link gone = m_table.TakeLink(interface);
    for (const auto& [address, neighbor] : gone.neighbors)
    {
        m_liveness.Remove({interface, address});
        m_table.Report(PimNotice::NEIGHBOR_DOWN, interface, address);
        if (neighborDown)
        {
            neighborDown(interface, neighbor);
        }
    }
    if (drChanged)
    {
        drChanged(interface);
    }
}

void
PimHelloMachine::SendGoodbye(uint32_t interface)
{
    const Sender* sender = FindSender(interface);
    if (sender != nullptr && sender->helloSent)
    {
        PimHello goodbye;
        goodbye.holdtime = 0;
        m_environment.Send(
            goodbye, interface, PimAllRouters(), m_table.FindLink(interface)->seen.address);
    }
}

void
PimHelloMachine::SendHello(uint32_t interface)
{
    const PimNeighborTable::Link& link = *m_table.FindLink(interface);
    PimHello hello;
    hello.holdtime = m_config.holdtime;
    if (m_config.sendLanPruneDelay)
    {
        hello.lanPruneDelay =
            PimLanPruneDelay{m_config.trackingSupport,
                             static_cast<uint16_t>(m_config.propagationDelay.GetMilliSeconds()),
                             static_cast<uint16_t>(m_config.overrideInterval.GetMilliSeconds())};
    }
    if (m_config.sendDrPriority)
    {
        hello.drPriority = link.seen.drPriority;
    }
    if (m_config.sendGenerationId)
    {
        hello.generationId = link.generationId;
    }
    hello.secondaryAddresses = link.seen.secondary;
    hello.bidirectionalCapable = m_config.bidirectionalCapable;
    Sender& sender = *FindSender(interface);
    sender.helloSent = true;
    sender.hasNewcomer = false;
    sender.triggeredTimer.Cancel();
    m_environment.Send(hello, interface);
    if (helloSent)
    {
        helloSent(interface);
    }
}

/** Answers a newcomer that has not been sent a Hello before another message yet. */
void
PimHelloMachine::AnswerNewcomer(uint32_t interface)
{
    Sender& sender = *FindSender(interface);
    if (sender.helloSent && (m_table.IAmDr(interface) || m_table.GetSize(interface) == 1))
    {
        // Nobody else answers at this moment. Until then the newcomer may take itself for the DR,
        // and cannot join anything here.
        SendHello(interface);
        return;
    }
    const Time delay = m_environment.GetRandom().Uniform(Seconds(0), m_config.triggeredHelloDelay);
    const bool isSooner =
        !sender.triggeredTimer.IsRunning() || sender.triggeredTimer.GetRemaining() > delay;
    if (isSooner && sender.helloTimer.GetRemaining() > delay)
    {
        sender.triggeredTimer.Start(delay);
    }
}

// ---- Receiving ----

void
PimHelloMachine::ReceiveHello(const PimHello& hello, uint32_t interface, Ipv4Address source)
{
    PimNeighborTable::Link* link = m_table.FindLink(interface);
    if (link == nullptr || link->seen.IsOwnAddress(source))
    {
        m_environment.ReportDrop(
            EnumName(link == nullptr ? PimDropReason::PIM_DISABLED : PimDropReason::OWN_ADDRESS));
        return;
    }
    const uint16_t holdtime = hello.holdtime.value_or(PimHello::HOLDTIME_DEFAULT);
    const auto known = link->neighbors.find(source);
    if (holdtime == 0)
    {
        if (known != link->neighbors.end())
        {
            HandleEvent(PimNeighborEvent::GOODBYE, interface, known->second);
        }
        return;
    }
    const bool isNew = known == link->neighbors.end();
    if (isNew && m_config.neighborLimit != 0 && link->neighbors.size() >= m_config.neighborLimit)
    {
        m_environment.ReportDrop(EnumName(PimDropReason::NEIGHBOR_LIMIT));
        return;
    }
    const PimLanDelay before = m_table.GetLanDelay(interface);
    PimNeighbor& neighbor = link->neighbors[source];
    const bool restarted = Describe(neighbor, hello) && !isNew;
    if (isNew)
    {
        neighbor.address = source;
        neighbor.upSince = m_environment.GetClock().Now();
    }
    PimNeighborTable::TakeAddresses(*link, neighbor);
    if (holdtime == PimHello::HOLDTIME_FOREVER)
    {
        m_liveness.Remove({interface, source});
    }
    else
    {
        m_liveness.Set({interface, source}, Seconds(holdtime));
    }
    HandleEvent(isNew       ? PimNeighborEvent::FIRST_HELLO
                : restarted ? PimNeighborEvent::NEW_GENERATION_ID
                            : PimNeighborEvent::HELLO,
                interface,
                neighbor);
    m_drElection.HandleEvent(PimDrEvent::HELLO_RECEIVED, interface);
    NotifyIfDelayChanged(interface, before);
    if (isNew || restarted)
    {
        HandleEvent(PimHelloEvent::NEWCOMER, interface);
    }
    if (helloReceived)
    {
        helloReceived(interface, neighbor);
    }
}

void
PimHelloMachine::NeighborLost(uint32_t interface, Ipv4Address address)
{
    const PimNeighborTable::NeighborMap& neighbors = m_table.GetNeighbors(interface);
    const auto it = neighbors.find(address);
    if (it != neighbors.end())
    {
        HandleEvent(PimNeighborEvent::LOST, interface, it->second);
    }
}

/** Copies the options of \p hello. \returns true when the Generation ID has changed. */
bool
PimHelloMachine::Describe(PimNeighbor& neighbor, const PimHello& hello)
{
    const bool other = neighbor.generationId != hello.generationId;
    neighbor.holdtime = hello.holdtime.value_or(PimHello::HOLDTIME_DEFAULT);
    neighbor.lanPruneDelay = hello.lanPruneDelay;
    neighbor.drPriority = hello.drPriority;
    neighbor.generationId = hello.generationId;
    neighbor.bidirectionalCapable = hello.bidirectionalCapable;
    neighbor.secondary = hello.secondaryAddresses;
    return other;
}

void
PimHelloMachine::Remove(uint32_t interface, Ipv4Address address)
{
    PimNeighborTable::Link& link = *m_table.FindLink(interface);
    const PimLanDelay before = m_table.GetLanDelay(interface);
    const PimNeighbor gone = std::move(link.neighbors.at(address));
    link.neighbors.erase(address);
    m_liveness.Remove({interface, address});
    m_table.Report(PimNotice::NEIGHBOR_DOWN, interface, address);
    if (neighborDown)
    {
        neighborDown(interface, gone);
    }
    m_drElection.HandleEvent(PimDrEvent::NEIGHBOR_GONE, interface);
    NotifyIfDelayChanged(interface, before);
}

void
PimHelloMachine::NotifyIfDelayChanged(uint32_t interface, const PimLanDelay& before)
{
    if (m_table.FindLink(interface) != nullptr && m_table.GetLanDelay(interface) != before &&
        lanDelayChanged)
    {
        lanDelayChanged(interface);
    }
}

} // namespace ns3
