// SPDX-License-Identifier: GPL-2.0-only
#include "ns3/map-xtr.h"

#include "ns3/attribute-path.h"
#include "ns3/boolean.h"
#include "ns3/uinteger.h"

namespace ns3
{

NS_LOG_CLASS_DEFINE(MapXtr);
NS_OBJECT_ENSURE_REGISTERED(MapXtr);

namespace
{

template <typename Value, typename Member>
Ptr<const AttributeAccessor>
Config(MapXtrConfig MapXtr::*config, Member MapXtrConfig::*member)
{
    return MakeAttributePath<Value>(config, member);
}

} // namespace

TypeId
MapXtr::GetTypeId()
{
    static TypeId tid =
        TypeId("ns3::MapXtr")
            .SetParent<MapFace>()
            .SetGroupName("VxlanMulticast")
            .AddConstructor<MapXtr>()
            .AddAttribute("Server",
                          "The map server and map resolver.",
                          Ipv4AddressValue(Ipv4Address::GetAny()),
                          Config<Ipv4AddressValue>(&MapXtr::m_config, &MapXtrConfig::server),
                          MakeIpv4AddressChecker())
            .AddAttribute("Locator",
                          "The VTEP's address; 0.0.0.0: that of the first VXLAN device.",
                          Ipv4AddressValue(Ipv4Address::GetAny()),
                          Config<Ipv4AddressValue>(&MapXtr::m_config, &MapXtrConfig::locator),
                          MakeIpv4AddressChecker())
            .AddAttribute("RegisterInterval",
                          "Between Map-Registers of all that is on this side.",
                          TimeValue(Seconds(60)),
                          Config<TimeValue>(&MapXtr::m_config, &MapXtrConfig::registerInterval),
                          MakeTimeChecker(Seconds(1)))
            .AddAttribute("ConnectRetryTime",
                          "A Map-Register without a Map-Notify is sent again.",
                          TimeValue(Seconds(5)),
                          Config<TimeValue>(&MapXtr::m_config, &MapXtrConfig::registerRetryTime),
                          MakeTimeChecker(MilliSeconds(1)))
            .AddAttribute("RequestRetryTime",
                          "A Map-Request without a Map-Reply is sent again; doubled each time.",
                          TimeValue(Seconds(1)),
                          Config<TimeValue>(&MapXtr::m_config, &MapXtrConfig::requestRetryTime),
                          MakeTimeChecker(MilliSeconds(1)))
            .AddAttribute("RequestRetries",
                          "How often it is sent again.",
                          UintegerValue(3),
                          Config<UintegerValue>(&MapXtr::m_config, &MapXtrConfig::requestRetries),
                          MakeUintegerChecker<uint32_t>(0, 16))
            .AddAttribute("SolicitInterval",
                          "Between solicit-map-requests for one EID to one VTEP.",
                          TimeValue(Seconds(1)),
                          Config<TimeValue>(&MapXtr::m_config, &MapXtrConfig::solicitInterval),
                          MakeTimeChecker(Seconds(0)))
            .AddAttribute("Ttl",
                          "TTL of records in Map-Registers; in whole minutes.",
                          TimeValue(Seconds(300)),
                          Config<TimeValue>(&MapXtr::m_config, &MapXtrConfig::ttl),
                          MakeTimeChecker(Seconds(1)))
            .AddAttribute("WaitingFrames",
                          "Frames kept for one EID until it is resolved.",
                          UintegerValue(16),
                          Config<UintegerValue>(&MapXtr::m_config, &MapXtrConfig::waitingFrames),
                          MakeUintegerChecker<uint32_t>())
            .AddAttribute("FloodUnknown",
                          "Frames to addresses that nobody has registered go to all VTEPs of the "
                          "instance; else they are dropped.",
                          BooleanValue(true),
                          Config<BooleanValue>(&MapXtr::m_config, &MapXtrConfig::floodUnknown),
                          MakeBooleanChecker());
    return tid;
}

MapXtr::MapXtr()
    : MapFace(g_log),
      CountedEnvironment(m_traces, m_counts)
{
}

MapXtr::~MapXtr() = default;

const MapXtrInstance&
MapXtr::GetInstance() const
{
    return *m_instance;
}

Ipv4Address
MapXtr::GetServer() const
{
    return m_config.server;
}

void
MapXtr::StartInstance()
{
    if (!m_rib && (m_rib = FindUnicastRib(m_ipv4)))
    {
        m_rib->AddChangeListener([this] { RoutesChanged(); });
    }
    m_isReachable = !m_rib || m_rib->Lookup(m_config.server);
    MapXtrConfig config = m_config;
    config.key = m_key;
    if (m_address.IsAny())
    {
        m_address = m_config.locator;
    }
    for (uint32_t i = 0; m_address.IsAny() && i < m_ipv4->GetNInterfaces(); ++i)
    {
        for (uint32_t j = 0; m_address.IsAny() && j < m_ipv4->GetNAddresses(i); ++j)
        {
            const Ipv4Address address = m_ipv4->GetAddress(i, j).GetLocal();
            m_address = address.IsLocalhost() ? m_address : address;
        }
    }
    config.locator = m_address;
    MapXtrEnvironment& environment = *this;
    m_instance = std::make_unique<MapXtrInstance>(environment, config, m_registerNonce);
    for (const auto& [vni, entry] : m_vnis)
    {
        m_instance->AddInstance(vni);
        for (const auto& [mac, ips] : entry.locals)
        {
            m_instance->AddLocal(vni, mac, Ipv4Address::GetAny());
            for (Ipv4Address ip : ips)
            {
                m_instance->AddLocal(vni, mac, ip);
            }
        }
    }
}

void
MapXtr::StopInstance()
{
    m_instance.reset();
    for (const auto& [vni, mac] : m_mapped)
    {
        if (MapVniTables* tables = FindTables(vni))
        {
            tables->RemoveMapping(mac);
        }
    }
    for (const auto& [vni, vtep] : m_flooded)
    {
        if (MapVniTables* tables = FindTables(vni))
        {
            tables->RemoveFloodVtep(vtep);
        }
    }
    m_mapped.clear();
    m_flooded.clear();
}

bool
MapXtr::HasInstance() const
{
    return m_instance != nullptr;
}

void
MapXtr::Receive(Ipv4Address source, uint16_t, const std::vector<uint8_t>& bytes)
{
    m_instance->Receive(source, bytes);
}

void
MapXtr::RoutesChanged()
{
    const bool reachable = m_rib->Lookup(m_config.server) != nullptr;
    const bool appeared = reachable && !m_isReachable;
    m_isReachable = reachable;
    if (appeared)
    {
        Do([this] { m_instance->NotifyReachable(); });
    }
}

MapVniTables*
MapXtr::FindTables(uint32_t vni) const
{
    const auto it = m_vnis.find(vni);
    return it == m_vnis.end() ? nullptr : it->second.tables;
}

void
MapXtr::AttachVni(uint32_t vni, Ipv4Address address, MapVniTables& tables)
{
    m_vnis[vni].tables = &tables;
    if (m_config.locator.IsAny() && !address.IsAny() && address != m_address && m_vnis.size() == 1)
    {
        // The locator is the VTEP's address: known only now.
        const bool running = HasInstance();
        StopInstance();
        m_address = address;
        if (running)
        {
            StartInstance();
            return;
        }
    }
    Do([this, vni] { m_instance->AddInstance(vni); });
}

void
MapXtr::DetachVni(uint32_t vni)
{
    // The tables are gone after this call, even while hanging.
    if (m_instance)
    {
        m_instance->RemoveInstance(vni);
    }
    m_vnis.erase(vni);
}

void
MapXtr::AbandonVni(uint32_t vni)
{
    m_vnis.erase(vni);
}

void
MapXtr::AddLocal(uint32_t vni, Mac48Address mac, Ipv4Address ip)
{
    const auto it = m_vnis.find(vni);
    if (it == m_vnis.end())
    {
        return;
    }
    auto& ips = it->second.locals[mac];
    if (!ip.IsAny())
    {
        ips.insert(ip);
    }
    Do([this, vni, mac, ip] { m_instance->AddLocal(vni, mac, ip); });
}

void
MapXtr::RemoveLocal(uint32_t vni, Mac48Address mac)
{
    const auto it = m_vnis.find(vni);
    if (it != m_vnis.end())
    {
        it->second.locals.erase(mac);
        Do([this, vni, mac] { m_instance->RemoveLocal(vni, mac); });
    }
}

void
MapXtr::SendUnicast(uint32_t vni, Mac48Address destination, Ptr<const Packet> frame)
{
    Do([this, vni, destination, frame] { m_instance->SendUnicast(vni, destination, frame); });
}

void
MapXtr::ResolveArp(uint32_t vni, Ipv4Address target, Ptr<const Packet> frame)
{
    Do([this, vni, target, frame] { m_instance->ResolveArp(vni, target, frame); });
}

bool
MapXtr::ReceiveFrame(uint32_t vni,
                     Mac48Address source,
                     Mac48Address destination,
                     Ipv4Address from,
                     Ptr<const Packet> frame)
{
    return !m_instance || m_instance->ReceiveFrame(vni, source, destination, from, frame);
}

ProtocolClock&
MapXtr::GetClock()
{
    return m_clock;
}

ProtocolRandom&
MapXtr::GetRandom()
{
    return m_random;
}

void
MapXtr::SendMap(Ipv4Address destination, uint16_t port, const std::vector<uint8_t>& bytes)
{
    SendDatagram(destination, port, bytes);
}

void
MapXtr::SetMapping(uint32_t instance, Mac48Address mac, Ipv4Address vtep)
{
    if (MapVniTables* tables = FindTables(instance))
    {
        m_mapped.insert({instance, mac});
        tables->SetMapping(mac, vtep);
    }
}

void
MapXtr::RemoveMapping(uint32_t instance, Mac48Address mac)
{
    MapVniTables* tables = FindTables(instance);
    if (m_mapped.erase({instance, mac}) != 0 && tables)
    {
        tables->RemoveMapping(mac);
    }
}

void
MapXtr::AddFloodVtep(uint32_t instance, Ipv4Address vtep)
{
    if (MapVniTables* tables = FindTables(instance))
    {
        m_flooded.insert({instance, vtep});
        tables->AddFloodVtep(vtep);
    }
}

void
MapXtr::RemoveFloodVtep(uint32_t instance, Ipv4Address vtep)
{
    MapVniTables* tables = FindTables(instance);
    if (m_flooded.erase({instance, vtep}) != 0 && tables)
    {
        tables->RemoveFloodVtep(vtep);
    }
}

void
MapXtr::SendFrame(uint32_t instance, Ptr<const Packet> frame, Ipv4Address vtep)
{
    if (MapVniTables* tables = FindTables(instance))
    {
        tables->SendFrame(frame, vtep);
    }
}

void
MapXtr::FloodFrame(uint32_t instance, Ptr<const Packet> frame)
{
    if (MapVniTables* tables = FindTables(instance))
    {
        tables->FloodFrame(frame);
    }
}

void
MapXtr::AnswerArp(uint32_t instance, Ptr<const Packet> frame, Mac48Address mac)
{
    if (MapVniTables* tables = FindTables(instance))
    {
        tables->AnswerArp(frame, mac);
    }
}

void
MapXtr::ForgetLocal(uint32_t instance, Mac48Address mac)
{
    const auto it = m_vnis.find(instance);
    if (it != m_vnis.end())
    {
        it->second.locals.erase(mac);
        it->second.tables->ForgetLocal(mac);
    }
}

} // namespace ns3
