// SPDX-License-Identifier: GPL-2.0-only
// Constants of OpenFlow sessions, switches and controllers. OpenFlow leaves timers to
// implementations: the defaults are Open vSwitch's (inactivity_probe) and the other planes'
// (ConnectRetryTime).
#ifndef VXLAN_MULTICAST_OPENFLOW_CONFIG_H
#define VXLAN_MULTICAST_OPENFLOW_CONFIG_H

#include "ns3/enum-names.h"
#include "ns3/mac48-address.h"
#include "ns3/nstime.h"

#include <cstdint>
#include <string>

namespace ns3
{

/** What a switch does while it has no controller (OpenFlow 1.3.5 §6.3.3). */
enum class OpenflowFailMode
{
    SECURE,    //!< flows stay and time out as ever; what they send to the controller is dropped
    STANDALONE //!< the switch learns addresses and floods, as a bridge does
};

template <>
struct EnumNames<OpenflowFailMode>
{
    static constexpr const char* NAMES[] = {"secure", "standalone"};
};

/** When the controller installs flows. */
enum class OpenflowMode
{
    REACTIVE, //!< as a switch asks
    PROACTIVE //!< as it learns of a tenant
};

template <>
struct EnumNames<OpenflowMode>
{
    static constexpr const char* NAMES[] = {"reactive", "proactive"};
};

/** What becomes of frames to addresses that the controller does not know. */
enum class OpenflowUnknown
{
    DROP,
    FLOOD
};

template <>
struct EnumNames<OpenflowUnknown>
{
    static constexpr const char* NAMES[] = {"drop", "flood"};
};

/** One end of an OpenFlow session. */
struct OpenflowChannelConfig
{
    Time connectRetryTime{Seconds(5)}; //!< between attempts, and after the loss of a session
    Time echoInterval{Seconds(5)};     //!< silence before an ECHO_REQUEST, and before its answer is
                                       //!< given up; 0: none are sent
};

/** A switch. */
struct OpenflowSwitchConfig
{
    OpenflowChannelConfig channel;
    uint64_t datapathId{0}; //!< §7.3.1; the VTEP's address in the lab
    OpenflowFailMode failMode{OpenflowFailMode::SECURE};
    Time failOpenDelay{Seconds(15)};      //!< without a controller before STANDALONE takes over
    Time learningAgeing{Seconds(300)};    //!< of addresses learned while STANDALONE
    uint32_t capacity{0};                 //!< flows; 0: any number
    std::string controller{"controller"}; //!< what traces and counts call it
};

/** A controller. */
struct OpenflowControllerConfig
{
    OpenflowChannelConfig channel{Seconds(5), Seconds(15)};
    OpenflowMode mode{OpenflowMode::REACTIVE};
    OpenflowUnknown unknown{OpenflowUnknown::DROP};
    uint16_t idleTimeout{0};              //!< of flows to tenants, seconds; 0: none
    uint16_t hardTimeout{0};              //!< of flows to tenants, seconds; 0: none
    uint32_t waitingFrames{16};           //!< frames kept per destination until its tunnels stand
    Time lastMemberQueryTime{Seconds(2)}; //!< RFC 3376 §8.8 x §8.9: after a tenant's leave
    uint32_t tunnelPortBase{10};          //!< the n-th VTEP's tunnels are asked to be port base + n
    Mac48Address address{"02:00:00:00:00:fe"}; //!< source of the controller's own frames
    uint64_t cookie{1};                        //!< marks its flows: others are left alone
};

} // namespace ns3

#endif
