// SPDX-License-Identifier: GPL-2.0-only
// RFC 7047 §4.1: methods of the server.
#include "ns3/ovsdb-server.h"

#include "ns3/printed.h"
#include "ns3/text.h"

#include <cstdio>
#include <cstdlib>
#include <sstream>

namespace ns3
{

namespace
{

const char* const SERVER_DATABASE = "_Server";
const char* const SWITCH_DATABASE = "Open_vSwitch";
const char* const NO_TRANSACTION = "00000000-0000-0000-0000-000000000000";

/** A request that is answered with an <error>. */
struct RpcFailure
{
    std::string error;
    std::string details;
};

bool
IsTunnelType(const OvsdbJson& type)
{
    return type == "vxlan" || type == "gre";
}

OvsdbTunnel
ReadTunnel(const OvsdbRow& row)
{
    OvsdbTunnel tunnel;
    tunnel.name = row.at("name").get<std::string>();
    tunnel.type = row.at("type").get<std::string>();
    const auto address = [&row](const char* option) {
        const std::string text = FindInOvsdbMap(row.at("options"), option).value_or("");
        return Ipv4Address(ParseDottedQuad(text).value_or(0));
    };
    tunnel.local = address("local_ip");
    tunnel.remote = address("remote_ip");
    const std::string key = FindInOvsdbMap(row.at("options"), "key").value_or("0");
    tunnel.key = key == "flow" ? 0 : std::strtoull(key.c_str(), nullptr, 10);
    const OvsdbJson& request = row.at("ofport_request");
    tunnel.request = request.is_number_unsigned() || request.is_number_integer()
                         ? static_cast<uint32_t>(request.get<int64_t>())
                         : 0;
    return tunnel;
}

/** \returns the difference of two values in update2's notation: of sets, what is in one alone. */
OvsdbJson
DiffValue(const OvsdbColumn& column, const OvsdbJson& before, const OvsdbJson& after)
{
    if (column.shape == OvsdbColumn::Shape::SCALAR || column.shape == OvsdbColumn::Shape::OPTIONAL)
    {
        return after;
    }
    const auto old = GetOvsdbElements(before);
    const auto now = GetOvsdbElements(after);
    std::vector<OvsdbJson> difference;
    for (const OvsdbJson& element : now)
    {
        if (std::find(old.begin(), old.end(), element) == old.end())
        {
            difference.push_back(element);
        }
    }
    for (const OvsdbJson& element : old)
    {
        if (std::find(now.begin(), now.end(), element) == now.end())
        {
            difference.push_back(element);
        }
    }
    if (column.shape == OvsdbColumn::Shape::MAP)
    {
        return OvsdbJson::array(
            {"map", OvsdbJson(OvsdbJson::array_t(difference.begin(), difference.end()))});
    }
    return MakeOvsdbSet(difference);
}

} // namespace

OvsdbServer::OvsdbServer(OvsdbServerOwner& owner,
                         ProtocolObserver& observer,
                         ControlMessageObserver& messages,
                         const std::string& bridge,
                         uint64_t datapathId,
                         const std::string& failMode)
    : m_owner(owner),
      m_observer(observer),
      m_messages(messages),
      m_database(datapathId),
      m_bridgeName(bridge)
{
    char id[17];
    std::snprintf(id, sizeof(id), "%016llx", static_cast<unsigned long long>(datapathId));
    m_bridge = m_database.AddRow("Bridge",
                                 {{"name", bridge}, {"datapath_id", id}, {"fail_mode", failMode}});
    m_root = m_database.AddRow(SWITCH_DATABASE, {{"bridges", OvsdbUuid(m_bridge)}});
    m_database.Keep("Bridge", m_bridge);
    m_database.Keep(SWITCH_DATABASE, m_root);
}

void
OvsdbServer::SetPorts(std::vector<OvsdbJson> ports)
{
    m_database.SetColumn("Bridge", m_bridge, "ports", MakeOvsdbSet(std::move(ports)));
}

void
OvsdbServer::AddInterface(const OvsdbRow& row)
{
    const OvsdbTables before = m_database.GetTables();
    const std::string interface = m_database.AddRow("Interface", row);
    const std::string port =
        m_database.AddRow("Port", {{"name", row.at("name")}, {"interfaces", OvsdbUuid(interface)}});
    auto ports = GetOvsdbElements(m_database.GetTables().at("Bridge").at(m_bridge).at("ports"));
    ports.push_back(OvsdbUuid(port));
    SetPorts(ports);
    NotifyMonitors(before);
}

void
OvsdbServer::AddPort(const std::string& name, uint32_t number)
{
    AddInterface({{"name", name}, {"type", "internal"}, {"ofport", number}});
}

void
OvsdbServer::AddTunnelPort(const OvsdbTunnel& tunnel, uint32_t number)
{
    OvsdbJson options = OvsdbJson::array(
        {OvsdbJson::array({"key", tunnel.key == 0 ? "flow" : std::to_string(tunnel.key)}),
         OvsdbJson::array({"local_ip", ToText(tunnel.local)}),
         OvsdbJson::array({"remote_ip", ToText(tunnel.remote)})});
    AddInterface({{"name", tunnel.name},
                  {"type", tunnel.type},
                  {"ofport", number},
                  {"options", OvsdbJson::array({"map", options})}});
}

void
OvsdbServer::RemovePort(const std::string& name)
{
    const OvsdbTables before = m_database.GetTables();
    const std::string port = m_database.FindByName("Port", name);
    auto ports = GetOvsdbElements(m_database.GetTables().at("Bridge").at(m_bridge).at("ports"));
    ports.erase(std::remove(ports.begin(), ports.end(), OvsdbUuid(port)), ports.end());
    SetPorts(ports);
    bool committed = false;
    m_database.Transact(OvsdbJson::array(), committed);
    NotifyMonitors(before);
}

void
OvsdbServer::NotifyConnected(uint32_t connection, const std::string& peer)
{
    m_connections[connection].peer = peer;
    m_observer.ReportEvent("session-up", peer);
}

void
OvsdbServer::NotifyClosed(uint32_t connection)
{
    const auto it = m_connections.find(connection);
    if (it != m_connections.end())
    {
        m_observer.ReportEvent("session-down", it->second.peer);
        m_connections.erase(it);
    }
}

void
OvsdbServer::Receive(uint32_t connection, const std::string& bytes)
{
    const auto it = m_connections.find(connection);
    if (it == m_connections.end())
    {
        return;
    }
    it->second.stream.Append(bytes);
    while (m_connections.count(connection) != 0)
    {
        const auto message = m_connections[connection].stream.Next();
        if (!message)
        {
            return;
        }
        if (message->is_discarded())
        {
            m_observer.ReportDrop("syntax error");
            Send(connection,
                 MakeOvsdbErrorReply(nullptr, "syntax error", "no JSON object"),
                 "error");
            NotifyClosed(connection);
            m_owner.CloseOvsdb(connection);
            return;
        }
        Handle(connection, *message);
    }
}

void
OvsdbServer::Handle(uint32_t connection, const OvsdbJson& message)
{
    const std::size_t size = ToWire(message).size();
    const bool request = message.contains("method");
    const OvsdbJson id = message.contains("id") ? message["id"] : OvsdbJson(nullptr);
    Connection& session = m_connections[connection];
    if (!request && (message.contains("result") || message.contains("error")))
    {
        m_messages.ReportMessage(session.peer, "ovsdb", false, "reply", size);
        return;
    }
    const bool wellFormed = request && message["method"].is_string() &&
                            message.contains("params") && message["params"].is_array();
    const std::string method = wellFormed ? message["method"].get<std::string>() : "malformed";
    m_messages.ReportMessage(session.peer, "ovsdb", false, method, size);
    if (!wellFormed)
    {
        m_observer.ReportDrop("syntax error");
        Send(connection,
             MakeOvsdbErrorReply(id, "syntax error", "a request needs method and params"),
             "error");
        return;
    }
    if (id.is_null())
    {
        return; // a notification ("cancel"): never answered
    }
    try
    {
        if (method == "transact")
        {
            Transact(connection, id, message["params"]);
            return;
        }
        Send(connection, MakeOvsdbReply(id, Call(session, method, message["params"])), "reply");
    }
    catch (const RpcFailure& failure)
    {
        m_observer.ReportDrop(failure.error);
        Send(connection, MakeOvsdbErrorReply(id, failure.error, failure.details), "error");
    }
    catch (const OvsdbJson::exception& exception)
    {
        m_observer.ReportDrop("syntax error");
        Send(connection, MakeOvsdbErrorReply(id, "syntax error", exception.what()), "error");
    }
}

OvsdbJson
OvsdbServer::Call(Connection& session, const std::string& method, const OvsdbJson& params)
{
    if (method == "echo")
    {
        return params;
    }
    if (method == "list_dbs")
    {
        return OvsdbJson::array({SERVER_DATABASE, SWITCH_DATABASE});
    }
    if (method == "get_schema")
    {
        OvsdbJson schema = params.size() == 1 && params[0].is_string()
                               ? GetOvsdbSchema(params[0].get<std::string>())
                               : OvsdbJson(nullptr);
        if (schema.is_null())
        {
            throw RpcFailure{"unknown database", "get_schema request"};
        }
        return schema;
    }
    if (method == "monitor" || method == "monitor_cond" || method == "monitor_cond_since")
    {
        return StartMonitor(session, method, params);
    }
    if (method == "monitor_cancel")
    {
        return CancelMonitor(session, params);
    }
    throw RpcFailure{"unknown method", method};
}

OvsdbJson
OvsdbServer::StartMonitor(Connection& session, const std::string& method, const OvsdbJson& params)
{
    if (params.size() < 3 || !params[0].is_string() || !params[2].is_object())
    {
        throw RpcFailure{"syntax error", method + " needs a database, an id and requests"};
    }
    Monitor monitor;
    monitor.database = params[0].get<std::string>();
    monitor.id = params[1];
    monitor.method = method;
    if (GetOvsdbSchema(monitor.database).is_null())
    {
        throw RpcFailure{"unknown database", monitor.database};
    }
    for (const Monitor& other : session.monitors)
    {
        if (other.id == monitor.id)
        {
            throw RpcFailure{"syntax error", "duplicate monitor id"};
        }
    }
    if (monitor.database == SERVER_DATABASE)
    {
        return DescribeServer();
    }
    for (const auto& [table, requests] : params[2].items())
    {
        const auto schema = GetOvsdbTables().find(table);
        if (schema == GetOvsdbTables().end())
        {
            throw RpcFailure{"syntax error", "no table " + table};
        }
        auto& columns = monitor.columns[table];
        for (const OvsdbJson& request :
             requests.is_array() ? requests : OvsdbJson::array({requests}))
        {
            const bool all = !request.is_object() || !request.contains("columns");
            for (const auto& [name, column] : schema->second)
            {
                const bool asked =
                    all || (request["columns"].is_array() &&
                            std::find(request["columns"].begin(), request["columns"].end(), name) !=
                                request["columns"].end());
                if (asked && std::find(columns.begin(), columns.end(), name) == columns.end())
                {
                    columns.push_back(name);
                }
            }
        }
    }
    OvsdbJson initial = Diff(monitor, {}, m_database.GetTables());
    session.monitors.push_back(monitor);
    if (method == "monitor_cond_since")
    {
        return OvsdbJson::array({false, NO_TRANSACTION, initial});
    }
    return initial;
}

OvsdbJson
OvsdbServer::CancelMonitor(Connection& session, const OvsdbJson& params)
{
    for (auto it = session.monitors.begin(); it != session.monitors.end(); ++it)
    {
        if (params.size() == 1 && it->id == params[0])
        {
            session.monitors.erase(it);
            return OvsdbJson::object();
        }
    }
    throw RpcFailure{"unknown monitor", "monitor_cancel request"};
}

OvsdbJson
OvsdbServer::DescribeServer() const
{
    OvsdbJson rows = OvsdbJson::object();
    uint64_t seed = 0;
    for (const char* name : {SERVER_DATABASE, SWITCH_DATABASE})
    {
        OvsdbJson row = OvsdbJson::object();
        row["connected"] = true;
        row["leader"] = true;
        row["model"] = "standalone";
        row["name"] = name;
        row["schema"] = GetOvsdbSchema(name).dump();
        rows[OvsdbDatabase(++seed).MakeUuid()] = OvsdbJson::object({{"initial", row}});
    }
    return OvsdbJson::object({{"Database", rows}});
}

void
OvsdbServer::Transact(uint32_t connection, const OvsdbJson& id, const OvsdbJson& params)
{
    if (params.empty() || params[0] != SWITCH_DATABASE)
    {
        throw RpcFailure{"unknown database", "transact request"};
    }
    const OvsdbJson operations(OvsdbJson::array_t(params.begin() + 1, params.end()));
    const OvsdbTables before = m_database.GetTables();
    bool committed = false;
    const OvsdbJson results = m_database.Transact(operations, committed);
    if (committed)
    {
        NotifyMonitors(before);
    }
    else
    {
        m_observer.ReportDrop("transaction");
    }
    Send(connection, MakeOvsdbReply(id, results), "reply");
    if (committed)
    {
        const OvsdbTables made = m_database.GetTables();
        ApplyInterfaces(before);
        NotifyMonitors(made);
    }
}

void
OvsdbServer::ApplyInterfaces(const OvsdbTables& before)
{
    const OvsdbTable& old = before.at("Interface");
    const OvsdbTable now = m_database.GetTables().at("Interface");
    for (const auto& [uuid, row] : old)
    {
        if (now.count(uuid) == 0 && IsTunnelType(row.at("type")))
        {
            m_owner.RemoveTunnel(row.at("name").get<std::string>());
            ReportTunnel("tunnel-gone", ReadTunnel(row));
        }
    }
    for (const auto& [uuid, row] : now)
    {
        if (old.count(uuid) == 0 && IsTunnelType(row.at("type")))
        {
            const OvsdbTunnel tunnel = ReadTunnel(row);
            const uint32_t port = tunnel.remote.IsAny() ? 0 : m_owner.AddTunnel(tunnel);
            m_database.SetColumn(
                "Interface", uuid, "ofport", port == 0 ? OvsdbJson(-1) : OvsdbJson(port));
            if (port == 0)
            {
                m_database.SetColumn("Interface", uuid, "error", "could not add network device");
            }
            ReportTunnel(port == 0 ? "tunnel-refused" : "tunnel", tunnel);
        }
    }
    const OvsdbRow& root = m_database.GetTables().at(SWITCH_DATABASE).at(m_root);
    m_database.SetColumn(SWITCH_DATABASE, m_root, "cur_cfg", root.at("next_cfg"));
}

void
OvsdbServer::ReportTunnel(const std::string& event, const OvsdbTunnel& tunnel)
{
    std::ostringstream detail;
    detail << tunnel.name << ' ' << tunnel.remote;
    m_observer.ReportEvent(event, detail.str());
}

OvsdbJson
OvsdbServer::Diff(const Monitor& monitor, const OvsdbTables& before, const OvsdbTables& after) const
{
    const bool plain = monitor.method == "monitor";
    OvsdbJson tables = OvsdbJson::object();
    for (const auto& [table, columns] : monitor.columns)
    {
        static const OvsdbTable none;
        const OvsdbTable& old = before.empty() ? none : before.at(table);
        const OvsdbTable& now = after.at(table);
        OvsdbJson rows = OvsdbJson::object();
        for (const auto& [uuid, row] : now)
        {
            const auto was = old.find(uuid);
            OvsdbJson update = was == old.end()
                                   ? DescribeNewRow(monitor, table, row, before.empty())
                                   : DiffRow(monitor, table, was->second, row);
            if (!update.empty())
            {
                rows[uuid] = std::move(update);
            }
        }
        for (const auto& [uuid, row] : old)
        {
            if (now.count(uuid) == 0)
            {
                rows[uuid] = plain ? OvsdbJson::object({{"old", OvsdbJson::object()}})
                                   : OvsdbJson::object({{"delete", nullptr}});
            }
        }
        if (!rows.empty())
        {
            tables[table] = rows;
        }
    }
    return tables;
}

OvsdbJson
OvsdbServer::DescribeNewRow(const Monitor& monitor,
                            const std::string& table,
                            const OvsdbRow& row,
                            bool isInitial) const
{
    const bool plain = monitor.method == "monitor";
    const OvsdbTableSchema& schema = GetOvsdbTables().at(table);
    OvsdbJson values = OvsdbJson::object();
    for (const std::string& name : monitor.columns.at(table))
    {
        if (plain || row.at(name) != schema.at(name).GetDefault())
        {
            values[name] = row.at(name);
        }
    }
    return OvsdbJson::object({{plain ? "new" : isInitial ? "initial" : "insert", values}});
}

OvsdbJson
OvsdbServer::DiffRow(const Monitor& monitor,
                     const std::string& table,
                     const OvsdbRow& before,
                     const OvsdbRow& after) const
{
    const bool plain = monitor.method == "monitor";
    const OvsdbTableSchema& schema = GetOvsdbTables().at(table);
    OvsdbJson values = OvsdbJson::object();
    OvsdbJson olds = OvsdbJson::object();
    for (const std::string& name : monitor.columns.at(table))
    {
        if (before.at(name) != after.at(name))
        {
            values[name] = plain ? after.at(name)
                                 : DiffValue(schema.at(name), before.at(name), after.at(name));
            olds[name] = before.at(name);
        }
    }
    if (values.empty())
    {
        return values;
    }
    return plain ? OvsdbJson::object({{"old", olds}, {"new", values}})
                 : OvsdbJson::object({{"modify", values}});
}

void
OvsdbServer::NotifyMonitors(const OvsdbTables& before)
{
    for (auto& [connection, session] : m_connections)
    {
        for (const Monitor& monitor : session.monitors)
        {
            const OvsdbJson updates = Diff(monitor, before, m_database.GetTables());
            if (updates.empty())
            {
                continue;
            }
            OvsdbJson params = OvsdbJson::array({monitor.id});
            std::string method = "update";
            if (monitor.method == "monitor_cond")
            {
                method = "update2";
            }
            else if (monitor.method == "monitor_cond_since")
            {
                method = "update3";
                params.push_back(NO_TRANSACTION);
            }
            params.push_back(updates);
            Send(connection, MakeOvsdbRequest(nullptr, method, params), method);
        }
    }
}

void
OvsdbServer::Send(uint32_t connection, const OvsdbJson& message, const std::string& name)
{
    const std::string text = ToWire(message);
    m_messages.ReportMessage(m_connections[connection].peer, "ovsdb", true, name, text.size());
    m_owner.SendOvsdb(connection, text);
}

const OvsdbDatabase&
OvsdbServer::GetDatabase() const
{
    return m_database;
}

} // namespace ns3
