// SPDX-License-Identifier: GPL-2.0-only
// RFC 3618 §11: the state machine of one peering; §5.4 to §5.6, its timers.
// Departure: while it is CONNECTING a route that appears is tried at once, not only when the
// ConnectRetry timer rings.
#ifndef VXLAN_MULTICAST_MSDP_PEER_H
#define VXLAN_MULTICAST_MSDP_PEER_H

#include "ns3/enum-names.h"
#include "ns3/msdp-config.h"
#include "ns3/msdp-message.h"
#include "ns3/protocol-clock.h"

#include <cstdint>

namespace ns3
{

/** §11, in the figure's order. */
enum class MsdpPeerState : uint8_t
{
    DISABLED,
    INACTIVE,
    CONNECTING,
    LISTEN,
    ESTABLISHED
};

/** §11.2, E1 to E10; E11, the KeepAlive timer, changes no state. */
enum class MsdpPeerEvent : uint8_t
{
    ENABLE,
    OWN_ADDRESS_LOWER,
    OWN_ADDRESS_HIGHER,
    CONNECTION_OPENED,
    CONNECTION_ACCEPTED,
    CONNECT_RETRY_TIMER_EXPIRES,
    DISABLE,
    HOLD_TIMER_EXPIRES,
    FORMAT_ERROR,
    CONNECTION_CLOSED
};

template <>
struct EnumNames<MsdpPeerState>
{
    static constexpr const char* NAMES[] = {"DISABLED",
                                            "INACTIVE",
                                            "CONNECTING",
                                            "LISTEN",
                                            "ESTABLISHED"};
};

template <>
struct EnumNames<MsdpPeerEvent>
{
    static constexpr const char* NAMES[] = {"enable",
                                            "own address lower",
                                            "own address higher",
                                            "connection opened",
                                            "connection accepted",
                                            "ConnectRetry timer expires",
                                            "disable",
                                            "Hold timer expires",
                                            "TLV format error",
                                            "connection closed"};
};

class MsdpPeer;

/** What a peer may ask of the speaker that owns it. */
class MsdpPeerHost
{
  public:
    virtual ~MsdpPeerHost() = default;

    virtual ProtocolClock& GetClock() = 0;
    virtual const MsdpConfig& GetConfig() const = 0;
    virtual uint64_t OpenConnection(const MsdpPeer& peer) = 0;
    virtual void CloseConnection(uint64_t connection) = 0;
    virtual void Send(const MsdpPeer& peer, const MsdpMessage& message) = 0;
    virtual void StateChanged(MsdpPeer& peer, MsdpPeerState old, MsdpPeerEvent event) = 0;
};

/** A peering. */
class MsdpPeer
{
  public:
    MsdpPeer(MsdpPeerHost& host, const MsdpPeerConfig& config);

    void HandleEvent(MsdpPeerEvent event);
    /** A connection that the peer has opened. \returns false: not wanted, to be closed */
    bool Accept(uint64_t connection);
    /** A route to the peer has appeared. */
    void Retry();
    /** A TLV has come: the Hold timer starts again. */
    void MessageReceived();
    /** Sends a TLV; only in ESTABLISHED. */
    void Send(const MsdpMessage& message);

    const MsdpPeerConfig& GetConfig() const
    {
        return m_config;
    }

    MsdpPeerState GetState() const
    {
        return m_state;
    }

    bool IsEstablished() const
    {
        return m_state == MsdpPeerState::ESTABLISHED;
    }

    /** \returns the connection or attempt, 0 without one. */
    uint64_t GetConnection() const
    {
        return m_connection;
    }

    /** \returns when the session came up. */
    Time GetUpSince() const
    {
        return m_upSince;
    }

    MsdpFramer framer; //!< of the present connection

  private:
    void HandleConnecting(MsdpPeerEvent event);
    void SetState(MsdpPeerState state, MsdpPeerEvent event);
    /** A2: active open, and the ConnectRetry timer. */
    void Connect();
    /** A4 and A5: the session stands. */
    void Establish(MsdpPeerEvent event);
    /** A6 to A8. */
    void Release();
    /** INACTIVE: E2 or E3 follows at once. */
    void CompareAddresses();

    MsdpPeerHost& m_host;
    const MsdpPeerConfig m_config;
    MsdpPeerState m_state{MsdpPeerState::DISABLED};
    uint64_t m_connection{0};
    Time m_upSince;
    ProtocolTimer m_connectRetryTimer;
    ProtocolTimer m_holdTimer;
    ProtocolTimer m_keepaliveTimer;
};

} // namespace ns3

#endif
