// SPDX-License-Identifier: GPL-2.0-only
// RFC 7761 §4.9 (which message may arrive how), and which part is notified of what.
#include "ns3/pim-instance.h"

#include "ns3/pim-words.h"

namespace ns3
{

PimInstance::PimInstance(PimEnvironment& environment,
                         PimDataPlane& dataPlane,
                         const PimConfig& config,
                         const GroupMembership* membership)
    : m_environment(environment),
      m_access(config.access),
      m_hellos(environment, config.hello),
      m_rpSet(environment, config.staticRps),
      m_bootstrap(environment, m_hellos, m_rpSet, config.bootstrap),
      m_dfTable(environment, m_hellos, m_rpSet, config.df),
      m_engine(environment, m_hellos, m_rpSet, dataPlane, config)
{
    m_engine.SetMembership(membership);
    m_engine.SetDesignatedForwarders(&m_dfTable);
    Connect();
}

void
PimInstance::Connect()
{
    m_hellos.neighborUp = [this](uint32_t interface, const PimNeighbor& neighbor) {
        m_environment.WatchNeighbor(interface, neighbor.address, true);
        m_bootstrap.NeighborUp(interface, neighbor);
        m_dfTable.NeighborUp(interface);
        m_engine.NeighborUp(interface, neighbor.address);
    };
    m_hellos.neighborDown = [this](uint32_t interface, const PimNeighbor& neighbor) {
        m_environment.WatchNeighbor(interface, neighbor.address, false);
        m_dfTable.NeighborDown(interface, neighbor.address);
        m_engine.NeighborDown(interface, neighbor.address);
    };
    m_hellos.generationIdChanged = [this](uint32_t interface, const PimNeighbor& neighbor) {
        m_bootstrap.NeighborUp(interface, neighbor);
        m_dfTable.GenerationIdChanged(interface, neighbor.address);
        m_engine.GenerationIdChanged(interface, neighbor.address);
    };
    m_hellos.drChanged = [this](uint32_t interface) { m_engine.DrChanged(interface); };
    m_hellos.helloReceived = [this](uint32_t interface, const PimNeighbor& neighbor) {
        m_dfTable.HelloReceived(interface, neighbor.address);
    };
    m_hellos.helloSent = [this](uint32_t interface) { m_bootstrap.HelloSent(interface); };
    m_rpSet.changed = [this](const std::vector<Ipv4Prefix>& ranges) {
        m_dfTable.RpSetChanged();
        m_engine.RpSetChanged(ranges);
    };
    m_dfTable.changed = [this](Ipv4Address rp, uint32_t interface) {
        m_engine.DfChanged(rp, interface);
    };
}

void
PimInstance::Start()
{
    m_dfTable.RpSetChanged();
    m_bootstrap.Start();
    m_engine.Start();
}

void
PimInstance::Leave()
{
    m_bootstrap.Withdraw();
    for (const auto& [index, interface] : m_environment.GetInterfaces())
    {
        m_hellos.SendGoodbye(index);
    }
}

// ---- Events ----

void
PimInstance::InterfaceChanged(uint32_t interface)
{
    m_hellos.InterfaceChanged(interface);
    m_bootstrap.InterfaceChanged(interface);
    m_dfTable.InterfaceChanged(interface);
    m_engine.InterfaceChanged(interface);
}

void
PimInstance::RoutesChanged()
{
    m_bootstrap.RoutesChanged();
    m_dfTable.RoutesChanged();
    m_engine.RoutesChanged();
}

void
PimInstance::SetMembership(const GroupMembership* membership)
{
    m_engine.SetMembership(membership);
    m_engine.ReadMemberships();
}

void
PimInstance::MembershipChanged(uint32_t interface, Ipv4Address group)
{
    m_engine.MembershipChanged(interface, group);
}

void
PimInstance::CandidatesChanged()
{
    m_bootstrap.CandidatesChanged();
}

void
PimInstance::AnycastRpsChanged()
{
    m_engine.RpSetChanged({Ipv4Prefix(Ipv4Address("224.0.0.0"), 4)});
}

void
PimInstance::AddStaticRp(const PimStaticRp& mapping)
{
    m_rpSet.AddStatic(mapping.range, mapping.rp, mapping.bidirectional);
}

void
PimInstance::RemoveStaticRp(const Ipv4Prefix& range, Ipv4Address rp)
{
    m_rpSet.RemoveStatic(range, rp);
}

void
PimInstance::Receive(const PimMessage& message,
                     uint32_t interface,
                     Ipv4Address source,
                     Ipv4Address destination)
{
    if (const auto* stop = message.As<PimRegisterStop>())
    {
        m_engine.Receive(*stop, source);
        return;
    }
    if (const auto* offer = message.As<PimCandidateRpAdvertisement>())
    {
        m_access.candidateRps.Accepts(offer->rpAddress)
            ? m_bootstrap.Receive(*offer, destination)
            : m_environment.ReportDrop(EnumName(PimDropReason::CANDIDATE_RP_FILTER));
        return;
    }
    const PimInterface* own = m_environment.FindInterface(interface);
    if (own == nullptr || !own->IsActive())
    {
        m_environment.ReportDrop("interface-down");
    }
    else if (!m_access.neighbors.Accepts(source))
    {
        m_environment.ReportDrop(EnumName(PimDropReason::NEIGHBOR_FILTER));
    }
    else if (const auto* bootstrap = message.As<PimBootstrap>())
    {
        m_bootstrap.Receive(*bootstrap, interface, source, destination);
    }
    else if (destination != PimAllRouters())
    {
        m_environment.ReportDrop("destination");
    }
    else
    {
        ReceiveOnLink(message, interface, source);
    }
}

/** Messages to ALL-PIM-ROUTERS. */
void
PimInstance::ReceiveOnLink(const PimMessage& message, uint32_t interface, Ipv4Address source)
{
    if (const auto* hello = message.As<PimHello>())
    {
        m_hellos.ReceiveHello(*hello, interface, source);
    }
    else if (const auto* joinPrune = message.As<PimJoinPrune>())
    {
        m_engine.Receive(*joinPrune, interface, source);
        m_dfTable.SeeJoinPrune(*joinPrune, interface, source);
    }
    else if (const auto* assertion = message.As<PimAssert>())
    {
        m_engine.Receive(*assertion, interface, source);
    }
    else if (const auto* election = message.As<PimDfElection>())
    {
        m_dfTable.Receive(*election, interface, source);
    }
}

void
PimInstance::ReceiveRegister(const MulticastArrival& arrival,
                             bool nullRegister,
                             Ipv4Address outerSource,
                             Ipv4Address outerDestination,
                             uint8_t outerTtl)
{
    m_engine.Receive(arrival, nullRegister, outerSource, outerDestination, outerTtl);
}

// ---- Parts ----

PimHelloMachine&
PimInstance::GetHellos()
{
    return m_hellos;
}

const PimHelloMachine&
PimInstance::GetHellos() const
{
    return m_hellos;
}

const PimNeighborTable&
PimInstance::GetNeighbors() const
{
    return m_hellos.GetTable();
}

PimRpSet&
PimInstance::GetRpSet()
{
    return m_rpSet;
}

const PimRpSet&
PimInstance::GetRpSet() const
{
    return m_rpSet;
}

PimBootstrapMachine&
PimInstance::GetBootstrap()
{
    return m_bootstrap;
}

const PimBootstrapMachine&
PimInstance::GetBootstrap() const
{
    return m_bootstrap;
}

const PimDfTable&
PimInstance::GetDfTable() const
{
    return m_dfTable;
}

PimEngine&
PimInstance::GetEngine()
{
    return m_engine;
}

const PimEngine&
PimInstance::GetEngine() const
{
    return m_engine;
}

} // namespace ns3
