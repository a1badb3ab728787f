// SPDX-License-Identifier: GPL-2.0-only
#include "ns3/capture-writer.h"

#include "ns3/cable-device.h"
#include "ns3/ipv4.h"
#include "ns3/simulator.h"
#include "ns3/trace-helper.h"

#include <cerrno>
#include <cstring>
#include <stdexcept>

namespace ns3
{

namespace
{

/** \throws std::runtime_error if the last operation on \p file has failed */
void
CheckCapture(Ptr<PcapFileWrapper> file, const std::string& path)
{
    if (file->Fail())
    {
        throw std::runtime_error(path + ": cannot be written, " +
                                 std::strerror(errno != 0 ? errno : EIO));
    }
}

/** A trace's sink. */
void
CapturePacket(Ptr<PcapFileWrapper> file, std::string path, Ptr<const Packet> packet)
{
    file->Write(Simulator::Now(), packet);
    CheckCapture(file, path);
}

} // namespace

CaptureWriter::CaptureWriter(const LabNetwork& network, RunOutput& output, const CaptureList& list)
    : m_network(network),
      m_output(output),
      m_list(list)
{
}

void
CaptureWriter::Start(const LabNode& node)
{
    if (m_list.empty())
    {
        return; // most runs, and the largest
    }
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

void
CaptureWriter::Close()
{
    for (const auto& [path, file] : m_files)
    {
        file->Close();
        CheckCapture(file, path);
    }
}

void
CaptureWriter::StartAt(Ptr<NetDevice> device, const std::string& node, const std::string& interface)
{
    const std::string file = GetCaptureFile(node, interface);
    const std::string path = m_output.GetPath(file);
    if (!IsCaptured(m_list, node, interface) || m_files.count(path) != 0)
    {
        return;
    }
    const auto wrapper = CreateObject<PcapFileWrapper>();
    m_files[path] = wrapper;
    wrapper->Open(m_output.Stage(file), std::ios::out);
    CheckCapture(wrapper, path);
    const bool isLink = DynamicCast<CableDevice>(device) != nullptr;
    wrapper->Init(isLink ? PcapHelper::DLT_PPP : PcapHelper::DLT_EN10MB);
    const char* const trace = DynamicCast<VxlanNetDevice>(device) ? "Frame" : "PromiscSniffer";
    [[maybe_unused]] const bool isTraced =
        device->TraceConnectWithoutContext(trace, MakeBoundCallback(&CapturePacket, wrapper, path));
    NS_ASSERT_MSG(isTraced, "a device without trace source " << trace);
}

} // namespace ns3
