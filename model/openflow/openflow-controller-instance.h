// SPDX-License-Identifier: GPL-2.0-only
// A whole controller without ns-3's nodes and sockets. It knows every tenant and therefore answers
// ARP itself, stops flooding, and sends multicast to VTEPs with members alone. Reactive: flows are
// installed as a switch asks; proactive: as the controller learns of a tenant. Tunnels are made
// through OVSDB when a flow first needs one, at both ends.
#ifndef VXLAN_MULTICAST_OPENFLOW_CONTROLLER_INSTANCE_H
#define VXLAN_MULTICAST_OPENFLOW_CONTROLLER_INSTANCE_H

#include "ns3/deadline-heap.h"
#include "ns3/openflow-packets.h"
#include "ns3/openflow-switch-session.h"
#include "ns3/ovsdb-client.h"

#include <map>
#include <memory>
#include <set>
#include <string>
#include <tuple>

namespace ns3
{

/** One controller. */
class OpenflowControllerInstance : private OpenflowSessionOwner, private OvsdbClientOwner
{
  public:
    /** \param environment and \param knowledge outlive the instance */
    OpenflowControllerInstance(OpenflowControllerEnvironment& environment,
                               const OpenflowControllerConfig& config,
                               OpenflowKnowledge& knowledge);
    ~OpenflowControllerInstance() override;

    // Connections of switches.
    void NotifySwitchConnected(uint32_t connection, const std::string& peer);
    void NotifySwitchClosed(uint32_t connection);
    void ReceiveFromSwitch(uint32_t connection, const std::vector<uint8_t>& bytes);
    // Connections to OVSDB servers.
    void NotifyOvsdbConnected(Ipv4Address vtep);
    void NotifyOvsdbClosed(Ipv4Address vtep);
    void ReceiveOvsdb(Ipv4Address vtep, const std::string& text);

    /** The operator: a tenant is new, or has moved. */
    void SetTenant(const OpenflowTenant& tenant);
    void RemoveTenant(uint32_t vni, Mac48Address mac);
    void SetService(const OpenflowService& service);

    /** \returns the session of the switch on \p vtep, or nullptr. */
    const OpenflowSwitchSession* FindSession(Ipv4Address vtep) const;
    /** \returns how many sessions are READY. */
    std::size_t CountReady() const;

  private:
    /** A member that has left, until the query after it has been answered or not. */
    using LeaveKey = std::tuple<uint32_t, Mac48Address, Mac48Address>;

    // OpenflowSessionOwner
    OpenflowControllerEnvironment& GetEnvironment() override;
    const OpenflowControllerConfig& GetConfig() const override;
    const OpenflowKnowledge& GetKnowledge() const override;
    std::optional<uint32_t> FindTunnel(const OpenflowSwitchSession& session,
                                       Ipv4Address remote) const override;
    void RequestTunnel(OpenflowSwitchSession& session, Ipv4Address remote) override;
    bool Identify(OpenflowSwitchSession& session) override;
    void NotifyReady(OpenflowSwitchSession& session) override;
    void NotifyDown(OpenflowSwitchSession& session) override;
    void NotifyTunnels() override;
    void HandlePacketIn(OpenflowSwitchSession& session, const OpenflowPacketIn& in) override;
    // OvsdbClientOwner
    void OpenOvsdb(Ipv4Address vtep) override;
    void SendOvsdb(Ipv4Address vtep, const std::string& text) override;
    void CloseOvsdb(Ipv4Address vtep) override;

    void HandleArp(OpenflowSwitchSession& session,
                   uint32_t vni,
                   const OpenflowArp& arp,
                   const OpenflowPacketIn& in);
    void HandleIgmp(OpenflowSwitchSession& session, uint32_t vni, const OpenflowPacketIn& in);
    void HandleUnknown(OpenflowSwitchSession& session, uint32_t vni, const OpenflowPacketIn& in);
    void HandleLeft(const LeaveKey& key);
    void AskTunnel(Ipv4Address at, Ipv4Address remote);
    OvsdbClient& GetOrAddClient(Ipv4Address vtep);
    OpenflowSwitchSession* FindReady(Ipv4Address vtep) const;
    /** Flows of an address have changed at all switches but \p done. */
    void Refresh(const std::vector<OpenflowFlowKey>& keys, const OpenflowSwitchSession* done);
    void RefreshAt(OpenflowSwitchSession& session, const std::vector<OpenflowFlowKey>& keys);
    std::vector<OpenflowFlowKey> GetKeys(const OpenflowTenant& tenant) const;
    /** A tenant has moved away from \p left: its neighbours there are to find the new place. */
    void NotifyLeft(const OpenflowTenant& tenant, Ipv4Address left);

    OpenflowControllerEnvironment& m_environment;
    const OpenflowControllerConfig m_config;
    OpenflowKnowledge& m_knowledge;
    std::map<uint32_t, std::unique_ptr<OpenflowSwitchSession>> m_sessions; //!< by connection
    std::set<Ipv4Address> m_known;                 //!< switches that have had a session
    std::map<Ipv4Address, uint32_t> m_connections; //!< by VTEP
    std::map<Ipv4Address, std::unique_ptr<OvsdbClient>> m_clients;
    DeadlineHeap<LeaveKey> m_leaves;
};

} // namespace ns3

#endif
