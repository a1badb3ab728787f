// SPDX-License-Identifier: GPL-2.0-only
// RFC 9301 §5.6, §5.7, §8.2: registrations of a VTEP, and the messages that come to it.
#include "ns3/map-xtr-instance.h"
#include "ns3/printed.h"

#include <algorithm>
#include <sstream>

namespace ns3
{

namespace
{

MapEid
Broadcast(uint32_t instance)
{
    return MapEid::Of(instance, Mac48Address::GetBroadcast());
}

} // namespace

bool
MapXtrInstance::IsBroadcast(const MapEid& eid) const
{
    return eid == Broadcast(eid.instance);
}

std::map<MapEid, bool>
MapXtrInstance::GetLocals() const
{
    std::map<MapEid, bool> locals;
    for (const auto& [eid, local] : m_locals)
    {
        locals[eid] = local.confirmed;
    }
    return locals;
}

void
MapXtrInstance::AddInstance(uint32_t instance)
{
    m_locals[Broadcast(instance)] = {};
    ScheduleRegister();
}

void
MapXtrInstance::RemoveInstance(uint32_t instance)
{
    std::vector<MapEid> gone;
    for (const auto& [eid, local] : m_locals)
    {
        if (eid.instance == instance)
        {
            gone.push_back(eid);
        }
    }
    SendWithdrawal(gone);
    for (const MapEid& eid : gone)
    {
        m_locals.erase(eid);
        m_owners.erase(eid);
    }
    std::vector<MapEid> cached;
    for (const auto& [eid, entry] : m_cache)
    {
        if (eid.instance == instance)
        {
            cached.push_back(eid);
        }
    }
    for (const MapEid& eid : cached)
    {
        Unmap(eid, m_cache[eid]);
        m_requestTimers.Remove(eid);
        m_ttls.Remove(eid);
        m_cache.erase(eid);
    }
    for (Ipv4Address vtep : m_floodVteps[instance])
    {
        m_environment.RemoveFloodVtep(instance, vtep);
    }
    m_floodVteps.erase(instance);
}

void
MapXtrInstance::AddLocal(uint32_t instance, Mac48Address mac, Ipv4Address ip)
{
    const MapEid eid = MapEid::Of(instance, mac);
    const bool isNew = m_locals.count(eid) == 0;
    Local& local = m_locals[eid];
    bool changed = isNew;
    if (!ip.IsAny())
    {
        const MapEid address = MapEid::Of(instance, ip);
        const auto owner = m_owners.find(address);
        local.ips.insert(ip);
        if (owner == m_owners.end() || owner->second != mac)
        {
            m_owners[address] = mac;
            m_locals[address] = {};
            changed = true;
        }
        if (m_cache.count(address) != 0)
        {
            Unmap(address, m_cache[address]);
            m_requestTimers.Remove(address);
            m_ttls.Remove(address);
            m_cache.erase(address);
        }
    }
    if (m_cache.count(eid) != 0)
    {
        // It has come here: what the cache says of it is old.
        Unmap(eid, m_cache[eid]);
        m_requestTimers.Remove(eid);
        m_ttls.Remove(eid);
        m_cache.erase(eid);
    }
    if (changed)
    {
        ScheduleRegister();
    }
}

void
MapXtrInstance::RemoveLocal(uint32_t instance, Mac48Address mac)
{
    const MapEid eid = MapEid::Of(instance, mac);
    const auto it = m_locals.find(eid);
    if (it == m_locals.end())
    {
        return;
    }
    std::vector<MapEid> gone{eid};
    for (Ipv4Address ip : it->second.ips)
    {
        const MapEid address = MapEid::Of(instance, ip);
        const auto owner = m_owners.find(address);
        if (owner != m_owners.end() && owner->second == mac)
        {
            gone.push_back(address);
        }
    }
    SendWithdrawal(gone);
    for (const MapEid& one : gone)
    {
        m_locals.erase(one);
        m_owners.erase(one);
    }
}

void
MapXtrInstance::NotifyReachable()
{
    ScheduleRegister();
}

void
MapXtrInstance::ScheduleRegister()
{
    // At the end of this instant, so that what comes together goes together.
    if (!m_registerTimer.IsRunning())
    {
        m_registerTimer.Start(Seconds(0));
    }
    if (!m_refreshTimer.IsRunning())
    {
        m_refreshTimer.Start(m_config.registerInterval);
    }
}

void
MapXtrInstance::RegisterAll()
{
    for (auto& [eid, local] : m_locals)
    {
        local.confirmed = false;
    }
    m_refreshTimer.Start(m_config.registerInterval);
    RegisterPending();
}

void
MapXtrInstance::RegisterPending()
{
    m_sent.clear();
    std::vector<MapEid> pending;
    for (const auto& [eid, local] : m_locals)
    {
        if (!local.confirmed)
        {
            pending.push_back(eid);
        }
    }
    if (!pending.empty())
    {
        SendRegisters(pending);
        m_retryTimer.Start(m_config.registerRetryTime);
    }
}

void
MapXtrInstance::SendRegisters(const std::vector<MapEid>& eids)
{
    // The merge bit is the message's: broadcast addresses go apart.
    for (const bool merge : {true, false})
    {
        std::vector<MapEid> batch;
        for (const MapEid& eid : eids)
        {
            if (IsBroadcast(eid) == merge)
            {
                batch.push_back(eid);
            }
            if (batch.size() == m_config.recordsPerMessage)
            {
                SendRegister(batch, merge);
                batch.clear();
            }
        }
        if (!batch.empty())
        {
            SendRegister(batch, merge);
        }
    }
}

MapRecord
MapXtrInstance::MakeRecord(const MapEid& eid) const
{
    MapRecord record;
    record.eid = eid;
    record.ttl = ToMapTtl(m_config.ttl);
    const auto owner = m_owners.find(eid);
    MapLocator locator = eid.kind == MapEid::Kind::IPV4 && owner != m_owners.end()
                             ? MapLocator::Of(owner->second)
                             : MapLocator::Of(m_config.locator);
    locator.local = true;
    record.locators = {locator};
    return record;
}

void
MapXtrInstance::SendRegister(const std::vector<MapEid>& eids, bool merge)
{
    MapRegister registration;
    registration.merge = merge;
    registration.nonce = MakeRegisterNonce();
    registration.id = MapXtrId::Of(m_config.locator);
    for (const MapEid& eid : eids)
    {
        registration.records.push_back(MakeRecord(eid));
    }
    m_sent[registration.nonce] = {eids};
    MapMessage message;
    message.body = std::move(registration);
    Send(m_config.server, message);
}

void
MapXtrInstance::SendWithdrawal(const std::vector<MapEid>& eids)
{
    for (std::size_t from = 0; from < eids.size(); from += m_config.recordsPerMessage)
    {
        MapRegister registration;
        registration.wantsNotify = false;
        registration.nonce = MakeRegisterNonce();
        registration.id = MapXtrId::Of(m_config.locator);
        const std::size_t to =
            std::min<std::size_t>(eids.size(), from + m_config.recordsPerMessage);
        for (std::size_t i = from; i < to; ++i)
        {
            MapRecord record;
            record.eid = eids[i];
            record.ttl = 0;
            registration.records.push_back(record);
        }
        MapMessage message;
        message.body = std::move(registration);
        Send(m_config.server, message);
    }
}

std::string
MapXtrInstance::Receive(Ipv4Address source, const std::vector<uint8_t>& bytes)
{
    m_environment.ReportMessage(
        ToText(source), "map", false, GetMapMessageName(bytes), bytes.size());
    MapMessage message;
    std::string error = MapMessage::Read(bytes, message);
    if (error.empty())
    {
        const auto notify = std::get_if<MapNotify>(&message.body);
        const auto request = std::get_if<MapRequest>(&message.body);
        if (const auto reply = std::get_if<MapReply>(&message.body))
        {
            error = HandleReply(*reply);
        }
        else if (notify && !notify->ack)
        {
            error = VerifyMapMessage(bytes, message, m_config.key.algorithm, m_config.key.key)
                        ? HandleNotify(*notify, source)
                        : "authentication";
        }
        else if (request && request->solicit)
        {
            error = HandleSolicit(*request);
        }
        else
        {
            error = "unexpected";
        }
    }
    if (!error.empty())
    {
        m_environment.ReportDrop(error);
    }
    return error;
}

std::string
MapXtrInstance::HandleReply(const MapReply& reply)
{
    bool awaited = false;
    for (const MapRecord& record : reply.records)
    {
        const auto it = m_cache.find(record.eid);
        if (it == m_cache.end() || it->second.state != MapCacheState::REQUESTED ||
            it->second.nonce != reply.nonce)
        {
            continue;
        }
        awaited = true;
        const bool self = !record.locators.empty() && !record.locators.front().isMac &&
                          record.locators.front().GetIpv4() == m_config.locator;
        HandleEvent(record.locators.empty() || record.ttl == 0 || self
                        ? MapCacheEvent::NEGATIVE_REPLY
                        : MapCacheEvent::REPLY,
                    record.eid,
                    &record);
    }
    return awaited ? "" : "nonce"; // §5.4: not what was asked
}

std::string
MapXtrInstance::HandleNotify(const MapNotify& notify, Ipv4Address source)
{
    const auto sent = m_sent.find(notify.nonce);
    if (sent != m_sent.end())
    {
        for (const MapEid& eid : sent->second.eids)
        {
            const auto local = m_locals.find(eid);
            if (local != m_locals.end())
            {
                local->second.confirmed = true;
            }
        }
        m_sent.erase(sent);
        for (const MapRecord& record : notify.records)
        {
            if (IsBroadcast(record.eid))
            {
                SetFloodVteps(record.eid.instance, record);
            }
        }
        return "";
    }
    for (const MapRecord& record : notify.records)
    {
        HandleNotifiedRecord(record);
    }
    MapMessage message;
    MapNotify ack = notify;
    ack.ack = true;
    message.body = std::move(ack);
    Send(source, message);
    return "";
}

void
MapXtrInstance::HandleNotifiedRecord(const MapRecord& record)
{
    const MapEid eid = record.eid;
    if (IsBroadcast(eid))
    {
        SetFloodVteps(eid.instance, record);
        return;
    }
    const bool elsewhere =
        !record.locators.empty() &&
        (record.locators.front().isMac ? m_owners.count(eid) == 0
                                       : record.locators.front().GetIpv4() != m_config.locator);
    if (!elsewhere)
    {
        if (record.locators.empty() || m_owners.count(eid) == 0)
        {
            return;
        }
        // Another MAC, elsewhere, answers for an address of this side.
        if (record.locators.front().GetMac() != m_owners.at(eid))
        {
            m_locals.erase(eid);
            m_owners.erase(eid);
        }
        return;
    }
    if (m_locals.erase(eid) != 0 && eid.kind == MapEid::Kind::MAC)
    {
        for (auto it = m_owners.begin(); it != m_owners.end();)
        {
            const bool owned = it->first.instance == eid.instance && it->second == eid.GetMac();
            if (owned)
            {
                m_locals.erase(it->first);
            }
            it = owned ? m_owners.erase(it) : std::next(it);
        }
        std::ostringstream detail;
        detail << eid << ' ' << record.locators.front().GetIpv4();
        m_environment.ReportEvent("moved-away", detail.str());
        m_environment.ForgetLocal(eid.instance, eid.GetMac());
    }
    if (record.ttl != 0)
    {
        HandleEvent(MapCacheEvent::NOTIFY, eid, &record);
    }
}

void
MapXtrInstance::SetFloodVteps(uint32_t instance, const MapRecord& record)
{
    if (m_locals.count(Broadcast(instance)) == 0)
    {
        return;
    }
    std::set<Ipv4Address> vteps;
    for (const MapLocator& locator : record.locators)
    {
        if (locator.GetIpv4() != m_config.locator)
        {
            vteps.insert(locator.GetIpv4());
        }
    }
    std::set<Ipv4Address>& current = m_floodVteps[instance];
    for (Ipv4Address vtep : current)
    {
        if (vteps.count(vtep) == 0)
        {
            m_environment.RemoveFloodVtep(instance, vtep);
        }
    }
    for (Ipv4Address vtep : vteps)
    {
        if (current.count(vtep) == 0)
        {
            m_environment.AddFloodVtep(instance, vtep);
        }
    }
    current = vteps;
}

std::string
MapXtrInstance::HandleSolicit(const MapRequest& request)
{
    // §6.1: the SMR's source EID is what to ask about.
    if (!request.hasSource)
    {
        return "eid-afi";
    }
    if (m_cache.count(request.source) == 0)
    {
        return "unknown-eid";
    }
    HandleEvent(MapCacheEvent::SOLICITED, request.source);
    return "";
}

} // namespace ns3
