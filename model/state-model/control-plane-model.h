// SPDX-License-Identifier: GPL-2.0-only
// What a control plane costs, counted without packets: ARP requests that are flooded, control
// messages, and entries per VTEP and at the node that serves the plane (route reflector,
// controller, map server), as tenants boot, talk and move one after another. A count is that of a
// network at rest between the steps; what repeats by itself (KEEPALIVE, ECHO, refreshes) is left
// out.
//
// A tenant boots and moves with a gratuitous ARP, keeps addresses that it has resolved, and takes
// the sender's from a request for its own (RFC 826). A move brings the new port up first; the old
// one goes later. What a flooded frame costs on links is in flood-model.h.
#ifndef VXLAN_MULTICAST_CONTROL_PLANE_MODEL_H
#define VXLAN_MULTICAST_CONTROL_PLANE_MODEL_H

#include <cstdint>
#include <set>
#include <vector>

namespace ns3
{

/** One control plane on one network. VTEPs, VNIs and tenants are numbered from 0. */
class ControlPlaneModel
{
  public:
    virtual ~ControlPlaneModel() = default;

    /**
     * A VNI's devices.
     * \param members the VTEPs
     * \param talkative those of them that have flooded frames of the device's own
     */
    void AddVni(const std::vector<uint32_t>& members, const std::vector<uint32_t>& talkative);
    /** A tenant is new on a member of its VNI. \returns its number */
    uint32_t Boot(uint32_t vni, uint32_t vtep);
    /** One tenant pings another one of its VNI, and is answered. */
    void Talk(uint32_t from, uint32_t to);
    /** A tenant moves to another member of its VNI. */
    void Move(uint32_t tenant, uint32_t vtep);

    /** \returns the control messages so far, each at its sender. */
    uint64_t GetMessages() const
    {
        return m_messages;
    }

    /** \returns the ARP requests so far that VTEPs have sent into tunnels, each once. */
    uint64_t GetFlooded() const
    {
        return m_flooded;
    }

    /** \returns the entries that \p vtep forwards by: FDB with destinations of floods, flows, map
     * cache. */
    virtual uint64_t CountEntries(uint32_t vtep) const = 0;
    /** \returns what the plane's server holds: routes, tenants, registered EIDs; 0: has none. */
    virtual uint64_t CountServerEntries() const = 0;

  protected:
    /** A tenant, and whose addresses it has resolved. */
    struct Tenant
    {
        uint32_t vni{0};
        uint32_t vtep{0};
        std::set<uint32_t> known;
    };

    struct Vni
    {
        std::vector<uint32_t> members;
        std::set<uint32_t> talkative;
    };

    explicit ControlPlaneModel(uint32_t vteps);

    /** The VTEP's plane hears the announcement of a tenant that has booted. */
    virtual void Booted(uint32_t tenant) = 0;
    /** The same of one that has moved from \p old. */
    virtual void Moved(uint32_t tenant, uint32_t old) = 0;
    /** A tenant asks for the address of another. \returns whether that one hears it */
    virtual bool Ask(uint32_t from, uint32_t to) = 0;
    /** A unicast frame crosses the underlay. */
    virtual void Deliver(uint32_t from, uint32_t to) = 0;

    /** \returns whether both are behind one VTEP. */
    bool AreNeighbors(uint32_t a, uint32_t b) const;
    /** \returns the number of VNIs that \p vtep has. */
    const std::vector<uint32_t>& GetVnis(uint32_t vtep) const;
    uint32_t GetVteps() const;

    std::vector<Tenant> m_tenants;
    std::vector<Vni> m_vnis;
    uint64_t m_messages{0};
    uint64_t m_flooded{0};

  private:
    void Resolve(uint32_t from, uint32_t to);

    std::vector<std::vector<uint32_t>> m_vnisOf; //!< by VTEP
};

} // namespace ns3

#endif
