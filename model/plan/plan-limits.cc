// SPDX-License-Identifier: GPL-2.0-only
#include "ns3/plan-limits.h"

#include "ns3/text.h"

#include <stdexcept>
#include <utility>
#include <vector>

namespace ns3
{

namespace
{

constexpr uint64_t MAX_ENTRIES = 1000000000;

struct TierNumber
{
    std::string tier;
    std::string kind; //!< empty: the sum
    uint64_t number;
};

/** \returns the numbers of `tier:N,tier:kind=N:kind=N`. */
std::vector<TierNumber>
ParseNumbers(const std::string& text)
{
    std::vector<TierNumber> numbers;
    for (const std::string& part : SplitAt(text, ','))
    {
        const std::vector<std::string> words = SplitAt(part, ':');
        if (words.size() < 2 || words[0].empty())
        {
            throw std::invalid_argument("'" + part +
                                        "' is no limit, expected TIER:N or TIER:KIND=N");
        }
        for (std::size_t i = 1; i < words.size(); ++i)
        {
            const std::size_t equals = words[i].find('=');
            const bool hasKind = equals != std::string::npos;
            const auto number =
                ParseNumber(hasKind ? words[i].substr(equals + 1) : words[i], 0, MAX_ENTRIES);
            if (!number)
            {
                throw std::invalid_argument("'" + words[i] + "' in '" + part +
                                            "' is no number of entries, expected 0 to " +
                                            std::to_string(MAX_ENTRIES));
            }
            numbers.push_back({words[0], hasKind ? words[i].substr(0, equals) : "", *number});
        }
    }
    return numbers;
}

/** \returns the limit that \p kind names. */
std::optional<uint64_t>&
FindLimit(PlanTierLimit& tier, const std::string& kind)
{
    for (const auto& [name, limit] : {std::make_pair("", &tier.sum),
                                      std::make_pair("sum", &tier.sum),
                                      std::make_pair("star-g", &tier.starG),
                                      std::make_pair("sg", &tier.sg),
                                      std::make_pair("replication", &tier.replication)})
    {
        if (kind == name)
        {
            return *limit;
        }
    }
    throw std::invalid_argument("'" + kind +
                                "' is no kind of entry, expected sum, star-g, sg or replication");
}

} // namespace

PlanLimits
PlanLimits::Parse(const std::string& text)
{
    PlanLimits limits;
    for (const TierNumber& entry : ParseNumbers(text))
    {
        std::optional<uint64_t>& limit = FindLimit(limits.m_tiers[entry.tier], entry.kind);
        if (limit)
        {
            throw std::invalid_argument("tier '" + entry.tier + "' has two limits of one kind");
        }
        limit = entry.number;
    }
    return limits;
}

void
PlanLimits::Subtract(const std::string& used)
{
    for (const TierNumber& entry : ParseNumbers(used))
    {
        auto tier = m_tiers.find(entry.tier);
        if (tier == m_tiers.end() || !FindLimit(tier->second, entry.kind))
        {
            throw std::invalid_argument("tier '" + entry.tier +
                                        "' has entries in use, but no such limit");
        }
        std::optional<uint64_t>& limit = FindLimit(tier->second, entry.kind);
        if (entry.number > *limit)
        {
            throw std::invalid_argument("tier '" + entry.tier + "' has " +
                                        std::to_string(entry.number) + " entries in use of " +
                                        std::to_string(*limit));
        }
        *limit -= entry.number;
    }
}

} // namespace ns3
