// SPDX-License-Identifier: GPL-2.0-only
// The ns-3 face of IGMP: one object per node, IP protocol 2, with a host machine on every interface
// in use and a querier machine where asked for.
#ifndef VXLAN_MULTICAST_IGMP_PROTOCOL_H
#define VXLAN_MULTICAST_IGMP_PROTOCOL_H

#include "ns3/group-membership.h"
#include "ns3/igmp-port.h"
#include "ns3/ip-l4-protocol.h"
#include "ns3/simulator-clock.h"
#include "ns3/traced-callback.h"

#include <memory>
#include <tuple>

namespace ns3
{

/** One row of `igmp.csv`: a group with members on an interface, as the router there knows it. */
struct IgmpMembership
{
    struct Source
    {
        Ipv4Address address;
        bool forwarded; //!< false: excluded
        Time timeout;   //!< rest of the source timer; 0 when excluded
    };

    uint32_t interface;
    Ipv4Address group;
    IgmpFilterMode mode;
    std::vector<Source> sources;
    Ipv4Address lastReporter;
    Time timeout;    //!< rest of the group timer; 0 in INCLUDE mode
    uint8_t version; //!< the Group Compatibility Mode, RFC 3376 §7.3.2

    /** \returns the sources that the mode names: included ones, or excluded ones. */
    std::vector<Ipv4Address> GetFilterSources() const;
};

/** One line of `show igmp interface`. */
struct IgmpInterfaceStatus
{
    uint32_t interface;
    bool up;
    Ipv4Address querier;
    Time otherQuerierPresent; //!< 0 where this router is the querier
    uint8_t version;
    uint32_t groups;
};

/**
 * IGMP versions 1 to 3 of a node. Aggregate it to a node that has Ipv4; it inserts itself there.
 *
 * Interfaces are ns-3's Ipv4 interface numbers. Requests (Join, Listen) may be made at any time;
 * they belong to the application that makes them, so a crash (Stop) or a link that is down does not
 * forget them: they are reported anew as soon as the interface is up.
 *
 * ns-3 delivers every group packet that reaches a node: receivers that care ask IsMember.
 */
class IgmpProtocol : public IpL4Protocol, public GroupMembership, private IgmpParameters
{
  public:
    /** Signatures of the trace sources. */
    typedef void (*PacketTracedCallback)(Ptr<const Packet> packet, uint32_t interface);
    typedef void (*DropTracedCallback)(Ptr<const Packet> packet,
                                       uint32_t interface,
                                       std::string reason);
    typedef void (*EventTracedCallback)(std::string event, std::string detail);

    static constexpr uint8_t PROT_NUMBER = 2;

    static TypeId GetTypeId();
    IgmpProtocol();
    ~IgmpProtocol() override;

    /** Makes the node a router on \p interface: it queries there and tracks members. */
    void EnableQuerier(uint32_t interface);
    /** The version spoken on \p interface, as host and as router: 1, 2 or 3 (attribute Version). */
    void SetVersion(uint32_t interface, uint8_t version);

    /**
     * Joins \p group from any source, or from \p sources by name (added to those joined already).
     * \returns false when IGMP refuses: no such interface, no group that can be joined, any source
     * in the SSM range, attribute HostMembershipLimit reached
     */
    bool Join(uint32_t interface, Ipv4Address group, const IgmpSourceSet& sources = {});
    /** Joins with a filter that replaces the earlier one. */
    bool
    Join(uint32_t interface, Ipv4Address group, IgmpFilterMode mode, const IgmpSourceSet& sources);
    /** Leaves \p group, or only \p sources of it. */
    void Leave(uint32_t interface, Ipv4Address group, const IgmpSourceSet& sources = {});
    /**
     * RFC 3376 §2, IPMulticastListen, for users that must not disturb one another's requests.
     * \param socket any number that tells the users apart; Join and Leave are socket 0
     * \param interface the interface
     * \param group the group
     * \param filter the request; INCLUDE {} withdraws it
     */
    bool Listen(uint64_t socket, uint32_t interface, Ipv4Address group, const IgmpFilter& filter);
    /** \returns true when the interface's filter passes packets from \p source to \p group. */
    bool IsMember(uint32_t interface, Ipv4Address source, Ipv4Address group) const;

