// SPDX-License-Identifier: GPL-2.0-only
// What goes over the wire, as tshark reads it: all five packet types and five LSA types, every
// checksum right, nothing malformed.
#include "ospf-lab.h"

#include "ns3/boolean.h"
#include "ns3/config.h"
#include "ns3/csma-net-device.h"
#include "support/paths.h"

#include <array>
#include <cstdio>
#include <cstdlib>
#include <memory>

namespace ns3
{

class OspfCaptureTest : public OspfLab
{
  protected:
    OspfCaptureTest()
    {
        Config::SetGlobal("ChecksumEnabled", BooleanValue(true));
    }

    ~OspfCaptureTest() override
    {
        Config::SetGlobal("ChecksumEnabled", BooleanValue(false));
    }

    static std::string Run(const std::string& command)
    {
        std::string output;
        std::unique_ptr<FILE, int (*)(FILE*)> pipe(popen(command.c_str(), "r"), pclose);
        std::array<char, 4096> buffer;
        while (pipe && fgets(buffer.data(), buffer.size(), pipe.get()))
        {
            output += buffer.data();
        }
        return output;
    }

    /** \returns how many packets of the capture match a display filter. */
    static int Count(const std::string& file, const std::string& filter)
    {
        return std::atoi(Run("tshark -r " + file + " -o ip.check_checksum:TRUE -Y '" + filter +
                             "' 2>/dev/null | wc -l")
                             .c_str());
    }
};

TEST_F(OspfCaptureTest, TsharkDecodesEveryPacket)
{
    if (Run("tshark --version 2>/dev/null").empty())
    {
        GTEST_SKIP() << "tshark is not installed";
    }
    // 0 - 1 - 2: area 1 left of router 1, the backbone right of it; routes from outside at 2.
    MakeRouters(3);
    Lan(1, {0, 1});
    Lan(2, {1, 2});
    OspfInterfaceSettings settings;
    settings.area = OspfId(1);
    Set(0, 1, settings);
    Set(1, 1, settings);
    OspfExternalRoute outside;
    outside.prefix = Ipv4Prefix(0xac100000, 16);
    Ospf(2)->AddExternalRoute(outside);
    const std::string file = std::string(BIN_DIR) + "/ospf-capture-test.pcap";
    CsmaHelper().EnablePcap(file, m_nodes.Get(1)->GetDevice(1), false, true);
    RunUntil(90);
    Simulator::Destroy();

    const int all = Count(file, "ospf");
    EXPECT_GT(all, 30);
    EXPECT_EQ(Count(file, "_ws.malformed || _ws.expert.severity >= warning"), 0);
    EXPECT_EQ(Count(file, "ospf && ip.checksum.status == good"), all);
    EXPECT_EQ(Count(file, "ospf && ip.ttl == 1 && ip.dsfield == 0xc0"), all);
    EXPECT_EQ(Run("tshark -r " + file + " -Y ospf -V 2>/dev/null | grep -c '\\[correct\\]'"),
              std::to_string(all) + "\n");
    for (int type = 1; type <= 5; ++type)
    {
        EXPECT_GT(Count(file, "ospf.msg == " + std::to_string(type)), 0) << "packet " << type;
    }
    for (int type = 1; type <= 5; ++type)
    {
        EXPECT_GT(Count(file, "ospf.msg == 4 && ospf.lsa == " + std::to_string(type)), 0)
            << "LSA " << type;
    }
    std::remove(file.c_str());
}

} // namespace ns3
