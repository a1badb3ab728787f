// SPDX-License-Identifier: GPL-2.0-only
// A run of vxlan-lab in a test: topology and scenario as text, the tables as rows, and what went
// over the links, packet by packet.
#ifndef VXLAN_MULTICAST_TEST_LAB_RUN_H
#define VXLAN_MULTICAST_TEST_LAB_RUN_H

#include "support/table-folder.h"

#include "ns3/cable-device.h"
#include "ns3/error-model.h"
#include "ns3/ethernet-header.h"
#include "ns3/ethernet-trailer.h"
#include "ns3/igmp-message.h"
#include "ns3/ipv4-header.h"
#include "ns3/names.h"
#include "ns3/net-device.h"
#include "ns3/pim-message.h"
#include "ns3/pointer.h"
#include "ns3/scenario-reader.h"
#include "ns3/scenario-runner.h"
#include "ns3/simulator.h"
#include "ns3/topology-loader.h"
#include "ns3/udp-header.h"
#include "ns3/wire-header.h"

#include <stdlib.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <sstream>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

namespace ns3
{

/** An IPv4 packet on a link. */
struct LabPacket
{
    double time; //!< when its last bit was sent
    std::string node;
    Ipv4Header header;
    Ptr<Packet> payload;
};

/** A message on a link. */
template <typename T>
struct LabMessage
{
    double time;
    std::string node;
    Ipv4Header header;
    T body;
};

/** A data packet of a flow on a link. */
struct LabDatum
{
    double time;
    std::string node;
    Ipv4Address source;
    uint16_t port; //!< of the source: its flows have different ones
    uint32_t sequence;
};

/** \returns how many of \p times are at least \p from and less than \p to. */
inline std::size_t
CountBetween(const std::vector<double>& times, double from, double to)
{
    return static_cast<std::size_t>(std::count_if(
        times.begin(), times.end(), [&](double time) { return from <= time && time < to; }));
}

/** Reads a frame as seen at a device. \returns false if it is no IPv4 packet */
inline bool
ReadFrame(Ptr<const Packet> frame, bool ppp, Ipv4Header& header, Ptr<Packet>& payload)
{
    constexpr uint32_t pppHeader = 2;
    payload = frame->Copy();
    if (ppp)
    {
        payload->RemoveAtStart(pppHeader);
    }
    else
    {
        EthernetTrailer trailer;
        EthernetHeader ethernet(false);
        payload->RemoveTrailer(trailer);
        payload->RemoveHeader(ethernet);
        if (ethernet.GetLengthType() != 0x0800)
        {
            return false;
        }
    }
    payload->RemoveHeader(header);
    if (payload->GetSize() > header.GetPayloadSize())
    {
        payload->RemoveAtEnd(payload->GetSize() - header.GetPayloadSize());
    }
    return true;
}

/** Loses the IPv4 packets that a test picks, at one receiver. */
class LabLoss : public ErrorModel
{
  public:
    using Picks = std::function<bool(double now, const LabPacket& packet)>;

    LabLoss(Picks picks, bool ppp)
        : m_picks(std::move(picks)),
          m_ppp(ppp)
    {
    }

  private:
    bool DoCorrupt(Ptr<Packet> frame) override
    {
        LabPacket packet{Simulator::Now().GetSeconds(), "", {}, nullptr};
        return ReadFrame(frame, m_ppp, packet.header, packet.payload) &&
               m_picks(packet.time, packet);
    }

    void DoReset() override
    {
    }

    Picks m_picks;
    bool m_ppp;
};

/** \returns the PIM message in a packet, or nothing. */
template <typename T>
std::optional<T>
ReadPim(const LabPacket& packet)
{
    PimMessage message;
    if (packet.header.GetProtocol() == PimMessage::PROTOCOL &&
        packet.header.GetFragmentOffset() == 0 && FromPacket(packet.payload, message).empty())
    {
        if (const T* body = message.As<T>())
        {
            return *body;
        }
    }
    return std::nullopt;
}

/** One run, and the tables that it leaves. What it writes is gone with the object. */
class LabRun : public TableFolder
{
  public:
    /**
     * \param topology the lines of a .topo file, or the name of a file or generator
     * \param scenario YAML
     * \param pcap captures, as the program takes them
     */
    LabRun(const std::string& topology, const std::string& scenario, const std::string& pcap = "")
        : TableFolder(MakeFolder())
    {
        std::string spec = topology;
        if (topology.find('\n') != std::string::npos)
        {
            spec = GetPath("topology.topo");
            std::ofstream(spec) << topology;
        }
        m_topology = LoadTopology(spec);
        const std::string yaml = GetPath("scenario.yaml");
        std::ofstream(yaml) << scenario;
        m_scenario = ReadScenario(yaml, m_topology);
        RunOptions options;
        options.output = GetPath("");
        options.pcap = ParsePcap(pcap, m_topology, m_scenario);
        m_runner = std::make_unique<ScenarioRunner>(m_topology, m_scenario, options, m_printed);
    }

    ~LabRun()
    {
        m_runner.reset();
        std::error_code ignored;
        std::filesystem::remove_all(GetPath(""), ignored);
    }

    LabRun(const LabRun&) = delete;
    LabRun& operator=(const LabRun&) = delete;

