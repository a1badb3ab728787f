// SPDX-License-Identifier: GPL-2.0-only
// RFC 7047: the controller's end of a session with a switch's OVSDB server. It asks and transacts
// in the order in which ovs-vsctl does: get_schema, monitor_cond (_Server), monitor_cond_since
// (Open_vSwitch), then one transact for each tunnel.
#ifndef VXLAN_MULTICAST_OVSDB_CLIENT_H
#define VXLAN_MULTICAST_OVSDB_CLIENT_H

#include "ns3/openflow-environment.h"
#include "ns3/ovsdb-server.h"

#include <deque>
#include <map>
#include <set>
#include <string>

namespace ns3
{

/** States of the session. */
enum class OvsdbClientState
{
    CLOSED,       //!< nothing to do yet
    BACKOFF,      //!< waits before the next attempt
    CONNECTING,   //!< TCP is being set up
    SCHEMA_WAIT,  //!< get_schema is out
    SERVER_WAIT,  //!< monitor_cond is out
    MONITOR_WAIT, //!< monitor_cond_since is out
    READY,        //!< the database is mirrored
    TRANSACTING   //!< transact is out
};

template <>
struct EnumNames<OvsdbClientState>
{
    static constexpr const char* NAMES[] = {"closed",
                                            "backoff",
                                            "connecting",
                                            "schema-wait",
                                            "server-wait",
                                            "monitor-wait",
                                            "ready",
                                            "transacting"};
};

/** What happens to it. */
enum class OvsdbClientEvent
{
    WANTED,       //!< a tunnel is to be made
    CONNECTED,    //!< TCP stands
    DISCONNECTED, //!< TCP failed, or was closed by the other end
    RETRY_TIMER,  //!< ConnectRetryTime is over
    REPLY,        //!< the reply that is waited for, without error
    REFUSED,      //!< the reply that is waited for, with an error
    BROKEN        //!< bytes that are no JSON-RPC
};

template <>
struct EnumNames<OvsdbClientEvent>
{
    static constexpr const char* NAMES[] =
        {"wanted", "connected", "disconnected", "retry-timer", "reply", "refused", "broken"};
};

/** What the client needs of the controller. */
class OvsdbClientOwner
{
  public:
    virtual ~OvsdbClientOwner() = default;
    virtual void OpenOvsdb(Ipv4Address vtep) = 0;
    virtual void SendOvsdb(Ipv4Address vtep, const std::string& text) = 0;
    virtual void CloseOvsdb(Ipv4Address vtep) = 0;
};

/** The session with one switch. */
class OvsdbClient
{
  public:
    OvsdbClient(ProtocolClock& clock,
                ProtocolObserver& observer,
                ControlMessageObserver& messages,
                OvsdbClientOwner& owner,
                Ipv4Address vtep,
                Time connectRetryTime);

    /** Asks for a tunnel, once whatever often it is called; the session is opened if need be. */
    void AddTunnel(const OvsdbTunnel& tunnel);
    /** Forgets what was asked for, and begins a new session: the switch has been away. */
    void Reset();

    void NotifyConnected();
    void NotifyClosed();
    void Receive(const std::string& bytes);
    OvsdbClientState GetState() const;

  private:
    using State = OvsdbClientState;
    using Event = OvsdbClientEvent;

    void HandleEvent(OvsdbClientEvent event, const OvsdbJson& result);
    /** The session is set up: the states from SCHEMA_WAIT to MONITOR_WAIT. */
    void HandleSetup(OvsdbClientEvent event, const OvsdbJson& result);
    void Enter(OvsdbClientState state, OvsdbClientEvent event);
    void Drop(OvsdbClientEvent event);
    void Handle(const OvsdbJson& message);
    void Call(const std::string& method, OvsdbJson params);
    void Send(const OvsdbJson& message, const std::string& name);
    void Mirror(const OvsdbJson& updates);
    void MirrorRow(const std::string& table, const std::string& uuid, const OvsdbJson& change);
    void TransactNext();
    OvsdbJson MakeTransaction(const OvsdbTunnel& tunnel) const;

    ProtocolObserver& m_observer;
    ControlMessageObserver& m_messages;
    OvsdbClientOwner& m_owner;
    const Ipv4Address m_vtep;
    const Time m_connectRetryTime;
    std::string m_peer;
    OvsdbClientState m_state{OvsdbClientState::CLOSED};
    OvsdbStream m_stream;
    int64_t m_lastId{0};
    std::deque<OvsdbTunnel> m_wanted;
    std::set<std::string> m_asked;              //!< names of tunnels
    std::string m_root;                         //!< row of Open_vSwitch
    std::string m_bridge;                       //!< row of Bridge
    OvsdbJson m_bridges;                        //!< its column "bridges"
    std::set<std::string> m_ports;              //!< of the bridge, by UUID
    std::map<std::string, std::string> m_names; //!< Interface row to name
    ProtocolTimer m_retryTimer;
};

} // namespace ns3

#endif
