// SPDX-License-Identifier: GPL-2.0-only
// RFC 7348 §4.2.
#include "ns3/vxlan-remote-discovery.h"

namespace ns3
{

bool
VxlanRemoteDiscovery::LearnsFromFrames() const
{
    return true;
}

VxlanGroupDiscovery::VxlanGroupDiscovery(Ipv4Address group)
    : m_group(group)
{
}

void
VxlanGroupDiscovery::Start(VxlanFdb& fdb, Membership membership)
{
    m_fdb = &fdb;
    m_membership = std::move(membership);
    m_fdb->AddDefault(m_group);
    m_membership(m_group, true);
}

void
VxlanGroupDiscovery::Stop()
{
    m_fdb->RemoveDefault(m_group);
    m_membership(m_group, false);
}

VxlanHeadEndDiscovery::VxlanHeadEndDiscovery(std::vector<Ipv4Address> remotes)
    : m_remotes(std::move(remotes))
{
}

void
VxlanHeadEndDiscovery::Start(VxlanFdb& fdb, Membership)
{
    m_fdb = &fdb;
    for (Ipv4Address remote : m_remotes)
    {
        m_fdb->AddDefault(remote);
    }
}

void
VxlanHeadEndDiscovery::Stop()
{
    for (Ipv4Address remote : m_remotes)
    {
        m_fdb->RemoveDefault(remote);
    }
}

} // namespace ns3
