// SPDX-License-Identifier: GPL-2.0-only
#include "ns3/controller-control-plane.h"

#include "ns3/abort.h"
#include "ns3/vxlan-net-device.h"

namespace ns3
{

NS_OBJECT_ENSURE_REGISTERED(ControllerControlPlane);

TypeId
ControllerControlPlane::GetTypeId()
{
    static TypeId tid = TypeId("ns3::ControllerControlPlane")
                            .SetParent<VxlanControlPlane>()
                            .SetGroupName("VxlanMulticast")
                            .AddConstructor<ControllerControlPlane>();
    return tid;
}

void
ControllerControlPlane::Start(const VxlanVtep& vtep)
{
    m_vtep = vtep;
    m_switch = vtep.node->GetObject<OpenflowSwitch>();
    NS_ABORT_MSG_IF(!m_switch, "a ControllerControlPlane needs an OpenflowSwitch on its node");
    m_switch->AttachVni(vtep.vni, vtep.address, *this);
}

void
ControllerControlPlane::Stop()
{
    if (m_switch)
    {
        m_switch->DetachVni(m_vtep.vni);
        m_switch = nullptr;
    }
    m_vtep = {};
}

void
ControllerControlPlane::DoDispose()
{
    if (m_switch)
    {
        m_switch->AbandonVni(m_vtep.vni); // the node's stack may be gone already
        m_switch = nullptr;
    }
    m_vtep = {};
    VxlanControlPlane::DoDispose();
}

bool
ControllerControlPlane::LearnsFromFrames() const
{
    return false;
}

bool
ControllerControlPlane::InterceptsUnicast() const
{
    return true;
}

VxlanVerdict
ControllerControlPlane::Intercept(Ptr<const Packet> frame, const EthernetHeader&)
{
    m_switch->ReceiveFrame(m_vtep.vni, frame);
    VxlanVerdict verdict;
    verdict.action = VxlanVerdict::Action::CONSUMED;
    return verdict;
}

bool
ControllerControlPlane::Admit(Ptr<const Packet> frame, const EthernetHeader&, Ipv4Address vtep)
{
    m_admitted = frame;
    m_isAdmitted = false;
    m_switch->ReceiveTunnelFrame(m_vtep.vni, vtep, frame);
    m_admitted = nullptr;
    return m_isAdmitted;
}

void
ControllerControlPlane::DeliverFrame(Ptr<const Packet> frame)
{
    if (frame == m_admitted && !m_isAdmitted)
    {
        // It came out of the tunnel and goes on unchanged: the device itself delivers it.
        m_isAdmitted = true;
        return;
    }
    EthernetHeader header(false);
    frame->PeekHeader(header);
    if (header.GetSource() == header.GetDestination())
    {
        // An ARP responder of the place that a tenant has just left answers the announcement that
        // it makes here. The tenant would ignore that; the bridge before it would take the tenant
        // to be behind the tunnel.
        m_vtep.reportDrop(frame, "own-answer");
        return;
    }
    m_vtep.deliverLocally(frame);
}

void
ControllerControlPlane::TunnelFrame(Ptr<const Packet> frame, Ipv4Address remote)
{
    m_vtep.sendTo(frame, remote);
}

void
ControllerControlPlane::ShowRemote(Mac48Address mac, Ipv4Address remote)
{
    m_vtep.fdb->Set(mac, remote, VxlanFdbOrigin::CONTROLLER);
    if (Ptr<VxlanNetDevice> device = DynamicCast<VxlanNetDevice>(m_vtep.device))
    {
        device->ForgetLocalAddress(mac);
    }
}

void
ControllerControlPlane::HideRemote(Mac48Address mac)
{
    m_vtep.fdb->Remove(mac, VxlanFdbOrigin::CONTROLLER);
}

} // namespace ns3
