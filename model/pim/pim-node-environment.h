// SPDX-License-Identifier: GPL-2.0-only
// The surroundings of a PIM router that runs on an ns-3 node: its clock, which stands still while the
// process hangs, its interfaces, routes and sockets.
#ifndef VXLAN_MULTICAST_PIM_NODE_ENVIRONMENT_H
#define VXLAN_MULTICAST_PIM_NODE_ENVIRONMENT_H

#include "ns3/ipv4-protocol-sender.h"
#include "ns3/neighbor-liveness.h"
#include "ns3/pim-config.h"
#include "ns3/pim-environment.h"
#include "ns3/process-pause.h"
#include "ns3/simulator-clock.h"
#include "ns3/traced-environment.h"

#include <map>

namespace ns3
{

/** What a user may set of one interface; what is unset follows the attributes. */
struct PimInterfaceSettings
{
    std::optional<bool> enabled;          //!< default: yes, but not on virtual devices (VXLAN)
    std::optional<uint32_t> drPriority;   //!< default: attribute DrPriority
    std::vector<Ipv4Prefix> scopeBorders; //!< admin-scope ranges that end here
};

/** Held by the face, which sets what it holds as the node grows. */
class PimNodeEnvironment : public TracedEnvironment<PimEnvironment>
{
  public:
    /** \param traces, config of the face; used after construction only */
    PimNodeEnvironment(ProtocolTraces& traces, const PimConfig& config);

    /** \param ipv4 the node's; null: it is disposed of */
    void SetIpv4(Ptr<Ipv4> ipv4);
    /** \param rib outlives this object */
    void SetRib(UnicastRib& rib);
    bool HasRib() const;
    /** \param liveness outlives this object, or until null is set */
    void SetLiveness(NeighborLiveness* liveness);
    /** Looks at an interface as it is now. */
    void UpdateInterface(uint32_t interface, const PimInterfaceSettings& settings);
    /** The process has ended: no interface, no neighbour. */
    void Reset();

    ProcessPause& GetPause();
    const ProcessPause& GetPause() const;
    Ipv4ProtocolSender& GetSender();

    // PimEnvironment
    ProtocolClock& GetClock() override;
    StreamRandom& GetRandom() override;
    UnicastRib& GetRib() override;
    const std::map<uint32_t, PimInterface>& GetInterfaces() const override;
    RpfEcmp GetRpfEcmp() const override;
    void Send(const PimMessage& message,
              uint32_t interface,
              Ipv4Address destination,
              Ipv4Address source) override;
    bool SendUnicast(const PimMessage& message,
                     Ipv4Address source,
                     Ipv4Address destination) override;
    void WatchNeighbor(uint32_t interface, Ipv4Address neighbor, bool watch) override;

  private:
    ProtocolTraces& m_traces;
    const PimConfig& m_config;
    Ptr<Ipv4> m_ipv4;
    Ipv4ProtocolSender m_sender;
    ProcessPause m_pause;
    StreamRandom m_random;
    UnicastRib* m_rib{nullptr};
    NeighborLiveness* m_liveness{nullptr};
    std::map<uint32_t, PimInterface> m_interfaces;
};

} // namespace ns3

#endif
