// SPDX-License-Identifier: GPL-2.0-only
// A TCP connection as protocols see it.
#include "ns3/internet-stack-helper.h"
#include "ns3/ipv4-address-helper.h"
#include "ns3/ipv4-interface-container.h"
#include "ns3/simple-net-device-helper.h"
#include "ns3/simulator.h"
#include "ns3/tcp-stream.h"

#include <gtest/gtest.h>

#include <numeric>

using namespace ns3;

namespace
{

class TcpStreamTest : public ::testing::Test
{
  protected:
    TcpStreamTest()
    {
        m_nodes.Create(2);
        SimpleNetDeviceHelper link;
        InternetStackHelper().Install(m_nodes);
        Ipv4AddressHelper addresses("10.0.0.0", "255.255.255.0");
        addresses.Assign(link.Install(m_nodes));
    }

    ~TcpStreamTest() override
    {
        m_acceptor.reset();
        m_client.reset();
        m_server.reset();
        Simulator::Destroy();
    }

    void Listen()
    {
        m_acceptor = std::make_unique<TcpAcceptor>(
            m_nodes.Get(1), 6653, [this](Ptr<Socket> socket, Ipv4Address remote) {
                EXPECT_EQ(remote, Ipv4Address("10.0.0.1"));
                m_server = std::make_unique<TcpStream>(
                    socket,
                    TcpStream::Handlers{nullptr,
                                        [this](const auto& bytes) { Append(m_atServer, bytes); },
                                        [this] {
                                            ++m_serverClosed;
                                            m_server.reset();
                                        }});
            });
    }

    void Connect()
    {
        m_client = std::make_unique<TcpStream>(
            m_nodes.Get(0),
            Ipv4Address::GetAny(),
            "10.0.0.2",
            6653,
            TcpStream::Handlers{[this] { ++m_connected; },
                                [this](const auto& bytes) { Append(m_atClient, bytes); },
                                [this] {
                                    ++m_clientClosed;
                                    m_client.reset();
                                }});
    }

    static void Append(std::vector<uint8_t>& to, const std::vector<uint8_t>& bytes)
    {
        to.insert(to.end(), bytes.begin(), bytes.end());
    }

    void RunUntil(double seconds)
    {
        Simulator::Stop(Seconds(seconds) - Simulator::Now());
        Simulator::Run();
    }

    NodeContainer m_nodes;
    std::unique_ptr<TcpAcceptor> m_acceptor;
    std::unique_ptr<TcpStream> m_client;
    std::unique_ptr<TcpStream> m_server;
    std::vector<uint8_t> m_atClient;
    std::vector<uint8_t> m_atServer;
    int m_connected{0};
    int m_clientClosed{0};
    int m_serverClosed{0};
};

} // namespace

TEST_F(TcpStreamTest, BytesArriveWholeWhateverTheBuffers)
{
    Listen();
    Connect();
    std::vector<uint8_t> many(1000000);
    std::iota(many.begin(), many.end(), 0);
    m_client->Send({1, 2, 3});
    m_client->Send(many);
    RunUntil(20);
    EXPECT_EQ(m_connected, 1);
    ASSERT_EQ(m_atServer.size(), 1000003u);
    EXPECT_EQ(m_atServer[2], 3);
    EXPECT_TRUE(std::equal(many.begin(), many.end(), m_atServer.begin() + 3));
    m_server->Send({9});
    RunUntil(21);
    EXPECT_EQ(m_atClient, std::vector<uint8_t>{9});
}

TEST_F(TcpStreamTest, TheOtherEndHearsOfTheEnd)
{
    Listen();
    Connect();
    RunUntil(1);
    m_client->Send({5});
    m_client.reset();
    RunUntil(5);
    EXPECT_EQ(m_atServer, std::vector<uint8_t>{5});
    EXPECT_EQ(m_serverClosed, 1);
    EXPECT_EQ(m_clientClosed, 0);
}

