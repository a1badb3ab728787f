// SPDX-License-Identifier: GPL-2.0-only
// OVSDB: JSON values in a stream, a server and a client that read it.
#include "fuzz-wire.h"

#include "support/fake-clock.h"

#include "ns3/ovsdb-client.h"
#include "ns3/ovsdb-server.h"

namespace ns3
{

namespace
{

FuzzBytes
ToBytes(const std::string& text)
{
    return FuzzBytes(text.begin(), text.end());
}

/** \returns how deep \p value is nested. */
std::size_t
GetDepth(const OvsdbJson& value)
{
    std::size_t depth = 0;
    if (value.is_structured())
    {
        for (const OvsdbJson& element : value)
        {
            depth = std::max(depth, GetDepth(element));
        }
        ++depth;
    }
    return depth;
}

FramedStream
CutOvsdb(const std::vector<FuzzBytes>& pieces)
{
    FramedStream result;
    OvsdbStream stream;
    for (const FuzzBytes& piece : pieces)
    {
        stream.Append(std::string(piece.begin(), piece.end()));
        while (!result.isBroken)
        {
            const std::optional<OvsdbJson> value = stream.Next();
            if (!value)
            {
                break;
            }
            result.isBroken = value->is_discarded();
            if (!result.isBroken)
            {
                RequireFuzz(GetDepth(*value) <= OvsdbStream::MAX_DEPTH, "deep nesting passes");
                result.messages.push_back(ToBytes(ToWire(*value)));
            }
        }
    }
    return result;
}

/** Texts are read, written and read again as the same value. */
void
CheckStream(const FuzzBytes& bytes)
{
    CheckFraming(bytes, CutOvsdb, false);
    for (const FuzzBytes& message : CutOvsdb({bytes}).messages)
    {
        const FramedStream again = CutOvsdb({message});
        RequireFuzz(again.messages == std::vector<FuzzBytes>{message}, "a JSON text changes");
    }
}

/** Listens, and does what a switch or controller would do, without either. */
class Surroundings : public OvsdbServerOwner,
                     public OvsdbClientOwner,
                     public ProtocolObserver,
                     public ControlMessageObserver
{
  public:
    uint32_t AddTunnel(const OvsdbTunnel& tunnel) override
    {
        return tunnel.type == "gre" ? 0 : ++m_tunnels;
    }

    void RemoveTunnel(const std::string&) override
    {
    }

    void SendOvsdb(uint32_t, const std::string& text) override
    {
        Check(text);
    }

    void CloseOvsdb(uint32_t) override
    {
        isClosed = true;
    }

    void OpenOvsdb(Ipv4Address) override
    {
    }

    void SendOvsdb(Ipv4Address, const std::string& text) override
    {
        Check(text);
    }

    void CloseOvsdb(Ipv4Address) override
    {
        isClosed = true;
    }

    void ReportEvent(const std::string&, const std::string&) override
    {
    }

    void ReportDrop(const std::string&) override
    {
    }

    void
    ReportMessage(const std::string&, const char*, bool, const std::string&, std::size_t) override
    {
    }

    bool isClosed{false};

  private:
    /** What is sent must be JSON objects, as the other end would read them. */
    static void Check(const std::string& text)
    {
        OvsdbStream stream;
        stream.Append(text);
        const std::optional<OvsdbJson> value = stream.Next();
        RequireFuzz(value && value->is_object(), "what is sent is no JSON object: " + text);
    }

    uint32_t m_tunnels{2};
};

void
CheckServer(const FuzzBytes& bytes)
{
    Surroundings switchOf;
    OvsdbServer server(switchOf, switchOf, switchOf, "br0", 0x10, "secure");
    server.AddPort("eth1", 1);
    server.AddTunnelPort({"vx2", "vxlan", Ipv4Address("10.0.0.1"), Ipv4Address("10.0.0.2"), 0, 0},
                         2);
    server.NotifyConnected(1, "10.0.0.9");
    server.Receive(1, std::string(bytes.begin(), bytes.end()));
    if (!switchOf.isClosed)
    {
        server.NotifyClosed(1);
    }
    // Whatever was done to it, the switch has its own ports.
    server.AddPort("eth9", 9);
    RequireFuzz(!server.GetDatabase().FindByName("Port", "eth9").empty(), "a port is lost");
    server.RemovePort("eth1");
    server.RemovePort("vx2");
}

void
CheckClient(const FuzzBytes& bytes)
{
    Surroundings controller;
    FakeClock clock;
    OvsdbClient client(
        clock, controller, controller, controller, Ipv4Address("10.0.0.1"), Seconds(10));
    client.AddTunnel({"vx2", "vxlan", Ipv4Address("10.0.0.1"), Ipv4Address("10.0.0.2"), 0, 0});
    client.NotifyConnected();
    client.Receive(std::string(bytes.begin(), bytes.end()));
    client.NotifyClosed();
}

const FuzzTarget ovsdb("ovsdb", CheckStream);
const FuzzTarget ovsdbServer("ovsdb-server", CheckServer);
const FuzzTarget ovsdbClient("ovsdb-client", CheckClient);

} // namespace

} // namespace ns3
