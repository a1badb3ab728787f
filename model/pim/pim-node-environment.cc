// SPDX-License-Identifier: GPL-2.0-only
#include "ns3/pim-node-environment.h"

#include "ns3/names.h"
#include "ns3/node.h"
#include "ns3/virtual-net-device.h"
#include "ns3/wire-header.h"

#include <algorithm>

namespace ns3
{

namespace
{

constexpr const char* LIVENESS_CLIENT = "pim";

/** \returns the interface as PIM sees it. */
PimInterface
Describe(Ptr<Ipv4> ipv4,
         uint32_t interface,
         const PimInterfaceSettings& settings,
         const PimConfig& config)
{
    const bool isVirtual = DynamicCast<VirtualNetDevice>(ipv4->GetNetDevice(interface)) != nullptr;
    PimInterface now;
    now.index = interface;
    now.name = Names::FindName(ipv4->GetNetDevice(interface));
    now.name = now.name.empty() ? std::to_string(interface) : now.name;
    now.up = ipv4->IsUp(interface) && ipv4->GetNAddresses(interface) > 0;
    now.enabled = settings.enabled.value_or(!isVirtual);
    now.mtu = ipv4->GetMtu(interface);
    now.drPriority = settings.drPriority.value_or(config.drPriority);
    now.scopeBorders = settings.scopeBorders;
    for (uint32_t i = 0; i < ipv4->GetNAddresses(interface); ++i)
    {
        const Ipv4InterfaceAddress address = ipv4->GetAddress(interface, i);
        if (i == 0)
        {
            now.address = address.GetLocal();
            now.mask = address.GetMask();
        }
        else
        {
            now.secondary.push_back(address.GetLocal());
        }
    }
    std::sort(now.secondary.begin(), now.secondary.end());
    return now;
}

} // namespace

PimNodeEnvironment::PimNodeEnvironment(ProtocolTraces& traces, const PimConfig& config)
    : TracedEnvironment(traces),
      m_traces(traces),
      m_config(config),
      m_sender(PimMessage::PROTOCOL)
{
}

void
PimNodeEnvironment::SetIpv4(Ptr<Ipv4> ipv4)
{
    m_ipv4 = ipv4;
    m_sender.SetIpv4(ipv4);
}

void
PimNodeEnvironment::SetRib(UnicastRib& rib)
{
    m_rib = &rib;
}

bool
PimNodeEnvironment::HasRib() const
{
    return m_rib != nullptr;
}

void
PimNodeEnvironment::SetLiveness(NeighborLiveness* liveness)
{
    m_liveness = liveness;
}

void
PimNodeEnvironment::UpdateInterface(uint32_t interface, const PimInterfaceSettings& settings)
{
    m_interfaces[interface] = Describe(m_ipv4, interface, settings, m_config);
}

void
PimNodeEnvironment::Reset()
{
    m_pause.Reset();
    m_liveness != nullptr ? m_liveness->UnwatchAll(LIVENESS_CLIENT) : void();
    m_interfaces.clear();
}

ProcessPause&
PimNodeEnvironment::GetPause()
{
    return m_pause;
}

const ProcessPause&
PimNodeEnvironment::GetPause() const
{
    return m_pause;
}

Ipv4ProtocolSender&
PimNodeEnvironment::GetSender()
{
    return m_sender;
}

ProtocolClock&
PimNodeEnvironment::GetClock()
{
    return m_pause.GetClock();
}

StreamRandom&
PimNodeEnvironment::GetRandom()
{
    return m_random;
}

UnicastRib&
PimNodeEnvironment::GetRib()
{
    return *m_rib;
}

const std::map<uint32_t, PimInterface>&
PimNodeEnvironment::GetInterfaces() const
{
    return m_interfaces;
}

RpfEcmp
PimNodeEnvironment::GetRpfEcmp() const
{
    return m_config.rpfEcmp;
}

void
PimNodeEnvironment::Send(const PimMessage& message,
                         uint32_t interface,
                         Ipv4Address destination,
                         Ipv4Address source)
{
    Ptr<Packet> packet = ToPacket(message);
    m_traces.NotifyTx(packet, interface);
    m_sender.SendOnInterface(packet, interface, source, destination, 1);
}

bool
PimNodeEnvironment::SendUnicast(const PimMessage& message,
                                Ipv4Address source,
                                Ipv4Address destination)
{
    Ptr<Packet> packet = ToPacket(message);
    m_traces.NotifyTx(packet, 0);
    return m_sender.SendRouted(packet, source, destination, m_config.unicastTtl);
}

void
PimNodeEnvironment::WatchNeighbor(uint32_t interface, Ipv4Address neighbor, bool watch)
{
    if (m_liveness != nullptr)
    {
        watch ? m_liveness->Watch(LIVENESS_CLIENT, interface, neighbor)
              : m_liveness->Unwatch(LIVENESS_CLIENT, interface, neighbor);
    }
}

} // namespace ns3
