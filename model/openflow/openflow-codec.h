// SPDX-License-Identifier: GPL-2.0-only
// Pieces that the files of the OpenFlow codec share; not part of the component's interface.
#ifndef VXLAN_MULTICAST_OPENFLOW_CODEC_H
#define VXLAN_MULTICAST_OPENFLOW_CODEC_H

#include "ns3/openflow-bodies.h"

namespace ns3
{

namespace openflow
{

/** \returns OFPET_BAD_REQUEST with \p code (§7.5.4.2). */
OpenflowError BadRequest(uint16_t code);
void WriteU64(WireWriter& writer, uint64_t value);
uint64_t ReadU64(WireReader& reader);
void WriteZeros(WireWriter& writer, std::size_t count);
void WritePort(WireWriter& writer, const OpenflowPort& port);
void ReadPort(WireReader& reader, OpenflowPort& port);
void Write(WireWriter& writer, const OpenflowHello& body);
OpenflowError Read(WireReader& reader, OpenflowHello& body);
void Write(WireWriter& writer, const OpenflowErrorReport& body);
OpenflowError Read(WireReader& reader, OpenflowErrorReport& body);
void Write(WireWriter& writer, const OpenflowEcho& body);
OpenflowError Read(WireReader& reader, OpenflowEcho& body);
void Write(WireWriter& writer, const OpenflowBarrier& body);
OpenflowError Read(WireReader& reader, OpenflowBarrier& body);
void Write(WireWriter& writer, const OpenflowFeaturesRequest& body);
OpenflowError Read(WireReader& reader, OpenflowFeaturesRequest& body);
void Write(WireWriter& writer, const OpenflowFeaturesReply& body);
OpenflowError Read(WireReader& reader, OpenflowFeaturesReply& body);
void Write(WireWriter& writer, const OpenflowGetConfigRequest& body);
OpenflowError Read(WireReader& reader, OpenflowGetConfigRequest& body);
void Write(WireWriter& writer, const OpenflowSwitchConfigMessage& body);
OpenflowError Read(WireReader& reader, OpenflowSwitchConfigMessage& body);
void Write(WireWriter& writer, const OpenflowPacketIn& body);
OpenflowError Read(WireReader& reader, OpenflowPacketIn& body);
void Write(WireWriter& writer, const OpenflowPacketOut& body);
OpenflowError Read(WireReader& reader, OpenflowPacketOut& body);
void Write(WireWriter& writer, const OpenflowFlowMod& body);
OpenflowError Read(WireReader& reader, OpenflowFlowMod& body);
void Write(WireWriter& writer, const OpenflowFlowRemoved& body);
OpenflowError Read(WireReader& reader, OpenflowFlowRemoved& body);
void Write(WireWriter& writer, const OpenflowPortStatus& body);
OpenflowError Read(WireReader& reader, OpenflowPortStatus& body);
void Write(WireWriter& writer, const OpenflowMultipartRequest& body);
OpenflowError Read(WireReader& reader, OpenflowMultipartRequest& body);
void Write(WireWriter& writer, const OpenflowMultipartReply& body);
OpenflowError Read(WireReader& reader, OpenflowMultipartReply& body);

} // namespace openflow

} // namespace ns3

#endif
