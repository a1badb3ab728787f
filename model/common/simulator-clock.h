// SPDX-License-Identifier: GPL-2.0-only
// The protocol clock and the random numbers that ns-3 gives.
#ifndef VXLAN_MULTICAST_SIMULATOR_CLOCK_H
#define VXLAN_MULTICAST_SIMULATOR_CLOCK_H

#include "ns3/event-id.h"
#include "ns3/protocol-clock.h"
#include "ns3/ptr.h"
#include "ns3/random-variable-stream.h"

#include <unordered_map>

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
    struct Alarm
    {
        EventId event;
        std::function<void()> action;
    };

    std::unordered_map<AlarmId, Alarm> m_alarms; //!< never iterated where order would show
    AlarmId m_last{0};
};

/** ProtocolRandom over an ns-3 random stream. */
class StreamRandom : public ProtocolRandom
{
  public:
    StreamRandom();
    using ProtocolRandom::Uniform;
    double Uniform(double low, double high) override;
    /** Fixes the stream number, as ns-3's AssignStreams does. \returns the streams used: 1. */
    int64_t AssignStreams(int64_t stream);

  private:
    Ptr<UniformRandomVariable> m_variable;
};

} // namespace ns3

#endif
