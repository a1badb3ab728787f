// SPDX-License-Identifier: GPL-2.0-only
// The ns-3 face of a map server (RFC 9301) on a node.
#ifndef VXLAN_MULTICAST_MAP_SERVER_H
#define VXLAN_MULTICAST_MAP_SERVER_H

#include "ns3/class-log.h"
#include "ns3/map-face.h"
#include "ns3/map-server-instance.h"
#include "ns3/traced-environment.h"

namespace ns3
{

/** A map server. Trace sources are those of ProtocolTraces. Reasons of Drop: truncated, type,
 * eid-afi, lcaf, lcaf-length, instance, locator-afi, mask-length, action, record-count, map-data,
 * encapsulated-ip, encapsulated-udp, encapsulated-type, authentication, replay, unexpected. */
class MapServer : public MapFace, private CountedEnvironment<MapEnvironment>
{
  public:
    static TypeId GetTypeId();
    MapServer();
    ~MapServer() override;

    /** \returns the server's table; only while it runs. */
    const MapServerInstance& GetInstance() const;

  private:
    NS_LOG_CLASS_DECLARE;

    // MapFace
    void StartInstance() override;
    void StopInstance() override;
    bool HasInstance() const override;
    void Receive(Ipv4Address source, uint16_t port, const std::vector<uint8_t>& bytes) override;
    // MapEnvironment
    ProtocolClock& GetClock() override;
    ProtocolRandom& GetRandom() override;
    void SendMap(Ipv4Address destination,
                 uint16_t port,
                 const std::vector<uint8_t>& bytes) override;

    MapServerConfig m_config;
    MapRegisterNonces m_nonces; //!< on disk: they outlive the process
    std::unique_ptr<MapServerInstance> m_instance;
};

} // namespace ns3

#endif
