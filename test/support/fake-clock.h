// SPDX-License-Identifier: GPL-2.0-only
// A clock that a test turns by hand, and random numbers from a tape.
#ifndef VXLAN_MULTICAST_TEST_FAKE_CLOCK_H
#define VXLAN_MULTICAST_TEST_FAKE_CLOCK_H

#include "ns3/protocol-clock.h"

#include <deque>
#include <map>

namespace ns3
{

class FakeClock : public ProtocolClock
{
  public:
    Time Now() const override
    {
        return m_now;
    }

    AlarmId Schedule(Time delay, std::function<void()> action) override
    {
        const AlarmId id = ++m_last;
        m_alarms[{m_now + delay, id}] = std::move(action);
        m_due[id] = m_now + delay;
        return id;
    }

    void Cancel(AlarmId alarm) override
    {
        auto it = m_due.find(alarm);
        if (it != m_due.end())
        {
            m_alarms.erase({it->second, alarm});
            m_due.erase(it);
        }
    }

    /** Turns the clock on by \p delay, ringing what falls due, in order. */
    void Advance(Time delay)
    {
        const Time end = m_now + delay;
        while (!m_alarms.empty() && m_alarms.begin()->first.first <= end)
        {
            auto it = m_alarms.begin();
            m_now = it->first.first;
            m_due.erase(it->first.second);
            std::function<void()> action = std::move(it->second);
            m_alarms.erase(it);
            action();
        }
        m_now = end;
    }

    std::size_t GetPending() const
    {
        return m_alarms.size();
    }

  private:
    Time m_now{Seconds(0)};
    AlarmId m_last{0};
    std::map<std::pair<Time, AlarmId>, std::function<void()>> m_alarms;
    std::map<AlarmId, Time> m_due;
};

/** Gives low + fraction * (high - low); fractions come from the tape, then \c rest for ever. */
class FakeRandom : public ProtocolRandom
{
  public:
    using ProtocolRandom::Uniform;

    double Uniform(double low, double high) override
    {
        double fraction = rest;
        if (!tape.empty())
        {
            fraction = tape.front();
            tape.pop_front();
        }
        return low + fraction * (high - low);
    }

    std::deque<double> tape;
    double rest{0.5};
};

} // namespace ns3

#endif
