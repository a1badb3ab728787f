// SPDX-License-Identifier: GPL-2.0-only
// RFC 7761 §4.1: the Tree Information Base, the state of (*,G), (S,G) and (S,G,rpt) entries. Plain
// data, ordered by (G,S), with an index from RPF targets to the entries that hang on them. Timers
// are deadlines in one heap, by PimTimerKey.
#ifndef VXLAN_MULTICAST_PIM_TREE_INFORMATION_BASE_H
#define VXLAN_MULTICAST_PIM_TREE_INFORMATION_BASE_H

#include "ns3/enum-names.h"
#include "ns3/flat-key-map.h"
#include "ns3/interface-set.h"
#include "ns3/ipv4-address.h"
#include "ns3/nstime.h"
#include "ns3/source-group.h"

#include <boost/container/flat_map.hpp>

#include <cstdint>
#include <map>
#include <set>
#include <tuple>
#include <vector>

namespace ns3
{

/** The interface that is none: RPF_interface(RP(G)) at the RP, or without a route. */
constexpr uint32_t PIM_NO_INTERFACE = UINT32_MAX;

/** Downstream per-interface state of (*,G) and (S,G), §4.5.1 and §4.5.2. */
enum class PimJoinState : uint8_t
{
    NO_INFO,
    JOIN,
    PRUNE_PENDING
};

/** Downstream per-interface state of (S,G,rpt), §4.5.3. */
enum class PimRptPruneState : uint8_t
{
    NO_INFO,
    PRUNE,
    PRUNE_PENDING,
    PRUNE_TMP,        //!< P': while a message that began with Join(*,G) is read
    PRUNE_PENDING_TMP //!< PP'
};

/** Upstream state of (*,G) and (S,G), §4.5.4 and §4.5.5. */
enum class PimUpstreamState : uint8_t
{
    NOT_JOINED,
    JOINED
};

/** Upstream state of (S,G,rpt), §4.5.7. */
enum class PimRptUpstreamState : uint8_t
{
    RPT_NOT_JOINED,
    NOT_PRUNED,
    PRUNED
};

/** Per-interface assert state, §4.6. */
enum class PimAssertState : uint8_t
{
    NO_INFO,
    WINNER,
    LOSER
};

/** The DR's register state of (S,G), §4.4.1. */
enum class PimRegisterState : uint8_t
{
    NO_INFO,
    JOIN,
    JOIN_PENDING,
    PRUNE
};

template <>
struct EnumNames<PimJoinState>
{
    static constexpr const char* NAMES[] = {"NoInfo", "Join", "PrunePending"};
};

template <>
struct EnumNames<PimRptPruneState>
{
    static constexpr const char* NAMES[] = {"NoInfo",
                                            "Prune",
                                            "PrunePending",
                                            "PruneTmp",
                                            "PrunePendingTmp"};
};

template <>
struct EnumNames<PimUpstreamState>
{
    static constexpr const char* NAMES[] = {"NotJoined", "Joined"};
};

template <>
struct EnumNames<PimRptUpstreamState>
{
    static constexpr const char* NAMES[] = {"RPTNotJoined", "NotPruned", "Pruned"};
};

template <>
struct EnumNames<PimAssertState>
{
    static constexpr const char* NAMES[] = {"NoInfo", "Winner", "Loser"};
};

template <>
struct EnumNames<PimRegisterState>
{
    static constexpr const char* NAMES[] = {"NoInfo", "Join", "JoinPending", "Prune"};
};

/** assert_metric, §4.6.3. */
struct PimAssertMetric
{
    bool rpt{true};
    uint32_t preference{0x7fffffff};
    uint32_t metric{0xffffffff};
    Ipv4Address address{Ipv4Address::GetAny()};

    /** \returns infinite_assert_metric(), which is also what this struct starts as. */
    static PimAssertMetric Infinite()
    {
        return {};
    }

    bool IsInfinite() const
    {
        return rpt && preference == 0x7fffffff && metric == 0xffffffff;
    }

    /** Lower rpt flag, preference, metric win in that order; then the higher address. */
    bool IsBetterThan(const PimAssertMetric& other) const
    {
        return std::make_tuple(rpt, preference, metric, ~address.Get()) <
               std::make_tuple(other.rpt, other.preference, other.metric, ~other.address.Get());
    }
};

/** The assert record of one entry on one interface. */
struct PimAssertRecord
{
    PimAssertState state{PimAssertState::NO_INFO};
    Ipv4Address winner{Ipv4Address::GetAny()}; //!< AssertWinner; any: NULL
    PimAssertMetric metric;                    //!< AssertWinnerMetric
    bool onRpfInterface{false};                //!< lost on what was RPF_interface then
};

/** The route to an RP or source, by the MRIB. */
struct PimRpfState
{
    uint32_t interface = PIM_NO_INTERFACE;      //!< RPF_interface
    Ipv4Address nextHop{Ipv4Address::GetAny()}; //!< MRIB.next_hop
    uint32_t metric{0xffffffff};                //!< MRIB.metric
    uint32_t preference{0x7fffffff};            //!< MRIB.pref
    bool directlyConnected{false};              //!< the target is on the link itself

