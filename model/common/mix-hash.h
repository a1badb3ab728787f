// SPDX-License-Identifier: GPL-2.0-only
// The one integer mixer: SplitMix64's finisher. The same numbers on every platform.
#ifndef VXLAN_MULTICAST_MIX_HASH_H
#define VXLAN_MULTICAST_MIX_HASH_H

#include <cstdint>

namespace ns3
{

/** \returns \p x with every input bit spread over all output bits; a bijection, 0 maps to 0. */
constexpr uint64_t
MixHash(uint64_t x)
{
    x = (x ^ (x >> 30)) * 0xbf58476d1ce4e5b9ULL;
    x = (x ^ (x >> 27)) * 0x94d049bb133111ebULL;
    return x ^ (x >> 31);
}

} // namespace ns3

#endif
