// SPDX-License-Identifier: GPL-2.0-only
// RFC 4271 §8.2.2: each state with each event, on a clock turned by hand.
#include "bgp-bytes.h"
#include "support/fake-clock.h"

#include "ns3/bgp-session.h"

#include <gtest/gtest.h>

#include <functional>
#include <map>

using namespace ns3;

namespace
{

const BgpSessionEvent ALL_EVENTS[] = {BgpSessionEvent::MANUAL_START,
                                      BgpSessionEvent::MANUAL_STOP,
                                      BgpSessionEvent::AUTOMATIC_START,
                                      BgpSessionEvent::MANUAL_START_PASSIVE,
                                      BgpSessionEvent::AUTOMATIC_START_PASSIVE,
                                      BgpSessionEvent::AUTOMATIC_STOP,
                                      BgpSessionEvent::CONNECT_RETRY_TIMER_EXPIRES,
                                      BgpSessionEvent::HOLD_TIMER_EXPIRES,
                                      BgpSessionEvent::KEEPALIVE_TIMER_EXPIRES,
                                      BgpSessionEvent::DELAY_OPEN_TIMER_EXPIRES,
                                      BgpSessionEvent::TCP_CR_ACKED,
                                      BgpSessionEvent::TCP_CONNECTION_CONFIRMED,
                                      BgpSessionEvent::TCP_CONNECTION_FAILS,
                                      BgpSessionEvent::BGP_OPEN,
                                      BgpSessionEvent::BGP_OPEN_WITH_DELAY_OPEN_TIMER,
                                      BgpSessionEvent::BGP_HEADER_ERR,
                                      BgpSessionEvent::BGP_OPEN_MSG_ERR,
                                      BgpSessionEvent::OPEN_COLLISION_DUMP,
                                      BgpSessionEvent::NOTIF_MSG_VER_ERR,
                                      BgpSessionEvent::NOTIF_MSG,
                                      BgpSessionEvent::KEEPALIVE_MSG,
                                      BgpSessionEvent::UPDATE_MSG_ERR};

/** Records what a session asks for. */
class Recorder : public BgpSessionHost
{
  public:
    Recorder()
    {
        config.routerId = Ipv4Address("192.168.1.1");
    }

    ProtocolClock& GetClock() override
    {
        return clock;
    }

    const EvpnConfig& GetConfig() const override
    {
        return config;
    }

    bool IsPassive(const BgpSession&) const override
    {
        return isPassive;
    }

    uint64_t OpenConnection() override
    {
        log += "connect ";
        return ++connections;
    }

    void CloseConnection(uint64_t) override
    {
        log += "close ";
    }

    void Send(uint64_t, const BgpMessage& message) override
    {
        log += std::string(ToString(message.GetType())) + " ";
        if (message.GetType() == BgpMessage::NOTIFICATION)
        {
            const BgpError& error = std::get<BgpNotification>(message.body).error;
            log += std::to_string(error.code) + "/" + std::to_string(error.subcode) + " ";
        }
    }

    bool IsCollisionLoser(const BgpSession&) override
    {
        return isLoser;
    }

    void SessionChanged(BgpSession& session, BgpSessionState old, BgpSessionEvent event) override
    {
        transitions.push_back(std::string(EnumName(old)) + " " + EnumName(event) + " " +
                              EnumName(session.GetState()));
    }

    void ReceiveUpdate(BgpSession&, const BgpUpdate&) override
    {
        log += "update-received ";
    }

    void MessageReceived(const Bytes&, const BgpError& error) override
    {
        ++messages;
        errors += error ? 1 : 0;
    }

    /** \returns what was asked for since the last time. */
    std::string Take()
    {
        std::string text = log;
        log.clear();
        return text.empty() ? text : text.substr(0, text.size() - 1);
    }

    FakeClock clock;
    EvpnConfig config;
    bool isPassive{false};
    bool isLoser{false};
    uint64_t connections{0};
    int messages{0};
    int errors{0};
    std::string log;
    std::vector<std::string> transitions;
};

class BgpSession4271 : public testing::Test
{
  public:
    using State = BgpSessionState;
    using Event = BgpSessionEvent;

