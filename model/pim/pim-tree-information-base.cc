// SPDX-License-Identifier: GPL-2.0-only
// RFC 7761 §4.1.
#include "ns3/pim-tree-information-base.h"

#include "ns3/assert.h"

#include <algorithm>

namespace ns3
{

PimGroup*
PimTreeInformationBase::FindGroup(StoredIpv4Address group)
{
    return m_groups.Find(group.Get());
}

const PimGroup*
PimTreeInformationBase::FindGroup(StoredIpv4Address group) const
{
    return const_cast<PimTreeInformationBase*>(this)->FindGroup(group);
}

PimGroup*
PimTreeInformationBase::FindGroupOf(SourceGroup key)
{
    return m_groups.Find(key.GetBits() >> 32);
}

PimGroup&
PimTreeInformationBase::GetOrAddGroup(StoredIpv4Address group)
{
    PimGroup* found = FindGroup(group);
    if (found == nullptr)
    {
        found = &m_groups.Add(group.Get());
        found->group = group;
    }
    return *found;
}

PimGroup&
PimTreeInformationBase::GetGroup(StoredIpv4Address group)
{
    PimGroup* found = FindGroup(group);
    NS_ASSERT_MSG(found != nullptr, "no state of " << Ipv4Address(group));
    return *found;
}

const PimGroup&
PimTreeInformationBase::GetGroup(StoredIpv4Address group) const
{
    const PimGroup* found = FindGroup(group);
    NS_ASSERT_MSG(found != nullptr, "no state of " << Ipv4Address(group));
    return *found;
}

PimSource*
PimTreeInformationBase::FindSource(SourceGroup key)
{
    PimGroup* group = FindGroupOf(key);
    if (group == nullptr || group->sources.empty())
    {
        return nullptr;
    }
    auto it = group->sources.find(key.GetSource().Get());
    return it == group->sources.end() ? nullptr : &it->second;
}

PimSource&
PimTreeInformationBase::GetSource(SourceGroup key)
{
    PimSource* found = FindSource(key);
    NS_ASSERT_MSG(found != nullptr, "no state of " << key);
    return *found;
}

PimTreeState*
PimTreeInformationBase::FindEntry(SourceGroup key)
{
    if (key.IsStarG())
    {
        return FindGroupOf(key);
    }
    return FindSource(key);
}

const PimTreeState*
PimTreeInformationBase::FindEntry(SourceGroup key) const
{
    return const_cast<PimTreeInformationBase*>(this)->FindEntry(key);
}

PimTreeState&
PimTreeInformationBase::GetEntry(SourceGroup key)
{
    PimTreeState* found = FindEntry(key);
    NS_ASSERT_MSG(found != nullptr, "no state of " << key);
    return *found;
}

PimSource&
PimTreeInformationBase::GetOrAddSource(SourceGroup key)
{
    auto& sources = GetOrAddGroup(key.GetGroup()).sources;
    const std::size_t before = sources.size();
    PimSource& found = sources[key.GetSource().Get()];
    m_sources += sources.size() - before;
    found.source = key.GetSource();
    return found;
}

void
PimTreeInformationBase::EraseSource(SourceGroup key)
{
    if (PimSource* source = FindSource(key))
    {
        Index(*source, {}, Ipv4Address::GetAny());
        FindGroup(key.GetGroup())->sources.erase(key.GetSource().Get());
        --m_sources;
    }
}

void
PimTreeInformationBase::EraseGroup(StoredIpv4Address group)
{
    if (PimGroup* found = FindGroup(group))
    {
        Index(*found, {}, Ipv4Address::GetAny());
        m_sources -= found->sources.size();
        m_groups.Erase(group.Get());
    }
}

void
PimTreeInformationBase::Index(PimTreeState& entry,
                              const InterfaceSet& interfaces,
                              Ipv4Address target)
{
    entry.interfaces = interfaces;
    if (entry.rpfTarget != target)
    {
        auto old = m_byTarget.find(entry.rpfTarget.Get());
        if (old != m_byTarget.end() && --old->second == 0)
        {
            m_byTarget.erase(old);
        }
        if (target != Ipv4Address::GetAny())
        {
            ++m_byTarget[target.Get()];
        }
        entry.rpfTarget = target;
    }
}

PimTreeInformationBase::Groups
PimTreeInformationBase::GetGroups() const
{
    Groups groups;
    groups.reserve(m_groups.GetSize());
    for (const PimGroup* g : m_groups.GetSorted())
    {
        groups.emplace_back(g->group.Get(), *g);
    }
    return groups;
}

template <typename Condition>
std::vector<SourceGroup>
PimTreeInformationBase::GetEntriesIf(Condition condition) const
{
    std::vector<SourceGroup> entries;
    ForEachGroup([&](const PimGroup& g) {
        if (condition(g))
        {
            entries.push_back(SourceGroup::StarG(g.group));
        }
        for (const auto& [address, source] : g.sources)
        {
            if (condition(source))
            {
                entries.emplace_back(source.source, g.group);
            }
        }
    });
    std::sort(entries.begin(), entries.end());
    return entries;
}

std::vector<SourceGroup>
PimTreeInformationBase::GetEntriesOfInterface(uint32_t interface) const
{
    return GetEntriesIf(
        [=](const PimTreeState& entry) { return entry.interfaces.Contains(interface); });
}

std::vector<SourceGroup>
PimTreeInformationBase::GetEntriesOfTargets(const std::set<uint32_t>& targets) const
{
    if (targets.empty())
    {
        return {};
    }
    return GetEntriesIf([&targets](const PimTreeState& entry) {
        return targets.count(entry.rpfTarget.Get()) != 0;
    });
}

} // namespace ns3
