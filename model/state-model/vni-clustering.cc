// SPDX-License-Identifier: GPL-2.0-only
#include "ns3/vni-clustering.h"

#include <algorithm>
#include <bitset>
#include <limits>
#include <numeric>
#include <utility>

namespace ns3
{

namespace
{

/** Every pair of so many VNIs can be looked at; of more, only neighbours are. */
constexpr std::size_t MAX_PAIRWISE = 4096;
constexpr int MAX_PASSES = 20;

using ClusteredVni = VniClustering::Item;

} // namespace

/** Greedy merging: the pair that adds the least cost, again and again. */
class VniMerger
{
  public:
    VniMerger(const std::vector<ClusteredVni>& items, std::size_t vteps)
        : m_clusters(items.size()),
          m_partner(items.size()),
          m_increase(items.size()),
          m_left(items.size())
    {
        for (std::size_t i = 0; i < items.size(); ++i)
        {
            Cluster& cluster = m_clusters[i];
            cluster.members.resize((vteps + 63) / 64);
            for (uint32_t vtep : items[i].members)
            {
                cluster.members[vtep / 64] |= uint64_t(1) << (vtep % 64);
            }
            cluster.size = items[i].members.size();
            cluster.frames = items[i].frames;
        }
    }

    /** Merges until so many groups are left, if they are not fewer already. \returns whether it did */
    bool Run(std::size_t groups, const std::function<bool()>& goOn)
    {
        for (; m_left > groups && m_paired < m_clusters.size(); ++m_paired)
        {
            if (!goOn())
            {
                return false;
            }
            FindPartner(m_paired);
        }
        for (; m_left > groups; --m_left)
        {
            if (!goOn())
            {
                return false;
            }
            MergeBest();
        }
        return true;
    }

    /** \returns the group of each item when so many groups were left. */
    std::vector<uint32_t> GetGroups(std::size_t groups) const
    {
        // Each item points to what it was merged into; the first item of a group to itself.
        std::vector<uint32_t> into(m_clusters.size());
        std::iota(into.begin(), into.end(), 0);
        for (std::size_t k = 0; k + groups < m_clusters.size(); ++k)
        {
            into[m_merges[k].second] = m_merges[k].first;
        }
        std::vector<uint32_t> groupOf(into.size());
        uint32_t count = 0;
        for (uint32_t i = 0; i < into.size(); ++i)
        {
            // What is merged into always comes first.
            groupOf[i] = into[i] == i ? count++ : groupOf[into[i]];
        }
        return groupOf;
    }

  private:
    struct Cluster
    {
        std::vector<uint64_t> members; //!< a bit each
        uint64_t size;
        uint64_t frames;
        bool gone{false}; //!< merged into another
    };

    static uint64_t Increase(const Cluster& a, const Cluster& b, uint64_t both)
    {
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
        const Cluster& a = m_clusters[i];
        const Cluster& b = m_clusters[j];
        // They have no more in common than the smaller of them.
        if (b.gone || Increase(a, b, std::min(a.size, b.size)) >= m_increase[i])
        {
            return;
        }
        uint64_t both = 0;
        for (std::size_t w = 0; w < a.members.size(); ++w)
        {
            both += std::bitset<64>(a.members[w] & b.members[w]).count();
        }
        const uint64_t increase = Increase(a, b, both);
        if (increase < m_increase[i])
        {
            m_increase[i] = increase;
            m_partner[i] = j;
        }
    }

