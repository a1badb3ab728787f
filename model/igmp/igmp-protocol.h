// SPDX-License-Identifier: GPL-2.0-only
// The ns-3 face of IGMP: one object per node, IP protocol 2. The machines are in IgmpInstance; what
// they may ask of the node is in IgmpNodeEnvironment.
#ifndef VXLAN_MULTICAST_IGMP_PROTOCOL_H
#define VXLAN_MULTICAST_IGMP_PROTOCOL_H

#include "ns3/class-log.h"
#include "ns3/group-membership.h"
#include "ns3/igmp-node-environment.h"
#include "ns3/ip-protocol.h"
#include "ns3/ipv4-protocol-receiver.h"

#include <functional>
#include <memory>
#include <optional>
#include <tuple>

namespace ns3
{

/** What a user may set of one interface. */
struct IgmpInterfaceSettings
{
    std::optional<uint8_t> version; //!< 1, 2 or 3; default: attribute Version
    bool querier{false};            //!< the node is a router there: it queries and tracks members
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
 * forget them: they are reported again as soon as the interface is up.
 *
 * ns-3 delivers every group packet that reaches a node: receivers that care ask IsMember.
 *
 * Trace sources: see ProtocolTraces. Reasons of Drop: truncated, checksum, ip-length, query-length,
 * type; those of IgmpDropReason; socket-buffer while it hangs.
 */
class IgmpProtocol : public Object, public GroupMembership
{
  public:
    static constexpr uint8_t PROT_NUMBER = IP_PROTOCOL_IGMP;

    static TypeId GetTypeId();
    IgmpProtocol();
    /** For CopyObject: one of another node, with the same attributes and nothing else. */
    IgmpProtocol(const IgmpProtocol& other);
    ~IgmpProtocol() override;

    /**
     * Settings of an interface, applied at once when it runs; querier cannot be taken back.
     * \throws std::invalid_argument for a version that there is not
     */
    void SetInterfaceSettings(uint32_t interface, const IgmpInterfaceSettings& settings);
    /** \returns the settings of an interface; defaults where there are none. */
    IgmpInterfaceSettings GetInterfaceSettings(uint32_t interface) const;

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
     * \param socket any number that distinguishes the users; Join and Leave are socket 0
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
    /** \returns the interfaces on which the node is a router. */
    std::vector<IgmpInterfaceStatus> GetInterfaces() const;
    /** \returns the messages dropped so far, by reason. */
    const std::map<std::string, uint64_t>& GetDrops() const;
    /** \returns the host machine of \p interface, or nullptr; also while nothing runs. */
    const IgmpHost* FindHost(uint32_t interface) const;
    /** \returns the querier machine of \p interface, or nullptr; also while nothing runs. */
    const IgmpQuerier* FindQuerier(uint32_t interface) const;

    /** An interface came up; ns-3 notifies no transport protocol, but the node's UnicastRib us. */
    void NotifyInterfaceUp(uint32_t interface);
    /** An interface went down. */
    void NotifyInterfaceDown(uint32_t interface);
    /** Begins on all interfaces that are up; called at initialization, and after a crash. */
    void Start();
    /** A crash: all protocol state is lost. */
    void Stop();
    /**
     * Hangs or goes on, as by SIGSTOP and SIGCONT: nothing is read, sent or decided, but all is
     * kept. What applications ask for meanwhile is accepted, and takes effect when it goes on.
     */
    void SetHanging(bool isHanging);
    bool IsRunning() const;

    /** Fixes the random stream. \returns the streams used: 1. */
    int64_t AssignStreams(int64_t stream);

  protected:
    void NotifyNewAggregate() override;
    void DoInitialize() override;
    void DoDispose() override;

  private:
    NS_LOG_CLASS_DECLARE;

    struct Interface
    {
        IgmpInterfaceSettings settings;
        IgmpReceptionState requests;
    };

    void Receive(Ptr<Packet> packet, const Ipv4Header& header, uint32_t interface);
    void Read(Ptr<Packet> packet, const Ipv4Header& header, uint32_t interface);
    /** Does \p action of the running instance, now or when the process goes on. */
    void Do(std::function<void(IgmpInstance&)> action);
    void ApplySettings(uint32_t interface, const IgmpInterfaceSettings& old);
    /** \returns the interface, made when first needed; nullptr for none, and for the loopback. */
    Interface* GetOrAddInterface(uint32_t interface);
    void AddToInstance(uint32_t interface, Interface& state);
    IgmpFilter GetRequest(uint32_t interface, Ipv4Address group);
    const IgmpGroupState* FindGroup(Ipv4Address group, uint32_t interface) const;

    // SsmPrefix and SsmMask make the SSM range, whichever is set first.
    void SetSsmPrefix(Ipv4Address prefix);
    Ipv4Address GetSsmPrefix() const;
    bool SetSsmMask(Ipv4Mask mask);
    Ipv4Mask GetSsmMask() const;

    ProtocolTraces m_traces{g_log};
    IgmpNodeEnvironment m_environment{PROT_NUMBER, m_traces};
    Ptr<Ipv4> m_ipv4;
    Ptr<Ipv4ProtocolReceiver> m_l4;
    IgmpConfig m_config;
    Ipv4Address m_ssmPrefix{"232.0.0.0"};
    Ipv4Mask m_ssmMask{"255.0.0.0"};
    uint8_t m_version{3};          //!< of interfaces whose settings name none
    bool m_hearsInterfaces{false}; //!< registered with the node's UnicastRib
    std::map<uint32_t, Interface> m_interfaces;
    std::unique_ptr<IgmpInstance> m_instance;
};

} // namespace ns3

#endif
