// SPDX-License-Identifier: GPL-2.0-only
#include "ns3/command-line-check.h"

#include "ns3/global-value.h"
#include "ns3/input-error.h"
#include "ns3/scenario-values.h"
#include "ns3/string.h"
#include "ns3/topology-graph.h"
#include "ns3/topology-values.h"
#include "ns3/type-id.h"

#include <algorithm>
#include <iostream>

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

/** \returns what is wrong with the value of a global; empty if nothing is. */
std::string
CheckGlobal(const GlobalValue& global, const std::optional<std::string>& value)
{
    // ns-3's own parser of numbers aborts at letters, its simulator at a class that is not there.
    const std::string name = global.GetName();
    const std::string type = global.GetChecker()->GetValueTypeName();
    TypeId tid;
    const bool isRight =
        value && (type != "ns3::UintegerValue" || ParseNumber(*value, 0, ~uint64_t(0))) &&
        (name != "SimulatorImplementationType" || TypeId::LookupByNameFailSafe(*value, &tid)) &&
        global.GetChecker()->CreateValidValue(StringValue(*value));
    return isRight ? "" : "--" + name + " wants a value of " + type + ", as --" + name + "=1";
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
    if (IsIn(options, name) || name == "PrintGroup" || name == "PrintAttributes")
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
        std::cerr << name << ": " << error.what() << std::endl;
        return 1;
    }
}

} // namespace ns3
