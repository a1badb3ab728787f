// SPDX-License-Identifier: GPL-2.0-only
// A scenario, read and checked: what happens when, on which topology. Plain data.
#ifndef VXLAN_MULTICAST_SCENARIO_H
#define VXLAN_MULTICAST_SCENARIO_H

#include "ns3/input-error.h"
#include "ns3/ipv4-address.h"
#include "ns3/nstime.h"

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <variant>
#include <vector>

namespace ns3
{

/** A host starts to take a group, from any source or from those named (IGMPv3 INCLUDE). */
struct JoinAction
{
    std::string node;
    Ipv4Address group;
    std::string interface; //!< empty: the node's first
    std::vector<Ipv4Address> sources;
};

/** A host stops to take a group, or only some sources of it. */
struct LeaveAction
{
    std::string node;
    Ipv4Address group;
    std::string interface; //!< empty: every interface
    std::vector<Ipv4Address> sources;
};

/** A host sends UDP packets with sequence numbers to a group. */
struct SendAction
{
    std::string node;
    Ipv4Address group;
    std::string name;
    std::string interface; //!< empty: the node's first
    Time interval;         //!< from packet to packet
    uint32_t size{1470};   //!< UDP payload bytes
    uint8_t ttl{64};
    uint16_t port{5001};
    std::optional<Time> until; //!< no packet is sent then or later
    std::optional<uint64_t> packets;
};

/** One VNI's devices on several nodes. */
struct VxlanAction
{
    std::vector<std::string> nodes;
    std::string name;
    uint32_t vni{0};
    std::string control; //!< a name of control-planes.h: how the devices find remote VTEPs
    Ipv4Address group{Ipv4Address::GetAny()};
    std::vector<Ipv4Address> remotes;
    std::optional<uint8_t> ttl;
    std::string dev; //!< empty: the node's first
    uint16_t port{4789};
    std::vector<std::pair<Ipv4Address, Ipv4Mask>> addresses; //!< none, or one per node
    std::optional<Time> ageing;
    std::optional<bool> learning;
    std::optional<uint16_t> mtu;
    std::optional<std::pair<uint16_t, uint16_t>> sourcePorts;
};

/** ICMP echo requests. */
struct PingAction
{
    std::string node;
    Ipv4Address to;
    uint32_t count{3};
    Time interval{Seconds(1)};
    uint32_t size{56}; //!< ICMP data bytes
};

/** What a flood's frames are. */
enum class FloodKind
{
    Arp,
    UnknownUnicast,
    Broadcast,
    Multicast
};

/** Ethernet frames that a VXLAN device must flood. */
struct FloodAction
{
    std::string node;
    std::string device;
    uint64_t frames{1};
    Time interval{MilliSeconds(10)};
    FloodKind kind{FloodKind::Broadcast};
};

/** Every interface on some networks goes down or up. */
struct LinkAction
{
    std::vector<std::size_t> networks;
    bool up{false};
};

/** A node crashes or boots. */
struct NodeAction
{
    std::string name;
    bool up{false};
};

/** Receivers on some networks lose packets. */
struct LossAction
{
    std::vector<std::size_t> networks;
    double rate{0};
    std::optional<Time> until;
};

struct ShowAction
{
    std::string node;
    std::string what;
};

struct SnapshotAction
{
    std::string name;
};

/** What a table must hold at that time. */
struct ExpectAction
{
    std::string table;
    std::vector<std::pair<std::string, std::string>> where;  //!< column, cell: which rows
    std::vector<std::pair<std::string, std::string>> equals; //!< each row: column = cell
    std::vector<std::pair<std::string, double>> atLeast;     //!< each row: column >= number
    std::vector<std::pair<std::string, double>> atMost;      //!< each row: column <= number
    std::optional<uint64_t> rows;                            //!< how many rows there are
};

/** What a figure shows. */
enum class FigureKind
{
    Topology,
    RpElection,
    RpTree,
    ViaRp,
    Spt
};

/** A picture of the state at that time (drawn with --figures). */
struct FigureAction
{
    FigureKind kind{FigureKind::Topology};
    std::string name; //!< the file's name without `.svg`
    Ipv4Address group{Ipv4Address::GetAny()};
    Ipv4Address source{Ipv4Address::GetAny()}; //!< any: every source
};

using Action = std::variant<JoinAction,
                            LeaveAction,
                            SendAction,
                            VxlanAction,
                            PingAction,
                            FloodAction,
                            LinkAction,
                            NodeAction,
                            LossAction,
                            ShowAction,
                            SnapshotAction,
                            ExpectAction,
                            FigureAction>;

struct ScenarioEvent
{
    Time at;
    int line{0};
    Action action;
};

/** An ns-3 attribute default, checked: `ns3::PimSmRouting::SptThreshold` and a value's text. */
struct AttributeSetting
{
    std::string name;
    std::string value;
    int line{0};
};

struct Scenario
{
    std::string file;
    Time duration;
    std::vector<AttributeSetting> defaults;
    std::map<std::string, std::vector<AttributeSetting>> nodes; //!< by node name
    std::string trees{"spt"};
    bool staticUnderlay{false};
    std::vector<ScenarioEvent> events; //!< by time, then as in the file
};

} // namespace ns3

#endif
