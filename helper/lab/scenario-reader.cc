// SPDX-License-Identifier: GPL-2.0-only
#include "ns3/scenario-reader.h"

#include "ns3/action-registry.h"
#include "ns3/control-reader.h"
#include "ns3/number-format.h"
#include "ns3/scenario-history.h"
#include "ns3/scenario-values.h"
#include "ns3/text.h"
#include "ns3/yaml-document.h"
#include "ns3/yaml-fields.h"

#include <yaml-cpp/exceptions.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <fstream>
#include <sstream>
#include <vector>
#include <yaml-cpp/depthguard.h>

namespace ns3
{

namespace
{

/** \returns the tree policy of a scenario's routers: any but head-end replication. */
TreePolicy
ReadTrees(const YamlFields& top)
{
    std::vector<std::string> words;
    for (const std::string name : EnumNames<TreePolicy>::NAMES)
    {
        if (name != EnumName(TreePolicy::HeadEnd))
        {
            words.push_back(name);
        }
    }
    return *ParseTreePolicy(words[top.GetChoice("trees", words)]);
}

/** One file being read. */
class Reader
{
  public:
    Reader(const std::string& file, const TopologyGraph& topology)
        : m_topology(topology)
    {
        m_scenario.file = file;
    }

    Scenario Read(const YamlNode& document);

  private:
    std::vector<AttributeSetting> ReadAttributes(const YamlFields& fields);
    void ReadNodes(const YamlFields& nodes);
    void ReadEvents(const YamlFields& top);
    void ReadEvent(const YamlFields& event, const NodeNames& nodes);
    std::string FindAction(const YamlFields& event) const;
    void CheckEvents();

    void FindTenants(const YamlNode& events);

