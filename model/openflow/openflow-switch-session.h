// SPDX-License-Identifier: GPL-2.0-only
// A switch as its controller sees it: the channel, the set-up after it (features, ports, the flows
// that are there), and the flows that were installed. Flows that are right survive a loss of the
// session untouched (OpenFlow 1.3.5 §6.3.2 leaves that to the controller).
#ifndef VXLAN_MULTICAST_OPENFLOW_SWITCH_SESSION_H
#define VXLAN_MULTICAST_OPENFLOW_SWITCH_SESSION_H

#include "ns3/openflow-channel.h"
#include "ns3/openflow-flow-plan.h"

#include <deque>
#include <functional>
#include <map>
#include <set>
#include <string>
#include <vector>

namespace ns3
{

/** States of a switch's set-up. */
enum class OpenflowSessionState
{
    CHANNEL_WAIT,  //!< the channel is not active yet
    FEATURES_WAIT, //!< FEATURES_REQUEST is out
    PORTS_WAIT,    //!< the request for ports is out
    FLOWS_WAIT,    //!< the request for flows is out
    READY          //!< the switch's flows follow what the controller knows
};

template <>
struct EnumNames<OpenflowSessionState>
{
    static constexpr const char* NAMES[] = {"channel-wait",
                                            "features-wait",
                                            "ports-wait",
                                            "flows-wait",
                                            "ready"};
};

/** What happens to it. */
enum class OpenflowSessionEvent
{
    CHANNEL_UP,
    CHANNEL_DOWN,
    FEATURES, //!< FEATURES_REPLY
    PORTS,    //!< the last part of the list of ports
    FLOWS     //!< the last part of the list of flows
};

template <>
struct EnumNames<OpenflowSessionEvent>
{
    static constexpr const char* NAMES[] = {"channel-up",
                                            "channel-down",
                                            "features",
                                            "ports",
                                            "flows"};
};

class OpenflowSwitchSession;

/** The controller, as its sessions see it. */
class OpenflowSessionOwner
{
  public:
    virtual ~OpenflowSessionOwner() = default;
    virtual OpenflowControllerEnvironment& GetEnvironment() = 0;
    virtual const OpenflowControllerConfig& GetConfig() const = 0;
    virtual const OpenflowKnowledge& GetKnowledge() const = 0;
    /** \returns the port at \p session of the tunnel to \p remote, once both its ends stand. */
    virtual std::optional<uint32_t> FindTunnel(const OpenflowSwitchSession& session,
                                               Ipv4Address remote) const = 0;
    /** A tunnel from \p session to \p remote is needed. */
    virtual void RequestTunnel(OpenflowSwitchSession& session, Ipv4Address remote) = 0;
    /** FEATURES_REPLY has told who the switch is. \returns whether it may stay */
    virtual bool Identify(OpenflowSwitchSession& session) = 0;
    virtual void NotifyReady(OpenflowSwitchSession& session) = 0;
    virtual void NotifyDown(OpenflowSwitchSession& session) = 0;
    /** A tunnel's port has come or gone. */
    virtual void NotifyTunnels() = 0;
    virtual void HandlePacketIn(OpenflowSwitchSession& session, const OpenflowPacketIn& in) = 0;
};

/** One switch at the controller. */
class OpenflowSwitchSession : private OpenflowChannelOwner
{
  public:
    /** \param connection its number in the environment */
    OpenflowSwitchSession(OpenflowSessionOwner& owner, uint32_t connection, std::string peer);

    void NotifyConnected();
    void NotifyClosed();
    void Receive(const std::vector<uint8_t>& bytes);
    /** Ends the session: another one of the same switch has come. */
    void Close();

    uint32_t GetConnection() const;
    OpenflowSessionState GetState() const;
    bool IsReady() const;
    /** \returns whether the channel is over: the object can go. */
    bool IsClosed() const;
    /** \returns the VTEP's address, told by the datapath id. */
    Ipv4Address GetVtep() const;
    /** \returns ports by VNI. */
    const std::map<uint32_t, uint32_t>& GetAccess() const;
    /** \returns the VNI of an access port, or nothing. */
    std::optional<uint32_t> FindVni(uint32_t port) const;
    /** \returns the port of the tunnel to \p remote at this end, or nothing. */
    std::optional<uint32_t> FindTunnelPort(Ipv4Address remote) const;

    /** From now on the switch is to have the flows of \p key. */
    void Ask(const OpenflowFlowKey& key);
    /** Knowledge behind \p key has changed: installs what changes, if the flows are asked for. */
    void Refresh(const OpenflowFlowKey& key);
    /** Tries again what waits for tunnels. */
    void RetryPending();
    /** Sends one frame the way that the flows of \p key say, once their tunnels stand. */
    void Forward(const OpenflowFlowKey& key, const OpenflowPacketIn& in);
    /** Sends a frame of the controller's own out of \p port. */
    void SendFrame(uint32_t port, std::vector<uint8_t> frame);
    /** Calls \p done once the switch has done all that was sent (or is gone). */
    void Barrier(std::function<void()> done);

  private:
    using State = OpenflowSessionState;
    using Event = OpenflowSessionEvent;

    // OpenflowChannelOwner
    void OpenConnection() override;
    void CloseConnection() override;
    void SendBytes(const std::vector<uint8_t>& bytes) override;
    void ChannelActive() override;
    void ChannelDown() override;
    OpenflowError HandleMessage(const OpenflowMessage& message) override;

    void HandleEvent(OpenflowSessionEvent event);
    void HandleMultipart(const OpenflowMultipartReply& reply);
    void HandlePort(OpenflowPortReason reason, const OpenflowPort& port);
    void HandleFlowRemoved(const OpenflowFlowRemoved& removed);
    void HandleError(const OpenflowErrorReport& report, uint32_t xid);
    bool SetPort(const OpenflowPort& port, bool present);
    void Synchronize();
    void AskAll();
    bool Adopt(const OpenflowFlowStats& flow);
    void Install(const OpenflowFlowKey& key, const std::vector<OpenflowFlowMod>& flows);
    void SendFlow(const OpenflowFlowKey& key, OpenflowFlowMod flow, OpenflowCommand command);
    OpenflowPlanSwitch GetPlanSwitch() const;
    OpenflowPlan Plan(const OpenflowFlowKey& key) const;
    void SendOut(const OpenflowFlowKey& key, const OpenflowPlan& plan, const OpenflowPacketIn& in);

    OpenflowSessionOwner& m_owner;
    const uint32_t m_connection;
    std::string m_peer;
    OpenflowChannel m_channel;
    OpenflowSessionState m_state{OpenflowSessionState::CHANNEL_WAIT};
    Ipv4Address m_vtep{Ipv4Address::GetAny()};
    std::map<uint32_t, uint32_t> m_access;     //!< port by VNI
    std::map<Ipv4Address, uint32_t> m_tunnels; //!< port by VTEP
    std::vector<OpenflowFlowStats> m_found;    //!< flows on the switch, until READY
    std::map<OpenflowFlowKey, std::vector<OpenflowFlowMod>> m_installed;
    std::set<OpenflowFlowKey> m_asked;
    std::set<OpenflowFlowKey> m_pending; //!< those that wait for tunnels
    std::map<OpenflowFlowKey, std::deque<OpenflowPacketIn>> m_waiting;
    std::map<uint32_t, std::pair<OpenflowFlowKey, OpenflowFlowMod>> m_sent; //!< by transaction
    std::map<uint32_t, std::function<void()>> m_barriers;                   //!< by transaction
};

} // namespace ns3

#endif
