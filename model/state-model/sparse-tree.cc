// SPDX-License-Identifier: GPL-2.0-only
#include "ns3/sparse-tree.h"

#include <algorithm>

namespace ns3
{

namespace
{

/** Far more rounds than any settled; a guard against state that never rests. */
constexpr std::size_t MAX_ROUNDS = 1000;

void
Add(OifSet& set, const OifSet& other)
{
    if (set.empty())
    {
        set = other;
        return;
    }
    // Few interfaces: Boost's merge of ordered ranges would cost several times as much.
    for (uint32_t oif : other)
    {
        set.insert(oif);
    }
}

void
Remove(OifSet& set, const OifSet& other)
{
    for (uint32_t oif : other)
    {
        set.erase(oif);
    }
}

} // namespace

OifSet
SparseTree::State::InheritedRpt() const
{
    OifSet olist = joins;
    Remove(olist, prunes);
    Add(olist, members);
    return olist;
}

bool
SparseTree::State::HasInheritedRpt() const
{
    return !members.empty() || std::any_of(joins.begin(), joins.end(), [this](uint32_t oif) {
        return prunes.count(oif) == 0;
    });
}

OifSet
SparseTree::State::Inherited() const
{
    OifSet olist = InheritedRpt();
    Add(olist, sourceJoins);
    return olist;
}

bool
SparseTree::State::JoinDesired() const
{
    return !sourceJoins.empty() || (keepalive && HasInheritedRpt());
}

/** RPF'(S,G) == RPF'(*,G) */
bool
SparseTree::State::HasOneNeighbor() const
{
    return !connected && rpf.attachment == star.attachment &&
           rpf.upstream.router == star.upstream.router;
}

bool
SparseTree::State::PruneDesired() const
{
    return !isRp && IsStarJoined() && (!HasInheritedRpt() || (sptBit && !HasOneNeighbor()));
}

/** §4.5.6: whether the Join(*,G) carries a Prune(S,G,rpt), without which the one upstream lapses.
 */
bool
SparseTree::State::PeriodicPrune() const
{
    return !isRp && IsStarJoined() && (sptBit ? !HasOneNeighbor() : !HasInheritedRpt());
}

void
SparseTree::State::UpdateSptBit(uint32_t interface)
{
    if (interface == rpf.attachment && JoinDesired() &&
        (connected || isRp || rpf.attachment != star.attachment || !HasInheritedRpt() ||
         HasOneNeighbor()))
    {
        sptBit = true;
    }
}

SparseTree::SparseTree(const ModelNetwork& network, TreePolicy policy)
    : m_network(network),
      m_policy(policy),
      m_states(network.GetRouters().size())
{
}

std::size_t
SparseTree::Find(uint32_t router)
{
    const std::size_t known = m_states.Find(router);
    if (known != m_states.NONE)
    {
        return known;
    }
    const std::size_t index = m_states.Add(router);
    State& state = m_states[index];
    state.isRp = m_rp->members.empty() || m_rp->IsMember(router);
    state.climbed = false;
    state.star = state.isRp ? RpfHop() : m_network.GetRpHop(router, *m_rp, m_group->GetAddress());
    state.members.clear();
    state.joins.clear();
    if (m_vtep != MODEL_NONE)
    {
        StartSource(state);
    }
    return index;
}

void
SparseTree::StartSource(State& state) const
{
    const ModelVtep& vtep = m_network.GetVteps()[m_vtep];
    state.connected = false;
    for (const ModelPort& gateway : vtep.gateways)
    {
        if (gateway.router == state.router)
        {
            state.connected = true;
            state.rpf = RpfHop();
            state.rpf.attachment = gateway.attachment;
        }
    }
    if (!state.connected)
    {
        state.rpf =
            m_network.GetHop(state.router, vtep.target, vtep.address, m_group->GetAddress());
    }
    state.keepalive = false;
    state.sptBit = false;
    state.heard = false;
    for (OifSet* set : {&state.sourceJoins,
                        &state.prunes,
                        &state.nextSourceJoins,
                        &state.nextPrunes,
                        &state.overrides,
                        &state.arrivals})
    {
        set->clear();
    }
}

void
SparseTree::ClimbToRp(std::size_t from)
{
    while (!m_states[from].isRp && !m_states[from].climbed)
    {
        m_states[from].climbed = true;
        const ModelPort up = m_states[from].star.upstream;
        from = Find(up.router);
        m_states[from].joins.insert(up.attachment);
    }
}

void
SparseTree::SetKept(const KeptEntries* kept)
{
    m_kept = kept;
}

void
SparseTree::SetGroup(const GroupMembers& group, TreeOutcome& outcome)
{
    m_group = &group;
    m_rp = m_network.FindRp(group.GetAddress());
    if (m_rp == nullptr)
    {
        static const ModelRp NOWHERE{};
        const bool lives = m_kept != nullptr && !m_kept->empty(); // by (S,G) alone
        m_rp = lives ? &NOWHERE : &m_network.GetRp(group.GetAddress());
    }
    m_states.Truncate(0);
    m_vtep = MODEL_NONE;
    for (uint32_t member : group.GetMembers())
    {
        const ModelPort& gateway = m_network.GetVteps()[member].gateways.front();
        const std::size_t state = Find(gateway.router);
        m_states[state].members.insert(gateway.attachment);
        ClimbToRp(state);
    }
    m_starStates = m_states.GetSize();
    for (std::size_t i = 0; i < m_states.GetSize() && !m_rp->members.empty(); ++i)
    {
        const State& state = m_states[i];
        OifSet outgoing = state.joins;
        Add(outgoing, state.members);
        outcome.Add(TreeRow::Kind::StarG,
                    state.router,
                    0,
                    group.GetAddress(),
                    state.star.attachment,
                    outgoing);
        outgoing.erase(state.star.attachment);
        if (!outgoing.empty() || Counts(state))
        {
            outcome.Add(TreeRow::Kind::Forwarding,
                        state.router,
                        0,
                        group.GetAddress(),
                        state.star.attachment,
                        outgoing);
        }
    }
}

/** §4.2.1: whether a last hop looks for packets that make it switch to the source's tree. */
bool
SparseTree::Counts(const State& state) const
{
    return m_policy == TreePolicy::Spt && !state.members.empty();
}

void
SparseTree::Reset(uint32_t vtep)
{
    m_vtep = vtep;
    m_states.Truncate(m_starStates);
    const TopologyAddress source = m_network.GetVteps()[vtep].address;
    for (std::size_t i = 0; i < m_states.GetSize(); ++i)
    {
        State& state = m_states[i];
        StartSource(state);
        if (m_kept != nullptr)
        {
            const auto found = m_kept->find({source, state.router});
            state.keepalive = found != m_kept->end();
            state.sptBit = found != m_kept->end() && found->second;
        }
    }
    for (const ModelPort& member : m_rp->members)
    {
        State& rp = m_states[Find(member.router)];
        rp.keepalive = rp.keepalive || IsKeptByRegisters(rp);
    }
    for (const ModelPort& gateway : m_network.GetVteps()[vtep].gateways)
    {
        Find(gateway.router);
    }
}

/** §4.4.2: Registers and Null-Registers restart the Keepalive Timer of an RP that joins sources. */
bool
SparseTree::IsKeptByRegisters(const State& state) const
{
    return m_rp->IsMember(state.router) && m_policy != TreePolicy::RptRegister &&
           m_network.GetVteps()[m_vtep].gateways.front().router != state.router;
}

/** Takes what this round's joins and prunes come to. \returns whether anything is new. */
bool
SparseTree::Adopt()
{
    bool changed = false;
    for (std::size_t i = 0; i < m_states.GetSize(); ++i)
    {
        State& state = m_states[i];
        Remove(state.nextPrunes, state.overrides);
        changed = changed || state.sourceJoins != state.nextSourceJoins ||
                  state.prunes != state.nextPrunes;
        state.sourceJoins.swap(state.nextSourceJoins);
        state.prunes.swap(state.nextPrunes);
    }
    return changed;
}

/** Lets joins and prunes run until they rest. \returns whether anything has changed. */
bool
SparseTree::Settle()
{
    for (std::size_t round = 0; round < MAX_ROUNDS; ++round)
    {
        for (std::size_t i = 0; i < m_states.GetSize(); ++i)
        {
            m_states[i].nextSourceJoins.clear();
            m_states[i].nextPrunes.clear();
            m_states[i].overrides.clear();
        }
        for (std::size_t i = 0; i < m_states.GetSize(); ++i)
        {
            if (!m_states[i].JoinDesired())
            {
                m_states[i].sptBit = false;
            }
            else if (!m_states[i].connected)
            {
                const ModelPort up = m_states[i].rpf.upstream;
                m_states[Find(up.router)].nextSourceJoins.insert(up.attachment);
            }
            const State& state = m_states[i];
            if (!state.isRp && state.IsStarJoined())
            {
                State& up = m_states[m_states.Find(state.star.upstream.router)];
                (state.PeriodicPrune() ? up.nextPrunes : up.overrides)
                    .insert(state.star.upstream.attachment);
            }
        }
        if (!Adopt())
        {
            return round > 0;
        }
    }
    return true;
}

/** §4.2: what becomes of a frame that comes in. \returns whether that changes any state. */
bool
SparseTree::Arrive(std::size_t at, uint32_t interface, TreeOutcome* outcome)
{
    State& state = m_states[at];
    if (!state.arrivals.insert(interface).second)
    {
        return false;
    }
    const bool keepalive = state.keepalive;
    const bool sptBit = state.sptBit;
    if (interface == state.rpf.attachment)
    {
        state.heard = true;
        state.keepalive = state.keepalive || state.connected || state.JoinDesired();
    }
    state.UpdateSptBit(interface);
    if (state.sptBit && interface == state.rpf.attachment)
    {
        Forward(at, state.Inherited(), interface, outcome);
    }
    else if (!state.sptBit && interface == state.star.attachment)
    {
        // CheckSwitchToSpt, §4.2.1
        state.keepalive = state.keepalive || Counts(state);
        const bool bySource = interface == state.rpf.attachment;
        Forward(at, bySource ? state.Inherited() : state.InheritedRpt(), interface, outcome);
    }
    return m_states[at].keepalive != keepalive || m_states[at].sptBit != sptBit;
}

void
SparseTree::Forward(std::size_t from,
                    const OifSet& outgoing,
                    uint32_t incoming,
                    TreeOutcome* outcome)
{
    for (uint32_t oif : outgoing)
    {
        if (oif == incoming)
        {
            continue;
        }
        // A router that holds no state of the group has nothing to do with the frame.
        for (const ModelPort& port : m_network.GetNeighbors(oif))
        {
            const std::size_t index = m_states.Find(port.router);
            if (index != m_states.NONE && index != from)
            {
                m_queue.emplace_back(index, port.attachment);
            }
        }
        if (outcome != nullptr)
        {
            const uint32_t network = m_network.GetNetwork(oif);
            const bool back = network == m_network.GetVteps()[m_vtep].access;
            outcome->delivered += m_group->CountOn(network) - (back ? 1 : 0);
            if (!m_network.IsLoopback(oif))
            {
                outcome->copies.push_back(oif);
            }
        }
    }
}

/** Sends one frame along the state as it is. \returns whether that changes any state. */
bool
SparseTree::Deliver(TreeOutcome* outcome)
{
    const ModelVtep& vtep = m_network.GetVteps()[m_vtep];
    m_queue.clear();
    for (std::size_t i = 0; i < m_states.GetSize(); ++i)
    {
        m_states[i].arrivals.clear();
        m_states[i].heard = false;
    }
    for (const ModelPort& gateway : vtep.gateways)
    {
        m_queue.emplace_back(m_states.Find(gateway.router), gateway.attachment);
    }
    for (const ModelPort& member : m_rp->members)
    {
        const std::size_t rpIndex = m_states.Find(member.router);
        const State& rp = m_states[rpIndex];
        if (vtep.gateways.front().router != rp.router && !rp.sptBit)
        {
            // The RP takes the frame out of its Register and sends it down the RP tree.
            Forward(rpIndex, rp.InheritedRpt(), MODEL_NONE, outcome);
        }
    }
    bool changed = false;
    for (std::size_t i = 0; i < m_queue.size(); ++i)
    {
        const auto [at, interface] = m_queue[i];
        changed = Arrive(at, interface, outcome) || changed;
    }
    return changed;
}

/** Keepalive Timers run out where no data comes. \returns whether any did. */
bool
SparseTree::ExpireKeepalive()
{
    bool expired = false;
    for (std::size_t i = 0; i < m_states.GetSize(); ++i)
    {
        State& state = m_states[i];
        if (state.keepalive && !state.connected && !IsKeptByRegisters(state) &&
            (!state.heard || !state.JoinDesired()))
        {
            state.keepalive = false;
            expired = true;
        }
    }
    return expired;
}

void
SparseTree::Send(uint32_t vtep, TreeOutcome& outcome)
{
    Reset(vtep);
    outcome.settled = false;
    for (std::size_t round = 0; round < MAX_ROUNDS && !outcome.settled; ++round)
    {
        const bool settled = !Settle();
        outcome.settled = !Deliver(nullptr) && settled && !ExpireKeepalive();
    }
    const ModelVtep& source = m_network.GetVteps()[vtep];
    if (source.attachment != MODEL_NONE)
    {
        outcome.copies.push_back(source.attachment);
    }
    outcome.delivered += m_group->CountOn(source.access) - (m_group->IsMember(vtep) ? 1 : 0);
    Deliver(&outcome);
    const uint32_t dr = source.gateways.front().router;
    if (m_policy == TreePolicy::RptRegister && !m_rp->members.empty() &&
        (!m_rp->IsMember(dr) || m_rp->members.size() > 1))
    {
        m_network.WalkToRp(
            dr, *m_rp, [&](uint32_t attachment) { outcome.registers.push_back(attachment); });
    }
    AddRows(outcome);
}

void
SparseTree::AddRows(TreeOutcome& outcome) const
{
    const TopologyAddress source = m_network.GetVteps()[m_vtep].address;
    for (std::size_t i = 0; i < m_states.GetSize(); ++i)
    {
        const State& state = m_states[i];
        if (state.keepalive || !state.sourceJoins.empty())
        {
            outcome.Add(TreeRow::Kind::Sg,
                        state.router,
                        source,
                        m_group->GetAddress(),
                        state.rpf.attachment,
                        state.Inherited());
            if (outcome.explain)
            {
                outcome.rows.back().sptBit = state.sptBit;
            }
        }
        if (!state.prunes.empty() || state.PruneDesired())
        {
            outcome.Add(TreeRow::Kind::SgRpt,
                        state.router,
                        source,
                        m_group->GetAddress(),
                        state.star.attachment,
                        state.InheritedRpt());
        }
        AddSourceRow(state, outcome);
    }
}

void
SparseTree::AddSourceRow(const State& state, TreeOutcome& outcome) const
{
    const bool hasEntry = state.keepalive || !state.sourceJoins.empty();
    if (!hasEntry && state.prunes.empty() && !state.PruneDesired())
    {
        return;
    }
    const uint32_t incoming =
        state.sptBit || !state.HasInheritedRpt() ? state.rpf.attachment : state.star.attachment;
    const bool bySource = incoming == state.rpf.attachment;
    OifSet outgoing = bySource ? state.Inherited() : state.InheritedRpt();
    outgoing.erase(incoming);
    OifSet shared = state.joins;
    Add(shared, state.members);
    shared.erase(state.star.attachment);
    if (!hasEntry && outgoing == shared)
    {
        return;
    }
    const bool tunnel = m_policy == TreePolicy::RptRegister && !state.isRp &&
                        state.router == m_network.GetVteps()[m_vtep].gateways.front().router;
    if (!outgoing.empty() || tunnel || (!state.isRp && (!shared.empty() || Counts(state))))
    {
        outcome.Add(TreeRow::Kind::Forwarding,
                    state.router,
                    m_network.GetVteps()[m_vtep].address,
                    m_group->GetAddress(),
                    incoming,
                    outgoing);
    }
}

} // namespace ns3
