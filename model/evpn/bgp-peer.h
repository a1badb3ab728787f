// SPDX-License-Identifier: GPL-2.0-only
// RFC 4271 §6.8 and §8.2.1: a peer, with the machine of the connection that is configured and one
// for a connection that the peer opens meanwhile. AllowAutomaticStart with a fixed IdleHoldTime,
// ConnectRetryTime; a passive peer is listened to again at once.
// Departure: of two colliding connections the one that the speaker with the higher identifier has
// opened survives, whichever OPEN came first; §6.8's wording says the same where each side has
// opened one, and could close both where the OPENs cross.
#ifndef VXLAN_MULTICAST_BGP_PEER_H
#define VXLAN_MULTICAST_BGP_PEER_H

#include "ns3/bgp-session.h"
#include "ns3/evpn-environment.h"

#include <string>
#include <vector>

namespace ns3
{

class BgpPeer;

/** Who hears of a peer's session and routes. */
class BgpPeerListener
{
  public:
    virtual ~BgpPeerListener() = default;
    virtual void PeerUp(BgpPeer& peer) = 0;
    /** \param reason the name of an error, or "connection-closed" */
    virtual void PeerDown(BgpPeer& peer, const std::string& reason) = 0;
    virtual void PeerUpdate(BgpPeer& peer, const BgpUpdate& update) = 0;
};

/** A configured peer. */
class BgpPeer : private BgpSessionHost
{
  public:
    /** \param index the peer's number, from 1; 0 stands for this speaker itself */
    BgpPeer(EvpnEnvironment& environment,
            BgpPeerListener& listener,
            const EvpnConfig& config,
            const EvpnPeerConfig& peer,
            uint32_t index);

    /** Begins to connect, or to listen. */
    void Start();
    /** ManualStop: ends the session with a Cease, and stays down. */
    void Stop();

    /** The routes of the underlay have changed. */
    void UnderlayChanged();
    /** The peer has opened a connection. */
    void Accept(uint64_t connection);
    /** An attempt of this side has succeeded. */
    void ConnectionOpened(uint64_t connection);
    /** A connection or an attempt has ended. */
    void ConnectionClosed(uint64_t connection);
    void Receive(uint64_t connection, const std::vector<uint8_t>& bytes);

    /** Sends an UPDATE, in Established. */
    void SendUpdate(const BgpUpdate& update);

    const EvpnPeerConfig& GetPeerConfig() const
    {
        return m_peer;
    }

    Ipv4Address GetAddress() const
    {
        return m_peer.address;
    }

    uint32_t GetIndex() const
    {
        return m_index;
    }

    bool IsEstablished() const
    {
        return m_established != nullptr;
    }

    /** \returns the BGP Identifier of the established session; any without one. */
    Ipv4Address GetRouterId() const;
    /** \returns the state of the machine that has come farthest. */
    BgpSessionState GetState() const;
    /** \returns when the session came up, or went down; 0 if neither has happened. */
    Time GetStateSince() const
    {
        return m_since;
    }

    /** \returns how many sessions have come up. */
    uint32_t GetSessions() const
    {
        return m_sessions;
    }

    /** The hold time of the established session. */
    Time GetHoldTime() const
    {
        return m_established ? m_established->GetHoldTime() : Seconds(0);
    }

  private:
    using State = BgpSessionState;
    using Event = BgpSessionEvent;

    // BgpSessionHost
    ProtocolClock& GetClock() override;
    const EvpnConfig& GetConfig() const override;
    bool IsPassive(const BgpSession& session) const override;
    uint64_t OpenConnection() override;
    void CloseConnection(uint64_t connection) override;
    void Send(uint64_t connection, const BgpMessage& message) override;
    bool IsCollisionLoser(const BgpSession& session) override;
    void SessionChanged(BgpSession& session, BgpSessionState old, BgpSessionEvent event) override;
    void ReceiveUpdate(BgpSession& session, const BgpUpdate& update) override;
    void MessageReceived(const std::vector<uint8_t>& bytes, const BgpError& error) override;

    void StartMachine();
    void ScheduleRestart();
    void SessionEstablished(BgpSession& session);
    BgpSession* FindSession(uint64_t connection);
    BgpSession& GetOther(const BgpSession& session);

    EvpnEnvironment& m_environment;
    BgpPeerListener& m_listener;
    const EvpnConfig& m_config;
    const EvpnPeerConfig m_peer;
    const uint32_t m_index;
    bool m_started{false};
    bool m_wasReachable{false};
    Time m_since{Seconds(0)};
    uint32_t m_sessions{0};
    BgpSession* m_established{nullptr};
    BgpSession m_main;     //!< connects, or listens
    BgpSession m_incoming; //!< takes what the peer opens while m_main is busy
    ProtocolTimer m_idleHoldTimer;
};

} // namespace ns3

#endif
