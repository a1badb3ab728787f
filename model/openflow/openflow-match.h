// SPDX-License-Identifier: GPL-2.0-only
// OpenFlow 1.3.5 §7.2.3: the flow match, OXM fields with masks. Open vSwitch's NXM_NX_TUN_IPV4_SRC
// and NXM_NX_TUN_IPV4_DST are read and written as well; of the fields that NXM and OXM share both
// headers are read, OXM is written in matches. Departures: no VLAN, MPLS, IPv6 and metadata fields
// (OFPBMC_BAD_FIELD).
#ifndef VXLAN_MULTICAST_OPENFLOW_MATCH_H
#define VXLAN_MULTICAST_OPENFLOW_MATCH_H

#include "ns3/openflow-constants.h"
#include "ns3/wire-buffer.h"

#include <optional>
#include <tuple>
#include <vector>

namespace ns3
{

/** The fields of a packet that flows match and actions set. */
enum class OpenflowField : uint8_t
{
    IN_PORT,
    ETH_DST,
    ETH_SRC,
    ETH_TYPE,
    IP_PROTO,
    IPV4_SRC,
    IPV4_DST,
    TCP_SRC,
    TCP_DST,
    UDP_SRC,
    UDP_DST,
    ICMPV4_TYPE,
    ICMPV4_CODE,
    ARP_OP,
    ARP_SPA,
    ARP_TPA,
    ARP_SHA,
    ARP_THA,
    TUNNEL_ID,
    TUN_IPV4_SRC,
    TUN_IPV4_DST
};

/** What is known of a field: numbers on the wire, width, name. */
struct OpenflowFieldInfo
{
    OpenflowField field;
    uint32_t oxm;        //!< class, field number and length as in the header, without mask bit
    uint32_t nxm;        //!< NXM's header of the same field; 0 when there is none
    uint8_t bytes;       //!< width
    bool maskable;       //!< whether a mask is allowed (§7.2.3.7)
    bool settable;       //!< whether SET_FIELD may write it
    const char* name;    //!< in ovs-ofctl's matches, "dl_dst"
    const char* setName; //!< in ovs-ofctl's set_field, "eth_dst"
    const char* nxmName; //!< in ovs-ofctl's move, "NXM_OF_ETH_DST"

    /** \returns the mask that covers the whole field. */
    uint64_t GetFullMask() const
    {
        return bytes == 8 ? ~uint64_t(0) : (uint64_t(1) << (8 * bytes)) - 1;
    }
};

/** \returns the description of \p field. */
const OpenflowFieldInfo& GetOpenflowFieldInfo(OpenflowField field);
/** \returns the description of the field with this OXM or NXM header (mask bit cleared), or
 * nullptr. */
const OpenflowFieldInfo* FindOpenflowField(uint32_t header);
/** \returns the description of the field with this name (any of the three), or nullptr. */
const OpenflowFieldInfo* FindOpenflowField(const std::string& name);

/** A field with the value, and the bits of it, that a packet must show. */
struct OpenflowOxm
{
    OpenflowField field;
    uint64_t value;
    uint64_t mask; //!< the field's full mask when exact

    friend bool operator==(const OpenflowOxm& a, const OpenflowOxm& b)
    {
        return a.field == b.field && a.value == b.value && a.mask == b.mask;
    }

    friend bool operator<(const OpenflowOxm& a, const OpenflowOxm& b)
    {
        return std::tie(a.field, a.value, a.mask) < std::tie(b.field, b.value, b.mask);
    }
};

/** Fields in the order in which they go on the wire; no field twice. */
class OpenflowMatch
{
  public:
    /** Adds an exact field. \returns this match, so that calls can be chained. */
    OpenflowMatch& Set(OpenflowField field, uint64_t value);
    /** Adds a field under a mask; bits outside the mask are cleared. */
    OpenflowMatch& Set(OpenflowField field, uint64_t value, uint64_t mask);
    /** \returns the condition on \p field, or nullptr. */
    const OpenflowOxm* Find(OpenflowField field) const;

    const std::vector<OpenflowOxm>& GetFields() const
    {
        return m_fields;
    }

    /** \returns the fields ordered by number: equal for matches that mean the same. */
    std::vector<OpenflowOxm> GetSorted() const;
    /** \returns whether every packet that this match takes is taken by \p other as well. */
    bool IsWithin(const OpenflowMatch& other) const;
    /** \returns whether a packet could match both (§6.4, overlap). */
    bool Overlaps(const OpenflowMatch& other) const;
    /** \returns what is wrong with prerequisites (§7.2.3.6, table 11), or success. */
    OpenflowError CheckPrerequisites() const;

    /** Writes ofp_match with its padding. */
    void Write(WireWriter& writer) const;
    /** Reads ofp_match with its padding. \returns the error of §7.4.4.5, or success. */
    static OpenflowError Read(WireReader& reader, OpenflowMatch& match);

    friend bool operator==(const OpenflowMatch& a, const OpenflowMatch& b)
    {
        return a.GetSorted() == b.GetSorted();
    }

  private:
    std::vector<OpenflowOxm> m_fields;
};

/** Writes one OXM without mask: header and value. */
void WriteOpenflowOxm(WireWriter& writer, const OpenflowOxm& oxm);

/** Writes the low \p bytes bytes of \p value. */
void WriteOpenflowValue(WireWriter& writer, uint64_t value, uint8_t bytes);
/** Reads \p bytes bytes as a number. */
uint64_t ReadOpenflowValue(WireReader& reader, uint8_t bytes);

} // namespace ns3

#endif
