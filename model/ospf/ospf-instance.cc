// SPDX-License-Identifier: GPL-2.0-only
// RFC 2328 §8.2, §12.4 (what causes origination), §16 (what causes a calculation).
#include "ns3/ospf-instance.h"

#include <algorithm>
#include <sstream>

namespace ns3
{

namespace
{

std::string
Describe(const OspfNeighbor& neighbor)
{
    std::ostringstream os;
    os << neighbor.GetAddress() << " id " << neighbor.GetRouterId();
    return os.str();
}

} // namespace

OspfInstance::OspfInstance(OspfEnvironment& environment, OspfId routerId, const OspfConfig& config)
    : m_environment(environment),
      m_tables(environment.GetClock(),
               routerId,
               config,
               [this](const OspfLsaKey& key) { LsaDue(OspfId(), key); }),
      m_flooding(*this, m_tables, *this),
      m_origination(m_tables, m_flooding),
      m_spfTimer(environment.GetClock(), [this] { CalculateRoutes(); }),
      m_spfHold(config.spfHold)
{
}

OspfArea&
OspfInstance::GetOrAddArea(OspfId id)
{
    if (!m_tables.areas.count(id))
    {
        OspfAreaConfig config;
        config.id = id;
        ConfigureArea(config);
    }
    return *m_tables.areas.at(id);
}

void
OspfInstance::ConfigureArea(const OspfAreaConfig& config)
{
    m_tables.areas[config.id] = std::make_unique<OspfArea>(
        m_tables.clock, m_tables.config, config, [this, id = config.id](const OspfLsaKey& key) {
            LsaDue(id, key);
        });
}

void
OspfInstance::AddInterface(const OspfInterfaceConfig& config)
{
    RemoveInterface(config.index);
    m_tables.interfaces[config.index] = std::make_unique<OspfInterface>(*this, config);
    OspfArea& area = GetOrAddArea(config.area);
    area.interfaces.clear();
    for (const auto& [index, interface] : m_tables.interfaces)
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
    auto it = m_tables.interfaces.find(index);
    if (it != m_tables.interfaces.end())
    {
        it->second->HandleEvent(OspfInterfaceEvent::INTERFACE_DOWN);
        auto& list = m_tables.areas.at(it->second->GetConfig().area)->interfaces;
        list.erase(std::find(list.begin(), list.end(), it->second.get()));
        m_tables.interfaces.erase(it);
        ScheduleOrigination();
    }
}

void
OspfInstance::SetInterfaceUp(uint32_t index, bool up)
{
    auto it = m_tables.interfaces.find(index);
    if (it != m_tables.interfaces.end())
    {
        it->second->HandleEvent(up ? OspfInterfaceEvent::INTERFACE_UP
                                   : OspfInterfaceEvent::INTERFACE_DOWN);
    }
}

void
OspfInstance::SetInterfaceCost(uint32_t index, uint16_t cost)
{
    auto it = m_tables.interfaces.find(index);
    if (it != m_tables.interfaces.end())
    {
        it->second->SetCost(cost);
        if (m_tables.config.stubRouter)
        {
            // Its own routes count this cost, its LSA does not and stays as it is (RFC 6987 §2).
            ScheduleSpf(it->second->GetConfig().area);
        }
        ScheduleOrigination();
    }
}

void
OspfInstance::NeighborLost(uint32_t interface, Ipv4Address neighbor)
{
    auto it = m_tables.interfaces.find(interface);
    if (it != m_tables.interfaces.end())
    {
        it->second->NeighborLost(neighbor);
    }
}

void
OspfInstance::SetInterfacePriority(uint32_t index, uint8_t priority)
{
    auto it = m_tables.interfaces.find(index);
    if (it != m_tables.interfaces.end())
    {
        it->second->SetPriority(priority);
    }
}

void
OspfInstance::SetExternalRoute(const OspfExternalRoute& route)
{
    m_origination.SetExternalRoute(route);
}

void
OspfInstance::RemoveExternalRoute(const Ipv4Prefix& prefix)
{
    m_origination.RemoveExternalRoute(prefix);
}

bool
OspfInstance::ListensTo(uint32_t interface, Ipv4Address destination) const
{
    if (destination != OspfAllDRouters())
    {
        return true;
    }
    const auto it = m_tables.interfaces.find(interface);
    return it == m_tables.interfaces.end() || it->second->GetState() >= OspfInterfaceState::BACKUP;
}

OspfDropReason
OspfInstance::CheckHeader(const OspfInterface& interface,
                          Ipv4Address source,
                          const OspfPacket& packet) const
{
    const OspfInterfaceConfig& config = interface.GetConfig();
    if (!IsOspfInterfaceUp(interface))
    {
        return OspfDropReason::INTERFACE_DOWN;
    }
    if (config.passive)
    {
        return OspfDropReason::PASSIVE;
    }
    if (config.type == OspfNetworkType::BROADCAST && !config.mask.IsMatch(source, config.address))
    {
        return OspfDropReason::WRONG_SUBNET;
    }
    if (source == config.address)
    {
        return OspfDropReason::OWN_ADDRESS;
    }
    if (packet.areaId != config.area)
    {
        return OspfDropReason::WRONG_AREA;
    }
    if (packet.routerId == m_tables.routerId)
    {
        return OspfDropReason::DUPLICATE_ROUTER_ID;
    }
    return OspfDropReason::NONE;
}

void
OspfInstance::Receive(uint32_t interface, Ipv4Address source, const OspfPacket& packet)
{
    const OspfDropReason reason = Handle(interface, source, packet);
    if (reason != OspfDropReason::NONE)
    {
        m_environment.ReportDrop(EnumName(reason));
    }
}

OspfDropReason
OspfInstance::Handle(uint32_t index, Ipv4Address source, const OspfPacket& packet)
{
    auto it = m_tables.interfaces.find(index);
    if (it == m_tables.interfaces.end())
    {
        return OspfDropReason::NO_OSPF_INTERFACE;
    }
    OspfInterface& interface = *it->second;
    const OspfDropReason error = CheckHeader(interface, source, packet);
    if (error != OspfDropReason::NONE)
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
        return OspfDropReason::UNKNOWN_NEIGHBOR;
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

void
OspfInstance::ScheduleOrigination()
{
    m_origination.Schedule();
}

void
OspfInstance::DatabaseChanged(OspfId area, OspfLsaType type)
{
    if (type == OspfLsaType::ROUTER || type == OspfLsaType::NETWORK)
    {
        m_tables.areas.at(area)->calculate = true;
    }
    StartSpfTimer();
}

void
OspfInstance::OwnLsaSeen(OspfId area, const OspfLsaHeader& header)
{
    m_origination.NoteSequence(area, header);
}

void
OspfInstance::OwnLsaReceived()
{
    ScheduleOrigination();
}

void
OspfInstance::OwnLsaGone(OspfId area, const OspfLsaHeader& header)
{
    if (header.sequence == OSPF_MAX_SEQUENCE_NUMBER)
    {
        m_origination.RestartSequence(area, header.GetKey());
    }
    ScheduleOrigination();
}

void
OspfInstance::ScheduleSpf(OspfId area)
{
    m_tables.areas.at(area)->calculate = true;
    StartSpfTimer();
}

void
OspfInstance::StartSpfTimer()
{
    if (m_spfTimer.IsRunning())
    {
        return;
    }
    const Time free = m_lastSpf + m_spfHold - m_tables.clock.Now();
    if (free > m_tables.config.spfDelay)
    {
        m_spfHold = std::min(m_spfHold * 2, m_tables.config.spfMaxHold);
        m_spfTimer.Start(free);
    }
    else
    {
        m_spfHold = m_tables.config.spfHold;
        m_spfTimer.Start(m_tables.config.spfDelay);
    }
}

ProtocolClock&
OspfInstance::GetClock()
{
    return m_tables.clock;
}

ProtocolRandom&
OspfInstance::GetRandom()
{
    return m_environment.GetRandom();
}

ProtocolObserver&
OspfInstance::GetObserver()
{
    return m_environment;
}

const OspfConfig&
OspfInstance::GetConfig() const
{
    return m_tables.config;
}

uint8_t
OspfInstance::GetOptions(OspfId area) const
{
    return m_tables.GetOptions(area);
}

OspfId
OspfInstance::GetRouterId() const
{
    return m_tables.routerId;
}

void
OspfInstance::Send(const OspfLink& link, Ipv4Address destination, OspfPacket::Body body)
{
    OspfPacket packet;
    packet.routerId = m_tables.routerId;
    packet.areaId = link.GetConfig().area;
    packet.body = std::move(body);
    m_environment.Send(link.GetConfig().index, destination, packet);
}

std::size_t
OspfInstance::SendLsas(OspfNeighbor& neighbor,
                       const std::vector<OspfLsaKey>& keys,
                       std::size_t packets)
{
    OspfInterface& interface = m_tables.GetInterface(neighbor);
    return m_flooding.SendLsas(interface, interface.GetUnicastDestination(neighbor), keys, packets);
}

std::optional<OspfLsaHeader>
OspfInstance::FindLsa(OspfId area, const OspfLsaKey& key) const
{
    const OspfLsdb& lsdb = GetLsdb(area, key.type);
    const OspfLsdbEntry* entry = lsdb.Find(key);
    return entry ? std::make_optional(lsdb.GetHeader(*entry)) : std::nullopt;
}

std::vector<OspfLsaHeader>
OspfInstance::SummarizeDatabase(OspfNeighbor& neighbor)
{
    const OspfId area = neighbor.GetLink().GetConfig().area;
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
    add(m_tables.areas.at(area)->lsdb);
    if (GetOptions(area) & OSPF_OPTION_E)
    {
        add(m_tables.externals);
    }
    for (const OspfLsaKey& key : aged)
    {
        m_flooding.AddRetransmission(neighbor, key);
    }
    return headers;
}

void
OspfInstance::InterfaceStateChanged(OspfInterface& interface, OspfInterfaceState)
{
    // Which links the tree may start with has changed, with or without an LSA.
    ScheduleSpf(interface.GetConfig().area);
    ScheduleOrigination();
}

void
OspfInstance::DesignatedRouterChanged(OspfInterface& interface)
{
    ScheduleOrigination();
    std::ostringstream os;
    os << "interface " << interface.GetConfig().address << " dr " << interface.GetDesignatedRouter()
       << " bdr " << interface.GetBackupDesignatedRouter();
    ReportEvent(OspfEvent::DR, os.str());
}

void
OspfInstance::NeighborStateChanged(OspfNeighbor& neighbor, OspfNeighborState old)
{
    using S = OspfNeighborState;
    const S state = neighbor.GetState();
    if (state == S::FULL)
    {
        ReportEvent(OspfEvent::NEIGHBOR_FULL, Describe(neighbor));
    }
    else if (old == S::FULL || (old >= S::TWO_WAY && state < S::TWO_WAY))
    {
        ReportEvent(OspfEvent::NEIGHBOR_DOWN, Describe(neighbor));
    }
    if ((state >= S::TWO_WAY) != (old >= S::TWO_WAY))
    {
        m_environment.WatchNeighbor(
            neighbor.GetLink().GetConfig().index, neighbor.GetAddress(), state >= S::TWO_WAY);
    }
    if (state == S::FULL || old == S::FULL)
    {
        ScheduleSpf(neighbor.GetLink().GetConfig().area);
        ScheduleOrigination();
    }
    m_flooding.SchedulePurge();
}

void
OspfInstance::LsaDue(OspfId area, const OspfLsaKey& key)
{
    const OspfLsdbEntry* entry = GetLsdb(area, key.type).Find(key);
    if (entry && entry->GetKey().advertisingRouter == m_tables.routerId && !entry->received)
    {
        m_origination.Refresh(area, key);
    }
    else
    {
        m_flooding.Flush(area, key);
    }
}

void
OspfInstance::CalculateRoutes()
{
    m_lastSpf = m_tables.clock.Now();
    for (const auto& [id, area] : m_tables.areas)
    {
        if (area->calculate)
        {
            area->routes =
                CalculateOspfArea(area->lsdb, m_tables.routerId, m_tables.GetLocalLinks(*area));
            area->calculate = false;
        }
    }
    const OspfRoutingTable table = CalculateOspfRoutes(
        m_tables.routerId, m_tables.GetAttachedAreas(), m_tables.externals, m_tables.config);
    m_tables.SetRoutes(table);
    if (m_tables.IsAreaBorderRouter())
    {
        ScheduleOrigination();
    }
    ReportEvent(OspfEvent::SPF, "networks " + std::to_string(table.networks.size()));
    m_environment.ReportRoutes(table);
}

void
OspfInstance::ReportEvent(OspfEvent event, const std::string& detail)
{
    m_environment.ReportEvent(EnumName(event), detail);
}

} // namespace ns3
