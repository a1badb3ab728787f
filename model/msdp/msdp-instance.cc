// SPDX-License-Identifier: GPL-2.0-only
// RFC 3618 §3 to §5, §10, §13.
#include "ns3/msdp-instance.h"

#include <algorithm>
#include <functional>
#include <sstream>

namespace ns3
{

namespace
{

/** §5.2: the periodic SAs are spread over the period, in so many parts. */
constexpr uint32_t SLOTS = 10;

uint32_t
GetSlot(const SourceGroup& key)
{
    return (key.GetSource().Get() + key.GetGroup().Get()) % SLOTS;
}

} // namespace

MsdpInstance::MsdpInstance(MsdpEnvironment& environment, const MsdpConfig& config)
    : m_environment(environment),
      m_config(config),
      m_cache(environment.GetClock(),
              [this](const SourceGroup& key) {
                  m_environment.SetExternalSource(key, false);
                  std::ostringstream detail;
                  detail << key;
                  Report(MsdpEvent::SOURCE_GONE, detail.str());
              }),
      m_advertisementTimer(environment.GetClock(), [this] { AdvertisePeriodically(); })
{
    for (const MsdpPeerConfig& peer : m_config.peers)
    {
        m_peers[peer.address] = std::make_unique<MsdpPeer>(static_cast<MsdpPeerHost&>(*this), peer);
    }
    for (const auto& [address, peer] : m_peers)
    {
        peer->HandleEvent(MsdpPeerEvent::ENABLE);
    }
    m_advertisementTimer.Start(m_config.saAdvertisementPeriod / int64_t(SLOTS));
}

Ipv4Address
MsdpInstance::GetOriginatorId() const
{
    if (!m_config.originatorId.IsAny() || m_config.peers.empty())
    {
        return m_config.originatorId;
    }
    return m_config.peers.front().local;
}

void
MsdpInstance::Report(MsdpEvent event, const std::string& detail) const
{
    m_environment.ReportEvent(EnumName(event), detail);
}

// ---- Connections ----

MsdpPeer*
MsdpInstance::FindPeer(Ipv4Address address, uint64_t connection) const
{
    const auto it = m_peers.find(address);
    return it == m_peers.end() || it->second->GetConnection() != connection ? nullptr
                                                                            : it->second.get();
}

void
MsdpInstance::ConnectionAccepted(Ipv4Address peer, uint64_t connection)
{
    const auto it = m_peers.find(peer);
    if (it == m_peers.end())
    {
        m_environment.ReportDrop("unknown-peer");
        m_environment.CloseConnection(connection);
    }
    else if (!it->second->Accept(connection))
    {
        m_environment.ReportDrop("not-listening");
        m_environment.CloseConnection(connection);
    }
}

void
MsdpInstance::ConnectionOpened(Ipv4Address peer, uint64_t connection)
{
    if (MsdpPeer* known = FindPeer(peer, connection))
    {
        known->HandleEvent(MsdpPeerEvent::CONNECTION_OPENED);
    }
}

void
MsdpInstance::ConnectionClosed(Ipv4Address peer, uint64_t connection)
{
    if (MsdpPeer* known = FindPeer(peer, connection))
    {
        known->HandleEvent(MsdpPeerEvent::CONNECTION_CLOSED);
    }
}

void
MsdpInstance::RoutesChanged()
{
    for (const auto& [address, peer] : m_peers)
    {
        if (m_environment.FindRoute(address) != nullptr)
        {
            peer->Retry();
        }
    }
}

void
MsdpInstance::StateChanged(MsdpPeer& peer, MsdpPeerState old, MsdpPeerEvent event)
{
    std::ostringstream text;
    text << peer.GetConfig().address;
    const std::string address = text.str();
    m_environment.ReportStep("msdp-peer", address, old, event, peer.GetState());
    if (peer.IsEstablished())
    {
        Report(MsdpEvent::SESSION_UP, address);
        SendCache(peer);
    }
    else if (old == MsdpPeerState::ESTABLISHED)
    {
        Report(MsdpEvent::SESSION_DOWN, address + " " + EnumName(event));
    }
}

ProtocolClock&
MsdpInstance::GetClock()
{
    return m_environment.GetClock();
}

const MsdpConfig&
MsdpInstance::GetConfig() const
{
    return m_config;
}

uint64_t
MsdpInstance::OpenConnection(const MsdpPeer& peer)
{
    return m_environment.OpenConnection(peer.GetConfig().local, peer.GetConfig().address);
}

void
MsdpInstance::CloseConnection(uint64_t connection)
{
    m_environment.CloseConnection(connection);
}

void
MsdpInstance::Send(const MsdpPeer& peer, const MsdpMessage& message)
{
    m_environment.Send(peer.GetConnection(), peer.GetConfig().address, message);
}

// ---- Reception ----

void
MsdpInstance::Receive(Ipv4Address address, uint64_t connection, const std::vector<uint8_t>& bytes)
{
    MsdpPeer* peer = FindPeer(address, connection);
    if (peer == nullptr || !peer->IsEstablished())
    {
        return;
    }
    peer->framer.Append(bytes);
    // A format error ends the connection and clears what is left of it.
    while (const auto message = peer->framer.Next())
    {
        ReceiveMessage(*peer, *message);
    }
}

void
MsdpInstance::ReceiveMessage(MsdpPeer& peer, const std::vector<uint8_t>& bytes)
{
    m_environment.ReportReceived(peer.GetConfig().address, bytes);
    WireReader reader(bytes.data(), bytes.size());
    MsdpMessage message;
    const std::string error = MsdpMessage::Read(reader, message);
    if (MsdpMessage::IsFormatError(error))
    {
        m_environment.ReportDrop(error);
        peer.HandleEvent(MsdpPeerEvent::FORMAT_ERROR);
        return;
    }
    peer.MessageReceived();
    if (!error.empty())
    {
        m_environment.ReportDrop(error);
    }
    else if (message.type == MsdpMessage::SOURCE_ACTIVE)
    {
        ReceiveSourceActive(peer, message);
    }
}

void
MsdpInstance::ReceiveSourceActive(MsdpPeer& peer, const MsdpMessage& message)
{
    if (message.rp == GetOriginatorId() || message.rp.IsMulticast() || message.rp.IsAny())
    {
        m_environment.ReportDrop("rp");
        return;
    }
    if (!IsAcceptedFrom(peer, message.rp))
    {
        m_environment.ReportDrop("peer-rpf");
        return;
    }
    std::vector<SourceGroup> forwarded;
    for (const SourceGroup& entry : message.entries)
    {
        if (!entry.GetGroup().IsMulticast() || entry.GetGroup().IsLocalMulticast() ||
            entry.GetSource().IsMulticast() || entry.GetSource().IsAny())
        {
            m_environment.ReportDrop("entry");
            continue;
        }
        if (!peer.GetConfig().in.Passes(entry))
        {
            m_environment.ReportDrop("filter");
            continue;
        }
        const Time now = GetClock().Now();
        const auto [stored, isNew] =
            m_cache.Store({entry, message.rp}, peer.GetConfig().address, m_config.sgStatePeriod);
        if (isNew)
        {
            std::ostringstream detail;
            detail << entry << " " << message.rp << " " << peer.GetConfig().address;
            Report(MsdpEvent::SOURCE_ACTIVE, detail.str());
            m_environment.SetExternalSource(entry, true);
        }
        // §4: sent on at most twice per SA-Advertisement-Period.
        if (now - stored.forwarded >= m_config.saAdvertisementPeriod / int64_t(2))
        {
            stored.forwarded = now;
            forwarded.push_back(entry);
        }
    }
    Forward(peer, message.rp, forwarded);
}

/** §10.2: a member of a mesh group takes what another member sends. */
bool
MsdpInstance::IsAcceptedFrom(const MsdpPeer& peer, Ipv4Address rp) const
{
    return !peer.GetConfig().meshGroup.empty() || FindRpfPeer(rp) == &peer;
}

const MsdpPeer*
MsdpInstance::FindRpfPeer(Ipv4Address rp) const
{
    // (i) the peer is the RP
    const auto direct = m_peers.find(rp);
    if (direct != m_peers.end() && direct->second->IsEstablished())
    {
        return direct->second.get();
    }
    // (iii) the peer is on the route to the RP: its own route leaves by the same next hop
    const UnicastRoute* route = m_environment.FindRoute(rp);
    const MsdpPeer* best = nullptr;
    uint32_t bestMetric = 0;
    if (route != nullptr && !route->IsConnected())
    {
        const UnicastNextHop hop = route->nextHops.back();
        for (const auto& [address, peer] : m_peers)
        {
            const UnicastRoute* own = m_environment.FindRoute(address);
            if (!peer->IsEstablished() || own == nullptr || own->metric > route->metric)
            {
                continue;
            }
            const bool passes =
                hop.gateway == address ||
                std::find(own->nextHops.begin(), own->nextHops.end(), hop) != own->nextHops.end();
            if (passes && (best == nullptr || own->metric <= bestMetric)) // later: higher address
            {
                best = peer.get();
                bestMetric = own->metric;
            }
        }
    }
    if (best != nullptr)
    {
        return best;
    }
    // (v) static
    for (const auto& [address, peer] : m_peers)
    {
        const auto& ranges = peer->GetConfig().staticRpf;
        if (peer->IsEstablished() &&
            std::any_of(ranges.begin(), ranges.end(), [rp](const Ipv4Prefix& range) {
                return range.Contains(rp);
            }))
        {
            return peer.get();
        }
    }
    return nullptr;
}

// ---- Flooding ----

bool
MsdpInstance::IsForwardedTo(const MsdpPeer& from, const MsdpPeer& to) const
{
    const std::string& group = from.GetConfig().meshGroup;
    return &from != &to && (group.empty() || group != to.GetConfig().meshGroup);
}

void
MsdpInstance::Forward(const MsdpPeer& from, Ipv4Address rp, const std::vector<SourceGroup>& entries)
{
    for (const auto& [address, peer] : m_peers)
    {
        if (IsForwardedTo(from, *peer) && address != rp)
        {
            SendEntries(*peer, rp, entries);
        }
    }
}

void
MsdpInstance::SendEntries(MsdpPeer& to, Ipv4Address rp, const std::vector<SourceGroup>& entries)
{
    if (!to.IsEstablished())
    {
        return;
    }
    MsdpMessage message;
    message.type = MsdpMessage::SOURCE_ACTIVE;
    message.rp = rp;
    for (const SourceGroup& entry : entries)
    {
        if (!to.GetConfig().out.Passes(entry))
        {
            continue;
        }
        message.entries.push_back(entry);
        if (message.entries.size() == MsdpMessage::ENTRIES_AT_MOST)
        {
            to.Send(message);
            message.entries.clear();
        }
    }
    if (!message.entries.empty())
    {
        to.Send(message);
    }
}

void
MsdpInstance::AdvertiseToAll(const std::vector<SourceGroup>& entries)
{
    for (const auto& [address, peer] : m_peers)
    {
        SendEntries(*peer, GetOriginatorId(), entries);
    }
}

void
MsdpInstance::SourceChanged(const SourceGroup& key, bool active)
{
    if (active)
    {
        AdvertiseToAll({key});
    }
}

void
MsdpInstance::AdvertisePeriodically()
{
    m_advertisementTimer.Start(m_config.saAdvertisementPeriod / int64_t(SLOTS));
    m_slot = (m_slot + 1) % SLOTS;
    std::vector<SourceGroup> due;
    for (const SourceGroup& key : m_environment.GetRegisteredSources())
    {
        if (GetSlot(key) == m_slot)
        {
            due.push_back(key);
        }
    }
    AdvertiseToAll(due);
}

/** §5.2: all that is known, to a peer that has just come. */
void
MsdpInstance::SendCache(MsdpPeer& to)
{
    SendEntries(to, GetOriginatorId(), m_environment.GetRegisteredSources());
    std::map<Ipv4Address, std::vector<SourceGroup>> byRp;
    for (const auto& [key, entry] : m_cache.GetEntries())
    {
        const auto from = m_peers.find(entry.peer);
        if (from != m_peers.end() && IsForwardedTo(*from->second, to) &&
            key.rp != to.GetConfig().address)
        {
            byRp[key.rp].push_back(key.key);
        }
    }
    for (const auto& [rp, entries] : byRp)
    {
        SendEntries(to, rp, entries);
    }
}

} // namespace ns3
