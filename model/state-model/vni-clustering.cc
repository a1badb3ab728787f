// SPDX-License-Identifier: GPL-2.0-only
#include "ns3/vni-clustering.h"

#include <boost/dynamic_bitset.hpp>

#include <algorithm>
#include <limits>
#include <numeric>
#include <unordered_map>

namespace ns3
{

namespace
{

/** Every pair of so many VNIs can be looked at; of more, only neighbours are. */
constexpr std::size_t MAX_PAIRWISE = 4096;
constexpr int MAX_PASSES = 20;

/** A VNI for the purpose. */
struct Item
{
    std::vector<uint32_t> members; //!< sorted
    uint64_t frames;
};

/** Greedy merging: the pair that adds the least cost, again and again. */
class Merger
{
  public:
    Merger(const std::vector<Item>& items, std::size_t vteps)
        : m_partner(items.size()),
          m_increase(items.size())
    {
        for (std::size_t i = 0; i < items.size(); ++i)
        {
            Cluster cluster;
            cluster.members.resize(vteps);
            for (uint32_t vtep : items[i].members)
            {
                cluster.members.set(vtep);
            }
            cluster.size = items[i].members.size();
            cluster.frames = items[i].frames;
            cluster.items.push_back(static_cast<uint32_t>(i));
            m_clusters.push_back(std::move(cluster));
        }
    }

    /** \returns the group of each item. */
    std::vector<uint32_t> Run(std::size_t groups)
    {
        for (std::size_t i = 0; i < m_clusters.size(); ++i)
        {
            FindPartner(i);
        }
        for (std::size_t left = m_clusters.size(); left > groups; --left)
        {
            MergeBest();
        }
        std::vector<uint32_t> groupOf(m_clusters.size());
        uint32_t group = 0;
        for (const Cluster& cluster : m_clusters)
        {
            for (uint32_t item : cluster.items)
            {
                groupOf[item] = group;
            }
            group += cluster.items.empty() ? 0 : 1;
        }
        return groupOf;
    }

  private:
    struct Cluster
    {
        boost::dynamic_bitset<uint64_t> members;
        uint64_t size;
        uint64_t frames;
        std::vector<uint32_t> items; //!< empty once merged into another
    };

    uint64_t Increase(const Cluster& a, const Cluster& b) const
    {
        const uint64_t both = (a.members & b.members).count();
        return (b.size - both) * a.frames + (a.size - both) * b.frames;
    }

    /** Looks at later clusters only, so that each pair is seen once. */
    void FindPartner(std::size_t i)
    {
        m_increase[i] = std::numeric_limits<uint64_t>::max();
        for (std::size_t j = i + 1; j < m_clusters.size(); ++j)
        {
            Offer(i, j);
        }
    }

    void Offer(std::size_t i, std::size_t j)
    {
        if (m_clusters[j].items.empty())
        {
            return;
        }
        const uint64_t increase = Increase(m_clusters[i], m_clusters[j]);
        if (increase < m_increase[i])
        {
            m_increase[i] = increase;
            m_partner[i] = j;
        }
    }

    void MergeBest()
    {
        std::size_t best = 0;
        for (std::size_t i = 0; i < m_clusters.size(); ++i)
        {
            if (!m_clusters[i].items.empty() &&
                (m_clusters[best].items.empty() || m_increase[i] < m_increase[best]))
            {
                best = i;
            }
        }
        const std::size_t gone = m_partner[best];
        Cluster& into = m_clusters[best];
        Cluster& from = m_clusters[gone];
        into.members |= from.members;
        into.size = into.members.count();
        into.frames += from.frames;
        into.items.insert(into.items.end(), from.items.begin(), from.items.end());
        from.items.clear();
        for (std::size_t i = 0; i < m_clusters.size(); ++i)
        {
            if (m_clusters[i].items.empty())
            {
                continue;
            }
            if (i == best || m_partner[i] == best || m_partner[i] == gone)
            {
                FindPartner(i);
            }
            else if (i < best)
            {
                Offer(i, best);
            }
        }
    }

