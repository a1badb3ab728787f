// SPDX-License-Identifier: GPL-2.0-only
// Columns and words are those of XORP's tools.
#include "ns3/igmp-show.h"

#include "ns3/igmp-protocol.h"
#include "ns3/interface-names.h"
#include "ns3/printed.h"
#include "ns3/whole-seconds.h"

#include <cstdint>
#include <iomanip>

namespace ns3
{

namespace
{

/** xorpsh's columns of `show igmp group`. */
template <typename Timeout, typename Version>
void
PrintGroupLine(std::ostream& os,
               const std::string& interface,
               const std::string& group,
               const std::string& source,
               const std::string& lastReported,
               Timeout timeout,
               Version version,
               const char* state)
{
    os << std::left << std::setw(12) << interface << " " << std::setw(15) << group << " "
       << std::setw(15) << source << " " << std::setw(12) << lastReported << " " << std::right
       << std::setw(7) << timeout << " " << version << " " << std::setw(5) << state << "\n";
}

/** xorpsh's columns of `show igmp interface`. */
template <typename Version, typename Groups>
void
PrintInterfaceLine(std::ostream& os,
                   const std::string& interface,
                   const char* state,
                   const std::string& querier,
                   const std::string& timeout,
                   Version version,
                   Groups groups)
{
    os << std::left << std::setw(12) << interface << " " << std::setw(8) << state << " "
       << std::setw(15) << querier << " " << std::right << std::setw(7) << timeout << " "
       << std::setw(7) << version << " " << std::setw(6) << groups << "\n";
}

} // namespace

void
ShowIgmpGroup(std::ostream& os, Ptr<Node> node, Ipv4Address only)
{
    PrintGroupLine(os, "Interface", "Group", "Source", "LastReported", "Timeout", "V", "State");
    Ptr<IgmpProtocol> igmp = node->GetObject<IgmpProtocol>();
    if (!igmp)
    {
        return;
    }
    for (const IgmpMembership& entry : igmp->GetMemberships())
    {
        if (!only.IsAny() && entry.group != only)
        {
            continue;
        }
        const std::string interface = GetInterfaceName(node, entry.interface);
        const std::string group = ToText(entry.group);
        const std::string reporter = ToText(entry.lastReporter);
        const unsigned version = entry.version;
        PrintGroupLine(os,
                       interface,
                       group,
                       "0.0.0.0",
                       reporter,
                       WholeSeconds(entry.timeout),
                       version,
                       entry.mode == IgmpFilterMode::INCLUDE ? "I" : "E");
        for (const bool forwarded : {true, false})
        {
            for (const IgmpMembership::Source& source : entry.sources)
            {
                if (source.forwarded == forwarded)
                {
                    PrintGroupLine(os,
                                   interface,
                                   group,
                                   ToText(source.address),
                                   reporter,
                                   WholeSeconds(source.timeout),
                                   version,
                                   forwarded ? "F" : "D");
                }
            }
        }
    }
}

void
ShowIgmpInterface(std::ostream& os, Ptr<Node> node)
{
    PrintInterfaceLine(os, "Interface", "State", "Querier", "Timeout", "Version", "Groups");
    Ptr<IgmpProtocol> igmp = node->GetObject<IgmpProtocol>();
    if (!igmp)
    {
        return;
    }
    for (const IgmpInterfaceStatus& status : igmp->GetInterfaces())
    {
        const bool other = !status.otherQuerierPresent.IsZero();
        PrintInterfaceLine(os,
                           GetInterfaceName(node, status.interface),
                           status.up ? "UP" : "DOWN",
                           ToText(status.querier),
                           other ? std::to_string(WholeSeconds(status.otherQuerierPresent))
                                 : "None",
                           unsigned(status.version),
                           status.groups);
    }
}

} // namespace ns3
