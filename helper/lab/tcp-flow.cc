// SPDX-License-Identifier: GPL-2.0-only
#include "ns3/tcp-flow.h"

#include "ns3/simulator.h"
#include "ns3/tcp-l4-protocol.h"
#include "ns3/wire-buffer.h"

namespace ns3
{

void
EnsureTcp(Ptr<Node> node)
{
    if (!node->GetObject<TcpL4Protocol>())
    {
        node->AggregateObject(CreateObject<TcpL4Protocol>());
    }
}

TcpFlowSender::TcpFlowSender(Ptr<Node> node,
                             const SendSpec& spec,
                             DeliveryLedger& ledger,
                             uint32_t flow)
    : m_spec(spec),
      m_ledger(ledger),
      m_flow(flow),
      m_stream(node,
               Ipv4Address::GetAny(),
               spec.group,
               spec.port,
               {[] {}, [](const auto&) {}, [] {}})
{
    Send();
}

void
TcpFlowSender::Send()
{
    WireWriter writer;
    writer.WriteU32(m_spec.size);
    writer.WriteU32(m_flow);
    writer.WriteU32(m_ledger.Sent(m_flow, Simulator::Now()));
    writer.WriteBytes(std::vector<uint8_t>(m_spec.size - HEADER));
    m_stream.Send(writer.GetBytes());
    if (m_spec.HasNext(++m_count, Simulator::Now()))
    {
        Simulator::Schedule(m_spec.interval, &TcpFlowSender::Send, this);
    }
}

TcpFlowReceiver::TcpFlowReceiver(Ptr<Node> node,
                                 const std::string& name,
                                 uint16_t port,
                                 DeliveryLedger& ledger)
    : m_name(name),
      m_ledger(ledger),
      m_acceptor(node, port, [this](Ptr<Socket> socket, Ipv4Address) { Accept(socket); })
{
}

void
TcpFlowReceiver::Accept(Ptr<Socket> socket)
{
    const auto number = static_cast<uint32_t>(m_connections.size());
    m_connections[number].stream = std::make_unique<TcpStream>(
        socket,
        TcpStream::Handlers{
            [] {}, [this, number](const auto& bytes) { Receive(number, bytes); }, [] {}});
}

void
TcpFlowReceiver::Receive(uint32_t connection, const std::vector<uint8_t>& bytes)
{
    std::vector<uint8_t>& waiting = m_connections.at(connection).bytes;
    waiting.insert(waiting.end(), bytes.begin(), bytes.end());
    std::size_t read = 0;
    while (waiting.size() - read >= TcpFlowSender::HEADER)
    {
        WireReader reader(waiting.data() + read, TcpFlowSender::HEADER);
        const uint32_t size = reader.ReadU32();
        const uint32_t flow = reader.ReadU32();
        const uint32_t sequence = reader.ReadU32();
        if (size < TcpFlowSender::HEADER || waiting.size() - read < size)
        {
            break;
        }
        m_ledger.ReceivedUnicast(flow, m_name, sequence, std::nullopt, Simulator::Now());
        read += size;
    }
    waiting.erase(waiting.begin(), waiting.begin() + static_cast<std::ptrdiff_t>(read));
}

} // namespace ns3
