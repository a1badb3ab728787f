// SPDX-License-Identifier: GPL-2.0-only
// RFC 9301 §8.2 and §8.3: registrations and requests.
#include "ns3/map-server-instance.h"

#include "ns3/printed.h"

#include <sstream>

namespace ns3
{

MapServerInstance::MapServerInstance(MapEnvironment& environment,
                                     const MapServerConfig& config,
                                     MapRegisterNonces& nonces)
    : m_environment(environment),
      m_config(config),
      m_nonces(nonces),
      m_timeouts(environment.GetClock(),
                 [this](const RegistrationKey& key) {
                     Withdraw(key.first, key.second, MapRegistrationEvent::TIMEOUT);
                 }),
      m_retries(environment.GetClock(), [this](uint64_t nonce) { SendNotify(nonce); })
{
}

const MapServerInstance::Entries&
MapServerInstance::GetEntries() const
{
    return m_entries;
}

uint64_t
MapServerInstance::MakeNonce()
{
    const auto half = [this] {
        return static_cast<uint64_t>(m_environment.GetRandom().Uniform(0.0, 4294967296.0));
    };
    const uint64_t high = half();
    return high << 32 | half();
}

void
MapServerInstance::Send(Ipv4Address to, uint16_t port, const MapMessage& message)
{
    const bool notify = std::holds_alternative<MapNotify>(message.body);
    const std::vector<uint8_t> bytes =
        notify
            ? SignMapMessage(message, m_config.key.algorithm, m_config.key.keyId, m_config.key.key)
            : message.ToBytes();
    m_environment.ReportMessage(ToText(to), "map", true, message.GetName(), bytes.size());
    m_environment.SendMap(to, port, bytes);
}

std::string
MapServerInstance::Receive(Ipv4Address source, uint16_t port, const std::vector<uint8_t>& bytes)
{
    m_environment.ReportMessage(
        ToText(source), "map", false, GetMapMessageName(bytes), bytes.size());
    MapMessage message;
    std::string error = MapMessage::Read(bytes, message);
    if (error.empty())
    {
        if (const auto registration = std::get_if<MapRegister>(&message.body))
        {
            error = HandleRegister(source, *registration, bytes);
        }
        else if (const auto outer = std::get_if<MapEncapsulated>(&message.body))
        {
            HandleRequest(outer->request, outer->source, outer->sourcePort);
        }
        else if (const auto request = std::get_if<MapRequest>(&message.body))
        {
            HandleRequest(*request, source, port);
        }
        else if (const auto notify = std::get_if<MapNotify>(&message.body); notify && notify->ack)
        {
            if (!VerifyMapMessage(bytes, message, m_config.key.algorithm, m_config.key.key))
            {
                error = "authentication";
            }
            else if (m_pending.erase(notify->nonce) != 0)
            {
                m_retries.Remove(notify->nonce);
            }
        }
        else
        {
            error = "unexpected"; // a reply or a notify: nothing was asked
        }
    }
    if (!error.empty())
    {
        m_environment.ReportDrop(error);
    }
    return error;
}

bool
MapServerInstance::IsFresh(Ipv4Address source, const MapRegister& message)
{
    const auto sender = message.id ? std::make_pair(*message.id, Ipv4Address::GetAny())
                                   : std::make_pair(MapXtrId(), source);
    const auto [known, isNew] = m_nonces.emplace(sender, message.nonce);
    if (!isNew && message.nonce <= known->second)
    {
        return false;
    }
    known->second = message.nonce;
    return true;
}

std::string
MapServerInstance::HandleRegister(Ipv4Address source,
                                  const MapRegister& message,
                                  const std::vector<uint8_t>& bytes)
{
    MapMessage whole;
    whole.body = message;
    // §8.2: what does not authenticate is dropped without a word to the sender.
    if (!VerifyMapMessage(bytes, whole, m_config.key.algorithm, m_config.key.key))
    {
        return "authentication";
    }
    if (!IsFresh(source, message))
    {
        return "replay";
    }
    for (const MapRecord& record : message.records)
    {
        HandleEvent(record.ttl == 0 || record.locators.empty() ? MapRegistrationEvent::WITHDRAW
                                                               : MapRegistrationEvent::REGISTER,
                    record.eid,
                    source,
                    &message,
                    &record);
    }
    if (message.wantsNotify)
    {
        MapNotify notify;
        notify.nonce = message.nonce;
        for (const MapRecord& record : message.records)
        {
            notify.records.push_back(message.merge ? Describe(record.eid) : record);
        }
        MapMessage answer;
        answer.body = std::move(notify);
        Send(source, MAP_PORT, answer);
    }
    return "";
}

void
MapServerInstance::HandleEvent(MapRegistrationEvent event,
                               const MapEid& eid,
                               Ipv4Address vtep,
                               const MapRegister* message,
                               const MapRecord* record)
{
    if (event != MapRegistrationEvent::REGISTER)
    {
        Withdraw(eid, vtep, event);
        return;
    }
    Entry& entry = m_entries[eid];
    entry.merge = message->merge;
    const auto old = entry.registrations.find(vtep);
    const bool isNew = old == entry.registrations.end();
    const bool changed = isNew || !(old->second.record.locators == record->locators);
    std::vector<Ipv4Address> others;
    for (const auto& [other, registration] : entry.registrations)
    {
        if (other != vtep)
        {
            others.push_back(other);
        }
    }
    entry.registrations[vtep] = {*record, message->wantsNotify};
    m_timeouts.Set({eid, vtep},
                   message->useTtl ? Minutes(record->ttl) : m_config.registrationTimeout);
    m_environment.ReportStep("registration",
                             eid,
                             isNew ? MapRegistrationState::ABSENT
                                   : MapRegistrationState::REGISTERED,
                             event,
                             MapRegistrationState::REGISTERED);
    std::ostringstream detail;
    detail << eid << ' ' << vtep;
    if (changed)
    {
        m_environment.ReportEvent(!entry.merge && !others.empty() ? "move" : "register",
                                  detail.str());
    }
    if (!entry.merge)
    {
        // One place only: those that had the EID are told where it is, and are out.
        for (Ipv4Address other : others)
        {
            entry.registrations.erase(other);
            m_timeouts.Remove({eid, other});
            m_environment.ReportStep("registration",
                                     eid,
                                     MapRegistrationState::REGISTERED,
                                     MapRegistrationEvent::MOVED,
                                     MapRegistrationState::ABSENT);
        }
        Notify(eid, others);
    }
    else if (changed)
    {
        Notify(eid, others);
    }
}

void
MapServerInstance::Withdraw(const MapEid& eid, Ipv4Address vtep, MapRegistrationEvent event)
{
    const auto it = m_entries.find(eid);
    if (it == m_entries.end() || it->second.registrations.erase(vtep) == 0)
    {
        return;
    }
    m_timeouts.Remove({eid, vtep});
    m_environment.ReportStep(
        "registration", eid, MapRegistrationState::REGISTERED, event, MapRegistrationState::ABSENT);
    std::ostringstream detail;
    detail << eid << ' ' << vtep;
    m_environment.ReportEvent(event == MapRegistrationEvent::TIMEOUT ? "timeout" : "withdraw",
                              detail.str());
    std::vector<Ipv4Address> others;
    for (const auto& [other, registration] : it->second.registrations)
    {
        others.push_back(other);
    }
    if (others.empty())
    {
        m_entries.erase(it);
    }
    else
    {
        Notify(eid, others);
    }
}

MapRecord
MapServerInstance::Describe(const MapEid& eid) const
{
    MapRecord record;
    record.eid = eid;
    const auto it = m_entries.find(eid);
    if (it == m_entries.end())
    {
        record.ttl = m_config.negativeTtl;
        record.authoritative = false;
        return record;
    }
    record.ttl = ToMapTtl(m_config.ttl);
    record.authoritative = false; // §8.2: the server speaks for the ETR
    for (const auto& [vtep, registration] : it->second.registrations)
    {
        record.locators.insert(record.locators.end(),
                               registration.record.locators.begin(),
                               registration.record.locators.end());
    }
    // A record counts its locators in one byte.
    if (record.locators.size() > 255)
    {
        record.locators.resize(255);
    }
    return record;
}

void
MapServerInstance::HandleRequest(const MapRequest& request, Ipv4Address source, uint16_t port)
{
    MapReply reply;
    reply.nonce = request.nonce;
    for (const MapEid& eid : request.eids)
    {
        reply.records.push_back(Describe(eid));
    }
    MapMessage answer;
    answer.body = std::move(reply);
    Send(request.itrLocators.empty() ? source : request.itrLocators.front(), port, answer);
}

void
MapServerInstance::Notify(const MapEid& eid, const std::vector<Ipv4Address>& vteps)
{
    for (Ipv4Address vtep : vteps)
    {
        const uint64_t nonce = MakeNonce();
        Pending& pending = m_pending[nonce];
        pending.vtep = vtep;
        pending.notify.nonce = nonce;
        pending.notify.records = {Describe(eid)};
        SendNotify(nonce);
    }
}

void
MapServerInstance::SendNotify(uint64_t nonce)
{
    const auto it = m_pending.find(nonce);
    if (it == m_pending.end())
    {
        return;
    }
    if (it->second.sent > m_config.notifyRetries)
    {
        m_pending.erase(it);
        return;
    }
    ++it->second.sent;
    m_retries.Set(nonce, m_config.notifyRetryTime);
    MapMessage message;
    message.body = it->second.notify;
    Send(it->second.vtep, MAP_PORT, message);
}

} // namespace ns3
