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

/**
 * Members and senders of a group, over all its VNIs. Reused from group to group; what only some
 * models need is computed on demand.
 */
class GroupMembers
{
  public:
    /** \param network outlives this object */
    explicit GroupMembers(const ModelNetwork& network);

    /** \param traffic outlives the use of this group */
    void Set(const GroupTraffic& traffic);

    const GroupTraffic& GetTraffic() const
    {
        return *m_traffic;
    }

    TopologyAddress GetAddress() const
    {
        return m_traffic->address;
    }

    /** \returns the VTEPs that have any VNI of the group, each once. */
    const std::vector<uint32_t>& GetMembers() const
    {
        return *m_members;
    }

    /** \returns the routers that have members, each once. */
    const std::vector<uint32_t>& GetLeaves() const
    {
        return m_leaves;
    }

    /** \returns the VTEPs that send, each once. */
    const std::vector<GroupSender>& GetSenders() const;

    /** \returns how many members are on network \p network (ModelVtep::access). */
    uint32_t CountOn(uint32_t network) const;

    bool IsMember(uint32_t vtep) const;

  private:
    void CountMembers() const;

    const ModelNetwork& m_network;
    const GroupTraffic* m_traffic{nullptr};
    uint32_t m_round{0}; //!< marks of other groups are old
    const std::vector<uint32_t>* m_members{nullptr};
    std::vector<uint32_t> m_union; //!< the members of several VNIs
    std::vector<uint32_t> m_leaves;
    std::vector<uint32_t> m_leafRound;   //!< by router
    std::vector<uint32_t> m_memberRound; //!< by VTEP

    mutable uint32_t m_countedRound{0};
    mutable std::vector<uint32_t> m_countRound; //!< by network
    mutable std::vector<uint32_t> m_count;
    mutable std::vector<uint32_t> m_isMemberRound; //!< by VTEP
    mutable uint32_t m_sendersRound{0};
    mutable std::vector<GroupSender> m_senders;
    mutable std::vector<uint32_t> m_senderRound; //!< by VTEP
    mutable std::vector<uint32_t> m_senderIndex;
};

} // namespace ns3

#endif
