// SPDX-License-Identifier: GPL-2.0-only
// All that IGMP may ask of the node around it, and all that it reports to it. IgmpProtocol is the
// environment in the simulator; a test has a fake.
#ifndef VXLAN_MULTICAST_IGMP_ENVIRONMENT_H
#define VXLAN_MULTICAST_IGMP_ENVIRONMENT_H

#include "ns3/igmp-message.h"
#include "ns3/printed.h"
#include "ns3/protocol-clock.h"
#include "ns3/protocol-observer.h"

#include <cstdint>
#include <ostream>
#include <string>

namespace ns3
{

/** Why (part of) a message was ignored. */
enum class IgmpDropReason : uint8_t
{
    NONE,
    SOURCE_NOT_ON_LINK, //!< RFC 3376 §4.1.12, §4.2.13
    OWN_ADDRESS,
    VERSION, //!< a report or leave that a router of this version does not know
    SSM_RANGE,
    MEMBERSHIP_LIMIT,
    SOURCE_LIMIT
};

template <>
struct EnumNames<IgmpDropReason>
{
    static constexpr const char* NAMES[] = {"",
                                            "source-not-on-link",
                                            "own-address",
                                            "version",
                                            "ssm-range",
                                            "membership-limit",
                                            "source-limit"};
};

/** The names of events. */
enum class IgmpEvent : uint8_t
{
    JOIN,
    LEAVE,
    QUERIER
};

template <>
struct EnumNames<IgmpEvent>
{
    static constexpr const char* NAMES[] = {"join", "leave", "querier"};
};

/** An interface and an address there, as traces name them: "2 239.0.0.10". */
struct IgmpKey
{
    uint32_t interface;
    Ipv4Address address;

    std::string ToText() const
    {
        std::string text = std::to_string(interface) + " ";
        AppendText(text, address);
        return text;
    }

    friend std::ostream& operator<<(std::ostream& os, const IgmpKey& key)
    {
        return os << key.ToText();
    }
};

/** What became of a group that a querier tracks. */
enum class IgmpMembershipChange : uint8_t
{
    JOINED,  //!< it has its first member
    CHANGED, //!< another filter mode, or another source list
    LEFT     //!< it has no member any more
};

/** The node around IGMP. Interfaces are numbers that the node gives them. */
class IgmpEnvironment : public ProtocolObserver
{
  public:
    virtual ProtocolClock& GetClock() = 0;
    virtual ProtocolRandom& GetRandom() = 0;

    /**
     * Sends \p message to \p destination. A node does not receive what it sends to a group itself:
     * once the message is out, the environment hands it to IgmpInstance::ReceiveOwn.
     */
    virtual void Send(uint32_t interface, const IgmpMessage& message, Ipv4Address destination) = 0;
    /** \returns the interface's own address; any when it has none. */
    virtual Ipv4Address GetAddress(uint32_t interface) const = 0;
    /** \returns true when \p address lies in a subnet of the interface. */
    virtual bool IsOnLink(uint32_t interface, Ipv4Address address) const = 0;
    /** \returns the greatest length of an IGMP message in bytes: the MTU less the IP header. */
    virtual uint32_t GetMaxMessageSize(uint32_t interface) const = 0;

    /** The interface state of \p group (RFC 3376 §3.2) has appeared, or gone. */
    virtual void ReportReception(uint32_t interface, Ipv4Address group, bool joined) = 0;
    /** Once for each affected group and message, when the state is updated. */
    virtual void ReportMembership(uint32_t interface,
                                  Ipv4Address group,
                                  IgmpMembershipChange change) = 0;
    /** Another router, or this one, has become the querier. */
    virtual void ReportQuerier(uint32_t interface, Ipv4Address querier) = 0;
};

} // namespace ns3

#endif
