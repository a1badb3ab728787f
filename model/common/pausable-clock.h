// SPDX-License-Identifier: GPL-2.0-only
// The clock of a process that can be stopped and continued, as by SIGSTOP and SIGCONT.
#ifndef VXLAN_MULTICAST_PAUSABLE_CLOCK_H
#define VXLAN_MULTICAST_PAUSABLE_CLOCK_H

#include "ns3/simulator-clock.h"

#include <set>

namespace ns3
{

/** Time goes on while it is paused, but no alarm rings; Resume rings those that fell due. */
class PausableClock : public SimulatorClock
{
  public:
    void Cancel(AlarmId alarm) override
    {
        m_due.erase(alarm);
        SimulatorClock::Cancel(alarm);
    }

    bool IsPaused() const
    {
        return m_isPaused;
    }

    void Pause()
    {
        m_isPaused = true;
    }

    /** Rings what fell due, in the order of scheduling. */
    void Resume()
    {
        m_isPaused = false;
        while (!m_due.empty() && !m_isPaused)
        {
            const AlarmId alarm = *m_due.begin();
            m_due.erase(m_due.begin());
            SimulatorClock::Ring(alarm);
        }
    }

  protected:
    void Ring(AlarmId alarm) override
    {
        if (m_isPaused)
        {
            m_due.insert(alarm);
        }
        else
        {
            SimulatorClock::Ring(alarm);
        }
    }

  private:
    std::set<AlarmId> m_due; //!< pending, though their time has come
    bool m_isPaused{false};
};

} // namespace ns3

#endif
