// SPDX-License-Identifier: GPL-2.0-only
// What a frame on a link carries, read from its bytes: Ethernet II or PPP, ARP (RFC 826), IPv4 (RFC
// 791), PIM (RFC 7761 §4.9), UDP, TCP, VXLAN (RFC 7348), GRE (RFC 2890), and control planes by their
// ports.
#ifndef VXLAN_MULTICAST_LINK_CLASSIFIER_H
#define VXLAN_MULTICAST_LINK_CLASSIFIER_H

#include "ns3/enum-names.h"
#include "ns3/ipv4-address.h"
#include "ns3/overlay-frame.h"

#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <tuple>

namespace ns3
{

/** The kinds of packet that links.csv tells apart, in the order of its rows. */
enum class LinkClass
{
    MULTICAST,
    REGISTER,
    NULL_REGISTER,
    REGISTER_STOP,
    PIM_HELLO,
    PIM_JOIN_PRUNE,
    PIM_ASSERT,
    PIM_BOOTSTRAP,
    PIM_CANDIDATE_RP,
    PIM_DF_ELECTION,
    IGMP,
    OSPF,
    VXLAN_MULTICAST,
    VXLAN_UNICAST,
    BGP,
    OPENFLOW,
    OVSDB,
    MAP,
    MSDP,
    BFD,
    ARP,
    OTHER
};

/** Those of links.csv. */
template <>
struct EnumNames<LinkClass>
{
    static constexpr const char* NAMES[] = {"multicast",
                                            "register",
                                            "null-register",
                                            "register-stop",
                                            "pim-hello",
                                            "pim-join-prune",
                                            "pim-assert",
                                            "pim-bootstrap",
                                            "pim-candidate-rp",
                                            "pim-df-election",
                                            "igmp",
                                            "ospf",
                                            "vxlan-multicast",
                                            "vxlan-unicast",
                                            "bgp",
                                            "openflow",
                                            "ovsdb",
                                            "map",
                                            "msdp",
                                            "bfd",
                                            "arp",
                                            "other"};
};

/** \returns whether it is of IGMP or PIM and carries no data. */
bool IsGroupControl(LinkClass linkClass);

/** What one frame carries. */
struct LinkFrame
{
    LinkClass linkClass{LinkClass::OTHER};
    uint32_t bytes{0};                        //!< of IP, or of ARP
    Ipv4Address group{Ipv4Address::GetAny()}; //!< of the data, also inside a Register
    std::optional<uint32_t> flood;            //!< the number of the flood it belongs to
    std::optional<OverlayFrame> overlay;      //!< of an encapsulated frame, not inside a Register
};

/** Classifies the frames of one sender; later fragments are of their first one's class. */
class LinkClassifier
{
  public:
    /**
     * \param data the start of the frame, \p size bytes
     * \param ppp a PPP frame, else Ethernet II
     * \param tunnels what encapsulated frames are known by
     */
    LinkFrame
    Classify(const uint8_t* data, std::size_t size, bool ppp, const OverlayTunnels& tunnels);

  private:
    using FragmentKey = std::tuple<uint32_t, uint32_t, uint8_t, uint16_t>;

    std::map<FragmentKey, LinkFrame> m_fragments;
};

} // namespace ns3

#endif
