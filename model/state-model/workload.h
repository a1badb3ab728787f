// SPDX-License-Identifier: GPL-2.0-only
// Who is in which VNI, and who sends. A VNI is worked out from the seed and its number whenever it
// is asked for, so that any number of VNIs takes no memory.
//
// Without tenants, VNIs lie on VTEPs straight away: each has the same number of members, or one
// drawn from a distribution. With tenants it is the published multi-tenant model: tenants own
// virtual machines, at most 20 on a host, and groups in proportion; a group's members are a sample
// of its tenant's machines. Machines of a tenant: with p = 0.02 a uniform integer in [10, 5000],
// else int(Exp(4.05) / 10 × 4990) mod 4990 + 10. A draw that exceeds the places is drawn again.
// Sizes `uniform`: an integer in [5, machines]; `wve`: with p = 0.02
// (machines − int(Gamma(2, 0.1) × machines / 15)) mod machines, else
// int(Gamma(2, 0.2) × machines / 15 + 4) mod machines + 1; at least 5.
#ifndef VXLAN_MULTICAST_WORKLOAD_H
#define VXLAN_MULTICAST_WORKLOAD_H

#include "ns3/enum-names.h"
#include "ns3/group-members.h"
#include "ns3/model-network.h"
#include "ns3/placement.h"
#include "ns3/state-random.h"
#include "ns3/text.h"

#include <cstdint>
#include <memory>
#include <stdexcept>
#include <string>
#include <vector>

namespace ns3
{

/** Options of a workload or mapping that do not fit. what() is what is wrong, and what would be
 * right. */
class WorkloadError : public std::invalid_argument
{
  public:
    /** \param option which one it is; empty: the message names a file and line itself */
    WorkloadError(const std::string& option, const std::string& message)
        : std::invalid_argument(ToOneLine(message)),
          m_option(option)
    {
    }

    const std::string& GetOption() const
    {
        return m_option;
    }

  private:
    std::string m_option;
};

/** How many members VNIs have. */
enum class SizeDistribution
{
    Fixed,   //!< as many as WorkloadOptions::members
    Uniform, //!< from 5 to the most
    Wve      //!< most are small, a few take nearly all
};

template <>
struct EnumNames<SizeDistribution>
{
    static constexpr const char* NAMES[] = {"fixed", "uniform", "wve"};
};

/** What a workload is made of. */
struct WorkloadOptions
{
    uint32_t tenants{0};      //!< 0: VNIs straight on VTEPs
    uint32_t vnis{0};         //!< with tenants: what they share; rounding leaves a few out
    bool onePerTenant{false}; //!< each tenant has one VNI, as many as there are tenants
    uint32_t members{0};      //!< without tenants: of a VNI, or the most for a distribution
    SizeDistribution distribution{SizeDistribution::Fixed};
    Placement placement;
    double senders{1}; //!< the part of a VNI's members that send; at least one does
    uint64_t seed{1};
};

/** The VNIs of one seed. */
class Workload
{
  public:
    static constexpr uint32_t MACHINES_PER_HOST = 20;
    static constexpr uint32_t MIN_MACHINES = 10;
    static constexpr uint32_t MAX_MACHINES = 5000;
    static constexpr uint32_t MIN_MEMBERS = 5;

    /**
     * \param network outlives this object
     * \throws WorkloadError when the options fit neither each other nor the network
     */
    Workload(const ModelNetwork& network, const WorkloadOptions& options);

    /** \returns how many VNIs there are; they are numbered from 1. */
    uint32_t GetVniCount() const
    {
        return m_vnis;
    }

    /** \returns how many VNIs were asked for; with tenants, rounding leaves a few of them out. */
    uint32_t GetAskedVniCount() const
    {
        return m_options.vnis;
    }

    /** \param traffic gets members and senders of VNI \p vni: the same at every call */
    void GetVni(uint32_t vni, VniTraffic& traffic);

    /** \returns how many draws of tenants exceeded the places. */
    uint32_t GetRedraws() const
    {
        return m_redraws;
    }

  private:
    void CheckOptions() const;
    void DrawTenants();
    void PlaceTenants();
    uint32_t DrawSize(uint32_t most, StateRandom& random) const;
    void SampleMachines(uint32_t tenant,
                        uint32_t count,
                        StateRandom& random,
                        std::vector<uint32_t>& members);
    void AddMachine(uint32_t machine, std::vector<uint32_t>& members);
    void ChooseSenders(StateRandom& random, VniTraffic& traffic) const;

    const ModelNetwork& m_network;
    WorkloadOptions m_options;
    uint32_t m_vnis;
    uint32_t m_redraws{0};
    std::unique_ptr<VniScatter> m_scatter;

    std::vector<uint32_t> m_firstMachine; //!< by tenant, one more at the end
    std::vector<uint32_t> m_firstVni;     //!< by tenant, one more at the end
    std::vector<uint32_t> m_vtepOf;       //!< by machine
    uint32_t m_tenant{0};                 //!< that was asked for last
    uint32_t m_round{0};
    std::vector<uint32_t> m_machineRound; //!< by machine within its tenant
    std::vector<uint32_t> m_vtepRound;
};

} // namespace ns3

#endif
