// SPDX-License-Identifier: GPL-2.0-only
#include "ns3/map-server-show.h"

#include "ns3/map-server.h"
#include "ns3/map-xtr.h"
#include "ns3/simulator.h"

#include <algorithm>
#include <cstdio>
#include <map>
#include <string>
#include <vector>

namespace ns3
{

namespace
{

std::string
ToClock(Time time)
{
    const auto seconds = static_cast<long>(std::max(0.0, time.GetSeconds()));
    char text[32];
    std::snprintf(
        text, sizeof(text), "%02ld:%02ld:%02ld", seconds / 3600, seconds / 60 % 60, seconds % 60);
    return text;
}

void
PrintEid(std::ostream& os, const MapEid& eid)
{
    if (eid.kind == MapEid::Kind::MAC)
    {
        os << eid.GetMac() << "/48";
    }
    else
    {
        os << eid.GetIpv4() << "/32";
    }
}

void
PrintLocator(std::ostream& os, const MapLocator& locator)
{
    os << "  ";
    if (locator.isMac)
    {
        os << locator.GetMac();
    }
    else
    {
        os << locator.GetIpv4();
    }
    os << ", up, " << unsigned(locator.priority) << '/' << unsigned(locator.weight) << '\n';
}

void
ShowCache(std::ostream& os, const MapXtrInstance& xtr)
{
    std::map<uint32_t, std::vector<const MapXtrInstance::Cache::value_type*>> instances;
    for (const auto& entry : xtr.GetCache())
    {
        instances[entry.first.instance].push_back(&entry);
    }
    for (const auto& [instance, entries] : instances)
    {
        os << "Mapping Cache for instance " << instance << ", " << entries.size() << " entries\n";
        for (const auto* entry : entries)
        {
            PrintEid(os, entry->first);
            os << ", expires: " << ToClock(entry->second.expires - Simulator::Now()) << ", "
               << EnumName(entry->second.state) << '\n';
            if (entry->second.locator)
            {
                PrintLocator(os, *entry->second.locator);
            }
        }
    }
}

} // namespace

void
ShowMapCache(std::ostream& os, Ptr<Node> node)
{
    Ptr<MapXtr> xtr = node->GetObject<MapXtr>();
    if (xtr && xtr->IsRunning())
    {
        ShowCache(os, xtr->GetInstance());
    }
    Ptr<MapServer> server = node->GetObject<MapServer>();
    if (!server || !server->IsRunning())
    {
        return;
    }
    os << "Registrations, " << server->GetInstance().GetEntries().size() << " entries\n";
    for (const auto& [eid, entry] : server->GetInstance().GetEntries())
    {
        os << '[' << eid.instance << "] ";
        PrintEid(os, eid);
        os << (entry.merge ? ", merged\n" : "\n");
        for (const auto& [vtep, registration] : entry.registrations)
        {
            for (const MapLocator& locator : registration.record.locators)
            {
                PrintLocator(os, locator);
            }
        }
    }
}

} // namespace ns3
