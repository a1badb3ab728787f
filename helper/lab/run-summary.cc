// SPDX-License-Identifier: GPL-2.0-only
#include "ns3/run-summary.h"

#include "ns3/number-format.h"
#include "ns3/rng-seed-manager.h"
#include "ns3/simulator.h"
#include "ns3/versions.h"

#include <sys/resource.h>

#include <sstream>

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
MakeRunSummary(Time simulated, double wallSeconds)
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
       << "  \"peak_rss_mb\": " << FormatDecimal(GetPeakMemoryMb(), 1) << "\n"
       << "}\n";
    return os.str();
}

} // namespace ns3
