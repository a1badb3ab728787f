// SPDX-License-Identifier: GPL-2.0-only
#include "ns3/tree-state-model.h"

#include <algorithm>
#include <tuple>

namespace ns3
{

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
        m_registers.assign(network.GetAttachmentCount(), 0);
    }
}

void
TreeStateModel::Add(const GroupTraffic& group)
{
    ++m_totals.groups;
    CountDeliveries(group);
    if (m_policy == TreePolicy::HeadEnd)
    {
        AddHeadEnd(group);
        return;
    }
    m_members.Set(group);
    m_outcome.Clear();
    if (m_policy == TreePolicy::Bidir)
    {
        m_bidir.SetGroup(m_members, m_outcome);
    }
    else if (m_policy != TreePolicy::Ssm)
    {
        m_sparse.SetGroup(m_members, m_outcome);
    }
    CountRows(m_outcome, 1);
    AddSources(group);
}

/** Frames, and what is wanted of them: the same for every policy. */
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

/** Puts senders together that fare alike: one first hop, and the same choice at every tie. */
void
TreeStateModel::Classify()
{
    m_alike.clear();
    for (const GroupSender& sender : m_members.GetSenders())
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
                static_cast<uint32_t>(RpfHash(vtep.address, m_members.GetAddress()) % modulus);
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

void
TreeStateModel::AddSources(const GroupTraffic& group)
{
    if (m_policy == TreePolicy::Bidir && m_detail == TreeDetail::Counts)
    {
        // Whoever sends, a frame crosses each link of the tree once.
        uint64_t frames = 0;
        for (const VniTraffic& vni : group.vnis)
        {
            frames += vni.senders.size();
            m_totals.unwanted +=
                vni.senders.size() * (m_members.GetMembers().size() - vni.members.size());
        }
        m_totals.copies += frames * m_bidir.CountCopies();
        return;
    }
    Classify();
    for (const Alike& alike : m_alike)
    {
        Send(alike, group);
    }
    // The wanted ones were counted as delivered, too.
    for (const VniTraffic& vni : group.vnis)
    {
        m_totals.unwanted -= vni.senders.size() * (vni.members.size() - 1);
    }
}

void
TreeStateModel::Send(const Alike& alike, const GroupTraffic& group)
{
    m_outcome.Clear();
    uint32_t expected = static_cast<uint32_t>(m_members.GetMembers().size()) - 1;
    switch (m_policy)
    {
    case TreePolicy::Bidir:
        m_bidir.Send(alike.vtep, m_outcome);
        break;
    case TreePolicy::Ssm:
        m_ssm.Send(alike.vtep, group, m_outcome);
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
        for (uint32_t attachment : m_outcome.registers)
        {
            m_registers[attachment] += alike.vnis;
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
    for (uint32_t router : outcome.mfc)
    {
        m_routers[router].mfc += times;
    }
    m_rows.insert(m_rows.end(), outcome.rows.begin(), outcome.rows.end());
}

} // namespace ns3
