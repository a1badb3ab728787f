// SPDX-License-Identifier: GPL-2.0-only
#include "ns3/run-summary.h"

#include "ns3/number-format.h"
#include "ns3/rng-seed-manager.h"
#include "ns3/simulator.h"
#include "ns3/text.h"
#include "ns3/versions.h"

#include <sys/resource.h>

#include <sstream>

namespace ns3
{

namespace
{

constexpr const char* FILES_KEY = "\"files\": [";

} // namespace

double
GetPeakMemoryMb()
{
    struct rusage usage;
    getrusage(RUSAGE_SELF, &usage);
    return static_cast<double>(usage.ru_maxrss) / 1024; // Linux counts in KiB
}

std::string
MakeRunSummary(Time simulated, double wallSeconds, const std::set<std::string>& files)
{
    std::ostringstream os;
    os << "{\n"
       << "  \"versions\": {\"vxlan-multicast\": \"" << GetModuleVersion() << "\", \"ns-3\": \""
       << GetNs3Version() << "\"},\n"
       << "  \"seed\": " << RngSeedManager::GetSeed() << ",\n"
       << "  \"run\": " << RngSeedManager::GetRun() << ",\n"
       << "  \"simulated_s\": " << FormatSeconds(simulated) << ",\n"
       << "  \"wall_s\": " << FormatDecimal(wallSeconds, 3) << ",\n"
       << "  \"events\": " << Simulator::GetEventCount() << ",\n"
       << "  \"peak_rss_mb\": " << FormatDecimal(GetPeakMemoryMb(), 1) << ",\n"
       << "  " << FILES_KEY;
    const char* separator = "";
    for (const std::string& file : files)
    {
        if (file.find_first_of("\"\\") == std::string::npos)
        {
            os << separator << '"' << file << '"';
            separator = ", ";
        }
    }
    os << "]\n}\n";
    return os.str();
}

std::vector<std::string>
ReadSummaryFiles(const std::string& summary)
{
    const std::size_t key = summary.find(FILES_KEY);
    if (key == std::string::npos)
    {
        return {};
    }
    const std::size_t begin = key + std::string(FILES_KEY).size();
    std::vector<std::string> files;
    for (const std::string& word :
         SplitWords(summary.substr(begin, summary.find("]\n", begin) - begin), "\","))
    {
        word.find_first_not_of(' ') == std::string::npos ? void() : files.push_back(word);
    }
    return files;
}

} // namespace ns3
