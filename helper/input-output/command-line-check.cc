// SPDX-License-Identifier: GPL-2.0-only
#include "ns3/command-line-check.h"

#include "ns3/global-value.h"
#include "ns3/input-error.h"
#include "ns3/scenario-values.h"
#include "ns3/string.h"
#include "ns3/text.h"
#include "ns3/topology-graph.h"

#include "ns3/type-id.h"

#include <algorithm>
#include <iostream>
#include <map>

namespace ns3
{

const char* const COMMAND_LINE = "command line";

namespace
{

const GlobalValue*
FindGlobal(const std::string& name)
{
    const auto it =
        std::find_if(GlobalValue::Begin(), GlobalValue::End(), [&](const GlobalValue* value) {
            return value->GetName() == name;
        });
    return it == GlobalValue::End() ? nullptr : *it;
}

bool
IsIn(const std::vector<std::string>& words, const std::string& word)
{
    return std::find(words.begin(), words.end(), word) != words.end();
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

/** \returns what is wrong with the value of a global; empty if nothing is. */
std::string
CheckGlobal(const GlobalValue& global, const std::optional<std::string>& value)
{
    const std::string right = CheckGlobalValue(global, value.value_or(""));
    return right.empty()
               ? ""
               : "--" + global.GetName() + " is '" + value.value_or("") + "', give " + right;
}

/** Checks what the environment variable NS_GLOBAL_VALUE has set. \throws InputError */
void
CheckEnvironment()
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

/** \returns what is wrong with `--name=value`; empty if nothing is. */
std::string
CheckOption(const std::string& name,
            const std::optional<std::string>& value,
            const std::vector<std::string>& options,
            const std::vector<std::string>& flags)
{
    static const std::vector<std::string> own =
        SplitWords("help version PrintHelp PrintVersion PrintGlobals PrintGroups PrintTypeIds");
    if (IsIn(own, name))
    {
        return "";
    }
    if (IsIn(flags, name))
    {
        static const std::vector<std::string> words = SplitWords("true false 1 0 t f");
        return !value || IsIn(words, *value) ? "" : "--" + name + " is true or false";
    }
    if (name == "PrintAttributes")
    {
        TypeId tid;
        return TypeId::LookupByNameFailSafe(value.value_or(""), &tid)
                   ? ""
                   : "--PrintAttributes is '" + value.value_or("") +
                         "', give a class such as ns3::PimSmRouting";
    }
    if (IsIn(options, name) || name == "PrintGroup")
    {
        return value && !value->empty() ? "" : "--" + name + " has no value, give --" + name + "=…";
    }
    if (const GlobalValue* global = FindGlobal(name))
    {
        return CheckGlobal(*global, value);
    }
    if (name.find("::") != std::string::npos)
    {
        return CheckAttribute(name, value.value_or(""));
    }
    std::vector<std::string> known = options;
    known.insert(known.end(), flags.begin(), flags.end());
    return "unknown option --" + name + ", known are --" + JoinWords(known, ", --") +
           " and those of --PrintHelp";
}

} // namespace

void
CheckCommandLine(const std::vector<std::string>& arguments,
                 const std::vector<std::string>& options,
                 const std::vector<std::string>& flags)
{
    CheckEnvironment();
    for (std::size_t i = 0; i < arguments.size(); ++i)
    {
        const std::string& argument = arguments[i];
        const int number = static_cast<int>(i) + 1;
        if (argument.rfind("--", 0) != 0)
        {
            throw InputError(
                COMMAND_LINE, number, "'" + argument + "' is no option, write --name=value");
        }
        const std::size_t equals = argument.find('=');
        const std::string wrong = CheckOption(
            argument.substr(2, equals == std::string::npos ? equals : equals - 2),
            equals == std::string::npos ? std::nullopt
                                        : std::optional<std::string>(argument.substr(equals + 1)),
            options,
            flags);
        if (!wrong.empty())
        {
            throw InputError(COMMAND_LINE, number, wrong);
        }
    }
}

int
FindArgument(const std::vector<std::string>& arguments, const std::string& name)
{
    const auto it =
        std::find_if(arguments.begin(), arguments.end(), [&](const std::string& argument) {
            return argument == "--" + name || argument.rfind("--" + name + "=", 0) == 0;
        });
    return it == arguments.end() ? 1 : static_cast<int>(it - arguments.begin()) + 1;
}

int
RunProgram(const std::string& name, const std::function<int()>& body)
{
    try
    {
        return body();
    }
    catch (const InputError& error)
    {
        std::cerr << error.what() << std::endl;
        return 2;
    }
    catch (const TopologyError& error)
    {
        std::cerr << error.what() << std::endl;
        return 2;
    }
    catch (const std::exception& error)
    {
        std::cerr << ToOneLine(name + ": " + error.what()) << std::endl;
        return 1;
    }
}

} // namespace ns3
