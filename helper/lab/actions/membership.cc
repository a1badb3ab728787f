// SPDX-License-Identifier: GPL-2.0-only
#include "ns3/membership.h"

namespace ns3
{

MembershipSpec
ReadMembership(const ActionReader& reader, const std::string& moreKeys)
{
    const YamlFields fields = reader.GetFields("node group interface source" + moreKeys);
    MembershipSpec membership;
    membership.node = reader.GetHost(fields, "node");
    membership.group = fields.GetGroup("group");
    membership.interface = reader.GetInterface(fields, membership.node);
    if (fields.Has("source"))
    {
        membership.sources = fields.GetHosts("source");
    }
    return membership;
}

} // namespace ns3
