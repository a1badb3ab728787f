// SPDX-License-Identifier: GPL-2.0-only
// RFC 7761 §4.9.1: encoded unicast, group and source addresses. IPv4 with the native encoding only;
// other address families and encodings are refused by name.
#ifndef VXLAN_MULTICAST_PIM_ENCODING_H
#define VXLAN_MULTICAST_PIM_ENCODING_H

#include "ns3/ipv4-address.h"
#include "ns3/ipv4-prefix.h"
#include "ns3/stored-ipv4-address.h"
#include "ns3/wire-buffer.h"

#include <boost/container/small_vector.hpp>

#include <cstdint>
#include <ostream>
#include <string>
#include <vector>

namespace ns3
{

/** An encoded group address. */
struct PimEncodedGroup
{
    static constexpr uint32_t SIZE = 8; //!< bytes on the wire

    StoredIpv4Address address;
    uint8_t maskLength{32};
    bool bidirectional{false}; //!< B bit: RPs of this range serve bidirectional PIM (RFC 5059 §4)
    bool scopeZone{false};     //!< Z bit: an admin-scope range (RFC 5059 §4)

    Ipv4Prefix GetPrefix() const
    {
        return Ipv4Prefix(address, maskLength);
    }

    void Write(WireWriter& writer) const;
    /** \returns empty, or "address-family", "encoding", "mask-length". */
    static std::string Read(WireReader& reader, PimEncodedGroup& group);

    friend bool operator==(const PimEncodedGroup& a, const PimEncodedGroup& b)
    {
        return std::tie(a.address, a.maskLength, a.bidirectional, a.scopeZone) ==
               std::tie(b.address, b.maskLength, b.bidirectional, b.scopeZone);
    }
};

std::ostream& operator<<(std::ostream& os, const PimEncodedGroup& group);

/** An encoded source address. */
struct PimEncodedSource
{
    static constexpr uint32_t SIZE = 8; //!< bytes on the wire

    StoredIpv4Address address;
    uint8_t maskLength{32};
    bool sparse{true};    //!< S bit
    bool wildcard{false}; //!< W bit: the address is the RP's, the state (*,G)
    bool rpt{false};      //!< R bit: the message goes towards the RP

    void Write(WireWriter& writer) const;
    /** \returns empty, or "address-family", "encoding", "mask-length". */
    static std::string Read(WireReader& reader, PimEncodedSource& source);
};

std::ostream& operator<<(std::ostream& os, const PimEncodedSource& source);

/** A list of sources: next to all groups of Join/Prunes have one. */
using PimEncodedSources = boost::container::small_vector<PimEncodedSource, 1>;

/** An encoded unicast address. */
struct PimEncodedUnicast
{
    static constexpr uint32_t SIZE = 6; //!< bytes on the wire

    static void Write(WireWriter& writer, Ipv4Address address);
    /** \returns empty, or "address-family", "encoding". */
    static std::string Read(WireReader& reader, Ipv4Address& address);
};

} // namespace ns3

#endif
