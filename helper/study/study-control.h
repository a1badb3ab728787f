// SPDX-License-Identifier: GPL-2.0-only
// A control plane on the VTEPs of a study, with its server on one router: what speaks, and the
// count of what it says and holds. Registrations of the map server are not refreshed, so that what
// is counted is what tenants cause.
#ifndef VXLAN_MULTICAST_STUDY_CONTROL_H
#define VXLAN_MULTICAST_STUDY_CONTROL_H

#include "ns3/control-messages.h"
#include "ns3/control-plane.h"
#include "ns3/lab-network.h"
#include "ns3/mac48-address.h"
#include "ns3/openflow-controller.h"
#include "ns3/vxlan-helper.h"

#include <cstddef>
#include <cstdint>
#include <vector>

namespace ns3
{

/** One control plane on all VTEPs. */
class StudyControl
{
  public:
    /**
     * Before the simulation.
     * \param network outlives this object
     * \param server the node of route reflector, controller or map server, if the plane has one
     */
    StudyControl(LabNetwork& network, ControlPlane plane, std::size_t server);

    /**
     * Prepares the devices of a VNI.
     * \param group where a plane with groups floods
     * \param remotes the VNI's VTEPs
     */
    void Configure(VxlanHelper& helper,
                   Ipv4Address group,
                   const std::vector<Ipv4Address>& remotes) const;
    /** A tenant is new behind \p vtep, or has moved there: a controller is told. */
    void SetTenant(uint32_t vni, Mac48Address mac, Ipv4Address ip, Ipv4Address vtep);

    /** \returns the messages of BGP, OpenFlow, OVSDB and map server so far, each at its sender,
     * without those that say no more than that the sender lives. */
    ControlMessageCount CountMessages() const;
    /** \returns the entries that \p node forwards by. */
    uint64_t CountEntries(std::size_t node) const;
    /** \returns routes of the reflector, tenants of the controller, EIDs of the map server. */
    uint64_t CountServerEntries() const;

  private:
    LabNetwork& m_network;
    ControlPlane m_plane;
    Ptr<Node> m_server;
    Ptr<OpenflowController> m_controller;
    uint64_t m_tenants{0};
};

} // namespace ns3

#endif
