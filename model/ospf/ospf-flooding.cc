// SPDX-License-Identifier: GPL-2.0-only
// RFC 2328 §13 and §14. Step numbers are those of §13.
#include "ns3/ospf-flooding.h"

#include <algorithm>
#include <limits>

namespace ns3
{

namespace
{

constexpr std::size_t COUNT_SIZE = 4; // of an update, before the LSAs

bool
IsAsScoped(OspfLsaType type)
{
    return type == OspfLsaType::AS_EXTERNAL;
}

/** \returns the area that names the database of \p type: any for AS-external-LSAs. */
OspfId
GetScope(OspfId area, OspfLsaType type)
{
    return IsAsScoped(type) ? OspfId() : area;
}

/** In ExStart a multicast update may overtake the neighbour's answer: no fault of anybody. */
OspfDropReason
RefuseEarly(const OspfNeighbor& from)
{
    return from.GetState() == OspfNeighborState::EX_START ? OspfDropReason::NONE
                                                          : OspfDropReason::NEIGHBOR_STATE;
}

} // namespace

OspfFlooding::OspfFlooding(OspfContext& context, OspfTables& tables, OspfFloodingListener& listener)
    : m_context(context),
      m_tables(tables),
      m_listener(listener),
      m_flush(tables.clock, [this] { SendPending(); })
{
}

OspfDropReason
OspfFlooding::ReceiveUpdate(OspfNeighbor& from, const OspfLinkStateUpdate& update)
{
    if (from.GetState() < OspfNeighborState::EXCHANGE)
    {
        return RefuseEarly(from);
    }
    OspfDropReason error = OspfDropReason::NONE;
    m_directAcks.clear();
    for (const OspfLsa& lsa : update.lsas)
    {
        const OspfDropReason refused = ReceiveLsa(from, lsa);
        error = error == OspfDropReason::NONE ? refused : error;
        if (from.GetState() < OspfNeighborState::EXCHANGE)
        {
            break;
        }
    }
    OspfInterface& interface = m_tables.GetInterface(from);
    const std::size_t room = interface.GetBodySize() / OspfLsaHeader::SIZE;
    for (std::size_t i = 0; i < m_directAcks.size(); i += room)
    {
        const auto first = m_directAcks.begin() + i;
        const auto last = first + std::min(room, m_directAcks.size() - i);
        m_context.Send(interface,
                       interface.GetUnicastDestination(from),
                       OspfLinkStateAck{std::vector<OspfLsaHeader>(first, last)});
    }
    return error;
}

/** §13, steps 1 and 2. */
OspfDropReason
OspfFlooding::CheckLsa(const OspfLsa& lsa)
{
    if (lsa.ComputeChecksum() != lsa.header.checksum)
    {
        return OspfDropReason::LSA_CHECKSUM;
    }
    if (!lsa.header.IsTypeKnown())
    {
        return OspfDropReason::LSA_TYPE;
    }
    return CheckOspfLsaBody(lsa).empty() ? OspfDropReason::NONE : OspfDropReason::LSA_MALFORMED;
}

/** \returns whether the databases hold as many LSAs as they may. */
bool
OspfFlooding::IsFull() const
{
    const uint32_t limit = m_tables.config.lsaLimit;
    if (limit == 0)
    {
        return false;
    }
    std::size_t size = m_tables.externals.GetEntries().size();
    for (const auto& [id, area] : m_tables.areas)
    {
        size += area->lsdb.GetEntries().size();
    }
    return size >= limit;
}

OspfDropReason
OspfFlooding::ReceiveLsa(OspfNeighbor& from, const OspfLsa& lsa)
{
    const OspfConfig& config = m_tables.config;
    const OspfId area = from.GetLink().GetConfig().area;
    if (const OspfDropReason error = CheckLsa(lsa); error != OspfDropReason::NONE)
    {
        return error;
    }
    const OspfLsaKey key = lsa.header.GetKey();
    if (IsAsScoped(key.type) && !(m_tables.GetOptions(area) & OSPF_OPTION_E)) // step 3
    {
        return OspfDropReason::LSA_IN_STUB_AREA;
    }
    OspfLsdb& lsdb = m_tables.GetLsdb(area, key.type);
    OspfLsdbEntry* own = lsdb.Find(key);
    if (!own && lsa.header.age >= config.GetMaxAge() && !IsAnyoneLoading()) // step 4
    {
        // Neighbours may hold it yet: an own LSA that MinLSInterval still holds back must beat it.
        NotifyIfOwn(GetScope(area, key.type), lsa.header);
        m_directAcks.push_back(lsa.header);
        return OspfDropReason::NONE;
    }
    if (!own && IsFull() && !m_tables.IsSelfOriginated(lsa.header))
    {
        // It is neither kept nor acknowledged, so that it comes again; the exchange goes on.
        from.RemoveRequest(key);
        return OspfDropReason::LSA_LIMIT;
    }
    const int order = own ? CompareOspfInstances(lsa.header, lsdb.GetHeader(*own), config) : 1;
    if (order > 0) // step 5
    {
        // What was asked for has not been received "via flooding": it may be of any age.
        const bool tooSoon = own && own->received && !own->requested &&
                             m_tables.clock.Now() - own->installed < config.minLsArrival;
        if (tooSoon) // step 5a
        {
            return OspfDropReason::NONE;
        }
        AcceptNewer(from, lsa);
    }
    else if (from.MatchRequest(lsa.header) != OspfNeighbor::RequestMatch::NOT_LISTED) // step 6
    {
        from.HandleEvent(OspfNeighborEvent::BAD_LS_REQ);
        return OspfDropReason::BAD_REQUEST;
    }
    else if (order == 0) // step 7
    {
        ReceiveSame(from, lsa.header, *own);
    }
    else // step 8
    {
        ReceiveOlder(from, key);
    }
    return OspfDropReason::NONE;
}

void
OspfFlooding::AcceptNewer(OspfNeighbor& from, const OspfLsa& lsa)
{
    OspfInterface& interface = m_tables.GetInterface(from);
    const OspfId area = interface.GetConfig().area;
    RemoveFromRetransmissionLists(area, lsa.header.GetKey());
    const bool requested = from.MatchRequest(lsa.header) != OspfNeighbor::RequestMatch::NOT_LISTED;
    Install(area, lsa, true);
    m_tables.GetLsdb(area, lsa.header.GetKey().type).Find(lsa.header.GetKey())->requested =
        requested;
    const bool back = Flood(area, lsa.header, &from);
    // §13.5, Table 19: the backup leaves acknowledging to the others unless the DR sent the LSA.
    const bool backup = interface.GetState() == OspfInterfaceState::BACKUP;
    if (!back && (!backup || from.GetAddress() == interface.GetDesignatedRouter()))
    {
        interface.AddDelayedAck(lsa.header);
    }
    if (m_tables.IsSelfOriginated(lsa.header)) // §13.4
    {
        m_listener.OwnLsaReceived();
        if (m_flush.IsRunning())
        {
            // What the listener originates or flushes goes out in the place of this instance, not
            // behind it, where MinLSArrival would refuse it.
            m_flush.Cancel();
            ScheduleFlush();
        }
    }
}

void
OspfFlooding::ReceiveSame(OspfNeighbor& from, const OspfLsaHeader& header, OspfLsdbEntry& own)
{
    OspfInterface& interface = m_tables.GetInterface(from);
    if (!RemoveRetransmission(from, own)) // else step 7a: an implied acknowledgment
    {
        m_directAcks.push_back(header);
        return;
    }
    SchedulePurge();
    if (interface.GetState() == OspfInterfaceState::BACKUP &&
        from.GetAddress() == interface.GetDesignatedRouter())
    {
        interface.AddDelayedAck(header);
    }
}

void
OspfFlooding::ReceiveOlder(OspfNeighbor& from, const OspfLsaKey& key)
{
    const OspfLsdb& lsdb = m_tables.GetLsdb(from.GetLink().GetConfig().area, key.type);
    const OspfLsdbEntry* own = lsdb.Find(key);
    const bool wrapping =
        lsdb.IsMaxAge(*own) && own->GetHeader().sequence == OSPF_MAX_SEQUENCE_NUMBER;
    const Time sinceSent = m_tables.clock.Now() - own->lastSent;
    if (!wrapping && sinceSent >= m_tables.config.minLsArrival)
    {
        m_context.SendLsas(from, {key}, 1);
    }
}

OspfDropReason
OspfFlooding::ReceiveAck(OspfNeighbor& from, const OspfLinkStateAck& ack)
{
    if (from.GetState() < OspfNeighborState::EXCHANGE)
    {
        return RefuseEarly(from);
    }
    const OspfId area = from.GetLink().GetConfig().area;
    for (const OspfLsaHeader& header : ack.headers)
    {
        if (!header.IsTypeKnown())
        {
            continue;
        }
        OspfLsdb& lsdb = m_tables.GetLsdb(area, header.GetKey().type);
        OspfLsdbEntry* own = lsdb.Find(header.GetKey());
        if (own && CompareOspfInstances(header, lsdb.GetHeader(*own), m_tables.config) == 0 &&
            RemoveRetransmission(from, *own))
        {
            SchedulePurge();
        }
    }
    return OspfDropReason::NONE;
}

void
OspfFlooding::Install(OspfId area, const OspfLsa& lsa, bool received)
{
    const OspfLsaKey key = lsa.header.GetKey();
    OspfLsdb& lsdb = m_tables.GetLsdb(area, key.type);
    const bool changed = lsdb.Install(lsa, received, !received);
    const auto aged = std::make_pair(GetScope(area, key.type), key);
    NotifyIfOwn(aged.first, lsa.header);
    if (lsdb.IsMaxAge(*lsdb.Find(key)))
    {
        m_aged.insert(aged);
        SchedulePurge();
    }
    else
    {
        m_aged.erase(aged);
    }
    if (changed)
    {
        m_listener.DatabaseChanged(area, key.type);
    }
}

void
OspfFlooding::NotifyIfOwn(OspfId area, const OspfLsaHeader& header)
{
    if (header.advertisingRouter == m_tables.routerId)
    {
        m_listener.OwnLsaSeen(area, header);
    }
}

void
OspfFlooding::Originate(OspfId area, const OspfLsa& lsa)
{
    RemoveFromRetransmissionLists(area, lsa.header.GetKey());
    Install(area, lsa, false);
    Flood(area, lsa.header, nullptr);
}

void
OspfFlooding::Flush(OspfId area, const OspfLsaKey& key)
{
    OspfLsdb& lsdb = m_tables.GetLsdb(area, key.type);
    const OspfLsdbEntry* entry = lsdb.Find(key);
    if (entry && entry->GetAge() < m_tables.config.GetMaxAge())
    {
        OspfLsa lsa = entry->GetLsa();
        lsa.header.age = m_tables.config.GetMaxAge();
        Originate(area, lsa);
    }
}

bool
OspfFlooding::IsEligible(const OspfInterface& interface, OspfId area, OspfLsaType type) const
{
    const OspfId own = interface.GetConfig().area;
    return IsAsScoped(type) ? (m_tables.GetOptions(own) & OSPF_OPTION_E) != 0 : own == area;
}

bool
OspfFlooding::Flood(OspfId area, const OspfLsaHeader& header, OspfNeighbor* from)
{
    bool back = false;
    for (const auto& [index, interface] : m_tables.interfaces)
    {
        if (!IsEligible(*interface, area, header.GetKey().type))
        {
            continue;
        }
        bool wanted = false;
        for (const auto& [address, neighbor] : interface->GetNeighbors())
        {
            wanted = AddToNeighbor(*neighbor, header, from) || wanted; // step 1
        }
        const bool cameIn = from && &from->GetLink() == interface.get();
        const bool heardByAll =
            cameIn && (from->GetAddress() == interface->GetDesignatedRouter() ||
                       from->GetAddress() == interface->GetBackupDesignatedRouter());
        const bool leftToDr = cameIn && interface->GetState() == OspfInterfaceState::BACKUP;
        if (wanted && !heardByAll && !leftToDr) // steps 2 to 4
        {
            interface->pendingUpdate.insert(header.GetKey());
            ScheduleFlush();
            back = back || cameIn;
        }
    }
    return back;
}

bool
OspfFlooding::AddToNeighbor(OspfNeighbor& neighbor, const OspfLsaHeader& header, OspfNeighbor* from)
{
    using Match = OspfNeighbor::RequestMatch;
    if (neighbor.GetState() < OspfNeighborState::EXCHANGE)
    {
        return false;
    }
    const OspfLsaKey key = header.GetKey();
    const Match match = neighbor.MatchRequest(header);
    if (match == Match::OLDER)
    {
        return false;
    }
    if (match != Match::NOT_LISTED)
    {
        neighbor.RemoveRequest(key);
    }
    if (match == Match::SAME || &neighbor == from)
    {
        return false;
    }
    AddRetransmission(neighbor, key);
    return true;
}

void
OspfFlooding::AddRetransmission(OspfNeighbor& neighbor, const OspfLsaKey& key)
{
    neighbor.AddRetransmission(key);
    m_tables.GetLsdb(neighbor.GetLink().GetConfig().area, key.type).Find(key)->CountList();
}

/** Most LSAs are on no list, which the database knows without a search of a neighbour's. */
bool
OspfFlooding::RemoveRetransmission(OspfNeighbor& neighbor, OspfLsdbEntry& entry)
{
    const bool was = entry.GetMaxLists() > 0 && neighbor.RemoveRetransmission(entry.GetKey());
    was ? entry.UncountList() : void();
    return was;
}

void
OspfFlooding::RemoveFromRetransmissionLists(OspfId area, const OspfLsaKey& key)
{
    OspfLsdbEntry* entry = m_tables.GetLsdb(area, key.type).Find(key);
    if (!entry || entry->GetMaxLists() == 0)
    {
        return; // no LSA leaves the database while it is on a list
    }
    for (const auto& [index, interface] : m_tables.interfaces)
    {
        if (IsEligible(*interface, area, key.type))
        {
            for (const auto& [address, neighbor] : interface->GetNeighbors())
            {
                neighbor->RemoveRetransmission(key);
            }
        }
    }
    entry->ClearLists();
}

std::size_t
OspfFlooding::SendLsas(OspfInterface& interface,
                       Ipv4Address destination,
                       const std::vector<OspfLsaKey>& keys,
                       std::size_t packets)
{
    const OspfInterfaceConfig& config = interface.GetConfig();
    const std::size_t room = interface.GetBodySize() - COUNT_SIZE;
    std::size_t done = 0;
    for (; done < keys.size() && packets > 0; --packets)
    {
        OspfLinkStateUpdate update;
        update.lsas.reserve(std::min(keys.size() - done, room / OspfLsaHeader::SIZE + 1));
        std::size_t used = 0;
        for (; done < keys.size(); ++done)
        {
            OspfLsdb& lsdb = m_tables.GetLsdb(config.area, keys[done].type);
            OspfLsdbEntry* entry = lsdb.Find(keys[done]);
            if (!entry)
            {
                continue;
            }
            // An LSA greater than the MTU travels alone, in IP fragments.
            const uint16_t length = entry->GetHeader().length;
            if (used > 0 && used + length > room)
            {
                break;
            }
            used += length;
            entry->lastSent = m_tables.clock.Now();
            update.lsas.push_back(lsdb.GetForSending(*entry, config.transmitDelay));
        }
        if (!update.lsas.empty())
        {
            m_context.Send(interface, destination, std::move(update));
        }
    }
    return done;
}

void
OspfFlooding::SendPending()
{
    bool flooded = false;
    for (const auto& [index, interface] : m_tables.interfaces)
    {
        if (!interface->pendingUpdate.empty())
        {
            flooded = true;
            const std::vector<OspfLsaKey> keys = interface->pendingUpdate.extract_sequence();
            SendLsas(*interface,
                     interface->GetFloodDestination(),
                     keys,
                     std::numeric_limits<std::size_t>::max());
        }
    }
    if (flooded)
    {
        m_pacedUntil = Max(m_pacedUntil, m_tables.clock.Now()) + m_tables.config.floodPacing;
    }
    Purge();
}

void
OspfFlooding::SchedulePurge()
{
    if (!m_aged.empty())
    {
        ScheduleFlush();
    }
}

void
OspfFlooding::ScheduleFlush()
{
    if (!m_flush.IsRunning())
    {
        const OspfConfig& config = m_tables.config;
        const Time burst = config.floodPacing * int64_t(config.floodBurst - 1);
        const Time wait = m_pacedUntil - burst - m_tables.clock.Now();
        m_flush.Start(config.floodPacing.IsZero() ? Seconds(0) : Max(wait, Seconds(0)));
    }
}

void
OspfFlooding::Purge()
{
    if (m_aged.empty() || IsAnyoneLoading())
    {
        return;
    }
    for (auto it = m_aged.begin(); it != m_aged.end();)
    {
        const auto [area, key] = *it;
        if (IsUnacknowledged(key, area))
        {
            ++it;
            continue;
        }
        OspfLsdb& lsdb = m_tables.GetLsdb(area, key.type);
        const OspfLsaHeader header = lsdb.Find(key)->GetHeader();
        lsdb.Remove(key);
        it = m_aged.erase(it);
        if (m_tables.IsSelfOriginated(header))
        {
            m_listener.OwnLsaGone(area, header);
        }
    }
}

bool
OspfFlooding::IsAnyoneLoading() const
{
    for (const auto& [index, interface] : m_tables.interfaces)
    {
        for (const auto& [address, neighbor] : interface->GetNeighbors())
        {
            if (neighbor->GetState() == OspfNeighborState::EXCHANGE ||
                neighbor->GetState() == OspfNeighborState::LOADING)
            {
                return true;
            }
        }
    }
    return false;
}

bool
OspfFlooding::IsUnacknowledged(const OspfLsaKey& key, OspfId area) const
{
    for (const auto& [index, interface] : m_tables.interfaces)
    {
        if (IsEligible(*interface, area, key.type))
        {
            for (const auto& [address, neighbor] : interface->GetNeighbors())
            {
                if (neighbor->IsOnRetransmissionList(key))
                {
                    return true;
                }
            }
        }
    }
    return false;
}

} // namespace ns3
