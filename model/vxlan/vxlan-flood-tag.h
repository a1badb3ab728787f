// SPDX-License-Identifier: GPL-2.0-only
// A mark on unicast frames that are flooded (RFC 7348 §4.2, "unknown destination"), which instruments
// read on links: the bytes of a copy do not tell it from a frame whose place is known.
#ifndef VXLAN_MULTICAST_VXLAN_FLOOD_TAG_H
#define VXLAN_MULTICAST_VXLAN_FLOOD_TAG_H

#include "ns3/packet.h"
#include "ns3/tag.h"

#include <ostream>

namespace ns3
{

/** The mark; it takes no room in the packet. */
class VxlanFloodTag : public Tag
{
  public:
    static TypeId GetTypeId()
    {
        static TypeId tid = TypeId("ns3::VxlanFloodTag")
                                .SetParent<Tag>()
                                .SetGroupName("VxlanMulticast")
                                .AddConstructor<VxlanFloodTag>();
        return tid;
    }

    TypeId GetInstanceTypeId() const override
    {
        return GetTypeId();
    }

    uint32_t GetSerializedSize() const override
    {
        return 0;
    }

    void Serialize(TagBuffer) const override
    {
    }

    void Deserialize(TagBuffer) override
    {
    }

    void Print(std::ostream& os) const override
    {
        os << "flooded";
    }
};

/** Marks a frame before it is encapsulated; its copies are marked too. */
inline void
MarkFlooded(Ptr<const Packet> frame)
{
    VxlanFloodTag tag;
    if (!frame->PeekPacketTag(tag))
    {
        frame->AddPacketTag(tag);
    }
}

/** \returns whether an encapsulated frame is marked. */
inline bool
IsMarkedFlooded(Ptr<const Packet> packet)
{
    VxlanFloodTag tag;
    return packet->PeekPacketTag(tag);
}

/** Takes the mark off what has arrived. */
inline void
ClearFloodMark(Ptr<Packet> packet)
{
    VxlanFloodTag tag;
    packet->RemovePacketTag(tag);
}

} // namespace ns3

#endif
