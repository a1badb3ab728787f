// SPDX-License-Identifier: GPL-2.0-only
// Wording and spacing are iproute2 6.1's, trailing spaces included.
#include "ns3/vxlan-show.h"

#include "ns3/bridge-net-device.h"
#include "ns3/interface-names.h"
#include "ns3/ipv4.h"
#include "ns3/loopback-net-device.h"
#include "ns3/mac48-address.h"
#include "ns3/names.h"
#include "ns3/vxlan-net-device.h"

#include <algorithm>
#include <vector>

namespace ns3
{

namespace
{

std::string
DeviceName(Ptr<NetDevice> device)
{
    if (Ptr<VxlanNetDevice> vxlan = DynamicCast<VxlanNetDevice>(device))
    {
        return vxlan->GetName();
    }
    Ptr<Node> node = device->GetNode();
    Ptr<Ipv4> ipv4 = node->GetObject<Ipv4>();
    const int32_t interface = ipv4 ? ipv4->GetInterfaceForDevice(device) : -1;
    if (interface >= 0)
    {
        return GetInterfaceName(node, static_cast<uint32_t>(interface));
    }
    const std::string name = Names::FindName(device);
    return name.empty() ? "dev" + std::to_string(device->GetIfIndex()) : name;
}

bool
IsUp(Ptr<NetDevice> device)
{
    if (Ptr<VxlanNetDevice> vxlan = DynamicCast<VxlanNetDevice>(device))
    {
        if (!vxlan->IsStarted())
        {
            return false;
        }
    }
    Ptr<Ipv4> ipv4 = device->GetNode()->GetObject<Ipv4>();
    const int32_t interface = ipv4 ? ipv4->GetInterfaceForDevice(device) : -1;
    return interface < 0 || ipv4->IsUp(static_cast<uint32_t>(interface));
}

/** \returns the bridge that \p device is a port of, or nullptr. */
Ptr<BridgeNetDevice>
FindBridge(Ptr<NetDevice> device)
{
    Ptr<Node> node = device->GetNode();
    for (uint32_t i = 0; i < node->GetNDevices(); ++i)
    {
        Ptr<BridgeNetDevice> bridge = DynamicCast<BridgeNetDevice>(node->GetDevice(i));
        for (uint32_t port = 0; bridge && port < bridge->GetNBridgePorts(); ++port)
        {
            if (bridge->GetBridgePort(port) == device)
            {
                return bridge;
            }
        }
    }
    return nullptr;
}

void
PrintCommon(std::ostream& os)
{
    os << "addrgenmode eui64 numtxqueues 1 numrxqueues 1 gso_max_size 65536 gso_max_segs 65535 "
          "tso_max_size 524280 tso_max_segs 65535 gro_max_size 65536\n";
}

void
PrintVxlan(std::ostream& os, Ptr<VxlanNetDevice> device)
{
    const std::vector<Ipv4Address>& defaults = device->GetFdb().GetDefaults();
    os << "    vxlan id " << device->GetVni() << ' ';
    if (!device->GetConfig().group.IsAny())
    {
        os << "group " << device->GetConfig().group << ' ';
    }
    else if (defaults.size() == 1)
    {
        os << "remote " << defaults.front() << ' ';
    }
    if (!device->GetConfig().local.IsAny())
    {
        os << "local " << device->GetConfig().local << ' ';
    }
    if (device->GetUnderlay())
    {
        os << "dev " << DeviceName(device->GetUnderlay()) << ' ';
    }
    os << "srcport " << device->GetConfig().sourcePortMin << ' '
       << device->GetConfig().sourcePortMax << " dstport " << device->GetConfig().port << ' ';
    if (!device->GetConfig().isLearning)
    {
        os << "nolearning ";
    }
    const uint32_t ttl = device->GetConfig().ttl;
    const auto ageing = static_cast<uint64_t>(device->GetConfig().ageing.GetSeconds());
    os << "ttl " << (ttl == 0 ? "auto" : std::to_string(ttl)) << " ageing "
       << (ageing == 0 ? "none" : std::to_string(ageing))
       << " udpcsum noudp6zerocsumtx noudp6zerocsumrx ";
}

/** As `ip -d link show` of a gretap device; NVGRE is GRE with a key to Linux. */
void
PrintGre(std::ostream& os, Ptr<VxlanNetDevice> device)
{
    const std::vector<Ipv4Address>& defaults = device->GetFdb().GetDefaults();
    const bool isNvgre = device->GetConfig().encapsulation == VxlanEncapsulationType::NVGRE;
    const Ipv4Address key(isNvgre ? device->GetVni() << 8 : device->GetVni());
    os << "    gretap remote ";
    if (defaults.size() == 1)
    {
        os << defaults.front();
    }
    else
    {
        os << "any";
    }
    os << " local " << device->GetVtepAddress() << ' ';
    if (device->GetUnderlay())
    {
        os << "dev " << DeviceName(device->GetUnderlay()) << ' ';
    }
    const uint32_t ttl = device->GetConfig().ttl;
    os << "ttl " << (ttl == 0 ? "inherit" : std::to_string(ttl)) << " ikey " << key << " okey "
       << key << " nopmtudisc ";
}

void
PrintLink(std::ostream& os, Ptr<NetDevice> device, uint32_t index)
{
    const bool loopback = DynamicCast<LoopbackNetDevice>(device) != nullptr;
    Ptr<VxlanNetDevice> vxlan = DynamicCast<VxlanNetDevice>(device);
    Ptr<BridgeNetDevice> bridge = FindBridge(device);
    const bool up = IsUp(device);
    const bool hardware = !loopback && !vxlan;
    os << index << ": " << DeviceName(device) << ": <"
       << (loopback ? "LOOPBACK" : "BROADCAST,MULTICAST") << (up ? ",UP,LOWER_UP" : "") << "> mtu "
       << (loopback ? 65536 : device->GetMtu()) << " qdisc " << (hardware ? "fq_codel" : "noqueue")
       << (bridge ? " master " + DeviceName(bridge) : "") << " state "
       << (!up ? "DOWN" : (hardware ? "UP" : "UNKNOWN"))
       << " mode DEFAULT group default qlen 1000\n";
    if (loopback)
    {
        os << "    link/loopback 00:00:00:00:00:00 brd 00:00:00:00:00:00 promiscuity 0  allmulti 0 "
              "minmtu 0 maxmtu 0 ";
    }
    else
    {
        os << "    link/ether " << Mac48Address::ConvertFrom(device->GetAddress())
           << " brd ff:ff:ff:ff:ff:ff promiscuity " << (bridge ? 1 : 0) << "  allmulti "
           << (bridge ? 1 : 0) << " minmtu 68 maxmtu 65535 ";
    }
    if (vxlan)
    {
        os << '\n';
        vxlan->GetConfig().encapsulation == VxlanEncapsulationType::VXLAN ? PrintVxlan(os, vxlan)
                                                                          : PrintGre(os, vxlan);
    }
    PrintCommon(os);
}

/** What a daemon has set is told from what an administrator has. */
const char*
GetState(const VxlanFdbEntry& entry)
{
    if (!entry.IsPermanent())
    {
        return "";
    }
    return entry.origin == VxlanFdbOrigin::STATIC ? "permanent" : "extern_learn ";
}

} // namespace

void
ShowBridgeFdb(std::ostream& os, Ptr<Node> node, const std::string& device, bool isNamed)
{
    for (const Ptr<VxlanNetDevice>& vxlan : GetVxlanDevices(node))
    {
        if (!device.empty() && vxlan->GetName() != device)
        {
            continue;
        }
        const std::string dev =
            device.empty() || isNamed ? "dev " + vxlan->GetName() + " " : std::string();
        for (const VxlanFdbEntry& entry : vxlan->GetFdb().GetEntries())
        {
            os << entry.mac << ' ' << dev << "dst " << entry.vtep << " self "
               << (entry.isSticky ? "sticky " : "") << GetState(entry) << '\n';
        }
        for (Ipv4Address remote : vxlan->GetFdb().GetDefaults())
        {
            os << "00:00:00:00:00:00 " << dev << "dst " << remote;
            if (remote.IsMulticast())
            {
                os << " via " << DeviceName(vxlan->GetUnderlay());
            }
            os << " self permanent\n";
        }
    }
}

bool
HasVxlanDevice(Ptr<Node> node, const std::string& device)
{
    const std::vector<Ptr<VxlanNetDevice>> devices = GetVxlanDevices(node);
    return std::any_of(devices.begin(), devices.end(), [&](const Ptr<VxlanNetDevice>& vxlan) {
        return vxlan->GetName() == device;
    });
}

void
ShowLink(std::ostream& os, Ptr<Node> node, const std::string& device)
{
    uint32_t index = 1;
    bool isFound = device.empty();
    for (bool loopback : {true, false})
    {
        for (uint32_t i = 0; i < node->GetNDevices(); ++i)
        {
            Ptr<NetDevice> each = node->GetDevice(i);
            if ((DynamicCast<LoopbackNetDevice>(each) != nullptr) != loopback)
            {
                continue;
            }
            if (device.empty() || DeviceName(each) == device)
            {
                PrintLink(os, each, index);
                isFound = true;
            }
            ++index;
        }
    }
    os << (isFound ? "" : "Device \"" + device + "\" does not exist.\n");
}

} // namespace ns3
