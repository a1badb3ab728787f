// SPDX-License-Identifier: GPL-2.0-only
// Listens to the protocols of a lab while it runs: events, drops, and where floods arrive.
#ifndef VXLAN_MULTICAST_RUN_RECORDER_H
#define VXLAN_MULTICAST_RUN_RECORDER_H

#include "ns3/control-messages.h"
#include "ns3/ipv4-l3-protocol.h"
#include "ns3/lab-network.h"
#include "ns3/record-rows.h"
#include "ns3/state-rows.h"

#include <cstdint>
#include <functional>
#include <map>
#include <set>
#include <string>
#include <tuple>
#include <vector>

namespace ns3
{

/** Listens to the trace sources of all nodes. */
class RunRecorder
{
  public:
    /** Takes the events, in order of time, as they happen. */
    using EventSink = std::function<void(const EventRow&)>;

    /**
     * \param network outlives the recorder
     * \param sink keeps the events, or hands them on: the recorder keeps none
     */
    RunRecorder(LabNetwork& network, EventSink sink);
    RunRecorder(const RunRecorder&) = delete;
    RunRecorder& operator=(const RunRecorder&) = delete;

    /** What became of the frames of a flood at other VTEPs. */
    struct Arrivals
    {
        uint64_t wanted{0};   //!< where the VNI is
        uint64_t unwanted{0}; //!< where it is not
    };

    /**
     * Counts as dropped, by reason, what routers get of \p group and do not forward:
     * `link-local-group`, `ttl`, `ssm-group`.
     */
    void WatchGroup(Ipv4Address group);

    /** \param sender the node that floods \param vni its device's */
    void AddFlood(uint32_t number, const std::string& sender, uint32_t vni);
    Arrivals GetArrivals(uint32_t number) const;

    /** \returns the control messages since the last restart: control.csv. */
    std::vector<ControlRow> GetControlRows() const;
    /** From now on messages are counted from 0. */
    void RestartControlMessages();

    /** \returns the rows of drops.csv: by node of the topology, protocol and reason. */
    std::vector<DropRow> GetDropRows() const;

  private:
    struct Flood
    {
        std::string sender;
        uint32_t vni;
        Arrivals arrivals;
    };

    /** Identifies a trace source. */
    struct Source
    {
        RunRecorder* recorder;
        std::size_t node;
        const char* protocol;

        /** ns-3 compares the bound arguments of callbacks. */
        friend bool operator!=(const Source& a, const Source& b)
        {
            return a.recorder != b.recorder || a.node != b.node || a.protocol != b.protocol;
        }
    };

    template <typename T>
    void
    Listen(Ptr<T> protocol, std::size_t node, const char* name, const std::string& prefix = "");
    static void OnEvent(Source source, std::string name, std::string detail);
    static void OnDrop(Source source, Ptr<const Packet> packet, uint32_t iface, std::string reason);
    static void
    OnIpReceived(Source source, Ptr<const Packet> packet, Ptr<Ipv4> ipv4, uint32_t iface);
    static void OnIpDropped(Source source,
                            const Ipv4Header& header,
                            Ptr<const Packet> packet,
                            Ipv4L3Protocol::DropReason reason,
                            Ptr<Ipv4> ipv4,
                            uint32_t interface);
    static void OnVxlan(Source source, Ptr<const Packet> packet, uint32_t iface);

    /** \returns the name of the node that has \p address; the address if none has. */
    std::string FindNodeName(const std::string& address) const;

    LabNetwork& m_network;
    EventSink m_sink;
    std::map<std::tuple<std::size_t, std::string, std::string>, uint64_t> m_drops;
    std::map<uint32_t, Flood> m_floods;
    std::map<std::size_t, ControlMessageCounts> m_controlMessages; //!< at the last restart, by node
    std::set<Ipv4Address> m_watched; //!< groups whose packets get lost
};

} // namespace ns3

#endif
