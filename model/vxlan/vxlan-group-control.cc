// SPDX-License-Identifier: GPL-2.0-only
// RFC 7348 §4.2.
#include "ns3/vxlan-group-control.h"

#include "ns3/boolean.h"

namespace ns3
{

NS_OBJECT_ENSURE_REGISTERED(VxlanGroupControl);

TypeId
VxlanGroupControl::GetTypeId()
{
    static TypeId tid =
        TypeId("ns3::VxlanGroupControl")
            .SetParent<VxlanControlPlane>()
            .SetGroupName("VxlanMulticast")
            .AddConstructor<VxlanGroupControl>()
            .AddAttribute("Group",
                          "The group of the VNI's VTEPs.",
                          Ipv4AddressValue(Ipv4Address::GetAny()),
                          MakeIpv4AddressAccessor(&VxlanGroupControl::m_group),
                          MakeIpv4AddressChecker())
            .AddAttribute("Suppress",
                          "Answer ARP requests from ARP packets that came from the tunnel.",
                          BooleanValue(false),
                          MakeBooleanAccessor(&VxlanGroupControl::m_isSuppressing),
                          MakeBooleanChecker());
    return tid;
}

void
VxlanGroupControl::Start(const VxlanVtep& vtep)
{
    m_vtep = vtep;
    m_vtep.fdb->AddDefault(m_group);
    m_vtep.setMembership(m_group, true);
}

void
VxlanGroupControl::Stop()
{
    m_vtep.fdb->RemoveDefault(m_group);
    m_vtep.setMembership(m_group, false);
    m_arp.Clear();
    m_vtep = {};
}

bool
VxlanGroupControl::LearnsFromFrames() const
{
    return true;
}

VxlanVerdict
VxlanGroupControl::Intercept(Ptr<const Packet> frame, const EthernetHeader& header)
{
    VxlanVerdict verdict;
    Ptr<Packet> answer = m_isSuppressing ? m_arp.Answer(frame, header, *m_vtep.fdb) : Ptr<Packet>();
    if (answer)
    {
        verdict.action = VxlanVerdict::Action::CONSUMED;
        m_vtep.deliverLocally(answer);
    }
    return verdict;
}

bool
VxlanGroupControl::Admit(Ptr<const Packet> frame, const EthernetHeader& header, Ipv4Address)
{
    m_isSuppressing ? m_arp.Hear(frame, header) : void();
    return true;
}

std::vector<VxlanNeighbor>
VxlanGroupControl::GetLearnedNeighbors() const
{
    return m_vtep.fdb ? m_arp.GetNeighbors(*m_vtep.fdb) : std::vector<VxlanNeighbor>();
}

} // namespace ns3
