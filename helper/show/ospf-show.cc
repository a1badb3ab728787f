// SPDX-License-Identifier: GPL-2.0-only
// Columns and words are those of XORP's tools.
#include "ns3/ospf-show.h"

#include "ns3/interface-names.h"
#include "ns3/ospf-helper.h"
#include "ns3/printed.h"

#include <cmath>
#include <iomanip>
#include <sstream>

namespace ns3
{

namespace
{

const char* const NOT_RUNNING = "OSPF is not running.\n";

/** XORP names an interface and a virtual interface on it; here both are one. */
std::string
VifName(Ptr<Node> node, uint32_t interface)
{
    const std::string name = GetInterfaceName(node, interface);
    return name + "/" + name;
}

std::string
Hex(uint32_t value)
{
    std::ostringstream os;
    os << "0x" << std::hex << value;
    return os.str();
}

std::string
LsaName(const OspfLsdbEntry& entry)
{
    switch (entry.GetKey().type)
    {
    case OspfLsaType::ROUTER:
        return "Router";
    case OspfLsaType::NETWORK:
        return "Network";
    case OspfLsaType::SUMMARY_NETWORK:
        return "SummaryN";
    case OspfLsaType::SUMMARY_ASBR:
        return "SummaryR";
    case OspfLsaType::AS_EXTERNAL:
        break;
    }
    OspfExternalLsa external;
    OspfExternalLsa::Decode(entry.GetBody(), external);
    return external.type2 ? "ASExt-2" : "ASExt-1";
}

void
PrintLsas(std::ostream& os, const OspfLsdb& lsdb, OspfId self)
{
    for (const auto& [key, entry] : lsdb.GetEntries())
    {
        const OspfLsaHeader header = lsdb.GetHeader(entry);
        os << std::left << std::setw(8) << LsaName(entry)
           << (key.advertisingRouter == self ? '*' : ' ') << std::setw(17)
           << ToText(key.linkStateId) << std::setw(17) << ToText(key.advertisingRouter)
           << std::setw(12) << Hex(static_cast<uint32_t>(header.sequence)) << std::right
           << std::setw(4) << header.age << "  " << std::left << std::setw(5) << Hex(header.options)
           << std::setw(7) << Hex(header.checksum) << std::right << std::setw(3) << header.length
           << '\n';
    }
}

Ptr<OspfRouting>
GetRunning(Ptr<Node> node)
{
    Ptr<OspfRouting> ospf = OspfHelper::FindOspf(node);
    return ospf && ospf->IsRunning() ? ospf : nullptr;
}

} // namespace

void
ShowOspfNeighbor(std::ostream& os, Ptr<Node> node)
{
    Ptr<OspfRouting> ospf = GetRunning(node);
    if (!ospf)
    {
        os << NOT_RUNNING;
        return;
    }
    os << "  Address         Interface             State      ID              Pri  Dead\n";
    for (const auto& [index, interface] : ospf->GetInstance().GetInterfaces())
    {
        for (const auto& [key, neighbor] : interface->GetNeighbors())
        {
            const double dead = interface->GetDeadTime(*neighbor).GetSeconds();
            os << std::left << std::setw(17) << ToText(neighbor->GetAddress()) << std::setw(23)
               << VifName(node, index) << std::setw(10) << EnumName(neighbor->GetState())
               << std::setw(16) << ToText(neighbor->GetRouterId()) << std::right << std::setw(4)
               << unsigned(neighbor->priority) << std::setw(6) << std::lround(dead) << '\n';
        }
    }
}

void
ShowOspfDatabase(std::ostream& os, Ptr<Node> node)
{
    Ptr<OspfRouting> ospf = GetRunning(node);
    if (!ospf)
    {
        os << NOT_RUNNING;
        return;
    }
    const OspfInstance& instance = ospf->GetInstance();
    for (const auto& [id, area] : instance.GetAreas())
    {
        os << "   OSPF link state database, Area " << id << '\n'
           << " Type       ID               Adv Rtr           Seq      Age  Opt  Cksum  Len\n";
        PrintLsas(os, area->lsdb, instance.GetRouterId());
        if (!area->config.stub)
        {
            PrintLsas(os, instance.GetExternalLsdb(), instance.GetRouterId());
        }
    }
}

void
ShowOspfRouteTable(std::ostream& os, Ptr<Node> node)
{
    constexpr std::size_t TAB = 8;
    Ptr<OspfRouting> ospf = GetRunning(node);
    if (!ospf)
    {
        os << NOT_RUNNING;
        return;
    }
    for (const UnicastRoute& route : ospf->GetRoutes())
    {
        if (route.protocol != UnicastProtocol::OSPF)
        {
            continue;
        }
        const std::string prefix = route.prefix.ToString();
        const std::string gap(TAB - prefix.size() % TAB, ' ');
        os << prefix << gap << "[ospf(" << route.preference << ")/" << route.metric << "]\n";
        for (const UnicastNextHop& hop : route.nextHops)
        {
            os << std::string(2 * TAB, ' ') << "> to " << hop.gateway << " via "
               << VifName(node, hop.interface) << '\n';
        }
    }
}

} // namespace ns3
