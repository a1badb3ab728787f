// SPDX-License-Identifier: GPL-2.0-only
// ARP suppression where no control plane tells who has an address: a VTEP remembers the senders of
// the ARP packets that come out of the tunnel and answers for them, as switches that snoop ARP do.
// Unlike a route, what was heard may be old: an address whose MAC is no longer known behind a VTEP
// is asked for again.
#ifndef VXLAN_MULTICAST_VXLAN_ARP_PROXY_H
#define VXLAN_MULTICAST_VXLAN_ARP_PROXY_H

#include "ns3/ethernet-header.h"
#include "ns3/ipv4-address.h"
#include "ns3/mac48-address.h"
#include "ns3/packet.h"
#include "ns3/vxlan-control-plane.h"
#include "ns3/vxlan-fdb.h"

#include <map>
#include <vector>

namespace ns3
{

/** What one VNI of a VTEP has heard of remote addresses. */
class VxlanArpProxy
{
  public:
    /** A frame comes out of the tunnel. \param frame whole, with \p header */
    void Hear(Ptr<const Packet> frame, const EthernetHeader& header);
    /**
     * A frame is about to be flooded.
     * \returns the answer to it, a whole frame, if it asks for an address that was heard and whose
     * MAC \p fdb knows; else null
     */
    Ptr<Packet> Answer(Ptr<const Packet> frame,
                       const EthernetHeader& header,
                       const VxlanFdb& fdb) const;
    /** \returns what would be answered, by address. */
    std::vector<VxlanNeighbor> GetNeighbors(const VxlanFdb& fdb) const;
    void Clear();

  private:
    std::map<Ipv4Address, Mac48Address> m_heard;
};

} // namespace ns3

#endif
