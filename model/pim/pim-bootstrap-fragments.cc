// SPDX-License-Identifier: GPL-2.0-only
// RFC 5059 §4.1.
#include "ns3/pim-bootstrap-fragments.h"

#include <algorithm>

namespace ns3
{

namespace
{

constexpr uint32_t IP_HEADER_SIZE = 20;

/** Fills fragments one after the other. */
class Fragmenter
{
  public:
    Fragmenter(const PimBootstrap& whole, uint32_t mtu)
        : m_empty(whole),
          m_limit(mtu)
    {
        m_empty.ranges.clear();
        if (!whole.ranges.empty() && whole.ranges.front().group.scopeZone)
        {
            m_zone = whole.ranges.front();
            m_zone.rps.clear();
            m_isScoped = true;
        }
        Begin();
    }

    void Add(const PimBootstrapRange& range)
    {
        const uint32_t size = PimBootstrapRange::HEADER_SIZE +
                              PimBootstrapRp::SIZE * static_cast<uint32_t>(range.rps.size());
        // A range in one piece survives the loss of any other fragment.
        if (!Fits(size) && m_freshSize + size <= m_limit)
        {
            Begin();
        }
        std::size_t next = 0;
        do
        {
            if (!Fits(PimBootstrapRange::HEADER_SIZE +
                      (range.rps.empty() ? 0 : PimBootstrapRp::SIZE)))
            {
                Begin();
            }
            PimBootstrapRange& part = Open(range);
            // A fragment takes one RP at least, however small the MTU.
            do
            {
                if (next < range.rps.size())
                {
                    part.rps.push_back(range.rps[next++]);
                    m_size += PimBootstrapRp::SIZE;
                }
            } while (next < range.rps.size() && Fits(PimBootstrapRp::SIZE));
        } while (next < range.rps.size());
    }

    std::vector<PimBootstrap> Take()
    {
        return std::move(m_fragments);
    }

  private:
    bool Fits(uint32_t more) const
    {
        return m_size + more <= m_limit || IsFresh();
    }

    /** \returns true while the fragment at hand names nothing but its zone. */
    bool IsFresh() const
    {
        const auto& ranges = m_fragments.back().ranges;
        return ranges.empty() || (m_isScoped && ranges.size() == 1 && ranges[0].rps.empty());
    }

    void Begin()
    {
        m_fragments.push_back(m_empty);
        m_size = IP_HEADER_SIZE + PimBootstrap::HEADER_SIZE;
        if (m_isScoped)
        {
            m_fragments.back().ranges.push_back(m_zone);
            m_size += PimBootstrapRange::HEADER_SIZE;
        }
        m_freshSize = m_size;
    }

    /** \returns the entry for \p range in the fragment at hand, which may be the zone's own. */
    PimBootstrapRange& Open(const PimBootstrapRange& range)
    {
        auto& ranges = m_fragments.back().ranges;
        if (ranges.empty() || ranges.back().group.GetPrefix() != range.group.GetPrefix())
        {
            ranges.push_back({range.group, range.rpCount, {}});
            m_size += PimBootstrapRange::HEADER_SIZE;
        }
        return ranges.back();
    }

    PimBootstrap m_empty;
    PimBootstrapRange m_zone;
    bool m_isScoped{false};
    uint32_t m_limit;
    uint32_t m_size{0};
    uint32_t m_freshSize{0}; //!< of a fragment that names nothing but its zone
    std::vector<PimBootstrap> m_fragments;
};

} // namespace

std::vector<PimBootstrap>
FragmentBootstrap(const PimBootstrap& whole, uint32_t mtu)
{
    Fragmenter fragmenter(whole, mtu);
    for (const PimBootstrapRange& range : whole.ranges)
    {
        fragmenter.Add(range);
    }
    return fragmenter.Take();
}

std::vector<PimBootstrapRange>
PimBootstrapAssembly::Add(const PimBootstrap& fragment)
{
    if (fragment.bsrAddress != m_bsr || fragment.fragmentTag != m_tag)
    {
        m_pending.clear();
        m_bsr = fragment.bsrAddress;
        m_tag = fragment.fragmentTag;
    }
    std::vector<PimBootstrapRange> complete;
    for (const PimBootstrapRange& range : fragment.ranges)
    {
        PimBootstrapRange& whole = m_pending[range.group.GetPrefix()];
        whole.group = range.group;
        whole.rpCount = range.rpCount;
        for (const PimBootstrapRp& rp : range.rps)
        {
            auto same = std::find_if(whole.rps.begin(), whole.rps.end(), [&rp](const auto& other) {
                return other.address == rp.address;
            });
            if (same == whole.rps.end())
            {
                whole.rps.push_back(rp);
            }
            else
            {
                *same = rp;
            }
        }
        if (whole.rps.size() >= whole.rpCount)
        {
            complete.push_back(whole);
        }
    }
    return complete;
}

void
PimBootstrapAssembly::Clear()
{
    m_pending.clear();
    m_bsr = Ipv4Address::GetAny();
}

} // namespace ns3
