// SPDX-License-Identifier: GPL-2.0-only
// RFC 4271 §8: the finite state machine of one BGP connection. Optional session attributes:
// DelayOpen and PassiveTcpEstablishment; IdleHoldTimer runs in BgpPeer, which starts machines
// again. Departures: peer oscillation damping, TrackTcpState, SendNOTIFICATIONwithoutOPEN and
// CollisionDetectEstablishedState are left out; a passive machine has no ConnectRetryTimer; a
// header error is reported as such in Established as well (§6.1 against the list of §8.2.2), and so
// is a second OPEN as an error of the machine (RFC 6608). Timers have no jitter (§10).
#ifndef VXLAN_MULTICAST_BGP_SESSION_H
#define VXLAN_MULTICAST_BGP_SESSION_H

#include "ns3/bgp-message.h"
#include "ns3/enum-names.h"
#include "ns3/evpn-config.h"
#include "ns3/postponed-timer.h"
#include "ns3/protocol-clock.h"

#include <cstdint>

namespace ns3
{

/** §8.2.2, in the RFC's order. */
enum class BgpSessionState : uint8_t
{
    IDLE,
    CONNECT,
    ACTIVE,
    OPEN_SENT,
    OPEN_CONFIRM,
    ESTABLISHED
};

/** §8.1, in the RFC's order; the optional events that are left out have no number here. */
enum class BgpSessionEvent : uint8_t
{
    MANUAL_START = 1,
    MANUAL_STOP = 2,
    AUTOMATIC_START = 3,
    MANUAL_START_PASSIVE = 4,
    AUTOMATIC_START_PASSIVE = 5,
    AUTOMATIC_STOP = 8,
    CONNECT_RETRY_TIMER_EXPIRES = 9,
    HOLD_TIMER_EXPIRES = 10,
    KEEPALIVE_TIMER_EXPIRES = 11,
    DELAY_OPEN_TIMER_EXPIRES = 12,
    TCP_CR_ACKED = 16,
    TCP_CONNECTION_CONFIRMED = 17,
    TCP_CONNECTION_FAILS = 18,
    BGP_OPEN = 19,
    BGP_OPEN_WITH_DELAY_OPEN_TIMER = 20,
    BGP_HEADER_ERR = 21,
    BGP_OPEN_MSG_ERR = 22,
    OPEN_COLLISION_DUMP = 23,
    NOTIF_MSG_VER_ERR = 24,
    NOTIF_MSG = 25,
    KEEPALIVE_MSG = 26,
    UPDATE_MSG = 27,
    UPDATE_MSG_ERR = 28
};

template <>
struct EnumNames<BgpSessionState>
{
    static constexpr const char* NAMES[] =
        {"Idle", "Connect", "Active", "OpenSent", "OpenConfirm", "Established"};
};

/** By the RFC's numbers. */
template <>
struct EnumNames<BgpSessionEvent>
{
    static constexpr const char* NAMES[] = {"",
                                            "ManualStart",
                                            "ManualStop",
                                            "AutomaticStart",
                                            "ManualStart_with_PassiveTcpEstablishment",
                                            "AutomaticStart_with_PassiveTcpEstablishment",
                                            "",
                                            "",
                                            "AutomaticStop",
                                            "ConnectRetryTimer_Expires",
                                            "HoldTimer_Expires",
                                            "KeepaliveTimer_Expires",
                                            "DelayOpenTimer_Expires",
                                            "",
                                            "",
                                            "",
                                            "Tcp_CR_Acked",
                                            "TcpConnectionConfirmed",
                                            "TcpConnectionFails",
                                            "BGPOpen",
                                            "BGPOpen with DelayOpenTimer running",
                                            "BGPHeaderErr",
                                            "BGPOpenMsgErr",
                                            "OpenCollisionDump",
                                            "NotifMsgVerErr",
                                            "NotifMsg",
                                            "KeepAliveMsg",
                                            "UpdateMsg",
                                            "UpdateMsgErr"};
};

class BgpSession;

/** What a session may ask of the peer that owns it. */
class BgpSessionHost
{
  public:
    virtual ~BgpSessionHost() = default;

