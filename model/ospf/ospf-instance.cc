// SPDX-License-Identifier: GPL-2.0-only
// RFC 2328 §8.2, §12.4 (what causes origination), §16 (what causes a calculation).
#include "ns3/ospf-instance.h"

#include <algorithm>
#include <sstream>

namespace ns3
{

namespace
{

bool
IsUp(const OspfInterface& interface)
{
    return interface.GetState() != OspfInterfaceState::DOWN;
}

std::string
Describe(const OspfNeighbor& neighbor)
{
    std::ostringstream os;
    os << neighbor.GetAddress() << " id " << neighbor.GetRouterId();
    return os.str();
}

} // namespace

OspfInstance::OspfInstance(ProtocolClock& clock,
                           ProtocolRandom& random,
                           OspfOutput& output,
                           Ipv4Address routerId,
                           const OspfConstants& constants)
    : m_clock(clock),
      m_random(random),
      m_output(output),
      m_routerId(routerId),
      m_constants(constants),
      m_externals(clock,
                  m_constants,
                  [this](const OspfLsaKey& key) { LsaDue(Ipv4Address::GetAny(), key); }),
      m_flooding(*this),
      m_origination(*this),
      m_spfTimer(clock, [this] { CalculateRoutes(); }),
      m_spfHold(constants.spfHold)
{
}

OspfArea&
OspfInstance::GetOrAddArea(Ipv4Address id)
{
    if (!m_areas.count(id))
    {
        OspfAreaConfig config;
        config.id = id;
        ConfigureArea(config);
    }
    return *m_areas.at(id);
}

void
OspfInstance::ConfigureArea(const OspfAreaConfig& config)
{
    m_areas[config.id] = std::make_unique<OspfArea>(
        m_clock, m_constants, config, [this, id = config.id](const OspfLsaKey& key) {
            LsaDue(id, key);
        });
}

void
OspfInstance::AddInterface(const OspfInterfaceConfig& config)
{
    RemoveInterface(config.index);
    m_interfaces[config.index] = std::make_unique<OspfInterface>(*this, config);
    OspfArea& area = GetOrAddArea(config.area);
    area.interfaces.clear();
    for (const auto& [index, interface] : m_interfaces)
    {
        if (interface->GetConfig().area == config.area)
        {
            area.interfaces.push_back(interface.get());
        }
    }
}

void
OspfInstance::RemoveInterface(uint32_t index)
{
    auto it = m_interfaces.find(index);
    if (it != m_interfaces.end())
    {
        it->second->HandleEvent(OspfInterfaceEvent::INTERFACE_DOWN);
        auto& list = m_areas.at(it->second->GetConfig().area)->interfaces;
        list.erase(std::find(list.begin(), list.end(), it->second.get()));
        m_interfaces.erase(it);
        ScheduleOrigination();
    }
}

void
OspfInstance::SetInterfaceUp(uint32_t index, bool up)
{
    auto it = m_interfaces.find(index);
    if (it != m_interfaces.end())
    {
        it->second->HandleEvent(up ? OspfInterfaceEvent::INTERFACE_UP
                                   : OspfInterfaceEvent::INTERFACE_DOWN);
    }
}

void
OspfInstance::SetInterfaceCost(uint32_t index, uint16_t cost)
{
    auto it = m_interfaces.find(index);
    if (it != m_interfaces.end())
    {
        it->second->SetCost(cost);
        ScheduleOrigination();
    }
}

void
OspfInstance::SetExternalRoute(const OspfExternalRoute& route)
{
    m_origination.SetExternalRoute(route);
}

void
OspfInstance::RemoveExternalRoute(const OspfPrefix& prefix)
{
    m_origination.RemoveExternalRoute(prefix);
}

bool
OspfInstance::ListensTo(uint32_t interface, Ipv4Address destination) const
{
    auto it = m_interfaces.find(interface);
    return destination != OspfAllDRouters() || it == m_interfaces.end() ||
           it->second->GetState() >= OspfInterfaceState::BACKUP;
}

std::string
OspfInstance::CheckHeader(const OspfInterface& interface,
                          Ipv4Address source,
                          const OspfPacket& packet) const
{
    const OspfInterfaceConfig& config = interface.GetConfig();
    if (!IsUp(interface))
    {
        return "interface-down";
    }
    if (config.passive)
    {
        return "passive";
    }
    if (config.type == OspfNetworkType::BROADCAST && !config.mask.IsMatch(source, config.address))
    {
        return "wrong-subnet";
    }
    if (source == config.address)
    {
        return "own-address";
    }
    if (packet.areaId != config.area)
    {
        return "wrong-area";
    }
    if (packet.routerId == m_routerId)
    {
        return "duplicate-router-id";
    }
    return "";
}

std::string
OspfInstance::Receive(uint32_t index, Ipv4Address source, const OspfPacket& packet)
{
    auto it = m_interfaces.find(index);
    if (it == m_interfaces.end())
    {
        return "no-ospf-interface";
    }
    OspfInterface& interface = *it->second;
    const std::string error = CheckHeader(interface, source, packet);
    if (!error.empty())
    {
        return error;
    }
    if (const auto* hello = std::get_if<OspfHello>(&packet.body))
    {
        return interface.ReceiveHello(source, packet.routerId, *hello);
    }
    OspfNeighbor* neighbor = interface.FindNeighbor(source, packet.routerId);
    if (!neighbor)
    {
        return "unknown-neighbor";
    }
    if (const auto* description = std::get_if<OspfDatabaseDescription>(&packet.body))
    {
        return neighbor->ReceiveDatabaseDescription(*description);
    }
    if (const auto* request = std::get_if<OspfLinkStateRequest>(&packet.body))
    {
        return neighbor->ReceiveRequest(*request);
    }
    if (const auto* update = std::get_if<OspfLinkStateUpdate>(&packet.body))
    {
        return m_flooding.ReceiveUpdate(*neighbor, *update);
    }
    return m_flooding.ReceiveAck(*neighbor, std::get<OspfLinkStateAck>(packet.body));
}

OspfLsdb&
OspfInstance::GetLsdb(Ipv4Address area, OspfLsaType type)
{
    return type == OspfLsaType::AS_EXTERNAL ? m_externals : m_areas.at(area)->lsdb;
}

const OspfLsdb&
OspfInstance::GetLsdb(Ipv4Address area, OspfLsaType type) const
{
    return type == OspfLsaType::AS_EXTERNAL ? m_externals : m_areas.at(area)->lsdb;
}

OspfFlooding&
OspfInstance::GetFlooding()
{
    return m_flooding;
}

bool
OspfInstance::IsAttached(const OspfArea& area) const
{
    return std::any_of(area.interfaces.begin(),
                       area.interfaces.end(),
                       [](const OspfInterface* interface) { return IsUp(*interface); });
}

bool
OspfInstance::IsAreaBorderRouter() const
{
    return std::count_if(m_areas.begin(), m_areas.end(), [this](const auto& item) {
               return IsAttached(*item.second);
           }) > 1;
}

bool
OspfInstance::IsSelfOriginated(const OspfLsaHeader& header) const
{
    if (header.advertisingRouter == m_routerId)
    {
        return true;
    }
    return header.GetKey().type == OspfLsaType::NETWORK &&
           std::any_of(m_interfaces.begin(), m_interfaces.end(), [&header](const auto& item) {
               return item.second->GetConfig().address == header.linkStateId;
           });
}

bool
OspfInstance::LeadsInto(const OspfPath& path, const OspfArea& area) const
{
    return std::any_of(
        path.nextHops.begin(), path.nextHops.end(), [this, &area](const UnicastNextHop& hop) {
            auto it = m_interfaces.find(hop.interface);
            return it != m_interfaces.end() && it->second->GetConfig().area == area.config.id;
        });
}

const OspfAreaRange*
OspfInstance::FindRange(Ipv4Address area, const OspfPrefix& prefix) const
{
    for (const OspfAreaRange& range : m_areas.at(area)->config.ranges)
    {
        if (range.prefix.Contains(prefix))
        {
            return &range;
        }
    }
    return nullptr;
}

void
OspfInstance::ScheduleOrigination()
{
    m_origination.Schedule();
}

void
OspfInstance::NoteSequence(Ipv4Address area, const OspfLsaHeader& header)
{
    if (header.advertisingRouter == m_routerId)
    {
        m_origination.NoteSequence(area, header);
    }
}

void
OspfInstance::RestartSequence(Ipv4Address area, const OspfLsaKey& key)
{
    m_origination.RestartSequence(area, key);
}

void
OspfInstance::ScheduleSpf(Ipv4Address area, OspfLsaType type)
{
    if (type == OspfLsaType::ROUTER || type == OspfLsaType::NETWORK)
    {
        m_areas.at(area)->calculate = true;
    }
    StartSpfTimer();
}

void
OspfInstance::StartSpfTimer()
{
    if (m_spfTimer.IsRunning())
    {
        return;
    }
    const Time free = m_lastSpf + m_spfHold - m_clock.Now();
    if (free > m_constants.spfDelay)
    {
        m_spfHold = std::min(m_spfHold * 2, m_constants.spfMaxHold);
        m_spfTimer.Start(free);
    }
    else
    {
        m_spfHold = m_constants.spfHold;
        m_spfTimer.Start(m_constants.spfDelay);
    }
}

ProtocolClock&
OspfInstance::GetClock()
{
    return m_clock;
}

ProtocolRandom&
OspfInstance::GetRandom()
{
    return m_random;
}

const OspfConstants&
OspfInstance::GetConstants() const
{
    return m_constants;
}

Ipv4Address
OspfInstance::GetRouterId() const
{
    return m_routerId;
}

uint8_t
OspfInstance::GetOptions(Ipv4Address area) const
{
    return m_areas.at(area)->config.stub ? 0 : OSPF_OPTION_E;
}

void
OspfInstance::Send(OspfInterface& interface, Ipv4Address destination, OspfPacket::Body body)
{
    OspfPacket packet;
    packet.routerId = m_routerId;
    packet.areaId = interface.GetConfig().area;
    packet.body = std::move(body);
    m_output.SendOspf(interface.GetConfig().index, destination, packet);
}

std::size_t
OspfInstance::SendLsas(OspfNeighbor& neighbor,
                       const std::vector<OspfLsaKey>& keys,
                       std::size_t packets)
{
    OspfInterface& interface = neighbor.GetInterface();
    return m_flooding.SendLsas(interface, interface.GetUnicastDestination(neighbor), keys, packets);
}

std::optional<OspfLsaHeader>
OspfInstance::FindLsa(Ipv4Address area, const OspfLsaKey& key) const
{
    const OspfLsdb& lsdb = GetLsdb(area, key.type);
    const OspfLsdbEntry* entry = lsdb.Find(key);
    return entry ? std::make_optional(lsdb.GetHeader(*entry)) : std::nullopt;
}

std::vector<OspfLsaHeader>
OspfInstance::SummarizeDatabase(OspfNeighbor& neighbor)
{
    const Ipv4Address area = neighbor.GetInterface().GetConfig().area;
    std::vector<OspfLsaHeader> headers;
    std::vector<OspfLsaKey> aged;
    const auto add = [&](const OspfLsdb& lsdb) {
        for (const auto& [key, entry] : lsdb.GetEntries())
        {
            if (lsdb.IsMaxAge(entry))
            {
                aged.push_back(key);
            }
            else
            {
                headers.push_back(lsdb.GetHeader(entry));
            }
        }
    };
    add(m_areas.at(area)->lsdb);
    if (GetOptions(area) & OSPF_OPTION_E)
    {
        add(m_externals);
    }
    for (const OspfLsaKey& key : aged)
    {
        neighbor.AddRetransmission(key);
    }
    return headers;
}

void
OspfInstance::InterfaceStateChanged(OspfInterface& interface, OspfInterfaceState)
{
    // Which links the tree may start with has changed, with or without an LSA.
    ScheduleSpf(interface.GetConfig().area, OspfLsaType::ROUTER);
    ScheduleOrigination();
}

void
OspfInstance::DesignatedRouterChanged(OspfInterface& interface)
{
    ScheduleOrigination();
    std::ostringstream os;
    os << "interface " << interface.GetConfig().address << " dr " << interface.GetDesignatedRouter()
       << " bdr " << interface.GetBackupDesignatedRouter();
    m_output.OspfEvent("dr", os.str());
}

void
OspfInstance::NeighborStateChanged(OspfNeighbor& neighbor, OspfNeighborState old)
{
    using S = OspfNeighborState;
    const S state = neighbor.GetState();
    if (state == S::FULL)
    {
        m_output.OspfEvent("neighbor-full", Describe(neighbor));
    }
    else if (old == S::FULL || (old >= S::TWO_WAY && state < S::TWO_WAY))
    {
        m_output.OspfEvent("neighbor-down", Describe(neighbor));
    }
    if (state == S::FULL || old == S::FULL)
    {
        ScheduleSpf(neighbor.GetInterface().GetConfig().area, OspfLsaType::ROUTER);
        ScheduleOrigination();
    }
    m_flooding.SchedulePurge();
}

void
OspfInstance::LsaDue(Ipv4Address area, const OspfLsaKey& key)
{
    const OspfLsdbEntry* entry = GetLsdb(area, key.type).Find(key);
    if (entry && entry->lsa.header.advertisingRouter == m_routerId && !entry->received)
    {
        m_origination.Refresh(area, key);
    }
    else
    {
        m_flooding.Flush(area, key);
    }
}

std::vector<OspfLocalLink>
OspfInstance::GetLocalLinks(const OspfArea& area) const
{
    std::vector<OspfLocalLink> links;
    for (const OspfInterface* interface : area.interfaces)
    {
        if (!IsUp(*interface))
        {
            continue;
        }
        const OspfInterfaceConfig& config = interface->GetConfig();
        OspfLocalLink link;
        link.interface = config.index;
        link.address = config.address;
        if (m_constants.stubRouter)
        {
            link.cost = config.cost;
        }
        if (config.type == OspfNetworkType::POINT_TO_POINT)
        {
            for (const auto& [key, neighbor] : interface->GetNeighbors())
            {
                if (neighbor->GetState() == OspfNeighborState::FULL)
                {
                    link.neighborId = neighbor->GetRouterId();
                    link.neighborAddress = neighbor->GetAddress();
                }
            }
        }
        links.push_back(link);
    }
    return links;
}

void
OspfInstance::CalculateRoutes()
{
    m_lastSpf = m_clock.Now();
    std::vector<OspfAreaView> views;
    for (const auto& [id, area] : m_areas)
    {
        if (area->calculate)
        {
            area->routes = CalculateOspfArea(area->lsdb, m_routerId, GetLocalLinks(*area));
            area->calculate = false;
        }
        if (IsAttached(*area))
        {
            views.push_back({id, &area->lsdb, &area->routes});
        }
    }
    m_table = CalculateOspfRoutes(m_routerId, views, m_externals, m_constants);
    if (IsAreaBorderRouter())
    {
        ScheduleOrigination();
    }
    m_output.OspfEvent("spf", "networks " + std::to_string(m_table.networks.size()));
    m_output.OspfRoutesChanged(m_table);
}

} // namespace ns3
