// SPDX-License-Identifier: GPL-2.0-only
// OpenFlow 1.3.5 §7.3-7.5: the messages between a switch and its controller. Reading is total: any
// bytes give a message or the error (§7.4.4) with which the specification answers them. Departures:
// no group, port, table, meter and queue messages, roles and asynchronous configuration
// (OFPBRC_BAD_TYPE), and of multipart messages only those that the component needs
// (OFPBRC_BAD_MULTIPART).
#ifndef VXLAN_MULTICAST_OPENFLOW_MESSAGE_H
#define VXLAN_MULTICAST_OPENFLOW_MESSAGE_H

#include "ns3/openflow-bodies.h"

#include <variant>
#include <vector>

namespace ns3
{

/** One message. */
struct OpenflowMessage
{
    using Body = std::variant<OpenflowHello,
                              OpenflowErrorReport,
                              OpenflowEcho,
                              OpenflowBarrier,
                              OpenflowFeaturesRequest,
                              OpenflowFeaturesReply,
                              OpenflowGetConfigRequest,
                              OpenflowSwitchConfigMessage,
                              OpenflowPacketIn,
                              OpenflowPacketOut,
                              OpenflowFlowMod,
                              OpenflowFlowRemoved,
                              OpenflowPortStatus,
                              OpenflowMultipartRequest,
                              OpenflowMultipartReply>;

    uint8_t version{OPENFLOW_VERSION_1_3};
    uint32_t xid{0};
    Body body;

    /** \returns the type on the wire. */
    OpenflowType GetType() const;
    /** \returns the message as bytes. */
    std::vector<uint8_t> ToBytes() const;
    void Write(WireWriter& writer) const;
    /**
     * Reads exactly one message, whose length field says \p size.
     * \returns success, or the error to answer; \c version and \c xid are set in any case when the
     * header is there
     */
    static OpenflowError Read(const uint8_t* data, std::size_t size, OpenflowMessage& message);
};

/** \returns the error message that answers \p offending with \p error. */
OpenflowMessage MakeOpenflowError(const OpenflowError& error,
                                  uint32_t xid,
                                  const uint8_t* offending,
                                  std::size_t size);

/**
 * Cuts a byte stream into messages by their length field.
 * \returns the length of the first message in \p stream, 0 while it is not all there; SIZE_MAX when
 * the length field is less than a header, after which the stream has no meaning
 */
std::size_t FindOpenflowMessage(const std::vector<uint8_t>& stream);

} // namespace ns3

#endif
