// SPDX-License-Identifier: GPL-2.0-only
#include "ns3/run-summary.h"

#include "ns3/number-format.h"
#include "ns3/rng-seed-manager.h"
#include "ns3/simulator.h"
#include "ns3/versions.h"

#include <nlohmann/json.hpp>
#include <sstream>
#include <sys/resource.h>

namespace ns3
{

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
       << "  \"files\": [";
    const char* separator = "";
    for (const std::string& file : files)
    {
        os << separator
           << nlohmann::json(file).dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
        separator = ", ";
    }
    os << "]\n}\n";
    return os.str();
}

std::vector<std::string>
ReadSummaryFiles(const std::string& summary)
{
    const auto json = nlohmann::json::parse(summary, nullptr, false);
    const auto files =
        json.is_object() ? json.value("files", nlohmann::json::array()) : nlohmann::json::array();
    std::vector<std::string> names;
    for (const nlohmann::json& file : files)
    {
        file.is_string() ? names.push_back(file.get<std::string>()) : void();
    }
    return names;
}

} // namespace ns3
