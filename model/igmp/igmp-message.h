// SPDX-License-Identifier: GPL-2.0-only
// The wire format of IGMP: RFC 1112 appendix I (version 1), RFC 2236 §2 (version 2), RFC 3376 §4
// (version 3) and §7.1 (which version a Query is). Auxiliary data and additional data are skipped
// on reading, counted in the checksum, and never written, as RFC 3376 asks.
#ifndef VXLAN_MULTICAST_IGMP_MESSAGE_H
#define VXLAN_MULTICAST_IGMP_MESSAGE_H

#include "ns3/enum-names.h"
#include "ns3/ipv4-address.h"
#include "ns3/sparse.h"
#include "ns3/wire-buffer.h"

#include <boost/container/flat_set.hpp>

#include <cstdint>
#include <ostream>
#include <string>
#include <vector>

namespace ns3
{

/** A set of source addresses, in ascending order. */
using IgmpSourceSet = Sparse<boost::container::flat_set<Ipv4Address>>;

/** \returns the group of all systems: every host is a member; never reported. */
inline Ipv4Address
IgmpAllSystems()
{
    return Ipv4Address(0xe0000001);
}

/** Filter modes, RFC 3376 §2. */
enum class IgmpFilterMode : uint8_t
{
    INCLUDE, //!< only from the listed sources; with none: not at all
    EXCLUDE  //!< from all but the listed sources
};

template <>
struct EnumNames<IgmpFilterMode>
{
    static constexpr const char* NAMES[] = {"INCLUDE", "EXCLUDE"};
};

/** The types of a group record, by the short names of RFC 3376 §4.2.16. */
enum class IgmpRecordType : uint8_t
{
    IS_IN = 1, //!< MODE_IS_INCLUDE
    IS_EX = 2, //!< MODE_IS_EXCLUDE
    TO_IN = 3, //!< CHANGE_TO_INCLUDE_MODE
    TO_EX = 4, //!< CHANGE_TO_EXCLUDE_MODE
    ALLOW = 5, //!< ALLOW_NEW_SOURCES
    BLOCK = 6  //!< BLOCK_OLD_SOURCES
};

template <>
struct EnumNames<IgmpRecordType>
{
    static constexpr const char* NAMES[] =
        {"?", "IS_IN", "IS_EX", "TO_IN", "TO_EX", "ALLOW", "BLOCK"};
};

/** One group record of a version 3 report, RFC 3376 §4.2.4. */
struct IgmpGroupRecord
{
    IgmpRecordType type{IgmpRecordType::IS_IN}; //!< may hold a number that RFC 3376 does not name
    Ipv4Address group{Ipv4Address::GetAny()};
    std::vector<Ipv4Address> sources;
};

/** Any IGMP message. Which fields matter depends on the type. */
struct IgmpMessage
{
    static constexpr const char* TYPE_NAME = "ns3::IgmpMessage";

    enum Type : uint8_t
    {
        QUERY = 0x11,
        V1_REPORT = 0x12,
        V2_REPORT = 0x16,
        LEAVE = 0x17,
        V3_REPORT = 0x22
    };

    uint8_t type{QUERY};
    uint8_t version{3}; //!< of a Query: 1, 2 or 3 (RFC 3376 §7.1)
    /** The Max Resp Code: tenths of a second, in version 3 as a float code (RFC 3376 §4.1.1). */
    uint8_t maxRespCode{0};
    Ipv4Address group{Ipv4Address::GetAny()};
    bool suppress{false};         //!< the S flag (RFC 3376 §4.1.5)
    uint8_t robustness{0};        //!< the QRV (§4.1.6); 0 when the querier's exceeds 7
    uint8_t queryIntervalCode{0}; //!< the QQIC: seconds, as a float code (§4.1.7)
    std::vector<Ipv4Address> sources;
    std::vector<IgmpGroupRecord> records;

    void Write(WireWriter& writer) const;
    /**
     * Reads one message that fills the rest of \p reader.
     * \returns empty, or "truncated", "checksum", "query-length" or "type"
     */
    static std::string Read(WireReader& reader, IgmpMessage& message);
    void Print(std::ostream& os) const;
};

/** \returns the value of a Max Resp Code or QQIC (RFC 3376 §4.1.1, §4.1.7): 0 to 31744. */
uint32_t DecodeIgmpFloat(uint8_t code);
/** \returns the code of \p value, or of the next lower number that has one. */
uint8_t EncodeIgmpFloat(uint32_t value);

/**
 * Packs group records into as few version 3 reports as \p maxSize allows, RFC 3376 §4.2.16: a
 * record too long for any report is split, or, where it lists excluded sources, cut short.
 * \param records the records; their order is kept
 * \param maxSize the greatest length of a report in bytes; at least 20
 */
std::vector<IgmpMessage> PackIgmpReports(const std::vector<IgmpGroupRecord>& records,
                                         uint32_t maxSize);

/** The lengths that make up reports and queries, in bytes. */
constexpr uint32_t IGMP_V2_SIZE = 8;
constexpr uint32_t IGMP_V3_QUERY_SIZE = 12;
constexpr uint32_t IGMP_V3_REPORT_SIZE = 8;
constexpr uint32_t IGMP_RECORD_SIZE = 8;
constexpr uint32_t IGMP_SOURCE_SIZE = 4;

} // namespace ns3

#endif
