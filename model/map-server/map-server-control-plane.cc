// SPDX-License-Identifier: GPL-2.0-only
#include "ns3/map-server-control-plane.h"

#include "ns3/abort.h"
#include "ns3/boolean.h"
#include "ns3/vxlan-arp-frame.h"
#include "ns3/vxlan-flood-tag.h"
#include "ns3/vxlan-net-device.h"

namespace ns3
{

NS_OBJECT_ENSURE_REGISTERED(MapServerControlPlane);

TypeId
MapServerControlPlane::GetTypeId()
{
    static TypeId tid =
        TypeId("ns3::MapServerControlPlane")
            .SetParent<VxlanControlPlane>()
            .SetGroupName("VxlanMulticast")
            .AddConstructor<MapServerControlPlane>()
            .AddAttribute("Suppress",
                          "Answer ARP requests from the map server's IP addresses.",
                          BooleanValue(true),
                          MakeBooleanAccessor(&MapServerControlPlane::m_isSuppressing),
                          MakeBooleanChecker());
    return tid;
}

uint64_t
MapServerControlPlane::GetSuppressed() const
{
    return m_suppressed;
}

void
MapServerControlPlane::Start(const VxlanVtep& vtep)
{
    m_vtep = vtep;
    m_xtr = vtep.node->GetObject<MapXtr>();
    NS_ABORT_MSG_IF(!m_xtr, "a MapServerControlPlane needs a MapXtr on its node");
    m_xtr->AttachVni(vtep.vni, vtep.address, *this);
}

void
MapServerControlPlane::Stop()
{
    if (m_xtr)
    {
        m_xtr->DetachVni(m_vtep.vni);
        m_xtr = nullptr;
    }
    m_vtep = {};
}

void
MapServerControlPlane::DoDispose()
{
    if (m_xtr)
    {
        m_xtr->AbandonVni(m_vtep.vni); // the node's stack may be gone already
        m_xtr = nullptr;
    }
    m_vtep = {};
    VxlanControlPlane::DoDispose();
}

bool
MapServerControlPlane::LearnsFromFrames() const
{
    return false;
}

bool
MapServerControlPlane::NeedsLocalAddresses() const
{
    return true;
}

void
MapServerControlPlane::NotifyLocalAddress(Mac48Address mac, Ipv4Address ip)
{
    m_xtr->AddLocal(m_vtep.vni, mac, ip);
}

void
MapServerControlPlane::NotifyLocalAddressGone(Mac48Address mac)
{
    m_xtr->RemoveLocal(m_vtep.vni, mac);
}

VxlanVerdict
MapServerControlPlane::Intercept(Ptr<const Packet> frame, const EthernetHeader& header)
{
    VxlanVerdict verdict;
    const auto arp = m_isSuppressing ? ReadArpFrame(frame, header) : std::nullopt;
    if (arp && arp->IsRequest() && header.GetDestination().IsBroadcast())
    {
        verdict.action = VxlanVerdict::Action::CONSUMED;
        const Ipv4Address sender = arp->GetSourceIpv4Address();
        const Ipv4Address target = arp->GetDestinationIpv4Address();
        // An announcement has been registered; nobody need hear it.
        if (sender != target && !sender.IsAny())
        {
            m_xtr->ResolveArp(m_vtep.vni, target, frame);
        }
        return verdict;
    }
    if (!header.GetDestination().IsGroup())
    {
        verdict.action = VxlanVerdict::Action::CONSUMED;
        m_xtr->SendUnicast(m_vtep.vni, header.GetDestination(), frame);
    }
    return verdict;
}

bool
MapServerControlPlane::Admit(Ptr<const Packet> frame,
                             const EthernetHeader& header,
                             Ipv4Address vtep)
{
    return m_xtr->ReceiveFrame(
        m_vtep.vni, header.GetSource(), header.GetDestination(), vtep, frame);
}

void
MapServerControlPlane::SetMapping(Mac48Address mac, Ipv4Address vtep)
{
    m_vtep.fdb->Set(mac, vtep, VxlanFdbOrigin::MAP);
}

void
MapServerControlPlane::RemoveMapping(Mac48Address mac)
{
    m_vtep.fdb->Remove(mac, VxlanFdbOrigin::MAP);
}

void
MapServerControlPlane::AddFloodVtep(Ipv4Address vtep)
{
    m_vtep.fdb->AddDefault(vtep, VxlanFdbOrigin::MAP);
}

void
MapServerControlPlane::RemoveFloodVtep(Ipv4Address vtep)
{
    m_vtep.fdb->RemoveDefault(vtep);
}

void
MapServerControlPlane::SendFrame(Ptr<const Packet> frame, Ipv4Address vtep)
{
    m_vtep.sendTo(frame, vtep);
}

void
MapServerControlPlane::FloodFrame(Ptr<const Packet> frame)
{
    EthernetHeader header(false);
    frame->PeekHeader(header);
    header.GetDestination().IsGroup() ? void() : MarkFlooded(frame);
    for (Ipv4Address vtep : m_vtep.fdb->GetDefaults())
    {
        m_vtep.sendTo(frame, vtep);
    }
}

void
MapServerControlPlane::AnswerArp(Ptr<const Packet> frame, Mac48Address mac)
{
    EthernetHeader header(false);
    frame->PeekHeader(header);
    const auto request = ReadArpFrame(frame, header);
    if (!request)
    {
        return;
    }
    ++m_suppressed;
    m_vtep.deliverLocally(MakeArpReplyFrame(
        *request, mac, Mac48Address::ConvertFrom(request->GetSourceHardwareAddress())));
}

void
MapServerControlPlane::ForgetLocal(Mac48Address mac)
{
    if (Ptr<VxlanNetDevice> device = DynamicCast<VxlanNetDevice>(m_vtep.device))
    {
        device->ForgetLocalAddress(mac);
    }
}

} // namespace ns3
