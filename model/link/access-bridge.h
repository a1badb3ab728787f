// SPDX-License-Identifier: GPL-2.0-only
// IEEE 802.1D §7: a learning bridge between devices of one node. Unlike ns3::BridgeNetDevice its
// ports can lose their carrier, which makes it forget the addresses behind them, as in Linux.
// Departure: no spanning tree.
#ifndef VXLAN_MULTICAST_ACCESS_BRIDGE_H
#define VXLAN_MULTICAST_ACCESS_BRIDGE_H

#include "ns3/mac48-address.h"
#include "ns3/net-device.h"
#include "ns3/node.h"
#include "ns3/nstime.h"
#include "ns3/object.h"
#include "ns3/packet.h"

#include <cstddef>
#include <map>
#include <vector>

namespace ns3
{

/**
 * Forwards frames between its ports. A VXLAN device may be one of them: what it receives from the
 * tunnel goes to the access ports, and what they send may go into the tunnel.
 */
class AccessBridge : public Object
{
  public:
    static TypeId GetTypeId();

    /** \param port a device of a node that supports SendFrom; the same node for all ports */
    void AddPort(Ptr<NetDevice> port);
    /** Carrier comes or goes. Without it, nothing is forwarded from or to \p port. */
    void SetPortUp(Ptr<NetDevice> port, bool isUp);

    /** The bridge's node crashes or boots: down, it forwards nothing and forgets all addresses. */
    void SetUp(bool isUp);

    /** \p mac is behind \p port if it is anywhere: what was learned of another port is wrong. */
    void ForgetElsewhere(Mac48Address mac, Ptr<NetDevice> port);
    /** \returns the port that \p mac is behind, or null. */
    Ptr<NetDevice> Find(Mac48Address mac) const;
    /** \returns the addresses behind \p port, in order. */
    std::vector<Mac48Address> GetAddresses(Ptr<NetDevice> port) const;

  protected:
    void DoDispose() override;

  private:
    struct Entry
    {
        Ptr<NetDevice> port;
        Time seen{0};
    };

    void Receive(Ptr<NetDevice> port,
                 Ptr<const Packet> packet,
                 uint16_t protocol,
                 const Address& source,
                 const Address& destination,
                 NetDevice::PacketType type);
    static void Send(Ptr<NetDevice> port,
                     Ptr<const Packet> packet,
                     const Address& source,
                     const Address& destination,
                     uint16_t protocol);

    std::map<Ptr<NetDevice>, bool> m_up;
    std::vector<Ptr<NetDevice>> m_ports; //!< in the order of their adding
    std::map<Mac48Address, Entry> m_entries;
    Time m_ageing;
    bool m_isUp{true};
};

} // namespace ns3

#endif
