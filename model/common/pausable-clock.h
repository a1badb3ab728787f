// SPDX-License-Identifier: GPL-2.0-only
// The clock of a process that can be stopped and continued, as by SIGSTOP and SIGCONT.
#ifndef VXLAN_MULTICAST_PAUSABLE_CLOCK_H
#define VXLAN_MULTICAST_PAUSABLE_CLOCK_H

#include "ns3/simulator-clock.h"

#include <map>

namespace ns3
{

/** Time goes on while it is paused, but no alarm rings; Resume rings those that fell due. */
class PausableClock : public ProtocolClock
{
  public:
    Time Now() const override
    {
        return m_clock.Now();
    }

    AlarmId Schedule(Time delay, std::function<void()> action) override
    {
        const AlarmId id = ++m_last;
        m_alarms[id] = m_clock.Schedule(delay, [this, id, action = std::move(action)]() mutable {
            m_alarms.erase(id);
            if (m_isPaused)
            {
                m_due[id] = std::move(action);
            }
            else
            {
                action();
            }
        });
        return id;
    }

    void Cancel(AlarmId alarm) override
    {
        const auto it = m_alarms.find(alarm);
        if (it != m_alarms.end())
        {
            m_clock.Cancel(it->second);
            m_alarms.erase(it);
        }
        m_due.erase(alarm);
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
            const auto it = m_due.begin();
            std::function<void()> action = std::move(it->second);
            m_due.erase(it);
            action();
        }
    }

  private:
    SimulatorClock m_clock;
    std::map<AlarmId, AlarmId> m_alarms; //!< the inner clock's, by ours
    std::map<AlarmId, std::function<void()>> m_due;
    AlarmId m_last{0};
    bool m_isPaused{false};
};

} // namespace ns3

#endif
