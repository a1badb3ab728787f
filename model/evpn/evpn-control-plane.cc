// SPDX-License-Identifier: GPL-2.0-only
#include "ns3/evpn-control-plane.h"

#include "ns3/abort.h"
#include "ns3/boolean.h"
#include "ns3/uinteger.h"
#include "ns3/vxlan-arp-frame.h"
#include "ns3/vxlan-net-device.h"

namespace ns3
{

NS_OBJECT_ENSURE_REGISTERED(EvpnControlPlane);

TypeId
EvpnControlPlane::GetTypeId()
{
    static TypeId tid =
        TypeId("ns3::EvpnControlPlane")
            .SetParent<VxlanControlPlane>()
            .SetGroupName("VxlanMulticast")
            .AddConstructor<EvpnControlPlane>()
            .AddAttribute("Group",
                          "Flood to this group of the underlay; 0.0.0.0: to each VTEP.",
                          Ipv4AddressValue(Ipv4Address::GetAny()),
                          MakeIpv4AddressAccessor(&EvpnControlPlane::m_group),
                          MakeIpv4AddressChecker())
            .AddAttribute("SourceSpecific",
                          "Join the VTEPs of routes of type 3 as sources of Group (SSM).",
                          BooleanValue(false),
                          MakeBooleanAccessor(&EvpnControlPlane::m_isSourceSpecific),
                          MakeBooleanChecker())
            .AddAttribute("Suppress",
                          "Answer ARP requests from MAC/IP routes.",
                          BooleanValue(false),
                          MakeBooleanAccessor(&EvpnControlPlane::m_isSuppressing),
                          MakeBooleanChecker())
            .AddAttribute("Learning",
                          "Learn addresses from frames as well.",
                          BooleanValue(false),
                          MakeBooleanAccessor(&EvpnControlPlane::m_isLearning),
                          MakeBooleanChecker())
            .AddAttribute("TunnelType",
                          "Encapsulation in routes (RFC 8365 11): 8 VXLAN, 9 NVGRE, 2 GRE.",
                          UintegerValue(BgpExtendedCommunity::TUNNEL_VXLAN),
                          MakeUintegerAccessor(&EvpnControlPlane::m_tunnel),
                          MakeUintegerChecker<uint16_t>());
    return tid;
}

void
EvpnControlPlane::SetSticky(Mac48Address mac, bool isSticky)
{
    isSticky ? (void)m_sticky.insert(mac) : (void)m_sticky.erase(mac);
}

uint64_t
EvpnControlPlane::GetSuppressed() const
{
    return m_suppressed;
}

void
EvpnControlPlane::Start(const VxlanVtep& vtep)
{
    m_vtep = vtep;
    m_speaker = vtep.node->GetObject<EvpnProtocol>();
    NS_ABORT_MSG_IF(!m_speaker, "an EvpnControlPlane needs an EvpnProtocol on its node");
    NS_ABORT_MSG_IF(m_isSourceSpecific && m_group.IsAny(), "SourceSpecific goes with a Group");
    if (!m_group.IsAny())
    {
        m_vtep.fdb->AddDefault(m_group);
        m_isSourceSpecific ? void() : m_vtep.setMembership(m_group, true);
    }
    m_speaker->AttachVni({vtep.vni, vtep.address, m_group, m_tunnel, m_isSourceSpecific}, *this);
}

void
EvpnControlPlane::Stop()
{
    if (!m_speaker)
    {
        return;
    }
    m_speaker->DetachVni(m_vtep.vni);
    m_speaker = nullptr;
    if (!m_group.IsAny())
    {
        m_vtep.fdb->RemoveDefault(m_group);
        m_isSourceSpecific ? void() : m_vtep.setMembership(m_group, false);
    }
    m_vtep = {};
}

void
EvpnControlPlane::DoDispose()
{
    // The node goes as a whole: the endpoint that holds its memberships may have gone before. The
    // VNI is detached all the same: its MAC-VRF keeps these tables until it closes.
    m_vtep.setMembership = [](Ipv4Address, bool) {};
    m_vtep.setSource = [](Ipv4Address, Ipv4Address, bool) {};
    Stop();
    VxlanControlPlane::DoDispose();
}

bool
EvpnControlPlane::LearnsFromFrames() const
{
    return m_isLearning;
}

bool
EvpnControlPlane::NeedsLocalAddresses() const
{
    return true;
}

void
EvpnControlPlane::NotifyLocalAddress(Mac48Address mac, Ipv4Address ip)
{
    m_speaker->LocalMac(m_vtep.vni, mac, ip, m_sticky.count(mac) != 0);
}

void
EvpnControlPlane::NotifyLocalAddressGone(Mac48Address mac)
{
    m_speaker->LocalMacGone(m_vtep.vni, mac);
}

VxlanVerdict
EvpnControlPlane::Intercept(Ptr<const Packet> frame, const EthernetHeader& header)
{
    VxlanVerdict verdict;
    const auto arp = m_isSuppressing ? ReadArpFrame(frame, header) : std::nullopt;
    if (!arp)
    {
        return verdict;
    }
    const Ipv4Address sender = arp->GetSourceIpv4Address();
    const Ipv4Address target = arp->GetDestinationIpv4Address();
    if (sender.IsAny() || sender == target)
    {
        verdict.action = VxlanVerdict::Action::CONSUMED; // gratuitous, or a probe (RFC 5227)
        return verdict;
    }
    const auto neighbor =
        arp->IsRequest() ? m_speaker->FindNeighbor(m_vtep.vni, target) : std::nullopt;
    if (!neighbor)
    {
        return verdict;
    }
    verdict.action = VxlanVerdict::Action::CONSUMED;
    if (!neighbor->vtep.IsAny()) // one on this side answers itself
    {
        ++m_suppressed;
        m_vtep.deliverLocally(MakeArpReplyFrame(
            *arp, neighbor->mac, Mac48Address::ConvertFrom(arp->GetSourceHardwareAddress())));
    }
    return verdict;
}

void
EvpnControlPlane::SetRemoteMac(Mac48Address mac, Ipv4Address vtep)
{
    m_vtep.fdb->Set(mac, vtep, VxlanFdbOrigin::EVPN);
}

void
EvpnControlPlane::RemoveRemoteMac(Mac48Address mac)
{
    m_vtep.fdb->Remove(mac, VxlanFdbOrigin::EVPN);
}

void
EvpnControlPlane::AddFloodVtep(Ipv4Address vtep)
{
    if (m_isSourceSpecific)
    {
        m_vtep.setSource(m_group, vtep, true);
        return;
    }
    m_vtep.fdb->AddDefault(vtep, VxlanFdbOrigin::EVPN);
}

void
EvpnControlPlane::RemoveFloodVtep(Ipv4Address vtep)
{
    if (m_isSourceSpecific)
    {
        m_vtep.setSource(m_group, vtep, false);
        return;
    }
    m_vtep.fdb->RemoveDefault(vtep);
}

void
EvpnControlPlane::ForgetLocalMac(Mac48Address mac)
{
    if (Ptr<VxlanNetDevice> device = DynamicCast<VxlanNetDevice>(m_vtep.device))
    {
        device->ForgetLocalAddress(mac);
    }
}

} // namespace ns3
