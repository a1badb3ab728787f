// SPDX-License-Identifier: GPL-2.0-only
// RFC 7761 §4.11: constants of Hellos.
#ifndef VXLAN_MULTICAST_PIM_HELLO_CONFIG_H
#define VXLAN_MULTICAST_PIM_HELLO_CONFIG_H

#include "ns3/nstime.h"

#include <cstdint>

namespace ns3
{

/** Constants of RFC 7761 §4.11 that concern Hellos, and which options are sent. */
struct PimHelloConfig
{
    Time helloPeriod{Seconds(30)};
    Time triggeredHelloDelay{Seconds(5)};
    uint16_t holdtime{105};                    //!< seconds
    Time propagationDelay{MilliSeconds(500)};  //!< Propagation_delay(I)
    Time overrideInterval{MilliSeconds(2500)}; //!< Override_Interval(I)
    bool trackingSupport{false};               //!< T bit: able to disable join suppression
    bool sendLanPruneDelay{true};              //!< send the LAN Prune Delay option
    bool sendDrPriority{true};                 //!< send the DR Priority option
    bool sendGenerationId{true};               //!< send the Generation ID option
    uint32_t neighborLimit{0};                 //!< neighbours on one interface; 0: any number
    bool bidirectionalCapable{true};           //!< send the Bidirectional Capable option
};

} // namespace ns3

#endif
