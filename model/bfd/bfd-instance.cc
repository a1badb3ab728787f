// SPDX-License-Identifier: GPL-2.0-only
#include "ns3/bfd-instance.h"

#include <algorithm>

namespace ns3
{

BfdInstance::BfdInstance(BfdEnvironment& environment)
    : m_environment(environment),
      m_leaving(environment.GetClock(), [this](const BfdSessionKey& key) {
          const auto it = m_sessions.find(key);
          m_byDiscriminator.erase(it->second->GetLocalDiscriminator());
          m_sessions.erase(it);
      })
{
}

/** A number that is hard to guess, unique here, and not 0 (RFC 5880 §6.8.1). */
uint32_t
BfdInstance::ChooseDiscriminator()
{
    uint32_t discriminator =
        static_cast<uint32_t>(m_environment.GetRandom().Uniform(1, 4294967296.0));
    while (discriminator == 0 || m_byDiscriminator.count(discriminator) != 0)
    {
        ++discriminator;
    }
    return discriminator;
}

void
BfdInstance::Add(const BfdSessionKey& key, const BfdSessionConfig& config)
{
    m_leaving.Remove(key);
    const auto [it, isNew] = m_sessions.try_emplace(key);
    if (!isNew)
    {
        it->second->SetConfig(config);
        it->second->SetEnabled(true);
        return;
    }
    const uint32_t discriminator = ChooseDiscriminator();
    it->second =
        std::make_unique<BfdSession>(m_environment, key, discriminator, m_nextPort, config);
    m_byDiscriminator[discriminator] = it->second.get();
    m_nextPort = m_nextPort == UINT16_MAX ? BfdPacket::FIRST_SOURCE_PORT : m_nextPort + 1;
}

void
BfdInstance::Remove(const BfdSessionKey& key)
{
    const auto it = m_sessions.find(key);
    if (it == m_sessions.end() || m_leaving.Contains(key))
    {
        return;
    }
    BfdSession& session = *it->second;
    session.SetEnabled(false);
    m_leaving.Set(key, std::max(session.GetDetectionTime(), 3 * session.GetTransmitInterval()));
}

void
BfdInstance::SetConfig(uint32_t interface, const BfdSessionConfig& config)
{
    for (auto& [key, session] : m_sessions)
    {
        if (key.interface == interface)
        {
            session->SetConfig(config);
        }
    }
}

void
BfdInstance::InterfaceDown(uint32_t interface)
{
    for (auto it = m_sessions.begin(); it != m_sessions.end();)
    {
        if (it->first.interface == interface)
        {
            m_leaving.Remove(it->first);
            m_byDiscriminator.erase(it->second->GetLocalDiscriminator());
            it = m_sessions.erase(it);
        }
        else
        {
            ++it;
        }
    }
}

BfdSession*
BfdInstance::FindFor(uint32_t interface, Ipv4Address source, const BfdPacket& packet)
{
    if (packet.yourDiscriminator != 0)
    {
        const auto it = m_byDiscriminator.find(packet.yourDiscriminator);
        return it == m_byDiscriminator.end() ? nullptr : it->second;
    }
    const auto it = m_sessions.find({interface, source});
    return it == m_sessions.end() ? nullptr : it->second.get();
}

void
BfdInstance::Receive(uint32_t interface, Ipv4Address source, uint8_t ttl, const BfdPacket& packet)
{
    if (ttl != BfdPacket::TTL)
    {
        m_environment.ReportDrop("ttl"); // RFC 5881 §5: it has come from further than one hop
        return;
    }
    BfdSession* session = FindFor(interface, source, packet);
    if (session == nullptr)
    {
        m_environment.ReportDrop("no-session");
        return;
    }
    if (session->GetKey().interface != interface)
    {
        m_environment.ReportDrop("interface"); // RFC 5881 §3: a session is bound to its interface
        return;
    }
    session->Receive(packet);
}

const BfdSession*
BfdInstance::Find(const BfdSessionKey& key) const
{
    const auto it = m_sessions.find(key);
    return it == m_sessions.end() ? nullptr : it->second.get();
}

} // namespace ns3