    std::vector<Cluster> m_clusters;
    std::vector<std::size_t> m_partner;
    std::vector<uint64_t> m_increase;
};

/** The start for more VNIs than can be paired: sorted by their members, and cut into equal pieces.
 */
std::vector<uint32_t>
CutSorted(const std::vector<Item>& items, std::size_t groups)
{
    std::vector<uint32_t> order(items.size());
    std::iota(order.begin(), order.end(), 0);
    std::stable_sort(order.begin(), order.end(), [&](uint32_t a, uint32_t b) {
        return items[a].members < items[b].members;
    });
    std::vector<uint32_t> groupOf(items.size());
    for (std::size_t i = 0; i < order.size(); ++i)
    {
        groupOf[order[i]] = static_cast<uint32_t>(i * groups / order.size());
    }
    return groupOf;
}

/** Moves single VNIs to the group where they cost least. */
class Mover
{
  public:
    Mover(const std::vector<Item>& items, std::size_t groups, std::vector<uint32_t>& groupOf)
        : m_items(items),
          m_groupOf(groupOf),
          m_uses(groups),
          m_frames(groups, 0),
          m_count(groups, 0)
    {
        for (std::size_t i = 0; i < items.size(); ++i)
        {
            Put(i, groupOf[i]);
        }
    }

    void Run()
    {
        bool moved = true;
        for (int pass = 0; pass < MAX_PASSES && moved; ++pass)
        {
            moved = false;
            for (std::size_t i = 0; i < m_items.size(); ++i)
            {
                moved = Move(i) || moved;
            }
        }
    }

  private:
    void Put(std::size_t i, uint32_t group)
    {
        m_groupOf[i] = group;
        m_frames[group] += m_items[i].frames;
        ++m_count[group];
        for (uint32_t vtep : m_items[i].members)
        {
            ++m_uses[group][vtep];
        }
    }

    void Take(std::size_t i)
    {
        const uint32_t group = m_groupOf[i];
        m_frames[group] -= m_items[i].frames;
        --m_count[group];
        for (uint32_t vtep : m_items[i].members)
        {
            auto use = m_uses[group].find(vtep);
            if (--use->second == 0)
            {
                m_uses[group].erase(use);
            }
        }
    }

    /** \returns what item \p i adds to the cost of \p group, which it is not in. */
    uint64_t Increase(std::size_t i, uint32_t group) const
    {
        const auto& uses = m_uses[group];
        uint64_t added = 0;
        for (uint32_t vtep : m_items[i].members)
        {
            added += uses.count(vtep) == 0 ? 1 : 0;
        }
        return added * m_frames[group] + (uses.size() + added) * m_items[i].frames;
    }

    bool Move(std::size_t i)
    {
        const uint32_t from = m_groupOf[i];
        if (m_count[from] == 1)
        {
            return false;
        }
        Take(i);
        uint32_t best = from;
        uint64_t least = Increase(i, from);
        for (uint32_t group = 0; group < m_uses.size(); ++group)
        {
            const uint64_t increase = group == from ? least : Increase(i, group);
            if (increase < least)
            {
                least = increase;
                best = group;
            }
        }
        Put(i, best);
        return best != from;
    }

    const std::vector<Item>& m_items;
    std::vector<uint32_t>& m_groupOf;
    std::vector<std::unordered_map<uint32_t, uint32_t>> m_uses; //!< by group: VNIs of each VTEP
    std::vector<uint64_t> m_frames;
    std::vector<uint32_t> m_count;
};

} // namespace

std::vector<uint32_t>
ClusterVnis(Workload& workload, uint32_t groups)
{
    std::vector<VniTraffic> vnis(workload.GetVniCount());
    for (uint32_t vni = 1; vni <= vnis.size(); ++vni)
    {
        workload.GetVni(vni, vnis[vni - 1]);
    }
    return ClusterVnis(vnis, groups);
}

std::vector<uint32_t>
ClusterVnis(const std::vector<VniTraffic>& vnis, uint32_t groups)
{
    std::vector<Item> items;
    std::size_t vteps = 0;
    for (VniTraffic traffic : vnis)
    {
        std::sort(traffic.members.begin(), traffic.members.end());
        vteps = std::max<std::size_t>(vteps, traffic.members.back() + 1);
        items.push_back({traffic.members, traffic.senders.size()});
    }
    std::vector<uint32_t> groupOf =
        items.size() <= MAX_PAIRWISE ? Merger(items, vteps).Run(groups) : CutSorted(items, groups);
    Mover(items, groups, groupOf).Run();
    return groupOf;
}

} // namespace ns3