    /** Brings a session to \p state and forgets how. */
    void GoTo(State state)
    {
        session.HandleEvent(Event::MANUAL_STOP);
        if (state == State::ACTIVE)
        {
            session.HandleEvent(Event::AUTOMATIC_START_PASSIVE);
        }
        else if (state != State::IDLE)
        {
            session.HandleEvent(Event::AUTOMATIC_START);
        }
        if (state > State::ACTIVE)
        {
            session.HandleEvent(Event::TCP_CR_ACKED);
        }
        if (state > State::OPEN_SENT)
        {
            session.Receive(FromHex(frr::OPEN_C3));
        }
        if (state > State::OPEN_CONFIRM)
        {
            session.Receive(FromHex(frr::KEEPALIVE));
        }
        ASSERT_EQ(session.GetState(), state);
        host.log.clear();
        host.transitions.clear();
    }

    /** Expects that \p event in \p from leads to \p to and asks for \p actions. */
    void Check(State from, Event event, State to, const std::string& actions)
    {
        GoTo(from);
        session.HandleEvent(event);
        EXPECT_EQ(session.GetState(), to) << EnumName(from) << ", " << EnumName(event);
        EXPECT_EQ(host.Take(), actions) << EnumName(from) << ", " << EnumName(event);
        const std::vector<std::string> expected{std::string(EnumName(from)) + " " +
                                                EnumName(event) + " " + EnumName(to)};
        EXPECT_EQ(host.transitions, from == to ? std::vector<std::string>() : expected);
    }

    /** As Check, for all events that are in no row of \p rows: `others`. */
    void CheckState(State from,
                    const std::map<Event, std::pair<State, std::string>>& rows,
                    const std::pair<State, std::string>& others)
    {
        for (Event event : ALL_EVENTS)
        {
            const auto row = rows.find(event);
            const auto& [to, actions] = row == rows.end() ? others : row->second;
            Check(from, event, to, actions);
        }
    }

