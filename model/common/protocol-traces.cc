// SPDX-License-Identifier: GPL-2.0-only
#include "ns3/protocol-traces.h"

#include <utility>

namespace ns3
{

void
ProtocolTraces::NotifyTx(Ptr<const Packet> packet, uint32_t interface)
{
    NS_LOG_DEBUG("sends " << packet->GetSize() << " bytes on interface " << interface);
    m_tx(packet, interface);
}

void
ProtocolTraces::NotifyRx(Ptr<const Packet> packet, uint32_t interface)
{
    NS_LOG_DEBUG("receives " << packet->GetSize() << " bytes on interface " << interface);
    m_rx(packet, interface);
}

void
ProtocolTraces::NotifyDrop(Ptr<const Packet> packet, uint32_t interface, const std::string& reason)
{
    NS_LOG_WARN("dropped on interface " << interface << ": " << reason);
    ++m_drops[reason];
    m_drop(packet, interface, reason);
}

void
ProtocolTraces::NotifyDrop(const std::string& reason)
{
    const Subject subject = m_subject;
    NotifyDrop(subject.packet ? subject.packet : Ptr<const Packet>(Create<Packet>()),
               subject.interface,
               reason);
}

ProtocolTraces::Subject
ProtocolTraces::SetSubject(const Subject& subject)
{
    return std::exchange(m_subject, subject);
}

void
ProtocolTraces::NotifyEvent(const std::string& event, const std::string& detail)
{
    NS_LOG_INFO(event << " " << detail);
    m_event(event, detail);
}

void
ProtocolTraces::NotifyTransition(const ProtocolTransition& step)
{
    NS_LOG_LOGIC(step.machine << " " << step.key << ": " << step.oldState << ", " << step.event
                              << " -> " << step.newState);
    m_transition(step.machine, step.key, step.oldState, step.event, step.newState);
}

} // namespace ns3
