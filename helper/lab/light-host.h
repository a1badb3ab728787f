// SPDX-License-Identifier: GPL-2.0-only
// A host without ns-3's Internet stack, for studies with thousands: it answers ARP (RFC 826) and ICMP
// echo (RFC 792, RFC 1122 §3.2.2.6) for one address, and can ping. Departures: no fragments, no
// other protocols, one subnet; ARP entries do not age.
#ifndef VXLAN_MULTICAST_LIGHT_HOST_H
#define VXLAN_MULTICAST_LIGHT_HOST_H

#include "ns3/echo-source.h"
#include "ns3/event-id.h"
#include "ns3/ipv4-header.h"
#include "ns3/mac48-address.h"
#include "ns3/net-device.h"
#include "ns3/node.h"
#include "ns3/packet.h"

#include <map>
#include <vector>

namespace ns3
{

/** The host behind one device. */
class LightHost : public EchoSource
{
  public:
    static constexpr uint32_t MAX_PENDING = 10; //!< packets that wait for an address
    static constexpr int ARP_ATTEMPTS = 3;      //!< a second apart, as ns-3's ArpCache

    /** \param device on a node that has no stack; it and \p mask outlive this object */
    LightHost(Ptr<NetDevice> device, Ipv4Address address, Ipv4Mask mask);
    LightHost(const LightHost&) = delete;
    LightHost& operator=(const LightHost&) = delete;

    // EchoSource
    uint16_t Open(ReplyCallback replied) override;
    bool
    SendRequest(uint16_t identifier, uint16_t sequence, Ipv4Address to, uint32_t size) override;

  private:
    /** Packets that wait until an address is resolved. */
    struct Resolution
    {
        std::vector<Ptr<Packet>> pending;
        int attempts{0};
        EventId retry;
    };

    void ReceiveArp(Ptr<NetDevice> device,
                    Ptr<const Packet> packet,
                    uint16_t protocol,
                    const Address& from,
                    const Address& to,
                    NetDevice::PacketType type);
    void ReceiveIp(Ptr<NetDevice> device,
                   Ptr<const Packet> packet,
                   uint16_t protocol,
                   const Address& from,
                   const Address& to,
                   NetDevice::PacketType type);
    void ReceiveIcmp(Ptr<Packet> packet, Ipv4Address from, uint8_t ttl);
    void Learn(Ipv4Address ip, Mac48Address mac);
    void Resolve(Ipv4Address ip);
    /** Sends an ICMP message, as soon as the address of \p to is known. */
    void SendIcmp(Ptr<Packet> message, Ipv4Address to);

    Ptr<NetDevice> m_device;
    Ipv4Address m_address;
    Ipv4Mask m_mask;
    uint16_t m_identification{0};
    std::map<Ipv4Address, Mac48Address> m_neighbors;
    std::map<Ipv4Address, Resolution> m_resolutions;
    std::vector<ReplyCallback> m_series; //!< identifier - 1
};

} // namespace ns3

#endif
