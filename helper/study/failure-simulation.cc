// SPDX-License-Identifier: GPL-2.0-only
#include "ns3/failure-simulation.h"

#include "ns3/bfd-helper.h"
#include "ns3/bfd-protocol.h"
#include "ns3/boolean.h"
#include "ns3/global-value.h"
#include "ns3/igmp-protocol.h"
#include "ns3/link-meter.h"
#include "ns3/names.h"
#include "ns3/ospf-routing.h"
#include "ns3/pim-sm-routing.h"
#include "ns3/rp-knowledge.h"
#include "ns3/scoped-attributes.h"
#include "ns3/simulator.h"

#include <algorithm>
#include <map>
#include <memory>
#include <sstream>
#include <stdexcept>

namespace ns3
{

namespace
{

const Time BOOT_TIME = Seconds(100); //!< OSPF's Wait timers, the election of a BSR and its RPs
const Time ROLL_OUT = Seconds(10);
const Time JOIN_SPAN = Seconds(5);
const Time ROUND = Seconds(6); //!< of frames that set up the trees, with what follows from it
constexpr uint32_t TREE_ROUNDS = 4;
const Time LISTEN = Seconds(1);   //!< between looks at what has been lost
const Time REFRESH = Seconds(60); //!< between frames that keep the trees up
/** Until a silent member (260 s) and its entries (210 s) are gone. */
constexpr uint32_t REFRESH_ROUNDS = 8;

/** One run. */
class FailureRun
{
  public:
    FailureRun(const TopologyGraph& graph,
               const std::vector<StudySegment>& segments,
               const Failure& failure,
               const std::set<std::size_t>& gone,
               const FailureSettings& settings);
    FailureOutcome Run();

  private:
    /** By node and (S,G): what the row says. */
    using Rows = std::map<std::pair<std::size_t, SourceGroup>, std::string>;

    void AddBfd();
    void EnableBfd();
    void AwaitRps();
    void AddVteps();
    void WarmUp(uint32_t round);
    void BeginBaseline(Time left);
    void BeginProbes();
    void Fail();
    void Listen();
    void KeepUp();
    void EndProbes();
    void Refresh(uint32_t round);
    Rows GetRows() const;
    uint64_t CountControl() const;

