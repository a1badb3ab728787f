// SPDX-License-Identifier: GPL-2.0-only
// OpenFlow 1.3.5 §7.3-7.5: what the messages between a switch and its controller say, header apart.
#ifndef VXLAN_MULTICAST_OPENFLOW_BODIES_H
#define VXLAN_MULTICAST_OPENFLOW_BODIES_H

#include "ns3/mac48-address.h"
#include "ns3/openflow-action.h"

#include <cstdint>
#include <string>
#include <vector>

namespace ns3
{

/** §7.5.1 */
struct OpenflowHello
{
    std::vector<uint32_t>
        versions; //!< bitmaps of OFPHET_VERSIONBITMAP; empty: the element is absent
};

/** §7.4.4: an error message. */
struct OpenflowErrorReport
{
    uint16_t type{0};
    uint16_t code{0};
    std::vector<uint8_t> data; //!< start of the message that was wrong
};

/** §7.5.2, §7.5.3 */
struct OpenflowEcho
{
    bool reply{false};
    std::vector<uint8_t> data;
};

/** §7.3.8 */
struct OpenflowBarrier
{
    bool reply{false};
};

/** §7.3.1 */
struct OpenflowFeaturesRequest
{
};

/** §7.3.1 */
struct OpenflowFeaturesReply
{
    uint64_t datapathId{0};
    uint32_t buffers{0};
    uint8_t tables{1};
    uint8_t auxiliaryId{0};
    uint32_t capabilities{0};
};

/** §7.3.2 */
struct OpenflowGetConfigRequest
{
};

/** §7.3.2: SET_CONFIG and GET_CONFIG_REPLY. */
struct OpenflowSwitchConfigMessage
{
    bool reply{false};
    uint16_t flags{0}; //!< 0: fragments are handled like other packets
    uint16_t missSendLength{128};
};

/** §7.4.1 */
struct OpenflowPacketIn
{
    uint32_t buffer{OFP_NO_BUFFER};
    uint16_t totalLength{0}; //!< bytes of the whole packet
    OpenflowPacketInReason reason{OpenflowPacketInReason::NO_MATCH};
    uint8_t table{0};
    uint64_t cookie{0};
    OpenflowMatch match; //!< in_port and the tunnel's fields
    std::vector<uint8_t> frame;
};

/** §7.3.7 */
struct OpenflowPacketOut
{
    uint32_t buffer{OFP_NO_BUFFER};
    uint32_t inPort{OFPP_CONTROLLER};
    OpenflowActions actions;
    std::vector<uint8_t> frame;
};

/** §7.3.4.1 */
struct OpenflowFlowMod
{
    uint64_t cookie{0};
    uint64_t cookieMask{0};
    uint8_t table{0};
    OpenflowCommand command{OpenflowCommand::ADD};
    uint16_t idleTimeout{0}; //!< seconds; 0: none
    uint16_t hardTimeout{0}; //!< seconds; 0: none
    uint16_t priority{0};
    uint32_t buffer{OFP_NO_BUFFER};
    uint32_t outPort{0}; //!< deletions alone look at it
    uint32_t outGroup{0};
    uint16_t flags{0};
    OpenflowMatch match;
    OpenflowActions actions;
};

/** §7.4.2 */
struct OpenflowFlowRemoved
{
    uint64_t cookie{0};
    uint16_t priority{0};
    OpenflowRemovedReason reason{OpenflowRemovedReason::IDLE_TIMEOUT};
    uint8_t table{0};
    uint32_t durationSeconds{0};
    uint32_t durationNanoseconds{0};
    uint16_t idleTimeout{0};
    uint16_t hardTimeout{0};
    uint64_t packets{0};
    uint64_t bytes{0};
    OpenflowMatch match;
};

/** §7.2.1: ofp_port. */
struct OpenflowPort
{
    uint32_t number{0};
    Mac48Address address;
    std::string name; //!< at most 15 characters
    uint32_t config{0};
    uint32_t state{OFPPS_LIVE};
    uint32_t current{0};
    uint32_t speed{0}; //!< kbit/s
};

/** §7.4.3 */
struct OpenflowPortStatus
{
    OpenflowPortReason reason{OpenflowPortReason::ADD};
    OpenflowPort port;
};

/** §7.3.5: which flows a FLOW or AGGREGATE request asks for. */
struct OpenflowFlowFilter
{
    uint8_t table{OFPTT_ALL};
    uint32_t outPort{OFPP_ANY};
    uint32_t outGroup{OFPG_ANY};
    uint64_t cookie{0};
    uint64_t cookieMask{0};
    OpenflowMatch match;
};

/** §7.3.5.1-7.3.5.3, §7.3.5.7: a request; \c filter for FLOW and AGGREGATE alone. */
struct OpenflowMultipartRequest
{
    OpenflowMultipartType type{OpenflowMultipartType::FLOW};
    bool more{false};
    OpenflowFlowFilter filter;
};

/** §7.3.5.2: ofp_flow_stats. */
struct OpenflowFlowStats
{
    uint8_t table{0};
    uint32_t durationSeconds{0};
    uint32_t durationNanoseconds{0};
    uint16_t priority{0};
    uint16_t idleTimeout{0};
    uint16_t hardTimeout{0};
    uint16_t flags{0};
    uint64_t cookie{0};
    uint64_t packets{0};
    uint64_t bytes{0};
    OpenflowMatch match;
    OpenflowActions actions;
};

/** §7.3.5.4: ofp_table_stats. */
struct OpenflowTableStats
{
    uint8_t table{0};
    uint32_t active{0};
    uint64_t lookups{0};
    uint64_t matched{0};
};

/** §7.3.5: a reply; the members of its type are filled. */
struct OpenflowMultipartReply
{
    OpenflowMultipartType type{OpenflowMultipartType::FLOW};
    bool more{false};
    std::vector<OpenflowFlowStats> flows;   //!< FLOW
    std::vector<OpenflowTableStats> tables; //!< TABLE
    std::vector<OpenflowPort> ports;        //!< PORT_DESC
    uint64_t packets{0};                    //!< AGGREGATE
    uint64_t bytes{0};                      //!< AGGREGATE
    uint32_t flowCount{0};                  //!< AGGREGATE
    std::string software;                   //!< DESC
};

} // namespace ns3

#endif
