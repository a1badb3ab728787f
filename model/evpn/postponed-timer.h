// SPDX-License-Identifier: GPL-2.0-only
// A timer that is restarted far more often than it rings: hold and keepalive timers, with each
// message.
#ifndef VXLAN_MULTICAST_POSTPONED_TIMER_H
#define VXLAN_MULTICAST_POSTPONED_TIMER_H

#include "ns3/protocol-clock.h"

namespace ns3
{

/** As ProtocolTimer, but moving the deadline back costs nothing: the alarm that rings too early
 * sets itself again, where the simulator would keep each cancelled event until its time. */
class PostponedTimer
{
  public:
    PostponedTimer(ProtocolClock& clock, std::function<void()> action)
        : m_clock(clock),
          m_action(std::move(action)),
          m_alarm(clock, [this] { Ring(); })
    {
    }

    void Start(Time delay)
    {
        m_isRunning = true;
        m_deadline = m_clock.Now() + delay;
        if (!m_alarm.IsRunning() || m_alarm.GetRemaining() > delay)
        {
            m_alarm.Start(delay);
        }
    }

    void Cancel()
    {
        m_isRunning = false;
        m_alarm.Cancel();
    }

    bool IsRunning() const
    {
        return m_isRunning;
    }

  private:
    void Ring()
    {
        const Time left = m_deadline - m_clock.Now();
        if (left.IsStrictlyPositive())
        {
            m_alarm.Start(left);
            return;
        }
        m_isRunning = false;
        m_action();
    }

    ProtocolClock& m_clock;
    std::function<void()> m_action;
    bool m_isRunning{false};
    Time m_deadline;
    ProtocolTimer m_alarm;
};

} // namespace ns3

#endif
