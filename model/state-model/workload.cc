// SPDX-License-Identifier: GPL-2.0-only
#include "ns3/workload.h"

#include <algorithm>
#include <cmath>

namespace ns3
{

namespace
{

/** Streams of random numbers beside those of the VNIs, which are numbered from 1. */
constexpr uint64_t TENANT_STREAM = uint64_t(1) << 40;

/** At the published load a third of the draws do not fit; a thousand in a row never do. */
constexpr uint32_t MAX_REDRAWS = 1000;

} // namespace

Workload::Workload(const ModelNetwork& network, const WorkloadOptions& options)
    : m_network(network),
      m_options(options),
      m_vnis(options.vnis),
      m_vtepRound(network.GetVteps().size(), 0)
{
    CheckOptions();
    if (options.tenants == 0)
    {
        std::vector<ModelHost> vteps;
        for (uint32_t vtep = 0; vtep < network.GetVteps().size(); ++vtep)
        {
            const ModelVtep& v = network.GetVteps()[vtep];
            vteps.push_back({vtep, v.gateways.front().router, v.pod});
        }
        m_scatter = std::make_unique<VniScatter>(vteps, options.placement);
        return;
    }
    DrawTenants();
    PlaceTenants();
}

void
Workload::CheckOptions() const
{
    const std::size_t vteps = m_network.GetVteps().size();

    if (m_options.vnis == 0)
    {
        throw WorkloadError("vnis", "no VNIs, expected at least 1");
    }
    if (!(m_options.senders > 0 && m_options.senders <= 1))
    {
        throw WorkloadError("senders",
                            "senders is not a part of the members, expected above 0, at most 1");
    }
    if (m_options.tenants == 0 && m_options.members == 0)
    {
        throw WorkloadError("members", "members is 0, expected at least 1");
    }
    if (m_options.tenants == 0 && m_options.members > vteps)
    {
        throw WorkloadError("members",
                            "members is " + std::to_string(m_options.members) +
                                ", expected at most the " + std::to_string(vteps) +
                                " VTEPs of the topology");
    }
    if (m_options.tenants > 0 && m_options.distribution == SizeDistribution::Fixed)
    {
        throw WorkloadError("distribution",
                            "tenants need a distribution of group sizes, expected uniform or wve");
    }
}

void
Workload::DrawTenants()
{
    StateRandom random(m_options.seed, TENANT_STREAM);
    const uint64_t places = uint64_t(m_network.GetHosts().size()) * MACHINES_PER_HOST;
    constexpr uint32_t span = MAX_MACHINES - MIN_MACHINES;
    for (;; ++m_redraws)
    {
        m_firstMachine.assign(1, 0);
        uint64_t sum = 0;
        for (uint32_t tenant = 0; tenant < m_options.tenants; ++tenant)
        {
            sum += random.Unit() < 0.02
                       ? random.Between(MIN_MACHINES, MAX_MACHINES)
                       : static_cast<uint32_t>(random.Exponential(4.05) / 10 * span) % span +
                             MIN_MACHINES;
            m_firstMachine.push_back(static_cast<uint32_t>(std::min<uint64_t>(sum, UINT32_MAX)));
        }
        if (sum <= places)
        {
            break;
        }
        if (m_redraws == MAX_REDRAWS)
        {
            throw WorkloadError(
                "tenants",
                "no draw of " + std::to_string(m_options.tenants) + " tenants in " +
                    std::to_string(MAX_REDRAWS) + " fits the " + std::to_string(places) +
                    " places of the topology, expected fewer tenants or more hosts");
        }
    }
    m_firstVni.assign(1, 0);
    const double machines = m_firstMachine.back();
    for (uint32_t tenant = 0; tenant < m_options.tenants; ++tenant)
    {
        const uint32_t own = m_firstMachine[tenant + 1] - m_firstMachine[tenant];
        const auto share = static_cast<uint32_t>(own / machines * m_options.vnis);
        m_firstVni.push_back(m_firstVni.back() + (m_options.onePerTenant ? 1 : share));
    }
    m_vnis = m_firstVni.back();
    if (m_vnis == 0)
    {
        throw WorkloadError("vnis",
                            std::to_string(m_options.vnis) + " VNIs leave none for any of " +
                                std::to_string(m_options.tenants) +
                                " tenants, expected more of them");
    }
}

void
Workload::PlaceTenants()
{
    TenantPlacer placer(m_network.GetHosts(), m_options.placement, MACHINES_PER_HOST);
    StateRandom random(m_options.seed, TENANT_STREAM + 1);
    std::vector<uint32_t> hosts;
    uint32_t most = 0;
    for (uint32_t tenant = 0; tenant < m_options.tenants; ++tenant)
    {
        const uint32_t own = m_firstMachine[tenant + 1] - m_firstMachine[tenant];
        most = std::max(most, own);
        placer.Take(own, random, hosts);
        for (uint32_t host : hosts)
        {
            m_vtepOf.push_back(m_network.GetHosts()[host].vtep);
        }
    }
    m_machineRound.assign(most, 0);
}

uint32_t
Workload::DrawSize(uint32_t most, StateRandom& random) const
{
    const uint32_t least = std::min(MIN_MEMBERS, most);
    switch (m_options.distribution)
    {
    case SizeDistribution::Uniform:
        return random.Between(least, most);
    case SizeDistribution::Wve: {
        const bool nearlyAll = random.Unit() < 0.02;
        const double gamma = random.Gamma2(nearlyAll ? 0.1 : 0.2) * most / 15;
        const uint32_t size =
            nearlyAll ? static_cast<uint32_t>(
                            std::max<int64_t>(most - static_cast<int64_t>(gamma), 0) % most)
                      : static_cast<uint32_t>(gamma + 4) % most + 1;
        return std::max(size, least);
    }
    case SizeDistribution::Fixed:
        break;
    }
    return most;
}

void
Workload::GetVni(uint32_t vni, VniTraffic& traffic)
{
    StateRandom random(m_options.seed, vni);
    if (m_options.tenants == 0)
    {
        m_scatter->Take(DrawSize(m_options.members, random), random, traffic.members);
    }
    else
    {
        const uint32_t index = vni - 1;
        if (index < m_firstVni[m_tenant] || index >= m_firstVni[m_tenant + 1])
        {
            m_tenant = static_cast<uint32_t>(
                std::upper_bound(m_firstVni.begin(), m_firstVni.end(), index) - m_firstVni.begin() -
                1);
        }
        const uint32_t own = m_firstMachine[m_tenant + 1] - m_firstMachine[m_tenant];
        SampleMachines(m_tenant, DrawSize(own, random), random, traffic.members);
    }
    ChooseSenders(random, traffic);
}

void
Workload::AddMachine(uint32_t machine, std::vector<uint32_t>& members)
{
    const uint32_t vtep = m_vtepOf[machine];
    if (m_vtepRound[vtep] != m_round)
    {
        m_vtepRound[vtep] = m_round;
        members.push_back(vtep);
    }
}

void
Workload::SampleMachines(uint32_t tenant,
                         uint32_t count,
                         StateRandom& random,
                         std::vector<uint32_t>& members)
{
    const uint32_t first = m_firstMachine[tenant];
    const uint32_t own = m_firstMachine[tenant + 1] - first;
    // Of more than half, it is those left out that are drawn.
    const bool inverse = count > own / 2;
    ++m_round;
    members.clear();
    for (uint32_t left = inverse ? own - count : count; left > 0;)
    {
        const uint32_t machine = random.Below(own);
        if (m_machineRound[machine] != m_round)
        {
            m_machineRound[machine] = m_round;
            --left;
            if (!inverse)
            {
                AddMachine(first + machine, members);
            }
        }
    }
    for (uint32_t machine = 0; inverse && machine < own; ++machine)
    {
        if (m_machineRound[machine] != m_round)
        {
            AddMachine(first + machine, members);
        }
    }
}

void
Workload::ChooseSenders(StateRandom& random, VniTraffic& traffic) const
{
    traffic.senders = traffic.members;
    if (m_options.senders < 1)
    {
        const auto count = std::max<std::size_t>(
            1,
            static_cast<std::size_t>(
                std::lround(m_options.senders * static_cast<double>(traffic.members.size()))));
        ShuffleToEnd(traffic.senders, count, random);
        traffic.senders.erase(traffic.senders.begin(),
                              traffic.senders.end() - static_cast<std::ptrdiff_t>(count));
    }
}

} // namespace ns3
