// SPDX-License-Identifier: GPL-2.0-only
// Pieces that the files of the map codec share; not part of the component's interface.
#ifndef VXLAN_MULTICAST_MAP_CODEC_H
#define VXLAN_MULTICAST_MAP_CODEC_H

#include "ns3/map-record.h"
#include "ns3/wire-buffer.h"

#include <string>
#include <vector>

namespace ns3
{

namespace mapcodec
{

constexpr uint16_t AFI_IPV4 = 1; //!< IANA's "Address Family Numbers"

void WriteU64(WireWriter& writer, uint64_t value);
uint64_t ReadU64(WireReader& reader);
/** Writes AFI and EID inside the Instance ID LCAF. */
void WriteEid(WireWriter& writer, const MapEid& eid);
uint8_t GetMaskLength(const MapEid& eid);
/** Reads what follows the AFI. \returns empty, or what is wrong */
std::string ReadEid(WireReader& reader, uint16_t afi, MapEid& eid);
void WriteRecords(WireWriter& writer, const std::vector<MapRecord>& records);
/** Reads records to the end. \returns empty, or what is wrong */
std::string ReadRecords(WireReader& reader, uint8_t count, std::vector<MapRecord>& records);

} // namespace mapcodec

} // namespace ns3

#endif
