// SPDX-License-Identifier: GPL-2.0-only
// What the operator of a data centre has told the controller (tenants, where they are, services
// that share a MAC address) and what tenants' IGMP has told it (members of groups). It outlives the
// controller's process, as the operator's database does; group members do not.
#ifndef VXLAN_MULTICAST_OPENFLOW_KNOWLEDGE_H
#define VXLAN_MULTICAST_OPENFLOW_KNOWLEDGE_H

#include "ns3/ipv4-address.h"
#include "ns3/mac48-address.h"

#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

namespace ns3
{

/** A tenant's interface. */
struct OpenflowTenant
{
    std::string name;
    uint32_t vni{0};
    Mac48Address mac;
    Ipv4Address ip{Ipv4Address::GetAny()};
    Ipv4Address vtep;                    //!< behind which it is
    std::optional<Mac48Address> answers; //!< the MAC with which it answers ARP, if another
};

/** Whom a shared MAC address reaches. */
struct OpenflowService
{
    uint32_t vni{0};
    Ipv4Address ip;
    Mac48Address mac;
    std::vector<Mac48Address> members; //!< tenants by their own address
};

/** The controller's database. */
class OpenflowKnowledge
{
  public:
    /** \returns whether \p mac is a group address other than broadcast. */
    static bool IsMulticast(Mac48Address mac);

    /** Adds, changes or moves a tenant. */
    void SetTenant(const OpenflowTenant& tenant);
    /** \returns whether there was one. */
    bool RemoveTenant(uint32_t vni, Mac48Address mac);
    void SetService(const OpenflowService& service);

    /** A tenant joins the groups behind a multicast MAC. \returns whether the VTEPs changed. */
    bool Join(uint32_t vni, Mac48Address group, Mac48Address member);
    /** \returns whether the VTEPs changed. */
    bool Leave(uint32_t vni, Mac48Address group, Mac48Address member);
    /** \returns whether a member of \p group is behind \p vtep. */
    bool HasMember(uint32_t vni, Mac48Address group, Ipv4Address vtep) const;
    /** Forgets all members of groups: the controller has lost its memory. */
    void ForgetGroups();

    const OpenflowTenant* FindTenant(uint32_t vni, Mac48Address mac) const;
    /** \returns the MAC that answers for \p ip, a tenant's or a service's, or nothing. */
    std::optional<Mac48Address> FindMac(uint32_t vni, Ipv4Address ip) const;
    /** \returns whether \p mac may be behind several VTEPs: a service's or a group's. */
    bool IsShared(uint32_t vni, Mac48Address mac) const;
    /** \returns the VTEPs behind which \p mac is; empty when that is unknown, or nobody joined. */
    std::set<Ipv4Address> GetVteps(uint32_t vni, Mac48Address mac) const;
    /** \returns the VNIs of tenants and services. */
    std::set<uint32_t> GetVnis() const;
    /** \returns the VTEPs of all tenants of \p vni. */
    std::set<Ipv4Address> GetVteps(uint32_t vni) const;
    /** \returns the unicast, shared and group addresses known in \p vni. */
    std::set<Mac48Address> GetAddresses(uint32_t vni) const;
    /** \returns the IP addresses known in \p vni. */
    std::set<Ipv4Address> GetIps(uint32_t vni) const;
    /** \returns the number, from 1, that names the VTEP's tunnels; given at the first call. */
    uint32_t GetOrAddOrdinal(Ipv4Address vtep);
    /** \returns the VTEP of this number, or nothing. */
    std::optional<Ipv4Address> FindVtep(uint32_t ordinal) const;

  private:
    using Key = std::pair<uint32_t, Mac48Address>;

    void ForgetOwner(uint32_t vni, Mac48Address mac);

    std::map<Key, OpenflowTenant> m_tenants;
    std::map<std::pair<uint32_t, Ipv4Address>, Mac48Address> m_owners; //!< tenants by IP address
    std::map<Key, OpenflowService> m_services;
    std::map<Key, std::set<Mac48Address>> m_groups; //!< members by multicast MAC
    std::vector<Ipv4Address> m_ordinals;
};

} // namespace ns3

#endif
