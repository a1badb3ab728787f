// SPDX-License-Identifier: GPL-2.0-only
// Random numbers that are the same on every platform (library distributions are not). Each VNI's
// part of a workload has a stream of its own, so that it can be drawn again instead of stored.
#ifndef VXLAN_MULTICAST_STATE_RANDOM_H
#define VXLAN_MULTICAST_STATE_RANDOM_H

#include "ns3/mix-hash.h"

#include <cmath>
#include <cstdint>

namespace ns3
{

/** SplitMix64: a counter and a mixing function. Streams of one seed are independent. */
class StateRandom
{
  public:
    explicit StateRandom(uint64_t seed, uint64_t stream = 0)
        : m_state(MixHash(seed + 0x9e3779b97f4a7c15ULL) ^ MixHash(stream + 0xd1b54a32d192ed03ULL))
    {
    }

    uint64_t Next()
    {
        return MixHash(m_state += 0x9e3779b97f4a7c15ULL);
    }

    /** \returns a number from 0 to \p count - 1; \p count is from 1 to 2^32. */
    uint32_t Below(uint64_t count)
    {
        return static_cast<uint32_t>(((Next() >> 32) * count) >> 32);
    }

    /** \returns a number from \p min to \p max. */
    uint32_t Between(uint32_t min, uint32_t max)
    {
        return min + Below(uint64_t(max) - min + 1);
    }

    /** \returns a real number above 0, at most 1. */
    double Unit()
    {
        return static_cast<double>((Next() >> 11) + 1) * 0x1p-53;
    }

    /** \returns an exponentially distributed number of mean 1 / \p rate. */
    double Exponential(double rate)
    {
        return -std::log(Unit()) / rate;
    }

    /** \returns a number of the gamma distribution with shape 2. */
    double Gamma2(double scale)
    {
        return -std::log(Unit() * Unit()) * scale;
    }

  private:
    uint64_t m_state;
};

} // namespace ns3

#endif
