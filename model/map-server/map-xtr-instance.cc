// SPDX-License-Identifier: GPL-2.0-only
// RFC 9300 §6 (the map cache), RFC 9301 §5.3 (Map-Request), §6.1 (solicit-map-request).
#include "ns3/map-xtr-instance.h"

#include "ns3/printed.h"

namespace ns3
{

MapXtrInstance::MapXtrInstance(MapXtrEnvironment& environment,
                               const MapXtrConfig& config,
                               uint64_t& nonce)
    : m_environment(environment),
      m_config(config),
      m_registerNonce(nonce),
      m_requestTimers(environment.GetClock(),
                      [this](const MapEid& eid) {
                          const bool again = m_cache[eid].attempts <= m_config.requestRetries;
                          HandleEvent(again ? MapCacheEvent::RETRY_TIMER : MapCacheEvent::GIVE_UP,
                                      eid);
                      }),
      m_ttls(environment.GetClock(),
             [this](const MapEid& eid) { HandleEvent(MapCacheEvent::TTL, eid); }),
      m_registerTimer(environment.GetClock(), [this] { RegisterPending(); }),
      m_retryTimer(environment.GetClock(), [this] { RegisterPending(); }),
      m_refreshTimer(environment.GetClock(), [this] { RegisterAll(); })
{
}

const MapXtrInstance::Cache&
MapXtrInstance::GetCache() const
{
    return m_cache;
}

uint64_t
MapXtrInstance::MakeNonce()
{
    const auto half = [this] {
        return static_cast<uint64_t>(m_environment.GetRandom().Uniform(0.0, 4294967296.0));
    };
    const uint64_t high = half();
    return high << 32 | half();
}

uint64_t
MapXtrInstance::MakeRegisterNonce()
{
    // The first is any; half of the numbers are left to count on.
    m_registerNonce = m_registerNonce == 0 ? MakeNonce() >> 1 : m_registerNonce;
    return ++m_registerNonce;
}

void
MapXtrInstance::Send(Ipv4Address to, const MapMessage& message)
{
    const bool signs = std::holds_alternative<MapRegister>(message.body) ||
                       std::holds_alternative<MapNotify>(message.body);
    const std::vector<uint8_t> bytes =
        signs
            ? SignMapMessage(message, m_config.key.algorithm, m_config.key.keyId, m_config.key.key)
            : message.ToBytes();
    m_environment.ReportMessage(ToText(to), "map", true, message.GetName(), bytes.size());
    m_environment.SendMap(to, MAP_PORT, bytes);
}

MapXtrInstance::CacheEntry&
MapXtrInstance::Lookup(const MapEid& eid)
{
    const auto it = m_cache.find(eid);
    if (it == m_cache.end() || it->second.state == MapCacheState::ABSENT)
    {
        HandleEvent(MapCacheEvent::LOOKUP, eid);
    }
    return m_cache[eid];
}

void
MapXtrInstance::HandleEvent(MapCacheEvent event, const MapEid& eid, const MapRecord* record)
{
    CacheEntry& entry = m_cache[eid];
    switch (event)
    {
    case MapCacheEvent::LOOKUP:
        if (entry.state == MapCacheState::ABSENT)
        {
            Ask(eid, entry, event);
        }
        break;
    case MapCacheEvent::SOLICITED:
        if (entry.state == MapCacheState::MAPPED || entry.state == MapCacheState::NEGATIVE)
        {
            entry.solicited = true;
            Ask(eid, entry, event);
        }
        break;
    case MapCacheEvent::RETRY_TIMER:
        if (entry.state == MapCacheState::REQUESTED)
        {
            SendRequest(eid, entry);
        }
        break;
    case MapCacheEvent::REPLY:
    case MapCacheEvent::NOTIFY:
        Store(eid, entry, *record);
        Enter(eid, entry, MapCacheState::MAPPED, event);
        Release(eid, entry);
        break;
    case MapCacheEvent::NEGATIVE_REPLY:
        StoreNegative(eid, entry, *record);
        Enter(eid, entry, MapCacheState::NEGATIVE, event);
        Release(eid, entry);
        break;
    case MapCacheEvent::GIVE_UP:
        if (entry.locator)
        {
            // An SMR whose question nobody answers: the old mapping lives on.
            Enter(eid, entry, MapCacheState::MAPPED, event);
            break;
        }
        Enter(eid, entry, MapCacheState::NEGATIVE, event);
        Release(eid, entry);
        HandleEvent(MapCacheEvent::TTL, eid);
        break;
    case MapCacheEvent::HEARD:
        if (entry.state == MapCacheState::MAPPED || entry.state == MapCacheState::REQUESTED)
        {
            break;
        }
        [[fallthrough]];
    case MapCacheEvent::TTL:
        Unmap(eid, entry);
        if (entry.state != MapCacheState::REQUESTED)
        {
            Enter(eid, entry, MapCacheState::ABSENT, event);
            Erase(eid);
        }
        break;
    }
}

void
MapXtrInstance::Erase(const MapEid& eid)
{
    m_ttls.Remove(eid);
    m_requestTimers.Remove(eid);
    m_cache.erase(eid);
}

void
MapXtrInstance::Ask(const MapEid& eid, CacheEntry& entry, MapCacheEvent event)
{
    entry.attempts = 0;
    Enter(eid, entry, MapCacheState::REQUESTED, event);
    SendRequest(eid, entry);
}

void
MapXtrInstance::Enter(const MapEid& eid,
                      CacheEntry& entry,
                      MapCacheState state,
                      MapCacheEvent event)
{
    m_environment.ReportStep("map-cache", eid, entry.state, event, state);
    entry.state = state;
}

void
MapXtrInstance::SendRequest(const MapEid& eid, CacheEntry& entry)
{
    // §5.3: the Map-Request travels in an Encapsulated Control Message to the Map-Resolver.
    if (entry.attempts == 0)
    {
        entry.nonce = MakeNonce();
    }
    MapEncapsulated outer;
    outer.source = m_config.locator;
    outer.destination = m_config.server;
    outer.request.nonce = entry.nonce;
    outer.request.solicitInvoked = entry.solicited;
    outer.request.itrLocators = {m_config.locator};
    outer.request.eids = {eid};
    m_requestTimers.Set(eid, m_config.requestRetryTime * (int64_t(1) << entry.attempts));
    ++entry.attempts;
    MapMessage message;
    message.body = std::move(outer);
    Send(m_config.server, message);
}

void
MapXtrInstance::Store(const MapEid& eid, CacheEntry& entry, const MapRecord& record)
{
    m_requestTimers.Remove(eid);
    const MapLocator& locator = record.locators.front();
    const bool changed = !entry.locator || !(*entry.locator == locator);
    entry.locator = locator;
    entry.solicited = false;
    // 0xffffffff: as long as we like (§5.4); an hour.
    const Time ttl = record.ttl > 525600 ? Hours(1) : Minutes(record.ttl);
    entry.expires = m_environment.GetClock().Now() + ttl;
    m_ttls.Set(eid, ttl);
    if (changed && eid.kind == MapEid::Kind::MAC)
    {
        m_environment.SetMapping(eid.instance, eid.GetMac(), locator.GetIpv4());
    }
}

void
MapXtrInstance::StoreNegative(const MapEid& eid, CacheEntry& entry, const MapRecord& record)
{
    Unmap(eid, entry);
    m_requestTimers.Remove(eid);
    m_ttls.Set(eid, Minutes(record.ttl));
    entry.expires = m_environment.GetClock().Now() + Minutes(record.ttl);
}

void
MapXtrInstance::Unmap(const MapEid& eid, CacheEntry& entry)
{
    if (entry.locator && eid.kind == MapEid::Kind::MAC)
    {
        m_environment.RemoveMapping(eid.instance, eid.GetMac());
    }
    entry.locator.reset();
}

void
MapXtrInstance::Keep(CacheEntry& entry, Ptr<const Packet> frame)
{
    if (entry.frames.size() < m_config.waitingFrames)
    {
        entry.frames.push_back(frame);
    }
    else
    {
        m_environment.ReportDrop("waiting-frames");
    }
}

void
MapXtrInstance::Release(const MapEid& eid, CacheEntry& entry)
{
    const std::deque<Ptr<const Packet>> frames = std::move(entry.frames);
    entry.frames.clear();
    const std::optional<MapLocator> locator = entry.locator;
    for (const Ptr<const Packet>& frame : frames)
    {
        if (locator && eid.kind == MapEid::Kind::MAC)
        {
            m_environment.SendFrame(eid.instance, frame, locator->GetIpv4());
        }
        else if (locator)
        {
            m_environment.AnswerArp(eid.instance, frame, locator->GetMac());
        }
        else if (eid.kind == MapEid::Kind::IPV4 || m_config.floodUnknown)
        {
            m_environment.FloodFrame(eid.instance, frame);
        }
        else
        {
            m_environment.ReportDrop("unknown-eid");
        }
    }
}

void
MapXtrInstance::SendUnicast(uint32_t instance, Mac48Address destination, Ptr<const Packet> frame)
{
    const MapEid eid = MapEid::Of(instance, destination);
    if (m_locals.count(eid) != 0)
    {
        return; // the bridge has it
    }
    CacheEntry& entry = Lookup(eid);
    Keep(entry, frame);
    if (entry.state != MapCacheState::REQUESTED || entry.locator)
    {
        Release(eid, entry);
    }
}

void
MapXtrInstance::ResolveArp(uint32_t instance, Ipv4Address target, Ptr<const Packet> frame)
{
    const MapEid eid = MapEid::Of(instance, target);
    if (m_owners.count(eid) != 0)
    {
        return; // it hears the request itself
    }
    CacheEntry& entry = Lookup(eid);
    Keep(entry, frame);
    if (entry.state != MapCacheState::REQUESTED || entry.locator)
    {
        Release(eid, entry);
    }
}

bool
MapXtrInstance::ReceiveFrame(uint32_t instance,
                             Mac48Address source,
                             Mac48Address destination,
                             Ipv4Address from,
                             Ptr<const Packet> frame)
{
    const MapEid sender = MapEid::Of(instance, source);
    if (m_cache.count(sender) != 0)
    {
        HandleEvent(MapCacheEvent::HEARD, sender);
    }
    if (destination.IsGroup())
    {
        return true;
    }
    const MapEid eid = MapEid::Of(instance, destination);
    const auto it = m_cache.find(eid);
    if (m_locals.count(eid) != 0 || it == m_cache.end() || !it->second.locator)
    {
        return true;
    }
    // It was here once: the sender's cache is old. The frame goes on all the same.
    Solicit(eid, from);
    m_environment.SendFrame(instance, frame, it->second.locator->GetIpv4());
    return false;
}

void
MapXtrInstance::Solicit(const MapEid& eid, Ipv4Address vtep)
{
    const Time now = m_environment.GetClock().Now();
    const auto last = m_solicited.find({eid, vtep});
    if (last != m_solicited.end() && now - last->second < m_config.solicitInterval)
    {
        return;
    }
    m_solicited[{eid, vtep}] = now;
    MapRequest request;
    request.solicit = true;
    request.nonce = MakeNonce();
    request.hasSource = true;
    request.source = eid;
    request.itrLocators = {m_config.locator};
    request.eids = {eid};
    MapMessage message;
    message.body = std::move(request);
    Send(vtep, message);
}

} // namespace ns3
