// SPDX-License-Identifier: GPL-2.0-only
// RFC 2328 §12.1, §13.1 and A.4: link state advertisements, types 1 to 5. TOS metrics are skipped
// when read and never written. A body is kept as bytes, so that what is flooded on is what came in.
#ifndef VXLAN_MULTICAST_OSPF_LSA_H
#define VXLAN_MULTICAST_OSPF_LSA_H

#include "ns3/ospf-config.h"
#include "ns3/wire-buffer.h"

#include <memory>
#include <ostream>
#include <string>
#include <vector>

namespace ns3
{

/** LS type (A.4.1). */
enum class OspfLsaType : uint8_t
{
    ROUTER = 1,
    NETWORK = 2,
    SUMMARY_NETWORK = 3,
    SUMMARY_ASBR = 4,
    AS_EXTERNAL = 5
};

/** What names an LSA (§12.1): type, Link State ID, Advertising Router. */
struct OspfLsaKey
{
    OspfLsaType type{OspfLsaType::ROUTER};
    OspfId linkStateId;
    OspfId advertisingRouter;

    friend bool operator<(const OspfLsaKey& a, const OspfLsaKey& b);
    friend bool operator==(const OspfLsaKey& a, const OspfLsaKey& b);
    friend std::ostream& operator<<(std::ostream& os, const OspfLsaKey& key);
};

/** The LSA header (A.4.1). */
struct OspfLsaHeader
{
    static constexpr uint16_t SIZE = 20; //!< bytes

    uint16_t age{0}; //!< seconds
    uint8_t options{0};
    uint8_t type{0}; //!< as on the wire; see IsTypeKnown
    OspfId linkStateId;
    OspfId advertisingRouter;
    int32_t sequence{OSPF_INITIAL_SEQUENCE_NUMBER};
    uint16_t checksum{0};
    uint16_t length{SIZE}; //!< bytes, header included

    void Write(WireWriter& writer) const;
    void Read(WireReader& reader);

    /** \returns true for types 1 to 5 (§13 step 2). */
    bool IsTypeKnown() const
    {
        return type >= 1 && type <= 5;
    }

    OspfLsaKey GetKey() const
    {
        return {static_cast<OspfLsaType>(type), linkStateId, advertisingRouter};
    }
};

/** Which of two instances of one LSA is more recent (§13.1): above 0 \p a, below 0 \p b, 0 neither.
 */
int CompareOspfInstances(const OspfLsaHeader& a, const OspfLsaHeader& b, const OspfConfig& config);

/** A whole LSA. */
struct OspfLsa
{
    OspfLsaHeader header;
    std::vector<uint8_t> body; //!< what follows the header

    void Write(WireWriter& writer) const;
    /** \returns empty, or "truncated". The LS checksum is not looked at. */
    std::string Read(WireReader& reader);
    /** \returns the Fletcher checksum (§12.1.7) that the header should bear. */
    uint16_t ComputeChecksum() const;
    /** Sets the length and checksum of the header. */
    void Seal();
};

/** One link of a router-LSA (A.4.2). */
struct OspfRouterLink
{
    static constexpr uint8_t POINT_TO_POINT = 1;
    static constexpr uint8_t TRANSIT = 2;
    static constexpr uint8_t STUB = 3;
    static constexpr uint8_t VIRTUAL = 4;

    OspfId id; //!< neighbour's router id; DR's address; network number
    Ipv4Address data{Ipv4Address::GetAny()}; //!< own address; own address; mask
    uint8_t type{STUB};
    uint16_t metric{1};
};

/** Body of a router-LSA (A.4.2). */
struct OspfRouterLsa
{
    bool virtualEndpoint{false}; //!< bit V
    bool asBoundary{false};      //!< bit E
    bool areaBorder{false};      //!< bit B
    std::vector<OspfRouterLink> links;

    std::vector<uint8_t> Encode() const;
    /** \returns empty, or "truncated". */
    static std::string Decode(const std::vector<uint8_t>& body, OspfRouterLsa& lsa);
};

/** Body of a network-LSA (A.4.3). */
struct OspfNetworkLsa
{
    Ipv4Mask mask{Ipv4Mask::GetZero()};
    std::vector<OspfId> attachedRouters;

    std::vector<uint8_t> Encode() const;
    /** \returns empty, or "truncated". */
    static std::string Decode(const std::vector<uint8_t>& body, OspfNetworkLsa& lsa);
};

/** Body of a summary-LSA (A.4.4), of a network or of an AS boundary router. */
struct OspfSummaryLsa
{
    Ipv4Mask mask{Ipv4Mask::GetZero()}; //!< of type 3; 0 in type 4
    uint32_t metric{0};                 //!< 24 bits

    std::vector<uint8_t> Encode() const;
    /** \returns empty, or "truncated". */
    static std::string Decode(const std::vector<uint8_t>& body, OspfSummaryLsa& lsa);
};

/** Body of an AS-external-LSA (A.4.5). */
struct OspfExternalLsa
{
    Ipv4Mask mask{Ipv4Mask::GetZero()};
    bool type2{true};   //!< bit E: the metric is above any inside cost
    uint32_t metric{0}; //!< 24 bits
    Ipv4Address forwardingAddress{Ipv4Address::GetAny()};
    uint32_t tag{0};

    std::vector<uint8_t> Encode() const;
    /** \returns empty, or "truncated". */
    static std::string Decode(const std::vector<uint8_t>& body, OspfExternalLsa& lsa);
};

/** \returns empty, or what is wrong with the body of \p lsa, which is of a known type. */
std::string CheckOspfLsaBody(const OspfLsa& lsa);

} // namespace ns3

#endif
