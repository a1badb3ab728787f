// SPDX-License-Identifier: GPL-2.0-only
// The rows of the tables that snapshots fill, as structs (doc/vxlan-lab.rst explains the columns).
// The columns `snapshot` and `time_s`, which all of them begin with, are not part of the structs.
#ifndef VXLAN_MULTICAST_STATE_ROWS_H
#define VXLAN_MULTICAST_STATE_ROWS_H

#include "ns3/evpn-rows.h"
#include "ns3/igmp-protocol.h"
#include "ns3/link-meter.h"
#include "ns3/pim-tib-rows.h"
#include "ns3/row-columns.h"
#include "ns3/vxlan-fdb.h"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace ns3
{

/** A next hop of a unicast route: routes.csv. */
struct RouteRow
{
    static constexpr const char* TABLE = "routes";
    static const std::vector<RowColumn<RouteRow>>& GetColumns();

    std::string node;
    std::string prefix;
    uint32_t metric{0};
    std::optional<Ipv4Address> nextHop; //!< none where connected
    std::string interface;
    std::string protocol;
};

/** An RP that a router knows: rp.csv. A BSR that has named no RP yet has a row without one. */
struct RpRow
{
    static constexpr const char* TABLE = "rp";
    static const std::vector<RowColumn<RpRow>>& GetColumns();

    std::string node;
    std::optional<Ipv4Address> bsr;
    std::optional<uint8_t> bsrPriority;
    std::optional<Ipv4Address> rp;
    std::string groupPrefix;
    std::optional<uint8_t> rpPriority;
    std::optional<uint16_t> holdtime; //!< in seconds; none for a static RP
};

/** A group with members on a querier's interface: igmp.csv. */
struct IgmpRow
{
    static constexpr const char* TABLE = "igmp";
    static const std::vector<RowColumn<IgmpRow>>& GetColumns();

    std::string node;
    std::string interface;
    Ipv4Address group;
    IgmpFilterMode mode{IgmpFilterMode::INCLUDE};
    std::vector<Ipv4Address> sources; //!< included or excluded, ascending
    Ipv4Address lastReporter;
};

/** A (*,G), (S,G) or (S,G,rpt) entry: tib.csv. */
struct TibRow
{
    static constexpr const char* TABLE = "tib";
    static const std::vector<RowColumn<TibRow>>& GetColumns();

    std::string node;
    PimTibRow::Kind kind{PimTibRow::Kind::STAR_G};
    std::optional<Ipv4Address> source; //!< none in a (*,G) entry
    Ipv4Address group;
    std::optional<Ipv4Address> rp;
    std::string upstreamInterface; //!< empty at the RP
    std::optional<Ipv4Address> upstreamNeighbor;
    std::string upstreamState;
    std::string outgoingInterfaces; //!< inherited ones, with blanks between
    std::string registerState;      //!< empty unless the entry registers
};

/** An entry of a forwarding cache: mfc.csv. */
struct MfcRow
{
    static constexpr const char* TABLE = "mfc";
    static const std::vector<RowColumn<MfcRow>>& GetColumns();

    std::string node;
    std::optional<Ipv4Address> source; //!< none in a (*,G) entry
    Ipv4Address group;
    std::string incomingInterface;
    std::string outgoingInterfaces; //!< with blanks between; the Register tunnel is `register`
    uint64_t packets{0};
    uint64_t bytes{0};
};

/** An entry of a VXLAN device's forwarding database: fdb.csv. */
struct FdbRow
{
    static constexpr const char* TABLE = "fdb";
    static const std::vector<RowColumn<FdbRow>>& GetColumns();

    std::string node;
    std::string device;
    uint32_t vni{0};
    Mac48Address mac; //!< all zeros: where floods go
    Ipv4Address vtep;
    bool permanent{false};
    std::optional<Time> age;
    VxlanFdbOrigin origin{VxlanFdbOrigin::LEARNED};
};

/** A path of an EVPN route that a speaker holds: evpn.csv. */
struct EvpnRow
{
    static constexpr const char* TABLE = "evpn";
    static const std::vector<RowColumn<EvpnRow>>& GetColumns();

    std::string node;
    EvpnRouteRow route;
};

/** A flow of a switch: flows.csv. */
struct FlowRow
{
    static constexpr const char* TABLE = "flows";
    static const std::vector<RowColumn<FlowRow>>& GetColumns();

    std::string node;
    uint32_t table{0};
    uint16_t priority{0};
    std::string match;   //!< in ovs-ofctl's words
    std::string actions; //!< in ovs-ofctl's words
    uint64_t packets{0};
    uint64_t bytes{0};
};

/** What ARP suppression answers from: neighbors.csv. */
struct NeighborRow
{
    static constexpr const char* TABLE = "neighbors";
    static const std::vector<RowColumn<NeighborRow>>& GetColumns();

    std::string node;
    uint32_t vni{0};
    Ipv4Address ip;
    Mac48Address mac;
    std::optional<Ipv4Address> vtep;             //!< none: not known, or several
    VxlanFdbOrigin origin{VxlanFdbOrigin::EVPN}; //!< the control plane
};

/** An (S,G) in an SA cache, or one that an RP advertises itself: msdp.csv. */
struct MsdpRow
{
    static constexpr const char* TABLE = "msdp";
    static const std::vector<RowColumn<MsdpRow>>& GetColumns();

    std::string node;
    Ipv4Address source;
    Ipv4Address group;
    Ipv4Address rp;
    std::optional<Ipv4Address> peer; //!< who sent it; none of its own
};

/** Control messages with one peer since the previous snapshot: control.csv. */
struct ControlRow
{
    static constexpr const char* TABLE = "control";
    static const std::vector<RowColumn<ControlRow>>& GetColumns();

    std::string node;
    std::string peer;
    std::string protocol;
    std::string direction; //!< `sent`, `received`
    std::string message;
    uint64_t count{0};
    uint64_t bytes{0}; //!< without TCP or UDP headers
};

/** What one sender put on a link since the previous snapshot: links.csv. */
struct LinkRow
{
    static constexpr const char* TABLE = "links";
    static const std::vector<RowColumn<LinkRow>>& GetColumns();

    std::string network;
    std::string from;
    LinkClass linkClass{LinkClass::OTHER};
    uint64_t packets{0};
    uint64_t bytes{0}; //!< of IP
};

/** Encapsulated frames that one sender put on a link since the previous snapshot: overlay.csv. */
struct OverlayRow
{
    static constexpr const char* TABLE = "overlay";
    static const std::vector<RowColumn<OverlayRow>>& GetColumns();

    std::string network;
    std::string from;
    OverlayFrame frame;
    uint64_t packets{0};
    uint64_t bytes{0}; //!< of the outer IP packets
};

} // namespace ns3

#endif
