// SPDX-License-Identifier: GPL-2.0-only
#include "ns3/vxlan-learning-control.h"

#include "ns3/boolean.h"

namespace ns3
{

NS_OBJECT_ENSURE_REGISTERED(VxlanLearningControl);

TypeId
VxlanLearningControl::GetTypeId()
{
    static TypeId tid =
        TypeId("ns3::VxlanLearningControl")
            .SetParent<VxlanControlPlane>()
            .SetGroupName("VxlanMulticast")
            .AddAttribute("Suppress",
                          "Answer ARP requests from ARP packets that came from the tunnel.",
                          BooleanValue(false),
                          MakeBooleanAccessor(&VxlanLearningControl::m_isSuppressing),
                          MakeBooleanChecker());
    return tid;
}

void
VxlanLearningControl::Start(const VxlanVtep& vtep)
{
    m_vtep = vtep;
}

void
VxlanLearningControl::Stop()
{
    m_arp.Clear();
    m_vtep = {};
}

bool
VxlanLearningControl::LearnsFromFrames() const
{
    return true;
}

VxlanVerdict
VxlanLearningControl::Intercept(Ptr<const Packet> frame, const EthernetHeader& header)
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
VxlanLearningControl::Admit(Ptr<const Packet> frame, const EthernetHeader& header, Ipv4Address)
{
    m_isSuppressing ? m_arp.Hear(frame, header) : void();
    return true;
}

std::vector<VxlanNeighbor>
VxlanLearningControl::GetLearnedNeighbors() const
{
    return m_vtep.fdb ? m_arp.GetNeighbors(*m_vtep.fdb) : std::vector<VxlanNeighbor>();
}

} // namespace ns3
