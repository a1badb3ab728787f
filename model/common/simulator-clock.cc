// SPDX-License-Identifier: GPL-2.0-only
#include "ns3/simulator-clock.h"

#include "ns3/simulator.h"

namespace ns3
{

SimulatorClock::~SimulatorClock()
{
    for (auto& [id, alarm] : m_alarms)
    {
        alarm.event.Cancel();
    }
}

Time
SimulatorClock::Now() const
{
    return Simulator::Now();
}

ProtocolClock::AlarmId
SimulatorClock::Schedule(Time delay, std::function<void()> action)
{
    const AlarmId id = ++m_last;
    m_alarms[id] = {Simulator::Schedule(delay, &SimulatorClock::Ring, this, id), std::move(action)};
    return id;
}

void
SimulatorClock::Cancel(AlarmId alarm)
{
    auto it = m_alarms.find(alarm);
    if (it != m_alarms.end())
    {
        it->second.event.Cancel();
        m_alarms.erase(it);
    }
}

void
SimulatorClock::Ring(AlarmId alarm)
{
    auto it = m_alarms.find(alarm);
    std::function<void()> action = std::move(it->second.action);
    m_alarms.erase(it);
    action();
}

StreamRandom::StreamRandom()
    : m_variable(CreateObject<UniformRandomVariable>())
{
}

double
StreamRandom::Uniform(double low, double high)
{
    return m_variable->GetValue(low, high);
}

int64_t
StreamRandom::AssignStreams(int64_t stream)
{
    m_variable->SetStream(stream);
    return 1;
}

} // namespace ns3