    // GroupMembership
    bool LocalReceiverInclude(Ipv4Address group, uint32_t interface) const override;
    bool LocalReceiverInclude(Ipv4Address source,
                              Ipv4Address group,
                              uint32_t interface) const override;
    bool LocalReceiverExclude(Ipv4Address source,
                              Ipv4Address group,
                              uint32_t interface) const override;
    std::vector<Ipv4Address> GetNamedSources(Ipv4Address group, uint32_t interface) const override;
    std::vector<std::pair<uint32_t, Ipv4Address>> GetGroups() const override;
    void AddMembershipListener(std::function<void(uint32_t, Ipv4Address)> listener) override;

    /** \returns what the queriers of this node know, by interface and group. */
    std::vector<IgmpMembership> GetMemberships() const;
    /** \returns what this node's own applications asked for: (interface, group, filter). */
    std::vector<std::tuple<uint32_t, Ipv4Address, IgmpFilter>> GetJoinedGroups() const;
    /** \returns the interfaces with a querier machine. */
    std::vector<IgmpInterfaceStatus> GetInterfaces() const;
    /** \returns the messages dropped so far, by reason. */
    const std::map<std::string, uint64_t>& GetDrops() const;
    /** \returns the host machine of \p interface, or nullptr. */
    const IgmpHost* GetHost(uint32_t interface) const;
    /** \returns the querier machine of \p interface, or nullptr. */
    const IgmpQuerier* GetQuerier(uint32_t interface) const;

    /** An interface came up; ns-3 tells no transport protocol, but the node's UnicastRib tells us.
     */
    void NotifyInterfaceUp(uint32_t interface);
    /** An interface went down. */
    void NotifyInterfaceDown(uint32_t interface);
    /** Begins on all interfaces that are up; called at initialization, and after a crash. */
    void Start();
    /** A crash: all protocol state is lost. */
    void Stop();

    /** Fixes the random stream. \returns the streams used: 1. */
    int64_t AssignStreams(int64_t stream);

    // IpL4Protocol
    int GetProtocolNumber() const override;
    RxStatus Receive(Ptr<Packet> packet,
                     const Ipv4Header& header,
                     Ptr<Ipv4Interface> incomingInterface) override;
    RxStatus Receive(Ptr<Packet> packet,
                     const Ipv6Header& header,
                     Ptr<Ipv6Interface> incomingInterface) override;
    void SetDownTarget(DownTargetCallback cb) override;
    void SetDownTarget6(DownTargetCallback6 cb) override;
    DownTargetCallback GetDownTarget() const override;
    DownTargetCallback6 GetDownTarget6() const override;

  protected:
    void NotifyNewAggregate() override;
    void DoInitialize() override;
    void DoDispose() override;

  private:
    /** Makes an attribute's member of an inherited constant. */
    template <typename T>
    static T IgmpProtocol::*Own(T IgmpParameters::*member)
    {
        return member;
    }

    IgmpPort* GetPort(uint32_t interface);
    const IgmpGroupState* FindGroup(Ipv4Address group, uint32_t interface) const;
    IgmpPort::Callbacks MakeCallbacks(uint32_t interface);
    void TellMembership(uint32_t interface, Ipv4Address group);
    void TellEvent(const std::string& event, uint32_t interface, Ipv4Address address);
    void Drop(Ptr<const Packet> packet, uint32_t interface, const std::string& reason);

    Ptr<Ipv4> m_ipv4;
    Ipv4ProtocolSender m_sender{PROT_NUMBER};
    SimulatorClock m_clock;
    StreamRandom m_random;
    uint8_t m_version{3}; //!< of interfaces that SetVersion has not named
    bool m_running{false};
    bool m_hearsInterfaces{false}; //!< registered with the node's UnicastRib
    std::map<uint32_t, std::unique_ptr<IgmpPort>> m_ports;
    std::vector<std::function<void(uint32_t, Ipv4Address)>> m_listeners;
    std::map<std::string, uint64_t> m_drops;
    DownTargetCallback m_downTarget;
    TracedCallback<Ptr<const Packet>, uint32_t> m_txTrace;
    TracedCallback<Ptr<const Packet>, uint32_t> m_rxTrace;
    TracedCallback<Ptr<const Packet>, uint32_t, std::string> m_dropTrace;
    TracedCallback<std::string, std::string> m_eventTrace;
};

} // namespace ns3

#endif
