// SPDX-License-Identifier: GPL-2.0-only
// Wording and spacing are iproute2 6.1's, trailing spaces included.
#include "ns3/tenant-show.h"

#include "ns3/evpn-show.h"
#include "ns3/lab-show.h"
#include "ns3/text.h"

namespace ns3
{

namespace
{

/** Prints the addresses that the bridge has behind an access port. */
void
ShowAccessPort(std::ostream& os,
               const AccessBridge& bridge,
               Ptr<NetDevice> port,
               const std::string& portName,
               const std::string& bridgeName)
{
    for (Mac48Address mac : bridge.GetAddresses(port))
    {
        os << mac << " dev " << portName << " master " << bridgeName << " \n";
    }
}

/** Prints the addresses that the bridge has behind its VXLAN device: from routes, or from frames. */
void
ShowTunnelPort(std::ostream& os,
               const AccessBridge& bridge,
               Ptr<VxlanNetDevice> device,
               const std::string& bridgeName)
{
    const auto print = [&](Mac48Address mac, const char* origin) {
        os << mac << " dev " << device->GetName() << ' ' << origin << "master " << bridgeName
           << " \n";
    };
    const auto isExternal = [](const VxlanFdbEntry* entry) {
        return entry && entry->IsPermanent() && entry->origin != VxlanFdbOrigin::STATIC;
    };
    for (const VxlanFdbEntry& entry : device->GetFdb().GetEntries())
    {
        isExternal(&entry) ? print(entry.mac, "extern_learn ") : void();
    }
    for (Mac48Address mac : bridge.GetAddresses(device))
    {
        isExternal(device->GetFdb().Find(mac)) ? void() : print(mac, "");
    }
}

} // namespace

void
ShowTenantFdb(std::ostream& os,
              const LabTenants& tenants,
              const LabNode& node,
              const std::string& only)
{
    for (const auto& [name, device] : node.vxlans)
    {
        Ptr<AccessBridge> bridge = tenants.FindBridge(node.name, name);
        if (!bridge)
        {
            continue;
        }
        const std::string bridgeName = "br" + std::to_string(device->GetVni());
        for (const auto& [tenantName, tenant] : tenants.GetAll())
        {
            const auto port = tenant.ports.find(node.name);
            if (only.empty() && tenant.spec.device == name && port != tenant.ports.end())
            {
                ShowAccessPort(os, *bridge, port->second, GetPortName(tenantName), bridgeName);
            }
        }
        only.empty() || only == name ? ShowTunnelPort(os, *bridge, device, bridgeName) : void();
    }
}

namespace
{

/** \returns the name of the access port of \p vni that \p mac is behind; "-" if it is behind none. */
std::string
FindPort(const LabTenants& tenants, const LabNode& node, uint32_t vni, Mac48Address mac)
{
    for (const auto& [name, tenant] : tenants.GetAll())
    {
        Ptr<AccessBridge> bridge =
            tenant.vni == vni ? tenants.FindBridge(node.name, tenant.spec.device) : nullptr;
        const auto port = tenant.ports.find(node.name);
        if (bridge && port != tenant.ports.end() &&
            bridge->Find(mac) == Ptr<NetDevice>(port->second))
        {
            return GetPortName(name);
        }
    }
    return "-";
}

} // namespace

void
ShowVtep(std::ostream& os,
         const LabTenants& tenants,
         const LabNode& node,
         const std::string& command)
{
    static const std::string evpnMac = "evpn mac vni ";
    if (command.compare(0, evpnMac.size(), evpnMac) == 0)
    {
        const auto vni = static_cast<uint32_t>(
            ParseNumber(command.substr(evpnMac.size()), 0, 0xffffff).value_or(0));
        ShowEvpnMac(os, node.node, vni, [&](Mac48Address mac) {
            return FindPort(tenants, node, vni, mac);
        });
        return;
    }
    static const std::string bridgeFdb = "bridge fdb show";
    if (command.compare(0, bridgeFdb.size(), bridgeFdb) == 0)
    {
        ShowTenantFdb(os, tenants, node, GetShownDevice(command));
    }
    Show(os, node.node, command);
}

} // namespace ns3
