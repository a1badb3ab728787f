// SPDX-License-Identifier: GPL-2.0-only
// How a VTEP learns where to send frames. RFC 7348 §4.2 floods to a multicast group and learns from
// the frames that arrive; it leaves room for control planes, and each is a class derived from the
// one below, in a file of its own.
#ifndef VXLAN_MULTICAST_VXLAN_CONTROL_PLANE_H
#define VXLAN_MULTICAST_VXLAN_CONTROL_PLANE_H

#include "ns3/ethernet-header.h"
#include "ns3/ipv4-address.h"
#include "ns3/mac48-address.h"
#include "ns3/net-device.h"
#include "ns3/node.h"
#include "ns3/object.h"
#include "ns3/packet.h"
#include "ns3/vxlan-fdb.h"

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

namespace ns3
{

/**
 * One VNI on one node, as its control plane sees it. All of it stays valid until
 * VxlanControlPlane::Stop. A test fills in what it needs.
 */
struct VxlanVtep
{
    Ptr<Node> node;
    Ptr<NetDevice> device;                      //!< the VXLAN device
    std::string deviceName;                     //!< as `ip link` calls the device
    uint32_t vni{0};                            //!< VXLAN network identifier, 24 bits
    Ipv4Address address{Ipv4Address::GetAny()}; //!< outer source; any: the underlay has none yet
    VxlanFdb* fdb{nullptr};                     //!< where frames go
    /** Joins (true) or leaves (false) a group on the underlay. */
    std::function<void(Ipv4Address group, bool join)> setMembership;
    /** Joins or leaves one source of a group on the underlay: SSM. */
    std::function<void(Ipv4Address group, Ipv4Address source, bool join)> setSource;
    /** Hands a whole Ethernet frame to this side, as if it had come out of the tunnel; nothing is
     * learned from it. */
    std::function<void(Ptr<const Packet> frame)> deliverLocally;
    /** Encapsulates a whole Ethernet frame to one VTEP or group, whatever the FDB says. */
    std::function<void(Ptr<const Packet> frame, Ipv4Address destination)> sendTo;
    /** Counts and traces a frame that the control plane drops: reasons of its own. */
    std::function<void(Ptr<const Packet> frame, const std::string& reason)> reportDrop;
    /** Traces an event of the control plane. */
    std::function<void(const std::string& event, const std::string& detail)> reportEvent;
};

/** An IP address behind another VTEP that ARP suppression answers for: neighbors.csv. */
struct VxlanNeighbor
{
    Ipv4Address ip{Ipv4Address::GetAny()};
    Mac48Address mac;
    Ipv4Address vtep{Ipv4Address::GetAny()};
};

/** What becomes of a frame that no unicast entry covers. */
struct VxlanVerdict
{
    enum class Action
    {
        FLOOD,    //!< to the destinations of the inner group, else to the default destinations
        CONSUMED, //!< answered, kept or dropped: not sent
        SEND      //!< a copy to each of `destinations`
    };

    Action action{Action::FLOOD};
    std::vector<Ipv4Address> destinations; //!< VTEPs or groups; for SEND only
};

/**
 * Decides where the frames of one VNI on one VTEP go, by keeping the device's VxlanFdb and, if it
 * likes, by looking at frames first. Each device has an object of its own; what all VNIs of a node
 * share (a BGP speaker, a connection to a controller) is an object on the node, which the derived
 * class finds through VxlanVtep::node.
 *
 * To add one: derive, implement Start and Stop, and register the TypeId;
 * VxlanHelper::SetControlPlane then takes its ObjectFactory.
 */
class VxlanControlPlane : public Object
{
  public:
    static TypeId GetTypeId();

    /** The device starts. \param vtep stays valid until Stop; copy it to keep it */
    virtual void Start(const VxlanVtep& vtep) = 0;
    /** The device stops: undoes what was set in the FDB and on the underlay. */
    virtual void Stop() = 0;

    /** \returns whether addresses are to be learned from the frames of the tunnel. */
    virtual bool LearnsFromFrames() const;

    /** \returns whether NotifyLocalAddress is to be called; it costs a lookup per frame sent. */
    virtual bool NeedsLocalAddresses() const;
    /**
     * An address is on this side: the device's own at Start, and each one as its first frame, or
     * first ARP packet with that IP address, is sent.
     * \param mac the address
     * \param ip an IP address of it, or any: none is known yet
     */
    virtual void NotifyLocalAddress(Mac48Address mac, Ipv4Address ip);
    /** \p mac and its IP addresses are on this side no longer: aged out, or the port went down. */
    virtual void NotifyLocalAddressGone(Mac48Address mac);

    /**
     * Asked before a frame is sent that no unicast entry covers: broadcast, multicast, unknown
     * unicast.
     * \param frame the whole Ethernet frame
     * \param header its header
     * \returns FLOOD unless overridden
     */
    virtual VxlanVerdict Intercept(Ptr<const Packet> frame, const EthernetHeader& header);
    /** \returns whether Intercept is asked for frames that a unicast entry covers as well: a switch
     * that forwards by tables of its own. */
    virtual bool InterceptsUnicast() const;
    /**
     * Asked before a well-formed frame from the tunnel is learned from and delivered.
     * \param frame the whole Ethernet frame
     * \param header its header
     * \param vtep the outer source
     * \returns whether it goes on to this side; true unless overridden
     */
    virtual bool Admit(Ptr<const Packet> frame, const EthernetHeader& header, Ipv4Address vtep);

    /** \returns what ARP requests are answered from, learned from frames; none unless overridden.
     * Those of routes, a controller and a map server are in these protocols' own tables. */
    virtual std::vector<VxlanNeighbor> GetLearnedNeighbors() const;
};

} // namespace ns3

#endif
