// SPDX-License-Identifier: GPL-2.0-only
// RFC 7761 §4.1.
#include "ns3/pim-tree-information-base.h"

namespace ns3
{

std::ostream&
operator<<(std::ostream& os, const PimEntryKey& key)
{
    os << "(";
    if (key.IsStarG())
    {
        os << "*";
    }
    else
    {
        os << key.source;
    }
    return os << "," << key.group << ")";
}

const char*
ToString(PimJoinState state)
{
    static const char* const names[] = {"NoInfo", "Join", "PrunePending"};
    return names[static_cast<int>(state)];
}

const char*
ToString(PimRptPruneState state)
{
    static const char* const names[] = {
        "NoInfo", "Prune", "PrunePending", "PruneTmp", "PrunePendingTmp"};
    return names[static_cast<int>(state)];
}

const char*
ToString(PimUpstreamState state)
{
    static const char* const names[] = {"NotJoined", "Joined"};
    return names[static_cast<int>(state)];
}

const char*
ToString(PimRptUpstreamState state)
{
    static const char* const names[] = {"RPTNotJoined", "NotPruned", "Pruned"};
    return names[static_cast<int>(state)];
}

const char*
ToString(PimAssertState state)
{
    static const char* const names[] = {"NoInfo", "Winner", "Loser"};
    return names[static_cast<int>(state)];
}

const char*
ToString(PimRegisterState state)
{
    static const char* const names[] = {"NoInfo", "Join", "JoinPending", "Prune"};
    return names[static_cast<int>(state)];
}

PimGroup*
PimTreeInformationBase::FindGroup(Ipv4Address group)
{
    auto it = m_groups.find(group.Get());
    return it == m_groups.end() ? nullptr : &it->second;
}

const PimGroup*
PimTreeInformationBase::FindGroup(Ipv4Address group) const
{
    auto it = m_groups.find(group.Get());
    return it == m_groups.end() ? nullptr : &it->second;
}

PimGroup&
PimTreeInformationBase::GetGroup(Ipv4Address group)
{
    PimGroup& found = m_groups[group.Get()];
    found.group = group;
    return found;
}

PimSource*
PimTreeInformationBase::FindSource(PimEntryKey key)
{
    PimGroup* group = FindGroup(key.group);
    if (group == nullptr)
    {
        return nullptr;
    }
    auto it = group->sources.find(key.source.Get());
    return it == group->sources.end() ? nullptr : &it->second;
}

PimTreeState*
PimTreeInformationBase::FindEntry(PimEntryKey key)
{
    if (key.IsStarG())
    {
        return FindGroup(key.group);
    }
    return FindSource(key);
}

PimSource&
PimTreeInformationBase::GetSource(PimEntryKey key)
{
    PimSource& found = GetGroup(key.group).sources[key.source.Get()];
    found.source = key.source;
    return found;
}

void
PimTreeInformationBase::EraseSource(PimEntryKey key)
{
    if (PimSource* source = FindSource(key))
    {
        Index(key, *source, {}, Ipv4Address::GetAny());
        FindGroup(key.group)->sources.erase(key.source.Get());
    }
}

void
PimTreeInformationBase::EraseGroup(Ipv4Address group)
{
    if (PimGroup* found = FindGroup(group))
    {
        Index({group, Ipv4Address::GetAny()}, *found, {}, Ipv4Address::GetAny());
        m_groups.erase(group.Get());
    }
}

void
PimTreeInformationBase::Clear()
{
    m_groups.clear();
    m_byInterface.clear();
    m_byTarget.clear();
}

void
PimTreeInformationBase::Index(PimEntryKey key,
                              PimTreeState& entry,
                              const InterfaceSet& interfaces,
                              Ipv4Address target)
{
    if (entry.indexed != interfaces)
    {
        (entry.indexed - interfaces).ForEach([&](uint32_t i) { m_byInterface[i].erase(key); });
        (interfaces - entry.indexed).ForEach([&](uint32_t i) { m_byInterface[i].insert(key); });
        entry.indexed = interfaces;
    }
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

const std::set<PimEntryKey>&
PimTreeInformationBase::GetEntriesOfInterface(uint32_t interface) const
{
    static const std::set<PimEntryKey> none;
    auto it = m_byInterface.find(interface);
    return it == m_byInterface.end() ? none : it->second;
}

} // namespace ns3
