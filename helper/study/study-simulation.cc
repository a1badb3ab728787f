// SPDX-License-Identifier: GPL-2.0-only
#include "ns3/study-simulation.h"
#include "ns3/csv-table.h"

#include "ns3/boolean.h"
#include "ns3/global-value.h"
#include "ns3/igmp-protocol.h"
#include "ns3/lab-network.h"
#include "ns3/link-meter.h"
#include "ns3/names.h"
#include "ns3/pim-sm-routing.h"
#include "ns3/rp-choice.h"
#include "ns3/rp-knowledge.h"
#include "ns3/scoped-attributes.h"
#include "ns3/simulator.h"
#include "ns3/uinteger.h"

#include <algorithm>
#include <memory>
#include <stdexcept>

namespace ns3
{

namespace
{

/**
 * Rounds of frames to set up the trees. The first, during the roll-out, travels in Registers and
 * starts the joins towards the sources; the second brings native packets, by which routers leave
 * the shared tree and the RP knows that it may stop the Registers; the third is answered by
 * Register-Stops; the fourth is native throughout. It changes no more tables, but the counters of
 * one that is full. On shared trees, neither does the third where native packets have been faster
 * than their Registers, which were answered by Register-Stops in the second round. Trees that do
 * not depend on what sources send are there after the first.
 */
constexpr uint32_t WARM_UP_ROUNDS = 4;
constexpr uint32_t ROUNDS_WITH_ROOM = 3;
constexpr uint32_t ROUNDS_BEFORE_STOPS = 2;
constexpr uint32_t ROUNDS_WITHOUT_SOURCES = 1;
/** Temporary entries have expired once a Keepalive_Period (210 s) has passed; another round within
 * it refreshes what is in use. */
const Time REFRESH_AFTER = Seconds(150);
const Time REST_AFTER = Seconds(215);
const Time KEEPALIVE_PERIOD = Seconds(210);
constexpr int64_t SLOW_SAMPLES = 5; //!< once nothing much changes, samples are this much rarer
const Time ROUND_GAP = Seconds(4);  //!< more than prune-pending and its overrides take
const Time FRAME_GAP = MicroSeconds(200); //!< at least, between two frames
const Time ROUND_LEAST = Seconds(2);
const Time SETTLE_TIME = Seconds(40); //!< for Hellos and the election of forwarders
const Time JOIN_TIME = Seconds(5);    //!< for a VNI's reports, and joins towards the RP

/** One run: the network and the steps that it is taken through. */
class StudyRun
{
  public:
    StudyRun(const TopologyGraph& graph,
             const std::vector<StudySegment>& segments,
             const StudySettings& settings);
    StudyOutcome Run();

  private:
    bool IsMulticast() const
    {
        return m_settings.tree != TreePolicy::HeadEnd;
    }

    /** \returns whether routers have anything to settle, and to be sampled. */
    bool HasTrees() const
    {
        return IsMulticast() || !m_settings.control;
    }

    void BeginMetering();
    void LimitTables();
    void AwaitRps();
    void AddVteps();
    void WarmUp(uint32_t round);
    void Refresh();
    void BeginControlWindow();
    void EndControlWindow();
    void Measure();
    void EndMeasure();
    void End();
    StudySample TakeSample() const;
    void Sample();
    bool IsLimited() const;
    bool HasRegisters() const;
    bool LastUntilRefresh(uint32_t rounds) const;
    uint32_t CountRounds() const;
    Time GetRoundTime(std::size_t frames) const;
    Time GetSourceRoundTime() const;
    std::vector<uint64_t> CountCopies() const;
    double CountControlBytes() const;
    StudyOverflow CountOverflow() const;

