// SPDX-License-Identifier: GPL-2.0-only
#include "ns3/simulator-clock.h"

#include "ns3/abort.h"
#include "ns3/rng-seed-manager.h"
#include "ns3/simulator.h"

namespace ns3
{

SimulatorClock::~SimulatorClock()
{
    for (Place& place : m_places)
    {
        place.id != 0 ? place.event.Cancel() : void();
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
    if (m_free.empty())
    {
        NS_ABORT_MSG_IF(m_places.size() >> PLACE_BITS != 0, "too many alarms at once");
        m_free.push_back(m_places.size());
        m_places.emplace_back();
    }
    const std::size_t number = m_free.back();
    m_free.pop_back();
    const AlarmId id = ++m_count << PLACE_BITS | number;
    m_places[number] = {
        id, Simulator::Schedule(delay, &SimulatorClock::Ring, this, id), std::move(action)};
    return id;
}

SimulatorClock::Place*
SimulatorClock::FindPlace(AlarmId alarm)
{
    const std::size_t number = alarm & ((AlarmId(1) << PLACE_BITS) - 1);
    return number < m_places.size() && m_places[number].id == alarm && alarm != 0
               ? &m_places[number]
               : nullptr;
}

std::function<void()>
SimulatorClock::Take(Place& place)
{
    std::function<void()> action = std::move(place.action);
    m_free.push_back(static_cast<std::size_t>(&place - m_places.data()));
    place = {};
    return action;
}

void
SimulatorClock::Cancel(AlarmId alarm)
{
    if (Place* place = FindPlace(alarm))
    {
        place->event.Cancel();
        Take(*place);
    }
}

void
SimulatorClock::Ring(AlarmId alarm)
{
    const std::function<void()> action = Take(*FindPlace(alarm));
    action();
}

namespace
{

// What RandomVariableStream adds to streams that are assigned: those before are automatic.
constexpr uint64_t ASSIGNED_STREAMS = uint64_t(1) << 63;

} // namespace

StreamRandom::StreamRandom()
    : m_stream(RngSeedManager::GetNextStreamIndex()),
      m_seed(RngSeedManager::GetSeed()),
      m_run(RngSeedManager::GetRun())
{
}

double
StreamRandom::Uniform(double low, double high)
{
    if (!m_generator)
    {
        m_generator = std::make_unique<RngStream>(m_seed, m_stream, m_run);
    }
    return low + m_generator->RandU01() * (high - low);
}

int64_t
StreamRandom::AssignStreams(int64_t stream)
{
    m_stream = stream < 0 ? RngSeedManager::GetNextStreamIndex()
                          : ASSIGNED_STREAMS + static_cast<uint64_t>(stream);
    m_seed = RngSeedManager::GetSeed();
    m_run = RngSeedManager::GetRun();
    m_generator.reset();
    return 1;
}

} // namespace ns3
