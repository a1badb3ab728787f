// SPDX-License-Identifier: GPL-2.0-only
#include "ns3/membership.h"

namespace ns3
{

MembershipSpec
ReadMembership(const ActionReader& reader, const std::string& moreKeys)
{
    const YamlFields fields = reader.GetFields("node group interface source nodes" + moreKeys);
    MembershipSpec membership;
    membership.nodes = reader.GetHosts(fields);
    membership.group = fields.GetGroup("group");
    for (const std::string& node : membership.nodes)
    {
        membership.interface = reader.GetInterface(fields, node);
    }
    if (fields.Has("source"))
    {
        membership.sources = fields.GetHosts("source");
    }
    return membership;
}

} // namespace ns3
