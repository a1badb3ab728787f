// SPDX-License-Identifier: GPL-2.0-only
// RFC 7761 §4.4: Registers, at the DR (§4.4.1: the register machine, Null-Registers) and at the RP
// (§4.4.2: packet_arrives_on_rp_tunnel).
// RFC 4610 §3: a DR that is a member of an Anycast-RP set registers with the other members.
// Departures: a DR that is the only RP does not register; the outer packet is fragmented, not the
// inner one, when a Register exceeds an MTU of the path.
#ifndef VXLAN_MULTICAST_PIM_REGISTER_H
#define VXLAN_MULTICAST_PIM_REGISTER_H

#include "ns3/multicast-rate-window.h"
#include "ns3/pim-anycast-registers.h"
#include "ns3/pim-context.h"
#include "ns3/pim-data-plane.h"
#include "ns3/pim-rate-limit.h"

#include <map>
#include <optional>
#include <utility>

namespace ns3
{

/** The events of the register machine, in the order of §4.4.1's figure. */
enum class PimRegisterEvent : uint8_t
{
    REGISTER_STOP_TIMER_EXPIRES,
    COULD_REGISTER,     //!< CouldRegister(S,G) becomes true
    COULD_NOT_REGISTER, //!< it becomes false
    REGISTER_STOP_RECEIVED,
    RP_CHANGED
};

template <>
struct EnumNames<PimRegisterEvent>
{
    static constexpr const char* NAMES[] = {"Register-Stop Timer expires",
                                            "CouldRegister->True",
                                            "CouldRegister->False",
                                            "Register-Stop received",
                                            "RP changed"};
};

/** The register machines of all (S,G), and the RP's end of the tunnel. */
class PimRegisterMachine
{
  public:
    PimRegisterMachine(PimContext& context, PimDataPlane& dataPlane);

    // At the DR
    /** Looks at CouldRegister(S,G) and RP(G). */
    void Update(PimGroup& g, PimSource& s);
    /** A packet for the Register tunnel, as it came in: TTL − 1, nothing at 0. */
    void Encapsulate(const MulticastArrival& arrival);
    /**
     * Receive Register-Stop; a source of any stands for all of the group.
     * \param from the RP, or another member of the Anycast-RP set
     */
    void ReceiveStop(const PimRegisterStop& message, Ipv4Address from);
    /** RST has expired. */
    void Expire(const PimTimerKey& key);

    // At the RP
    /** What to do with the packet inside a Register. */
    enum class Verdict
    {
        DROP,
        FORWARD
    };

    /**
     * packet_arrives_on_rp_tunnel, but for forwarding.
     * \param arrival the packet inside
     * \param outerTtl of the Register: its copies are sent with less (RFC 4610 §4)
     */
    Verdict Receive(const MulticastArrival& arrival,
                    bool nullRegister,
                    Ipv4Address outerSource,
                    Ipv4Address outerDestination,
                    uint8_t outerTtl);

  private:
    void HandleEvent(PimRegisterEvent event, PimGroup& g, PimSource& s);
    void AddTunnel(PimGroup& g, PimSource& s);
    void RemoveTunnel(PimGroup& g, PimSource& s, PimRegisterState to);
    void Suppress(PimGroup& g, PimSource& s);
    void Probe(PimGroup& g, PimSource& s);
    void SendNull(const PimGroup& g, const PimSource& s);
    bool Admits(const SourceGroup& key, Ipv4Address sender);
    bool MayStop(const PimGroup& g, Ipv4Address from) const;
    void SendStop(SourceGroup key, Ipv4Address source, Ipv4Address destination);
    /** I_am_RP(G), and the Register is to it. Makes no entry. */
    bool IsForThisRp(Ipv4Address group, Ipv4Address source, Ipv4Address destination) const;
    bool IsForThisRp(const PimGroup& g, Ipv4Address source, Ipv4Address destination) const;
    bool SwitchToSptDesired(SourceGroup key, uint32_t bytes, bool nullRegister, bool wanted);
    void Report(const char* event, SourceGroup key, Ipv4Address rp) const;

    /** Registers of a source not yet joined. */
    struct Count
    {
        MulticastRateWindow window;
        std::optional<Time> crossed; //!< when the threshold was reached
    };

    bool HasBeenPolledSince(Time crossed) const;
    void ForgetSilentSources();

    PimContext& m_context;
    PimDataPlane& m_dataPlane;
    PimAnycastRegisters m_anycast;
    std::map<SourceGroup, Count> m_counts;
    std::size_t m_countsAfterPurge{0};
    PimRateLimit<SourceGroup> m_registerLimits;
    PimRateLimit<std::pair<SourceGroup, Ipv4Address>> m_stopLimits; //!< by (S,G) and DR
};

} // namespace ns3

#endif
