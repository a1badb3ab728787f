// SPDX-License-Identifier: GPL-2.0-only
#include "ns3/placement.h"

#include "ns3/text.h"

#include <algorithm>
#include <limits>
#include <map>
#include <numeric>

namespace ns3
{

std::optional<Placement>
ParsePlacement(const std::string& text)
{
    static const std::map<std::string, Placement::Kind> kinds{
        {"uniform", Placement::Kind::Uniform},
        {"pod-uniform", Placement::Kind::PodUniform},
        {"fill-leaf", Placement::Kind::FillLeaf}};
    auto it = kinds.find(text);
    if (it != kinds.end())
    {
        return Placement{it->second, 0};
    }
    if (text.compare(0, 4, "cap:") != 0)
    {
        return std::nullopt;
    }
    const auto cap = ParseNumber(text.substr(4), 1, std::numeric_limits<uint32_t>::max());
    return cap ? std::optional<Placement>({Placement::Kind::Cap, static_cast<uint32_t>(*cap)})
               : std::nullopt;
}

PlaceMap::PlaceMap(const std::vector<ModelHost>& hosts)
{
    std::map<uint32_t, uint32_t> leafNumbers;
    for (uint32_t place = 0; place < hosts.size(); ++place)
    {
        auto [leaf, fresh] =
            leafNumbers.emplace(hosts[place].leaf, static_cast<uint32_t>(leaves.size()));
        if (fresh)
        {
            pods.resize(std::max<std::size_t>(pods.size(), hosts[place].pod + 1));
            pods[hosts[place].pod].push_back(leaf->second);
            leaves.push_back({hosts[place].pod, {}});
        }
        leaves[leaf->second].places.push_back(place);
        leafOf.push_back(leaf->second);
    }
}

void
ShuffleToEnd(std::vector<uint32_t>& items, std::size_t count, StateRandom& random)
{
    for (std::size_t i = items.size(); i > items.size() - count; --i)
    {
        std::swap(items[random.Below(i)], items[i - 1]);
    }
}

VniScatter::VniScatter(const std::vector<ModelHost>& hosts, Placement placement)
    : m_map(hosts),
      m_placement(placement),
      m_takenBy(hosts.size(), 0)
{
}

void
VniScatter::Take(uint32_t count, StateRandom& random, std::vector<uint32_t>& members)
{
    members.clear();
    ++m_call;
    switch (m_placement.kind)
    {
    case Placement::Kind::Uniform:
        TakeAnywhere(count, random, members);
        break;
    case Placement::Kind::PodUniform:
        TakeFromPods(count, random, members);
        break;
    case Placement::Kind::FillLeaf:
    case Placement::Kind::Cap:
        TakeFromLeaves(count, random, members);
        break;
    }
}

void
VniScatter::TakeAnywhere(uint32_t count, StateRandom& random, std::vector<uint32_t>& members)
{
    const std::size_t places = m_takenBy.size();
    if (count > places / 2)
    {
        m_items.resize(places);
        std::iota(m_items.begin(), m_items.end(), 0);
        ShuffleToEnd(m_items, count, random);
        members.assign(m_items.end() - count, m_items.end());
        return;
    }
    while (members.size() < count)
    {
        const uint32_t place = random.Below(places);
        if (m_takenBy[place] != m_call)
        {
            m_takenBy[place] = m_call;
            members.push_back(place);
        }
    }
}

void
VniScatter::TakeFromPods(uint32_t count, StateRandom& random, std::vector<uint32_t>& members)
{
    std::vector<uint32_t> pods(m_map.pods.size());
    std::iota(pods.begin(), pods.end(), 0);
    for (; members.size() < count; pods.pop_back())
    {
        ShuffleToEnd(pods, 1, random);
        m_items.clear();
        for (uint32_t leaf : m_map.pods[pods.back()])
        {
            const auto& places = m_map.leaves[leaf].places;
            m_items.insert(m_items.end(), places.begin(), places.end());
        }
        const std::size_t some = std::min(m_items.size(), count - members.size());
        ShuffleToEnd(m_items, some, random);
        members.insert(members.end(), m_items.end() - some, m_items.end());
    }
}

void
VniScatter::TakeFromLeaves(uint32_t count, StateRandom& random, std::vector<uint32_t>& members)
{
    const std::size_t cap = m_placement.kind == Placement::Kind::Cap
                                ? m_placement.cap
                                : std::numeric_limits<uint32_t>::max();
    std::vector<std::vector<uint32_t>> pods = m_map.pods;
    for (auto& pod : pods)
    {
        ShuffleToEnd(pod, pod.size(), random);
    }
    std::vector<uint32_t> order(pods.size());
    std::iota(order.begin(), order.end(), 0);
    ShuffleToEnd(order, order.size(), random);
    while (members.size() < count)
    {
        for (uint32_t pod : order)
        {
            for (uint32_t leaf : pods[pod])
            {
                m_items.clear();
                for (uint32_t place : m_map.leaves[leaf].places)
                {
                    if (m_takenBy[place] != m_call)
                    {
                        m_items.push_back(place);
                    }
                }
                const std::size_t some = std::min({m_items.size(), cap, count - members.size()});
                ShuffleToEnd(m_items, some, random);
                for (std::size_t i = m_items.size() - some; i < m_items.size(); ++i)
                {
                    m_takenBy[m_items[i]] = m_call;
                    members.push_back(m_items[i]);
                }
                if (members.size() == count)
                {
                    return;
                }
            }
        }
    }
}

TenantPlacer::TenantPlacer(const std::vector<ModelHost>& hosts, Placement placement, uint32_t room)
    : m_map(hosts),
      m_placement(placement),
      m_room(hosts.size(), room)
{
}

void
TenantPlacer::Take(uint32_t count, StateRandom& random, std::vector<uint32_t>& places)
{
    places.clear();
    switch (m_placement.kind)
    {
    case Placement::Kind::Uniform:
        TakeAnywhere(count, random, places);
        break;
    case Placement::Kind::PodUniform:
        TakeFromPods(count, random, places);
        break;
    case Placement::Kind::FillLeaf:
        FillLeaves(count, random, places);
        break;
    case Placement::Kind::Cap:
        TakeCapped(count, random, places);
        break;
    }
}

std::vector<uint32_t>
TenantPlacer::GetOpenLeaves(uint32_t pod) const
{
    std::vector<uint32_t> open;
    for (uint32_t leaf : m_map.pods[pod])
    {
        if (!m_map.leaves[leaf].places.empty())
        {
            open.push_back(leaf);
        }
    }
    return open;
}

std::vector<uint32_t>
TenantPlacer::GetOpenPods() const
{
    std::vector<uint32_t> open;
    for (uint32_t pod = 0; pod < m_map.pods.size(); ++pod)
    {
        if (!GetOpenLeaves(pod).empty())
        {
            open.push_back(pod);
        }
    }
    return open;
}

/** Takes one machine's room; the place must be the last of its leaf's list if that was its last. */
void
TenantPlacer::Use(uint32_t place)
{
    if (--m_room[place] == 0)
    {
        auto& free = m_map.leaves[m_map.leafOf[place]].places;
        free.erase(std::find(free.begin(), free.end(), place));
    }
}

/** Takes up to \p count different places of a leaf. \returns how many. */
uint32_t
TenantPlacer::TakeFromLeaf(uint32_t leaf,
                           uint32_t count,
                           StateRandom& random,
                           std::vector<uint32_t>& places)
{
    auto& free = m_map.leaves[leaf].places;
    const uint32_t some = std::min(count, static_cast<uint32_t>(free.size()));
    ShuffleToEnd(free, some, random);
    const std::vector<uint32_t> taken(free.end() - some, free.end());
    for (uint32_t place : taken)
    {
        places.push_back(place);
        Use(place);
    }
    return some;
}

/** Takes different places of \p leaves, and again until there are \p count, or no room is left. */
void
TenantPlacer::TakeFrom(const std::vector<uint32_t>& leaves,
                       uint32_t count,
                       StateRandom& random,
                       std::vector<uint32_t>& places)
{
    m_items.clear();
    for (uint32_t leaf : leaves)
    {
        const auto& free = m_map.leaves[leaf].places;
        m_items.insert(m_items.end(), free.begin(), free.end());
    }
    const std::size_t some = std::min<std::size_t>(m_items.size(), count);
    ShuffleToEnd(m_items, some, random);
    for (std::size_t i = m_items.size() - some; i < m_items.size(); ++i)
    {
        places.push_back(m_items[i]);
        Use(m_items[i]);
    }
}

void
TenantPlacer::TakeAnywhere(uint32_t count, StateRandom& random, std::vector<uint32_t>& places)
{
    std::vector<uint32_t> leaves(m_map.leaves.size());
    std::iota(leaves.begin(), leaves.end(), 0);
    while (places.size() < count)
    {
        TakeFrom(leaves, count - static_cast<uint32_t>(places.size()), random, places);
    }
}

void
TenantPlacer::TakeFromPods(uint32_t count, StateRandom& random, std::vector<uint32_t>& places)
{
    while (places.size() < count)
    {
        const std::vector<uint32_t> pods = GetOpenPods();
        const uint32_t pod = pods[random.Below(pods.size())];
        TakeFrom(m_map.pods[pod], count - static_cast<uint32_t>(places.size()), random, places);
    }
}

void
TenantPlacer::FillLeaves(uint32_t count, StateRandom& random, std::vector<uint32_t>& places)
{
    while (places.size() < count)
    {
        const std::vector<uint32_t> pods = GetOpenPods();
        const uint32_t pod = pods[random.Below(pods.size())];
        std::vector<uint32_t> leaves = GetOpenLeaves(pod);
        while (places.size() < count && !leaves.empty())
        {
            // Drawn with replacement, as published: a leaf, and a place on it, may come again.
            const std::size_t choice = random.Below(leaves.size());
            TakeFromLeaf(
                leaves[choice], count - static_cast<uint32_t>(places.size()), random, places);
            if (m_map.leaves[leaves[choice]].places.empty())
            {
                leaves.erase(leaves.begin() + static_cast<std::ptrdiff_t>(choice));
            }
        }
    }
}

void
TenantPlacer::TakeCapped(uint32_t count, StateRandom& random, std::vector<uint32_t>& places)
{
    while (places.size() < count)
    {
        std::vector<uint32_t> pods = GetOpenPods();
        ShuffleToEnd(pods, pods.size(), random);
        for (uint32_t pod : pods)
        {
            std::vector<uint32_t> leaves = GetOpenLeaves(pod);
            ShuffleToEnd(leaves, leaves.size(), random);
            for (uint32_t leaf : leaves)
            {
                const uint32_t left = count - static_cast<uint32_t>(places.size());
                if (left == 0)
                {
                    return;
                }
                TakeFromLeaf(leaf, std::min(left, m_placement.cap), random, places);
            }
        }
    }
}

} // namespace ns3
