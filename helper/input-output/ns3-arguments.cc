// SPDX-License-Identifier: GPL-2.0-only
#include "ns3/ns3-arguments.h"

#include "ns3/command-line.h"
#include "ns3/config.h"
#include "ns3/global-value.h"
#include "ns3/input-error.h"
#include "ns3/scenario-values.h"
#include "ns3/string.h"
#include "ns3/text.h"
#include "ns3/type-id.h"

#include <algorithm>
#include <map>
#include <set>

namespace ns3
{

namespace
{

const std::set<std::string> PRINTS{"PrintGlobals",
                                   "PrintGroups",
                                   "PrintTypeIds",
                                   "PrintGroup",
                                   "PrintAttributes"};

const GlobalValue*
FindGlobal(const std::string& name)
{
    const auto it =
        std::find_if(GlobalValue::Begin(), GlobalValue::End(), [&](const GlobalValue* value) {
            return value->GetName() == name;
        });
    return it == GlobalValue::End() ? nullptr : *it;
}

/** \returns what a value of \p global should be, if \p value is none; empty if it is one. */
std::string
CheckGlobalValue(const GlobalValue& global, const std::string& value)
{
    // ns-3's own parser of numbers aborts at letters; what it takes may still be refused later, by
    // an abort or a crash: L'Ecuyer's generator has moduli, and classes must be of the right kind.
    constexpr uint64_t greatestSeed = 4294944442;
    static const std::map<std::string, std::string> bases{
        {"SchedulerType", "ns3::Scheduler"}, {"SimulatorImplementationType", "ns3::SimulatorImpl"}};
    const std::string name = global.GetName();
    const std::string type = global.GetChecker()->GetValueTypeName();
    if (name == "RngSeed")
    {
        return ParseNumber(value, 1, greatestSeed)
                   ? ""
                   : "a number from 1 to " + std::to_string(greatestSeed);
    }
    if (type == "ns3::UintegerValue" && !ParseNumber(value, 0, ~uint64_t(0)))
    {
        return "a number from 0";
    }
    const auto base = bases.find(name);
    if (base != bases.end())
    {
        TypeId tid;
        return TypeId::LookupByNameFailSafe(value, &tid) && tid.HasConstructor() &&
                       tid.IsChildOf(TypeId::LookupByName(base->second))
                   ? ""
                   : "a class that is a " + base->second;
    }
    return global.GetChecker()->CreateValidValue(StringValue(value)) ? "" : "a value of " + type;
}

void
SetGlobal(const GlobalValue& global, const std::string& value)
{
    const std::string right = CheckGlobalValue(global, value);
    if (!right.empty())
    {
        throw std::invalid_argument("--" + global.GetName() + " is '" + value + "', give " + right);
    }
    Config::SetGlobal(global.GetName(), StringValue(value));
}

/** Has ns-3 print something of itself, which ends the program. */
void
Print(const std::string& name, const std::string& value)
{
    TypeId tid;
    if (name == "PrintAttributes" && !TypeId::LookupByNameFailSafe(value, &tid))
    {
        throw std::invalid_argument("--PrintAttributes is '" + value +
                                    "', give a class such as ns3::PimSmRouting");
    }
    if (name == "PrintGroup" && value.empty())
    {
        throw std::invalid_argument("--PrintGroup has no value, give --PrintGroup=…");
    }
    CommandLine cmd;
    cmd.Parse({"", "--" + name + (value.empty() ? "" : "=" + value)});
}

} // namespace

bool
IsNs3Argument(const std::string& name)
{
    return FindGlobal(name) != nullptr || name.find("::") != std::string::npos ||
           PRINTS.count(name) != 0;
}

void
ApplyNs3Argument(const std::string& name, const std::optional<std::string>& value)
{
    const std::string text = value.value_or("");
    if (PRINTS.count(name) != 0)
    {
        Print(name, text);
    }
    else if (const GlobalValue* global = FindGlobal(name))
    {
        SetGlobal(*global, text);
    }
    else
    {
        const std::string error = CheckAttribute(name, text);
        if (!error.empty())
        {
            throw std::invalid_argument(error);
        }
        Config::SetDefault(name, StringValue(text));
    }
}

void
CheckNs3Environment()
{
    for (auto it = GlobalValue::Begin(); it != GlobalValue::End(); ++it)
    {
        StringValue value;
        (*it)->GetValue(value);
        const std::string right = CheckGlobalValue(**it, value.Get());
        if (!right.empty())
        {
            throw InputError("environment",
                             1,
                             (*it)->GetName() + " is '" + value.Get() +
                                 "' in NS_GLOBAL_VALUE, give " + right);
        }
    }
}

std::string
GetNs3Help()
{
    return "  --RngSeed=N, --RngRun=N          ns-3's random numbers: other draws\n"
           "  --ns3::CLASS::ATTRIBUTE=VALUE    the default of an attribute\n"
           "  --PrintGlobals, --PrintTypeIds, --PrintAttributes=CLASS\n"
           "                                   what ns-3 and this module can be set to\n";
}

} // namespace ns3
