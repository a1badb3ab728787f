// SPDX-License-Identifier: GPL-2.0-only
#include "ns3/evpn-advertiser.h"

#include <algorithm>

namespace ns3
{

EvpnAdvertiser::EvpnAdvertiser(ProtocolClock& clock,
                               const EvpnConfig& config,
                               const EvpnRib& rib,
                               const BgpPeers& peers)
    : m_clock(clock),
      m_config(config),
      m_rib(rib),
      m_peers(peers),
      m_timer(clock, [this] { Flush(); }),
      m_initial(clock, [this](const uint32_t& index) { SendAll(index); })
{
}

void
EvpnAdvertiser::RouteChanged(const EvpnRouteKey& key, const EvpnPath* best)
{
    if (m_due.count(key) != 0)
    {
        return; // what is sent when it is due is the route of that moment
    }
    if ((!best || (best->peer != 0 && !m_isReflector)) && m_advertised.count(key) == 0)
    {
        return; // nobody may have it, and nobody has
    }
    const Time due = GetDeadline(key, best);
    m_due[key] = due;
    m_queue[due].insert(key);
    Arm();
}

Time
EvpnAdvertiser::GetDeadline(const EvpnRouteKey& key, const EvpnPath* best) const
{
    Time due = m_clock.Now() + m_config.bgp.advertisementDelay;
    const auto it = m_advertised.find(key);
    if (it != m_advertised.end())
    {
        due = std::max(due, it->second.last + m_config.bgp.minRouteAdvertisementInterval);
    }
    if (best && best->peer == 0)
    {
        due = std::max(due, m_lastOrigination + m_config.bgp.minAsOriginationInterval);
    }
    return due;
}

void
EvpnAdvertiser::Arm()
{
    if (m_queue.empty())
    {
        m_timer.Cancel();
        return;
    }
    const Time delay = m_queue.begin()->first - m_clock.Now();
    if (!m_timer.IsRunning() || m_timer.GetRemaining() != delay)
    {
        m_timer.Start(delay);
    }
}

void
EvpnAdvertiser::PeerUp(const BgpPeer& peer)
{
    m_isReflector = m_isReflector || peer.GetPeerConfig().isClient;
    m_initial.Set(peer.GetIndex(), m_config.bgp.advertisementDelay);
}

void
EvpnAdvertiser::PeerDown(const BgpPeer& peer)
{
    m_initial.Remove(peer.GetIndex());
    m_ready.Remove(peer.GetIndex());
    for (auto it = m_advertised.begin(); it != m_advertised.end();)
    {
        it->second.peers.Remove(peer.GetIndex());
        it = it->second.peers.IsEmpty() ? m_advertised.erase(it) : std::next(it);
    }
}

std::size_t
EvpnAdvertiser::GetAdvertised(const BgpPeer& peer) const
{
    return static_cast<std::size_t>(
        std::count_if(m_advertised.begin(), m_advertised.end(), [&](const auto& entry) {
            return entry.second.peers.Contains(peer.GetIndex());
        }));
}

void
EvpnAdvertiser::Flush()
{
    std::vector<EvpnRouteKey> keys;
    while (!m_queue.empty() && m_queue.begin()->first <= m_clock.Now())
    {
        for (const EvpnRouteKey& key : m_queue.begin()->second)
        {
            keys.push_back(key);
            m_due.erase(key);
        }
        m_queue.erase(m_queue.begin());
    }
    const Batch batch = MakeBatch(std::move(keys));
    std::vector<BgpPeer*> ready;
    for (const auto& [address, peer] : m_peers)
    {
        if (m_ready.Contains(peer->GetIndex()))
        {
            ready.push_back(peer.get());
            SendUnreach(*peer, batch);
        }
    }
    for (const Group& group : batch.groups)
    {
        SendReach(group, ready);
        if (group.from == 0)
        {
            m_lastOrigination = m_clock.Now();
        }
    }
    Arm();
}

void
EvpnAdvertiser::SendAll(uint32_t index)
{
    BgpPeer* peer = FindPeer(index);
    if (!peer)
    {
        return;
    }
    m_ready.Add(index);
    std::vector<EvpnRouteKey> keys;
    for (const EvpnRibEntry* entry : m_rib.GetEntries())
    {
        if (m_due.count(entry->GetKey()) == 0) // the others follow when they are due
        {
            keys.push_back(entry->GetKey());
        }
    }
    const Batch batch = MakeBatch(std::move(keys));
    for (const Group& group : batch.groups)
    {
        SendReach(group, {peer});
    }
    peer->SendUpdate(BgpUpdate::MakeEndOfRib());
}

EvpnAdvertiser::Batch
EvpnAdvertiser::MakeBatch(std::vector<EvpnRouteKey> keys)
{
    Batch batch;
    batch.keys = std::move(keys);
    std::map<std::pair<uint32_t, const BgpPathAttributes*>, std::size_t> places;
    for (const EvpnRouteKey& key : batch.keys)
    {
        const EvpnPath* best = m_rib.FindBest(key);
        if (!best)
        {
            batch.groupOf.push_back(BGP_NO_ROUTE);
            continue;
        }
        const auto [place, isNew] = places.emplace(
            std::make_pair(best->peer, best->route->attributes.get()), batch.groups.size());
        if (isNew)
        {
            const BgpPeer* from = FindPeer(best->peer);
            const BgpAttributesPtr attributes = Export(*best);
            batch.groups.push_back({best->peer,
                                    from && from->GetPeerConfig().isClient,
                                    attributes,
                                    BgpUpdate::GetReachOverhead(*attributes),
                                    {}});
        }
        Group& group = batch.groups[place->second];
        // What a reflector adds may be too much: no peer gets the route then (RFC 4271 §9.2).
        if (group.overhead + best->route->nlri.GetWireSize() > BgpMessage::MAX_SIZE)
        {
            batch.groupOf.push_back(BGP_NO_ROUTE);
            continue;
        }
        batch.groupOf.push_back(place->second);
        group.routes.push_back(best->route->nlri);
    }
    return batch;
}

BgpAttributesPtr
EvpnAdvertiser::Export(const EvpnPath& path)
{
    if (path.peer == 0)
    {
        return path.route->attributes;
    }
    // RFC 4456 §8: the first reflector names the originator, each one adds its cluster.
    BgpPathAttributes attributes = path.GetAttributes();
    if (!attributes.originatorId)
    {
        const BgpPeer* from = FindPeer(path.peer);
        attributes.originatorId = from ? from->GetRouterId() : Ipv4Address::GetAny();
    }
    attributes.clusterList.insert(attributes.clusterList.begin(), m_config.GetClusterId());
    return ShareBgpAttributes(attributes);
}

bool
EvpnAdvertiser::IsAllowed(const Group& group, const BgpPeer& peer) const
{
    if (group.from == 0)
    {
        return true;
    }
    // The originator would drop it (RFC 4456 §8).
    return (group.isFromClient || peer.GetPeerConfig().isClient) && group.from != peer.GetIndex() &&
           group.attributes->originatorId != peer.GetRouterId();
}

void
EvpnAdvertiser::SendReach(const Group& group, const std::vector<BgpPeer*>& peers)
{
    InterfaceSet allowed;
    for (const BgpPeer* peer : peers)
    {
        if (IsAllowed(group, *peer))
        {
            allowed.Add(peer->GetIndex());
        }
    }
    if (allowed.IsEmpty())
    {
        return;
    }
    for (const EvpnNlri& route : group.routes)
    {
        Advertised& advertised = m_advertised[route.key];
        advertised.peers += allowed;
        advertised.last = m_clock.Now();
    }
    for (const BgpUpdate& update : MakeUpdates(group))
    {
        for (BgpPeer* peer : peers)
        {
            if (allowed.Contains(peer->GetIndex()))
            {
                peer->SendUpdate(update);
            }
        }
    }
}

std::vector<BgpUpdate>
EvpnAdvertiser::MakeUpdates(const Group& group)
{
    std::vector<BgpUpdate> updates;
    std::size_t size = BgpMessage::MAX_SIZE;
    for (const EvpnNlri& route : group.routes)
    {
        const std::size_t bytes = route.GetWireSize();
        if (size + bytes > BgpMessage::MAX_SIZE)
        {
            updates.emplace_back();
            updates.back().attributes = *group.attributes;
            updates.back().hasReach = true;
            size = group.overhead;
        }
        updates.back().reach.routes.push_back(route);
        size += bytes;
    }
    return updates;
}

void
EvpnAdvertiser::SendUnreach(BgpPeer& peer, const Batch& batch)
{
    BgpUpdate update;
    update.hasUnreach = true;
    std::size_t size = BgpUpdate::UNREACH_OVERHEAD;
    for (std::size_t i = 0; i < batch.keys.size(); ++i)
    {
        const EvpnRouteKey& key = batch.keys[i];
        const std::size_t group = batch.groupOf[i];
        const auto it = m_advertised.find(key);
        if (it == m_advertised.end() || !it->second.peers.Contains(peer.GetIndex()) ||
            (group != BGP_NO_ROUTE && IsAllowed(batch.groups[group], peer)))
        {
            continue;
        }
        it->second.peers.Remove(peer.GetIndex());
        it->second.last = m_clock.Now();
        if (it->second.peers.IsEmpty() && m_config.bgp.minRouteAdvertisementInterval.IsZero())
        {
            m_advertised.erase(it);
        }
        if (size + key.GetWireSize() > BgpMessage::MAX_SIZE)
        {
            peer.SendUpdate(update);
            update.unreach.routes.clear();
            size = BgpUpdate::UNREACH_OVERHEAD;
        }
        EvpnNlri route;
        route.key = key;
        update.unreach.routes.push_back(route);
        size += key.GetWireSize();
    }
    if (!update.unreach.routes.empty())
    {
        peer.SendUpdate(update);
    }
}

BgpPeer*
EvpnAdvertiser::FindPeer(uint32_t index) const
{
    for (const auto& [address, peer] : m_peers)
    {
        if (peer->GetIndex() == index)
        {
            return peer.get();
        }
    }
    return nullptr;
}

} // namespace ns3
