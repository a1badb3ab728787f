// SPDX-License-Identifier: GPL-2.0-only
#include "ns3/tree-state-model.h"

#include <algorithm>
#include <tuple>

namespace ns3
{

TreeTotals&
TreeTotals::operator+=(const TreeTotals& other)
{
    groups += other.groups;
    frames += other.frames;
    copies += other.copies;
    registers += other.registers;
    wanted += other.wanted;
    unwanted += other.unwanted;
    links += other.links;
    unsettled += other.unsettled;
    return *this;
}

TreeStateModel::TreeStateModel(const ModelNetwork& network, TreePolicy policy, TreeDetail detail)
    : m_network(network),
      m_policy(policy),
      m_detail(detail),
      m_members(network),
      m_sparse(network, policy),
      m_bidir(network),
      m_ssm(network),
      m_routers(network.GetRouters().size())
{
    m_outcome.explain = detail == TreeDetail::Rows;
    if (detail != TreeDetail::Counts)
    {
        m_copies.assign(network.GetAttachmentCount(), 0);
    }
}

void
TreeStateModel::Add(const GroupTraffic& group)
{
    m_members.Set(group);
    Add(m_members);
}

void
TreeStateModel::Add(const GroupTraffic& group, const KeptEntries& kept)
{
    m_sparse.SetKept(&kept);
    Add(group);
    m_sparse.SetKept(nullptr);
}

void
TreeStateModel::Add(const GroupMembers& group)
{
    ++m_totals.groups;
    CountDeliveries(group.GetTraffic());
    const uint64_t copies = m_totals.copies;
    AddTrees(group);
    uint64_t frames = 0;
    for (const VniTraffic& vni : group.GetTraffic().vnis)
    {
        frames += vni.senders.size();
    }
    m_totals.links +=
        frames == 0 ? 0
                    : static_cast<double>(m_totals.copies - copies) / static_cast<double>(frames);
}

void
TreeStateModel::AddTrees(const GroupMembers& group)
{
    m_outcome.Clear();
    switch (m_policy)
    {
    case TreePolicy::HeadEnd:
        AddHeadEnd(group.GetTraffic());
        return;
    case TreePolicy::Bidir:
        if (m_detail == TreeDetail::Counts && m_network.IsPlain())
        {
            CountAlikeBidir(group);
            return;
        }
        m_bidir.SetGroup(group, m_outcome);
        break;
    case TreePolicy::Ssm:
        break;
    default:
        m_sparse.SetGroup(group, m_outcome);
        break;
    }
    CountRows(m_outcome, 1);
    AddSources(group);
}

/** Frames and wanted deliveries: the same for every policy. */
void
TreeStateModel::CountDeliveries(const GroupTraffic& group)
{
    for (const VniTraffic& vni : group.vnis)
    {
        m_totals.frames += vni.senders.size();
        m_totals.wanted += vni.senders.size() * (vni.members.size() - 1);
    }
}

void
TreeStateModel::AddHeadEnd(const GroupTraffic& group)
{
    for (const VniTraffic& vni : group.vnis)
    {
        for (uint32_t sender : vni.senders)
        {
            for (uint32_t member : vni.members)
            {
                if (member == sender)
                {
                    continue;
                }
                m_network.WalkUnicast(sender, member, [this](uint32_t attachment) {
                    ++m_totals.copies;
                    if (m_detail != TreeDetail::Counts)
                    {
                        ++m_copies[attachment];
                    }
                });
            }
        }
    }
}

/** Groups senders whose trees are equal: one first hop, and the same choice at every tie. */
void
TreeStateModel::Classify(const GroupMembers& group)
{
    m_alike.clear();
    for (const GroupSender& sender : group.GetSenders())
    {
        const ModelVtep& vtep = m_network.GetVteps()[sender.vtep];
        Alike alike{MODEL_NONE, 0, sender.vtep, 1, sender.vnis};
        uint32_t modulus = 0;
        if (m_detail == TreeDetail::Counts && m_policy != TreePolicy::Ssm &&
            vtep.gateways.size() == 1)
        {
            modulus = m_policy == TreePolicy::Bidir ? 1 : m_network.GetTieModulus(vtep.target);
        }
        if (modulus != 0)
        {
            alike.gateway = vtep.gateways.front().router;
            alike.remainder =
                static_cast<uint32_t>(RpfHash(vtep.address, group.GetAddress()) % modulus);
        }
        m_alike.push_back(alike);
    }
    std::sort(m_alike.begin(), m_alike.end(), [](const Alike& a, const Alike& b) {
        return std::make_tuple(a.gateway, a.remainder, a.vtep) <
               std::make_tuple(b.gateway, b.remainder, b.vtep);
    });
    std::size_t kept = 0;
    for (std::size_t i = 1; i < m_alike.size(); ++i)
    {
        const Alike& next = m_alike[i];
        Alike& last = m_alike[kept];
        if (next.gateway != MODEL_NONE && next.gateway == last.gateway &&
            next.remainder == last.remainder)
        {
            last.sources += next.sources;
            last.vnis += next.vnis;
        }
        else
        {
            m_alike[++kept] = next;
        }
    }
    m_alike.resize(m_alike.empty() ? 0 : kept + 1);
}

/** Whoever sends, a frame crosses each link of the tree once. */
void
TreeStateModel::CountAlikeBidir(const GroupMembers& group)
{
    const uint32_t copies = m_bidir.CountGroup(group, m_outcome);
    CountRows(m_outcome, 1);
    for (const VniTraffic& vni : group.GetTraffic().vnis)
    {
        m_totals.copies += vni.senders.size() * copies;
        m_totals.unwanted += vni.senders.size() * (group.GetMembers().size() - vni.members.size());
    }
}

void
TreeStateModel::AddSources(const GroupMembers& group)
{
    Classify(group);
    for (const Alike& alike : m_alike)
    {
        Send(alike, group);
    }
    // What was delivered includes the wanted deliveries.
    for (const VniTraffic& vni : group.GetTraffic().vnis)
    {
        m_totals.unwanted -= vni.senders.size() * (vni.members.size() - 1);
    }
}

void
TreeStateModel::Send(const Alike& alike, const GroupMembers& group)
{
    m_outcome.Clear();
    uint32_t expected = static_cast<uint32_t>(group.GetMembers().size()) - 1;
    switch (m_policy)
    {
    case TreePolicy::Bidir:
        m_bidir.Send(alike.vtep, m_outcome);
        break;
    case TreePolicy::Ssm:
        m_ssm.Send(alike.vtep, group.GetTraffic(), m_outcome);
        expected = m_outcome.delivered;
        break;
    default:
        m_sparse.Send(alike.vtep, m_outcome);
        break;
    }
    if (!m_outcome.settled || m_outcome.delivered != expected)
    {
        m_totals.unsettled += alike.sources;
    }
    CountRows(m_outcome, alike.sources);
    m_totals.copies += m_outcome.copies.size() * alike.vnis;
    m_totals.registers += m_outcome.registers.size() * alike.vnis;
    m_totals.unwanted += uint64_t(m_outcome.delivered) * alike.vnis;
    if (m_detail != TreeDetail::Counts)
    {
        for (uint32_t attachment : m_outcome.copies)
        {
            m_copies[attachment] += alike.vnis;
        }
    }
}

void
TreeStateModel::CountRows(const TreeOutcome& outcome, uint64_t times)
{
    for (uint32_t router : outcome.starG)
    {
        m_routers[router].starG += times;
    }
    for (uint32_t router : outcome.sg)
    {
        m_routers[router].sg += times;
    }
    for (uint32_t router : outcome.sgRpt)
    {
        m_routers[router].sgRpt += times;
    }
    for (uint32_t router : outcome.mfcStarG)
    {
        m_routers[router].mfc += times;
        m_routers[router].mfcStarG += times;
    }
    for (uint32_t router : outcome.mfcSg)
    {
        m_routers[router].mfc += times;
    }
    m_rows.insert(m_rows.end(), outcome.rows.begin(), outcome.rows.end());
}

} // namespace ns3