    const std::vector<StudySegment>& m_segments;
    StudySettings m_settings;
    ScopedAttributes m_defaults;
    const TopologyGraph& m_graph;
    std::unique_ptr<LabNetwork> m_network;
    std::unique_ptr<StudyControl> m_control;
    std::unique_ptr<StudyVteps> m_vteps;
    std::unique_ptr<StudyTenants> m_tenants;
    LinkMeter m_meter;
    std::vector<std::size_t> m_stations; //!< the attachments, by their number in m_meter
    StudyOutcome m_outcome;
    bool m_failed{false};
};

/** \returns what a run sets of ns-3's attribute defaults, all of which get their values back. */
std::vector<AttributeSetting>
GetDefaults(const StudySettings& settings)
{
    std::vector<AttributeSetting> defaults = {
        {"ns3::PimSmRouting::SptThreshold", "0", 0},
        {"ns3::PimSmRouting::RegisterSwitchThreshold", "0", 0},
        {"ns3::PimSmRouting::SsmRange", "232.0.0.0/8", 0},
        {"ns3::IgmpProtocol::SsmPrefix", "232.0.0.0", 0},
        {"ns3::IgmpProtocol::SsmMask", "255.0.0.0", 0},
        {"ns3::PimSmRouting::RpfEcmp", settings.ecmp, 0},
        {"ns3::PimSmRouting::CapacityPolicy", settings.policy, 0}};
    defaults.insert(defaults.end(), settings.attributes.begin(), settings.attributes.end());
    return defaults;
}

StudyRun::StudyRun(const TopologyGraph& graph,
                   const std::vector<StudySegment>& segments,
                   const StudySettings& settings)
    : m_segments(segments),
      m_settings(settings),
      m_defaults(GetDefaults(settings)),
      m_graph(graph)
{
    SetLabDefaults();
    GlobalValue::Bind("ChecksumEnabled", BooleanValue(false));
    SetTreePolicy(settings.tree);
    LabSettings lab;
    lab.staticUnderlay = true;
    m_network = std::make_unique<LabNetwork>(m_graph, lab);
    if (m_settings.control)
    {
        const ControlPlane plane = *m_settings.control;
        const std::size_t server =
            HasServer(plane) ? FindServerNode(ModelNetwork(m_graph, RpfEcmp::SG_HASH)) : 0;
        m_control = std::make_unique<StudyControl>(*m_network, plane, server);
    }
    LimitTables();
}

/** Meters all links from now on: what happens before a network is at rest is not counted. */
void
StudyRun::BeginMetering()
{
    for (std::size_t network = 0; network < m_graph.networks.size(); ++network)
    {
        for (std::size_t attachment : m_graph.networks[network].attachments)
        {
            m_meter.Attach(m_graph.networks[network].name,
                           m_graph.nodes[m_graph.attachments[attachment].node].name,
                           m_network->GetDevice(attachment));
            m_stations.push_back(attachment);
        }
    }
    m_meter.AddVxlanPort(VxlanConfig::DEFAULT_PORT);
}

void
StudyRun::LimitTables()
{
    for (std::size_t node = 0; node < m_settings.limits.size(); ++node)
    {
        const StudyTableLimit& limit = m_settings.limits[node];
        if (const Ptr<PimSmRouting> pim = m_network->GetNodes()[node].pim)
        {
            pim->SetAttribute("Capacity", UintegerValue(limit.sum));
            pim->SetAttribute("StarGCapacity", UintegerValue(limit.starG));
            pim->SetAttribute("SourceCapacity", UintegerValue(limit.sg));
        }
    }
}

StudyOutcome
StudyRun::Run()
{
    AwaitRps();
    Simulator::Run();
    m_outcome.events = Simulator::GetEventCount();
    m_outcome.simulatedSeconds = Simulator::Now().GetSeconds();
    m_tenants.reset();
    m_vteps.reset();
    m_control.reset();
    m_network.reset();
    Simulator::Destroy();
    Names::Clear();
    if (m_failed)
    {
        throw std::runtime_error("no router is RP for every group");
    }
    return m_outcome;
}

/** \returns the rows of tib.csv and of the installed forwarding cache, counted. */
StudyTables
CountTables(const PimSmRouting& pim)
{
    StudyTables tables;
    for (const auto& [address, group] : pim.GetInstance().GetEngine().GetTib().GetGroups())
    {
        tables.starG += group.HasStarState() ? 1 : 0;
        for (const auto& [source, entry] : group.sources)
        {
            tables.sg += entry.HasSgState() ? 1 : 0;
            tables.sgRpt += entry.HasRptState() ? 1 : 0;
        }
    }
    const MulticastForwardingCache& cache = pim.GetInstance().GetEngine().GetForwarder().GetCache();
    tables.mfc = cache.GetInstalledSize();
    tables.mfcStarG = cache.GetInstalledStarG();
    return tables;
}

/** \returns whether the router sends Registers. */
bool
IsRegistering(const PimSmRouting& pim)
{
    for (const auto& [address, group] : pim.GetInstance().GetEngine().GetTib().GetGroups())
    {
        for (const auto& [source, entry] : group.sources)
        {
            if (entry.registerState == PimRegisterState::JOIN)
            {
                return true;
            }
        }
    }
    return false;
}

void
StudyRun::AwaitRps()
{
    const bool settled = Simulator::Now() >= SETTLE_TIME;
    if (settled &&
        (!IsMulticast() || m_settings.tree == TreePolicy::Ssm || KnowsEveryRp(m_graph, *m_network)))
    {
        AddVteps();
    }
    else if (Simulator::Now() < RP_PATIENCE)
    {
        Simulator::Schedule(RP_POLL, &StudyRun::AwaitRps, this);
    }
    else
    {
        m_failed = true;
        Simulator::Stop();
    }
}

void
StudyRun::AddVteps()
{
    m_vteps = std::make_unique<StudyVteps>(*m_network,
                                           m_segments,
                                           !IsMulticast() ? StudyFlooding::HeadEnd
                                           : m_settings.tree == TreePolicy::Ssm
                                               ? StudyFlooding::Named
                                               : StudyFlooding::AnySource,
                                           m_control.get());
    if (m_settings.sampleInterval.IsStrictlyPositive() && HasTrees())
    {
        Sample();
    }
    m_vteps->RollOut(m_settings.rollOut, JOIN_TIME);
    const Time start = m_settings.rollOut + JOIN_TIME + ROUND_GAP;
    if (HasTrees())
    {
        Simulator::Schedule(start, &StudyRun::WarmUp, this, 1);
    }
    else
    {
        Simulator::Schedule(start, &StudyRun::BeginControlWindow, this);
    }
}

Time
StudyRun::GetRoundTime(std::size_t frames) const
{
    return std::max(ROUND_LEAST, FRAME_GAP * static_cast<int64_t>(frames));
}

Time
StudyRun::GetSourceRoundTime() const
{
    std::size_t sources = 0;
    for (const StudySegment& segment : m_segments)
    {
        sources += segment.senders.size();
    }
    return GetRoundTime(sources);
}

bool
StudyRun::IsLimited() const
{
    return std::any_of(
        m_settings.limits.begin(), m_settings.limits.end(), [](const StudyTableLimit& limit) {
            return limit.sum + limit.starG + limit.sg > 0;
        });
}

/** \returns whether packets travel in Registers. */
bool
StudyRun::HasRegisters() const
{
    return std::any_of(m_network->GetNodes().begin(),
                       m_network->GetNodes().end(),
                       [](const LabNode& lab) { return lab.pim && IsRegistering(*lab.pim); });
}

/** \returns whether entries last from the last of \p rounds to the refresh: long rounds put it off. */
bool
StudyRun::LastUntilRefresh(uint32_t rounds) const
{
    const Time pause =
        (GetSourceRoundTime() + ROUND_GAP) * (int64_t(WARM_UP_ROUNDS) - rounds + 1) + REFRESH_AFTER;
    return pause < KEEPALIVE_PERIOD;
}

/** \returns the rounds after which the tables are those that packets find; at most. */
uint32_t
StudyRun::CountRounds() const
{
    if (IsLimited())
    {
        return WARM_UP_ROUNDS;
    }
    if (!IsMulticast() || m_settings.tree == TreePolicy::Bidir ||
        m_settings.tree == TreePolicy::Ssm)
    {
        return ROUNDS_WITHOUT_SOURCES;
    }
    return LastUntilRefresh(ROUNDS_WITH_ROOM) ? ROUNDS_WITH_ROOM : WARM_UP_ROUNDS;
}

void
StudyRun::WarmUp(uint32_t round)
{
    if (round == WARM_UP_ROUNDS)
    {
        m_settings.sampleInterval = m_settings.sampleInterval * SLOW_SAMPLES;
        Simulator::Schedule(REFRESH_AFTER, &StudyRun::Refresh, this);
        Simulator::Schedule(REST_AFTER + GetSourceRoundTime(), &StudyRun::BeginControlWindow, this);
        return;
    }
    const Time duration = GetSourceRoundTime();
    const bool isStopped = m_settings.tree == TreePolicy::Rpt && !IsLimited() &&
                           round >= ROUNDS_BEFORE_STOPS && LastUntilRefresh(ROUNDS_BEFORE_STOPS) &&
                           !HasRegisters();
    if (round < CountRounds() && !isStopped)
    {
        m_vteps->SendOncePerSource(duration);
    }
    Simulator::Schedule(duration + ROUND_GAP, &StudyRun::WarmUp, this, round + 1);
}

void
StudyRun::Refresh()
{
    // Data of an SSM source that nobody asks for makes an entry, too; with BIDIR-PIM none.
    if (IsMulticast() && m_settings.tree != TreePolicy::Bidir)
    {
        m_vteps->SendOncePerSource(GetSourceRoundTime());
    }
}

void
StudyRun::BeginControlWindow()
{
    BeginMetering();
    Simulator::Schedule(m_settings.controlWindow, &StudyRun::EndControlWindow, this);
}

void
StudyRun::EndControlWindow()
{
    if (m_settings.controlWindow.IsStrictlyPositive())
    {
        m_outcome.controlBytesPerSecond =
            CountControlBytes() / m_settings.controlWindow.GetSeconds();
    }
    m_outcome.rest = TakeSample();
    Measure();
}

void
StudyRun::Measure()
{
    m_meter.Restart();
    std::size_t frames = 0;
    for (const StudySegment& segment : m_segments)
    {
        frames += segment.senders.size() * m_settings.frames;
    }
    const Time duration = GetRoundTime(frames);
    m_vteps->SendCounted(m_settings.frames, duration);
    Simulator::Schedule(duration + Seconds(1), &StudyRun::EndMeasure, this);
}

void
StudyRun::EndMeasure()
{
    m_outcome.copies = CountCopies();
    m_outcome.deliveries = m_vteps->GetDeliveries();
    m_outcome.overflow = CountOverflow();
    if (!m_control || m_settings.vms == 0)
    {
        Simulator::Stop();
        return;
    }
    m_tenants = std::make_unique<StudyTenants>(
        *m_network, m_segments, *m_vteps, *m_control, m_settings.vms);
    m_tenants->Run([this] { End(); });
}

void
StudyRun::End()
{
    m_outcome.tenants = m_tenants->GetOutcome();
    Simulator::Stop();
}

StudySample
StudyRun::TakeSample() const
{
    StudySample sample;
    sample.time = Simulator::Now();
    for (const LabNode& lab : m_network->GetNodes())
    {
        sample.routers.emplace_back();
        if (lab.pim)
        {
            sample.routers.back() = CountTables(*lab.pim);
        }
    }
    sample.overflow = CountOverflow();
    return sample;
}

void
StudyRun::Sample()
{
    m_outcome.samples.push_back(TakeSample());
    Simulator::Schedule(m_settings.sampleInterval, &StudyRun::Sample, this);
}

std::vector<uint64_t>
StudyRun::CountCopies() const
{
    std::vector<LinkClass> kinds;
    if (IsMulticast())
    {
        kinds.push_back(LinkClass::VXLAN_MULTICAST);
    }
    if (!IsMulticast() || std::any_of(m_segments.begin(), m_segments.end(), [](const auto& vni) {
            return vni.flooding == StudyFlooding::HeadEnd;
        }))
    {
        kinds.push_back(LinkClass::VXLAN_UNICAST);
    }
    std::vector<uint64_t> copies(m_graph.attachments.size(), 0);
    for (std::size_t station = 0; station < m_stations.size(); ++station)
    {
        const LinkCounts& counts = m_meter.GetCounts(station);
        for (LinkClass kind : kinds)
        {
            copies[m_stations[station]] += counts[static_cast<std::size_t>(kind)].packets;
        }
    }
    return copies;
}

/** \returns the bytes of IGMP, PIM and control planes on all links, data inside Registers apart. */
double
StudyRun::CountControlBytes() const
{
    uint64_t bytes = 0;
    for (std::size_t station = 0; station < m_stations.size(); ++station)
    {
        const LinkCounts& counts = m_meter.GetCounts(station);
        for (std::size_t i = 0; i < counts.size(); ++i)
        {
            const auto linkClass = static_cast<LinkClass>(i);
            const bool isControl = IsGroupControl(linkClass) || linkClass == LinkClass::BGP ||
                                   linkClass == LinkClass::OPENFLOW ||
                                   linkClass == LinkClass::OVSDB || linkClass == LinkClass::MAP;
            bytes += isControl ? counts[i].bytes : 0;
        }
    }
    return static_cast<double>(bytes);
}

StudyOverflow
StudyRun::CountOverflow() const
{
    StudyOverflow sum;
    for (const LabNode& lab : m_network->GetNodes())
    {
        if (lab.pim)
        {
            const MulticastOverflowCounters& c =
                lab.pim->GetInstance().GetEngine().GetForwarder().GetCache().GetCounters();
            sum.lostPackets += c.lostPackets;
            sum.refusedRows += c.refusedEntries;
            sum.evictedRows += c.evictedEntries;
            sum.puntedPackets += c.puntedPackets;
            sum.fallbackPackets += c.fallbackPackets;
        }
    }
    return sum;
}

} // namespace

TopologyGraph
PrepareStudy(TopologyGraph graph, TreePolicy tree)
{
    if (tree != TreePolicy::Bidir)
    {
        return graph;
    }
    const std::vector<RpOffer> elected = RpChoice(graph).GetElected();
    for (TopologyNode& node : graph.nodes)
    {
        node.candidateRp.clear();
        node.candidateBsr.clear();
        node.bidirRps.insert(node.bidirRps.end(), node.staticRps.begin(), node.staticRps.end());
        node.staticRps.clear();
        if (node.kind != NodeKind::Router)
        {
            continue;
        }
        for (const RpOffer& offer : elected)
        {
            node.bidirRps.push_back({offer.address, offer.groups});
        }
    }
    return graph;
}

StudyOutcome
RunStudy(const TopologyGraph& graph,
         const std::vector<StudySegment>& segments,
         const StudySettings& settings)
{
    return StudyRun(graph, segments, settings).Run();
}

} // namespace ns3
