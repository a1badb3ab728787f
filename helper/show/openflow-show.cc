// SPDX-License-Identifier: GPL-2.0-only
#include "ns3/openflow-show.h"

#include "ns3/openflow-switch.h"
#include "ns3/openflow-text.h"
#include "ns3/simulator.h"

#include <cctype>
#include <iomanip>
#include <map>
#include <sstream>

namespace ns3
{

namespace
{

/** ovs-vsctl quotes what is no identifier. */
std::string
Quote(const std::string& text)
{
    bool plain = !text.empty() && !(text[0] >= '0' && text[0] <= '9');
    for (char c : text)
    {
        plain = plain &&
                (std::isalnum(static_cast<unsigned char>(c)) || c == '_' || c == '-' || c == '.');
    }
    return plain ? text : '"' + text + '"';
}

void
ShowInterface(std::ostream& os, const OvsdbRow& row)
{
    os << "            Interface " << Quote(row.at("name").get<std::string>()) << '\n';
    const std::string type = row.at("type").get<std::string>();
    if (!type.empty())
    {
        os << "                type: " << type << '\n';
    }
    std::string options;
    for (const OvsdbJson& pair : GetOvsdbElements(row.at("options")))
    {
        options += (options.empty() ? "" : ", ") + pair[0].get<std::string>() + "=\"" +
                   pair[1].get<std::string>() + '"';
    }
    if (!options.empty())
    {
        os << "                options: {" << options << "}\n";
    }
    if (row.at("error").is_string())
    {
        os << "                error: " << Quote(row.at("error").get<std::string>()) << '\n';
    }
}

} // namespace

void
ShowOvsVsctl(std::ostream& os, Ptr<Node> node)
{
    Ptr<OpenflowSwitch> one = node->GetObject<OpenflowSwitch>();
    if (!one || !one->IsRunning())
    {
        return;
    }
    const OvsdbTables& tables = one->GetOvsdb().GetDatabase().GetTables();
    os << tables.at("Open_vSwitch").begin()->first << '\n';
    for (const auto& [bridge, row] : tables.at("Bridge"))
    {
        os << "    Bridge " << Quote(row.at("name").get<std::string>()) << '\n';
        if (!one->GetController().IsAny())
        {
            std::ostringstream target;
            target << "tcp:" << one->GetController() << ":6653";
            os << "        Controller \"" << target.str() << "\"\n";
            const OpenflowChannelState state = one->GetInstance().GetChannelState();
            if (state == OpenflowChannelState::ACTIVE || state == OpenflowChannelState::PROBING)
            {
                os << "            is_connected: true\n";
            }
        }
        os << "        fail_mode: " << EnumName(one->GetFailMode()) << '\n';
        // By name: UUIDs have no order that anyone knows.
        std::map<std::string, const OvsdbRow*> ports;
        for (const OvsdbJson& port : GetOvsdbElements(row.at("ports")))
        {
            const OvsdbRow& found = tables.at("Port").at(*FindOvsdbUuid(port));
            ports[found.at("name").get<std::string>()] = &found;
        }
        for (const auto& [name, port] : ports)
        {
            os << "        Port " << Quote(name) << '\n';
            for (const OvsdbJson& interface : GetOvsdbElements(port->at("interfaces")))
            {
                ShowInterface(os, tables.at("Interface").at(*FindOvsdbUuid(interface)));
            }
        }
    }
}

void
ShowOvsFlows(std::ostream& os, Ptr<Node> node)
{
    Ptr<OpenflowSwitch> one = node->GetObject<OpenflowSwitch>();
    if (!one || !one->IsRunning())
    {
        return;
    }
    os << "OFPST_FLOW reply (OF1.3) (xid=0x2):\n";
    for (const OpenflowFlow* flow : one->GetInstance().GetTable().GetFlows())
    {
        std::ostringstream duration;
        duration << std::fixed << std::setprecision(3)
                 << (Simulator::Now() - flow->created).GetSeconds();
        os << " cookie=0x" << std::hex << flow->cookie << std::dec
           << ", duration=" << duration.str() << "s, table=0, n_packets=" << flow->packets
           << ", n_bytes=" << flow->bytes;
        if (flow->idleTimeout != 0)
        {
            os << ", idle_timeout=" << flow->idleTimeout;
        }
        if (flow->hardTimeout != 0)
        {
            os << ", hard_timeout=" << flow->hardTimeout;
        }
        if (flow->flags & OFPFF_SEND_FLOW_REM)
        {
            os << ", send_flow_rem";
        }
        const std::string match = ToString(flow->match);
        os << (flow->flags & OFPFF_SEND_FLOW_REM ? " " : ", ") << "priority=" << flow->priority
           << (match.empty() ? "" : "," + match) << " actions=" << ToString(flow->actions) << '\n';
    }
}

} // namespace ns3
