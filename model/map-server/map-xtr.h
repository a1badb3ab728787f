// SPDX-License-Identifier: GPL-2.0-only
// The ns-3 face of a VTEP's end of the mapping system (RFC 9300, RFC 9301) on a node; its VNIs come
// to it through MapServerControlPlane.
#ifndef VXLAN_MULTICAST_MAP_XTR_H
#define VXLAN_MULTICAST_MAP_XTR_H

#include "ns3/class-log.h"
#include "ns3/map-face.h"
#include "ns3/map-xtr-instance.h"
#include "ns3/traced-environment.h"
#include "ns3/unicast-rib.h"

#include <map>
#include <set>

namespace ns3
{

/** One VNI's device, as the mapping system fills it. */
class MapVniTables
{
  public:
    virtual ~MapVniTables() = default;
    virtual void SetMapping(Mac48Address mac, Ipv4Address vtep) = 0;
    virtual void RemoveMapping(Mac48Address mac) = 0;
    virtual void AddFloodVtep(Ipv4Address vtep) = 0;
    virtual void RemoveFloodVtep(Ipv4Address vtep) = 0;
    virtual void SendFrame(Ptr<const Packet> frame, Ipv4Address vtep) = 0;
    virtual void FloodFrame(Ptr<const Packet> frame) = 0;
    virtual void AnswerArp(Ptr<const Packet> frame, Mac48Address mac) = 0;
    virtual void ForgetLocal(Mac48Address mac) = 0;
};

/** A VTEP's end. Trace sources are those of ProtocolTraces. Reasons of Drop: those of MapServer,
 * nonce, unknown-eid, waiting-frames. */
class MapXtr : public MapFace, private CountedEnvironment<MapXtrEnvironment>
{
  public:
    static TypeId GetTypeId();
    MapXtr();
    ~MapXtr() override;

    /** A device's VNI begins. \param address the VTEP's, or any \param tables kept until DetachVni
     */
    void AttachVni(uint32_t vni, Ipv4Address address, MapVniTables& tables);
    void DetachVni(uint32_t vni);
    /** Its device goes with the node: nobody is told. */
    void AbandonVni(uint32_t vni);
    /** An address is on this side. \param ip an address of it, or any */
    void AddLocal(uint32_t vni, Mac48Address mac, Ipv4Address ip);
    void RemoveLocal(uint32_t vni, Mac48Address mac);
    void SendUnicast(uint32_t vni, Mac48Address destination, Ptr<const Packet> frame);
    void ResolveArp(uint32_t vni, Ipv4Address target, Ptr<const Packet> frame);
    /** \returns whether the frame is for this side. */
    bool ReceiveFrame(uint32_t vni,
                      Mac48Address source,
                      Mac48Address destination,
                      Ipv4Address from,
                      Ptr<const Packet> frame);

    /** \returns the VTEP's cache; only while it runs. */
    const MapXtrInstance& GetInstance() const;
    Ipv4Address GetServer() const;

  private:
    NS_LOG_CLASS_DECLARE;

    /** A device's VNI, and what is on its side: it outlives the instance. */
    struct Vni
    {
        MapVniTables* tables{nullptr};
        std::map<Mac48Address, std::set<Ipv4Address>> locals;
    };

    // MapFace
    void StartInstance() override;
    void StopInstance() override;
    bool HasInstance() const override;
    void Receive(Ipv4Address source, uint16_t port, const std::vector<uint8_t>& bytes) override;
    // MapXtrEnvironment
    ProtocolClock& GetClock() override;
    ProtocolRandom& GetRandom() override;
    void SendMap(Ipv4Address destination,
                 uint16_t port,
                 const std::vector<uint8_t>& bytes) override;
    void SetMapping(uint32_t instance, Mac48Address mac, Ipv4Address vtep) override;
    void RemoveMapping(uint32_t instance, Mac48Address mac) override;
    void AddFloodVtep(uint32_t instance, Ipv4Address vtep) override;
    void RemoveFloodVtep(uint32_t instance, Ipv4Address vtep) override;
    void SendFrame(uint32_t instance, Ptr<const Packet> frame, Ipv4Address vtep) override;
    void FloodFrame(uint32_t instance, Ptr<const Packet> frame) override;
    void AnswerArp(uint32_t instance, Ptr<const Packet> frame, Mac48Address mac) override;
    void ForgetLocal(uint32_t instance, Mac48Address mac) override;

    void RoutesChanged();
    MapVniTables* FindTables(uint32_t vni) const;

    MapXtrConfig m_config;
    uint64_t m_registerNonce{0};                  //!< on disk: it outlives the process
    Ipv4Address m_address{Ipv4Address::GetAny()}; //!< in use
    UnicastRib* m_rib{nullptr};
    bool m_isReachable{false};
    std::map<uint32_t, Vni> m_vnis;
    std::set<std::pair<uint32_t, Mac48Address>> m_mapped;
    std::set<std::pair<uint32_t, Ipv4Address>> m_flooded;
    std::unique_ptr<MapXtrInstance> m_instance;
};

} // namespace ns3

#endif
