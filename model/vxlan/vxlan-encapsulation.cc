// SPDX-License-Identifier: GPL-2.0-only
// RFC 7348 §5, RFC 2890 §2, RFC 7637 §3.2.
#include "ns3/vxlan-encapsulation.h"

#include "ns3/gre-header.h"
#include "ns3/ip-protocol.h"
#include "ns3/ip-sizes.h"
#include "ns3/vxlan-header.h"

namespace ns3
{

namespace
{

class VxlanOverUdp : public VxlanEncapsulation
{
  public:
    VxlanEncapsulationType GetType() const override
    {
        return VxlanEncapsulationType::VXLAN;
    }

    uint8_t GetProtocol() const override
    {
        return IP_PROTOCOL_UDP;
    }

    uint32_t GetOverhead() const override
    {
        return IPV4_HEADER_SIZE + UDP_HEADER_SIZE + VXLAN_HEADER_SIZE + ETHERNET_HEADER_SIZE;
    }

    // The flow is in the UDP source port.
    void AddHeader(Ptr<Packet> frame, uint32_t vni, uint32_t) const override
    {
        VxlanFields fields;
        fields.vni = vni;
        frame->AddHeader(VxlanHeader(fields));
    }

    std::string RemoveHeader(Ptr<Packet> packet, uint32_t& vni) const override
    {
        uint8_t bytes[VxlanFields::SIZE];
        WireReader reader(bytes, packet->CopyData(bytes, sizeof bytes));
        VxlanFields fields;
        std::string error = VxlanFields::Read(reader, fields);
        if (error.empty())
        {
            vni = fields.vni;
            packet->RemoveAtStart(VxlanFields::SIZE);
        }
        return error;
    }
};

/** What GRE and NVGRE share. */
class KeyedGre : public VxlanEncapsulation
{
  public:
    uint8_t GetProtocol() const override
    {
        return GreFields::PROTOCOL;
    }

    uint32_t GetOverhead() const override
    {
        return IPV4_HEADER_SIZE + GRE_KEY_HEADER_SIZE + ETHERNET_HEADER_SIZE;
    }

    void AddHeader(Ptr<Packet> frame, uint32_t vni, uint32_t hash) const override
    {
        GreFields fields;
        fields.key = MakeKey(vni, hash);
        frame->AddHeader(GreKeyHeader(fields));
    }

    std::string RemoveHeader(Ptr<Packet> packet, uint32_t& vni) const override
    {
        uint8_t bytes[GreFields::LONGEST];
        WireReader reader(bytes, packet->CopyData(bytes, sizeof bytes));
        GreFields fields;
        std::string error = GreFields::Read(reader, fields);
        if (error.empty())
        {
            vni = GetVni(fields.key);
            packet->RemoveAtStart(fields.size);
        }
        return error;
    }

  private:
    virtual uint32_t MakeKey(uint32_t vni, uint32_t hash) const = 0;
    virtual uint32_t GetVni(uint32_t key) const = 0;
};

/** The key is the VNI, all 32 bits of it. */
class OvsGre : public KeyedGre
{
  public:
    VxlanEncapsulationType GetType() const override
    {
        return VxlanEncapsulationType::GRE;
    }

  private:
    uint32_t MakeKey(uint32_t vni, uint32_t) const override
    {
        return vni;
    }

    uint32_t GetVni(uint32_t key) const override
    {
        return key;
    }
};

/** The key is the 24-bit VSID, and eight bits of the flow. */
class Nvgre : public KeyedGre
{
  public:
    VxlanEncapsulationType GetType() const override
    {
        return VxlanEncapsulationType::NVGRE;
    }

  private:
    uint32_t MakeKey(uint32_t vni, uint32_t hash) const override
    {
        return vni << 8 | (hash & 0xff);
    }

    uint32_t GetVni(uint32_t key) const override
    {
        return key >> 8;
    }
};

} // namespace

const VxlanEncapsulation&
GetVxlanEncapsulation(VxlanEncapsulationType type)
{
    static const VxlanOverUdp vxlan;
    static const OvsGre gre;
    static const Nvgre nvgre;
    switch (type)
    {
    case VxlanEncapsulationType::GRE:
        return gre;
    case VxlanEncapsulationType::NVGRE:
        return nvgre;
    case VxlanEncapsulationType::VXLAN:
        break;
    }
    return vxlan;
}

} // namespace ns3
