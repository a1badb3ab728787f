// SPDX-License-Identifier: GPL-2.0-only
// What the ns-3 faces of the map server and of a VTEP share: socket, clock, counts, traces.
#ifndef VXLAN_MULTICAST_MAP_FACE_H
#define VXLAN_MULTICAST_MAP_FACE_H

#include "ns3/ipv4.h"
#include "ns3/map-config.h"
#include "ns3/map-environment.h"
#include "ns3/map-socket.h"
#include "ns3/object.h"
#include "ns3/pausable-clock.h"
#include "ns3/protocol-traces.h"

#include <functional>
#include <map>
#include <memory>
#include <string>
#include <vector>

namespace ns3
{

/** A process on a node that speaks RFC 9301. */
class MapFace : public Object
{
  public:
    static TypeId GetTypeId();
    /** \param log the component of the process */
    explicit MapFace(LogComponent& log);
    ~MapFace() override;

    /** Starts with empty tables; called by DoInitialize, or after Stop. */
    void Start();
    /** A killed process. */
    void Stop();
    /** Hangs or goes on: nothing is read, sent or decided, but all is kept. */
    void SetHanging(bool isHanging);
    bool IsRunning() const;

    /** \returns the messages so far; they outlive Stop. */
    const ControlMessageCounts& GetMessageCounts() const;
    const std::map<std::string, uint64_t>& GetDrops() const;
    /** Fixes the random stream. \returns the streams used: 1. */
    int64_t AssignStreams(int64_t stream);

  protected:
    void NotifyNewAggregate() override;
    void DoInitialize() override;
    void DoDispose() override;

    virtual void StartInstance() = 0;
    virtual void StopInstance() = 0;
    virtual bool HasInstance() const = 0;
    virtual void Receive(Ipv4Address source, uint16_t port, const std::vector<uint8_t>& bytes) = 0;

    /** Runs \p action now, or when the process goes on; not at all while it is stopped. */
    void Do(std::function<void()> action);
    uint32_t GetInterface() const;

    MapKeyConfig m_key; //!< attributes

    // For the environments of derived classes.
    void SendDatagram(Ipv4Address destination, uint16_t port, const std::vector<uint8_t>& bytes);

    PausableClock m_clock;
    StreamRandom m_random;
    Ptr<Ipv4> m_ipv4;
    ProtocolTraces m_traces;
    ControlMessageCounts m_counts;

  private:
    uint16_t GetAlgorithm() const;
    void SetAlgorithm(uint16_t algorithm);

    std::vector<std::function<void()>> m_deferred;
    bool m_isHanging{false};
    std::unique_ptr<MapSocket> m_socket;
};

} // namespace ns3

#endif
