// SPDX-License-Identifier: GPL-2.0-only
// Which multicast group a VNI floods to. VNIs are numbered from 1, groups from 0.
//
//   one-to-one     a group for each
//   modulo:G       vni mod G
//   hash:G         a hash of the VNI mod G
//   last-octet     vni mod 256, as OpenStack's default does
//   explicit:FILE  lines `vni,group`, the group by number or multicast address; or `vni,group,tree`
//                  as multicast-plan writes them, where head-end VNIs have no group
//   cluster:G      VNIs with similar members together (VniClustering)
#ifndef VXLAN_MULTICAST_VNI_MAPPING_H
#define VXLAN_MULTICAST_VNI_MAPPING_H

#include "ns3/topology-address.h"
#include "ns3/workload.h"

#include <cstdint>
#include <map>
#include <string>
#include <vector>

namespace ns3
{

/** A mapping of all VNIs of a workload. */
class VniMapping
{
  public:
    /** The address of group 0, unless a file says otherwise: 239.1.0.0. */
    static constexpr TopologyAddress FIRST_GROUP = 239u << 24 | 1u << 16;

    /**
     * \param text as above; `modulo`, `hash` and `cluster` alone take \p groups
     * \param groups how many groups there are to be; 0: not said
     * \throws WorkloadError when it is none of these, or does not fit \p workload
     */
    VniMapping(const std::string& text, uint32_t groups, Workload& workload);

    uint32_t GetGroupCount() const
    {
        return m_groups;
    }

    /** GetGroup of a VNI that is replicated at the head-end. */
    static constexpr uint32_t NO_GROUP = UINT32_MAX;

    /** \returns the number of the group of \p vni, or NO_GROUP. */
    uint32_t GetGroup(uint32_t vni) const;
    /** \returns the multicast address of group \p group: 239.1.0.0 + group, unless a file says. */
    TopologyAddress GetAddress(uint32_t group) const;
    /** \param vnis gets the VNIs of \p group, in ascending order */
    void GetVnis(uint32_t group, std::vector<uint32_t>& vnis) const;
    /** \returns the VNIs that have no group, in ascending order. */
    std::vector<uint32_t> GetHeadEndVnis() const;

  private:
    enum class Kind
    {
        OneToOne,
        Modulo,
        Table
    };

    /** Takes a mapping that is not a file's. \param mostVnis so many groups at most */
    void SetKind(const std::string& text, uint32_t groups, uint32_t mostVnis);
    void SetTable(const std::vector<uint32_t>& groupOf);
    /** \param mostVnis a VNI above it is an error */
    void ReadFile(const std::string& fileName, uint32_t mostVnis);

    Kind m_kind{Kind::OneToOne};
    uint32_t m_vnis;
    uint32_t m_groups{0};
    std::vector<uint32_t> m_groupOf; //!< Kind::Table: by VNI, from 1
    std::vector<uint32_t> m_first;   //!< Kind::Table: by group, where its VNIs begin in m_sorted
    std::vector<uint32_t> m_sorted;
    std::vector<TopologyAddress> m_addresses;
};

} // namespace ns3

#endif
