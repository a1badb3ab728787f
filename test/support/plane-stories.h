// SPDX-License-Identifier: GPL-2.0-only
// Scenarios of control planes with tenants, for tests: t1, t2, t3 of VNI 42 behind r1, r2, r3 of the
// R/E/C lab, as in the reference lab.
#ifndef VXLAN_MULTICAST_TEST_PLANE_STORIES_H
#define VXLAN_MULTICAST_TEST_PLANE_STORIES_H

#include "support/lab-program.h"

#include <string>

namespace ns3
{

/** \returns the event of a tenant called tI, which has the number \p i in its addresses. */
inline std::string
MakeTenant(int i,
           const std::string& node,
           const std::string& more = "",
           const std::string& at = "50s")
{
    const std::string n = std::to_string(i);
    return "  - {at: " + at + ", tenant: {name: t" + n + ", node: " + node +
           ", device: vxlan42, mac: \"02:00:0" + n + ":00:00:2a\", address: 192.168.99." + n +
           "/24" + more + "}}\n";
}

/**
 * \param control the key `control` of the scenario, without braces; empty: none
 * \param name what the VTEPs' devices speak
 * \param events lines of more events
 * \param tenants more keys of t1, t2 and t3
 */
inline std::string
MakePlaneStory(const std::string& control,
               const std::string& name,
               const std::string& events,
               const std::string& tenants = "",
               const std::string& duration = "200s")
{
    return "duration: " + duration + "\n" +
           (control.empty() ? "" : "control: {" + control + "}\n") +
           "events:\n"
           "  - {at: 40s, vxlan: {nodes: [r1, r2, r3], name: vxlan42, id: 42, control: " +
           name + ", dev: eth0, mtu: 1450}}\n" + MakeTenant(1, "r1", tenants) +
           MakeTenant(2, "r2", tenants) + MakeTenant(3, "r3", tenants) + events;
}

/** \returns "COUNT x BYTES" of control messages of \p node, "0" if there are none. */
inline std::string
GetMessages(const LabProgram& run,
            const std::string& snapshot,
            const std::string& node,
            const std::string& direction,
            const std::string& message)
{
    const LabRow where = {
        {"snapshot", snapshot}, {"node", node}, {"direction", direction}, {"message", message}};
    return run->GetRows("control", where).empty()
               ? "0"
               : run->GetCell("control", where, "count") + " x " +
                     run->GetCell("control", where, "bytes");
}

/** \returns "PACKETS x BYTES" that \p from has put on \p network, "0" if nothing. */
inline std::string
GetLinkPackets(const LabProgram& run,
               const std::string& snapshot,
               const std::string& network,
               const std::string& from,
               const std::string& linkClass = "vxlan-unicast")
{
    const LabRow where = {
        {"snapshot", snapshot}, {"network", network}, {"from", from}, {"class", linkClass}};
    return run->GetRows("links", where).empty() ? "0"
                                                : run->GetCell("links", where, "packets") + " x " +
                                                      run->GetCell("links", where, "bytes");
}

/** \returns `!` for each answered ping of \p node to \p to and `.` for each other. */
inline std::string
GetAnswers(const LabProgram& run, const std::string& node, const std::string& to)
{
    std::string answers;
    for (const LabRow& row : run->GetRows("pings", {{"node", node}, {"to", to}}))
    {
        answers += row.at("from").empty() ? '.' : '!';
    }
    return answers;
}

/** \returns the kinds of inner frames in overlay.csv since the snapshot before, with a blank
 * between. */
inline std::string
GetInnerKinds(const LabProgram& run, const std::string& snapshot, const std::string& network)
{
    std::string kinds;
    for (const std::string& kind :
         run->GetCells("overlay", {{"snapshot", snapshot}, {"network", network}}, "inner"))
    {
        kinds += (kinds.empty() ? "" : " ") + kind;
    }
    return kinds;
}

} // namespace ns3

#endif
