// SPDX-License-Identifier: GPL-2.0-only
#include "ns3/limit-options.h"

#include "ns3/device-library.h"
#include "ns3/text.h"

namespace ns3
{

namespace
{

/** Adds the limits of `TIER:NAME,TIER:NAME` by the library. */
void
AddDevices(const LimitTexts& texts, PlanLimits& limits)
{
    const std::vector<Device> devices =
        ReadDevices(texts.devices.empty() ? FindDeviceLibrary() : texts.devices);
    for (const std::string& part : SplitAt(texts.device, ','))
    {
        const std::size_t colon = part.find(':');
        if (colon == std::string::npos || colon == 0)
        {
            throw LimitError("device", "'" + part + "', expected TIER:NAME");
        }
        const std::string name = part.substr(colon + 1);
        std::set<std::string> names;
        const Device* found = nullptr;
        for (const Device& device : devices)
        {
            names.insert(device.name);
            found = device.name == name ? &device : found;
        }
        if (found == nullptr)
        {
            const auto near = FindNearMiss(name, names);
            throw LimitError("device",
                             "no device '" + name + "', expected " +
                                 (near ? "'" + *near + "', or another of " : "one of ") +
                                 JoinWords({names.begin(), names.end()}));
        }
        limits.Set(part.substr(0, colon), found->limit);
    }
}

} // namespace

std::vector<ProgramOption>
MakeLimitOptions(LimitTexts& texts)
{
    return {
        TextOption("limit",
                   "entries of a router's table by tier: leaf:8192,spine:sg=8192:star-g=1000",
                   texts.limit),
        TextOption("used", "entries already in use by tier: leaf:1000", texts.used),
        TextOption("device",
                   "limits of devices by tier: leaf:NAME,spine:NAME, of topologies/devices.yaml",
                   texts.device),
        TextOption("devices", "another file of devices", texts.devices)};
}

PlanLimits
ReadLimits(const LimitTexts& texts)
{
    const char* option = "limit";
    try
    {
        PlanLimits limits = texts.limit.empty() ? PlanLimits() : PlanLimits::Parse(texts.limit);
        option = "device";
        if (!texts.device.empty())
        {
            AddDevices(texts, limits);
        }
        option = "used";
        if (!texts.used.empty())
        {
            limits.Subtract(texts.used);
        }
        return limits;
    }
    catch (const LimitError&)
    {
        throw;
    }
    catch (const std::invalid_argument& error)
    {
        throw LimitError(option, error.what());
    }
}

void
CheckLimitTiers(const PlanLimits& limits, const std::set<std::string>& tiers)
{
    for (const auto& [tier, limit] : limits.GetTiers())
    {
        if (tiers.count(tier) == 0)
        {
            throw LimitError("limit",
                             "no tier '" + tier + "', expected some of " +
                                 JoinWords({tiers.begin(), tiers.end()}));
        }
        if (limit.replication && tier != PlanLimits::VTEP)
        {
            throw LimitError("limit",
                             "tier '" + tier + "' has no replication entries, expected vtep");
        }
        if (tier == PlanLimits::VTEP && (limit.sum || limit.starG || limit.sg))
        {
            throw LimitError("limit",
                             "a vtep holds no multicast entries, expected vtep:replication=N");
        }
    }
}

PlanLimits
ReadLimits(const ProgramOptions& command, const LimitTexts& texts)
{
    try
    {
        return ReadLimits(texts);
    }
    catch (const LimitError& error)
    {
        command.Refuse(error.GetOption(), error.what());
    }
}

void
CheckLimitTiers(const ProgramOptions& command,
                const ModelNetwork& network,
                const PlanLimits& limits)
{
    std::set<std::string> tiers{PlanLimits::VTEP};
    for (const ModelRouter& router : network.GetRouters())
    {
        tiers.insert(router.tier);
    }
    try
    {
        CheckLimitTiers(limits, tiers);
    }
    catch (const LimitError& error)
    {
        command.Refuse(error.GetOption(), error.what());
    }
}

} // namespace ns3
