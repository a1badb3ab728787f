// SPDX-License-Identifier: GPL-2.0-only
// RFC 7761 §4.6: the assert machines of (S,G) and (*,G), which leave one forwarder on a LAN.
#ifndef VXLAN_MULTICAST_PIM_ASSERT_H
#define VXLAN_MULTICAST_PIM_ASSERT_H

#include "ns3/pim-context.h"

namespace ns3
{

/** The assert machines of all entries and interfaces. */
class PimAssertMachine
{
  public:
    explicit PimAssertMachine(PimContext& context);

    /** An Assert from a neighbour: first for the (S,G) machine, then for (*,G)'s (§4.6.2). */
    void Receive(const PimAssert& message, uint32_t interface, Ipv4Address source);
    /**
     * Data of \p source arrived on an interface that it may also be sent out of (§4.2, §4.6). The
     * first Assert leaves at once; repetitions are limited.
     */
    void DataArrived(PimGroup& g, Ipv4Address source, uint32_t interface);
    /** AT has expired. */
    void Expire(const PimTimerKey& key);
    /** Looks at CouldAssert, AssertTrackingDesired, the metric and RPF_interface. */
    void Update(PimGroup& g);
    void Update(PimGroup& g, PimSource& s);
    /** Receive Join(*,G) or Join(S,G) on the interface: ends a lost assert. */
    void JoinReceived(SourceGroup key, uint32_t interface);
    /** The neighbour's GenID changed, or it is gone: asserts it won are void. */
    void WinnerLost(uint32_t interface, Ipv4Address neighbor);
    /** All asserts on an interface that went down are void. */
    void ForgetInterface(uint32_t interface);

  private:
    bool
    ReceiveSg(const PimAssertMetric& metric, PimGroup& g, Ipv4Address source, uint32_t interface);
    void ReceiveStarG(const PimAssertMetric& metric, PimGroup& g, uint32_t interface);
    bool AsWinner(SourceGroup key,
                  PimTreeState& entry,
                  const PimAssertMetric& metric,
                  const PimAssertMetric& mine,
                  uint32_t interface);
    bool AsLoser(SourceGroup key,
                 PimTreeState& entry,
                 const PimAssertMetric& metric,
                 const PimAssertMetric& mine,
                 uint32_t interface);
    void Check(SourceGroup key,
               PimTreeState& entry,
               uint32_t interface,
               bool couldAssert,
               bool trackingDesired,
               const PimAssertMetric& mine);
    void Win(SourceGroup key,
             PimTreeState& entry,
             const PimAssertMetric& mine,
             uint32_t interface,
             Ipv4Address source = Ipv4Address::GetAny());
    void
    Lose(SourceGroup key, PimTreeState& entry, const PimAssertMetric& winner, uint32_t interface);
    void Reach(SourceGroup key, PimTreeState& entry, uint32_t interface);
    /** \param source of the data that triggers an Assert(*,G), which names it (§4.9.6); or any */
    void Send(SourceGroup key,
              const PimAssertMetric& metric,
              uint32_t interface,
              Ipv4Address source = Ipv4Address::GetAny());
    void Report(const char* event, SourceGroup key, Ipv4Address other) const;

    PimContext& m_context;
};

} // namespace ns3

#endif
