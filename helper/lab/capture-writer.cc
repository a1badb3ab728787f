// SPDX-License-Identifier: GPL-2.0-only
#include "ns3/capture-writer.h"

#include "ns3/ipv4.h"
#include "ns3/point-to-point-net-device.h"
#include "ns3/trace-helper.h"

#include <map>

namespace ns3
{

CaptureWriter::CaptureWriter(const LabNetwork& network,
                             const RunOutput& output,
                             const CaptureList& list)
    : m_network(network),
      m_output(output),
      m_list(list)
{
}

void
CaptureWriter::Start(const LabNode& node)
{
    const TopologyGraph& graph = m_network.GetGraph();
    const std::vector<std::size_t>& attachments =
        graph.nodes[*graph.FindNode(node.name)].attachments;
    Ptr<Ipv4> ipv4 = node.node->GetObject<Ipv4>();
    std::map<std::string, Ptr<NetDevice>> devices;
    for (std::size_t i = 0; i < attachments.size(); ++i)
    {
        const auto interface = static_cast<uint32_t>(i + 1); // 0 is the loopback
        devices[graph.attachments[attachments[i]].interface] = ipv4->GetNetDevice(interface);
    }
    for (const auto& [name, device] : node.vxlans)
    {
        devices[name] = device;
    }
    for (const auto& [name, device] : devices)
    {
        StartAt(device, node.name, name);
    }
}

void
CaptureWriter::Start(const LabTenant& tenant)
{
    StartAt(tenant.device, tenant.spec.name, "eth0");
}

const std::set<std::string>&
CaptureWriter::GetFiles() const
{
    return m_files;
}

void
CaptureWriter::StartAt(Ptr<NetDevice> device, const std::string& node, const std::string& interface)
{
    const std::string file = GetCaptureFile(node, interface);
    if (!IsCaptured(m_list, node, interface) || !m_files.insert(file).second)
    {
        return;
    }
    PcapHelper pcap;
    const bool isLink = DynamicCast<PointToPointNetDevice>(device) != nullptr;
    Ptr<PcapFileWrapper> wrapper =
        pcap.CreateFile(m_output.GetPath(file),
                        std::ios::out,
                        isLink ? PcapHelper::DLT_PPP : PcapHelper::DLT_EN10MB);
    const char* const trace = DynamicCast<VxlanNetDevice>(device) ? "Frame" : "PromiscSniffer";
    pcap.HookDefaultSink<NetDevice>(device, trace, wrapper);
}

} // namespace ns3
