// SPDX-License-Identifier: GPL-2.0-only
// RFC 7761 §4.6: the assert machines of (S,G) and (*,G), which leave one forwarder on a LAN.
#ifndef VXLAN_MULTICAST_PIM_ASSERT_H
#define VXLAN_MULTICAST_PIM_ASSERT_H

#include "ns3/pim-context.h"
#include "ns3/pim-words.h"

#include <optional>

namespace ns3
{

/** The events of the tables in §4.6.1 and §4.6.2, with their conditions. */
enum class PimAssertEvent : uint8_t
{
    // NoInfo
    RECEIVE_INFERIOR_ASSERT,     //!< and CouldAssert; (S,G): with the RPTbit clear. Also in Winner
    RECEIVE_ASSERT_WITH_RPT_BIT, //!< and CouldAssert(S,G,I): the source's tree is better
    DATA_ARRIVES,                //!< from S to G on I, and CouldAssert
    RECEIVE_ACCEPTABLE_ASSERT,   //!< and AssertTrackingDesired; (S,G): with the RPTbit clear
    // Winner
    ASSERT_TIMER_EXPIRES,     //!< also in Loser
    RECEIVE_PREFERRED_ASSERT, //!< also in Loser
    COULD_ASSERT_FALSE,
    // Loser
    RECEIVE_ACCEPTABLE_ASSERT_FROM_WINNER,
    RECEIVE_INFERIOR_ASSERT_FROM_WINNER, //!< or an AssertCancel
    WINNER_LOST,                         //!< its GenID changed, or it is gone
    TRACKING_DESIRED_FALSE,
    METRIC_BECOMES_BETTER,
    RPF_INTERFACE_CHANGES, //!< it stops being I
    RECEIVE_JOIN,          //!< Join(S,G) or Join(*,G) on I
    INTERFACE_DOWN         //!< in every state; not in the RFC's table
};

template <>
struct EnumNames<PimAssertEvent>
{
    static constexpr const char* NAMES[] = {"ReceiveInferiorAssert",
                                            "ReceiveAssertWithRPTbit",
                                            "DataArrives",
                                            "ReceiveAcceptableAssert",
                                            "AssertTimerExpires",
                                            "ReceivePreferredAssert",
                                            "CouldAssertFalse",
                                            "ReceiveAcceptableAssertFromWinner",
                                            "ReceiveInferiorAssertFromWinner",
                                            "WinnerLost",
                                            "AssertTrackingDesiredFalse",
                                            "MyMetricBecomesBetter",
                                            "RPFInterfaceChanges",
                                            "ReceiveJoin",
                                            "InterfaceDown"};
};

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
    /** Recomputes CouldAssert, AssertTrackingDesired, the metric and RPF_interface. */
    void Update(PimGroup& g);
    void Update(PimGroup& g, PimSource& s);
    /** Receive Join(*,G) or Join(S,G) on the interface: ends a lost assert. */
    void JoinReceived(SourceGroup key, PimTreeState& entry, uint32_t interface);
    /** The neighbour's GenID changed, or it is gone: asserts it won are void. */
    void WinnerLost(uint32_t interface, Ipv4Address neighbor);
    /** All asserts on an interface that went down are void. */
    void ForgetInterface(uint32_t interface);

  private:
    using State = PimAssertState;
    using Event = PimAssertEvent;

    /** One machine. */
    struct Instance
    {
        SourceGroup key;
        PimTreeState& entry;
        uint32_t interface;
    };

    /** What came with an event. */
    struct Cause
    {
        PimAssertMetric metric;                    //!< of an Assert received
        Ipv4Address source{Ipv4Address::GetAny()}; //!< of data
    };

    /** The tables of §4.6.1 and §4.6.2. */
    void HandleEvent(const Instance& at, PimAssertEvent event, const Cause& cause);
    void HandleNoInfo(const Instance& at, PimAssertEvent event, const Cause& cause);
    void HandleWinner(const Instance& at, PimAssertEvent event, const Cause& cause);
    void HandleLoser(const Instance& at, PimAssertEvent event, const Cause& cause);

    bool ReceiveSg(const PimAssertMetric& metric, SourceGroup key, uint32_t interface);
    void ReceiveStarG(const PimAssertMetric& metric, PimGroup& g, uint32_t interface);
    std::optional<PimAssertEvent> ClassifySg(const PimAssertMetric& metric,
                                             const PimGroup& g,
                                             const PimSource& s,
                                             uint32_t interface) const;
    std::optional<PimAssertEvent> ClassifyStarG(const PimAssertMetric& metric,
                                                const PimGroup& g,
                                                uint32_t interface) const;
    static PimAssertEvent ClassifyAsWinner(const PimAssertMetric& metric,
                                           const PimAssertMetric& mine);
    static std::optional<PimAssertEvent> ClassifyAsLoser(const PimAssertMetric& metric,
                                                         const PimAssertMetric& mine,
                                                         const PimAssertRecord& record,
                                                         bool isStarG);
    void Update(const Instance& at, bool couldAssert, bool trackingDesired);

    void Win(const Instance& at, Ipv4Address source = Ipv4Address::GetAny());
    void Lose(const Instance& at, const PimAssertMetric& winner);
    void EnterNoInfo(const Instance& at);
    void SetSptBit(const Instance& at);
    PimAssertMetric MyMetric(const Instance& at) const;
    void Send(const Instance& at,
              const PimAssertMetric& metric,
              Ipv4Address source = Ipv4Address::GetAny());
    void Report(PimNotice notice, SourceGroup key, Ipv4Address other) const;

    PimContext& m_context;
};

} // namespace ns3

#endif
