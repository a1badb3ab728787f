// SPDX-License-Identifier: GPL-2.0-only
// The links of a lab as an attacker sees them: what goes over each, and who receives what it puts
// there. It plays the other end of the cable: its frames hold up nobody else's.
#ifndef VXLAN_MULTICAST_TEST_ATTACK_LINK_H
#define VXLAN_MULTICAST_TEST_ATTACK_LINK_H

#include "attack/attack-frame.h"
#include "support/lab-run.h"

#include "ns3/ip-protocol.h"
#include "ns3/ospf-instance.h"
#include "ns3/switched-lan-channel.h"

#include <map>
#include <string>
#include <vector>

namespace ns3
{

/** A control packet that went over a link. */
struct AttackSample
{
    Time time;          //!< when its last bit was sent
    std::size_t sender; //!< position among the link's ends
    AttackFrame frame;
};

/** One end of a link. */
struct AttackEnd
{
    const LabNode* node;
    uint32_t interface; //!< of Ipv4
    Ipv4Address address;
    Ptr<NetDevice> device;
    std::size_t station; //!< of the channel

    Mac48Address GetMac() const
    {
        return Mac48Address::ConvertFrom(device->GetAddress());
    }
};

/** A link between two. */
struct AttackLink
{
    std::string name;
    std::vector<AttackEnd> ends;
    std::vector<AttackSample> samples; //!< by time

    /** \returns all links of \p run, which are cables between two. */
    static std::vector<AttackLink> FindAll(LabRun& run)
    {
        LabNetwork& network = run.GetRun().GetNetwork();
        std::vector<AttackLink> links;
        for (const TopologyNetwork& each : run.GetTopology().networks)
        {
            AttackLink link{each.name, {}, {}};
            for (std::size_t attachment : each.attachments)
            {
                const LabNode& node =
                    network.GetNodes()[run.GetTopology().attachments[attachment].node];
                const Ptr<NetDevice> device = network.GetDevice(attachment);
                const Ptr<Ipv4> ipv4 = node.node->GetObject<Ipv4>();
                const auto interface = static_cast<uint32_t>(ipv4->GetInterfaceForDevice(device));
                link.ends.push_back({&node,
                                     interface,
                                     ipv4->GetAddress(interface, 0).GetLocal(),
                                     device,
                                     FindStation(device)});
            }
            links.push_back(std::move(link));
        }
        return links;
    }

    /** Keeps the control packets that its ends send from now on: OSPF, PIM, IGMP. */
    void Record()
    {
        for (std::size_t end = 0; end < ends.size(); ++end)
        {
            ends[end].device->TraceConnectWithoutContext(
                "PhyTxEnd", MakeBoundCallback(&AttackLink::Keep, this, end));
        }
    }

    /** Puts \p bytes on the link, towards \p receiver alone. */
    void Inject(const AttackBytes& bytes, std::size_t receiver) const
    {
        const AttackEnd& other = ends[1 - receiver];
        const auto channel = DynamicCast<SwitchedLanChannel>(other.device->GetChannel());
        Mac48Address to;
        to.CopyFrom(bytes.data());
        channel->Transmit(
            Create<Packet>(bytes.data(), static_cast<uint32_t>(bytes.size())), to, other.station);
    }

  private:
    static std::size_t FindStation(Ptr<NetDevice> device)
    {
        const Ptr<Channel> channel = device->GetChannel();
        std::size_t station = 0;
        while (channel->GetDevice(station) != device)
        {
            ++station;
        }
        return station;
    }

    static void Keep(AttackLink* link, std::size_t end, Ptr<const Packet> frame)
    {
        AttackBytes bytes(frame->GetSize());
        frame->CopyData(bytes.data(), frame->GetSize());
        const auto read = AttackFrame::Read(bytes);
        if (read && (read->protocol == OspfPacket::PROTOCOL ||
                     read->protocol == PimMessage::PROTOCOL || read->protocol == IP_PROTOCOL_IGMP))
        {
            link->samples.push_back({Simulator::Now(), end, *read});
        }
    }
};

} // namespace ns3

#endif
