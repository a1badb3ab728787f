// SPDX-License-Identifier: GPL-2.0-only
// RFC 2328 §12.1, §13.1 and A.4: link state advertisements, types 1 to 5. TOS metrics are skipped
// when read and never written. A body is kept as bytes, so that what is flooded on is what came in.
#ifndef VXLAN_MULTICAST_OSPF_LSA_H
#define VXLAN_MULTICAST_OSPF_LSA_H

#include "ns3/interned.h"
#include "ns3/ospf-config.h"
#include "ns3/ospf-mask.h"
#include "ns3/wire-buffer.h"

#include <cstddef>
#include <functional>
#include <initializer_list>
#include <optional>
#include <ostream>
#include <string>
#include <string_view>
#include <utility>
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

    /** \returns both ids as one number. */
    constexpr uint64_t GetIds() const
    {
        return uint64_t(linkStateId.Get()) << 32 | advertisingRouter.Get();
    }

    friend constexpr bool operator<(const OspfLsaKey& a, const OspfLsaKey& b)
    {
        return a.type != b.type ? a.type < b.type : a.GetIds() < b.GetIds();
    }

    friend constexpr bool operator==(const OspfLsaKey& a, const OspfLsaKey& b)
    {
        return a.type == b.type && a.GetIds() == b.GetIds();
    }

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

    friend bool operator==(const OspfLsaHeader& a, const OspfLsaHeader& b)
    {
        return a.linkStateId == b.linkStateId && a.advertisingRouter == b.advertisingRouter &&
               a.type == b.type && a.sequence == b.sequence && a.checksum == b.checksum &&
               a.length == b.length && a.options == b.options && a.age == b.age;
    }
};

/** Which of two instances of one LSA is more recent (§13.1): above 0 \p a, below 0 \p b, 0 neither.
 */
int CompareOspfInstances(const OspfLsaHeader& a, const OspfLsaHeader& b, const OspfConfig& config);

/**
 * The bytes of an LSA after its header. All databases that hold them share them, and what has been
 * found out about them: each router still checks each LSA (§13), but no body is summed up twice.
 */
class OspfLsaBody
{
  public:
    using Bytes = std::vector<uint8_t>;

    OspfLsaBody() = default;

    OspfLsaBody(Bytes bytes)
        : m_content(Content{std::move(bytes)})
    {
    }

    /** Copies \p size bytes, unless they are shared already. */
    OspfLsaBody(const uint8_t* bytes, std::size_t size)
        : m_content(Interned<Content, Hash>::Of(ToView(bytes, size)))
    {
    }

    OspfLsaBody(std::initializer_list<uint8_t> bytes)
        : OspfLsaBody(Bytes(bytes))
    {
    }

    operator const Bytes&() const
    {
        return m_content.Get().bytes;
    }

    std::size_t size() const
    {
        return m_content.Get().bytes.size();
    }

    /** The two sums of Fletcher's checksum, modulo 255. */
    struct Sums
    {
        uint8_t first{0};
        uint8_t second{0};
    };

    /** \returns the sums over these bytes alone. */
    Sums GetSums() const;

    /** \returns empty, or what is wrong with the bytes as the body of an LSA of \p type. */
    std::string Check(OspfLsaType type) const;

    friend bool operator==(const OspfLsaBody& a, const OspfLsaBody& b)
    {
        return a.m_content == b.m_content;
    }

    friend bool operator!=(const OspfLsaBody& a, const OspfLsaBody& b)
    {
        return a.m_content != b.m_content;
    }

  private:
    /** The bytes with what they imply, which is filled in when somebody asks. */
    struct Content
    {
        Content() = default;

        explicit Content(Bytes itsBytes)
            : bytes(std::move(itsBytes))
        {
        }

        explicit Content(std::string_view view)
            : bytes(view.begin(), view.end())
        {
        }

        bool operator==(std::string_view view) const
        {
            return ToView(bytes.data(), bytes.size()) == view;
        }

        bool operator==(const Content& other) const
        {
            return bytes == other.bytes;
        }

        Bytes bytes;
        mutable std::optional<Sums> sums;
        mutable uint8_t goodTypes{0}; //!< a bit for each type of which they are a body
    };

    struct Hash
    {
        std::size_t operator()(const Content& content) const
        {
            return (*this)(ToView(content.bytes.data(), content.bytes.size()));
        }

        std::size_t operator()(std::string_view view) const
        {
            return std::hash<std::string_view>()(view);
        }
    };

    static std::string_view ToView(const uint8_t* bytes, std::size_t size)
    {
        return {reinterpret_cast<const char*>(bytes), size};
    }

    Interned<Content, Hash> m_content;
};

/** A whole LSA. */
struct OspfLsa
{
    OspfLsaHeader header;
    OspfLsaBody body;

    void Write(WireWriter& writer) const;
    /** \returns empty, or "truncated". The LS checksum is not looked at. */
    std::string Read(WireReader& reader);
    /** \returns the Fletcher checksum (§12.1.7) that the header should bear. */
    uint16_t ComputeChecksum() const;
    /** Sets the length and checksum of the header. */
    void Seal();

    friend bool operator==(const OspfLsa& a, const OspfLsa& b)
    {
        return a.header == b.header && a.body == b.body;
    }
};

/**
 * An LSA of which all databases share everything but the age: the same instance (§12.1) is in each
 * of them.
 */
class OspfLsaInstance
{
  public:
    OspfLsaInstance() = default;
    explicit OspfLsaInstance(OspfLsa lsa);

    /** \returns the LSA with an age of 0. */
    const OspfLsa& Get() const
    {
        return m_lsa.Get();
    }

  private:
    struct Hash
    {
        std::size_t operator()(const OspfLsa& lsa) const;
    };

    Interned<OspfLsa, Hash> m_lsa;
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
    OspfMask mask;
    std::vector<OspfId> attachedRouters;

    std::vector<uint8_t> Encode() const;
    /** \returns empty, or "truncated". */
    static std::string Decode(const std::vector<uint8_t>& body, OspfNetworkLsa& lsa);
};

/** Body of a summary-LSA (A.4.4), of a network or of an AS boundary router. */
struct OspfSummaryLsa
{
    OspfMask mask;      //!< of type 3; 0 in type 4
    uint32_t metric{0}; //!< 24 bits

    std::vector<uint8_t> Encode() const;
    /** \returns empty, or "truncated". */
    static std::string Decode(const std::vector<uint8_t>& body, OspfSummaryLsa& lsa);
};

/** Body of an AS-external-LSA (A.4.5). */
struct OspfExternalLsa
{
    OspfMask mask;
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