    friend bool operator==(const PimRpfState& a, const PimRpfState& b)
    {
        return a.interface == b.interface && a.nextHop == b.nextHop && a.metric == b.metric &&
               a.preference == b.preference && a.directlyConnected == b.directlyConnected;
    }
};

/** The RPF' that joins were last sent to, so that a change is seen. */
struct PimUpstreamNeighbor
{
    uint32_t interface = PIM_NO_INTERFACE;
    Ipv4Address address{Ipv4Address::GetAny()}; //!< any: NULL
    bool byAssert{false};                       //!< it is an assert winner, not the MRIB's choice

    friend bool operator==(const PimUpstreamNeighbor& a, const PimUpstreamNeighbor& b)
    {
        return a.interface == b.interface && a.address == b.address && a.byAssert == b.byAssert;
    }
};

/** What (*,G) and (S,G) have in common. */
struct PimTreeState
{
    boost::container::flat_map<uint32_t, PimJoinState> downstream;
    boost::container::flat_map<uint32_t, PimAssertRecord> asserts;
    PimUpstreamState upstream{PimUpstreamState::NOT_JOINED};
    PimRpfState rpf;
    PimUpstreamNeighbor neighbor;
    InterfaceSet interfaces;                      //!< with state, members or the RPF
    Ipv4Address rpfTarget{Ipv4Address::GetAny()}; //!< target whose index names this entry
};

/** An (S,G) entry and its (S,G,rpt) companion. */
struct PimSource : PimTreeState
{
    Ipv4Address source{Ipv4Address::GetAny()};
    bool sptBit{false};     //!< SPTbit(S,G)
    bool keepalive{false};  //!< KeepaliveTimer(S,G) is running
    bool named{false};      //!< a local member names this source, to include or exclude it
    bool registered{false}; //!< its DR registers with this router, the RP, while keepalive is set
    bool external{false};   //!< another RP has it, as MSDP says
    bool isReported{false}; //!< MSDP has been told that it is this RP's
    PimRegisterState registerState{PimRegisterState::NO_INFO};
    Ipv4Address registerRp{Ipv4Address::GetAny()}; //!< the far end of the Register tunnel
    boost::container::flat_map<uint32_t, PimRptPruneState> rptDownstream;
    PimRptUpstreamState rptUpstream{PimRptUpstreamState::RPT_NOT_JOINED};
    bool rptDiverges{false}; //!< RPF'(S,G,rpt) was not RPF'(*,G) when last seen

    /** \returns true when anything of (S,G) is more than default state. */
    bool HasSgState() const
    {
        return !downstream.empty() || !asserts.empty() || keepalive ||
               upstream == PimUpstreamState::JOINED || registerState != PimRegisterState::NO_INFO;
    }

    /** \returns true when anything of (S,G,rpt) is more than default state. */
    bool HasRptState() const
    {
        return !rptDownstream.empty() || rptUpstream == PimRptUpstreamState::PRUNED;
    }
};

/** How a group is routed, by its RP. */
enum class PimMode : uint8_t
{
    UNKNOWN, //!< it may be bidirectional elsewhere: only what is joined by source is forwarded
    NO_RP,   //!< no RP is known any more: (S,G) works, (*,G) goes nowhere
    SPARSE,  //!< PIM-SM
    BIDIRECTIONAL, //!< RFC 5015
    SSM            //!< RFC 7761 §4.8: (S,G) alone
};

/** What the sources of a group take over from (*,G): when it changes, they are recomputed. */
struct PimInherited
{
    InterfaceSet joins;   //!< joins(*,G)
    InterfaceSet include; //!< pim_include(*,G)
    InterfaceSet olist;   //!< immediate_olist(*,G)
    PimMode mode{PimMode::NO_RP};
    PimRpfState rpf;
    PimUpstreamNeighbor neighbor;
    PimUpstreamState upstream{PimUpstreamState::NOT_JOINED};
    Ipv4Address rp{Ipv4Address::GetAny()};
    bool hasAnycastPeers{false};

