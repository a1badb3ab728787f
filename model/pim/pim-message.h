// SPDX-License-Identifier: GPL-2.0-only
// The messages of PIM version 2: RFC 7761 §4.9, RFC 5059 §4 (Bootstrap,
// Candidate-RP-Advertisement), RFC 5015 §3.7 (bidirectional PIM). The dense-mode types (Graft,
// Graft-Ack, State Refresh) are refused by name.
#ifndef VXLAN_MULTICAST_PIM_MESSAGE_H
#define VXLAN_MULTICAST_PIM_MESSAGE_H

#include "ns3/ipv4-address.h"
#include "ns3/nstime.h"
#include "ns3/pim-encoding.h"

#include <cstdint>
#include <optional>
#include <ostream>
#include <string>
#include <variant>
#include <vector>

namespace ns3
{

/** ALL-PIM-ROUTERS, 224.0.0.13. */
inline Ipv4Address
PimAllRouters()
{
    return Ipv4Address(0xe000000d);
}

/** LAN Prune Delay option (RFC 7761 §4.9.2). Both times in milliseconds. */
struct PimLanPruneDelay
{
    bool trackingSupport{false};     //!< T bit: the sender can do without join suppression
    uint16_t propagationDelay{500};  //!< 15 bits, ms
    uint16_t overrideInterval{2500}; //!< ms
};

/** Hello (§4.9.2). Absent options are empty; unknown options are skipped on receipt. */
struct PimHello
{
    static constexpr uint16_t HOLDTIME_FOREVER = 0xffff;
    static constexpr uint16_t HOLDTIME_DEFAULT = 105; //!< assumed when a Hello names none

    std::optional<uint16_t> holdtime; //!< seconds; 0: goodbye; 0xffff: never expires
    std::optional<PimLanPruneDelay> lanPruneDelay;
    std::optional<uint32_t> drPriority;
    std::optional<uint32_t> generationId;
    std::vector<Ipv4Address> secondaryAddresses; //!< Address List
    bool bidirectionalCapable{false};            //!< RFC 5015 §3.7.4

    void Write(WireWriter& writer) const;
    static std::string Read(WireReader& reader, PimHello& hello);
    void Print(std::ostream& os) const;
};

/**
 * Register (§4.9.3). To encapsulate without copying, leave \c packet empty and add the message as a
 * header in front of the inner IP packet: the checksum covers the first 8 bytes only.
 */
struct PimRegister
{
    static constexpr uint32_t SIZE = 8; //!< bytes before the inner packet

    bool border{false};
    bool nullRegister{false};
    std::vector<uint8_t> packet; //!< the inner IP packet; its header alone in a Null-Register

    void Write(WireWriter& writer) const;
    static std::string Read(WireReader& reader, PimRegister& message);
    void Print(std::ostream& os) const;
};

/** Register-Stop (§4.9.4). A source of 0.0.0.0 means all sources of the group. */
struct PimRegisterStop
{
    Ipv4Address group{Ipv4Address::GetAny()};
    Ipv4Address source{Ipv4Address::GetAny()};

    void Write(WireWriter& writer) const;
    static std::string Read(WireReader& reader, PimRegisterStop& message);
    void Print(std::ostream& os) const;
};

/** One group of a Join/Prune message. */
struct PimJoinPruneGroup
{
    PimEncodedGroup group;
    PimEncodedSources joins;
    PimEncodedSources prunes;

    /** \returns its bytes on the wire. */
    uint32_t GetSize() const
    {
        return HEADER_SIZE + PimEncodedSource::SIZE * (joins.size() + prunes.size());
    }

    static constexpr uint32_t HEADER_SIZE = PimEncodedGroup::SIZE + 4;
};

/** Join/Prune (§4.9.5). */
struct PimJoinPrune
{
    /** Bytes before the first group, the PIM header included. */
    static constexpr uint32_t HEADER_SIZE = 4 + PimEncodedUnicast::SIZE + 4;
    static constexpr uint16_t HOLDTIME_FOREVER = 0xffff;
    static constexpr std::size_t MAX_GROUPS = 255;

    Ipv4Address upstreamNeighbor{Ipv4Address::GetAny()};
    uint16_t holdtime{210}; //!< seconds
    std::vector<PimJoinPruneGroup> groups;

    void Write(WireWriter& writer) const;
    static std::string Read(WireReader& reader, PimJoinPrune& message);
    void Print(std::ostream& os) const;
};

/** One RP of a Bootstrap message. */
struct PimBootstrapRp
{
    static constexpr uint32_t SIZE = PimEncodedUnicast::SIZE + 4; //!< bytes on the wire

    Ipv4Address address{Ipv4Address::GetAny()};
    uint16_t holdtime{150}; //!< seconds
    uint8_t priority{192};  //!< lower wins

