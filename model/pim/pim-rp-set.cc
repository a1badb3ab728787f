// SPDX-License-Identifier: GPL-2.0-only
// RFC 7761 §4.7, RFC 5059 §3.1.5.
#include "ns3/pim-rp-set.h"

#include "ns3/rp-hash.h"

#include <sstream>

namespace ns3
{

PimRpSet::PimRpSet(PimEnvironment& environment, const std::vector<PimStaticRp>& staticRps)
    : m_environment(environment),
      m_expiry(environment.GetClock(), [this](const Key& key) { Expire(key); })
{
    for (const PimStaticRp& mapping : staticRps)
    {
        Add(mapping);
    }
}

PimRpMapping&
PimRpSet::Add(const PimStaticRp& configured)
{
    PimRpMapping mapping;
    mapping.range = configured.range;
    mapping.rp = configured.rp;
    mapping.bidirectional = configured.bidirectional;
    mapping.isStatic = true;
    Remember(mapping);
    return m_static[KeyOf(mapping)] = mapping;
}

void
PimRpSet::AddStatic(const Ipv4Prefix& range, Ipv4Address rp, bool bidirectional)
{
    Report(Add({range, rp, bidirectional}), "static");
    NotifyChanged({range});
}

void
PimRpSet::RemoveStatic(const Ipv4Prefix& range, Ipv4Address rp)
{
    auto it = m_static.find(Key{PimScopeZone(), range, rp});
    if (it != m_static.end())
    {
        Report(it->second, "removed");
        m_static.erase(it);
        NotifyChanged({range});
    }
}

void
PimRpSet::SetStaticHashMaskLength(uint8_t length)
{
    m_staticHashMaskLength = length;
}

void
PimRpSet::AddZone(const PimScopeZone& zone)
{
    if (m_hashMaskLengths.emplace(zone, DEFAULT_HASH_MASK_LENGTH).second && zone.scoped)
    {
        NotifyChanged({zone.range});
    }
}

void
PimRpSet::RemoveZone(const PimScopeZone& zone)
{
    for (auto it = m_learned.begin(); it != m_learned.end();)
    {
        if (it->first.zone == zone)
        {
            Report(it->second, "removed");
            m_expiry.Remove(it->first);
            it = m_learned.erase(it);
        }
        else
        {
            ++it;
        }
    }
    m_hashMaskLengths.erase(zone);
    NotifyChanged({zone.range});
}

void
PimRpSet::SetHashMaskLength(const PimScopeZone& zone, uint8_t length)
{
    uint8_t& known = m_hashMaskLengths[zone];
    if (known != length)
    {
        known = length;
        NotifyChanged({zone.range});
    }
}

void
PimRpSet::Store(const PimScopeZone& zone,
                const PimEncodedGroup& group,
                const std::vector<PimBootstrapRp>& rps)
{
    const Ipv4Prefix range = group.GetPrefix();
    bool isChanged = false;
    std::map<Key, PimRpMapping> stale;
    for (auto it = m_learned.lower_bound(Key{zone, range, Ipv4Address::GetAny()});
         it != m_learned.end() && it->first.zone == zone && it->first.range == range;
         ++it)
    {
        stale.insert(*it);
    }
    for (const PimBootstrapRp& rp : rps)
    {
        if (rp.holdtime != 0)
        {
            PimRpMapping mapping;
            mapping.range = range;
            mapping.rp = rp.address;
            mapping.priority = rp.priority;
            mapping.holdtime = rp.holdtime;
            mapping.bidirectional = group.bidirectional;
            mapping.zone = zone;
            isChanged = Insert(mapping) || isChanged;
            stale.erase(KeyOf(mapping));
        }
    }
    for (const auto& [key, mapping] : stale)
    {
        Report(mapping, "removed");
        m_expiry.Remove(key);
        m_learned.erase(key);
        isChanged = true;
    }
    if (isChanged)
    {
        NotifyChanged({range});
    }
}

/** Adds or refreshes a learned mapping. \returns true when it is new or differs. */
bool
PimRpSet::Insert(const PimRpMapping& mapping)
{
    const Key key = KeyOf(mapping);
    const auto [it, isNew] = m_learned.emplace(key, mapping);
    const bool isOther = isNew || it->second.priority != mapping.priority ||
                         it->second.bidirectional != mapping.bidirectional;
    it->second = mapping;
    Remember(mapping);
    m_expiry.Set(key, Seconds(mapping.holdtime));
    if (isOther)
    {
        Report(mapping, isNew ? "added" : "changed");
    }
    return isOther;
}

void
PimRpSet::Refresh(const PimScopeZone& zone)
{
    for (const auto& [key, mapping] : m_learned)
    {
        if (key.zone == zone)
        {
            m_expiry.Set(key, Seconds(mapping.holdtime));
        }
    }
}

void
PimRpSet::Refresh(const PimScopeZone& zone, const Ipv4Prefix& range)
{
    for (auto it = m_learned.lower_bound(Key{zone, range, Ipv4Address::GetAny()});
         it != m_learned.end() && it->first.zone == zone && it->first.range == range;
         ++it)
    {
        m_expiry.Set(it->first, Seconds(it->second.holdtime));
    }
}

void
PimRpSet::Remember(const PimRpMapping& mapping)
{
    m_everKnown = true;
    if (mapping.bidirectional)
    {
        m_everBidirectional.insert(mapping.range);
    }
}

bool
PimRpSet::IsSparseWithoutRp(Ipv4Address group) const
{
    return m_everKnown &&
           std::none_of(m_everBidirectional.begin(),
                        m_everBidirectional.end(),
                        [group](const Ipv4Prefix& range) { return range.Contains(group); });
}

void
PimRpSet::Expire(const Key& key)
{
    auto it = m_learned.find(key);
    const Ipv4Prefix range = key.range;
    Report(it->second, "expired");
    m_learned.erase(it);
    NotifyChanged({range});
}

std::optional<PimRpMapping>
PimRpSet::Lookup(Ipv4Address group) const
{
    const PimScopeZone* zone = FindZone(group);
    RpSelection<const PimRpMapping*> selection(group.Get());
    const auto consider = [&](const PimRpMapping& mapping) {
        selection.Consider({mapping.range,
                            mapping.isStatic,
                            mapping.priority,
                            mapping.rp.Get(),
                            GetHashMaskLength(mapping)},
                           &mapping);
    };
    for (const auto& [key, mapping] : m_static)
    {
        consider(mapping);
    }
    for (const auto& [key, mapping] : m_learned)
    {
        if (zone == nullptr ? !key.zone.scoped : key.zone == *zone)
        {
            consider(mapping);
        }
    }
    const auto best = selection.Get();
    return best ? std::make_optional(**best) : std::nullopt;
}

/** \returns the smallest scope zone that \p group belongs to; nullptr: the global one. */
const PimScopeZone*
PimRpSet::FindZone(Ipv4Address group) const
{
    const PimScopeZone* smallest = nullptr;
    for (const auto& [zone, length] : m_hashMaskLengths)
    {
        if (zone.scoped && zone.range.Contains(group) &&
            (smallest == nullptr || zone.range.GetLength() > smallest->range.GetLength()))
        {
            smallest = &zone;
        }
    }
    return smallest;
}

std::vector<PimRpMapping>
PimRpSet::GetMappings() const
{
    std::vector<PimRpMapping> mappings;
    for (const auto* table : {&m_static, &m_learned})
    {
        for (const auto& [key, mapping] : *table)
        {
            mappings.push_back(mapping);
        }
    }
    return mappings;
}

Time
PimRpSet::GetRemaining(const PimRpMapping& mapping) const
{
    return mapping.isStatic ? Seconds(0) : m_expiry.GetRemaining(KeyOf(mapping));
}

PimRpSet::Key
PimRpSet::KeyOf(const PimRpMapping& mapping)
{
    return Key{mapping.zone, mapping.range, mapping.rp};
}

uint8_t
PimRpSet::GetHashMaskLength(const PimRpMapping& mapping) const
{
    auto it = m_hashMaskLengths.find(mapping.zone);
    return mapping.isStatic || it == m_hashMaskLengths.end() ? m_staticHashMaskLength : it->second;
}

void
PimRpSet::Report(const PimRpMapping& mapping, const char* what) const
{
    std::ostringstream detail;
    detail << mapping.range << " " << mapping.rp << " priority " << +mapping.priority << " "
           << what;
    m_environment.ReportEvent("rp", detail.str());
}

void
PimRpSet::NotifyChanged(std::vector<Ipv4Prefix> ranges) const
{
    if (changed)
    {
        changed(ranges);
    }
}

} // namespace ns3
