// SPDX-License-Identifier: GPL-2.0-only
// Storm control as Ethernet switches have it: so many frames of a kind within each second, and the
// rest of that second none.
#ifndef VXLAN_MULTICAST_VXLAN_STORM_CONTROL_H
#define VXLAN_MULTICAST_VXLAN_STORM_CONTROL_H

#include "ns3/nstime.h"

#include <cstdint>

namespace ns3
{

/** Counts the frames of one kind on one device. */
class VxlanStormControl
{
  public:
    /**
     * \param limit frames per second; 0: any number
     * \returns whether a frame may pass now
     */
    bool Pass(Time now, uint32_t limit)
    {
        const int64_t second = now.GetMilliSeconds() / 1000;
        if (second != m_second)
        {
            m_second = second;
            m_frames = 0;
        }
        if (limit != 0 && m_frames >= limit)
        {
            return false;
        }
        ++m_frames;
        return true;
    }

  private:
    int64_t m_second{-1};
    uint32_t m_frames{0};
};

} // namespace ns3

#endif
