// SPDX-License-Identifier: GPL-2.0-only
// Source compatibility between ns-3 releases, by signature deduction.
#ifndef VXLAN_MULTICAST_NS3_COMPAT_H
#define VXLAN_MULTICAST_NS3_COMPAT_H

#include "ns3/ipv4-routing-protocol.h"

namespace ns3
{

template <typename F>
struct RouteInputSignature;

template <typename R,
          typename C,
          typename P,
          typename H,
          typename D,
          typename U,
          typename M,
          typename L,
          typename E>
struct RouteInputSignature<R (C::*)(P, H, D, U, M, L, E)>
{
    using Ucb = U;
    using Mcb = M;
    using Lcb = L;
    using Ecb = E;
};

/** RouteInput's callbacks: by value up to ns-3.38, by const reference since 3.39. */
using RouteInputTypes = RouteInputSignature<decltype(&Ipv4RoutingProtocol::RouteInput)>;

} // namespace ns3

#endif
