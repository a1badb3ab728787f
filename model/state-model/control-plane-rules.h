// SPDX-License-Identifier: GPL-2.0-only
// The rules of each control plane for ControlPlaneModel.
#ifndef VXLAN_MULTICAST_CONTROL_PLANE_RULES_H
#define VXLAN_MULTICAST_CONTROL_PLANE_RULES_H

#include "ns3/control-plane-model.h"
#include "ns3/control-plane.h"

#include <map>
#include <memory>

namespace ns3
{

/** RFC 7348 §4.1, §4.2: frames to what is not known are flooded, and every frame that comes out of
 * the tunnel teaches. */
class LearningModel : public ControlPlaneModel
{
  public:
    /** \param usesGroups flood to a group; else to each VTEP */
    LearningModel(uint32_t vteps, bool usesGroups);
    uint64_t CountEntries(uint32_t vtep) const override;
    uint64_t CountServerEntries() const override;

  private:
    void Booted(uint32_t tenant) override;
    void Moved(uint32_t tenant, uint32_t old) override;
    bool Ask(uint32_t from, uint32_t to) override;
    void Deliver(uint32_t from, uint32_t to) override;
    void Flood(uint32_t tenant);

    bool m_usesGroups;
    std::vector<std::set<uint32_t>> m_learned; //!< tenants by VTEP
};

/** RFC 7432, RFC 8365, one route reflector whose clients are all VTEPs (RFC 4456), ARP suppression.
 * Each tenant has a MAC and a MAC/IP route in one UPDATE, each device a MAC and a type 3 route. */
class EvpnModel : public ControlPlaneModel
{
  public:
    EvpnModel(uint32_t vteps, bool usesGroups);
    uint64_t CountEntries(uint32_t vtep) const override;
    uint64_t CountServerEntries() const override;

  private:
    void Booted(uint32_t tenant) override;
    void Moved(uint32_t tenant, uint32_t old) override;
    bool Ask(uint32_t from, uint32_t to) override;
    void Deliver(uint32_t from, uint32_t to) override;

    bool m_usesGroups;
};

/** The tunnels of Open vSwitch switches, made at both ends when a flow first needs one. */
class ControllerModel : public ControlPlaneModel
{
  public:
    uint64_t CountServerEntries() const override;

  protected:
    explicit ControllerModel(uint32_t vteps);
    void NeedTunnel(uint32_t a, uint32_t b);
    /** \returns the FLOW_MODs by which a tenant comes to \p vtep, or goes: a switch with one VNI
     * matches its address alone, so that the flow gets other actions; else one goes, another comes.
     */
    uint64_t CountSwaps(uint32_t vtep) const;

  private:
    void AddTunnelEnd(uint32_t at, uint32_t remote);

    std::vector<std::set<uint32_t>> m_tunnels; //!< other ends by VTEP
};

/** OpenFlow 1.3: each first frame goes to the controller, which installs a flow. */
class ReactiveControllerModel : public ControllerModel
{
  public:
    explicit ReactiveControllerModel(uint32_t vteps);
    uint64_t CountEntries(uint32_t vtep) const override;

  private:
    void Booted(uint32_t tenant) override;
    void Moved(uint32_t tenant, uint32_t old) override;
    bool Ask(uint32_t from, uint32_t to) override;
    void Deliver(uint32_t from, uint32_t to) override;

    std::vector<std::set<uint32_t>> m_flows; //!< destinations by VTEP
};

/** Flows of all tenants of its VNIs on every switch, ARP responders among them. */
class ProactiveControllerModel : public ControllerModel
{
  public:
    explicit ProactiveControllerModel(uint32_t vteps);
    uint64_t CountEntries(uint32_t vtep) const override;

  private:
    void Booted(uint32_t tenant) override;
    void Moved(uint32_t tenant, uint32_t old) override;
    bool Ask(uint32_t from, uint32_t to) override;
    void Deliver(uint32_t from, uint32_t to) override;
};

/** RFC 9301: VTEPs register what is on their side, and ask for what is not, MAC and IP address
 * apart. */
class MapServerModel : public ControlPlaneModel
{
  public:
    explicit MapServerModel(uint32_t vteps);
    uint64_t CountEntries(uint32_t vtep) const override;
    uint64_t CountServerEntries() const override;

  private:
    /** A VTEP's map cache: the VTEP that each tenant was at, and IP addresses. */
    struct Cache
    {
        std::map<uint32_t, uint32_t> places; //!< by tenant
        std::set<uint32_t> ips;
    };

    void Booted(uint32_t tenant) override;
    void Moved(uint32_t tenant, uint32_t old) override;
    bool Ask(uint32_t from, uint32_t to) override;
    void Deliver(uint32_t from, uint32_t to) override;

    std::vector<Cache> m_caches; //!< by VTEP
};

/** \param vteps how many VTEPs there are, all of which speak to the plane's server */
std::unique_ptr<ControlPlaneModel> MakeControlPlaneModel(ControlPlane plane, uint32_t vteps);

} // namespace ns3

#endif
