// SPDX-License-Identifier: GPL-2.0-only
// Pieces that the two files of the OpenFlow codec share; no part of the room's interface.
#ifndef VXLAN_MULTICAST_OPENFLOW_CODEC_H
#define VXLAN_MULTICAST_OPENFLOW_CODEC_H

#include "ns3/openflow-message.h"

namespace ns3
{

namespace openflow
{

void WriteU64(WireWriter& writer, uint64_t value);
uint64_t ReadU64(WireReader& reader);
void WriteZeros(WireWriter& writer, std::size_t count);
void WritePort(WireWriter& writer, const OpenflowPort& port);
void ReadPort(WireReader& reader, OpenflowPort& port);
void Write(WireWriter& writer, const OpenflowMultipartRequest& request);
OpenflowError Read(WireReader& reader, OpenflowMultipartRequest& request);
void Write(WireWriter& writer, const OpenflowMultipartReply& reply);
OpenflowError Read(WireReader& reader, OpenflowMultipartReply& reply);

} // namespace openflow

} // namespace ns3

#endif
