// SPDX-License-Identifier: GPL-2.0-only
// RFC 5880 §6.8.1: what is configured of BFD.
#ifndef VXLAN_MULTICAST_BFD_CONFIG_H
#define VXLAN_MULTICAST_BFD_CONFIG_H

#include "ns3/nstime.h"

#include <cstdint>

namespace ns3
{

/** What a session is made with. */
struct BfdSessionConfig
{
    Time desiredMinTx{MilliSeconds(50)};  //!< bfd.DesiredMinTxInterval while the session is Up
    Time requiredMinRx{MilliSeconds(50)}; //!< bfd.RequiredMinRxInterval
    uint8_t detectMult{3};                //!< bfd.DetectMult
    Time slowMinTx{Seconds(1)}; //!< least bfd.DesiredMinTxInterval while it is not Up (§6.8.3)

    /** \throws std::invalid_argument with what is wrong */
    void Check() const;
};

/** What a user may set of an interface. */
struct BfdInterfaceSettings
{
    bool enabled{false};
    BfdSessionConfig session;
};

} // namespace ns3

#endif
