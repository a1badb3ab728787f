// SPDX-License-Identifier: GPL-2.0-only
// Reads the actions of a scenario's events.
#ifndef VXLAN_MULTICAST_SCENARIO_ACTIONS_H
#define VXLAN_MULTICAST_SCENARIO_ACTIONS_H

#include "ns3/scenario.h"
#include "ns3/topology-graph.h"
#include "ns3/yaml-fields.h"

#include <string>
#include <vector>

namespace ns3
{

/** Reads and checks one action at a time; what concerns several is CheckScenario's. */
class ScenarioActionReader
{
  public:
    /** \param file the scenario's name, for messages */
    ScenarioActionReader(const std::string& file, const TopologyGraph& topology);

    /** \returns what an event may do: "join", "leave", … */
    static const std::vector<std::string>& GetActions();
    /**
     * \param name one of GetActions
     * \param event the event that holds it
     * \param at the event's time
     * \throws InputError
     */
    Action Read(const std::string& name, const YamlFields& event, Time at) const;
    /** \returns \p name, if there is such a node. \throws InputError at \p key */
    std::string CheckNode(const YamlFields& fields,
                          const std::string& key,
                          const std::string& name) const;

  private:
    YamlFields Fields(const YAML::Node& node,
                      const std::string& what,
                      const std::string& known = "") const;
    std::string GetNodeName(const YamlFields& fields, const std::string& key) const;
    std::string GetInterface(const YamlFields& fields, const std::string& node) const;
    std::vector<std::size_t> GetNetworks(const YamlFields& fields) const;
    std::vector<std::size_t> GetNetworksBetween(const YamlFields& fields) const;
    void CheckColumns(const YamlFields& fields, const std::string& key) const;
    std::vector<std::pair<std::string, double>> GetLimits(const YamlFields& fields,
                                                          const std::string& key) const;

    /** Reads a JoinAction or a LeaveAction, whose keys are the same. */
    template <typename T>
    Action ReadMembership(const YAML::Node& node, const std::string& what) const;
    Action ReadSend(const YAML::Node& node, Time at) const;
    Action ReadVxlan(const YAML::Node& node) const;
    void ReadVxlanControl(const YamlFields& fields, VxlanAction& vxlan) const;
    void ReadVxlanOptions(const YamlFields& fields, VxlanAction& vxlan) const;
    Action ReadPing(const YAML::Node& node) const;
    Action ReadFlood(const YAML::Node& node) const;
    Action ReadLink(const YAML::Node& node) const;
    Action ReadNode(const YAML::Node& node) const;
    Action ReadLoss(const YAML::Node& node, Time at) const;
    Action ReadShow(const YAML::Node& node) const;
    Action ReadExpect(const YAML::Node& node) const;
    Action ReadFigure(const YAML::Node& node) const;

    std::string m_file;
    const TopologyGraph& m_topology;
};

} // namespace ns3

#endif
