// SPDX-License-Identifier: GPL-2.0-only
// IGMP of one node as a whole, without any knowledge of nodes, sockets or a simulator: a host
// machine on every interface in use and, on a router, a querier machine (RFC 3376 §5, §6).
//
// A node that is router and member on one interface receives neither itself: what one machine sends is
// handed to the other as well as put on the wire.
#ifndef VXLAN_MULTICAST_IGMP_INSTANCE_H
#define VXLAN_MULTICAST_IGMP_INSTANCE_H

#include "ns3/igmp-host.h"
#include "ns3/igmp-querier.h"

#include <map>
#include <memory>
#include <vector>

namespace ns3
{

/** A group with members on an interface, as the router there knows it: an entry of `igmp.csv`. */
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

/** IGMP of one node. Made when the protocol starts, destroyed when it stops. */
class IgmpInstance
{
  public:
    /**
     * \param environment the node; outlives the instance
     * \param config read at each use, so that changes take effect; outlives the instance
     */
    IgmpInstance(IgmpEnvironment& environment, const IgmpConfig& config);

    /**
     * Adds an interface, down at first.
     * \param interface its number
     * \param version the highest version spoken there: 1, 2 or 3
     * \param requests what applications ask for there; outlives the instance
     */
    void AddInterface(uint32_t interface, uint8_t version, IgmpReceptionState& requests);
    /** Makes the node a router on an interface; no error if it is one. */
    void EnableQuerier(uint32_t interface);
    void SetVersion(uint32_t interface, uint8_t version);
    /** Starts or stops the machines of an interface; no error if there is none. */
    void SetInterfaceUp(uint32_t interface, bool up);
    /** Stops the machines of all interfaces: members are gone, and that is reported. */
    void Shutdown();

    /** A message came from another node. */
    void Receive(uint32_t interface, Ipv4Address source, const IgmpMessage& message);
    /** This node has sent a message: the machine beside the sender's receives it. */
    void ReceiveOwn(uint32_t interface, const IgmpMessage& message);

    /** \returns the host machine of \p interface, or nullptr. */
    IgmpHost* FindHost(uint32_t interface);
    const IgmpHost* FindHost(uint32_t interface) const;
    /** \returns the querier machine of \p interface, or nullptr. */
    const IgmpQuerier* FindQuerier(uint32_t interface) const;
    /** \returns all (interface, group) with a member, in order. */
    std::vector<std::pair<uint32_t, Ipv4Address>> GetGroups() const;
    /** \returns what the queriers know, by interface and group. */
    std::vector<IgmpMembership> GetMemberships() const;

  private:
    struct Interface
    {
        Interface(IgmpEnvironment& environment,
                  uint32_t number,
                  const IgmpConfig& config,
                  IgmpReceptionState& requests)
            : host(environment, number, config, requests)
        {
        }

        uint8_t version{3};
        IgmpHost host;
        std::unique_ptr<IgmpQuerier> querier;
    };

    void ReportDrop(IgmpDropReason reason);

    IgmpEnvironment& m_environment;
    const IgmpConfig& m_config;
    std::map<uint32_t, Interface> m_interfaces;
};

} // namespace ns3

#endif