    const TopologyGraph& m_topology;
    Scenario m_scenario;
};

Scenario
Reader::Read(const YamlNode& document)
{
    const YamlFields top(m_scenario.file,
                         document,
                         "scenario",
                         SplitWords("duration defaults nodes trees underlay control events"));
    m_scenario.duration = top.GetInterval("duration");
    if (top.Has("defaults"))
    {
        m_scenario.defaults = ReadAttributes(top.GetMapping("defaults"));
    }
    if (top.Has("nodes"))
    {
        ReadNodes(top.GetMapping("nodes"));
    }
    if (top.Has("trees"))
    {
        m_scenario.trees = ReadTrees(top);
    }
    m_scenario.staticUnderlay =
        top.Has("underlay") && top.GetChoice("underlay", {"ospf", "static"}) == 1;
    if (top.Has("control"))
    {
        ReadControlPlanes(top, m_topology, m_scenario);
    }
    if (top.Has("events"))
    {
        ReadEvents(top);
    }
    std::stable_sort(m_scenario.events.begin(),
                     m_scenario.events.end(),
                     [](const auto& a, const auto& b) { return a.at < b.at; });
    CheckEvents();
    return m_scenario;
}

std::vector<AttributeSetting>
Reader::ReadAttributes(const YamlFields& fields)
{
    std::vector<AttributeSetting> settings;
    for (const std::string& name : fields.GetKeys())
    {
        const std::string value = fields.GetText(name);
        const std::string error = CheckAttribute(name, value);
        if (!error.empty())
        {
            fields.Fail(name, error);
        }
        settings.push_back({name, value, fields.GetLine(name)});
    }
    return settings;
}

void
Reader::ReadNodes(const YamlFields& nodes)
{
    for (const std::string& name : nodes.GetKeys())
    {
        CheckNodeName(m_topology, nodes, name, name);
        m_scenario.nodes[name] = ReadAttributes(nodes.GetMapping(name));
    }
}

void
Reader::ReadEvents(const YamlFields& top)
{
    const YamlNode events = top.GetNode("events");
    if (!events.IsSequence())
    {
        top.Fail("events", "events is no list, write one '- {at: …}' per line");
    }
    FindTenants(events);
    NodeNames nodes;
    for (std::size_t i = 0; i < m_topology.nodes.size(); ++i)
    {
        nodes.emplace(m_topology.nodes[i].name, i);
    }
    for (std::size_t i = 0; i < events.GetSize(); ++i)
    {
        ReadEvent(YamlFields(m_scenario.file, events.GetItem(i), "event", {}), nodes);
    }
}

/** Events stand in any order, and some name tenants. What is wrong is found when each is read. */
void
Reader::FindTenants(const YamlNode& events)
{
    for (std::size_t i = 0; i < events.GetSize(); ++i)
    {
        const YamlNode name = events.GetItem(i).Find("tenant").Find("name");
        if (name.IsScalar())
        {
            m_scenario.tenants.insert(name.GetText());
        }
    }
}

void
Reader::ReadEvent(const YamlFields& event, const NodeNames& nodes)
{
    const Time at = event.GetTime("at");
    if (at > m_scenario.duration)
    {
        event.Fail("at",
                   "at " + event.GetText("at") + " is after the end, give a time up to " +
                       FormatSeconds(m_scenario.duration) + "s");
    }
    const std::string action = FindAction(event);
    m_scenario.events.push_back({at,
                                 event.GetLine(action),
                                 FindActionKind(action)->read(ActionReader(
                                     m_topology, nodes, m_scenario.tenants, event, action, at))});
}

/** \returns the one action that \p event names. */
std::string
Reader::FindAction(const YamlFields& event) const
{
    std::string action;
    for (const std::string& key : event.GetKeys())
    {
        if (key == "at")
        {
            continue;
        }
        if (!FindActionKind(key))
        {
            event.Fail(key,
                       "unknown action '" + key + "', known are " + JoinWords(GetActionNames()));
        }
        if (!action.empty())
        {
            event.Fail(key, "two actions, '" + action + "' and '" + key + "', write two events");
        }
        action = key;
    }
    if (action.empty())
    {
        event.Fail("at", "no action, give one of " + JoinWords(GetActionNames()));
    }
    return action;
}

/** Checks the events against each other. */
void
Reader::CheckEvents()
{
    AddControlVteps(m_scenario);
    ScenarioHistory history(m_scenario.file, m_scenario.tenants);
    history.SetStaticUnderlay(m_scenario.staticUnderlay);
    AddControlProcesses(m_scenario, history);
    for (const ScenarioEvent& event : m_scenario.events)
    {
        history.SetLine(event.line);
        event.action->Check(history);
    }
    m_scenario.vxlanDevices = history.GetDevices();
}

} // namespace

Scenario
ReadScenarioText(const std::string& text, const std::string& file, const TopologyGraph& topology)
{
    std::istringstream stream(text);
    try
    {
        return Reader(file, topology).Read(YamlDocument::Read(stream));
    }
    catch (const YAML::DeepRecursion& error)
    {
        throw InputError(
            file, std::max(error.mark.line, 0) + 1, "nested too deeply, write 'key: value' lines");
    }
    catch (const YAML::Exception& error)
    {
        throw InputError(file,
                         std::max(error.mark.line, 0) + 1,
                         "not YAML (" + error.msg + "), write 'key: value' lines");
    }
}

Scenario
ReadScenario(const std::string& file, const TopologyGraph& topology)
{
    constexpr std::size_t LIMIT = 32 << 20; // far beyond any scenario, far below memory
    constexpr std::size_t BLOCK = 64 << 10;
    errno = 0;
    std::ifstream stream(file, std::ios::binary);
    std::string text;
    std::vector<char> block(BLOCK);
    while (stream && text.size() <= LIMIT)
    {
        stream.read(block.data(), BLOCK);
        text.append(block.data(), static_cast<std::size_t>(stream.gcount()));
    }
    if (stream.bad() || (text.empty() && !stream.eof()))
    {
        throw InputError(file,
                         1,
                         std::string("cannot be read (") + std::strerror(errno ? errno : EIO) +
                             "), give a scenario's YAML file");
    }
    if (text.size() > LIMIT)
    {
        throw InputError(file, 1, "is larger than 32 MB, give a scenario's YAML file");
    }
    return ReadScenarioText(text, file, topology);
}

} // namespace ns3
