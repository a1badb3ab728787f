// SPDX-License-Identifier: GPL-2.0-only
// What a node that dies leaves on its links.
#include "ns3/cable-device.h"
#include "ns3/lab-network.h"
#include "ns3/names.h"
#include "ns3/simulator.h"
#include "ns3/topology-loader.h"

#include <gtest/gtest.h>

#include <memory>

namespace ns3
{

TEST(LabNetworkTest, FramesThatWaitOnACableDieWithTheirNode)
{
    SetLabDefaults();
    const TopologyGraph graph = LoadTopology("leaf-spine:spines=1,leaves=1,hosts=1");
    LabSettings settings;
    settings.staticUnderlay = true;
    auto network = std::make_unique<LabNetwork>(graph, settings);
    const std::size_t attachment = graph.nodes[graph.FindNode("leaf0").value()].attachments.front();
    const Ptr<CableDevice> device = DynamicCast<CableDevice>(network->GetDevice(attachment));
    ASSERT_TRUE(device);
    int lost = 0;
    device->TraceConnectWithoutContext(
        "PhyTxDrop", Callback<void, Ptr<const Packet>>([&lost](Ptr<const Packet>) { ++lost; }));
    for (int i = 0; i < 3; ++i)
    {
        device->Send(Create<Packet>(1000), Address(), 0x0800);
    }
    network->SetNodeUp("leaf0", false, true);
    EXPECT_EQ(lost, 2); // the first is on the line
    network.reset();
    Simulator::Destroy();
    Names::Clear();
}

} // namespace ns3
