// SPDX-License-Identifier: GPL-2.0-only
// RFC 3618 §12: MSDP's TLVs. IPv4 Source-Active and KeepAlive have contents here; a type that the
// RFC does not describe keeps its number alone. Data inside a Source-Active (§14) is read and not
// used.
#ifndef VXLAN_MULTICAST_MSDP_MESSAGE_H
#define VXLAN_MULTICAST_MSDP_MESSAGE_H

#include "ns3/ipv4-address.h"
#include "ns3/source-group.h"
#include "ns3/wire-buffer.h"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace ns3
{

/** One TLV. */
struct MsdpMessage
{
    static constexpr uint16_t PORT = 639; //!< of TCP, §11
    static constexpr std::size_t HEADER_SIZE = 3;
    static constexpr std::size_t LARGEST = 9192;        //!< octets of a TLV, §12
    static constexpr std::size_t ENTRIES_AT_MOST = 255; //!< of a Source-Active

    enum Type : uint8_t
    {
        SOURCE_ACTIVE = 1,
        SOURCE_ACTIVE_REQUEST = 2,
        SOURCE_ACTIVE_RESPONSE = 3,
        KEEPALIVE = 4,
        NOTIFICATION = 5 //!< reserved
    };

    uint8_t type{KEEPALIVE};
    // Of Source-Active
    Ipv4Address rp{Ipv4Address::GetAny()}; //!< the RP that the sources are registered with
    std::vector<SourceGroup> entries;
    std::vector<uint8_t> data; //!< an encapsulated packet of the last entry

    /** At most ENTRIES_AT_MOST entries. */
    void Write(WireWriter& writer) const;
    /**
     * Reads one TLV, as MsdpFramer cuts them.
     * \returns empty, or: truncated, length (the format errors of §13), sprefix-length,
     * type (errors that the session survives)
     */
    static std::string Read(WireReader& reader, MsdpMessage& message);
    /** \returns whether \p error is one of the TLV's format, which resets the session (§13). */
    static bool IsFormatError(const std::string& error);
    /** \returns the name of \p type in control.csv. */
    static std::string GetTypeName(uint8_t type);
};

/** Cuts what TCP delivers into TLVs. */
class MsdpFramer
{
  public:
    void Append(const std::vector<uint8_t>& bytes);
    /**
     * \returns the next whole TLV, without what is beyond LARGEST (§12: ignored); nothing until it
     * has come. A length below a TLV's header is returned as it is, for MsdpMessage::Read to refuse.
     */
    std::optional<std::vector<uint8_t>> Next();
    void Clear();

  private:
    std::vector<uint8_t> m_bytes;
};

} // namespace ns3

#endif
