// SPDX-License-Identifier: GPL-2.0-only
// What was sent to whom, and what arrived: the accounts behind deliveries.csv. Independent of nodes
// and sockets.
#ifndef VXLAN_MULTICAST_DELIVERY_LEDGER_H
#define VXLAN_MULTICAST_DELIVERY_LEDGER_H

#include "ns3/interned.h"
#include "ns3/ipv4-address.h"
#include "ns3/nstime.h"
#include "ns3/number-index.h"
#include "ns3/record-rows.h"

#include <cstdint>
#include <deque>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace ns3
{

/**
 * Counts the packets of flows at their receivers. A packet is due at a receiver if it was sent at
 * or after a join and before the leave; only due packets count as sent, received or lost. Other
 * packets that reach the receiver count as outside.
 */
class DeliveryLedger
{
  public:
    /**
     * \param name what the table calls it
     * \param node the sender
     * \param group where it sends
     * \returns the flow's number
     */
    uint32_t AddFlow(const std::string& name, const std::string& node, Ipv4Address group);
    /**
     * \p flow goes to one host.
     * \param receiver the host's name; empty: none has that address so far
     */
    void SetReceiver(uint32_t flow, const std::string& receiver);
    /** The address that \p flow sends from, known once it sends. */
    void SetSource(uint32_t flow, Ipv4Address source);

    /**
     * \p receiver joins \p group, or joins again what it had left of it.
     * \param sources empty: any
     */
    void Join(const std::string& receiver,
              Ipv4Address group,
              const std::string& interface,
              const std::vector<Ipv4Address>& sources,
              Time now);
    /**
     * \p receiver leaves; where it had joined any source, it keeps all sources but these.
     * \param interface empty: every interface
     * \param sources empty: all
     */
    void Leave(const std::string& receiver,
               Ipv4Address group,
               const std::string& interface,
               const std::vector<Ipv4Address>& sources,
               Time now);

    /** A packet of \p flow leaves. \returns its sequence number, from 0 */
    uint32_t Sent(uint32_t flow, Time now);
    /** The last packet of \p flow was not sent after all: its interface is down. */
    void Unsent(uint32_t flow);
    /**
     * A packet of \p flow arrives. Ignored if its number was never sent, or on an interface without
     * a membership of the group: a host's system does not deliver such packets to programs.
     */
    void Received(uint32_t flow,
                  const std::string& receiver,
                  const std::string& interface,
                  uint32_t sequence,
                  uint8_t ttl,
                  Time now);

    /**
     * A packet of a flow to one host arrives. Ignored if its number was never sent, or at a host
     * that it was not for.
     * \param ttl of the IP packet, where it is known
     */
    void ReceivedUnicast(uint32_t flow,
                         const std::string& receiver,
                         uint32_t sequence,
                         std::optional<uint8_t> ttl,
                         Time now);

    /** \returns the rows of deliveries.csv: by flow, then receiver in order of first join. */
    std::vector<DeliveryRow> GetRows() const;

  private:
    /** Of a node or an interface, of which a hundred thousand memberships have few. */
    using Name = Interned<std::string, std::hash<std::string>>;

    /** One membership, of one source or of any; or a source excluded from such a membership. */
    struct Window
    {
        Name interface;
        bool leavesOut{false};
        std::optional<Ipv4Address> source;
        Time from;
        std::optional<Time> to;

        bool Covers(Ipv4Address address, Time time) const
        {
            return from <= time && (!to || time < *to) && (!source || *source == address);
        }
    };

    struct Receiver
    {
        Name name;
        Ipv4Address group;
        std::vector<Window> windows;
    };

    struct Account
    {
        std::vector<uint8_t> copies; //!< by sequence number
        uint64_t received{0};
        uint64_t duplicates{0};
        uint64_t reordered{0};
        uint64_t outside{0};
        std::optional<uint32_t> highest; //!< sequence number so far
        Time first;
        Time last;
        Time latencySum;
        Time latencyMin;
        Time latencyMax;
        std::optional<uint8_t> ttlMin;
        std::optional<uint8_t> ttlMax;
    };

    struct Flow
    {
        std::string name;
        std::string node;
        Ipv4Address source{Ipv4Address::GetAny()};
        Ipv4Address group;
        std::optional<std::string> receiver;     //!< of a flow to one host
        std::vector<Time> sent;                  //!< by sequence number
        std::map<std::string, Account> accounts; //!< by receiver
    };

    /** \param interface empty: any */
    bool IsDue(const Receiver& receiver,
               const std::string& interface,
               Ipv4Address source,
               Time sent) const;
    static uint64_t GetHash(const std::string& name, Ipv4Address group);
    const Receiver* FindReceiver(const std::string& name, Ipv4Address group) const;
    Receiver* FindReceiver(const std::string& name, Ipv4Address group);
    /** Enters a packet that is due. */
    static void
    Enter(Account& account, Time sent, uint32_t sequence, std::optional<uint8_t> ttl, Time now);
    DeliveryRow MakeRow(const Flow& flow, const Receiver& receiver, const Account& account) const;

    std::vector<Flow> m_flows;
    std::deque<Receiver> m_receivers; //!< one per node and group, in order of first join
    NumberIndex m_receiverIndex;      //!< of their places, by node and group
};

} // namespace ns3

#endif
