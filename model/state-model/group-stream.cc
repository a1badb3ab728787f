// SPDX-License-Identifier: GPL-2.0-only
#include "ns3/group-stream.h"

namespace ns3
{

void
ForEachGroup(const ModelNetwork& network,
             Workload& workload,
             const VniMapping& mapping,
             const std::function<void(const GroupMembers&)>& use)
{
    GroupTraffic group;
    GroupMembers members(network);
    std::vector<uint32_t> vnis;
    for (uint32_t number = 0; number < mapping.GetGroupCount(); ++number)
    {
        mapping.GetVnis(number, vnis);
        if (vnis.empty())
        {
            continue;
        }
        group.address = mapping.GetAddress(number);
        group.vnis.resize(vnis.size());
        for (std::size_t i = 0; i < vnis.size(); ++i)
        {
            workload.GetVni(vnis[i], group.vnis[i]);
        }
        members.Set(group);
        use(members);
    }
}

GroupTraffic
GetHeadEndTraffic(Workload& workload, const VniMapping& mapping)
{
    GroupTraffic group;
    for (uint32_t vni : mapping.GetHeadEndVnis())
    {
        group.vnis.emplace_back();
        workload.GetVni(vni, group.vnis.back());
    }
    return group;
}

} // namespace ns3
