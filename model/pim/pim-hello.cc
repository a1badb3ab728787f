// SPDX-License-Identifier: GPL-2.0-only
// RFC 7761 §4.3.1, §4.3.2, §4.3.4: sending and receiving Hellos, and what they change in the table
// of neighbours. Departure: the DR, and the only other router of a link, answer a newcomer without
// random delay.
#include "ns3/log.h"
#include "ns3/pim-dr-election.h"
#include "ns3/pim-neighbor-table.h"

#include <algorithm>
#include <sstream>

namespace ns3
{

NS_LOG_COMPONENT_DEFINE("PimHello");

PimNeighborTable::PimNeighborTable(PimEnvironment& environment, const PimHelloConfig& config)
    : m_environment(environment),
      m_config(config),
      m_liveness(environment.GetClock(), [this](const auto& key) { Expire(key.first, key.second); })
{
}

void
PimNeighborTable::InterfaceChanged(uint32_t interface)
{
    const PimInterface* now = m_environment.FindInterface(interface);
    Link* link = FindLink(interface);
    if (now == nullptr || !now->IsActive())
    {
        Stop(interface, now != nullptr && now->up);
    }
    else if (link == nullptr)
    {
        Start(*now);
    }
    else
    {
        Follow(*link, *now);
    }
}

void
PimNeighborTable::Start(const PimInterface& interface)
{
    const uint32_t index = interface.index;
    auto link = std::make_unique<Link>(
        m_environment.GetClock(),
        [this, index] {
            FindLink(index)->helloTimer.Start(m_config.helloPeriod);
            SendHello(index);
        },
        [this, index] { SendHello(index); });
    link->seen = interface;
    link->since = m_environment.GetClock().Now();
    link->generationId = static_cast<uint32_t>(m_environment.GetRandom().Uniform(0, 4294967296.0));
    link->helloTimer.Start(
        m_environment.GetRandom().Uniform(Seconds(0), m_config.triggeredHelloDelay));
    m_links[index] = std::move(link);
    UpdateDr(index);
}

void
PimNeighborTable::Stop(uint32_t interface, bool goodbye)
{
    Link* link = FindLink(interface);
    if (link == nullptr)
    {
        return;
    }
    if (goodbye)
    {
        SendGoodbye(interface);
    }
    const std::unique_ptr<Link> gone = std::move(m_links[interface]);
    m_links.erase(interface);
    for (const auto& [address, neighbor] : gone->neighbors)
    {
        m_liveness.Remove({interface, address});
        Report(PimNotice::NEIGHBOR_DOWN, interface, address);
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
PimNeighborTable::Follow(Link& link, const PimInterface& now)
{
    const bool moved = link.seen.address != now.address;
    const bool changed =
        moved || link.seen.secondary != now.secondary || link.seen.drPriority != now.drPriority;
    if (moved)
    {
        SendGoodbye(now.index);
        link.helloSent = false;
    }
    link.seen = now;
    if (changed)
    {
        SendHello(now.index);
        UpdateDr(now.index);
    }
}

void
PimNeighborTable::SendGoodbye(uint32_t interface)
{
    const Link* link = FindLink(interface);
    if (link != nullptr && link->helloSent)
    {
        PimHello goodbye;
        goodbye.holdtime = 0;
        m_environment.Send(goodbye, interface, PimAllRouters(), link->seen.address);
    }
}

void
PimNeighborTable::SendHello(uint32_t interface)
{
    Link& link = *FindLink(interface);
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
    link.helloSent = true;
    link.hasNewcomer = false;
    link.triggeredTimer.Cancel();
    m_environment.Send(hello, interface);
    if (helloSent)
    {
        helloSent(interface);
    }
}

/** Answers a newcomer, unless something else that was due to it has gone after a Hello already. */
void
PimNeighborTable::AnswerNewcomer(uint32_t interface)
{
    Link* link = FindLink(interface);
    if (link == nullptr || !link->hasNewcomer)
    {
        return;
    }
    if (link->helloSent && (IAmDr(interface) || link->neighbors.size() == 1))
    {
        // Nobody else answers at this moment. Until then the newcomer may take itself for the DR,
        // and cannot join anything here.
        SendHello(interface);
        return;
    }
    const Time delay = m_environment.GetRandom().Uniform(Seconds(0), m_config.triggeredHelloDelay);
    const bool isSooner =
        !link->triggeredTimer.IsRunning() || link->triggeredTimer.GetRemaining() > delay;
    if (isSooner && link->helloTimer.GetRemaining() > delay)
    {
        link->triggeredTimer.Start(delay);
    }
}

void
PimNeighborTable::EnsureHelloSent(uint32_t interface)
{
    const Link* link = FindLink(interface);
    if (link != nullptr && (!link->helloSent || link->hasNewcomer))
    {
        SendHello(interface);
    }
}

void
PimNeighborTable::ReceiveHello(const PimHello& hello, uint32_t interface, Ipv4Address source)
{
    Link* link = FindLink(interface);
    if (link == nullptr || link->seen.IsOwnAddress(source))
    {
        m_environment.ReportDrop(
            EnumName(link == nullptr ? PimDropReason::PIM_DISABLED : PimDropReason::OWN_ADDRESS));
        return;
    }
    const uint16_t holdtime = hello.holdtime.value_or(PimHello::HOLDTIME_DEFAULT);
    if (holdtime == 0)
    {
        Remove(interface, source);
        return;
    }
    const LanDelay before = GetLanDelay(*link);
    const auto [it, isNew] = link->neighbors.try_emplace(source);
    PimNeighbor& neighbor = it->second;
    const bool restarted = Describe(neighbor, hello) && !isNew;
    if (isNew)
    {
        neighbor.address = source;
        neighbor.upSince = m_environment.GetClock().Now();
    }
    TakeAddresses(*link, neighbor);
    if (holdtime == PimHello::HOLDTIME_FOREVER)
    {
        m_liveness.Remove({interface, source});
    }
    else
    {
        m_liveness.Set({interface, source}, Seconds(holdtime));
    }
    if (isNew || restarted)
    {
        NS_LOG_INFO("interface " << interface << (isNew ? ": new neighbor " : ": restarted ")
                                 << source);
        // It has not heard of this router: a Join/Prune, Assert or Register must wait for a Hello.
        link->hasNewcomer = true;
    }
    if (isNew)
    {
        Report(PimNotice::NEIGHBOR_UP, interface, source);
        if (neighborUp)
        {
            neighborUp(interface, neighbor);
        }
    }
    else if (restarted && generationIdChanged)
    {
        generationIdChanged(interface, neighbor);
    }
    UpdateDr(interface);
    NotifyIfDelayChanged(interface, before);
    if (isNew || restarted)
    {
        AnswerNewcomer(interface);
    }
    if (helloReceived)
    {
        helloReceived(interface, neighbor);
    }
}

/** Copies the options of \p hello. \returns true when the Generation ID has changed. */
bool
PimNeighborTable::Describe(PimNeighbor& neighbor, const PimHello& hello) const
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

/** An address that two neighbours claim belongs to the one that claimed it last (§4.3.4). */
void
PimNeighborTable::TakeAddresses(Link& link, const PimNeighbor& owner)
{
    for (auto& [address, other] : link.neighbors)
    {
        if (address == owner.address)
        {
            continue;
        }
        auto isTaken = [&owner](Ipv4Address claimed) {
            return claimed == owner.address ||
                   std::find(owner.secondary.begin(), owner.secondary.end(), claimed) !=
                       owner.secondary.end();
        };
        other.secondary.erase(
            std::remove_if(other.secondary.begin(), other.secondary.end(), isTaken),
            other.secondary.end());
    }
}

void
PimNeighborTable::NeighborLost(uint32_t interface, Ipv4Address address)
{
    if (FindLink(interface) != nullptr)
    {
        Remove(interface, address);
    }
}

void
PimNeighborTable::Expire(uint32_t interface, Ipv4Address address)
{
    NS_LOG_INFO("interface " << interface << ": neighbor " << address << " timed out");
    Remove(interface, address);
}

void
PimNeighborTable::Remove(uint32_t interface, Ipv4Address address)
{
    Link& link = *FindLink(interface);
    auto it = link.neighbors.find(address);
    if (it == link.neighbors.end())
    {
        return;
    }
    const LanDelay before = GetLanDelay(link);
    const PimNeighbor gone = std::move(it->second);
    link.neighbors.erase(it);
    m_liveness.Remove({interface, address});
    Report(PimNotice::NEIGHBOR_DOWN, interface, address);
    if (neighborDown)
    {
        neighborDown(interface, gone);
    }
    UpdateDr(interface);
    NotifyIfDelayChanged(interface, before);
}

void
PimNeighborTable::UpdateDr(uint32_t interface)
{
    Link& link = *FindLink(interface);
    const Ipv4Address dr = ElectDr(link, Ipv4Address::GetAny());
    if (dr != link.dr)
    {
        link.dr = dr;
        Report(PimNotice::DR, interface, dr);
        if (drChanged)
        {
            drChanged(interface);
        }
    }
}

/** DR(I), §4.3.2; \p absent is left out of it. */
Ipv4Address
PimNeighborTable::ElectDr(const Link& link, Ipv4Address absent) const
{
    const auto own = m_config.sendDrPriority ? std::make_optional(link.seen.drPriority)
                                             : std::optional<uint32_t>();
    std::vector<PimDrCandidate> candidates{{link.seen.address, own}};
    for (const auto& [address, neighbor] : link.neighbors)
    {
        if (address != absent)
        {
            candidates.push_back({address, neighbor.drPriority});
        }
    }
    return ElectPimDr(candidates);
}

void
PimNeighborTable::NotifyIfDelayChanged(uint32_t interface, const LanDelay& before)
{
    const Link* link = FindLink(interface);
    if (link != nullptr && GetLanDelay(*link) != before && lanDelayChanged)
    {
        lanDelayChanged(interface);
    }
}

void
PimNeighborTable::Report(PimNotice notice, uint32_t interface, Ipv4Address address) const
{
    const PimInterface* where = m_environment.FindInterface(interface);
    std::ostringstream detail;
    detail << address << " " << (where == nullptr ? std::to_string(interface) : where->name);
    m_environment.ReportEvent(EnumName(notice), detail.str());
}

} // namespace ns3