TEST_F(TcpStreamTest, WithoutARouteItIsOverAtOnce)
{
    m_client = std::make_unique<TcpStream>(
        m_nodes.Get(0),
        Ipv4Address::GetAny(),
        "172.16.0.1",
        6653,
        TcpStream::Handlers{nullptr, nullptr, [this] { ++m_clientClosed; }});
    EXPECT_EQ(m_clientClosed, 0);
    RunUntil(1);
    EXPECT_EQ(m_clientClosed, 1);
}

TEST_F(TcpStreamTest, AnAttemptCanBeGivenUp)
{
    Connect();
    RunUntil(5);
    EXPECT_EQ(m_connected, 0);
    Listen();
    Connect();
    RunUntil(6);
    EXPECT_EQ(m_connected, 1);
    EXPECT_EQ(m_clientClosed, 0);
}

TEST_F(TcpStreamTest, APausedEndKeepsAllAndSaysNothing)
{
    Listen();
    Connect();
    RunUntil(1);
    m_server->SetPaused(true);
    m_client->Send({1, 2});
    m_server->Send({3});
    RunUntil(2);
    EXPECT_TRUE(m_atServer.empty());
    EXPECT_TRUE(m_atClient.empty());
    m_server->SetPaused(false);
    RunUntil(3);
    EXPECT_EQ(m_atServer, (std::vector<uint8_t>{1, 2}));
    EXPECT_EQ(m_atClient, std::vector<uint8_t>{3});
    m_server->SetPaused(true);
    m_client.reset();
    RunUntil(4);
    EXPECT_EQ(m_serverClosed, 0);
    m_server->SetPaused(false);
    RunUntil(5);
    EXPECT_EQ(m_serverClosed, 1);
}

// ns-3 takes an RST at a listening socket for a closed window, and would probe it 6 s later.
TEST_F(TcpStreamTest, AListenerOutlivesAStrayReset)
{
    Connect();
    RunUntil(4);
    Listen();
    m_client.reset(); // gives up: an RST
    RunUntil(30);
    Connect();
    RunUntil(31);
    EXPECT_EQ(m_connected, 1);
    m_server->Send({7});
    RunUntil(32);
    EXPECT_EQ(m_atClient, std::vector<uint8_t>{7});
}

TEST_F(TcpStreamTest, AnAttemptOutlivesItsRefusals)
{
    Connect();
    RunUntil(60);
    EXPECT_EQ(m_connected, 0);
}

TEST_F(TcpStreamTest, AHandshakeThatOutlivesThePortIsEnded)
{
    // A copy of the listening socket, which knows the acceptor, waits for the last ACK of it.
    m_nodes.Get(0)->GetDevice(1)->GetChannel()->SetAttribute("Delay", TimeValue(MilliSeconds(10)));
    double start = 0;
    for (const double moment : {0.015, 0.025, 0.035, 0.045, 0.055})
    {
        Listen();
        Connect();
        RunUntil(start + moment);
        m_acceptor.reset();
        if (m_server)
        {
            break; // the handshake was over by then
        }
        m_client->Send({1});
        start += 20;
        RunUntil(start);
        EXPECT_EQ(m_server, nullptr) << moment;
        EXPECT_TRUE(m_atServer.empty()) << moment;
        m_client.reset();
    }
    EXPECT_GT(m_connected, 0) << "one of them was in the middle of its handshake";
    EXPECT_GT(m_clientClosed, 0) << "and heard of the end";
}

TEST_F(TcpStreamTest, AFullWindowIsProbedAgain)
{
    Listen();
    Connect();
    RunUntil(1);
    m_server->SetPaused(true);
    const std::vector<uint8_t> many(100000, 1); // more than a window
    m_client->Send(many);
    RunUntil(20);
    EXPECT_TRUE(m_atServer.empty());
    m_server->SetPaused(false);
    RunUntil(200);
    EXPECT_EQ(m_atServer.size(), many.size());
    m_client->SetPaused(true);
    m_server->Send(many);
    RunUntil(220);
    m_client->SetPaused(false);
    RunUntil(400);
    EXPECT_EQ(m_atClient.size(), many.size()) << "an accepted connection, too";
}