    friend bool operator==(const PimInherited& a, const PimInherited& b)
    {
        return a.joins == b.joins && a.include == b.include && a.olist == b.olist &&
               a.mode == b.mode && a.rpf == b.rpf && a.neighbor == b.neighbor &&
               a.upstream == b.upstream && a.rp == b.rp && a.hasAnycastPeers == b.hasAnycastPeers;
    }
};

/** All of a group: its (*,G) entry, and its sources in order. */
struct PimGroup : PimTreeState
{
    Ipv4Address group{Ipv4Address::GetAny()};
    PimMode mode{PimMode::NO_RP};
    Ipv4Address rp{Ipv4Address::GetAny()};        //!< RP(G); any when there is none
    bool iAmRp{false};                            //!< I_am_RP(G)
    bool hasAnycastPeers{false};                  //!< and others are, too (RFC 4610)
    Ipv4Address joinedRp{Ipv4Address::GetAny()};  //!< the RP that the last Join(*,G) named
    Ipv4Address learnedRp{Ipv4Address::GetAny()}; //!< from a Join(*,G), while no RP is known at all
    bool hasSenders{false}; //!< bidirectional: packets go up from here, though there is no Join
    InterfaceSet members;   //!< interfaces with any local member of the group
    PimInherited inherited; //!< as the sources last saw it
    std::map<uint32_t, PimSource> sources; //!< by address, host order

    /** \returns true when anything of (*,G) is more than default state. */
    bool HasStarState() const
    {
        return !downstream.empty() || !asserts.empty() || upstream == PimUpstreamState::JOINED;
    }
};

/** The timers of entries, by the RFC's names (§4.10). */
enum class PimTimer : uint8_t
{
    EXPIRY,            //!< ET of a (*,G) or (S,G) join
    PRUNE_PENDING,     //!< PPT
    RPT_EXPIRY,        //!< ET of an (S,G,rpt) prune
    RPT_PRUNE_PENDING, //!< PPT of an (S,G,rpt) prune
    ASSERT,            //!< AT
    ASSERT_LIMIT,      //!< no further data-driven Assert while it runs
    UPSTREAM_JOIN,     //!< JT
    OVERRIDE,          //!< OT
    KEEPALIVE,         //!< KAT
    REGISTER_STOP      //!< RST
};

/** Names one timer of one entry. */
struct PimTimerKey
{
    SourceGroup entry;
    PimTimer timer{PimTimer::EXPIRY};
    uint32_t interface = PIM_NO_INTERFACE; //!< of a per-interface timer

    friend bool operator<(const PimTimerKey& a, const PimTimerKey& b)
    {
        return std::tie(a.entry, a.timer, a.interface) < std::tie(b.entry, b.timer, b.interface);
    }
};

/** The table of all groups. */
class PimTreeInformationBase
{
  public:
    using Groups = std::map<uint32_t, PimGroup>;

    /** \returns the group, or nullptr. */
    PimGroup* FindGroup(Ipv4Address group);
    const PimGroup* FindGroup(Ipv4Address group) const;
    /** \returns the group, made when new. */
    PimGroup& GetOrAddGroup(Ipv4Address group);
    /** \returns the group, which must exist. */
    PimGroup& GetGroup(Ipv4Address group);
    const PimGroup& GetGroup(Ipv4Address group) const;
    /** \returns the source of the group, or nullptr. */
    PimSource* FindSource(SourceGroup key);
    /** \returns the source of the group, both of which must exist. */
    PimSource& GetSource(SourceGroup key);
    /** \returns the (*,G) or (S,G) entry, or nullptr. */
    PimTreeState* FindEntry(SourceGroup key);
    /** \returns the (*,G) or (S,G) entry, which must exist. */
    PimTreeState& GetEntry(SourceGroup key);
    /** \returns the source of the group, both made when new. */
    PimSource& GetOrAddSource(SourceGroup key);
    void EraseSource(SourceGroup key);
    void EraseGroup(Ipv4Address group);

    /** \returns all groups, in order. */
    const Groups& GetGroups() const
    {
        return m_groups;
    }

    /** \returns how many (*,G) and (S,G) entries there are. */
    std::size_t GetSize() const
    {
        return m_groups.size() + m_sources;
    }

    /** Notes on which \p interfaces and \p target the entry \p key hangs. */
    void
    Index(SourceGroup key, PimTreeState& entry, const InterfaceSet& interfaces, Ipv4Address target);
    /**
     * \returns the entries that have state, members or their RPF on \p interface, in order; found
     * by a look at all entries, as it is asked for only when an interface or neighbour changes
     */
    std::vector<SourceGroup> GetEntriesOfInterface(uint32_t interface) const;
    /** \returns the entries by the RP or source that they reach for, in order. */
    const std::map<uint32_t, std::set<SourceGroup>>& GetEntriesByTarget() const
    {
        return m_byTarget;
    }

  private:
    Groups m_groups;
    FlatKeyMap<PimGroup*> m_byAddress; //!< the same groups, which each packet and timer asks for
    std::size_t m_sources{0}; //!< of all groups
    std::map<uint32_t, std::set<SourceGroup>> m_byTarget;
};

} // namespace ns3

#endif
