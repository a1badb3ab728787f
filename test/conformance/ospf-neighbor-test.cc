// SPDX-License-Identifier: GPL-2.0-only
// RFC 2328 §10: Figures 12 and 13 transition by transition, and the exchange of §10.6-10.9.
#include "ospf-fake-context.h"

#include <gtest/gtest.h>

namespace ns3
{

namespace
{

const OspfId HIGHER(0x01000009); // this router is 1.0.0.5
const OspfId LOWER(0x01000002);
const Ipv4Address ADDRESS("10.0.0.9");

} // namespace

/** One neighbour on a point-to-point network (adjacency wanted) or a LAN (not wanted). */
class Ospf2328Neighbor : public ::testing::Test
{
  protected:
    using State = OspfNeighborState;
    using Event = OspfNeighborEvent;

    Ospf2328Neighbor()
    {
        m_config.address = Ipv4Address("10.0.0.5");
        m_config.mask = Ipv4Mask("255.255.255.0");
        m_config.type = OspfNetworkType::POINT_TO_POINT;
        m_context.database = {OspfFakeContext::RouterLsa("1.0.0.5")};
        Make(HIGHER);
    }

    void TearDown() override
    {
        m_context.ExpectNothingElse();
    }

    void Make(OspfId routerId)
    {
        m_neighbor.reset();
        m_interface = std::make_unique<OspfInterface>(m_context, m_config);
        m_neighbor = std::make_unique<OspfNeighbor>(m_context, *m_interface, routerId, ADDRESS);
    }

    void Send(Event event)
    {
        m_neighbor->HandleEvent(event);
    }

    State GetState() const
    {
        return m_neighbor->GetState();
    }

    static OspfDatabaseDescription Description(const std::string& flags,
                                               uint32_t sequence,
                                               std::vector<OspfLsaHeader> headers = {})
    {
        OspfDatabaseDescription description;
        description.mtu = 1500;
        description.options = OSPF_OPTION_E;
        description.init = flags.find('I') != std::string::npos;
        description.more = flags.find('M') != std::string::npos;
        description.master = flags.find('S') != std::string::npos;
        description.sequence = sequence;
        description.headers = std::move(headers);
        return description;
    }

    std::string Receive(const OspfDatabaseDescription& description)
    {
        return EnumName(m_neighbor->ReceiveDatabaseDescription(description));
    }

    OspfDatabaseDescription LastSent() const
    {
        const auto sent = m_context.Get<OspfDatabaseDescription>();
        return sent.empty() ? OspfDatabaseDescription() : sent.back();
    }

    /** Takes the neighbour to \p state by its shortest way; the neighbour is the master. */
    void GoTo(State state)
    {
        m_context.database = {OspfFakeContext::RouterLsa("1.0.0.5")};
        Make(HIGHER);
        if (state >= State::INIT)
        {
            Send(Event::HELLO_RECEIVED);
        }
        if (state == State::TWO_WAY)
        {
            m_config.type = OspfNetworkType::BROADCAST;
            Make(HIGHER);
            Send(Event::HELLO_RECEIVED);
            Send(Event::TWO_WAY_RECEIVED);
            m_config.type = OspfNetworkType::POINT_TO_POINT;
        }
        if (state >= State::EX_START)
        {
            Send(Event::TWO_WAY_RECEIVED);
        }
        if (state >= State::EXCHANGE)
        {
            Receive(Description("IMS", 100));
        }
        if (state == State::LOADING)
        {
            Receive(Description("S", 101, {OspfFakeContext::RouterLsa("7.0.0.1")}));
        }
        if (state == State::FULL)
        {
            Receive(Description("S", 101));
        }
        ASSERT_EQ(GetState(), state) << EnumName(state);
        m_context.Forget();
    }

    /** Expects \p event to lead from each state of [\p low, \p high] to \p to, and elsewhere
     * nowhere. */
    void Check(Event event, State low, State high, State to)
    {
        for (int i = 0; i <= static_cast<int>(State::FULL); ++i)
        {
            const auto from = static_cast<State>(i);
            GoTo(from);
            Send(event);
            const State expected = from >= low && from <= high ? to : from;
            EXPECT_EQ(GetState(), expected) << EnumName(event) << " in " << EnumName(from);
        }
    }