    friend bool operator==(const PimBootstrapRp& a, const PimBootstrapRp& b)
    {
        return std::tie(a.address, a.holdtime, a.priority) ==
               std::tie(b.address, b.holdtime, b.priority);
    }
};

/** One group range of a Bootstrap message, with the RPs that this fragment names. */
struct PimBootstrapRange
{
    static constexpr uint32_t HEADER_SIZE = PimEncodedGroup::SIZE + 4;

    PimEncodedGroup group;
    uint8_t rpCount{0}; //!< RPs of the range in all fragments together
    std::vector<PimBootstrapRp> rps;
};

/** Bootstrap (RFC 5059 §4.1). */
struct PimBootstrap
{
    /** Bytes before the first range, the PIM header included. */
    static constexpr uint32_t HEADER_SIZE = 4 + 4 + PimEncodedUnicast::SIZE;

    bool noForward{false}; //!< N bit: not to be forwarded
    uint16_t fragmentTag{0};
    uint8_t hashMaskLength{30};
    uint8_t bsrPriority{64}; //!< higher wins
    Ipv4Address bsrAddress{Ipv4Address::GetAny()};
    std::vector<PimBootstrapRange> ranges;

    void Write(WireWriter& writer) const;
    static std::string Read(WireReader& reader, PimBootstrap& message);
    void Print(std::ostream& os) const;
};

/** Assert (§4.9.6). A source of 0.0.0.0 in a (*,G) Assert. */
struct PimAssert
{
    static constexpr uint32_t INFINITE_PREFERENCE =
        0x7fffffff; //!< with the R bit: infinite_assert_metric
    static constexpr uint32_t INFINITE_METRIC = 0xffffffff;

    PimEncodedGroup group;
    Ipv4Address source{Ipv4Address::GetAny()};
    bool rpt{false};              //!< R bit
    uint32_t metricPreference{0}; //!< 31 bits
    uint32_t metric{0};

    void Write(WireWriter& writer) const;
    static std::string Read(WireReader& reader, PimAssert& message);
    void Print(std::ostream& os) const;
};

/** Candidate-RP-Advertisement (RFC 5059 §4.2). */
struct PimCandidateRpAdvertisement
{
    /** Bytes before the first range, the PIM header included. */
    static constexpr uint32_t HEADER_SIZE = 4 + 4 + PimEncodedUnicast::SIZE;
    static constexpr std::size_t MAX_GROUPS = 255;

    uint8_t priority{192};  //!< lower wins
    uint16_t holdtime{150}; //!< seconds; 0: the candidate leaves
    Ipv4Address rpAddress{Ipv4Address::GetAny()};
    std::vector<PimEncodedGroup> groups; //!< none: all of 224.0.0.0/4

    void Write(WireWriter& writer) const;
    static std::string Read(WireReader& reader, PimCandidateRpAdvertisement& message);
    void Print(std::ostream& os) const;
};

/** Designated-forwarder election (RFC 5015 §3.7.1 to §3.7.3). */
struct PimDfElection
{
    enum class Subtype : uint8_t
    {
        OFFER = 1,
        WINNER = 2,
        BACKOFF = 3,
        PASS = 4
    };

    Subtype subtype{Subtype::OFFER};
    Ipv4Address rpAddress{Ipv4Address::GetAny()};
    uint32_t senderPreference{0};
    uint32_t senderMetric{0};
    /** The best offerer in a Backoff, the new winner in a Pass. */
    Ipv4Address otherAddress{Ipv4Address::GetAny()};
    uint32_t otherPreference{0};
    uint32_t otherMetric{0};
    uint16_t interval{0}; //!< ms, in a Backoff

    void Write(WireWriter& writer) const;
    static std::string Read(WireReader& reader, uint8_t subtype, PimDfElection& message);
    void Print(std::ostream& os) const;
};

/** Any PIM message, with its common header: use with WireHeader, ToPacket and FromPacket. */
struct PimMessage
{
    static constexpr const char* TYPE_NAME = "ns3::PimMessage";
    static constexpr uint8_t PROTOCOL = 103; //!< the IP protocol number

    using Body = std::variant<PimHello,
                              PimRegister,
                              PimRegisterStop,
                              PimJoinPrune,
                              PimBootstrap,
                              PimAssert,
                              PimCandidateRpAdvertisement,
                              PimDfElection>;

    PimMessage() = default;

    template <typename T, typename = decltype(Body(std::declval<T>()))>
    PimMessage(T message) // NOLINT: any message is a PimMessage
        : body(std::move(message))
    {
    }

    /** \returns the message as a \p T, or nullptr when it is another one. */
    template <typename T>
    const T* As() const
    {
        return std::get_if<T>(&body);
    }

    /** \returns the type number of the common header. */
    uint8_t GetType() const;

    void Write(WireWriter& writer) const;
    /**
     * \returns empty, or "truncated", "version", "checksum", "type", "subtype", "address-family",
     * "encoding", "mask-length", "option-length". A Register's checksum may cover 8 bytes or all
     * (§4.9.3).
     */
    static std::string Read(WireReader& reader, PimMessage& message);
    void Print(std::ostream& os) const;

    Body body;
};

} // namespace ns3

#endif
