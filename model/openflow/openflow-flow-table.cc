// SPDX-License-Identifier: GPL-2.0-only
// OpenFlow 1.3.5 §6.4 and §6.5: changing flows, their timeouts.
#include "ns3/openflow-flow-table.h"

#include <algorithm>

namespace ns3
{

namespace
{

void
AppendValue(std::string& key, uint64_t value)
{
    key.append(reinterpret_cast<const char*>(&value), sizeof(value));
}

std::vector<std::pair<OpenflowField, uint64_t>>
GetMasks(const std::vector<OpenflowOxm>& sorted)
{
    std::vector<std::pair<OpenflowField, uint64_t>> masks;
    masks.reserve(sorted.size());
    for (const OpenflowOxm& oxm : sorted)
    {
        masks.emplace_back(oxm.field, oxm.mask);
    }
    return masks;
}

} // namespace

OpenflowFlowTable::OpenflowFlowTable(ProtocolClock& clock, Removed removed)
    : m_clock(clock),
      m_removed(std::move(removed)),
      m_deadlines(clock, [this](uint64_t id) { Expire(id); })
{
}

void
OpenflowFlowTable::SetCapacity(uint32_t capacity)
{
    m_capacity = capacity;
}

uint32_t
OpenflowFlowTable::GetCapacity() const
{
    return m_capacity;
}

OpenflowError
OpenflowFlowTable::Apply(const OpenflowFlowMod& mod)
{
    const bool deletes =
        mod.command == OpenflowCommand::DELETE || mod.command == OpenflowCommand::DELETE_STRICT;
    if (mod.table != 0 && !(deletes && mod.table == OFPTT_ALL))
    {
        return {OpenflowErrorType::FLOW_MOD_FAILED, OFPFMFC_BAD_TABLE_ID};
    }
    switch (mod.command)
    {
    case OpenflowCommand::ADD:
        return Add(mod);
    case OpenflowCommand::MODIFY:
    case OpenflowCommand::MODIFY_STRICT:
        Modify(mod, mod.command == OpenflowCommand::MODIFY_STRICT);
        break;
    case OpenflowCommand::DELETE:
    case OpenflowCommand::DELETE_STRICT:
        Delete(mod, mod.command == OpenflowCommand::DELETE_STRICT);
        break;
    }
    return {};
}

OpenflowError
OpenflowFlowTable::Add(const OpenflowFlowMod& mod)
{
    OpenflowFlow* old = FindOwn(mod.priority, mod.match);
    if (mod.flags & OFPFF_CHECK_OVERLAP)
    {
        for (const auto& [id, flow] : m_flows)
        {
            if (flow->priority == mod.priority && flow->match.Overlaps(mod.match))
            {
                return {OpenflowErrorType::FLOW_MOD_FAILED, OFPFMFC_OVERLAP};
            }
        }
    }
    if (!old && m_capacity != 0 && m_flows.size() >= m_capacity)
    {
        return {OpenflowErrorType::FLOW_MOD_FAILED, OFPFMFC_TABLE_FULL};
    }
    auto flow = std::make_unique<OpenflowFlow>();
    flow->id = ++m_lastId;
    flow->priority = mod.priority;
    flow->match = mod.match;
    flow->actions = mod.actions;
    flow->cookie = mod.cookie;
    flow->idleTimeout = mod.idleTimeout;
    flow->hardTimeout = mod.hardTimeout;
    flow->flags = mod.flags;
    flow->created = flow->used = m_clock.Now();
    if (old)
    {
        // §6.4: the old flow goes without a FLOW_REMOVED; its counters stay unless reset.
        if (!(mod.flags & OFPFF_RESET_COUNTS))
        {
            flow->packets = old->packets;
            flow->bytes = old->bytes;
        }
        flow->id = old->id;
        Extract(old->id);
    }
    Insert(std::move(flow));
    return {};
}

void
OpenflowFlowTable::Modify(const OpenflowFlowMod& mod, bool strict)
{
    for (auto& [id, flow] : m_flows)
    {
        if (IsSelected(*flow, mod, strict))
        {
            flow->actions = mod.actions;
            if (mod.flags & OFPFF_RESET_COUNTS)
            {
                flow->packets = flow->bytes = 0;
            }
        }
    }
}

void
OpenflowFlowTable::Delete(const OpenflowFlowMod& mod, bool strict)
{
    std::vector<uint64_t> gone;
    for (const auto& [id, flow] : m_flows)
    {
        if (IsSelected(*flow, mod, strict) && HasOpenflowOutput(flow->actions, mod.outPort))
        {
            gone.push_back(id);
        }
    }
    for (uint64_t id : gone)
    {
        const auto flow = Extract(id);
        m_removed(*flow, OpenflowRemovedReason::DELETE);
    }
}

bool
OpenflowFlowTable::IsSelected(const OpenflowFlow& flow,
                              const OpenflowFlowMod& mod,
                              bool strict) const
{
    if ((flow.cookie & mod.cookieMask) != (mod.cookie & mod.cookieMask))
    {
        return false;
    }
    return strict ? flow.priority == mod.priority && flow.match == mod.match
                  : flow.match.IsWithin(mod.match);
}

std::string
OpenflowFlowTable::GetKey(const std::vector<OpenflowOxm>& sorted)
{
    std::string key;
    for (const OpenflowOxm& oxm : sorted)
    {
        AppendValue(key, oxm.value);
    }
    return key;
}

void
OpenflowFlowTable::Insert(std::unique_ptr<OpenflowFlow> flow)
{
    const std::vector<OpenflowOxm> sorted = flow->match.GetSorted();
    const auto masks = GetMasks(sorted);
    std::vector<Tuple>& tuples = m_tuples[flow->priority];
    auto it = std::find_if(tuples.begin(), tuples.end(), [&masks](const Tuple& tuple) {
        return tuple.masks == masks;
    });
    if (it == tuples.end())
    {
        it = tuples.insert(tuples.end(), Tuple{masks, {}});
    }
    it->flows[GetKey(sorted)] = flow.get();
    Arm(*flow);
    const uint64_t id = flow->id;
    m_flows[id] = std::move(flow);
}

std::unique_ptr<OpenflowFlow>
OpenflowFlowTable::Extract(uint64_t id)
{
    auto at = m_flows.find(id);
    std::unique_ptr<OpenflowFlow> flow = std::move(at->second);
    m_flows.erase(at);
    m_deadlines.Remove(id);
    const std::vector<OpenflowOxm> sorted = flow->match.GetSorted();
    const auto masks = GetMasks(sorted);
    auto level = m_tuples.find(flow->priority);
    for (auto it = level->second.begin(); it != level->second.end(); ++it)
    {
        if (it->masks == masks)
        {
            it->flows.erase(GetKey(sorted));
            if (it->flows.empty())
            {
                level->second.erase(it);
            }
            break;
        }
    }
    if (level->second.empty())
    {
        m_tuples.erase(level);
    }
    return flow;
}

void
OpenflowFlowTable::Arm(const OpenflowFlow& flow)
{
    Time delay = Time::Max();
    if (flow.idleTimeout != 0)
    {
        delay = flow.used + Seconds(flow.idleTimeout) - m_clock.Now();
    }
    if (flow.hardTimeout != 0)
    {
        delay = std::min(delay, flow.created + Seconds(flow.hardTimeout) - m_clock.Now());
    }
    if (delay != Time::Max())
    {
        m_deadlines.Set(flow.id, delay);
    }
}

void
OpenflowFlowTable::Expire(uint64_t id)
{
    const OpenflowFlow& flow = *m_flows.at(id);
    const Time now = m_clock.Now();
    const bool hard = flow.hardTimeout != 0 && now >= flow.created + Seconds(flow.hardTimeout);
    const bool idle = flow.idleTimeout != 0 && now >= flow.used + Seconds(flow.idleTimeout);
    if (!hard && !idle)
    {
        Arm(flow);
        return;
    }
    const auto gone = Extract(id);
    m_removed(*gone,
              hard ? OpenflowRemovedReason::HARD_TIMEOUT : OpenflowRemovedReason::IDLE_TIMEOUT);
}

const OpenflowFlow*
OpenflowFlowTable::Match(const OpenflowFrame& frame)
{
    ++m_lookups;
    for (auto& [priority, tuples] : m_tuples)
    {
        OpenflowFlow* best = nullptr;
        for (Tuple& tuple : tuples)
        {
            std::string key;
            bool has = true;
            for (const auto& [field, mask] : tuple.masks)
            {
                const auto value = frame.Get(field);
                if (!value)
                {
                    has = false;
                    break;
                }
                AppendValue(key, *value & mask);
            }
            const auto it = has ? tuple.flows.find(key) : tuple.flows.end();
            if (it != tuple.flows.end() && (!best || it->second->id < best->id))
            {
                best = it->second;
            }
        }
        if (best)
        {
            ++m_matched;
            best->packets += best->flags & OFPFF_NO_PKT_COUNTS ? 0 : 1;
            best->bytes += best->flags & OFPFF_NO_BYT_COUNTS ? 0 : frame.GetSize();
            best->used = m_clock.Now();
            return best;
        }
    }
    return nullptr;
}

OpenflowFlow*
OpenflowFlowTable::FindOwn(uint16_t priority, const OpenflowMatch& match) const
{
    const auto level = m_tuples.find(priority);
    if (level == m_tuples.end())
    {
        return nullptr;
    }
    const std::vector<OpenflowOxm> sorted = match.GetSorted();
    const auto masks = GetMasks(sorted);
    for (const Tuple& tuple : level->second)
    {
        if (tuple.masks == masks)
        {
            const auto it = tuple.flows.find(GetKey(sorted));
            return it == tuple.flows.end() ? nullptr : it->second;
        }
    }
    return nullptr;
}

const OpenflowFlow*
OpenflowFlowTable::Find(uint16_t priority, const OpenflowMatch& match) const
{
    return FindOwn(priority, match);
}

std::vector<const OpenflowFlow*>
OpenflowFlowTable::GetFlows() const
{
    std::vector<const OpenflowFlow*> flows;
    for (const auto& [id, flow] : m_flows)
    {
        flows.push_back(flow.get());
    }
    std::stable_sort(flows.begin(), flows.end(), [](const auto* a, const auto* b) {
        return a->priority > b->priority;
    });
    return flows;
}

std::vector<const OpenflowFlow*>
OpenflowFlowTable::GetFlows(const OpenflowFlowFilter& filter) const
{
    std::vector<const OpenflowFlow*> flows;
    for (const OpenflowFlow* flow : GetFlows())
    {
        if ((filter.table == 0 || filter.table == OFPTT_ALL) &&
            (flow->cookie & filter.cookieMask) == (filter.cookie & filter.cookieMask) &&
            flow->match.IsWithin(filter.match) && HasOpenflowOutput(flow->actions, filter.outPort))
        {
            flows.push_back(flow);
        }
    }
    return flows;
}

std::size_t
OpenflowFlowTable::GetSize() const
{
    return m_flows.size();
}

std::pair<uint64_t, uint64_t>
OpenflowFlowTable::GetLookups() const
{
    return {m_lookups, m_matched};
}

} // namespace ns3
