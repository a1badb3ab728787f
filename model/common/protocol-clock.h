// SPDX-License-Identifier: GPL-2.0-only
// What a state machine may ask of its surroundings: the time, a timer, a random number.
// In the simulator ns-3 answers; in a test a fake clock and a tape do.
#ifndef VXLAN_MULTICAST_PROTOCOL_CLOCK_H
#define VXLAN_MULTICAST_PROTOCOL_CLOCK_H

#include "ns3/nstime.h"

#include <cstdint>
#include <functional>

namespace ns3
{

/** The time and one-shot alarms. */
class ProtocolClock
{
  public:
    /** Names a pending alarm; 0 names none. */
    using AlarmId = uint64_t;

    virtual ~ProtocolClock() = default;
    /** \returns the current time. */
    virtual Time Now() const = 0;
    /** Calls \p action once, \p delay from now (0 or more; never from inside this call). */
    virtual AlarmId Schedule(Time delay, std::function<void()> action) = 0;
    /** Forgets a pending alarm; one that has rung, or 0, is no error. */
    virtual void Cancel(AlarmId alarm) = 0;
};

/** Uniform random numbers. */
class ProtocolRandom
{
  public:
    virtual ~ProtocolRandom() = default;
    /** \returns a number uniform in [\p low, \p high). */
    virtual double Uniform(double low, double high) = 0;

    /** \returns a time uniform in [\p low, \p high). */
    Time Uniform(Time low, Time high)
    {
        return Seconds(Uniform(low.GetSeconds(), high.GetSeconds()));
    }
};

/** A one-shot timer that is cancelled with its owner; restarting it replaces the deadline. */
class ProtocolTimer
{
  public:
    ProtocolTimer(ProtocolClock& clock, std::function<void()> action)
        : m_clock(clock),
          m_action(std::move(action))
    {
    }

    ~ProtocolTimer()
    {
        Cancel();
    }

    ProtocolTimer(const ProtocolTimer&) = delete;
    ProtocolTimer& operator=(const ProtocolTimer&) = delete;

    void Start(Time delay)
    {
        Cancel();
        m_deadline = m_clock.Now() + delay;
        m_alarm = m_clock.Schedule(delay, [this] {
            m_alarm = 0;
            m_action();
        });
    }

    void Cancel()
    {
        if (m_alarm != 0)
        {
            m_clock.Cancel(m_alarm);
            m_alarm = 0;
        }
    }

    bool IsRunning() const
    {
        return m_alarm != 0;
    }

    /** \returns the time until it rings; 0 when it is not running. */
    Time GetRemaining() const
    {
        return IsRunning() ? m_deadline - m_clock.Now() : Time();
    }

  private:
    ProtocolClock& m_clock;
    std::function<void()> m_action;
    Time m_deadline;
    ProtocolClock::AlarmId m_alarm{0};
};

} // namespace ns3

#endif