    virtual ProtocolClock& GetClock() = 0;
    virtual const EvpnConfig& GetConfig() const = 0;
    /** \returns whether \p session never connects by itself (PassiveTcpEstablishment). */
    virtual bool IsPassive(const BgpSession& session) const = 0;
    /** Starts a TCP connection to the peer; its outcome is an event later. \returns its number. */
    virtual uint64_t OpenConnection() = 0;
    /** Ends a connection, or an attempt. */
    virtual void CloseConnection(uint64_t connection) = 0;
    virtual void Send(uint64_t connection, const BgpMessage& message) = 0;
    /** §6.8: \p session has received a good OPEN. \returns whether it is the one to be closed. */
    virtual bool IsCollisionLoser(const BgpSession& session) = 0;
    virtual void SessionChanged(BgpSession& session,
                                BgpSessionState old,
                                BgpSessionEvent event) = 0;
    virtual void ReceiveUpdate(BgpSession& session, const BgpUpdate& update) = 0;
    /** A message was received, good or not. \param error its error; none: it is good */
    virtual void MessageReceived(const std::vector<uint8_t>& bytes, const BgpError& error) = 0;
};

/** One connection with a peer, or the attempt at one. */
class BgpSession
{
  public:
    explicit BgpSession(BgpSessionHost& host);

    /** Runs the state machine of §8.2.2. */
    void HandleEvent(BgpSessionEvent event);
    /** TcpConnectionConfirmed (event 17) on a connection that the peer has opened. */
    void Accept(uint64_t connection);
    /** Takes bytes of the connection, and the events that are in them. */
    void Receive(const std::vector<uint8_t>& bytes);
    /** Sends an UPDATE; in Established only. */
    void SendUpdate(const BgpUpdate& update);

    BgpSessionState GetState() const
    {
        return m_state;
    }

    /** \returns the number of the connection, 0 without one. */
    uint64_t GetConnection() const
    {
        return m_connection;
    }

    /** \returns whether this side has opened the connection. */
    bool IsInitiatedHere() const
    {
        return m_initiatedHere;
    }

    /** \returns the peer's OPEN; of the last connection, when there is none now. */
    const BgpOpen& GetPeerOpen() const
    {
        return m_peerOpen;
    }

    /** \returns the negotiated hold time (§4.2). */
    Time GetHoldTime() const
    {
        return m_holdTime;
    }

    uint32_t GetConnectRetryCounter() const
    {
        return m_connectRetryCounter;
    }

    /** \returns the error that was sent or received last. */
    const BgpError& GetLastError() const
    {
        return m_error;
    }

  private:
    using State = BgpSessionState;
    using Event = BgpSessionEvent;

    void HandleIdle(BgpSessionEvent event);
    void HandleConnect(BgpSessionEvent event);
    void HandleActive(BgpSessionEvent event);
    /** What Connect and Active have in common. */
    void HandleBeforeOpen(BgpSessionEvent event);
    void HandleOpenSent(BgpSessionEvent event);
    void HandleOpenConfirm(BgpSessionEvent event);
    void HandleEstablished(BgpSessionEvent event);
    /** What OpenSent, OpenConfirm and Established have in common. */
    void HandleAfterOpen(BgpSessionEvent event);

    void SetState(BgpSessionState state);
    void StartConnectRetryTimer();
    void StartHoldTimer();
    void StartKeepaliveTimer();
    void CancelTimers();
    void OpenConnection();
    void CloseConnection();
    /** A TCP connection stands: DelayOpen, or OPEN and OpenSent. */
    void ConnectionStands();
    void SendOpen();
    void SendKeepalive();
    /** Takes the hold time of the peer's OPEN and starts its timers. */
    void Negotiate();
    /** DelayOpenTimer was running when OPEN came: answers with both messages. */
    void ConfirmDelayedOpen();
    /** Drops the connection, releases all resources, goes to Idle. */
    void Drop(bool countsRetry);
    /** As Drop, after a NOTIFICATION. */
    void DropWith(const BgpError& error, bool countsRetry = true);
    /** Takes one whole message. */
    void ReceiveMessage(const std::vector<uint8_t>& bytes);
    void ReceiveOpen(const BgpOpen& open);

    BgpSessionHost& m_host;
    BgpSessionState m_state{BgpSessionState::IDLE};
    BgpSessionEvent m_event{BgpSessionEvent::MANUAL_STOP}; //!< the one being handled
    uint64_t m_connection{0};
    bool m_initiatedHere{true};
    uint32_t m_connectRetryCounter{0};
    BgpOpen m_peerOpen;
    Time m_holdTime{Seconds(0)};
    BgpError m_error;
    const BgpUpdate* m_update{nullptr}; //!< of event 27, while it is handled
    BgpFramer m_framer;
    ProtocolTimer m_connectRetryTimer;
    PostponedTimer m_holdTimer;
    PostponedTimer m_keepaliveTimer;
    ProtocolTimer m_delayOpenTimer;
};

} // namespace ns3

#endif
