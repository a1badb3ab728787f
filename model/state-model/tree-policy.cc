// SPDX-License-Identifier: GPL-2.0-only
#include "ns3/tree-policy.h"

#include <array>

namespace ns3
{

namespace
{

constexpr std::array<const char*, 6> NAMES{"rpt",
                                           "rpt-register",
                                           "spt",
                                           "bidir",
                                           "ssm",
                                           "head-end"};

} // namespace

std::optional<TreePolicy>
ParseTreePolicy(const std::string& name)
{
    for (std::size_t i = 0; i < NAMES.size(); ++i)
    {
        if (name == NAMES[i])
        {
            return static_cast<TreePolicy>(i);
        }
    }
    return std::nullopt;
}

const char*
ToString(TreePolicy policy)
{
    return NAMES[static_cast<std::size_t>(policy)];
}

} // namespace ns3
