// SPDX-License-Identifier: GPL-2.0-only
#include "ns3/igmp-member.h"

#include "ns3/abort.h"
#include "ns3/igmp-protocol.h"
#include "ns3/node.h"
#include "ns3/uinteger.h"

#include <utility>

namespace ns3
{

NS_LOG_CLASS_DEFINE(IgmpMember);
NS_OBJECT_ENSURE_REGISTERED(IgmpMember);

TypeId
IgmpMember::GetTypeId()
{
    static TypeId tid = TypeId("ns3::IgmpMember")
                            .SetParent<Application>()
                            .SetGroupName("VxlanMulticast")
                            .AddConstructor<IgmpMember>()
                            .AddAttribute("Group",
                                          "The multicast group.",
                                          Ipv4AddressValue(Ipv4Address("239.0.0.1")),
                                          MakeIpv4AddressAccessor(&IgmpMember::m_group),
                                          MakeIpv4AddressChecker())
                            .AddAttribute("Interface",
                                          "The Ipv4 interface to join on; 0 is the loopback.",
                                          UintegerValue(1),
                                          MakeUintegerAccessor(&IgmpMember::m_interface),
                                          MakeUintegerChecker<uint32_t>(1));
    return tid;
}

void
IgmpMember::SetSources(IgmpSourceSet sources)
{
    m_sources = std::move(sources);
}

void
IgmpMember::StartApplication()
{
    IgmpFilter filter;
    filter.mode = m_sources.empty() ? IgmpFilterMode::EXCLUDE : IgmpFilterMode::INCLUDE;
    filter.sources = m_sources;
    Listen(filter);
}

void
IgmpMember::StopApplication()
{
    Listen({IgmpFilterMode::INCLUDE, {}});
}

void
IgmpMember::Listen(const IgmpFilter& filter)
{
    Ptr<IgmpProtocol> igmp = GetNode()->GetObject<IgmpProtocol>();
    NS_ABORT_MSG_UNLESS(igmp, "node " << GetNode()->GetId() << " has no IGMP: IgmpHelper::Install");
    NS_LOG_INFO(
        (filter.mode == IgmpFilterMode::INCLUDE && filter.sources.empty() ? "leaves " : "joins ")
        << m_group);
    // The object's address tells its request from those of the node's other applications.
    const auto socket = static_cast<uint64_t>(reinterpret_cast<uintptr_t>(this));
    NS_ABORT_MSG_UNLESS(igmp->Listen(socket, m_interface, m_group, filter),
                        "node " << GetNode()->GetId() << " cannot join " << m_group
                                << " on interface " << m_interface);
}

} // namespace ns3
