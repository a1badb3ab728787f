// SPDX-License-Identifier: GPL-2.0-only
// Traffic of a scenario's nodes: numbered packets to a group or a host and their receivers, pings, floods of
// a VXLAN device. Plain objects that live as long as the simulation.
#ifndef VXLAN_MULTICAST_TRAFFIC_APPS_H
#define VXLAN_MULTICAST_TRAFFIC_APPS_H

#include "ns3/delivery-ledger.h"
#include "ns3/echo-source.h"
#include "ns3/net-device.h"
#include "ns3/node.h"
#include "ns3/packet.h"
#include "ns3/socket.h"
#include "ns3/traffic-specs.h"

#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace ns3
{

/** Sends UDP packets to a group or a host, each with its flow's number and its own. */
class UdpSender
{
  public:
    /** Sends from now on. \param interface the Ipv4 interface to send from */
    UdpSender(Ptr<Node> node,
              uint32_t interface,
              const SendSpec& spec,
              DeliveryLedger& ledger,
              uint32_t flow);

  private:
    void Send();

    SendSpec m_spec;
    DeliveryLedger& m_ledger;
    uint32_t m_flow;
    uint64_t m_count{0};
    Ptr<Socket> m_socket;
};

/** Receives, on one UDP port of a node, what UdpSender sends. */
class UdpReceiver
{
  public:
    UdpReceiver(Ptr<Node> node, const std::string& name, uint16_t port, DeliveryLedger& ledger);

  private:
    void Receive(Ptr<Socket> socket);

    Ptr<Node> m_node;
    std::string m_name;
    DeliveryLedger& m_ledger;
    Ptr<Socket> m_socket;
};

/** A series of echo requests, and the replies to each. */
class PingSeries
{
  public:
    /** Pings from now on. \param echo outlives this object */
    PingSeries(EchoSource& echo, const PingSpec& spec);

    /** One request. */
    struct Request
    {
        Time sent;
        std::vector<std::pair<EchoReply, Time>> replies; //!< with round-trip times
    };

    const PingSpec& GetSpec() const;
    /** \returns the requests so far; the first has sequence number 1. */
    const std::vector<Request>& GetRequests() const;

  private:
    void Send();

    PingSpec m_spec;
    EchoSource& m_echo;
    uint16_t m_identifier;
    std::vector<Request> m_requests;
};

/** Sends frames that a VXLAN device must flood. The last bytes of each frame identify the flood. */
class FloodGenerator
{
  public:
    /** Floods from now on. \param number its number in the run */
    FloodGenerator(Ptr<NetDevice> device, const FloodSpec& spec, uint32_t number);

    const FloodSpec& GetSpec() const;
    uint64_t GetFrames() const;

    /** Bytes at the end of an inner frame that ReadNumber needs. */
    static constexpr uint32_t TRAILER = 8;
    /** \returns the number of the flood that a frame ending in \p trailer belongs to, or nothing.
     */
    static std::optional<uint32_t> ReadNumber(const uint8_t* trailer);

  private:
    void Send();

    FloodSpec m_spec;
    Ptr<NetDevice> m_device;
    uint32_t m_number;
    uint64_t m_frames{0};
};

} // namespace ns3

#endif
