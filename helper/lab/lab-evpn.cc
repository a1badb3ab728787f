// SPDX-License-Identifier: GPL-2.0-only
// BGP EVPN on the nodes of a lab: speakers from the start, on VTEPs and reflectors.
#include "ns3/evpn-helper.h"
#include "ns3/lab-network.h"
#include "ns3/uinteger.h"

namespace ns3
{

void
LabNetwork::AddEvpn(const EvpnSpec& spec)
{
    EvpnHelper helper;
    helper.Set("As", UintegerValue(spec.as));
    NodeContainer vteps;
    NodeContainer reflectors;
    const auto add = [&](const std::string& name, NodeContainer& nodes) {
        LabNode& lab = GetNode(name);
        const ScopedAttributes scope(m_settings.nodes[name]);
        lab.evpn = helper.Install(lab.node);
        nodes.Add(lab.node);
    };
    for (const std::string& name : spec.reflectors)
    {
        add(name, reflectors);
    }
    for (const std::string& name : spec.vteps)
    {
        add(name, vteps);
    }
    spec.reflectors.empty() ? helper.Install(vteps) : helper.Install(vteps, reflectors);
}

} // namespace ns3
