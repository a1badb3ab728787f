// SPDX-License-Identifier: GPL-2.0-only
// RFC 7761 §4.1.
#include "ns3/pim-tree-information-base.h"

#include "ns3/assert.h"

namespace ns3
{

namespace
{

/** \returns the key of \p group in a FlatKeyMap, which has none for 0. */
uint64_t
ToKey(Ipv4Address group)
{
    return uint64_t(group.Get()) + 1;
}

} // namespace

PimGroup*
PimTreeInformationBase::FindGroup(Ipv4Address group)
{
    PimGroup** found = m_byAddress.Find(ToKey(group));
    return found == nullptr ? nullptr : *found;
}

const PimGroup*
PimTreeInformationBase::FindGroup(Ipv4Address group) const
{
    return const_cast<PimTreeInformationBase*>(this)->FindGroup(group);
}

PimGroup&
PimTreeInformationBase::GetOrAddGroup(Ipv4Address group)
{
    PimGroup* found = FindGroup(group);
    if (found == nullptr)
    {
        found = &m_groups[group.Get()];
        found->group = group;
        m_byAddress[ToKey(group)] = found;
    }
    return *found;
}

PimGroup&
PimTreeInformationBase::GetGroup(Ipv4Address group)
{
    PimGroup* found = FindGroup(group);
    NS_ASSERT_MSG(found != nullptr, "no state of " << group);
    return *found;
}

const PimGroup&
PimTreeInformationBase::GetGroup(Ipv4Address group) const
{
    const PimGroup* found = FindGroup(group);
    NS_ASSERT_MSG(found != nullptr, "no state of " << group);
    return *found;
}

PimSource*
PimTreeInformationBase::FindSource(SourceGroup key)
{
    PimGroup* group = FindGroup(key.GetGroup());
    if (group == nullptr)
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
        return FindGroup(key.GetGroup());
    }
    return FindSource(key);
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
        Index(key, *source, {}, Ipv4Address::GetAny());
        FindGroup(key.GetGroup())->sources.erase(key.GetSource().Get());
        --m_sources;
    }
}

void
PimTreeInformationBase::EraseGroup(Ipv4Address group)
{
    if (PimGroup* found = FindGroup(group))
    {
        Index(SourceGroup::StarG(group), *found, {}, Ipv4Address::GetAny());
        m_byAddress.Erase(ToKey(group));
        m_sources -= found->sources.size();
        m_groups.erase(group.Get());
    }
}

void
PimTreeInformationBase::Index(SourceGroup key,
                              PimTreeState& entry,
                              const InterfaceSet& interfaces,
                              Ipv4Address target)
{
    entry.interfaces = interfaces;
    if (entry.rpfTarget != target)
    {
        auto old = m_byTarget.find(entry.rpfTarget.Get());
        if (old != m_byTarget.end())
        {
            old->second.erase(key);
            if (old->second.empty())
            {
                m_byTarget.erase(old);
            }
        }
        if (target != Ipv4Address::GetAny())
        {
            m_byTarget[target.Get()].insert(key);
        }
        entry.rpfTarget = target;
    }
}

std::vector<SourceGroup>
PimTreeInformationBase::GetEntriesOfInterface(uint32_t interface) const
{
    std::vector<SourceGroup> entries;
    for (const auto& [number, group] : m_groups)
    {
        if (group.interfaces.Contains(interface))
        {
            entries.push_back(SourceGroup::StarG(group.group));
        }
        for (const auto& [address, source] : group.sources)
        {
            if (source.interfaces.Contains(interface))
            {
                entries.emplace_back(source.source, group.group);
            }
        }
    }
    return entries;
}

} // namespace ns3
