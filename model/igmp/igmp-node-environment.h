// SPDX-License-Identifier: GPL-2.0-only
// The IgmpEnvironment of an ns-3 node: messages on the wire (RFC 3376 §4: TTL 1, internetwork
// control, Router Alert), addresses, traces, membership listeners.
#ifndef VXLAN_MULTICAST_IGMP_NODE_ENVIRONMENT_H
#define VXLAN_MULTICAST_IGMP_NODE_ENVIRONMENT_H

#include "ns3/igmp-instance.h"
#include "ns3/ipv4-protocol-sender.h"
#include "ns3/ipv4.h"
#include "ns3/process-pause.h"
#include "ns3/simulator-clock.h"
#include "ns3/traced-environment.h"

#include <functional>
#include <vector>

namespace ns3
{

/** The node that an IgmpProtocol is on. */
class IgmpNodeEnvironment : public TracedEnvironment<IgmpEnvironment>
{
  public:
    /**
     * \param protocol IGMP's protocol number
     * \param traces of the face; outlive the environment
     */
    IgmpNodeEnvironment(uint8_t protocol, ProtocolTraces& traces);

    /** \param ipv4 the node's, or null when the node goes */
    void SetIpv4(Ptr<Ipv4> ipv4);
    /** \param instance what runs, or null */
    void SetInstance(IgmpInstance* instance);
    /** \param listener called after each change of members, with interface and group */
    void AddMembershipListener(std::function<void(uint32_t, Ipv4Address)> listener);
    void ClearMembershipListeners();
    /** Traces an event whose detail is an interface and an address. */
    void ReportIgmpEvent(IgmpEvent event, uint32_t interface, Ipv4Address address);
    /** Fixes the random stream. \returns the streams used: 1. */
    int64_t AssignStreams(int64_t stream);
    /** \returns what waits while the process hangs. */
    ProcessPause& GetPause();

    // IgmpEnvironment
    ProtocolClock& GetClock() override;
    ProtocolRandom& GetRandom() override;
    void Send(uint32_t interface, const IgmpMessage& message, Ipv4Address destination) override;
    Ipv4Address GetAddress(uint32_t interface) const override;
    bool IsOnLink(uint32_t interface, Ipv4Address address) const override;
    uint32_t GetMaxMessageSize(uint32_t interface) const override;
    void ReportReception(uint32_t interface, Ipv4Address group, bool joined) override;
    void ReportMembership(uint32_t interface,
                          Ipv4Address group,
                          IgmpMembershipChange change) override;
    void ReportQuerier(uint32_t interface, Ipv4Address querier) override;

  private:
    Ptr<Ipv4> m_ipv4;
    Ipv4ProtocolSender m_sender;
    ProcessPause m_pause;
    StreamRandom m_random;
    ProtocolTraces& m_traces;
    IgmpInstance* m_instance{nullptr};
    std::vector<std::function<void(uint32_t, Ipv4Address)>> m_listeners;
};

} // namespace ns3

#endif
