// SPDX-License-Identifier: GPL-2.0-only
// Damaged topology files: each is loaded, or refused in one line that names a line of the file.
#include "ns3/topology-loader.h"

#include "support/paths.h"
#include "topology/temporary-file.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <iterator>
#include <random>

using namespace ns3;

namespace
{

std::string
ReadAll(const std::string& path)
{
    std::ifstream file(path, std::ios::binary);
    return std::string(std::istreambuf_iterator<char>(file), {});
}

/** Changes, removes, doubles or moves some bytes. */
std::string
Damage(std::string text, std::mt19937& random)
{
    const auto below = [&random](std::size_t n) { return random() % std::max<std::size_t>(n, 1); };
    for (std::size_t count = 1 + below(3); count > 0 && !text.empty(); --count)
    {
        const std::size_t at = below(text.size());
        const std::size_t length = 1 + below(40);
        switch (below(5))
        {
        case 0:
            text[at] = static_cast<char>(below(256));
            break;
        case 1:
            text.erase(at, length);
            break;
        case 2:
            text.insert(at, text.substr(below(text.size()), length));
            break;
        case 3:
            text.resize(at);
            break;
        default:
            text.insert(at, std::string(1, "<>&\"'=#/\n\0"[below(10)]));
            break;
        }
    }
    return text;
}

void
ExpectLoadedOrRefused(const std::string& good, const std::string& ending)
{
    std::mt19937 random(1);
    std::size_t refused = 0;
    constexpr std::size_t RUNS = 2000;
    for (std::size_t i = 0; i < RUNS; ++i)
    {
        const std::string text = Damage(good, random);
        const TemporaryFile file(text, ending);
        const auto lines = static_cast<std::size_t>(std::count(text.begin(), text.end(), '\n'));
        try
        {
            LoadTopology(file.GetName());
        }
        catch (const TopologyError& error)
        {
            ++refused;
            const std::string what = error.what();
            const std::size_t line = std::stoul(what.substr(file.GetName().size() + 1));
            EXPECT_EQ(what.compare(0, file.GetName().size() + 1, file.GetName() + ":"), 0) << what;
            EXPECT_EQ(what.find('\n'), std::string::npos) << what;
            EXPECT_NE(what.find(", expected "), std::string::npos) << what;
            EXPECT_GE(line, 1u);
            EXPECT_LE(line, lines + 1) << what;
        }
    }
    EXPECT_GT(refused, RUNS / 10);
    EXPECT_LT(refused, RUNS);
}

} // namespace

TEST(DamagedTopology, Graphml)
{
    ExpectLoadedOrRefused(ReadAll(SOURCE_DIR "/topologies/rec-lab.graphml"), ".graphml");
}

TEST(DamagedTopology, Topo)
{
    ExpectLoadedOrRefused("# a small network\n"
                          "node a tier=\"the core\" candidateRp=eth0 x=1 y=2\n"
                          "node b routerId=1.2.3.4\nnode v kind=vtep\n"
                          "lan net network=10.1.0.0/24 delay=1ms\n"
                          "edge a net address=10.1.0.7 mtu=1400\nedge b net cost=10\n"
                          "edge a b sourceInterface=core0 scopeBorder=239.1.0.0/16\nedge v net\n",
                          ".topo");
}