    /** Keeps the packets that go over the network called \p name. Before Run. */
    void Watch(const std::string& name)
    {
        m_packets[name];
        for (const TopologyNetwork& network : m_topology.networks)
        {
            for (std::size_t attachment : network.attachments)
            {
                const TopologyAttachment& end = m_topology.attachments[attachment];
                const std::string& node = m_topology.nodes[end.node].name;
                if (network.name == name)
                {
                    auto device = Names::Find<NetDevice>(node + "/" + end.interface);
                    m_taps.push_back(
                        {&m_packets[name], node, DynamicCast<CableDevice>(device) != nullptr});
                    device->TraceConnectWithoutContext(
                        "PhyTxEnd",
                        MakeBoundCallback(&LabRun::Transmitted, this, m_taps.size() - 1));
                }
            }
        }
    }

    /**
     * Loses what \p picks says at an interface, as "r1/eth0". Before Run; not with `loss` events.
     */
    void Lose(const std::string& interface, LabLoss::Picks picks)
    {
        auto device = Names::Find<NetDevice>(interface);
        const bool ppp = DynamicCast<CableDevice>(device) != nullptr;
        device->SetAttribute("ReceiveErrorModel", PointerValue(Create<LabLoss>(picks, ppp)));
    }

    const TopologyGraph& GetTopology() const
    {
        return m_topology;
    }

    /** \returns the run under way. */
    ScenarioRun& GetRun()
    {
        return m_runner->GetRun();
    }

    /** \returns how many expectations of the scenario failed; GetPrinted says which. */
    std::size_t Run()
    {
        return m_runner->Run();
    }

    /** Ends the run, which closes its captures. */
    void Close()
    {
        m_runner.reset();
    }

    /** \returns what the program would have printed. */
    std::string GetPrinted() const
    {
        return m_printed.str();
    }

    /** \returns the packets seen on a network that was watched. */
    const std::vector<LabPacket>& GetPackets(const std::string& network) const
    {
        return m_packets.at(network);
    }

    /** \returns the data packets to \p group seen on a network, first fragments only. */
    std::vector<LabDatum> GetData(const std::string& network, Ipv4Address group) const
    {
        std::vector<LabDatum> data;
        for (const LabPacket& packet : m_packets.at(network))
        {
            UdpHeader udp;
            uint8_t bytes[8];
            Ptr<Packet> payload = packet.payload->Copy();
            if (packet.header.GetDestination() == group && packet.header.GetProtocol() == 17 &&
                packet.header.GetFragmentOffset() == 0 && payload->RemoveHeader(udp) != 0)
            {
                WireReader reader(bytes, payload->CopyData(bytes, sizeof bytes));
                reader.ReadU32();
                data.push_back({packet.time,
                                packet.node,
                                packet.header.GetSource(),
                                udp.GetSourcePort(),
                                reader.ReadU32()});
            }
        }
        return data;
    }

    /** \returns when copies beyond the first of each packet to \p group went over a network. */
    std::vector<double> GetDuplicateTimes(const std::string& network, Ipv4Address group) const
    {
        std::set<std::tuple<Ipv4Address, uint16_t, uint32_t>> seen;
        std::vector<double> times;
        for (const LabDatum& datum : GetData(network, group))
        {
            if (!seen.insert({datum.source, datum.port, datum.sequence}).second)
            {
                times.push_back(datum.time);
            }
        }
        return times;
    }

    /** \returns the PIM messages of a type seen on a network. */
    template <typename T>
    std::vector<LabMessage<T>> GetPim(const std::string& network) const
    {
        std::vector<LabMessage<T>> messages;
        for (const LabPacket& packet : m_packets.at(network))
        {
            if (const std::optional<T> body = ReadPim<T>(packet))
            {
                messages.push_back({packet.time, packet.node, packet.header, *body});
            }
        }
        return messages;
    }

    /** \returns the IGMP messages seen on a network. */
    std::vector<LabMessage<IgmpMessage>> GetIgmp(const std::string& network) const
    {
        std::vector<LabMessage<IgmpMessage>> messages;
        for (const LabPacket& packet : m_packets.at(network))
        {
            IgmpMessage message;
            if (packet.header.GetProtocol() == 2 && FromPacket(packet.payload, message).empty())
            {
                messages.push_back({packet.time, packet.node, packet.header, message});
            }
        }
        return messages;
    }

  private:
    struct Tap
    {
        std::vector<LabPacket>* packets;
        std::string node;
        bool ppp;
    };

    static std::string MakeFolder()
    {
        char name[] = "/tmp/lab-run-XXXXXX";
        return mkdtemp(name);
    }

    static void Transmitted(LabRun* run, std::size_t number, Ptr<const Packet> frame)
    {
        const Tap& tap = run->m_taps[number];
        LabPacket packet{Simulator::Now().GetSeconds(), tap.node, {}, nullptr};
        if (ReadFrame(frame, tap.ppp, packet.header, packet.payload))
        {
            tap.packets->push_back(packet);
        }
    }

    TopologyGraph m_topology;
    Scenario m_scenario;
    std::ostringstream m_printed;
    std::unique_ptr<ScenarioRunner> m_runner;
    std::vector<Tap> m_taps;
    std::map<std::string, std::vector<LabPacket>> m_packets;
};

} // namespace ns3

#endif
