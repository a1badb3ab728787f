// SPDX-License-Identifier: GPL-2.0-only
// RFC 2328 §8.1 (sending) and the parameters of Appendix C; the attributes are in
// ospf-attributes.cc.
#include "ns3/ospf-routing.h"

#include "ns3/channel.h"
#include "ns3/loopback-net-device.h"
#include "ns3/ospf-authentication.h"
#include "ns3/virtual-net-device.h"
#include "ns3/wire-header.h"

#include <algorithm>
#include <iterator>

namespace ns3
{

NS_LOG_CLASS_DEFINE(OspfRouting);

namespace
{

constexpr const char* LIVENESS_CLIENT = "ospf";

/** \returns the data rate of \p device or of its channel; 0 when neither has one. */
DataRate
GetDataRate(Ptr<NetDevice> device)
{
    DataRateValue rate;
    if (device->GetAttributeFailSafe("DataRate", rate) ||
        (device->GetChannel() && device->GetChannel()->GetAttributeFailSafe("DataRate", rate)))
    {
        return rate.Get();
    }
    return DataRate(0);
}

/** \returns how packets of \p interface are authenticated; nullptr: not at all. */
const OspfAuthenticationConfig*
FindAuthentication(const OspfInstance& instance, uint32_t interface)
{
    const auto& interfaces = instance.GetInterfaces();
    const auto found = interfaces.find(interface);
    if (found == interfaces.end())
    {
        return nullptr;
    }
    const OspfAuthenticationConfig& config = found->second->GetConfig().authentication;
    return config.type == OspfAuthenticationType::NONE ? nullptr : &config;
}

bool
HasNeighbor(const OspfInstance& instance, uint32_t interface, Ipv4Address address)
{
    const auto& neighbors = instance.GetInterfaces().at(interface)->GetNeighbors();
    return std::any_of(neighbors.begin(), neighbors.end(), [address](const auto& item) {
        return item.second->GetAddress() == address;
    });
}

} // namespace

OspfRouting::OspfRouting()
    : TracedEnvironment(m_traces),
      m_sender(OspfPacket::PROTOCOL)
{
}

OspfRouting::~OspfRouting() = default;

void
OspfRouting::SetRouterId(OspfId routerId)
{
    m_routerId = routerId;
}

OspfId
OspfRouting::GetRouterId() const
{
    return m_instance ? m_instance->GetRouterId() : m_routerId;
}

void
OspfRouting::SetInterfaceSettings(uint32_t interface, const OspfInterfaceSettings& settings)
{
    if (settings.authentication)
    {
        settings.authentication->Check();
    }
    m_settings[interface] = settings;
    AddToInstance(interface);
}

OspfInterfaceSettings
OspfRouting::GetInterfaceSettings(uint32_t interface) const
{
    auto it = m_settings.find(interface);
    return it == m_settings.end() ? OspfInterfaceSettings() : it->second;
}

void
OspfRouting::ExcludeInterface(uint32_t interface)
{
    m_excluded.insert(interface);
    m_enabled.erase(interface);
    Do([interface](OspfInstance& instance) { instance.RemoveInterface(interface); });
}

void
OspfRouting::EnableInterface(uint32_t interface)
{
    m_excluded.erase(interface);
    m_enabled.insert(interface);
    AddToInstance(interface);
}

void
OspfRouting::SetInterfaceCost(uint32_t interface, uint16_t cost)
{
    m_settings[interface].cost = cost;
    Do([this, interface, cost](OspfInstance& instance) {
        instance.SetInterfaceCost(interface, cost);
        PublishRoutes();
    });
}

void
OspfRouting::SetInterfacePriority(uint32_t interface, uint8_t priority)
{
    m_settings[interface].priority = priority;
    Do([interface, priority](OspfInstance& instance) {
        instance.SetInterfacePriority(interface, priority);
    });
}

void
OspfRouting::ConfigureArea(const OspfAreaConfig& config)
{
    m_areas[config.id] = config;
}

void
OspfRouting::AddExternalRoute(const OspfExternalRoute& route)
{
    m_externalRoutes[route.prefix] = route;
    Do([route](OspfInstance& instance) { instance.SetExternalRoute(route); });
}

void
OspfRouting::RemoveExternalRoute(const Ipv4Prefix& prefix)
{
    m_externalRoutes.erase(prefix);
    Do([prefix](OspfInstance& instance) { instance.RemoveExternalRoute(prefix); });
}

bool
OspfRouting::IsTaken(uint32_t interface) const
{
    Ptr<NetDevice> device = GetIpv4()->GetNetDevice(interface);
    if (m_excluded.count(interface) || GetIpv4()->GetNAddresses(interface) == 0 ||
        DynamicCast<LoopbackNetDevice>(device))
    {
        return false;
    }
    return m_enabled.count(interface) || !DynamicCast<VirtualNetDevice>(device);
}

uint16_t
OspfRouting::GetCost(uint32_t interface) const
{
    const OspfInterfaceSettings settings = GetInterfaceSettings(interface);
    if (settings.type == OspfNetworkType::LOOPBACK)
    {
        return settings.cost.value_or(0); // §12.4.1
    }
    if (settings.cost)
    {
        return std::max<uint16_t>(1, *settings.cost);
    }
    const uint16_t metric = GetIpv4()->GetMetric(interface);
    if (metric > 1) // 1 is what helpers set everywhere
    {
        return metric;
    }
    const uint64_t rate = GetDataRate(GetIpv4()->GetNetDevice(interface)).GetBitRate();
    const uint64_t cost = rate == 0 ? 1 : m_referenceBandwidth.GetBitRate() / rate;
    return static_cast<uint16_t>(std::clamp<uint64_t>(cost, 1, 65535));
}

OspfInterfaceConfig
OspfRouting::MakeConfig(uint32_t interface) const
{
    const OspfInterfaceSettings settings = GetInterfaceSettings(interface);
    Ptr<NetDevice> device = GetIpv4()->GetNetDevice(interface);
    const Ipv4InterfaceAddress address = GetIpv4()->GetAddress(interface, 0);
    OspfInterfaceConfig config = m_interfaceConfig;
    config.index = interface;
    config.address = address.GetLocal();
    config.mask = address.GetMask();
    config.area = settings.area.value_or(OspfId());
    config.type = settings.type.value_or(device->IsPointToPoint() ? OspfNetworkType::POINT_TO_POINT
                                                                  : OspfNetworkType::BROADCAST);
    config.passive = settings.passive;
    config.unnumbered = settings.unnumbered && config.type == OspfNetworkType::POINT_TO_POINT;
    config.overLan = config.type == OspfNetworkType::POINT_TO_POINT && !device->IsPointToPoint();
    config.cost = GetCost(interface);
    config.priority = settings.priority.value_or(1);
    config.mtu = settings.mtu.value_or(device->GetMtu());
    config.authentication = settings.authentication.value_or(m_interfaceConfig.authentication);
    config.authentication.Check();
    config.helloInterval = settings.helloInterval.value_or(m_interfaceConfig.helloInterval);
    config.deadInterval = settings.routerDeadInterval.value_or(m_interfaceConfig.deadInterval);
    for (uint32_t i = 0;
         config.type == OspfNetworkType::LOOPBACK && i < GetIpv4()->GetNAddresses(interface);
         ++i)
    {
        const Ipv4InterfaceAddress each = GetIpv4()->GetAddress(interface, i);
        config.loopback.emplace_back(each.GetLocal(),
                                     static_cast<uint8_t>(each.GetMask().GetPrefixLength()));
    }
    return config;
}

Ipv4Address
OspfRouting::GetHighestAddress() const
{
    Ipv4Address highest = Ipv4Address::GetAny();
    for (uint32_t i = 0; i < GetIpv4()->GetNInterfaces(); ++i)
    {
        for (uint32_t j = 0; IsTaken(i) && j < GetIpv4()->GetNAddresses(i); ++j)
        {
            highest = std::max(highest, GetIpv4()->GetAddress(i, j).GetLocal());
        }
    }
    return highest;
}

void
OspfRouting::Start()
{
    NS_LOG_FUNCTION(this);
    if (m_instance || !GetIpv4())
    {
        return;
    }
    m_sequences.clear();
    m_instance = std::make_unique<OspfInstance>(static_cast<OspfEnvironment&>(*this),
                                                m_routerId.IsZero() ? OspfId(GetHighestAddress())
                                                                    : m_routerId,
                                                m_config);
    for (const auto& [id, area] : m_areas)
    {
        m_instance->ConfigureArea(area);
    }
    for (uint32_t i = 0; i < GetIpv4()->GetNInterfaces(); ++i)
    {
        AddToInstance(i);
    }
    for (const auto& [prefix, route] : m_externalRoutes)
    {
        m_instance->SetExternalRoute(route);
    }
    // The cost of the connected networks is known only now.
    PublishRoutes();
}

void
OspfRouting::Stop()
{
    NS_LOG_FUNCTION(this);
    m_instance.reset();
    m_pause.Reset();
    m_liveness != nullptr ? m_liveness->UnwatchAll(LIVENESS_CLIENT) : void();
    if (GetIpv4())
    {
        PublishRoutes();
    }
}

void
OspfRouting::SetHanging(bool isHanging)
{
    if (m_instance)
    {
        m_pause.SetHanging(isHanging);
    }
}

void
OspfRouting::Do(std::function<void(OspfInstance&)> action)
{
    if (m_instance)
    {
        m_pause.Do(
            [this, action = std::move(action)] { m_instance ? action(*m_instance) : void(); });
    }
}

bool
OspfRouting::IsRunning() const
{
    return m_instance != nullptr;
}

const OspfInstance&
OspfRouting::GetInstance() const
{
    NS_ABORT_MSG_UNLESS(m_instance, "OSPF does not run on this node");
    return *m_instance;
}

int64_t
OspfRouting::AssignStreams(int64_t stream)
{
    return m_random.AssignStreams(stream);
}

void
OspfRouting::AddToInstance(uint32_t interface)
{
    Do([this, interface](OspfInstance& instance) {
        if (interface >= GetIpv4()->GetNInterfaces())
        {
            return;
        }
        if (IsTaken(interface))
        {
            instance.AddInterface(MakeConfig(interface));
            instance.SetInterfaceUp(interface, GetIpv4()->IsUp(interface));
        }
        else
        {
            instance.RemoveInterface(interface);
        }
    });
}

void
OspfRouting::InterfaceChanged(uint32_t interface, bool up)
{
    if (m_pause.IsHanging())
    {
        PublishRoutes(); // an interface that is down leads nowhere all the same
    }
    Do([this, interface, up](OspfInstance&) { FollowInterface(interface, up); });
}

void
OspfRouting::FollowInterface(uint32_t interface, bool up)
{
    const auto& interfaces = m_instance->GetInterfaces();
    const auto known = interfaces.find(interface);
    const bool sameAddress =
        known != interfaces.end() && GetIpv4()->GetNAddresses(interface) > 0 &&
        known->second->GetConfig().address == GetIpv4()->GetAddress(interface, 0).GetLocal() &&
        known->second->GetConfig().mask == GetIpv4()->GetAddress(interface, 0).GetMask();
    if (sameAddress)
    {
        m_instance->SetInterfaceUp(interface, up);
    }
    else
    {
        AddToInstance(interface);
    }
    PublishRoutes();
}

uint32_t
OspfRouting::GetConnectedMetric(uint32_t interface) const
{
    return m_instance && m_instance->GetInterfaces().count(interface)
               ? m_instance->GetInterfaces().at(interface)->GetConfig().cost
               : 0;
}

void
OspfRouting::PublishRoutes()
{
    Publish(m_instance ? m_instance->GetTable() : OspfRoutingTable());
}

void
OspfRouting::Publish(const OspfRoutingTable& table)
{
    // Connected networks are the table's own; an interface that is down leads nowhere.
    const auto isUsable = [this](const UnicastNextHop& hop) {
        return hop.gateway != Ipv4Address::GetAny() && GetIpv4()->IsUp(hop.interface);
    };
    std::vector<UnicastRoute> routes;
    routes.reserve(table.networks.size());
    for (const auto& [prefix, from] : table.networks)
    {
        UnicastNextHops hops = from.path.nextHops;
        if (!std::all_of(hops.begin(), hops.end(), isUsable))
        {
            UnicastNextHops::List usable;
            std::copy_if(hops.begin(), hops.end(), std::back_inserter(usable), isUsable);
            hops = std::move(usable);
        }
        if (!hops.empty())
        {
            routes.push_back(
                {prefix, from.GetMetric(), m_preference, UnicastProtocol::OSPF, std::move(hops)});
        }
    }
    SetRoutes(std::move(routes));
}

ProtocolClock&
OspfRouting::GetClock()
{
    return m_pause.GetClock();
}

ProtocolRandom&
OspfRouting::GetRandom()
{
    return m_random;
}

void
OspfRouting::Send(uint32_t interface, Ipv4Address destination, const OspfPacket& packet)
{
    constexpr uint8_t TTL = 1;
    Ptr<Packet> bytes = ToPacket(packet);
    if (const OspfAuthenticationConfig* authentication = FindAuthentication(*m_instance, interface))
    {
        // Seconds do not decrease, not even over a reboot.
        const double now = GetClock().Now().GetSeconds();
        std::vector<uint8_t> sealed(bytes->GetSize());
        bytes->CopyData(sealed.data(), bytes->GetSize());
        SealOspfPacket(sealed, *authentication, static_cast<uint32_t>(now) + 1);
        bytes = Create<Packet>(sealed.data(), static_cast<uint32_t>(sealed.size()));
    }
    const Ipv4Address source = m_instance->GetInterfaces().at(interface)->GetConfig().address;
    m_traces.NotifyTx(bytes, interface);
    m_sender.SendOnInterface(bytes, interface, source, destination, TTL);
}

void
OspfRouting::SetLiveness(NeighborLiveness* liveness)
{
    m_liveness = liveness;
    liveness->AddDownListener([this](uint32_t interface, Ipv4Address neighbor) {
        Do([interface, neighbor](OspfInstance& instance) {
            instance.NeighborLost(interface, neighbor);
        });
    });
}

void
OspfRouting::WatchNeighbor(uint32_t interface, Ipv4Address neighbor, bool watch)
{
    if (m_liveness != nullptr)
    {
        watch ? m_liveness->Watch(LIVENESS_CLIENT, interface, neighbor)
              : m_liveness->Unwatch(LIVENESS_CLIENT, interface, neighbor);
    }
}

void
OspfRouting::ReportRoutes(const OspfRoutingTable& table)
{
    Publish(table);
}

const std::map<std::string, uint64_t>&
OspfRouting::GetDrops() const
{
    return m_traces.GetDrops();
}

void
OspfRouting::Receive(Ptr<Packet> packet, const Ipv4Header& header, uint32_t interface)
{
    if (!m_instance || !m_instance->ListensTo(interface, header.GetDestination()))
    {
        return;
    }
    const bool isRead = m_pause.DoPacket(packet->GetSize(), [this, packet, header, interface] {
        m_instance ? Read(packet, header, interface) : void();
    });
    if (!isRead)
    {
        m_traces.NotifyDrop(packet, interface, "socket-buffer");
    }
}

std::string
OspfRouting::Parse(Ptr<Packet> packet, Ipv4Address source, uint32_t interface, OspfPacket& message)
{
    const OspfAuthenticationConfig* authentication = FindAuthentication(*m_instance, interface);
    if (authentication == nullptr)
    {
        return FromPacket(packet, message);
    }
    std::vector<uint8_t> bytes(packet->GetSize());
    packet->CopyData(bytes.data(), packet->GetSize());
    // D.3: the number of a neighbour that is gone no longer counts.
    const auto known = m_sequences.find({interface, source});
    uint32_t least = known != m_sequences.end() && HasNeighbor(*m_instance, interface, source)
                         ? known->second
                         : 0;
    const OspfAuthenticationError error = OpenOspfPacket(bytes, *authentication, least);
    if (error != OspfAuthenticationError::NONE)
    {
        return EnumName(error);
    }
    m_sequences[{interface, source}] = least;
    WireReader reader(bytes.data(), bytes.size());
    return OspfPacket::Read(reader, message);
}

void
OspfRouting::Read(Ptr<Packet> packet, const Ipv4Header& header, uint32_t interface)
{
    m_traces.NotifyRx(packet, interface);
    m_traces.SetSubject({packet, interface});
    OspfPacket message;
    const std::string error = HasIpLength(packet, header)
                                  ? Parse(packet, header.GetSource(), interface, message)
                                  : IP_LENGTH_DROP;
    if (error.empty())
    {
        m_instance->Receive(interface, header.GetSource(), message);
    }
    else
    {
        ReportDrop(error);
    }
    m_traces.SetSubject({});
}

void
OspfRouting::SetIpv4(Ptr<Ipv4> ipv4)
{
    UnicastRibRouting::SetIpv4(ipv4);
    m_sender.SetIpv4(ipv4);
    m_l4 = Ipv4ProtocolReceiver::Install(
        ipv4,
        OspfPacket::PROTOCOL,
        [this](Ptr<Packet> packet, const Ipv4Header& header, uint32_t interface) {
            Receive(packet, header, interface);
        });
    InitializeWithNode(Ptr<OspfRouting>(this), ipv4);
}

void
OspfRouting::DoInitialize()
{
    Start();
    UnicastRibRouting::DoInitialize();
}

void
OspfRouting::DoDispose()
{
    m_liveness = nullptr;
    m_instance.reset();
    m_sender.SetIpv4(nullptr);
    if (m_l4)
    {
        m_l4->SetReceiver(nullptr, nullptr);
        m_l4 = nullptr;
    }
    UnicastRibRouting::DoDispose();
}

} // namespace ns3
