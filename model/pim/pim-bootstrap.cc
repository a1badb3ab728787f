// SPDX-License-Identifier: GPL-2.0-only
// RFC 5059 §3.1.3, §3.2, §3.3, §3.4, §3.5.
#include "ns3/pim-bootstrap.h"

#include "ns3/pim-rpf.h"
#include "ns3/pim-words.h"

#include <algorithm>

namespace ns3
{

namespace
{

/** Fragments of other messages are held too: no more than this in all. */
constexpr std::size_t MAX_HELD = 256;

/** \returns true for an address that a BSR or an RP can have. */
bool
IsUnicast(Ipv4Address address)
{
    return address != Ipv4Address::GetAny() && !address.IsMulticast() && !address.IsBroadcast();
}

} // namespace

PimBootstrapMachine::PimBootstrapMachine(PimEnvironment& environment,
                                         const PimHelloMachine& hellos,
                                         PimRpSet& rpSet,
                                         const PimBootstrapConfig& config)
    : m_environment(environment),
      m_neighbors(hellos.GetTable()),
      m_drElection(hellos.GetDrElection()),
      m_rpSet(rpSet),
      m_config(config),
      m_forgetTimer(environment.GetClock(), [this] { ForgetExpired(); })
{
}

void
PimBootstrapMachine::Start()
{
    m_running = true;
    m_started = m_environment.GetClock().Now();
    GetOrAddZone(PimScopeZone());
    AddBorderZones();
    SetCandidates(true);
}

/** A router knows the zones that it is a border of, without having heard of them (§3.1.2). */
void
PimBootstrapMachine::AddBorderZones()
{
    for (const auto& [index, interface] : m_environment.GetInterfaces())
    {
        for (const Ipv4Prefix& range : interface.scopeBorders)
        {
            GetOrAddZone({true, range});
        }
    }
}

bool
PimBootstrapMachine::IsConfigured(const PimScopeZone& zone) const
{
    const auto& interfaces = m_environment.GetInterfaces();
    const auto& candidates = m_config.candidateBsrs;
    return std::any_of(interfaces.begin(),
                       interfaces.end(),
                       [&zone](const auto& one) {
                           const auto& borders = one.second.scopeBorders;
                           return std::find(borders.begin(), borders.end(), zone.range) !=
                                  borders.end();
                       }) ||
           std::any_of(candidates.begin(), candidates.end(), [&zone](const auto& candidate) {
               return candidate.zone == zone;
           });
}

void
PimBootstrapMachine::ForgetExpired()
{
    for (const PimScopeZone& zone : m_expired)
    {
        m_zones.erase(zone);
        m_rpSet.RemoveZone(zone);
        if (IsConfigured(zone))
        {
            GetOrAddZone(zone);
        }
    }
    m_expired.clear();
    // What was offered to a zone that no longer exists belongs to a wider one now.
    for (const auto& [zone, machine] : m_zones)
    {
        machine->OffersChanged();
    }
}

void
PimBootstrapMachine::Withdraw()
{
    for (const auto& [zone, machine] : m_zones)
    {
        machine->Withdraw();
    }
}

PimBootstrapZone&
PimBootstrapMachine::GetOrAddZone(const PimScopeZone& zone)
{
    std::unique_ptr<PimBootstrapZone>& machine = m_zones[zone];
    if (!machine)
    {
        machine = std::make_unique<PimBootstrapZone>(
            zone,
            PimBootstrapZone::Surroundings{
                m_environment,
                m_config,
                m_rpSet,
                [this](const PimScopeZone& z, const PimBootstrap& message) { Flood(z, message); },
                [this](const PimScopeZone& z) { return GetOffers(z); }});
        // The zone calls from inside itself, so it goes a moment later.
        machine->expired = [this, zone] {
            m_expired.insert(zone);
            m_forgetTimer.Start(Seconds(0));
        };
    }
    return *machine;
}

/** Tells each zone which candidate BSR, of those whose interface is up, stands for this router. */
void
PimBootstrapMachine::SetCandidates(bool isStart)
{
    std::map<PimScopeZone, std::optional<PimBsr>> best;
    for (const auto& [zone, machine] : m_zones)
    {
        if (machine->GetOwn())
        {
            best[zone] = std::nullopt;
        }
    }
    for (const PimCandidateBsr& candidate : m_config.candidateBsrs)
    {
        std::optional<PimBsr>& own = best[candidate.zone];
        const PimInterface* interface = m_environment.FindInterface(candidate.interface);
        if (interface != nullptr && interface->up)
        {
            const PimBsr bsr{interface->address, candidate.priority, candidate.hashMaskLength};
            if (!own || bsr.GetRank() > own->GetRank())
            {
                own = bsr;
            }
        }
    }
    for (const auto& [zone, own] : best)
    {
        GetOrAddZone(zone).SetCandidate(own, isStart);
    }
}

/** Non-scoped and scoped ranges alike belong to the narrowest zone that holds them (§3.2). */
PimScopeZone
PimBootstrapMachine::ZoneOf(const Ipv4Prefix& range) const
{
    PimScopeZone narrowest;
    for (const auto& [zone, machine] : m_zones)
    {
        if (zone.scoped && zone.range.Contains(range) &&
            (!narrowest.scoped || narrowest.range.Contains(zone.range)))
        {
            narrowest = zone;
        }
    }
    return narrowest;
}

PimScopeZone
PimBootstrapMachine::ZoneOf(const PimBootstrap& message)
{
    if (message.ranges.empty() || !message.ranges.front().group.scopeZone)
    {
        return PimScopeZone();
    }
    return {true, message.ranges.front().group.GetPrefix()};
}

PimCandidateRpAdvertiser::Offers
PimBootstrapMachine::GetOffers(const PimScopeZone& zone) const
{
    static const std::vector<Ipv4Prefix> allGroups = {Ipv4Prefix(Ipv4Address(0xe0000000), 4)};
    PimCandidateRpAdvertiser::Offers offers;
    for (const PimCandidateRp& candidate : m_config.candidateRps)
    {
        const PimInterface* interface = m_environment.FindInterface(candidate.interface);
        if (interface == nullptr || !interface->up)
        {
            continue;
        }
        PimCandidateRpAdvertisement offer;
        offer.priority = candidate.priority;
        offer.holdtime = m_config.candidateRpTimes.holdtime;
        offer.rpAddress = interface->address;
        for (const Ipv4Prefix& range : candidate.ranges.empty() ? allGroups : candidate.ranges)
        {
            if (ZoneOf(range) == zone)
            {
                offer.groups.push_back(
                    {range.GetAddress(), range.GetLength(), candidate.bidirectional, zone.scoped});
            }
        }
        if (!offer.groups.empty())
        {
            offers.push_back(std::move(offer));
        }
    }
    return offers;
}

bool
PimBootstrapMachine::IsBorder(const PimScopeZone& zone, uint32_t interface) const
{
    const PimInterface* own = m_environment.FindInterface(interface);
    return own != nullptr &&
           ((zone.scoped && own->IsBorderOf(zone.range)) || m_config.border.Holds(own->address));
}

/** §3.4: on every interface inside the zone that has neighbours, the one it came from included. */
void
PimBootstrapMachine::Flood(const PimScopeZone& zone, const PimBootstrap& message) const
{
    for (const auto& [index, interface] : m_environment.GetInterfaces())
    {
        if (interface.IsActive() && !IsBorder(zone, index) && m_neighbors.GetSize(index) > 0)
        {
            SendCut(message, interface);
        }
    }
}

/** §4.1: a forwarder also cuts a message to the link's MTU by semantic, not IP, fragments. */
void
PimBootstrapMachine::SendCut(const PimBootstrap& message, const PimInterface& interface) const
{
    for (const PimBootstrap& fragment : FragmentBootstrap(message, interface.mtu))
    {
        m_environment.Send(fragment, interface.index);
    }
}

std::optional<PimBootstrapMachine::Hop>
PimBootstrapMachine::FindRpfNeighbor(Ipv4Address bsr) const
{
    const std::optional<PimRpf> rpf = FindPimRpf(m_environment, m_neighbors, bsr);
    const PimNeighbor* neighbor = rpf ? m_neighbors.Find(rpf->interface, rpf->nextHop) : nullptr;
    return neighbor == nullptr ? std::nullopt
                               : std::make_optional(Hop{rpf->interface, neighbor->address});
}

/** A quick refresh at start-up: no message accepted yet, and not longer than BS_Period ago. */
bool
PimBootstrapMachine::MayRefresh(const PimScopeZone& zone, const PimBootstrap& message) const
{
    const PimBootstrapZone* machine = FindZone(zone);
    const bool accepted = machine != nullptr && machine->HasAcceptedBesides(message);
    return !accepted && m_environment.GetClock().Now() - m_started <= m_config.bsPeriod;
}

void
PimBootstrapMachine::Receive(const PimBootstrap& message,
                             uint32_t interface,
                             Ipv4Address source,
                             Ipv4Address destination)
{
    if (m_environment.IsOwnAddress(message.bsrAddress))
    {
        return; // its own message, flooded back
    }
    const bool isUnicast = destination != PimAllRouters();
    const PimNeighbor* neighbor = m_neighbors.Find(interface, source);
    if (neighbor == nullptr)
    {
        m_environment.ReportDrop(EnumName(PimDropReason::NOT_A_NEIGHBOR));
    }
    else if (isUnicast && (!m_config.acceptUnicast || !m_environment.IsOwnAddress(destination)))
    {
        m_environment.ReportDrop(EnumName(PimDropReason::DESTINATION));
    }
    else if (!IsUnicast(message.bsrAddress))
    {
        m_environment.ReportDrop(EnumName(PimDropReason::BSR_ADDRESS));
    }
    else if (m_config.border.Holds(m_environment.FindInterface(interface)->address))
    {
        m_environment.ReportDrop(EnumName(PimDropReason::BSR_BORDER));
    }
    else if (IsBorder(ZoneOf(message), interface))
    {
        m_environment.ReportDrop(EnumName(PimDropReason::SCOPE_BORDER));
    }
    else if (isUnicast || message.noForward)
    {
        ReceiveQuickRefresh(message);
    }
    else
    {
        ReceiveFlooded(message, {interface, neighbor->address});
    }
}

/**
 * §3.1.3: these are not checked against the route to the BSR, so they are not taken late. One that
 * comes late is no fault: all routers of a LAN receive the copy for a newcomer.
 */
void
PimBootstrapMachine::ReceiveQuickRefresh(const PimBootstrap& message)
{
    if (MayRefresh(ZoneOf(message), message))
    {
        Take(message);
    }
}

void
PimBootstrapMachine::ReceiveFlooded(const PimBootstrap& message, const Hop& from)
{
    const std::optional<Hop> expected = FindRpfNeighbor(message.bsrAddress);
    if (!expected)
    {
        Hold(message, from);
        return;
    }
    // A copy that flooding brings from elsewhere is passed over, and is no fault of anybody.
    if (*expected != from)
    {
        return;
    }
    // What was held of this BSR is older.
    auto isOlder = [&message](const Held& held) {
        return held.message.bsrAddress == message.bsrAddress &&
               ZoneOf(held.message) == ZoneOf(message);
    };
    m_held.erase(std::remove_if(m_held.begin(), m_held.end(), isOlder), m_held.end());
    Take(message);
}

void
PimBootstrapMachine::Take(const PimBootstrap& message)
{
    const PimScopeZone zone = ZoneOf(message);
    const bool isNew = FindZone(zone) == nullptr;
    PimBootstrapZone& machine = GetOrAddZone(zone);
    machine.Receive(message);
    if (isNew)
    {
        // Ranges offered to a wider zone until now may belong to this one.
        for (const auto& [other, its] : m_zones)
        {
            other == zone ? void() : its->OffersChanged();
        }
    }
}

/** Keeps the latest message (all its fragments) of each zone's BSR from each neighbour. */
void
PimBootstrapMachine::Hold(const PimBootstrap& message, const Hop& from)
{
    if (!m_config.holdForRoute)
    {
        return;
    }
    const Time now = m_environment.GetClock().Now();
    auto isStale = [&](const Held& held) {
        return held.until < now ||
               (held.from == from && held.message.bsrAddress == message.bsrAddress &&
                held.message.fragmentTag != message.fragmentTag &&
                ZoneOf(held.message) == ZoneOf(message));
    };
    m_held.erase(std::remove_if(m_held.begin(), m_held.end(), isStale), m_held.end());
    if (m_held.size() < MAX_HELD)
    {
        m_held.push_back({message, from, now + m_config.bsPeriod});
    }
}

void
PimBootstrapMachine::RoutesChanged()
{
    if (!m_running)
    {
        return;
    }
    const Time now = m_environment.GetClock().Now();
    std::vector<Held> held;
    held.swap(m_held);
    // The best BSR first, so that lesser ones are not taken and flooded before it.
    std::stable_sort(held.begin(), held.end(), [](const Held& a, const Held& b) {
        return PimBsr::RankOf(a.message) > PimBsr::RankOf(b.message);
    });
    for (const Held& one : held)
    {
        const std::optional<Hop> expected = FindRpfNeighbor(one.message.bsrAddress);
        if (one.until >= now && expected && *expected == one.from)
        {
            Take(one.message);
        }
        else if (one.until >= now && !expected)
        {
            m_held.push_back(one);
        }
    }
    for (const auto& [zone, machine] : m_zones)
    {
        machine->RoutesChanged();
    }
}

void
PimBootstrapMachine::Receive(const PimCandidateRpAdvertisement& message, Ipv4Address destination)
{
    if (!m_environment.IsOwnAddress(destination) || !IsUnicast(message.rpAddress))
    {
        m_environment.ReportDrop(EnumName(
            IsUnicast(message.rpAddress) ? PimDropReason::DESTINATION : PimDropReason::RP_ADDRESS));
        return;
    }
    std::vector<PimEncodedGroup> groups = message.groups;
    if (groups.empty())
    {
        groups.push_back({Ipv4Address(0xe0000000), 4, false, false});
    }
    std::map<PimScopeZone, std::vector<PimEncodedGroup>> byZone;
    for (const PimEncodedGroup& group : groups)
    {
        byZone[ZoneOf(group.GetPrefix())].push_back(group);
    }
    bool taken = false;
    for (const auto& [zone, its] : byZone)
    {
        auto it = m_zones.find(zone);
        if (it != m_zones.end() && it->second->GetState() == PimBsrState::ELECTED)
        {
            it->second->ReceiveCandidateRp(message, its);
            taken = true;
        }
    }
    if (!taken)
    {
        m_environment.ReportDrop(EnumName(PimDropReason::NOT_BSR));
    }
}

/** §3.5: the DR sends the copy; if the newcomer is the DR, the router that was it before. */
void
PimBootstrapMachine::NeighborUp(uint32_t interface, const PimNeighbor& neighbor)
{
    const PimInterface* own = m_environment.FindInterface(interface);
    if (m_running && own != nullptr &&
        m_drElection.GetDrWithout(interface, neighbor.address) == own->address)
    {
        m_refresh.insert(interface);
    }
}

void
PimBootstrapMachine::HelloSent(uint32_t interface)
{
    if (m_refresh.erase(interface) == 0)
    {
        return;
    }
    for (const auto& [zone, machine] : m_zones)
    {
        if (IsBorder(zone, interface))
        {
            continue;
        }
        for (PimBootstrap copy : machine->GetStoredMessage())
        {
            copy.noForward = true;
            SendCut(copy, *m_environment.FindInterface(interface));
        }
    }
}

void
PimBootstrapMachine::InterfaceChanged(uint32_t interface)
{
    if (!m_running)
    {
        return;
    }
    const PimInterface* own = m_environment.FindInterface(interface);
    if (own == nullptr || !own->IsActive())
    {
        m_refresh.erase(interface);
    }
    AddBorderZones();
    SetCandidates(false);
    const bool offersHere = std::any_of(
        m_config.candidateRps.begin(),
        m_config.candidateRps.end(),
        [interface](const PimCandidateRp& candidate) { return candidate.interface == interface; });
    if (offersHere)
    {
        for (const auto& [zone, machine] : m_zones)
        {
            machine->OffersChanged();
        }
    }
}

void
PimBootstrapMachine::CandidatesChanged()
{
    if (!m_running)
    {
        return;
    }
    SetCandidates(false);
    for (const auto& [zone, machine] : m_zones)
    {
        machine->OffersChanged();
    }
}

const PimBootstrapZone*
PimBootstrapMachine::FindZone(const PimScopeZone& zone) const
{
    auto it = m_zones.find(zone);
    return it == m_zones.end() ? nullptr : it->second.get();
}

std::vector<const PimBootstrapZone*>
PimBootstrapMachine::GetZones() const
{
    std::vector<const PimBootstrapZone*> zones;
    for (const auto& [zone, machine] : m_zones)
    {
        zones.push_back(machine.get());
    }
    return zones;
}

} // namespace ns3
