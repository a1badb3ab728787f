// SPDX-License-Identifier: GPL-2.0-only
#include "ns3/protocol-traces.h"

#include "ns3/log.h"

#include <utility>

namespace ns3
{

NS_LOG_COMPONENT_DEFINE("ProtocolTraces");

void
ProtocolTraces::NotifyDrop(Ptr<const Packet> packet, uint32_t interface, const std::string& reason)
{
    NS_LOG_LOGIC("dropped on interface " << interface << ": " << reason);
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
    NS_LOG_LOGIC(event << " " << detail);
    m_event(event, detail);
}

} // namespace ns3
