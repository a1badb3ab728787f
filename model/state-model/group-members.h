// SPDX-License-Identifier: GPL-2.0-only
// The traffic of one group, and who its members are.
#ifndef VXLAN_MULTICAST_GROUP_MEMBERS_H
#define VXLAN_MULTICAST_GROUP_MEMBERS_H

#include "ns3/model-network.h"

#include <cstdint>
#include <vector>

namespace ns3
{

/** A VNI: VTEPs by their numbers in ModelNetwork, none twice. */
struct VniTraffic
{
    std::vector<uint32_t> members;
    std::vector<uint32_t> senders; //!< some of the members
};

/** A group and the VNIs that are mapped to it. */
struct GroupTraffic
{
    TopologyAddress address{0};
    std::vector<VniTraffic> vnis;
};

/** A VTEP that sends to a group. */
struct GroupSender
{
    uint32_t vtep{0};
    uint32_t vnis{0}; //!< in how many VNIs of the group it sends
};

/** Members and senders of a group, over all its VNIs. Reused from group to group. */
class GroupMembers
{
  public:
    explicit GroupMembers(const ModelNetwork& network);

    void Set(const GroupTraffic& traffic);

    TopologyAddress GetAddress() const
    {
        return m_address;
    }

    /** \returns the VTEPs that have any VNI of the group, each once. */
    const std::vector<uint32_t>& GetMembers() const
    {
        return m_members;
    }

    const std::vector<GroupSender>& GetSenders() const
    {
        return m_senders;
    }

    bool IsMember(uint32_t vtep) const
    {
        return m_memberRound[vtep] == m_round;
    }

    /** \returns how many members are on network \p network. */
    uint32_t CountOn(uint32_t network) const
    {
        return m_countRound[network] == m_round ? m_count[network] : 0;
    }

  private:
    const ModelNetwork& m_network;
    TopologyAddress m_address{0};
    uint32_t m_round{0};
    std::vector<uint32_t> m_members;
    std::vector<GroupSender> m_senders;
    std::vector<uint32_t> m_memberRound; //!< by VTEP: the last group that it was a member of
    std::vector<uint32_t> m_senderRound;
    std::vector<uint32_t> m_senderIndex;
    std::vector<uint32_t> m_countRound; //!< by network
    std::vector<uint32_t> m_count;
};

} // namespace ns3

#endif
