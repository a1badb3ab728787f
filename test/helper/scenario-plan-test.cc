// SPDX-License-Identifier: GPL-2.0-only
// The key `plan` of the action vxlan: a device per VNI of a plan.csv; and what is no plan.
#include "ns3/input-error.h"
#include "ns3/plan-file.h"
#include "ns3/scenario-reader.h"
#include "ns3/topology-loader.h"
#include "ns3/vxlan-plan-action.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <random>

using namespace ns3;

namespace
{

class ScenarioPlan : public ::testing::Test
{
  protected:
    void SetUp() override
    {
        std::random_device device;
        m_folder =
            std::filesystem::temp_directory_path() / ("vxm-plan-" + std::to_string(device()));
        std::filesystem::create_directory(m_folder);
    }

    void TearDown() override
    {
        std::error_code ignored;
        std::filesystem::remove_all(m_folder, ignored);
    }

    void Write(const std::string& name, const std::string& text) const
    {
        std::ofstream(m_folder / name, std::ios::binary) << text;
    }

    /** \returns the specs that a vxlan event with these keys makes. */
    std::vector<VxlanSpec> Read(const std::string& keys) const
    {
        const TopologyGraph topology = LoadTopology("leaf-spine:spines=2,leaves=2,hosts=1");
        Write("scenario.yaml", "duration: 10s\nevents:\n  - {at: 1s, vxlan: {" + keys + "}}\n");
        const Scenario scenario = ReadScenario((m_folder / "scenario.yaml").string(), topology);
        const auto* action =
            dynamic_cast<const VxlanPlanAction*>(scenario.events.front().action.get());
        return action == nullptr ? std::vector<VxlanSpec>() : action->specs;
    }

    std::filesystem::path m_folder;
};

const char* const PLAN =
    "vni,group,tree\r\n1,239.1.0.0,bidir\r\n2,239.1.0.0,bidir\r\n7,,head-end\r\n";

} // namespace

TEST_F(ScenarioPlan, ADevicePerVni)
{
    Write("plan.csv", PLAN);
    const std::vector<VxlanSpec> specs =
        Read("plan: plan.csv, nodes: [vtep0, vtep1], ttl: 10, port: 4790");
    ASSERT_EQ(specs.size(), 3u);
    EXPECT_EQ(specs[0].name, "vxlan1");
    EXPECT_EQ(specs[0].vni, 1u);
    EXPECT_EQ(specs[0].control, "group");
    EXPECT_EQ(specs[0].group, Ipv4Address("239.1.0.0"));
    EXPECT_EQ(specs[1].vni, 2u);
    EXPECT_EQ(specs[1].group, specs[0].group);
    EXPECT_EQ(specs[2].name, "vxlan7");
    EXPECT_EQ(specs[2].control, "head-end");
    EXPECT_EQ(specs[2].remotes.size(), 2u);
    for (const VxlanSpec& spec : specs)
    {
        EXPECT_EQ(spec.nodes, (std::vector<std::string>{"vtep0", "vtep1"}));
        EXPECT_EQ(spec.port, 4790);
        EXPECT_EQ(spec.ttl, 10);
    }
}

TEST_F(ScenarioPlan, SomeOfTheVnisAndAnotherName)
{
    Write("plan.csv", PLAN);
    const std::vector<VxlanSpec> specs =
        Read("plan: plan.csv, nodes: [vtep0], vnis: [2, 7-7], name: vx");
    ASSERT_EQ(specs.size(), 2u);
    EXPECT_EQ(specs[0].name, "vx2");
    EXPECT_EQ(specs[1].name, "vx7");
}

TEST_F(ScenarioPlan, WhatIsNoPlanIsRefused)
{
    const std::pair<std::string, std::string> cases[] = {
        {"", "this header"},
        {"vni,group\n1,239.1.0.0\n", "this header"},
        {"vni,group,tree\n1,239.1.0.0\n", "2 cells"},
        {"vni,group,tree\nx,239.1.0.0,spt\n", "vni is 'x'"},
        {"vni,group,tree\n1,239.1.0.0,oak\n", "tree is 'oak'"},
        {"vni,group,tree\n1,10.0.0.1,spt\n", "multicast address"},
        {"vni,group,tree\n1,,spt\n", "multicast address"},
        {"vni,group,tree\n1,239.1.0.0,head-end\n", "multicast address"},
        {"vni,group,tree\n1,239.1.0.0,spt\n1,239.1.0.1,spt\n", "VNI 1 twice"}};
    for (const auto& [text, expected] : cases)
    {
        Write("plan.csv", text);
        try
        {
            Read("plan: plan.csv, nodes: [vtep0]");
            ADD_FAILURE() << text;
        }
        catch (const InputError& error)
        {
            EXPECT_NE(std::string(error.what()).find(expected), std::string::npos) << error.what();
        }
    }
    Write("plan.csv", PLAN);
    for (const char* keys : {"plan: plan.csv, nodes: [vtep0], vnis: [3]",
                             "plan: plan.csv, nodes: [vtep0], vnis: [x]",
                             "plan: plan.csv, nodes: [vtep9]",
                             "plan: plan.csv, nodes: [vtep0], id: 5",
                             "plan: plan.csv"})
    {
        EXPECT_THROW(Read(keys), InputError) << keys;
    }
}
