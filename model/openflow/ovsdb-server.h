// SPDX-License-Identifier: GPL-2.0-only
// RFC 7047 §4: the OVSDB server of a switch, with Open vSwitch's monitor_cond and
// monitor_cond_since (ovsdb-server(7)), whose conditions are not evaluated: a monitor sees all
// rows. A tunnel interface that a transaction inserts is made by the switch, which reports its
// port.
#ifndef VXLAN_MULTICAST_OVSDB_SERVER_H
#define VXLAN_MULTICAST_OVSDB_SERVER_H

#include "ns3/openflow-environment.h"
#include "ns3/ovsdb-database.h"

#include <map>
#include <string>
#include <vector>

namespace ns3
{

/** A tunnel as the Interface table describes it. */
struct OvsdbTunnel
{
    std::string name;
    std::string type; //!< "vxlan" or "gre"
    Ipv4Address local{Ipv4Address::GetAny()};
    Ipv4Address remote{Ipv4Address::GetAny()};
    uint64_t key{0}; //!< 0: "flow"
    uint32_t request{0};
};

/** What the server needs of its switch. */
class OvsdbServerOwner
{
  public:
    virtual ~OvsdbServerOwner() = default;
    /** Makes a tunnel. \returns its port number, or 0 when it cannot be made */
    virtual uint32_t AddTunnel(const OvsdbTunnel& tunnel) = 0;
    virtual void RemoveTunnel(const std::string& name) = 0;
    virtual void SendOvsdb(uint32_t connection, const std::string& text) = 0;
    virtual void CloseOvsdb(uint32_t connection) = 0;
};

/** The server. */
class OvsdbServer
{
  public:
    /**
     * \param bridge the name of its one bridge
     * \param datapathId the bridge's
     * \param failMode "secure" or "standalone"
     */
    OvsdbServer(OvsdbServerOwner& owner,
                ProtocolObserver& observer,
                ControlMessageObserver& messages,
                const std::string& bridge,
                uint64_t datapathId,
                const std::string& failMode);

    /** Adds a port that is no tunnel, as the switch sees it. */
    void AddPort(const std::string& name, uint32_t number);
    /** Adds a tunnel that the switch has made by itself. */
    void AddTunnelPort(const OvsdbTunnel& tunnel, uint32_t number);
    void RemovePort(const std::string& name);

    void NotifyConnected(uint32_t connection, const std::string& peer);
    void NotifyClosed(uint32_t connection);
    void Receive(uint32_t connection, const std::string& bytes);

    const OvsdbDatabase& GetDatabase() const;

  private:
    /** One table of one monitor request. */
    struct Monitor
    {
        std::string database;
        OvsdbJson id;
        std::string method; //!< "monitor", "monitor_cond", "monitor_cond_since"
        std::map<std::string, std::vector<std::string>> columns;
    };

    struct Connection
    {
        std::string peer;
        OvsdbStream stream;
        std::vector<Monitor> monitors;
    };

    void Handle(uint32_t connection, const OvsdbJson& message);
    OvsdbJson Call(Connection& session, const std::string& method, const OvsdbJson& params);
    OvsdbJson StartMonitor(Connection& session, const std::string& method, const OvsdbJson& params);
    OvsdbJson CancelMonitor(Connection& session, const OvsdbJson& params);
    void Transact(uint32_t connection, const OvsdbJson& id, const OvsdbJson& params);
    void ApplyInterfaces(const OvsdbTables& before);
    void NotifyMonitors(const OvsdbTables& before);
    void ReportTunnel(const std::string& event, const OvsdbTunnel& tunnel);
    OvsdbJson Diff(const Monitor& monitor,
                   const OvsdbTables& before,
                   const OvsdbTables& after) const;
    OvsdbJson DescribeNewRow(const Monitor& monitor,
                             const std::string& table,
                             const OvsdbRow& row,
                             bool isInitial) const;
    /** \returns the update of a row; empty without a change that \p monitor shows. */
    OvsdbJson DiffRow(const Monitor& monitor,
                      const std::string& table,
                      const OvsdbRow& before,
                      const OvsdbRow& after) const;
    OvsdbJson DescribeServer() const;
    void Send(uint32_t connection, const OvsdbJson& message, const std::string& name);
    void SetPorts(std::vector<OvsdbJson> ports);
    void AddInterface(const OvsdbRow& interface);

    OvsdbServerOwner& m_owner;
    ProtocolObserver& m_observer;
    ControlMessageObserver& m_messages;
    OvsdbDatabase m_database;
    std::string m_bridgeName;
    std::string m_root;   //!< the row of Open_vSwitch
    std::string m_bridge; //!< the row of Bridge
    std::map<uint32_t, Connection> m_connections;
};

} // namespace ns3

#endif
