// SPDX-License-Identifier: GPL-2.0-only
// Times as routers' tables print them.
#ifndef VXLAN_MULTICAST_WHOLE_SECONDS_H
#define VXLAN_MULTICAST_WHOLE_SECONDS_H

#include "ns3/nstime.h"

namespace ns3
{

/** \returns the whole seconds of \p time. */
inline int64_t
WholeSeconds(Time time)
{
    return static_cast<int64_t>(time.GetSeconds());
}

} // namespace ns3

#endif
