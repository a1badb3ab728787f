// SPDX-License-Identifier: GPL-2.0-only
// The protocol clock and the random numbers that ns-3 gives.
#ifndef VXLAN_MULTICAST_SIMULATOR_CLOCK_H
#define VXLAN_MULTICAST_SIMULATOR_CLOCK_H

#include "ns3/event-id.h"
#include "ns3/protocol-clock.h"
#include "ns3/rng-stream.h"

#include <cstddef>
#include <cstdint>
#include <memory>
#include <vector>

namespace ns3
{

/** ProtocolClock over ns3::Simulator. Alarms die with the clock. */
class SimulatorClock : public ProtocolClock
{
  public:
    ~SimulatorClock() override;
    Time Now() const override;
    AlarmId Schedule(Time delay, std::function<void()> action) override;
    void Cancel(AlarmId alarm) override;

  protected:
    /** The time of \p alarm, which is pending, has come. */
    virtual void Ring(AlarmId alarm);

  private:
    /** A place for one alarm after another. */
    struct Place
    {
        AlarmId id{0}; //!< 0 when it is free
        EventId event;
        std::function<void()> action;
    };

    /** Low bits of an id, which tell the place; above them is the number of the alarm. */
    static constexpr unsigned PLACE_BITS = 24;

    /** \returns the place of \p alarm, or nullptr if it is not pending. */
    Place* FindPlace(AlarmId alarm);
    /** Frees \p place. \returns what its alarm was to do. */
    std::function<void()> Take(Place& place);

    std::vector<Place> m_places;
    std::vector<std::size_t> m_free; //!< places
    AlarmId m_count{0};              //!< of alarms so far, so that a later one has a greater id
};

/** ProtocolRandom over an ns-3 random stream: the numbers of a UniformRandomVariable. */
class StreamRandom : public ProtocolRandom
{
  public:
    StreamRandom();
    using ProtocolRandom::Uniform;
    double Uniform(double low, double high) override;
    /** Fixes the stream number, as ns-3's AssignStreams does. \returns the streams used: 1. */
    int64_t AssignStreams(int64_t stream);

  private:
    uint64_t m_stream;
    uint32_t m_seed;
    uint64_t m_run;
    std::unique_ptr<RngStream> m_generator; //!< made for the first number: many draw none
};

} // namespace ns3

#endif
