// SPDX-License-Identifier: GPL-2.0-only
#include "ns3/failure-options.h"

#include "ns3/rng-seed-manager.h"
#include "ns3/scenario-values.h"
#include "ns3/text.h"
#include "ns3/topology-program-options.h"

#include <algorithm>

namespace ns3
{

ProgramOptions
MakeFailureProgramOptions(FailureOptionTexts& texts)
{
    return {
        "failure-study",
        "Fails links, routers, RPs and VTEPs of a fabric at rest under streams of probes, and\n"
        "tells from the graph what each failure touches; one row per kind, detection and tree.\n"
        "Exit status: 0 done; 1 the disk refused; 2 bad input; 130 interrupted, the same command\n"
        "continues.\n"
        "Example: failure-study --topology=leaf-spine:spines=4,leaves=4,hosts=2 --vnis=16 "
        "--members=4 --failures=link,spine --output=out/failures",
        JoinOptions(
            {TextOption("topology",
                        "GraphML or .topo files, or specs, blanks between",
                        texts.state.topology),
             TextOption("failures", "link, rp, vtep, or tiers of routers", texts.failures),
             TextOption("detection", "ospf, carrier, bfd: how neighbours find it", texts.detection),
             TextOption("trees", "rpt, rpt-register, spt, bidir, ssm", texts.state.trees),
             TextOption("sample", "failures of a kind run in packets; 0: all", texts.sample),
             FlagOption("packets", "false: the graph model alone", texts.packets),
             TextOption("bfd", "detection time of BFD", texts.bfd),
             TextOption(
                 "probe-interval", "between probes of a VNI and sender", texts.probeInterval),
             TextOption("window", "how long probes go on", texts.window),
             TextOption(
                 "quiet", "less: until none has been lost for so long; 0s: never", texts.quiet),
             TextOption("jobs", "failures in packets at once", texts.jobs),
             FlagOption("plots", "draw the figure failure-silence", texts.plots),
             TextOption("roles",
                        "senders: as --senders; thirds: of members, who send, receive, or both",
                        texts.roles),
             TextOption("tenants", "tenants of the published model; 0: none", texts.state.tenants),
             TextOption("vnis", "how many VNIs", texts.state.vnis),
             TextOption("groups", "how many multicast groups", texts.state.groups),
             TextOption("members", "VTEPs of a VNI", texts.state.members),
             TextOption("distribution", "sizes: fixed, uniform, wve", texts.state.distribution),
             TextOption(
                 "placement", "uniform, fill-leaf, pod-uniform, cap:P", texts.state.placement),
             TextOption("mapping", "one-to-one, modulo:G, hash:G, …", texts.state.mapping),
             TextOption("senders", "which members send: all, or a fraction", texts.state.senders),
             TextOption("seed", "seeds, as 1,2 or 1-30; without: --RngRun", texts.state.seed),
             TextOption(
                 "rpf-ecmp", "choice among equal costs: sg-hash, highest", texts.state.rpfEcmp),
             TextOption("output", "directory of failures.csv", texts.state.output)},
            MakeStateTopologyOptions(texts.state.topologyOptions, texts.state.place))};
}

namespace
{

Time
ReadTime(const std::string& name,
         const std::string& text,
         const ProgramOptions& command,
         Time least = TimeStep(1))
{
    const auto time = ParseDuration(text);
    if (!time || *time < least)
    {
        command.Refuse(name, "--" + name + " is '" + text + "', expected a time such as 150ms");
    }
    return *time;
}

/** \returns the options that decide what a run gives, as they were given or count without. */
std::string
DescribeFailureSettings(const FailureOptionTexts& texts, const FailureOptions& options)
{
    const StateOptionTexts& state = texts.state;
    std::string text;
    const auto add = [&text](const std::string& name, const std::string& value) {
        text += value.empty() ? "" : (text.empty() ? "" : " ") + name + "=" + value;
    };
    add("vnis", state.vnis);
    add("tenants", state.tenants == "0" ? "" : state.tenants);
    add("groups", state.groups);
    add("members", state.members);
    add("distribution", state.distribution);
    add("placement", state.placement);
    add("mapping", state.mapping);
    add("senders", state.senders);
    add("seed", std::to_string(options.state.seeds.front()));
    add("RngSeed", std::to_string(RngSeedManager::GetSeed()));
    add("RngRun", std::to_string(RngSeedManager::GetRun()));
    add("rpf-ecmp", state.rpfEcmp);
    add("place", state.place == VtepPlace::Leaves ? "leaves" : "");
    add("bfd", texts.bfd);
    add("probe-interval", texts.probeInterval);
    add("window", texts.window);
    add("quiet", texts.quiet);
    return text + DescribeTopology("", state.topologyOptions);
}

} // namespace

FailureOptions
ReadFailureOptions(const FailureOptionTexts& texts, const ProgramOptions& command)
{
    FailureOptions options;
    options.state = ReadStateOptions(texts.state, command);
    if (options.state.sizes.size() > 1)
    {
        command.Refuse("groups", "--groups is a list, a failure study takes one number of groups");
    }
    options.kinds = SplitAt(texts.failures, ',');
    if (options.kinds.empty() ||
        std::count(options.kinds.begin(), options.kinds.end(), std::string()) > 0)
    {
        command.Refuse("failures",
                       "--failures is '" + texts.failures +
                           "', expected link, rp, vtep or tiers, with commas between");
    }
    for (const std::string& name : SplitAt(texts.detection, ','))
    {
        const auto detection = ParseEnumName<FailureDetection>(name);
        if (!detection)
        {
            command.Refuse("detection",
                           "unknown detection '" + name + "', expected ospf, carrier or bfd");
        }
        options.detections.push_back(*detection);
    }
    const auto sample = ParseNumber(texts.sample, 0, 1000000);
    if (!sample)
    {
        command.Refuse("sample", "--sample is '" + texts.sample + "', expected a number from 0");
    }
    options.sample = static_cast<uint32_t>(*sample);
    if (texts.roles != "senders" && texts.roles != "thirds")
    {
        command.Refuse("roles", "--roles is '" + texts.roles + "', expected senders or thirds");
    }
    const auto jobs = ParseNumber(texts.jobs, 1, 4096);
    if (!jobs)
    {
        command.Refuse("jobs", "--jobs is '" + texts.jobs + "', expected a number from 1 to 4096");
    }
    options.jobs = static_cast<uint32_t>(*jobs);
    options.plots = texts.plots;
    options.thirds = texts.roles == "thirds";
    options.packets = texts.packets && !options.thirds;
    options.settings.bfd = ReadTime("bfd", texts.bfd, command);
    options.settings.probeInterval = ReadTime("probe-interval", texts.probeInterval, command);
    options.settings.window = ReadTime("window", texts.window, command);
    options.settings.quiet = ReadTime("quiet", texts.quiet, command, TimeStep(0));
    options.settings.ecmp = texts.state.rpfEcmp;
    if (options.settings.window < Seconds(2) ||
        options.settings.window < 100 * options.settings.probeInterval)
    {
        command.Refuse("window",
                       "--window is '" + texts.window +
                           "', expected 2s at least, and 100 probe intervals");
    }
    options.identity = DescribeFailureSettings(texts, options);
    return options;
}

} // namespace ns3
