// SPDX-License-Identifier: GPL-2.0-only
// RFC 5880 §6.3 (which session a packet is for), RFC 5881 (single hop, IPv4): the sessions of one
// node, without any knowledge of nodes or sockets. A session whose last client has gone is disabled
// and says so for a Detection Time (§6.8.16), then it is forgotten.
#ifndef VXLAN_MULTICAST_BFD_INSTANCE_H
#define VXLAN_MULTICAST_BFD_INSTANCE_H

#include "ns3/bfd-session.h"
#include "ns3/deadline-heap.h"

#include <map>
#include <memory>

namespace ns3
{

/** The sessions of one node. Made when the protocol starts, destroyed when it stops. */
class BfdInstance
{
  public:
    using Sessions = std::map<BfdSessionKey, std::unique_ptr<BfdSession>>;

    /** \param environment outlives the instance */
    explicit BfdInstance(BfdEnvironment& environment);

    /** Makes the session, or enables it again. */
    void Add(const BfdSessionKey& key, const BfdSessionConfig& config);
    /** Disables the session; no error if there is none. */
    void Remove(const BfdSessionKey& key);
    /** New intervals for the sessions of an interface. */
    void SetConfig(uint32_t interface, const BfdSessionConfig& config);
    /** The interface is down: its sessions are, without waiting. */
    void InterfaceDown(uint32_t interface);

    /** A datagram for port 3784. */
    void Receive(uint32_t interface, Ipv4Address source, uint8_t ttl, const BfdPacket& packet);

    const BfdSession* Find(const BfdSessionKey& key) const;
    const Sessions& GetSessions() const
    {
        return m_sessions;
    }

  private:
    BfdSession* FindFor(uint32_t interface, Ipv4Address source, const BfdPacket& packet);
    uint32_t ChooseDiscriminator();

    BfdEnvironment& m_environment;
    Sessions m_sessions;
    std::map<uint32_t, BfdSession*> m_byDiscriminator;
    DeadlineHeap<BfdSessionKey> m_leaving; //!< disabled sessions that are still announced
    uint16_t m_nextPort{BfdPacket::FIRST_SOURCE_PORT};
};

} // namespace ns3

#endif
