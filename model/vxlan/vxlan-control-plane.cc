// SPDX-License-Identifier: GPL-2.0-only
// RFC 7348 §4.2: what a control plane does unless it overrides it.
#include "ns3/vxlan-control-plane.h"

namespace ns3
{

NS_OBJECT_ENSURE_REGISTERED(VxlanControlPlane);

TypeId
VxlanControlPlane::GetTypeId()
{
    static TypeId tid =
        TypeId("ns3::VxlanControlPlane").SetParent<Object>().SetGroupName("VxlanMulticast");
    return tid;
}

bool
VxlanControlPlane::LearnsFromFrames() const
{
    return false;
}

bool
VxlanControlPlane::NeedsLocalAddresses() const
{
    return false;
}

void
VxlanControlPlane::NotifyLocalAddress(Mac48Address, Ipv4Address)
{
}

void
VxlanControlPlane::NotifyLocalAddressGone(Mac48Address)
{
}

VxlanVerdict
VxlanControlPlane::Intercept(Ptr<const Packet>, const EthernetHeader&)
{
    return {};
}

bool
VxlanControlPlane::InterceptsUnicast() const
{
    return false;
}

bool
VxlanControlPlane::Admit(Ptr<const Packet>, const EthernetHeader&, Ipv4Address)
{
    return true;
}

std::vector<VxlanNeighbor>
VxlanControlPlane::GetLearnedNeighbors() const
{
    return {};
}

} // namespace ns3
