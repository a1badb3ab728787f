// SPDX-License-Identifier: GPL-2.0-only
// What is between the outer IP header and the inner frame: VXLAN (RFC 7348 §5), GRE with a key as
// Open vSwitch does it (RFC 2890; the key is the VNI), NVGRE (RFC 7637 §3.2; VSID and FlowID).
//
// To add one: a class derived from VxlanEncapsulation, an enumerator and its word, a line in
// GetVxlanEncapsulation.
#ifndef VXLAN_MULTICAST_VXLAN_ENCAPSULATION_H
#define VXLAN_MULTICAST_VXLAN_ENCAPSULATION_H

#include "ns3/enum-names.h"
#include "ns3/packet.h"

#include <cstdint>
#include <string>

namespace ns3
{

/** The encapsulations of a VXLAN device. */
enum class VxlanEncapsulationType
{
    VXLAN,
    GRE,
    NVGRE
};

template <>
struct EnumNames<VxlanEncapsulationType>
{
    static constexpr const char* NAMES[] = {"vxlan", "gre", "nvgre"};
};

/** One encapsulation. It has no state. */
class VxlanEncapsulation
{
  public:
    virtual ~VxlanEncapsulation() = default;

    virtual VxlanEncapsulationType GetType() const = 0;
    /** \returns the protocol of the outer IP packet: UDP or GRE. */
    virtual uint8_t GetProtocol() const = 0;
    /** \returns the outer headers and the inner Ethernet header, in bytes: by how much a device's
     * MTU is below the underlay's. */
    virtual uint32_t GetOverhead() const = 0;
    /**
     * Puts the header in front of an Ethernet frame.
     * \param hash of the frame's flow, for what of it goes into the header
     */
    virtual void AddHeader(Ptr<Packet> frame, uint32_t vni, uint32_t hash) const = 0;
    /**
     * Takes the header off.
     * \param vni what it names
     * \returns empty, or why it is no such packet; \p packet is unchanged then
     */
    virtual std::string RemoveHeader(Ptr<Packet> packet, uint32_t& vni) const = 0;
};

/** \returns the encapsulation of \p type. */
const VxlanEncapsulation& GetVxlanEncapsulation(VxlanEncapsulationType type);

} // namespace ns3

#endif
