// SPDX-License-Identifier: GPL-2.0-only
#include "ns3/command-line-check.h"

#include "ns3/global-value.h"
#include "ns3/scenario-values.h"
#include "ns3/scenario.h"
#include "ns3/string.h"
#include "ns3/topology-values.h"

#include <algorithm>

namespace ns3
{

const char* const COMMAND_LINE = "command line";

namespace
{

const GlobalValue*
FindGlobal(const std::string& name)
{
    const auto it = std::find_if(GlobalValue::Begin(),
                                 GlobalValue::End(),
                                 [&](const GlobalValue* value) { return value->GetName() == name; });
    return it == GlobalValue::End() ? nullptr : *it;
}

/** \returns what is wrong with `--name=value`; empty if nothing is. */
std::string
CheckOption(const std::string& name,
            const std::optional<std::string>& value,
            const std::vector<std::string>& options)
{
    if (std::find(options.begin(), options.end(), name) != options.end() || name == "help" ||
        name == "version" || name.rfind("Print", 0) == 0)
    {
        return "";
    }
    if (const GlobalValue* global = FindGlobal(name))
    {
        // ns-3's own parser of numbers aborts at letters.
        const bool isNumber = global->GetChecker()->GetValueTypeName() == "ns3::UintegerValue";
        const bool isRight = value && (!isNumber || ParseNumber(*value, 0, ~uint64_t(0))) &&
                             global->GetChecker()->CreateValidValue(StringValue(*value));
        return isRight ? "" : "--" + name + " wants a value of " +
                                  global->GetChecker()->GetValueTypeName() + ", as --" + name + "=1";
    }
    if (name.find("::") != std::string::npos)
    {
        return CheckAttribute(name, value.value_or(""));
    }
    return "unknown option --" + name + ", known are --" + JoinWords(options, ", --") +
           " and those of --PrintHelp";
}

} // namespace

void
CheckCommandLine(const std::vector<std::string>& arguments, const std::vector<std::string>& options)
{
    for (std::size_t i = 0; i < arguments.size(); ++i)
    {
        const std::string& argument = arguments[i];
        const int number = static_cast<int>(i) + 1;
        if (argument.rfind("--", 0) != 0)
        {
            throw InputError(COMMAND_LINE,
                             number,
                             "'" + argument + "' is no option, write --name=value");
        }
        const std::size_t equals = argument.find('=');
        const std::string wrong =
            CheckOption(argument.substr(2, equals == std::string::npos ? equals : equals - 2),
                        equals == std::string::npos
                            ? std::nullopt
                            : std::optional<std::string>(argument.substr(equals + 1)),
                        options);
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

} // namespace ns3
