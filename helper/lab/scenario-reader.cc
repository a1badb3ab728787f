// SPDX-License-Identifier: GPL-2.0-only
#include "ns3/scenario-reader.h"

#include "ns3/csv-writer.h"
#include "ns3/scenario-actions.h"
#include "ns3/scenario-checks.h"
#include "ns3/scenario-values.h"
#include "ns3/topology-values.h"
#include "ns3/yaml-fields.h"

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <fstream>

namespace ns3
{

namespace
{

/** One file being read. */
class Reader
{
  public:
    Reader(const std::string& file, const TopologyGraph& topology)
        : m_actions(file, topology)
    {
        m_scenario.file = file;
    }

    Scenario Read(const YAML::Node& document);

  private:
    YamlFields Fields(const YAML::Node& node,
                      const std::string& what,
                      const std::string& known = "") const
    {
        return YamlFields(m_scenario.file, node, what, SplitWords(known));
    }

    std::vector<AttributeSetting> ReadAttributes(const YAML::Node& node, const std::string& what);
    void ReadEvent(const YAML::Node& node);

    ScenarioActionReader m_actions;
    Scenario m_scenario;
};

Scenario
Reader::Read(const YAML::Node& document)
{
    const YamlFields top =
        Fields(document, "scenario", "duration defaults nodes trees underlay events");
    m_scenario.duration = top.GetInterval("duration");
    if (top.Has("defaults"))
    {
        m_scenario.defaults = ReadAttributes(top.GetNode("defaults"), "defaults");
    }
    if (top.Has("nodes"))
    {
        const YamlFields nodes = Fields(top.GetNode("nodes"), "nodes");
        for (const std::string& name : nodes.GetKeys())
        {
            m_actions.CheckNode(nodes, name, name);
            m_scenario.nodes[name] = ReadAttributes(nodes.GetNode(name), name);
        }
    }
    if (top.Has("trees"))
    {
        top.GetChoice("trees", {"rpt", "rpt-register", "spt", "bidir", "ssm"});
        m_scenario.trees = top.GetText("trees");
    }
    m_scenario.staticUnderlay =
        top.Has("underlay") && top.GetChoice("underlay", {"ospf", "static"}) == 1;
    if (top.Has("events"))
    {
        const YAML::Node events = top.GetNode("events");
        if (!events.IsSequence())
        {
            top.Fail("events", "events is no list, write one '- {at: …}' per line");
        }
        for (const YAML::Node& event : events)
        {
            ReadEvent(event);
        }
    }
    std::stable_sort(m_scenario.events.begin(),
                     m_scenario.events.end(),
                     [](const auto& a, const auto& b) { return a.at < b.at; });
    CheckScenario(m_scenario);
    return m_scenario;
}

std::vector<AttributeSetting>
Reader::ReadAttributes(const YAML::Node& node, const std::string& what)
{
    const YamlFields fields = Fields(node, what);
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
Reader::ReadEvent(const YAML::Node& node)
{
    const YamlFields event = Fields(node, "event");
    const Time at = event.GetTime("at");
    if (at > m_scenario.duration)
    {
        event.Fail("at",
                   "at " + event.GetText("at") + " is after the end, give a time up to " +
                       FormatSeconds(m_scenario.duration) + "s");
    }
    const std::vector<std::string>& known = ScenarioActionReader::GetActions();
    std::string action;
    for (const std::string& key : event.GetKeys())
    {
        if (key == "at")
        {
            continue;
        }
        if (std::find(known.begin(), known.end(), key) == known.end())
        {
            event.Fail(key, "unknown action '" + key + "', known are " + JoinWords(known));
        }
        if (!action.empty())
        {
            event.Fail(key, "two actions, '" + action + "' and '" + key + "', write two events");
        }
        action = key;
    }
    if (action.empty())
    {
        event.Fail("at", "no action, give one of " + JoinWords(known));
    }
    m_scenario.events.push_back({at, event.GetLine(action), m_actions.Read(action, event, at)});
}

} // namespace

Scenario
ReadScenarioText(const std::string& text, const std::string& file, const TopologyGraph& topology)
{
    try
    {
        return Reader(file, topology).Read(YAML::Load(text));
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
    constexpr std::size_t LIMIT = 16 << 20; // far beyond any scenario, far below memory
    errno = 0;
    std::ifstream stream(file, std::ios::binary);
    std::string text(LIMIT + 1, '\0');
    if (!stream || (!stream.read(text.data(), LIMIT + 1) && stream.bad()))
    {
        throw InputError(file,
                         1,
                         std::string("cannot be read (") + std::strerror(errno ? errno : EIO) +
                             "), give a scenario's YAML file");
    }
    text.resize(static_cast<std::size_t>(stream.gcount()));
    if (text.size() > LIMIT)
    {
        throw InputError(file, 1, "is larger than 16 MB, give a scenario's YAML file");
    }
    return ReadScenarioText(text, file, topology);
}

} // namespace ns3
