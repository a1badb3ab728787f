// SPDX-License-Identifier: GPL-2.0-only
// What the readers of actions share: the keys of one action, and names that the topology must have.
#ifndef VXLAN_MULTICAST_ACTION_READER_H
#define VXLAN_MULTICAST_ACTION_READER_H

#include "ns3/topology-graph.h"
#include "ns3/yaml-fields.h"

#include <cstddef>
#include <set>
#include <string>
#include <unordered_map>
#include <vector>

namespace ns3
{

/** \returns \p name, if \p topology has such a node. \throws InputError at \p key */
std::string CheckNodeName(const TopologyGraph& topology,
                          const YamlFields& fields,
                          const std::string& key,
                          const std::string& name);

/** Nodes of a topology by name: a scenario of a large one names thousands of them. */
using NodeNames = std::unordered_map<std::string, std::size_t>;

class ActionReader;

/** \returns the key `print`: what a shell would show of the action goes to the transcript. \throws InputError */
bool ReadPrint(const ActionReader& reader);
/** \returns the router or VTEP at the key `node`, which runs OSPF. \throws InputError */
std::string GetOspfNode(const ActionReader& reader, const YamlFields& fields);
/** \returns the router at the key `node`, which runs PIM. \throws InputError */
std::string GetPimNode(const ActionReader& reader, const YamlFields& fields);

/** \throws InputError if one of \p names, those at \p key, stands there twice */
void CheckEachOnce(const YamlFields& fields,
                   const std::string& key,
                   const std::vector<std::string>& names);

/** One action of an event, about to be read. All getters throw InputError. */
class ActionReader
{
  public:
    /**
     * \param topology what names are looked up in
     * \param nodes its nodes
     * \param tenants the tenants of all events, which may be named too
     * \param event the event
     * \param name the key of the action in \p event
     * \param at the event's time
     */
    ActionReader(const TopologyGraph& topology,
                 const NodeNames& nodes,
                 const std::set<std::string>& tenants,
                 const YamlFields& event,
                 const std::string& name,
                 Time at);

    const TopologyGraph& GetTopology() const;
    /** \returns the line of the action in the scenario. */
    int GetLine() const;
    /** \returns when the action will be performed. */
    Time GetTime() const;

    /** \returns the action's mapping. \param keys the keys that it may have, with blanks between */
    YamlFields GetFields(const std::string& keys) const;
    /** \returns the value of an action that is a single text. */
    std::string GetText() const;

    /** \returns the name of a node, at \p key. */
    std::string GetNode(const YamlFields& fields, const std::string& key) const;
    /** \returns the name of a node or a tenant, at \p key. */
    std::string GetHost(const YamlFields& fields, const std::string& key) const;
    /** \returns the names of nodes or tenants, at `node: NAME` or `nodes: [NAME, …]`. */
    std::vector<std::string> GetHosts(const YamlFields& fields) const;
    /** \returns the name of a tenant, at \p key. */
    std::string GetTenant(const YamlFields& fields, const std::string& key) const;
    /** \returns the names of tenants, at \p key. */
    std::vector<std::string> GetTenants(const YamlFields& fields, const std::string& key) const;
    /** \returns whether some event makes a tenant called \p name. */
    bool IsTenant(const std::string& name) const;
    /** \returns the interface of \p node, or tenant, at \p key; empty without that key. */
    std::string GetInterface(const YamlFields& fields,
                             const std::string& node,
                             const std::string& key = "interface") const;
    /** \returns the networks at the keys `network: NAME` or `between: [NODE, NODE]`. */
    std::vector<std::size_t> GetNetworks(const YamlFields& fields) const;

  private:
    std::string CheckNode(const YamlFields& fields,
                          const std::string& key,
                          const std::string& name) const;
    std::string CheckHost(const YamlFields& fields,
                          const std::string& key,
                          const std::string& name) const;
    void CheckTenant(const YamlFields& fields,
                     const std::string& key,
                     const std::string& name) const;
    std::vector<std::size_t> GetNetworksBetween(const YamlFields& fields) const;

    const TopologyGraph& m_topology;
    const NodeNames& m_nodes;
    const std::set<std::string>& m_tenants;
    const YamlFields& m_event;
    std::string m_name;
    Time m_at;
};

} // namespace ns3

#endif