    OspfFakeContext m_context;
    OspfInterfaceConfig m_config;
    std::unique_ptr<OspfInterface> m_interface;
    std::unique_ptr<OspfNeighbor> m_neighbor;
};

// §10.3, Figures 12 and 13

TEST_F(Ospf2328Neighbor, S10_3_HelloReceived)
{
    Check(Event::HELLO_RECEIVED, State::DOWN, State::DOWN, State::INIT);
}

TEST_F(Ospf2328Neighbor, S10_3_TwoWayReceivedStartsAnAdjacencyWhereWanted)
{
    Check(Event::TWO_WAY_RECEIVED, State::INIT, State::INIT, State::EX_START);
}

TEST_F(Ospf2328Neighbor, S10_3_TwoWayReceivedStaysTwoWayWhereNotWanted)
{
    GoTo(State::TWO_WAY);
    EXPECT_EQ(GetState(), State::TWO_WAY);
    EXPECT_TRUE(m_context.Get<OspfDatabaseDescription>().empty());
}

TEST_F(Ospf2328Neighbor, S10_3_NegotiationDone)
{
    Check(Event::NEGOTIATION_DONE, State::EX_START, State::EX_START, State::EXCHANGE);
}

TEST_F(Ospf2328Neighbor, S10_3_ExchangeDoneWithNothingToAskIsFull)
{
    Check(Event::EXCHANGE_DONE, State::EXCHANGE, State::EXCHANGE, State::FULL);
}

TEST_F(Ospf2328Neighbor, S10_3_ExchangeDoneWithRequestsIsLoading)
{
    GoTo(State::EXCHANGE);
    Receive(Description("MS", 101, {OspfFakeContext::RouterLsa("7.0.0.1")}));
    ASSERT_EQ(GetState(), State::EXCHANGE);
    Send(Event::EXCHANGE_DONE);
    EXPECT_EQ(GetState(), State::LOADING);
    EXPECT_EQ(m_context.TakeRest(),
              (std::vector<std::string>{"Database Description to 224.0.0.5",
                                        "Link State Request to 224.0.0.5"}));
}

TEST_F(Ospf2328Neighbor, S10_3_LoadingDone)
{
    Check(Event::LOADING_DONE, State::LOADING, State::LOADING, State::FULL);
}

TEST_F(Ospf2328Neighbor, S10_3_AdjOkBeginsAnAdjacencyNowWanted)
{
    m_config.type = OspfNetworkType::BROADCAST;
    Make(HIGHER);
    m_interface->HandleEvent(OspfInterfaceEvent::INTERFACE_UP);
    Send(Event::HELLO_RECEIVED);
    Send(Event::TWO_WAY_RECEIVED);
    ASSERT_EQ(GetState(), State::TWO_WAY);
    Send(Event::ADJ_OK);
    EXPECT_EQ(GetState(), State::TWO_WAY) << "nobody is DR yet";
    m_context.clock.Advance(Seconds(40));
    ASSERT_EQ(m_interface->GetState(), OspfInterfaceState::DR);
    Send(Event::ADJ_OK);
    EXPECT_EQ(GetState(), State::EX_START);
    EXPECT_EQ(m_context.TakeRest(), (std::vector<std::string>{"Database Description to 10.0.0.9"}));
}

TEST_F(Ospf2328Neighbor, S10_3_AdjOkEndsAnAdjacencyNoLongerWanted)
{
    m_config.type = OspfNetworkType::BROADCAST;
    Make(HIGHER);
    m_interface->HandleEvent(OspfInterfaceEvent::INTERFACE_UP);
    m_context.clock.Advance(Seconds(40));
    Send(Event::HELLO_RECEIVED);
    Send(Event::TWO_WAY_RECEIVED);
    Receive(Description("IMS", 100));
    Receive(Description("MS", 101, {OspfFakeContext::RouterLsa("7.0.0.1")}));
    m_neighbor->AddRetransmission(m_context.database[0].GetKey());
    ASSERT_EQ(GetState(), State::EXCHANGE);
    Send(Event::ADJ_OK);
    EXPECT_EQ(GetState(), State::EXCHANGE) << "still wanted";
    m_interface->HandleEvent(OspfInterfaceEvent::INTERFACE_DOWN); // no longer DR
    Send(Event::ADJ_OK);
    EXPECT_EQ(GetState(), State::TWO_WAY);
    EXPECT_EQ(m_neighbor->GetRequestListSize(), 0u);
    EXPECT_EQ(m_neighbor->GetRetransmissionListSize(), 0u);
    EXPECT_EQ(m_context.TakeRest(),
              (std::vector<std::string>{"Database Description to 10.0.0.9",
                                        "Database Description to 10.0.0.9",
                                        "Database Description to 10.0.0.9",
                                        "Link State Request to 10.0.0.9"}));
}

TEST_F(Ospf2328Neighbor, S10_3_SeqNumberMismatchStartsAnew)
{
    Check(Event::SEQ_NUMBER_MISMATCH, State::EXCHANGE, State::FULL, State::EX_START);
    EXPECT_EQ(m_context.TakeRest(),
              (std::vector<std::string>{"Database Description to 224.0.0.5"}));
}

TEST_F(Ospf2328Neighbor, S10_3_BadLsReqStartsAnew)
{
    Check(Event::BAD_LS_REQ, State::EXCHANGE, State::FULL, State::EX_START);
    EXPECT_EQ(m_context.TakeRest(),
              (std::vector<std::string>{"Database Description to 224.0.0.5"}));
}

TEST_F(Ospf2328Neighbor, S10_3_OneWayReceived)
{
    Check(Event::ONE_WAY_RECEIVED, State::TWO_WAY, State::FULL, State::INIT);
}

TEST_F(Ospf2328Neighbor, S10_3_KillNbr)
{
    Check(Event::KILL_NBR, State::DOWN, State::FULL, State::DOWN);
}

TEST_F(Ospf2328Neighbor, S10_3_LlDown)
{
    Check(Event::LL_DOWN, State::DOWN, State::FULL, State::DOWN);
}

TEST_F(Ospf2328Neighbor, S10_3_InactivityTimer)
{
    Check(Event::INACTIVITY_TIMER, State::DOWN, State::FULL, State::DOWN);
}

TEST_F(Ospf2328Neighbor, S10_3_FallingBackClearsListsAndTimers)
{
    for (Event event : {Event::KILL_NBR, Event::ONE_WAY_RECEIVED})
    {
        GoTo(State::LOADING);
        m_neighbor->AddRetransmission(m_context.database[0].GetKey());
        EXPECT_EQ(m_neighbor->GetRequestListSize(), 1u);
        Send(event);
        EXPECT_EQ(m_neighbor->GetRequestListSize(), 0u);
        EXPECT_EQ(m_neighbor->GetRetransmissionListSize(), 0u);
        m_context.Forget();
        m_context.clock.Advance(Seconds(60));
        EXPECT_TRUE(m_context.sent.empty());
        EXPECT_TRUE(m_context.lsasSent.empty());
    }
}

// §10.8: sending Database Descriptions

TEST_F(Ospf2328Neighbor, S10_8_ExStartRepeatsAnEmptyPacket)
{
    GoTo(State::INIT);
    Send(Event::TWO_WAY_RECEIVED);
    m_context.clock.Advance(Seconds(10));
    const auto sent = m_context.Get<OspfDatabaseDescription>();
    ASSERT_EQ(sent.size(), 3u) << "at 0, 5 and 10 s";
    for (const OspfDatabaseDescription& description : sent)
    {
        EXPECT_TRUE(description.init && description.more && description.master);
        EXPECT_TRUE(description.headers.empty());
        EXPECT_EQ(description.sequence, sent[0].sequence);
        EXPECT_EQ(description.mtu, 1500);
    }
}

TEST_F(Ospf2328Neighbor, S10_8_EachAttemptHasAHigherSequenceNumber)
{
    GoTo(State::FULL);
    Send(Event::SEQ_NUMBER_MISMATCH);
    const uint32_t first = LastSent().sequence;
    Send(Event::KILL_NBR);
    Send(Event::HELLO_RECEIVED);
    Send(Event::TWO_WAY_RECEIVED);
    EXPECT_EQ(LastSent().sequence, first + 1);
}

TEST_F(Ospf2328Neighbor, S10_8_LongDatabaseIsSplitAtTheMtu)
{
    m_config.mtu = 132; // four headers
    Make(LOWER);
    m_context.database.clear();
    for (uint32_t i = 0; i < 10; ++i)
    {
        OspfLsaHeader header = OspfFakeContext::RouterLsa("9.0.0.0");
        header.linkStateId = OspfId(i);
        m_context.database.push_back(header);
    }
    Send(Event::HELLO_RECEIVED);
    Send(Event::TWO_WAY_RECEIVED);
    uint32_t sequence = LastSent().sequence;
    std::vector<std::size_t> sizes;
    OspfDatabaseDescription answer = Description("", sequence);
    answer.mtu = 100;
    for (int i = 0; i < 3; ++i)
    {
        Receive(answer);
        sizes.push_back(LastSent().headers.size());
        EXPECT_EQ(LastSent().sequence, ++sequence);
        EXPECT_EQ(LastSent().more, i < 2);
        answer.sequence = sequence;
    }
    EXPECT_EQ(sizes, (std::vector<std::size_t>{4, 4, 2}));
    Receive(answer);
    EXPECT_EQ(GetState(), State::FULL);
}

// §10.6: receiving Database Descriptions

TEST_F(Ospf2328Neighbor, S10_6_TooGreatAnMtuIsRefused)
{
    GoTo(State::EX_START);
    OspfDatabaseDescription description = Description("IMS", 100);
    description.mtu = 1501;
    EXPECT_EQ(Receive(description), "mtu");
    EXPECT_EQ(GetState(), State::EX_START);
}

TEST_F(Ospf2328Neighbor, S10_6_RefusedInDownAndTwoWay)
{
    GoTo(State::DOWN);
    EXPECT_EQ(Receive(Description("IMS", 100)), "neighbor-state");
    GoTo(State::TWO_WAY);
    EXPECT_EQ(Receive(Description("IMS", 100)), "neighbor-state");
}

TEST_F(Ospf2328Neighbor, S10_6_InInitItCountsAsTwoWayReceived)
{
    GoTo(State::INIT);
    EXPECT_EQ(Receive(Description("IMS", 100)), "");
    EXPECT_EQ(GetState(), State::EXCHANGE);
    EXPECT_EQ(m_context.TakeRest(),
              (std::vector<std::string>{"Database Description to 224.0.0.5",
                                        "Database Description to 224.0.0.5"}));
}

TEST_F(Ospf2328Neighbor, S10_6_HigherRouterIdIsMaster)
{
    GoTo(State::EX_START);
    EXPECT_EQ(Receive(Description("IMS", 100)), "");
    EXPECT_EQ(GetState(), State::EXCHANGE);
    EXPECT_FALSE(m_neighbor->IsMaster());
    EXPECT_EQ(LastSent().sequence, 100u);
    EXPECT_FALSE(LastSent().master);
    EXPECT_EQ(LastSent().headers.size(), 1u);
}

TEST_F(Ospf2328Neighbor, S10_6_LowerRouterIdIsSlave)
{
    Make(LOWER);
    Send(Event::HELLO_RECEIVED);
    Send(Event::TWO_WAY_RECEIVED);
    EXPECT_EQ(Receive(Description("IMS", 100)), "");
    EXPECT_EQ(GetState(), State::EX_START) << "it has not understood yet";
    const uint32_t sequence = LastSent().sequence;
    Receive(Description("", sequence + 1));
    EXPECT_EQ(GetState(), State::EX_START) << "wrong number";
    Receive(Description("", sequence));
    EXPECT_EQ(GetState(), State::EXCHANGE);
    EXPECT_TRUE(m_neighbor->IsMaster());
    EXPECT_EQ(LastSent().sequence, sequence + 1);
}

TEST_F(Ospf2328Neighbor, S10_6_SlaveAnswersAndIsDoneFirst)
{
    GoTo(State::EXCHANGE);
    EXPECT_EQ(Receive(Description("MS", 101)), "");
    EXPECT_EQ(GetState(), State::EXCHANGE) << "the master has more";
    EXPECT_EQ(Receive(Description("S", 102)), "");
    EXPECT_EQ(GetState(), State::FULL);
    EXPECT_EQ(LastSent().sequence, 102u);
    EXPECT_FALSE(LastSent().more);
}

TEST_F(Ospf2328Neighbor, S10_6_DuplicateMakesTheSlaveRepeatItself)
{
    GoTo(State::EXCHANGE);
    Receive(Description("MS", 101));
    m_context.Forget();
    EXPECT_EQ(Receive(Description("MS", 101)), "");
    ASSERT_EQ(m_context.Get<OspfDatabaseDescription>().size(), 1u);
    EXPECT_EQ(LastSent().sequence, 101u);
    EXPECT_EQ(GetState(), State::EXCHANGE);
}

TEST_F(Ospf2328Neighbor, S10_6_DuplicateIsDroppedByTheMaster)
{
    Make(LOWER);
    Send(Event::HELLO_RECEIVED);
    Send(Event::TWO_WAY_RECEIVED);
    const uint32_t sequence = LastSent().sequence;
    Receive(Description("M", sequence));
    m_context.Forget();
    EXPECT_EQ(Receive(Description("M", sequence)), "");
    EXPECT_TRUE(m_context.sent.empty());
    EXPECT_EQ(GetState(), State::EXCHANGE);
}

TEST_F(Ospf2328Neighbor, S10_6_MasterRepeatsUnansweredPackets)
{
    Make(LOWER);
    Send(Event::HELLO_RECEIVED);
    Send(Event::TWO_WAY_RECEIVED);
    Receive(Description("M", LastSent().sequence));
    m_context.Forget();
    m_context.clock.Advance(Seconds(5));
    ASSERT_EQ(m_context.Get<OspfDatabaseDescription>().size(), 1u);
    EXPECT_EQ(LastSent().headers.size(), 1u);
}

TEST_F(Ospf2328Neighbor, S10_6_WrongBitsOrNumbersAreAMismatch)
{
    std::vector<OspfDatabaseDescription> bad = {
        Description("M", 101),   // not the master any more
        Description("IMS", 101), // initialises again
        Description("MS", 103),  // a number left out
        Description("MS", 99),
    };
    bad.push_back(Description("MS", 101));
    bad.back().options = 0;
    for (const OspfDatabaseDescription& description : bad)
    {
        GoTo(State::EXCHANGE);
        EXPECT_EQ(Receive(description), "sequence-mismatch");
        EXPECT_EQ(GetState(), State::EX_START);
    }
    EXPECT_EQ(m_context.TakeRest(),
              (std::vector<std::string>{"Database Description to 224.0.0.5"}));
}

TEST_F(Ospf2328Neighbor, S10_6_UnknownTypeOfLsaIsAMismatch)
{
    GoTo(State::EXCHANGE);
    OspfLsaHeader header = OspfFakeContext::RouterLsa("7.0.0.1");
    header.type = 9;
    Receive(Description("MS", 101, {header}));
    EXPECT_EQ(GetState(), State::EX_START);
    EXPECT_EQ(m_context.TakeRest(),
              (std::vector<std::string>{"Database Description to 224.0.0.5"}));
}

TEST_F(Ospf2328Neighbor, S10_6_ExternalLsaInAStubAreaIsAMismatch)
{
    m_context.options = 0;
    GoTo(State::EX_START);
    OspfDatabaseDescription description = Description("IMS", 100);
    description.options = 0;
    Receive(description);
    OspfLsaHeader header = OspfFakeContext::RouterLsa("7.0.0.1");
    header.type = static_cast<uint8_t>(OspfLsaType::AS_EXTERNAL);
    description = Description("MS", 101, {header});
    description.options = 0;
    Receive(description);
    EXPECT_EQ(GetState(), State::EX_START);
    EXPECT_EQ(m_context.TakeRest(),
              (std::vector<std::string>{"Database Description to 224.0.0.5",
                                        "Database Description to 224.0.0.5"}));
}

TEST_F(Ospf2328Neighbor, S10_6_InFullOnlyDuplicatesAreTolerated)
{
    GoTo(State::FULL);
    EXPECT_EQ(Receive(Description("S", 101)), "");
    EXPECT_EQ(GetState(), State::FULL);
    EXPECT_EQ(LastSent().sequence, 101u) << "the slave repeats its last packet";
    EXPECT_EQ(Receive(Description("S", 102)), "sequence-mismatch");
    EXPECT_EQ(GetState(), State::EX_START);
    EXPECT_EQ(m_context.TakeRest(),
              (std::vector<std::string>{"Database Description to 224.0.0.5"}));
}

TEST_F(Ospf2328Neighbor, S10_8_SlaveForgetsItsLastPacketAfterRouterDeadInterval)
{
    GoTo(State::FULL);
    m_context.clock.Advance(Seconds(40));
    EXPECT_EQ(Receive(Description("S", 101)), "sequence-mismatch");
    EXPECT_EQ(GetState(), State::EX_START);
    EXPECT_EQ(m_context.TakeRest(),
              (std::vector<std::string>{"Database Description to 224.0.0.5"}));
}

// §10.9 and §10.7: Link State Requests

TEST_F(Ospf2328Neighbor, S10_9_OnlyNewerLsasAreAskedFor)
{
    m_context.database = {OspfFakeContext::RouterLsa("7.0.0.1", 5),
                          OspfFakeContext::RouterLsa("7.0.0.2", 5)};
    Make(HIGHER);
    Send(Event::HELLO_RECEIVED);
    Send(Event::TWO_WAY_RECEIVED);
    Receive(Description("IMS", 100));
    Receive(Description("MS",
                        101,
                        {OspfFakeContext::RouterLsa("7.0.0.1", 5),
                         OspfFakeContext::RouterLsa("7.0.0.2", 6),
                         OspfFakeContext::RouterLsa("7.0.0.3", 1)}));
    const auto requests = m_context.Get<OspfLinkStateRequest>();
    ASSERT_EQ(requests.size(), 1u);
    ASSERT_EQ(requests[0].items.size(), 2u);
    EXPECT_EQ(requests[0].items[0].linkStateId, OspfId(Ipv4Address("7.0.0.2")));
    EXPECT_EQ(requests[0].items[1].linkStateId, OspfId(Ipv4Address("7.0.0.3")));
    EXPECT_EQ(m_context.TakeRest(),
              (std::vector<std::string>{"Database Description to 224.0.0.5",
                                        "Database Description to 224.0.0.5",
                                        "Database Description to 224.0.0.5"}));
}

TEST_F(Ospf2328Neighbor, S10_9_UnansweredRequestsAreRepeated)
{
    GoTo(State::EXCHANGE);
    Receive(Description("S", 101, {OspfFakeContext::RouterLsa("7.0.0.1")}));
    ASSERT_EQ(GetState(), State::LOADING);
    m_context.clock.Advance(Seconds(10));
    EXPECT_EQ(m_context.Get<OspfLinkStateRequest>().size(), 3u);
    m_neighbor->RemoveRequest(OspfFakeContext::RouterLsa("7.0.0.1").GetKey());
    EXPECT_EQ(GetState(), State::FULL);
    m_context.Forget();
    m_context.clock.Advance(Seconds(10));
    EXPECT_TRUE(m_context.Get<OspfLinkStateRequest>().empty());
}

TEST_F(Ospf2328Neighbor, S10_9_OnePacketOfRequestsAtATime)
{
    m_config.mtu = 80; // three requests
    Make(HIGHER);
    Send(Event::HELLO_RECEIVED);
    Send(Event::TWO_WAY_RECEIVED);
    OspfDatabaseDescription description = Description("IMS", 100);
    description.mtu = 80;
    Receive(description);
    description = Description("S", 101);
    description.mtu = 80;
    for (uint32_t i = 0; i < 5; ++i)
    {
        OspfLsaHeader header = OspfFakeContext::RouterLsa("7.0.0.1");
        header.linkStateId = OspfId(i);
        description.headers.push_back(header);
    }
    Receive(description);
    ASSERT_EQ(m_context.Get<OspfLinkStateRequest>().size(), 1u);
    EXPECT_EQ(m_context.Get<OspfLinkStateRequest>()[0].items.size(), 3u);
    for (uint32_t i = 0; i < 3; ++i)
    {
        EXPECT_EQ(m_context.Get<OspfLinkStateRequest>().size(), 1u);
        m_neighbor->RemoveRequest(description.headers[i].GetKey());
    }
    ASSERT_EQ(m_context.Get<OspfLinkStateRequest>().size(), 2u);
    EXPECT_EQ(m_context.Get<OspfLinkStateRequest>()[1].items.size(), 2u);
    EXPECT_EQ(m_context.TakeRest(),
              (std::vector<std::string>{"Database Description to 224.0.0.5",
                                        "Database Description to 224.0.0.5",
                                        "Database Description to 224.0.0.5"}));
}

TEST_F(Ospf2328Neighbor, S10_7_RequestIsAnsweredFromTheDatabase)
{
    GoTo(State::EXCHANGE);
    OspfLinkStateRequest request;
    request.items = {{1, OspfId(0x01000005), OspfId(0x01000005)}};
    EXPECT_STREQ(EnumName(m_neighbor->ReceiveRequest(request)), "");
    ASSERT_EQ(m_context.lsasSent.size(), 1u);
    EXPECT_EQ(m_neighbor->GetRetransmissionListSize(), 0u);
    EXPECT_EQ(m_context.TakeRest(), (std::vector<std::string>{"type 1 id 1.0.0.5 from 1.0.0.5"}));
}

TEST_F(Ospf2328Neighbor, S10_7_RequestForWhatIsNotThereIsBad)
{
    for (uint32_t type : {1u, 77u})
    {
        GoTo(State::FULL);
        OspfLinkStateRequest request;
        request.items = {{type, OspfId(0x08000008), OspfId(0x08000008)}};
        EXPECT_STREQ(EnumName(m_neighbor->ReceiveRequest(request)), "bad-request");
        EXPECT_EQ(GetState(), State::EX_START);
    }
    GoTo(State::EX_START);
    EXPECT_STREQ(EnumName(m_neighbor->ReceiveRequest({})), "neighbor-state");
}

// §13.6: the retransmission list

TEST_F(Ospf2328Neighbor, S13_6_RetransmitsUntilAcknowledged)
{
    GoTo(State::FULL);
    const OspfLsaKey first = OspfFakeContext::RouterLsa("7.0.0.1").GetKey();
    const OspfLsaKey second = OspfFakeContext::RouterLsa("7.0.0.2").GetKey();
    m_neighbor->AddRetransmission(first);
    m_context.clock.Advance(Seconds(2));
    m_neighbor->AddRetransmission(second);
    m_context.clock.Advance(Seconds(3));
    EXPECT_EQ(m_context.lsasSent, std::vector<OspfLsaKey>{first}) << "the second was sent 3 s ago";
    m_context.clock.Advance(Seconds(2));
    EXPECT_EQ(m_context.lsasSent, (std::vector<OspfLsaKey>{first, second}));
    EXPECT_TRUE(m_neighbor->RemoveRetransmission(first));
    EXPECT_TRUE(m_neighbor->RemoveRetransmission(second));
    EXPECT_FALSE(m_neighbor->RemoveRetransmission(second));
    m_context.clock.Advance(Seconds(20));
    EXPECT_EQ(m_context.lsasSent.size(), 2u);
    EXPECT_EQ(m_context.TakeRest(),
              (std::vector<std::string>{"type 1 id 7.0.0.1 from 7.0.0.1",
                                        "type 1 id 7.0.0.2 from 7.0.0.2"}));
}

TEST_F(Ospf2328Neighbor, S13_6_OnePacketPerFiring)
{
    GoTo(State::FULL);
    m_context.lsasPerPacket = 2;
    for (const char* id : {"7.0.0.1", "7.0.0.2", "7.0.0.3"})
    {
        m_neighbor->AddRetransmission(OspfFakeContext::RouterLsa(id).GetKey());
    }
    m_context.clock.Advance(Seconds(5));
    EXPECT_EQ(m_context.lsasSent.size(), 2u);
    m_context.clock.Advance(Seconds(5));
    EXPECT_EQ(m_context.lsasSent.size(), 4u);
    EXPECT_EQ(m_context.TakeRest(),
              (std::vector<std::string>{"type 1 id 7.0.0.1 from 7.0.0.1",
                                        "type 1 id 7.0.0.2 from 7.0.0.2",
                                        "type 1 id 7.0.0.1 from 7.0.0.1",
                                        "type 1 id 7.0.0.2 from 7.0.0.2"}));
}

} // namespace ns3