    const TopologyGraph& m_graph;
    const std::vector<StudySegment>& m_segments;
    const Failure& m_failure;
    const std::set<std::size_t>& m_gone;
    FailureSettings m_settings;
    ScopedAttributes m_defaults;
    std::unique_ptr<LabNetwork> m_network;
    std::unique_ptr<StudyVteps> m_vteps;
    LinkMeter m_meter;
    std::size_t m_stations{0};
    Time m_baseline; //!< at rest, for the control messages that are always there
    Time m_failedAt;
    Time m_lastLoss;
    Time m_lastKnown;                 //!< when a router still had the dead one as an RP
    std::vector<std::size_t> m_marks; //!< how many probes had been sent at each look
    Rows m_before;
    double m_controlRate{0}; //!< messages per second at rest
    FailureOutcome m_outcome;
    bool m_failed{false};
};

FailureRun::FailureRun(const TopologyGraph& graph,
                       const std::vector<StudySegment>& segments,
                       const Failure& failure,
                       const std::set<std::size_t>& gone,
                       const FailureSettings& settings)
    : m_graph(graph),
      m_segments(segments),
      m_failure(failure),
      m_gone(gone),
      m_settings(settings),
      m_defaults({{"ns3::PimSmRouting::SptThreshold", "0", 0},
                  {"ns3::PimSmRouting::RegisterSwitchThreshold", "0", 0},
                  {"ns3::PimSmRouting::SsmRange", "232.0.0.0/8", 0},
                  {"ns3::IgmpProtocol::SsmPrefix", "232.0.0.0", 0},
                  {"ns3::IgmpProtocol::SsmMask", "255.0.0.0", 0},
                  {"ns3::PimSmRouting::RpfEcmp", settings.ecmp, 0}})
{
    SetLabDefaults();
    GlobalValue::Bind("ChecksumEnabled", BooleanValue(false));
    SetTreePolicy(settings.tree);
    m_network = std::make_unique<LabNetwork>(m_graph, LabSettings());
    for (const TopologyNetwork& network : m_graph.networks)
    {
        for (std::size_t attachment : network.attachments)
        {
            m_meter.Attach(network.name,
                           m_graph.nodes[m_graph.attachments[attachment].node].name,
                           m_network->GetDevice(attachment));
            ++m_stations;
        }
    }
    m_meter.AddVxlanPort(VxlanConfig::DEFAULT_PORT);
    if (settings.detection == FailureDetection::Bfd)
    {
        AddBfd();
    }
}

/** On every node with OSPF; it is silent until EnableBfd. */
void
FailureRun::AddBfd()
{
    const BfdHelper helper;
    constexpr int64_t STREAMS = 5000000;
    int64_t stream = STREAMS;
    for (LabNode& lab : m_network->GetNodes())
    {
        if (!lab.ospf)
        {
            continue;
        }
        lab.bfd = helper.Install(lab.node);
        stream += lab.bfd->AssignStreams(stream);
    }
}

/**
 * On the networks that the failure is to hit. Sessions elsewhere find nothing, but each of them
 * would cost 40 packets a second.
 */
void
FailureRun::EnableBfd()
{
    for (std::size_t end = 0; end < m_graph.attachments.size(); ++end)
    {
        const TopologyAttachment& attachment = m_graph.attachments[end];
        const auto& ends = m_graph.networks[attachment.network].attachments;
        const bool isHit = m_failure.network == attachment.network ||
                           std::any_of(ends.begin(), ends.end(), [this](std::size_t other) {
                               return m_failure.node == m_graph.attachments[other].node;
                           });
        const LabNode& lab = m_network->GetNodes()[attachment.node];
        if (isHit && lab.bfd)
        {
            const auto& own = m_graph.nodes[attachment.node].attachments;
            const auto position = std::find(own.begin(), own.end(), end) - own.begin();
            lab.bfd->EnableInterface(static_cast<uint32_t>(position) + 1, m_settings.bfd);
        }
    }
}

FailureOutcome
FailureRun::Run()
{
    Simulator::Schedule(BOOT_TIME, &FailureRun::AwaitRps, this);
    Simulator::Run();
    m_vteps.reset();
    m_network.reset();
    Simulator::Destroy();
    Names::Clear();
    if (m_failed)
    {
        throw std::runtime_error("no router is RP for every group");
    }
    return m_outcome;
}

void
FailureRun::AwaitRps()
{
    if (m_settings.tree == TreePolicy::Ssm || KnowsEveryRp(m_graph, *m_network))
    {
        AddVteps();
    }
    else if (Simulator::Now() < RP_PATIENCE)
    {
        Simulator::Schedule(RP_POLL, &FailureRun::AwaitRps, this);
    }
    else
    {
        m_failed = true;
        Simulator::Stop();
    }
}

void
FailureRun::AddVteps()
{
    m_vteps = std::make_unique<StudyVteps>(
        *m_network,
        m_segments,
        m_settings.tree == TreePolicy::Ssm ? StudyFlooding::Named : StudyFlooding::AnySource);
    m_vteps->RollOut(ROLL_OUT, JOIN_SPAN);
    Simulator::Schedule(ROLL_OUT + JOIN_SPAN + ROUND, &FailureRun::WarmUp, this, 1);
}

void
FailureRun::WarmUp(uint32_t round)
{
    if (round == TREE_ROUNDS)
    {
        // What the first packets needed besides has expired after 210 s.
        Simulator::Schedule(REFRESH * 2, [this] { m_vteps->SendOncePerSource(Seconds(1)); });
        Simulator::Schedule(REFRESH * 4, [this] {
            m_meter.Restart();
            m_baseline = std::max(REFRESH, m_settings.window);
            BeginBaseline(m_baseline);
        });
        return;
    }
    m_vteps->SendOncePerSource(Seconds(2));
    Simulator::Schedule(ROUND, &FailureRun::WarmUp, this, round + 1);
}

/** Counts what is always said, for \p left more; frames keep the trees up meanwhile. */
void
FailureRun::BeginBaseline(Time left)
{
    m_vteps->SendOncePerSource(Seconds(1));
    if (left < 2 * REFRESH)
    {
        EnableBfd();
        Simulator::Schedule(left, &FailureRun::BeginProbes, this);
        return;
    }
    Simulator::Schedule(REFRESH, &FailureRun::BeginBaseline, this, left - REFRESH);
}

void
FailureRun::BeginProbes()
{
    m_controlRate = static_cast<double>(CountControl()) / m_baseline.GetSeconds();
    m_before = GetRows();
    const auto frames = static_cast<uint32_t>(m_settings.window.GetTimeStep() /
                                              m_settings.probeInterval.GetTimeStep());
    m_vteps->SendCounted(frames, m_settings.window);
    Simulator::Schedule(Seconds(1), &FailureRun::Fail, this);
    Simulator::Schedule(m_settings.window + Seconds(1), &FailureRun::EndProbes, this);
}

void
FailureRun::Fail()
{
    m_meter.Restart();
    m_failedAt = Simulator::Now();
    if (m_settings.quiet.IsStrictlyPositive())
    {
        Listen();
    }
    const bool carrier = m_settings.detection == FailureDetection::Carrier;
    if (m_failure.network)
    {
        carrier ? m_network->SetNetworkUp(*m_failure.network, false)
                : m_network->SetLoss(*m_failure.network, 1);
    }
    if (m_failure.node)
    {
        const TopologyNode& node = m_graph.nodes[*m_failure.node];
        m_network->SetNodeUp(node.name, false, !carrier);
        for (std::size_t attachment : node.attachments)
        {
            // On LANs of two the switch would hold the carrier: they are links here.
            const std::size_t network = m_graph.attachments[attachment].network;
            if (carrier && m_graph.networks[network].attachments.size() == 2)
            {
                m_network->SetNetworkUp(network, false);
            }
        }
    }
}

/** Ends the probes when the failure must have been found and none has been lost for long. */
void
FailureRun::Listen()
{
    m_marks.push_back(m_vteps->GetCounted());
    const std::size_t looks = m_marks.size();
    if (looks > 2 && !m_vteps->HaveArrived(m_marks[looks - 3], m_marks[looks - 2], m_gone))
    {
        m_lastLoss = Simulator::Now();
    }
    if (m_failure.node && !m_graph.nodes[*m_failure.node].candidateRp.empty() &&
        KnowsRpOf(m_graph, *m_network, *m_failure.node, m_gone))
    {
        m_lastKnown = Simulator::Now();
    }
    const Time found = std::max(m_failedAt + m_settings.found, m_lastKnown);
    if (Simulator::Now() >= std::max(found, m_lastLoss) + m_settings.quiet)
    {
        m_vteps->StopCounted();
        Simulator::Schedule(REFRESH, &FailureRun::KeepUp, this);
        return;
    }
    Simulator::Schedule(LISTEN, &FailureRun::Listen, this);
}

/** Until the window ends, frames keep the trees up that probes no longer do. */
void
FailureRun::KeepUp()
{
    if (Simulator::Now() < m_failedAt + m_settings.window)
    {
        m_vteps->SendOncePerSource(Seconds(1));
        Simulator::Schedule(REFRESH, &FailureRun::KeepUp, this);
    }
}

void
FailureRun::EndProbes()
{
    const double expected = m_controlRate * m_settings.window.GetSeconds();
    const auto counted = static_cast<double>(CountControl());
    m_outcome.controlMessages =
        static_cast<uint64_t>(std::llround(std::max(0.0, counted - expected)));
    const StudyLosses losses = m_vteps->GetLosses(m_gone);
    m_outcome.lost = losses.lost;
    m_outcome.longest = m_settings.probeInterval * static_cast<int64_t>(losses.longestRun);
    m_outcome.duplicates = m_vteps->GetDeliveries().duplicates;
    Refresh(0);
}

void
FailureRun::Refresh(uint32_t round)
{
    if (round < REFRESH_ROUNDS)
    {
        m_vteps->SendOncePerSource(Seconds(1));
        Simulator::Schedule(REFRESH, &FailureRun::Refresh, this, round + 1);
        return;
    }
    const Rows after = GetRows();
    for (const auto& [key, row] : m_before)
    {
        const auto now = after.find(key);
        const bool isDead = m_failure.node && *m_failure.node == key.first;
        m_outcome.entriesChanged += !isDead && (now == after.end() || now->second != row) ? 1 : 0;
    }
    for (const auto& [key, row] : after)
    {
        m_outcome.entriesChanged += m_before.count(key) == 0 ? 1 : 0;
    }
    Simulator::Stop();
}

FailureRun::Rows
FailureRun::GetRows() const
{
    Rows rows;
    for (std::size_t node = 0; node < m_network->GetNodes().size(); ++node)
    {
        const LabNode& lab = m_network->GetNodes()[node];
        if (!lab.pim)
        {
            continue;
        }
        for (const MulticastForwardingEntry* entry : lab.pim->GetForwardingEntries())
        {
            std::ostringstream text;
            text << entry->spec.incoming << " " << entry->spec.outgoing;
            rows[{node, entry->key}] = text.str();
        }
    }
    return rows;
}

uint64_t
FailureRun::CountControl() const
{
    uint64_t packets = 0;
    for (std::size_t station = 0; station < m_stations; ++station)
    {
        const LinkCounts& counts = m_meter.GetCounts(station);
        for (std::size_t i = 0; i < counts.size(); ++i)
        {
            const auto linkClass = static_cast<LinkClass>(i);
            packets +=
                IsGroupControl(linkClass) || linkClass == LinkClass::OSPF ? counts[i].packets : 0;
        }
    }
    return packets;
}

} // namespace

FailureOutcome
RunFailure(const TopologyGraph& graph,
           const std::vector<StudySegment>& segments,
           const Failure& failure,
           const std::set<std::size_t>& gone,
           const FailureSettings& settings)
{
    return FailureRun(graph, segments, failure, gone, settings).Run();
}

} // namespace ns3
