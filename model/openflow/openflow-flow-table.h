// SPDX-License-Identifier: GPL-2.0-only
// OpenFlow 1.3.5 §5.1-5.5 and §6.4: a flow table. The highest priority wins; among flows of one
// priority that overlap, which the specification leaves open, the older. Look-up is by tuples: one
// hash per set of masks.
#ifndef VXLAN_MULTICAST_OPENFLOW_FLOW_TABLE_H
#define VXLAN_MULTICAST_OPENFLOW_FLOW_TABLE_H

#include "ns3/deadline-heap.h"
#include "ns3/openflow-frame.h"
#include "ns3/openflow-message.h"

#include <functional>
#include <map>
#include <memory>
#include <string>
#include <unordered_map>
#include <vector>

namespace ns3
{

/** A flow entry. */
struct OpenflowFlow
{
    uint64_t id{0}; //!< in the order of their making
    uint16_t priority{0};
    OpenflowMatch match;
    OpenflowActions actions; //!< none: drop
    uint64_t cookie{0};
    uint16_t idleTimeout{0}; //!< seconds; 0: none
    uint16_t hardTimeout{0}; //!< seconds; 0: none
    uint16_t flags{0};
    uint64_t packets{0};
    uint64_t bytes{0};
    Time created{0};
    Time used{0};
};

/** The table of a switch. */
class OpenflowFlowTable
{
  public:
    /** Called as a flow goes by timeout or deletion; it is no longer in the table. */
    using Removed = std::function<void(const OpenflowFlow& flow, OpenflowRemovedReason reason)>;

    /** \param clock outlives the table */
    OpenflowFlowTable(ProtocolClock& clock, Removed removed);

    /** \param capacity how many flows there may be; 0: any number. Those there stay. */
    void SetCapacity(uint32_t capacity);
    uint32_t GetCapacity() const;

    /** §6.4. \returns success, or the error of §7.4.4.6. */
    OpenflowError Apply(const OpenflowFlowMod& mod);

    /**
     * \returns the flow that takes \p frame, counted, or nullptr. Valid until the table changes.
     */
    const OpenflowFlow* Match(const OpenflowFrame& frame);
    /** \returns the flow of exactly this priority and match, or nullptr. */
    const OpenflowFlow* Find(uint16_t priority, const OpenflowMatch& match) const;
    /** \returns the flows by falling priority, then age. */
    std::vector<const OpenflowFlow*> GetFlows() const;
    /** \returns those of GetFlows that \p filter takes (§7.3.5.2). */
    std::vector<const OpenflowFlow*> GetFlows(const OpenflowFlowFilter& filter) const;
    std::size_t GetSize() const;
    /** \returns packets looked up and packets that a flow took. */
    std::pair<uint64_t, uint64_t> GetLookups() const;

  private:
    /** Flows of one priority and one set of masks, by the values under the masks. */
    struct Tuple
    {
        std::vector<std::pair<OpenflowField, uint64_t>> masks;
        std::unordered_map<std::string, OpenflowFlow*> flows; //!< never iterated
    };

    OpenflowError Add(const OpenflowFlowMod& mod);
    void Modify(const OpenflowFlowMod& mod, bool strict);
    void Delete(const OpenflowFlowMod& mod, bool strict);
    bool IsSelected(const OpenflowFlow& flow, const OpenflowFlowMod& mod, bool strict) const;
    void Insert(std::unique_ptr<OpenflowFlow> flow);
    std::unique_ptr<OpenflowFlow> Extract(uint64_t id);
    void Expire(uint64_t id);
    void Arm(const OpenflowFlow& flow);
    static std::string GetKey(const std::vector<OpenflowOxm>& sorted);
    OpenflowFlow* FindOwn(uint16_t priority, const OpenflowMatch& match) const;

    ProtocolClock& m_clock;
    Removed m_removed;
    uint32_t m_capacity{0};
    uint64_t m_lastId{0};
    uint64_t m_lookups{0};
    uint64_t m_matched{0};
    std::map<uint64_t, std::unique_ptr<OpenflowFlow>> m_flows; //!< by id
    std::map<uint16_t, std::vector<Tuple>, std::greater<>> m_tuples;
    DeadlineHeap<uint64_t> m_deadlines; //!< a lower bound: `used` decides when it rings
};

} // namespace ns3

#endif