    void MergeBest()
    {
        std::size_t best = 0; // which is never merged into another
        for (std::size_t i = 0; i < m_clusters.size(); ++i)
        {
            if (!m_clusters[i].gone && m_increase[i] < m_increase[best])
            {
                best = i;
            }
        }
        const std::size_t gone = m_partner[best];
        m_merges.emplace_back(best, gone);
        Cluster& into = m_clusters[best];
        Cluster& from = m_clusters[gone];
        into.size = 0;
        for (std::size_t w = 0; w < into.members.size(); ++w)
        {
            into.members[w] |= from.members[w];
            into.size += std::bitset<64>(into.members[w]).count();
        }
        into.frames += from.frames;
        from.gone = true;
        for (std::size_t i = 0; i < m_clusters.size(); ++i)
        {
            if (m_clusters[i].gone)
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
    std::vector<std::pair<uint32_t, uint32_t>> m_merges; //!< the later into the earlier
    std::size_t m_paired{0};                             //!< clusters with a partner at first
    std::size_t m_left;
};

namespace
{

/** The start for more VNIs than can be paired: sorted by their members, and cut into equal pieces.
 */
std::vector<uint32_t>
CutSorted(const std::vector<ClusteredVni>& items, std::size_t groups)
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

std::size_t
CountVteps(const std::vector<ClusteredVni>& items)
{
    std::size_t vteps = 0;
    for (const ClusteredVni& item : items)
    {
        vteps = std::max<std::size_t>(vteps, item.members.back() + 1);
    }
    return vteps;
}

/** Moves single VNIs to the group where they cost least. */
class VniMover
{
  public:
    VniMover(const std::vector<ClusteredVni>& items,
             std::size_t groups,
             std::vector<uint32_t>& groupOf)
        : m_items(items),
          m_groupOf(groupOf),
          m_uses(CountVteps(items)),
          m_size(groups, 0),
          m_frames(groups, 0),
          m_count(groups, 0),
          m_common(groups, 0)
    {
        for (std::size_t i = 0; i < items.size(); ++i)
        {
            Put(i, groupOf[i]);
        }
    }

    void Run(const std::function<bool()>& goOn)
    {
        bool moved = true;
        for (int pass = 0; pass < MAX_PASSES && moved; ++pass)
        {
            moved = false;
            for (std::size_t i = 0; i < m_items.size(); ++i)
            {
                if (!goOn())
                {
                    return;
                }
                moved = Move(i) || moved;
            }
        }
    }

  private:
    /** VNIs of a group that have a VTEP. */
    struct Use
    {
        uint32_t group;
        uint32_t vnis;
    };

    static std::vector<Use>::iterator Find(std::vector<Use>& uses, uint32_t group)
    {
        return std::find_if(
            uses.begin(), uses.end(), [group](const Use& use) { return use.group == group; });
    }

    void Put(std::size_t i, uint32_t group)
    {
        m_groupOf[i] = group;
        m_frames[group] += m_items[i].frames;
        ++m_count[group];
        for (uint32_t vtep : m_items[i].members)
        {
            std::vector<Use>& uses = m_uses[vtep];
            const auto use = Find(uses, group);
            if (use == uses.end())
            {
                uses.push_back({group, 1});
                ++m_size[group];
            }
            else
            {
                ++use->vnis;
            }
        }
    }

    void Take(std::size_t i)
    {
        const uint32_t group = m_groupOf[i];
        m_frames[group] -= m_items[i].frames;
        --m_count[group];
        for (uint32_t vtep : m_items[i].members)
        {
            std::vector<Use>& uses = m_uses[vtep];
            const auto use = Find(uses, group);
            if (--use->vnis == 0)
            {
                *use = uses.back();
                uses.pop_back();
                --m_size[group];
            }
        }
    }

    /** \returns what item \p i adds to the cost of \p group, which it is not in. */
    uint64_t Increase(std::size_t i, uint32_t group) const
    {
        const uint64_t added = m_items[i].members.size() - m_common[group];
        return added * m_frames[group] + (m_size[group] + added) * m_items[i].frames;
    }

    bool Move(std::size_t i)
    {
        const uint32_t from = m_groupOf[i];
        if (m_count[from] == 1)
        {
            return false;
        }
        Take(i);
        std::fill(m_common.begin(), m_common.end(), 0);
        for (uint32_t vtep : m_items[i].members)
        {
            for (const Use& use : m_uses[vtep])
            {
                ++m_common[use.group];
            }
        }
        uint32_t best = from;
        uint64_t least = Increase(i, from);
        for (uint32_t group = 0; group < m_common.size(); ++group)
        {
            const uint64_t increase = Increase(i, group);
            if (increase < least)
            {
                least = increase;
                best = group;
            }
        }
        Put(i, best);
        return best != from;
    }

    const std::vector<ClusteredVni>& m_items;
    std::vector<uint32_t>& m_groupOf;
    std::vector<std::vector<Use>> m_uses; //!< by VTEP, of groups that have it, in any order
    // By group:
    std::vector<uint64_t> m_size; //!< VTEPs
    std::vector<uint64_t> m_frames;
    std::vector<uint32_t> m_count;  //!< VNIs
    std::vector<uint32_t> m_common; //!< VTEPs that the VNI has, too, that is being moved
};

} // namespace

VniClustering::VniClustering(const std::vector<VniTraffic>& vnis)
{
    for (VniTraffic traffic : vnis)
    {
        std::sort(traffic.members.begin(), traffic.members.end());
        m_items.push_back({std::move(traffic.members), traffic.senders.size()});
    }
    if (m_items.size() <= MAX_PAIRWISE)
    {
        m_merger = std::make_unique<VniMerger>(m_items, CountVteps(m_items));
    }
}

VniClustering::~VniClustering() = default;

std::vector<uint32_t>
VniClustering::FindGroups(uint32_t groups, const std::function<bool()>& goOn)
{
    const bool merged = m_merger && m_merger->Run(groups, goOn);
    std::vector<uint32_t> groupOf =
        merged ? m_merger->GetGroups(groups) : CutSorted(m_items, groups);
    VniMover(m_items, groups, groupOf).Run(goOn);
    return groupOf;
}

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
    return VniClustering(vnis).FindGroups(groups, [] { return true; });
}

} // namespace ns3
