// SPDX-License-Identifier: GPL-2.0-only
// RFC 7047 §4.1, §5.2: asking for tunnels.
#include "ns3/ovsdb-client.h"

#include "ns3/printed.h"

namespace ns3
{

namespace
{

OvsdbJson
WhereUuid(const OvsdbJson& uuid)
{
    return OvsdbJson::array({OvsdbJson::array({"_uuid", "==", uuid})});
}

/** \returns parameters of monitor_cond for the database of databases. */
OvsdbJson
MakeServerMonitor()
{
    OvsdbJson columns =
        OvsdbJson::array({"name", "model", "connected", "leader", "schema", "cid", "index"});
    OvsdbJson request = OvsdbJson::object();
    request["Database"] = OvsdbJson::array({OvsdbJson::object({{"columns", columns}})});
    return OvsdbJson::array({"_Server", OvsdbJson::array({"monid", "_Server"}), request});
}

/** \returns parameters of monitor_cond_since for the switch's database. */
OvsdbJson
MakeSwitchMonitor()
{
    const auto columns = [](std::initializer_list<const char*> names) {
        OvsdbJson list = OvsdbJson::array();
        for (const char* name : names)
        {
            list.push_back(name);
        }
        return OvsdbJson::array({OvsdbJson::object({{"columns", list}})});
    };
    OvsdbJson requests = OvsdbJson::object();
    requests["Port"] = columns({"fake_bridge", "interfaces", "name", "tag"});
    requests["Interface"] =
        columns({"error", "name", "ofport", "ofport_request", "options", "type"});
    requests["Controller"] = columns({});
    requests["Bridge"] = columns({"controller", "fail_mode", "name", "ports"});
    requests["Open_vSwitch"] = columns({"bridges", "cur_cfg"});
    return OvsdbJson::array({"Open_vSwitch",
                             OvsdbJson::array({"monid", "Open_vSwitch"}),
                             requests,
                             "00000000-0000-0000-0000-000000000000"});
}

} // namespace

OvsdbClient::OvsdbClient(ProtocolClock& clock,
                         ProtocolObserver& observer,
                         ControlMessageObserver& messages,
                         OvsdbClientOwner& owner,
                         Ipv4Address vtep,
                         Time connectRetryTime)
    : m_observer(observer),
      m_messages(messages),
      m_owner(owner),
      m_vtep(vtep),
      m_connectRetryTime(connectRetryTime),
      m_peer(ToText(vtep)),
      m_retryTimer(clock, [this] { HandleEvent(Event::RETRY_TIMER, nullptr); })
{
}

void
OvsdbClient::AddTunnel(const OvsdbTunnel& tunnel)
{
    if (m_asked.insert(tunnel.name).second)
    {
        m_wanted.push_back(tunnel);
        HandleEvent(Event::WANTED, nullptr);
    }
}

void
OvsdbClient::Reset()
{
    m_asked.clear();
    m_wanted.clear();
    if (m_state == State::CLOSED)
    {
        return;
    }
    if (m_state != State::BACKOFF)
    {
        // A session from before: its other end may be gone without a word, and what it mirrored.
        Drop(Event::BROKEN);
    }
    m_retryTimer.Start(Seconds(0));
}

void
OvsdbClient::NotifyConnected()
{
    HandleEvent(Event::CONNECTED, nullptr);
}

void
OvsdbClient::NotifyClosed()
{
    HandleEvent(Event::DISCONNECTED, nullptr);
}

OvsdbClientState
OvsdbClient::GetState() const
{
    return m_state;
}

void
OvsdbClient::HandleEvent(Event event, const OvsdbJson& result)
{
    switch (m_state)
    {
    case State::CLOSED:
    case State::BACKOFF:
        if ((event == Event::WANTED && m_state == State::CLOSED) || event == Event::RETRY_TIMER)
        {
            Enter(State::CONNECTING, event);
            m_owner.OpenOvsdb(m_vtep);
        }
        break;
    case State::CONNECTING:
        if (event == Event::CONNECTED)
        {
            Enter(State::SCHEMA_WAIT, event);
            Call("get_schema", OvsdbJson::array({"_Server"}));
        }
        else if (event == Event::DISCONNECTED)
        {
            Drop(event);
        }
        break;
    case State::SCHEMA_WAIT:
    case State::SERVER_WAIT:
    case State::MONITOR_WAIT:
        HandleSetup(event, result);
        break;
    case State::READY:
        if (event == Event::WANTED)
        {
            TransactNext();
        }
        else if (event == Event::DISCONNECTED || event == Event::BROKEN)
        {
            Drop(event);
        }
        break;
    case State::TRANSACTING:
        if (event == Event::REPLY || event == Event::REFUSED)
        {
            // What was refused is not asked again: it would be refused again.
            Enter(State::READY, event);
            m_wanted.pop_front();
            TransactNext();
        }
        else if (event != Event::WANTED)
        {
            Drop(event);
        }
        break;
    }
}

void
OvsdbClient::HandleSetup(Event event, const OvsdbJson& result)
{
    if (event == Event::WANTED)
    {
        return; // its turn comes when the database is mirrored
    }
    if (event == Event::REPLY && m_state == State::SCHEMA_WAIT)
    {
        Enter(State::SERVER_WAIT, event);
        Call("monitor_cond", MakeServerMonitor());
    }
    else if (event == Event::REPLY && m_state == State::SERVER_WAIT)
    {
        Enter(State::MONITOR_WAIT, event);
        Call("monitor_cond_since", MakeSwitchMonitor());
    }
    else if (event == Event::REPLY && result.is_array() && result.size() == 3)
    {
        Enter(State::READY, event);
        Mirror(result[2]);
        TransactNext();
    }
    else
    {
        Drop(event);
    }
}

void
OvsdbClient::Enter(State state, Event event)
{
    const auto isUp = [](State which) {
        return which == State::READY || which == State::TRANSACTING;
    };
    m_observer.ReportStep("ovsdb", m_peer, m_state, event, state);
    if (isUp(state) != isUp(m_state))
    {
        m_observer.ReportEvent(isUp(state) ? "session-up" : "session-down", m_peer);
    }
    m_state = state;
}

void
OvsdbClient::Drop(Event event)
{
    Enter(State::BACKOFF, event);
    m_stream.Clear();
    m_root.clear();
    m_bridge.clear();
    m_ports.clear();
    m_names.clear();
    if (event != Event::DISCONNECTED)
    {
        m_owner.CloseOvsdb(m_vtep);
    }
    m_retryTimer.Start(m_connectRetryTime);
}

void
OvsdbClient::Receive(const std::string& bytes)
{
    m_stream.Append(bytes);
    while (m_state != State::CLOSED && m_state != State::BACKOFF)
    {
        const auto message = m_stream.Next();
        if (!message)
        {
            return;
        }
        if (message->is_discarded())
        {
            m_observer.ReportDrop("syntax error");
            HandleEvent(Event::BROKEN, nullptr);
            return;
        }
        Handle(*message);
    }
}

void
OvsdbClient::Handle(const OvsdbJson& message)
{
    const std::size_t size = ToWire(message).size();
    const OvsdbJson id = message.contains("id") ? message["id"] : OvsdbJson(nullptr);
    if (message.contains("method"))
    {
        const OvsdbJson params =
            message.contains("params") ? message["params"] : OvsdbJson(nullptr);
        const std::string method =
            message["method"].is_string() ? message["method"].get<std::string>() : "malformed";
        m_messages.ReportMessage(m_peer, "ovsdb", false, method, size);
        if (method == "update3" && params.is_array() && params.size() == 3)
        {
            Mirror(params[2]);
        }
        else if (method == "echo")
        {
            Send(MakeOvsdbReply(id, params), "reply");
        }
        else
        {
            m_observer.ReportDrop("unknown method");
            if (!id.is_null())
            {
                Send(MakeOvsdbErrorReply(id, "unknown method", method), "error");
            }
        }
        return;
    }
    const bool failed =
        !message.contains("result") || (message.contains("error") && !message["error"].is_null());
    m_messages.ReportMessage(m_peer, "ovsdb", false, failed ? "error" : "reply", size);
    if (id != m_lastId)
    {
        m_observer.ReportDrop("unknown reply");
        return;
    }
    bool refused = failed;
    if (!failed && m_state == State::TRANSACTING)
    {
        // A transaction that did not commit has an <error> among its results (§4.1.3).
        for (const OvsdbJson& one : message["result"])
        {
            refused = refused || (one.is_object() && one.contains("error"));
        }
    }
    if (refused)
    {
        m_observer.ReportDrop("refused");
    }
    HandleEvent(refused ? Event::REFUSED : Event::REPLY,
                message.contains("result") ? message["result"] : OvsdbJson(nullptr));
}

void
OvsdbClient::Mirror(const OvsdbJson& updates)
{
    if (!updates.is_object())
    {
        return;
    }
    for (const auto& [table, rows] : updates.items())
    {
        if (!rows.is_object())
        {
            continue;
        }
        for (const auto& [uuid, change] : rows.items())
        {
            if (change.is_object() && change.size() == 1)
            {
                MirrorRow(table, uuid, change);
            }
        }
    }
}

void
OvsdbClient::MirrorRow(const std::string& table, const std::string& uuid, const OvsdbJson& change)
{
    const std::string kind = change.begin().key();
    const OvsdbJson& row = change.begin().value();
    if (kind == "delete" || !row.is_object())
    {
        m_names.erase(uuid);
        return;
    }
    if (table == "Open_vSwitch")
    {
        m_root = uuid;
        if (row.contains("bridges"))
        {
            m_bridges = row["bridges"];
        }
    }
    else if (table == "Bridge")
    {
        m_bridge = uuid;
        for (const OvsdbJson& port :
             GetOvsdbElements(row.contains("ports") ? row["ports"] : OvsdbJson(nullptr)))
        {
            const auto id = FindOvsdbUuid(port);
            // A modification lists what has come or gone.
            if (id && !m_ports.insert(*id).second)
            {
                m_ports.erase(*id);
            }
        }
    }
    else if (table == "Interface" && row.contains("name") && row["name"].is_string())
    {
        m_names[uuid] = row["name"].get<std::string>();
    }
}

void
OvsdbClient::TransactNext()
{
    while (!m_wanted.empty())
    {
        bool there = false;
        for (const auto& [uuid, name] : m_names)
        {
            there = there || name == m_wanted.front().name;
        }
        if (!there)
        {
            OvsdbJson params = OvsdbJson::array({"Open_vSwitch"});
            for (const OvsdbJson& operation : MakeTransaction(m_wanted.front()))
            {
                params.push_back(operation);
            }
            Enter(State::TRANSACTING, Event::WANTED);
            Call("transact", params);
            return;
        }
        m_wanted.pop_front();
    }
}

OvsdbJson
OvsdbClient::MakeTransaction(const OvsdbTunnel& tunnel) const
{
    const OvsdbJson interface = OvsdbJson::array({"named-uuid", "interface"});
    const OvsdbJson port = OvsdbJson::array({"named-uuid", "port"});
    std::vector<OvsdbJson> ports;
    for (const std::string& uuid : m_ports)
    {
        ports.push_back(OvsdbUuid(uuid));
    }
    const OvsdbJson before = MakeOvsdbSet(ports);
    ports.push_back(port);
    const auto wait = [](const char* table, const std::string& uuid, OvsdbJson row) {
        OvsdbJson columns = OvsdbJson::array({row.begin().key()});
        return OvsdbJson::object({{"rows", OvsdbJson::array({row})},
                                  {"until", "=="},
                                  {"where", WhereUuid(OvsdbUuid(uuid))},
                                  {"columns", columns},
                                  {"timeout", 0},
                                  {"op", "wait"},
                                  {"table", table}});
    };
    const std::string key = tunnel.key == 0 ? "flow" : std::to_string(tunnel.key);
    OvsdbJson operations = OvsdbJson::array();
    operations.push_back(wait("Open_vSwitch", m_root, OvsdbJson::object({{"bridges", m_bridges}})));
    operations.push_back(wait("Bridge", m_bridge, OvsdbJson::object({{"ports", before}})));
    operations.push_back(
        {{"uuid-name", "interface"},
         {"row",
          {{"name", tunnel.name}, {"ofport_request", tunnel.request}, {"type", tunnel.type}}},
         {"op", "insert"},
         {"table", "Interface"}});
    OvsdbJson options = OvsdbJson::array({OvsdbJson::array({"local_ip", ToText(tunnel.local)}),
                                          OvsdbJson::array({"key", key}),
                                          OvsdbJson::array({"remote_ip", ToText(tunnel.remote)})});
    OvsdbJson insert = OvsdbJson::array({"options", "insert", OvsdbJson::array({"map", options})});
    operations.push_back({{"mutations", OvsdbJson::array({insert})},
                          {"where", WhereUuid(interface)},
                          {"op", "mutate"},
                          {"table", "Interface"}});
    operations.push_back({{"uuid-name", "port"},
                          {"row", {{"name", tunnel.name}, {"interfaces", interface}}},
                          {"op", "insert"},
                          {"table", "Port"}});
    operations.push_back({{"where", WhereUuid(OvsdbUuid(m_bridge))},
                          {"row", {{"ports", MakeOvsdbSet(ports)}}},
                          {"op", "update"},
                          {"table", "Bridge"}});
    OvsdbJson increment = OvsdbJson::array({"next_cfg", "+=", 1});
    operations.push_back({{"mutations", OvsdbJson::array({increment})},
                          {"where", WhereUuid(OvsdbUuid(m_root))},
                          {"op", "mutate"},
                          {"table", "Open_vSwitch"}});
    operations.push_back({{"where", WhereUuid(OvsdbUuid(m_root))},
                          {"columns", OvsdbJson::array({"next_cfg"})},
                          {"op", "select"},
                          {"table", "Open_vSwitch"}});
    operations.push_back({{"comment", "add-port " + tunnel.name}, {"op", "comment"}});
    return operations;
}

void
OvsdbClient::Call(const std::string& method, OvsdbJson params)
{
    Send(MakeOvsdbRequest(++m_lastId, method, std::move(params)), method);
}

void
OvsdbClient::Send(const OvsdbJson& message, const std::string& name)
{
    const std::string text = ToWire(message);
    m_messages.ReportMessage(m_peer, "ovsdb", true, name, text.size());
    m_owner.SendOvsdb(m_vtep, text);
}

} // namespace ns3
