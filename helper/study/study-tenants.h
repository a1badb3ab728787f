// SPDX-License-Identifier: GPL-2.0-only
// The tenants of a study in packets: light hosts behind the VTEPs' bridges that go through a
// TenantPlan, and the account of what that costs.
#ifndef VXLAN_MULTICAST_STUDY_TENANTS_H
#define VXLAN_MULTICAST_STUDY_TENANTS_H

#include "ns3/access-bridge.h"
#include "ns3/study-control.h"
#include "ns3/study-host.h"
#include "ns3/tenant-plan.h"

#include <functional>
#include <map>
#include <memory>
#include <utility>
#include <vector>

namespace ns3
{

/** What the tenants of a run did and cost. */
struct TenantOutcome
{
    TenantCounts counts;
    uint64_t controlBytes{0}; //!< of the messages, without TCP and UDP headers
    uint64_t vms{0};
    uint64_t pings{0};
    uint64_t answered{0};
    double firstPacketMean{0}; //!< seconds from a first ping to its answer
    double firstPacketMost{0};
};

/** All tenants of a run. */
class StudyTenants
{
  public:
    /**
     * \param network outlives this object, as do \p segments, \p vteps and \p control
     * \param vms tenants per VNI
     */
    StudyTenants(LabNetwork& network,
                 const std::vector<StudySegment>& segments,
                 const StudyVteps& vteps,
                 StudyControl& control,
                 uint32_t vms);

    /** Goes through the plan from now on. \param done called at its end, once all is at rest */
    void Run(std::function<void()> done);

    const TenantOutcome& GetOutcome() const
    {
        return m_outcome;
    }

  private:
    /** Steps of one kind, one after another, and then some rest. */
    struct Phase
    {
        std::size_t steps{0};
        Time gap;
        std::function<void(std::size_t)> step;
        Time rest;
        std::function<void()> end;
    };

    void Advance(std::size_t phase, std::size_t step);
    void Boot(std::size_t tenant);
    void Ping(const TenantPlan::Talk& talk, bool isFirst);
    void Move(const TenantPlan::Move& move);
    void PutOn(std::size_t tenant, std::size_t vtep);
    void WatchArp();
    void SeeFrame(Ptr<const Packet> packet, uint32_t interface);
    void CountEntries();
    /** \returns the messages since the last call. */
    uint64_t TakeMessages();
    Ptr<VxlanNetDevice> GetDevice(std::size_t segment, std::size_t vtep) const;
    Ptr<AccessBridge> GetOrAddBridge(std::size_t segment, std::size_t vtep);

    LabNetwork& m_network;
    const std::vector<StudySegment>& m_segments;
    const StudyVteps& m_vteps;
    StudyControl& m_control;
    TenantPlan m_plan;
    std::vector<Phase> m_phases;
    std::vector<std::unique_ptr<StudyHost>> m_hosts; //!< as in the plan
    std::map<std::pair<std::size_t, std::size_t>, Ptr<AccessBridge>> m_bridges;
    std::function<void()> m_done;
    ControlMessageCount m_counted;
    uint64_t m_lastFrame{0}; //!< of ARP requests in tunnels, the packet's number
    double m_firstPackets{0};
    uint64_t m_firstAnswers{0};
    TenantOutcome m_outcome;
};

} // namespace ns3

#endif