    Recorder host;
    BgpSession session{host};
};

TEST_F(BgpSession4271, S8_2_2_Idle)
{
    CheckState(State::IDLE,
               {{Event::MANUAL_START, {State::CONNECT, "connect"}},
                {Event::AUTOMATIC_START, {State::CONNECT, "connect"}},
                {Event::MANUAL_START_PASSIVE, {State::ACTIVE, ""}},
                {Event::AUTOMATIC_START_PASSIVE, {State::ACTIVE, ""}}},
               {State::IDLE, ""});
}

TEST_F(BgpSession4271, S8_2_2_Connect)
{
    CheckState(State::CONNECT,
               {{Event::MANUAL_START, {State::CONNECT, ""}},
                {Event::AUTOMATIC_START, {State::CONNECT, ""}},
                {Event::MANUAL_START_PASSIVE, {State::CONNECT, ""}},
                {Event::AUTOMATIC_START_PASSIVE, {State::CONNECT, ""}},
                {Event::CONNECT_RETRY_TIMER_EXPIRES, {State::CONNECT, "close connect"}},
                {Event::DELAY_OPEN_TIMER_EXPIRES, {State::OPEN_SENT, "open"}},
                {Event::TCP_CR_ACKED, {State::OPEN_SENT, "open"}},
                {Event::TCP_CONNECTION_CONFIRMED, {State::OPEN_SENT, "open"}},
                {Event::BGP_OPEN_WITH_DELAY_OPEN_TIMER, {State::OPEN_CONFIRM, "open keepalive"}}},
               {State::IDLE, "close"});
}

TEST_F(BgpSession4271, S8_2_2_Active)
{
    CheckState(State::ACTIVE,
               {{Event::MANUAL_START, {State::ACTIVE, ""}},
                {Event::AUTOMATIC_START, {State::ACTIVE, ""}},
                {Event::MANUAL_START_PASSIVE, {State::ACTIVE, ""}},
                {Event::AUTOMATIC_START_PASSIVE, {State::ACTIVE, ""}},
                {Event::CONNECT_RETRY_TIMER_EXPIRES, {State::CONNECT, "connect"}},
                {Event::DELAY_OPEN_TIMER_EXPIRES, {State::OPEN_SENT, "open"}},
                {Event::TCP_CR_ACKED, {State::OPEN_SENT, "open"}},
                {Event::TCP_CONNECTION_CONFIRMED, {State::OPEN_SENT, "open"}},
                {Event::BGP_OPEN_WITH_DELAY_OPEN_TIMER, {State::OPEN_CONFIRM, "open keepalive"}}},
               {State::IDLE, ""});
}

TEST_F(BgpSession4271, S8_2_2_OpenSent)
{
    const std::pair<State, std::string> stays{State::OPEN_SENT, ""};
    CheckState(State::OPEN_SENT,
               {{Event::MANUAL_START, stays},
                {Event::AUTOMATIC_START, stays},
                {Event::MANUAL_START_PASSIVE, stays},
                {Event::AUTOMATIC_START_PASSIVE, stays},
                {Event::MANUAL_STOP, {State::IDLE, "notification 6/2 close"}},
                {Event::AUTOMATIC_STOP, {State::IDLE, "notification 6/5 close"}},
                {Event::HOLD_TIMER_EXPIRES, {State::IDLE, "notification 4/0 close"}},
                {Event::TCP_CR_ACKED, stays},
                {Event::TCP_CONNECTION_CONFIRMED, stays},
                {Event::TCP_CONNECTION_FAILS, {State::ACTIVE, "close"}},
                {Event::BGP_OPEN, {State::OPEN_CONFIRM, "keepalive"}},
                {Event::BGP_HEADER_ERR, {State::IDLE, "notification 0/0 close"}},
                {Event::BGP_OPEN_MSG_ERR, {State::IDLE, "notification 0/0 close"}},
                {Event::OPEN_COLLISION_DUMP, {State::IDLE, "notification 6/7 close"}},
                {Event::NOTIF_MSG_VER_ERR, {State::IDLE, "close"}}},
               {State::IDLE, "notification 5/1 close"});
}

TEST_F(BgpSession4271, S8_2_2_OpenConfirm)
{
    const std::pair<State, std::string> stays{State::OPEN_CONFIRM, ""};
    CheckState(State::OPEN_CONFIRM,
               {{Event::MANUAL_START, stays},
                {Event::AUTOMATIC_START, stays},
                {Event::MANUAL_START_PASSIVE, stays},
                {Event::AUTOMATIC_START_PASSIVE, stays},
                {Event::MANUAL_STOP, {State::IDLE, "notification 6/2 close"}},
                {Event::AUTOMATIC_STOP, {State::IDLE, "notification 6/5 close"}},
                {Event::HOLD_TIMER_EXPIRES, {State::IDLE, "notification 4/0 close"}},
                {Event::KEEPALIVE_TIMER_EXPIRES, {State::OPEN_CONFIRM, "keepalive"}},
                {Event::TCP_CR_ACKED, stays},
                {Event::TCP_CONNECTION_CONFIRMED, stays},
                {Event::TCP_CONNECTION_FAILS, {State::IDLE, "close"}},
                {Event::BGP_HEADER_ERR, {State::IDLE, "notification 0/0 close"}},
                {Event::BGP_OPEN_MSG_ERR, {State::IDLE, "notification 0/0 close"}},
                {Event::OPEN_COLLISION_DUMP, {State::IDLE, "notification 6/7 close"}},
                {Event::NOTIF_MSG_VER_ERR, {State::IDLE, "close"}},
                {Event::NOTIF_MSG, {State::IDLE, "close"}},
                {Event::KEEPALIVE_MSG, {State::ESTABLISHED, ""}}},
               {State::IDLE, "notification 5/2 close"});
}

TEST_F(BgpSession4271, S8_2_2_Established)
{
    const std::pair<State, std::string> stays{State::ESTABLISHED, ""};
    CheckState(State::ESTABLISHED,
               {{Event::MANUAL_START, stays},
                {Event::AUTOMATIC_START, stays},
                {Event::MANUAL_START_PASSIVE, stays},
                {Event::AUTOMATIC_START_PASSIVE, stays},
                {Event::MANUAL_STOP, {State::IDLE, "notification 6/2 close"}},
                {Event::AUTOMATIC_STOP, {State::IDLE, "notification 6/5 close"}},
                {Event::HOLD_TIMER_EXPIRES, {State::IDLE, "notification 4/0 close"}},
                {Event::KEEPALIVE_TIMER_EXPIRES, {State::ESTABLISHED, "keepalive"}},
                {Event::TCP_CR_ACKED, stays},
                {Event::TCP_CONNECTION_CONFIRMED, stays},
                {Event::TCP_CONNECTION_FAILS, {State::IDLE, "close"}},
                {Event::BGP_HEADER_ERR, {State::IDLE, "notification 0/0 close"}},
                {Event::OPEN_COLLISION_DUMP, {State::IDLE, "notification 6/7 close"}},
                {Event::NOTIF_MSG_VER_ERR, {State::IDLE, "close"}},
                {Event::NOTIF_MSG, {State::IDLE, "close"}},
                {Event::KEEPALIVE_MSG, stays},
                {Event::UPDATE_MSG_ERR, {State::IDLE, "notification 0/0 close"}}},
               {State::IDLE, "notification 5/3 close"});
}

TEST_F(BgpSession4271, S8_2_2_ConnectRetryCounter)
{
    GoTo(State::OPEN_CONFIRM);
    session.HandleEvent(Event::TCP_CONNECTION_FAILS);
    EXPECT_EQ(session.GetConnectRetryCounter(), 1u);
    session.HandleEvent(Event::AUTOMATIC_START);
    EXPECT_EQ(session.GetConnectRetryCounter(), 0u);
    session.HandleEvent(Event::NOTIF_MSG_VER_ERR);
    EXPECT_EQ(session.GetConnectRetryCounter(), 1u);
    session.HandleEvent(Event::AUTOMATIC_START);
    session.HandleEvent(Event::TCP_CONNECTION_FAILS);
    EXPECT_EQ(session.GetConnectRetryCounter(), 0u);
}

TEST_F(BgpSession4271, S8_2_2_UpdatesAreTakenInEstablishedAlone)
{
    GoTo(State::ESTABLISHED);
    session.Receive(FromHex(frr::MAC_R1));
    EXPECT_EQ(host.Take(), "update-received");
    GoTo(State::OPEN_CONFIRM);
    session.Receive(FromHex(frr::MAC_R1));
    EXPECT_EQ(host.Take(), "notification 5/2 close");
    GoTo(State::OPEN_SENT);
    session.Receive(FromHex(frr::MAC_R1));
    EXPECT_EQ(host.Take(), "notification 5/1 close");
}

TEST_F(BgpSession4271, S6_1_HeaderErrorsAreReported)
{
    for (State state : {State::OPEN_SENT, State::OPEN_CONFIRM, State::ESTABLISHED})
    {
        GoTo(state);
        Bytes bytes = FromHex(frr::KEEPALIVE);
        bytes[3] = 0;
        session.Receive(bytes);
        EXPECT_EQ(host.Take(), "notification 1/1 close");
    }
    EXPECT_EQ(host.errors, 3);
}

TEST_F(BgpSession4271, S6_2_OpenThatIsNotThePeers)
{
    const auto check = [&](const BgpOpen& open, const std::string& actions) {
        GoTo(State::OPEN_SENT);
        session.Receive(BgpMessage{open}.GetBytes());
        EXPECT_EQ(host.Take(), actions);
    };
    check(BgpOpen::Make(65001, 180, "192.168.101.133"), "notification 2/2 close");
    check(BgpOpen::Make(65000, 180, "192.168.1.1"), "notification 2/3 close");
    check(BgpOpen::Make(65000, 2, "192.168.101.133"), "notification 2/6 close");
    BgpOpen open = BgpOpen::Make(65000, 180, "192.168.101.133");
    open.version = 3;
    check(open, "notification 2/1 close");
    open.version = 4;
    open.capabilities.clear();
    check(open, "notification 2/7 close");
    check(BgpOpen::Make(65000, 180, "192.168.101.133"), "keepalive");
}

TEST_F(BgpSession4271, S6_3_UpdateErrorsEndTheSession)
{
    GoTo(State::ESTABLISHED);
    Bytes bytes = FromHex(frr::MAC_R1);
    bytes[76] = 3; // ORIGIN's type: AS_PATH's flags do not fit NEXT_HOP's
    session.Receive(bytes);
    EXPECT_EQ(session.GetState(), State::IDLE);
    EXPECT_EQ(host.Take().substr(0, 14), "notification 3");
}

TEST_F(BgpSession4271, S6_4_NotificationsEndTheSession)
{
    GoTo(State::ESTABLISHED);
    session.Receive(BgpMessage{BgpNotification{MakeBgpError(BgpError::CEASE, 2)}}.GetBytes());
    EXPECT_EQ(host.Take(), "close");
    EXPECT_EQ(session.GetLastError().GetName(), "administrative-shutdown");
    GoTo(State::OPEN_SENT);
    session.Receive(BgpMessage{BgpNotification{MakeBgpError(2, 1, {0, 4})}}.GetBytes());
    EXPECT_EQ(host.transitions, std::vector<std::string>{"OpenSent NotifMsgVerErr Idle"});
    GoTo(State::OPEN_SENT);
    session.Receive(BgpMessage{BgpNotification{MakeBgpError(6, 2)}}.GetBytes());
    EXPECT_EQ(host.Take(), "notification 5/1 close"); // as §8.2.2 has it
}

TEST_F(BgpSession4271, S6_5_HoldTimer)
{
    GoTo(State::ESTABLISHED);
    EXPECT_EQ(session.GetHoldTime(), Seconds(180));
    host.clock.Advance(Seconds(179));
    EXPECT_EQ(host.Take(), "keepalive keepalive"); // after 60 s and 120 s
    session.Receive(FromHex(frr::KEEPALIVE));
    host.clock.Advance(Seconds(179));
    EXPECT_EQ(session.GetState(), State::ESTABLISHED);
    session.Receive(FromHex(frr::MAC_R1)); // an UPDATE restarts it as well
    host.clock.Advance(MilliSeconds(179999));
    EXPECT_EQ(session.GetState(), State::ESTABLISHED);
    host.log.clear();
    host.clock.Advance(MilliSeconds(1));
    EXPECT_EQ(session.GetState(), State::IDLE);
    EXPECT_EQ(host.Take(), "notification 4/0 close");
}

TEST_F(BgpSession4271, S4_2_TheLesserHoldTimeIsTaken)
{
    GoTo(State::OPEN_SENT);
    session.Receive(BgpMessage{BgpOpen::Make(65000, 9, "192.168.101.133")}.GetBytes());
    EXPECT_EQ(session.GetHoldTime(), Seconds(9));
    host.log.clear();
    host.clock.Advance(Seconds(8));
    EXPECT_EQ(host.Take(), "keepalive keepalive");
    host.clock.Advance(Seconds(1));
    EXPECT_EQ(session.GetState(), State::IDLE);
}

TEST_F(BgpSession4271, S4_2_HoldTimeZero)
{
    GoTo(State::OPEN_SENT);
    session.Receive(BgpMessage{BgpOpen::Make(65000, 0, "192.168.101.133")}.GetBytes());
    session.Receive(FromHex(frr::KEEPALIVE));
    host.log.clear();
    host.clock.Advance(Seconds(10000));
    EXPECT_EQ(session.GetState(), State::ESTABLISHED);
    EXPECT_EQ(host.Take(), "");
}

TEST_F(BgpSession4271, S8_2_2_OpenSentHasALargeHoldTimer)
{
    GoTo(State::OPEN_SENT);
    host.clock.Advance(Seconds(239));
    EXPECT_EQ(session.GetState(), State::OPEN_SENT);
    host.clock.Advance(Seconds(1));
    EXPECT_EQ(host.Take(), "notification 4/0 close");
}

TEST_F(BgpSession4271, S10_ConnectRetryTimer)
{
    GoTo(State::CONNECT);
    host.clock.Advance(Seconds(14));
    EXPECT_EQ(host.Take(), "close connect close connect"); // after 5 s and 10 s
    GoTo(State::ACTIVE);
    host.clock.Advance(Seconds(5));
    EXPECT_EQ(host.transitions,
              std::vector<std::string>{"Active ConnectRetryTimer_Expires Connect"});
    host.isPassive = true;
    GoTo(State::ACTIVE);
    host.clock.Advance(Seconds(100));
    EXPECT_EQ(session.GetState(), State::ACTIVE);
}

TEST_F(BgpSession4271, S8_1_1_DelayOpen)
{
    host.config.bgp.delayOpenTime = Seconds(2);
    session.HandleEvent(Event::AUTOMATIC_START);
    session.HandleEvent(Event::TCP_CR_ACKED);
    EXPECT_EQ(session.GetState(), State::CONNECT);
    host.clock.Advance(Seconds(2));
    EXPECT_EQ(session.GetState(), State::OPEN_SENT);
    EXPECT_EQ(host.Take(), "connect open");

    session.HandleEvent(Event::MANUAL_STOP);
    session.HandleEvent(Event::AUTOMATIC_START_PASSIVE);
    session.Accept(77);
    EXPECT_EQ(session.GetState(), State::ACTIVE);
    host.log.clear();
    session.Receive(FromHex(frr::OPEN_C3));
    EXPECT_EQ(session.GetState(), State::OPEN_CONFIRM);
    EXPECT_EQ(host.Take(), "open keepalive");

    session.HandleEvent(Event::MANUAL_STOP);
    session.HandleEvent(Event::AUTOMATIC_START);
    session.HandleEvent(Event::TCP_CR_ACKED);
    session.HandleEvent(Event::TCP_CONNECTION_FAILS);
    EXPECT_EQ(session.GetState(), State::ACTIVE);
}

TEST_F(BgpSession4271, S6_8_ACollisionDumpsTheConnection)
{
    GoTo(State::OPEN_SENT);
    host.isLoser = true;
    session.Receive(FromHex(frr::OPEN_C3));
    EXPECT_EQ(host.Take(), "notification 6/7 close");
}

TEST_F(BgpSession4271, S8_2_2_ASecondOpenIsAnErrorOfTheMachine)
{
    GoTo(State::OPEN_CONFIRM);
    session.Receive(FromHex(frr::OPEN_C3));
    EXPECT_EQ(host.Take(), "notification 5/2 close");
    GoTo(State::ESTABLISHED);
    session.Receive(FromHex(frr::OPEN_C3));
    EXPECT_EQ(host.Take(), "notification 5/3 close");
}

TEST_F(BgpSession4271, WhatFollowsAnErrorIsNotRead)
{
    GoTo(State::OPEN_SENT);
    const int before = host.messages;
    session.Receive(FromHex(std::string(frr::KEEPALIVE) + frr::OPEN_C3 + frr::KEEPALIVE));
    EXPECT_EQ(session.GetState(), State::IDLE);
    EXPECT_EQ(host.messages, before + 1);
}

TEST_F(BgpSession4271, S8_2_2_AnUpdateSentRestartsTheKeepaliveTimer)
{
    GoTo(State::ESTABLISHED);
    host.clock.Advance(Seconds(59));
    session.SendUpdate(BgpUpdate::MakeEndOfRib());
    host.clock.Advance(Seconds(59));
    EXPECT_EQ(host.Take(), "update");
    host.clock.Advance(Seconds(1));
    EXPECT_EQ(host.Take(), "keepalive");
}

} // namespace
