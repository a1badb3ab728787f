// SPDX-License-Identifier: GPL-2.0-only
// The entries of RFC 7761 §4.2 and RFC 5015 §3.3, and what a limited table does when it is full.
#include "ns3/multicast-forwarding-cache.h"

#include <algorithm>
#include <stdexcept>

namespace ns3
{

namespace
{

const std::vector<std::pair<MulticastOverflowPolicy, std::string>> POLICY_NAMES = {
    {MulticastOverflowPolicy::REFUSE, "refuse"},
    {MulticastOverflowPolicy::EVICT, "evict"},
    {MulticastOverflowPolicy::PUNT, "punt"},
    {MulticastOverflowPolicy::FALLBACK_STAR_G, "fallback-star-g"}};

} // namespace

MulticastOverflowPolicy
ParseMulticastOverflowPolicy(const std::string& name)
{
    for (const auto& [policy, policyName] : POLICY_NAMES)
    {
        if (policyName == name)
        {
            return policy;
        }
    }
    throw std::invalid_argument("unknown overflow policy \"" + name +
                                "\": refuse, evict, punt or fallback-star-g");
}

std::string
GetMulticastOverflowPolicyName(MulticastOverflowPolicy policy)
{
    return POLICY_NAMES[static_cast<std::size_t>(policy)].second;
}

void
MulticastForwardingCache::SetCapacity(std::size_t capacity, MulticastOverflowPolicy policy)
{
    if (capacity == m_all.capacity && policy == m_policy)
    {
        return;
    }
    const bool wasLimited = IsLimited();
    m_all.capacity = capacity;
    m_policy = policy;
    SortByUse(wasLimited);
    for (Table* table : {&m_all, &m_starGTable, &m_sourceTable})
    {
        table->refusing = false;
    }
}

void
MulticastForwardingCache::SetKindCapacities(std::size_t starG, std::size_t source)
{
    const bool wasLimited = IsLimited();
    for (const auto& [table, capacity] :
         {std::make_pair(&m_starGTable, starG), std::make_pair(&m_sourceTable, source)})
    {
        table->refusing = table->refusing && table->capacity == capacity;
        table->capacity = capacity;
    }
    SortByUse(wasLimited);
}

bool
MulticastForwardingCache::IsLimited() const
{
    return m_all.capacity != UNLIMITED || m_starGTable.capacity != UNLIMITED ||
           m_sourceTable.capacity != UNLIMITED;
}

void
MulticastForwardingCache::SortByUse(bool wasLimited)
{
    if (wasLimited || !IsLimited())
    {
        return;
    }
    for (UseList* list : {&m_starG, &m_source, &m_yielding})
    {
        list->sort([](const MulticastForwardingEntry& a, const MulticastForwardingEntry& b) {
            return a.lastUse < b.lastUse;
        });
    }
}

void
MulticastForwardingCache::SetDisplacedCallback(std::function<void(const SourceGroup&)> displaced)
{
    m_displaced = std::move(displaced);
}

MulticastForwardingEntry&
MulticastForwardingCache::Set(const SourceGroup& key, const MulticastEntrySpec& spec, Time now)
{
    MulticastForwardingEntry* known = Find(key);
    const bool added = known == nullptr;
    if (added)
    {
        known = &m_entries.Add(key.GetBits());
        known->key = key;
        known->created = now;
        known->lastUse = now;
        known->idleStart = now;
    }
    MulticastForwardingEntry& entry = *known;
    if (!(entry.spec == spec))
    {
        const bool moves = entry.installed && entry.spec.yields != spec.yields;
        entry.spec = spec;
        entry.m_route = nullptr;
        if (moves)
        {
            entry.unlink();
            ListOf(entry).push_back(entry);
        }
    }
    if (!Install(entry) && added)
    {
        ++m_counters.refusedEntries;
    }
    return entry;
}

bool
MulticastForwardingCache::Remove(const SourceGroup& key)
{
    MulticastForwardingEntry* entry = Find(key);
    if (!entry)
    {
        return false;
    }
    if (entry->installed)
    {
        MarkRemoved(*entry);
    }
    m_entries.Erase(key.GetBits());
    return true;
}

MulticastForwardingEntry*
MulticastForwardingCache::Find(const SourceGroup& key)
{
    return m_entries.Find(key.GetBits());
}

const MulticastForwardingEntry*
MulticastForwardingCache::Find(const SourceGroup& key) const
{
    return const_cast<MulticastForwardingCache*>(this)->Find(key);
}

bool
MulticastForwardingCache::Install(MulticastForwardingEntry& entry)
{
    if (!entry.installed && MakeRoom(entry))
    {
        entry.installed = true;
        ++m_all.installed;
        ++TableOf(entry.key).installed;
        ListOf(entry).push_back(entry);
    }
    return entry.installed;
}

Ptr<Ipv4MulticastRoute>
MulticastForwardingCache::GetRoute(MulticastForwardingEntry& entry, uint32_t interface)
{
    const MulticastEntrySpec& spec = entry.spec;
    const bool loops = spec.outgoing.Contains(interface);
    if (spec.outgoing.IsEmpty() || (loops && spec.outgoing.GetSize() == 1))
    {
        return nullptr;
    }
    if (!loops && !entry.m_route)
    {
        entry.m_route = m_routes.Get(spec.outgoing);
    }
    const Ptr<Ipv4MulticastRoute> route =
        loops ? m_routes.Get(spec.outgoing - InterfaceSet{interface}) : entry.m_route;
    route->SetGroup(entry.key.GetGroup());
    route->SetOrigin(entry.key.GetSource());
    route->SetParent(spec.incoming);
    return route;
}

void
MulticastForwardingCache::Use(MulticastForwardingEntry& entry, uint32_t bytes, Time now)
{
    ++entry.packets;
    entry.bytes += bytes;
    entry.lastUse = now;
    if (entry.installed && IsLimited())
    {
        UseList& list = ListOf(entry);
        list.splice(list.end(), list, list.iterator_to(entry));
    }
}

bool
MulticastForwardingCache::Table::HasRoom() const
{
    return installed < capacity && !(refusing && static_cast<double>(installed) >=
                                                     RESUME_BELOW * static_cast<double>(capacity));
}

MulticastForwardingCache::Table&
MulticastForwardingCache::TableOf(const SourceGroup& key)
{
    return key.IsStarG() ? m_starGTable : m_sourceTable;
}

const MulticastForwardingCache::Table&
MulticastForwardingCache::TableOf(const SourceGroup& key) const
{
    return key.IsStarG() ? m_starGTable : m_sourceTable;
}

bool
MulticastForwardingCache::HasRoom() const
{
    return m_all.HasRoom();
}

bool
MulticastForwardingCache::HasRoom(const SourceGroup& key) const
{
    return m_all.HasRoom() && TableOf(key).HasRoom();
}

bool
MulticastForwardingCache::IsWorthAsking(const SourceGroup& key) const
{
    const MulticastForwardingEntry* entry = Find(key);
    return m_policy != MulticastOverflowPolicy::FALLBACK_STAR_G || HasRoom(key) ||
           (entry != nullptr && entry->installed);
}

std::size_t
MulticastForwardingCache::GetInstalledSize() const
{
    return m_all.installed;
}

std::size_t
MulticastForwardingCache::GetInstalledStarG() const
{
    return m_starGTable.installed;
}

std::size_t
MulticastForwardingCache::GetSize() const
{
    return m_entries.GetSize();
}

std::size_t
MulticastForwardingCache::GetCapacity() const
{
    return m_all.capacity;
}

MulticastOverflowPolicy
MulticastForwardingCache::GetPolicy() const
{
    return m_policy;
}

MulticastOverflowCounters&
MulticastForwardingCache::GetCounters()
{
    return m_counters;
}

const MulticastOverflowCounters&
MulticastForwardingCache::GetCounters() const
{
    return m_counters;
}

std::vector<const MulticastForwardingEntry*>
MulticastForwardingCache::GetEntries(bool installedOnly) const
{
    std::vector<const MulticastForwardingEntry*> entries;
    entries.reserve(m_entries.GetSize());
    for (const MulticastForwardingEntry* entry : m_entries.GetSorted())
    {
        if (entry->installed || !installedOnly)
        {
            entries.push_back(entry);
        }
    }
    return entries;
}

bool
MulticastForwardingCache::MakeRoom(const MulticastForwardingEntry& entry)
{
    Table& kind = TableOf(entry.key);
    for (Table* table : {&m_all, &kind})
    {
        table->refusing = !table->HasRoom() && m_policy == MulticastOverflowPolicy::REFUSE;
    }
    if (HasRoom(entry.key))
    {
        return true;
    }
    MulticastForwardingEntry* victim = FindVictim(entry);
    if (victim != nullptr)
    {
        Displace(*victim);
    }
    return victim != nullptr;
}

MulticastForwardingEntry*
MulticastForwardingCache::FindVictim(const MulticastForwardingEntry& entry)
{
    MulticastForwardingEntry* victim = nullptr;
    // Where the entries of its own kind are too many, only one of these makes room.
    const bool ownKind = !TableOf(entry.key).HasRoom();
    if (m_policy == MulticastOverflowPolicy::EVICT)
    {
        for (UseList* list : {&m_source, &m_yielding, &m_starG})
        {
            if (ownKind && (list == &m_starG) != entry.key.IsStarG())
            {
                continue;
            }
            if (!list->empty() && (victim == nullptr || list->front().lastUse < victim->lastUse))
            {
                victim = &list->front();
            }
        }
    }
    else if (m_policy == MulticastOverflowPolicy::FALLBACK_STAR_G && !entry.spec.yields &&
             !(ownKind && entry.key.IsStarG()))
    {
        if (!m_yielding.empty())
        {
            victim = &m_yielding.front();
        }
        else if (entry.key.IsStarG() && !m_source.empty())
        {
            victim = &m_source.front();
        }
    }
    return victim;
}

void
MulticastForwardingCache::MarkRemoved(MulticastForwardingEntry& entry)
{
    entry.unlink();
    entry.installed = false;
    --m_all.installed;
    --TableOf(entry.key).installed;
}

void
MulticastForwardingCache::Displace(MulticastForwardingEntry& entry)
{
    MarkRemoved(entry);
    ++m_counters.evictedEntries;
    if (m_displaced)
    {
        m_displaced(entry.key);
    }
}

MulticastForwardingCache::UseList&
MulticastForwardingCache::ListOf(const MulticastForwardingEntry& entry)
{
    return entry.key.IsStarG() ? m_starG : entry.spec.yields ? m_yielding : m_source;
}

} // namespace ns3
