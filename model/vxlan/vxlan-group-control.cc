// SPDX-License-Identifier: GPL-2.0-only
// RFC 7348 §4.2.
#include "ns3/vxlan-group-control.h"

namespace ns3
{

NS_OBJECT_ENSURE_REGISTERED(VxlanGroupControl);

TypeId
VxlanGroupControl::GetTypeId()
{
    static TypeId tid = TypeId("ns3::VxlanGroupControl")
                            .SetParent<VxlanLearningControl>()
                            .SetGroupName("VxlanMulticast")
                            .AddConstructor<VxlanGroupControl>()
                            .AddAttribute("Group",
                                          "The group of the VNI's VTEPs.",
                                          Ipv4AddressValue(Ipv4Address::GetAny()),
                                          MakeIpv4AddressAccessor(&VxlanGroupControl::m_group),
                                          MakeIpv4AddressChecker());
    return tid;
}

void
VxlanGroupControl::Start(const VxlanVtep& vtep)
{
    VxlanLearningControl::Start(vtep);
    m_vtep.fdb->AddDefault(m_group);
    m_vtep.setMembership(m_group, true);
}

void
VxlanGroupControl::Stop()
{
    m_vtep.fdb->RemoveDefault(m_group);
    m_vtep.setMembership(m_group, false);
    VxlanLearningControl::Stop();
}

} // namespace ns3
