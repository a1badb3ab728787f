// SPDX-License-Identifier: GPL-2.0-only
// The MAC and IP addresses on this side of a VXLAN device, for control planes that announce them.
// Ageing is the bridge's (IEEE 802.1Q, 300 s), in front of which the device is a port.
#ifndef VXLAN_MULTICAST_VXLAN_LOCAL_ADDRESSES_H
#define VXLAN_MULTICAST_VXLAN_LOCAL_ADDRESSES_H

#include "ns3/deadline-heap.h"
#include "ns3/ipv4-address.h"
#include "ns3/mac48-address.h"
#include "ns3/protocol-clock.h"

#include <functional>
#include <map>
#include <set>

namespace ns3
{

/** Remembers the local addresses of one device and notifies of each change. */
class VxlanLocalAddresses
{
  public:
    /** \param ip any: none is known yet */
    using Added = std::function<void(Mac48Address mac, Ipv4Address ip)>;
    using Gone = std::function<void(Mac48Address mac)>;

    /** \param clock the time; it outlives the table */
    VxlanLocalAddresses(ProtocolClock& clock, Added added, Gone gone);

    /** \param ageing how long a silent address is remembered; 0: permanently */
    void SetAgeing(Time ageing);

    /** Adds an address of the device itself, which does not age. \param ip any: none */
    void AddOwn(Mac48Address mac, Ipv4Address ip);
    /** A frame of \p mac is sent. \param ip the sender's IP address in an ARP packet, else any */
    void See(Mac48Address mac, Ipv4Address ip);
    /** \p mac has left, its port is down. \returns whether it was here */
    bool Remove(Mac48Address mac);
    bool Has(Mac48Address mac) const;

  private:
    struct Entry
    {
        std::set<Ipv4Address> ips;
        Time seen{0};
        bool own{false};
    };

    void Add(Mac48Address mac, Ipv4Address ip, bool own);
    void Expire(Mac48Address mac);

    ProtocolClock& m_clock;
    Added m_added;
    Gone m_gone;
    Time m_ageing{Seconds(300)};
    std::map<Mac48Address, Entry> m_entries;
    DeadlineHeap<Mac48Address> m_deadlines; //!< a lower bound: `seen` decides when it rings
};

} // namespace ns3

#endif
