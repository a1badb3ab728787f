// SPDX-License-Identifier: GPL-2.0-only
// RFC 7761 §4.2: what happens when a data packet of source S to group G arrives on interface iif.
// The forwarding cache does most of it by itself; what changes state comes here as an upcall.
//
//   1. S is directly connected, and iif = RPF_interface(S): set KeepaliveTimer(S,G), which may make
//      CouldRegister(S,G) and JoinDesired(S,G) true: Arrived.
//   2. iif = RPF_interface(S), (S,G) is joined and inherited_olist(S,G) is not empty: set
//      KeepaliveTimer(S,G): Arrived. While the timer runs, packets only note the time in their
//      entry; it is looked at when the timer expires: GetKeepaliveByData.
//   3. Update_SPTbit(S,G,iif), §4.2.2: Arrived.
//   4. The SPTbit is set, and iif = RPF_interface(S): forward to inherited_olist(S,G) less iif:
//      PimForwardingEntries::Make, the (S,G) entry.
//   5. The SPTbit is not set, and iif = RPF_interface(RP(G)): forward to inherited_olist(S,G,rpt),
//      or, where iif is RPF_interface(S), too, to inherited_olist(S,G), less iif:
//      PimForwardingEntries::Make, the (*,G) or (S,G) entry; and CheckSwitchToSpt(S,G), §4.2.1:
//      ThresholdCrossed.
//   6. Else the RPF check has failed: nothing is forwarded; if iif is an outgoing interface of the
//      tree that forwards, an Assert is sent there: WrongInterface.
//   7. The Register tunnel is an outgoing interface in register state Join, §4.4.1: RegisterTunnel.
//   8. A packet out of a Register arrives at the RP, §4.4.2: it is forwarded to
//      inherited_olist(S,G,rpt): ReceiveRegister.
//
// RFC 5015 §3.3, bidirectional groups: a packet is accepted from RPF_interface(RPA) and from links
// where this router is DF: ArrivedBidirectional.
#ifndef VXLAN_MULTICAST_PIM_DATA_EVENTS_H
#define VXLAN_MULTICAST_PIM_DATA_EVENTS_H

#include "ns3/multicast-forwarder.h"
#include "ns3/pim-assert.h"
#include "ns3/pim-context.h"
#include "ns3/pim-data-plane.h"
#include "ns3/pim-register.h"

#include <optional>

namespace ns3
{

/** The forwarder of one router, and what its upcalls change. */
class PimDataEvents : public MulticastUpcalls
{
  public:
    /** All arguments outlive this. */
    PimDataEvents(PimContext& context,
                  PimAssertMachine& asserts,
                  PimRegisterMachine& registers,
                  PimDataPlane& dataPlane);

    MulticastForwarder& GetForwarder();
    const MulticastForwarder& GetForwarder() const;

    /**
     * A Register.
     * \param arrival the packet inside, with its interface MulticastEntrySpec::REGISTER_INTERFACE
     */
    void ReceiveRegister(const MulticastArrival& arrival,
                         bool nullRegister,
                         Ipv4Address outerSource,
                         Ipv4Address outerDestination,
                         uint8_t outerTtl);
    /**
     * \returns the time left on KeepaliveTimer(S,G) by the data that the source's entry has
     * forwarded; nothing when no such data keeps it running
     */
    std::optional<Time> GetKeepaliveByData(SourceGroup key, const PimSource& s) const;

    // MulticastUpcalls
    Verdict NoEntry(const MulticastArrival& arrival) override;
    Verdict WrongInterface(const MulticastArrival& arrival, const SourceGroup& key) override;
    void SourceSeen(const SourceGroup& key, uint32_t interface) override;
    void ThresholdCrossed(const SourceGroup& key, uint32_t interface) override;
    void Idle(const SourceGroup& key) override;
    void RegisterTunnel(const MulticastArrival& arrival) override;
    void Displaced(const SourceGroup& key) override;

  private:
    bool Arrived(SourceGroup key, uint32_t interface);
    bool ArrivedBidirectional(Ipv4Address group, uint32_t interface);

    PimContext& m_context;
    PimAssertMachine& m_assert;
    PimRegisterMachine& m_register;
    PimDataPlane& m_dataPlane;
    MulticastForwarder m_forwarder;
};

} // namespace ns3

#endif
