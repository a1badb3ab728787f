// SPDX-License-Identifier: GPL-2.0-only
// Numbered messages of one size over a TCP connection, and their receiver: what UdpSender and
// UdpReceiver are for UDP. Plain objects that live as long as the simulation.
#ifndef VXLAN_MULTICAST_TCP_FLOW_H
#define VXLAN_MULTICAST_TCP_FLOW_H

#include "ns3/delivery-ledger.h"
#include "ns3/node.h"
#include "ns3/tcp-stream.h"
#include "ns3/traffic-specs.h"

#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <vector>

namespace ns3
{

/** Writes messages into a connection; those that TCP cannot take yet wait. */
class TcpFlowSender
{
  public:
    /** Bytes of a message that say what it is: the smallest that there is. */
    static constexpr uint32_t HEADER = 12;

    /** Connects and sends from now on. \param node has TCP */
    TcpFlowSender(Ptr<Node> node, const SendSpec& spec, DeliveryLedger& ledger, uint32_t flow);

  private:
    void Send();

    SendSpec m_spec;
    DeliveryLedger& m_ledger;
    uint32_t m_flow;
    uint64_t m_count{0};
    TcpStream m_stream;
};

/** Receives, on one TCP port of a node, what TcpFlowSender sends. */
class TcpFlowReceiver
{
  public:
    /** \param node has TCP \param name what the ledger calls it */
    TcpFlowReceiver(Ptr<Node> node, const std::string& name, uint16_t port, DeliveryLedger& ledger);

  private:
    /** A connection and the bytes of a message that is not whole yet. */
    struct Connection
    {
        std::unique_ptr<TcpStream> stream;
        std::vector<uint8_t> bytes;
    };

    void Accept(Ptr<Socket> socket);
    void Receive(uint32_t connection, const std::vector<uint8_t>& bytes);

    std::string m_name;
    DeliveryLedger& m_ledger;
    std::map<uint32_t, Connection> m_connections;
    TcpAcceptor m_acceptor;
};

/** Gives \p node TCP unless it has it. */
void EnsureTcp(Ptr<Node> node);

} // namespace ns3

#endif
