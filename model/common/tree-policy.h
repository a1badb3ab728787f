// SPDX-License-Identifier: GPL-2.0-only
// The tree policies, by the names that scenarios, sweep and graph model share (doc/vxlan-lab.rst).
#ifndef VXLAN_MULTICAST_TREE_POLICY_H
#define VXLAN_MULTICAST_TREE_POLICY_H

#include "ns3/enum-names.h"

#include <optional>
#include <string>

namespace ns3
{

/** How frames reach the members of a group. */
enum class TreePolicy
{
    Rpt,         //!< last hops stay on the RP tree; the RP joins the source at its first packet
    RptRegister, //!< neither does, Registers go on
    Spt,         //!< last hops switch to the source's tree at the first packet
    Bidir,       //!< bidirectional PIM
    Ssm,         //!< hosts name their sources
    HeadEnd      //!< no multicast: the sender makes a unicast copy for each
};

template <>
struct EnumNames<TreePolicy>
{
    static constexpr const char* NAMES[] =
        {"rpt", "rpt-register", "spt", "bidir", "ssm", "head-end"};
};

/** \returns the policy called \p name, or nothing. */
inline std::optional<TreePolicy>
ParseTreePolicy(const std::string& name)
{
    return ParseEnumName<TreePolicy>(name);
}

inline const char*
ToString(TreePolicy policy)
{
    return EnumName(policy);
}

} // namespace ns3

#endif
