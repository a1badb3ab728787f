// SPDX-License-Identifier: GPL-2.0-only
// What the events of a scenario have set up so far, to check each event against those before it.
#ifndef VXLAN_MULTICAST_SCENARIO_HISTORY_H
#define VXLAN_MULTICAST_SCENARIO_HISTORY_H

#include "ns3/ipv4-address.h"
#include "ns3/vxlan-spec.h"

#include <cstdint>
#include <set>
#include <string>
#include <utility>
#include <vector>

namespace ns3
{

/** The VXLAN devices, memberships and ports of the events so far. Checks throw InputError. */
class ScenarioHistory
{
  public:
    /** \param file the scenario's file, for messages */
    explicit ScenarioHistory(const std::string& file);

    /** Sets the line of the event that is checked next. */
    void SetLine(int line);
    /** \throws InputError at the line of the event */
    [[noreturn]] void Fail(const std::string& message) const;

    /** Adds devices; their names, VNIs and addresses must be new where they must be unique. */
    void AddVxlan(const VxlanSpec& vxlan);
    /** Checks that \p node has a VXLAN device called \p device. */
    void CheckDevice(const std::string& node, const std::string& device) const;
    /** \returns node and name of each VXLAN device. */
    const std::set<std::pair<std::string, std::string>>& GetDevices() const;

    /** Nodes that speak BGP EVPN, from the start. */
    void AddSpeakers(const std::vector<std::string>& nodes);
    /** Checks that \p node speaks BGP EVPN. */
    void CheckSpeaker(const std::string& node) const;

    void AddJoin(const std::string& node, Ipv4Address group);
    /** Checks that \p node has joined \p group. */
    void CheckJoined(const std::string& node, Ipv4Address group) const;
    /** Adds the UDP port of a flow, which must be no VXLAN device's. */
    void AddFlowPort(uint16_t port);

  private:
    std::string m_file;
    int m_line{0};
    std::set<std::pair<std::string, std::string>> m_devices;
    std::set<std::pair<std::string, uint32_t>> m_vnis;
    std::set<std::pair<std::string, Ipv4Address>> m_nodeAddresses;
    std::set<std::pair<uint32_t, Ipv4Address>> m_vniAddresses;
    std::set<std::string> m_speakers;
    std::set<uint16_t> m_vxlanPorts;
    std::set<uint16_t> m_flowPorts;
    std::set<std::pair<std::string, Ipv4Address>> m_joins;
};

} // namespace ns3

#endif
