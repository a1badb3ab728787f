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

constexpr PlanKind KINDS[] = {PlanKind::SUM, PlanKind::STAR_G, PlanKind::SG, PlanKind::REPLICATION};

/** \returns the kind that \p name says; none is the sum. */
PlanKind
ParseKind(const std::string& name)
{
    for (PlanKind kind : KINDS)
    {
        if (name == GetPlanKindName(kind))
        {
            return kind;
        }
    }
    throw std::invalid_argument("'" + name +
                                "' is no kind of entry, expected sum, star-g, sg or replication");
}

/** Takes `N` or `kind=N` into \p limit. */
void
ParseWord(const std::string& word, PlanTierLimit& limit)
{
    const std::size_t equals = word.find('=');
    const bool hasKind = equals != std::string::npos;
    const PlanKind kind = hasKind ? ParseKind(word.substr(0, equals)) : PlanKind::SUM;
    const auto number = ParseNumber(hasKind ? word.substr(equals + 1) : word, 0, MAX_ENTRIES);
    if (!number)
    {
        throw std::invalid_argument("'" + word + "' is no number of entries, expected 0 to " +
                                    std::to_string(MAX_ENTRIES) + ", or KIND=N");
    }
    if (limit.Get(kind))
    {
        throw std::invalid_argument(std::string("two limits of kind ") + GetPlanKindName(kind) +
                                    ", expected one");
    }
    limit.Get(kind) = *number;
}

/** \returns tier and rest of `tier:rest`. */
std::pair<std::string, std::string>
SplitTier(const std::string& part)
{
    const std::size_t colon = part.find(':');
    if (colon == std::string::npos || colon == 0 || colon + 1 == part.size())
    {
        throw std::invalid_argument("'" + part + "' is no limit, expected TIER:N or TIER:KIND=N");
    }
    return {part.substr(0, colon), part.substr(colon + 1)};
}

} // namespace

const char*
GetPlanKindName(PlanKind kind)
{
    switch (kind)
    {
    case PlanKind::STAR_G:
        return "star-g";
    case PlanKind::SG:
        return "sg";
    case PlanKind::REPLICATION:
        return "replication";
    case PlanKind::SUM:
        break;
    }
    return "sum";
}

PlanTierLimit
PlanTierLimit::Parse(const std::string& text)
{
    PlanTierLimit limit;
    for (const std::string& word : SplitAt(text, ':'))
    {
        ParseWord(word, limit);
    }
    return limit;
}

bool
PlanTierLimit::IsEmpty() const
{
    return !sum && !starG && !sg && !replication;
}

std::string
PlanTierLimit::ToText() const
{
    std::string text;
    for (PlanKind kind : KINDS)
    {
        if (const auto& limit = Get(kind))
        {
            text += (text.empty() ? "" : ":") +
                    (kind == PlanKind::SUM ? "" : std::string(GetPlanKindName(kind)) + "=") +
                    std::to_string(*limit);
        }
    }
    return text;
}

PlanLimits
PlanLimits::Parse(const std::string& text)
{
    PlanLimits limits;
    for (const std::string& part : SplitAt(text, ','))
    {
        const auto [tier, rest] = SplitTier(part);
        for (const std::string& word : SplitAt(rest, ':'))
        {
            try
            {
                ParseWord(word, limits.m_tiers[tier]);
            }
            catch (const std::invalid_argument& error)
            {
                throw std::invalid_argument("tier '" + tier + "': " + error.what());
            }
        }
    }
    return limits;
}

PlanLimits
PlanLimits::ForAllRouters(uint64_t entries)
{
    PlanLimits limits;
    limits.m_all = entries;
    return limits;
}

void
PlanLimits::Set(const std::string& tier, const PlanTierLimit& limit)
{
    if (!m_tiers.emplace(tier, limit).second)
    {
        throw std::invalid_argument("tier '" + tier + "' has limits already, expected them once");
    }
}

void
PlanLimits::Subtract(const std::string& used)
{
    for (const std::string& part : SplitAt(used, ','))
    {
        const auto [tier, rest] = SplitTier(part);
        const PlanTierLimit taken = PlanTierLimit::Parse(rest);
        PlanTierLimit left = Get(tier);
        for (PlanKind kind : KINDS)
        {
            const auto& number = taken.Get(kind);
            std::optional<uint64_t>& limit = left.Get(kind);
            if (number && !limit)
            {
                throw std::invalid_argument("tier '" + tier +
                                            "' has entries in use, but no such limit");
            }
            if (number && *number > *limit)
            {
                throw std::invalid_argument("tier '" + tier + "' has " + std::to_string(*number) +
                                            " entries in use of " + std::to_string(*limit));
            }
            limit = number ? *limit - *number : limit;
        }
        m_tiers[tier] = left;
    }
}

PlanTierLimit
PlanLimits::Get(const std::string& tier) const
{
    const auto found = m_tiers.find(tier);
    if (found != m_tiers.end())
    {
        return found->second;
    }
    PlanTierLimit limit;
    if (tier != VTEP)
    {
        limit.sum = m_all;
    }
    return limit;
}

std::string
PlanLimits::ToText() const
{
    std::string text = m_all ? std::to_string(*m_all) : "";
    for (const auto& [tier, limit] : m_tiers)
    {
        text += (text.empty() ? "" : ",") + tier + ":" + limit.ToText();
    }
    return text;
}

} // namespace ns3
