// SPDX-License-Identifier: GPL-2.0-only
#include "ns3/program-options.h"

#include "ns3/ns3-arguments.h"
#include "ns3/nstime.h"
#include "ns3/text.h"
#include "ns3/topology-graph.h"
#include "ns3/unfinished-files.h"
#include "ns3/versions.h"

#include <algorithm>
#include <cctype>
#include <cerrno>
#include <csignal>
#include <cstdlib>
#include <fcntl.h>
#include <iostream>
#include <map>
#include <optional>
#include <set>
#include <unistd.h>
#include <utility>

namespace ns3
{

const char* const COMMAND_LINE = "command line";

ProgramOption
TextOption(const std::string& name, const std::string& help, std::string& text)
{
    return {name, help, [&text](const std::string& value) { text = value; }, text};
}

ProgramOption
FlagOption(const std::string& name, const std::string& help, bool& flag)
{
    const auto parse = [name, &flag](const std::string& value) {
        static const std::set<std::string> yes{"true", "1", "t"};
        static const std::set<std::string> no{"false", "0", "f"};
        if (yes.count(value) == 0 && no.count(value) == 0)
        {
            throw std::invalid_argument("--" + name + " is '" + value + "', give true or false");
        }
        flag = yes.count(value) != 0;
    };
    return {name, help, parse, flag ? "true" : "false", true};
}

std::vector<ProgramOption>
JoinOptions(std::vector<ProgramOption> options, const std::vector<ProgramOption>& more)
{
    options.insert(options.end(), more.begin(), more.end());
    return options;
}

namespace
{

/** \returns \p text as roff takes it literally. */
std::string
EscapeRoff(const std::string& text)
{
    static const std::map<char, std::string> escapes{{'\\', "\\e"}, {'-', "\\-"}};
    std::string escaped;
    for (const char letter : text)
    {
        const auto it = escapes.find(letter);
        const bool isControl =
            (letter == '.' || letter == '\'') && (escaped.empty() || escaped.back() == '\n');
        escaped += isControl ? "\\&" : "";
        escaped += it == escapes.end() ? std::string(1, letter) : it->second;
    }
    return escaped;
}

/**
 * Opens standard streams that are closed: else the first files opened get their numbers, and what is
 * printed. Nothing can be written to them, as before.
 */
void
OpenStandardStreams()
{
    for (const int file : {STDIN_FILENO, STDOUT_FILENO, STDERR_FILENO})
    {
        if (fcntl(file, F_GETFD) < 0 && errno == EBADF)
        {
            // The lowest number that is free is this one.
            const int opened = open("/dev/null", file == STDIN_FILENO ? O_WRONLY : O_RDONLY);
            static_cast<void>(opened);
        }
    }
}

/** \returns \p status, or 1 with a line if what was printed did not come out. */
int
FlushOutput(const std::string& name, int status)
{
    std::cout.flush();
    if (std::cout || status != 0)
    {
        return status;
    }
    std::cerr << name << ": standard output cannot be written" << std::endl;
    return 1;
}

} // namespace

ProgramOptions::ProgramOptions(std::string program,
                               std::string about,
                               std::vector<ProgramOption> options)
    : m_program(std::move(program)),
      m_about(std::move(about)),
      m_options(std::move(options))
{
}

void
ProgramOptions::Parse(int argc, char* argv[])
{
    CheckNs3Environment();
    m_arguments.assign(argv + 1, argv + argc);
    for (std::size_t i = 0; i < m_arguments.size(); ++i)
    {
        try
        {
            ParseArgument(m_arguments[i]);
        }
        catch (const std::invalid_argument& error)
        {
            throw InputError(COMMAND_LINE, static_cast<int>(i) + 1, error.what());
        }
    }
}

void
ProgramOptions::ParseArgument(const std::string& argument)
{
    static const std::set<std::string> help{"-h", "--help", "--PrintHelp"};
    static const std::set<std::string> version{"--version", "--PrintVersion"};
    const bool isManual = argument == "--man";
    if (help.count(argument) != 0 || version.count(argument) != 0 || isManual)
    {
        std::cout << (isManual                    ? GetManualPage()
                      : help.count(argument) != 0 ? GetHelp()
                                                  : GetVersions(m_program) + "\n");
        std::exit(FlushOutput(m_program, 0));
    }
    if (argument.rfind("--", 0) != 0)
    {
        throw std::invalid_argument("'" + argument + "' is no option, write --name=value");
    }
    const std::size_t equals = argument.find('=');
    const std::string name = argument.substr(2, equals == std::string::npos ? equals : equals - 2);
    const auto value = equals == std::string::npos
                           ? std::nullopt
                           : std::optional<std::string>(argument.substr(equals + 1));
    const auto option = std::find_if(
        m_options.begin(), m_options.end(), [&name](const auto& o) { return o.name == name; });
    if (option == m_options.end())
    {
        if (!IsNs3Argument(name))
        {
            throw std::invalid_argument(FindUnknown(name));
        }
        ApplyNs3Argument(name, value);
        return;
    }
    if (!option->isFlag && value.value_or("").empty())
    {
        throw std::invalid_argument("--" + name + " has no value, give --" + name + "=…");
    }
    option->parse(value.value_or("true"));
}

/** \returns the message about the unknown option \p name. */
std::string
ProgramOptions::FindUnknown(const std::string& name) const
{
    std::set<std::string> known;
    std::vector<std::string> names;
    for (const ProgramOption& option : m_options)
    {
        known.insert(option.name);
        names.push_back("--" + option.name);
    }
    const auto near = FindNearMiss(name, known);
    return "unknown option --" + name + (near ? ", give --" + *near : "") + ", known are " +
           JoinWords(names) + " and those of --help";
}

void
ProgramOptions::Require(const std::string& name) const
{
    const bool given =
        std::any_of(m_arguments.begin(), m_arguments.end(), [&name](const std::string& argument) {
            return argument.rfind("--" + name + "=", 0) == 0;
        });
    if (!given)
    {
        Refuse(name, "no --" + name + ", give --" + name + "=…");
    }
}

void
ProgramOptions::Refuse(const std::string& name, const std::string& message) const
{
    // Of equal options the last counts; an absent one is reported at the first argument.
    const auto it = std::find_if(
        m_arguments.rbegin(), m_arguments.rend(), [&name](const std::string& argument) {
            return argument == "--" + name || argument.rfind("--" + name + "=", 0) == 0;
        });
    const auto place = it == m_arguments.rend() ? 1 : m_arguments.rend() - it;
    throw InputError(COMMAND_LINE, static_cast<int>(place), message);
}

std::string
ProgramOptions::GetHelp() const
{
    constexpr std::size_t HELP_COLUMN = 24;
    std::string text = m_program + " --NAME=VALUE …\n\n" + m_about + "\n\nOptions:\n";
    for (const ProgramOption& option : m_options)
    {
        std::string line = "  --" + option.name + (option.isFlag ? "" : "=…");
        // The ellipsis is one letter of three bytes.
        const std::size_t width = line.size() - (option.isFlag ? 0 : 2);
        line += width + 1 < HELP_COLUMN ? std::string(HELP_COLUMN - width, ' ') : "  ";
        line += option.help + (option.fallback.empty() ? "" : " [" + option.fallback + "]");
        text += line + "\n";
    }
    return text + "\nOf ns-3:\n" + GetNs3Help() +
           "\n  --help, -h, --version\n  --man                            this as a manual page: "
           "| man -l -\n";
}

std::string
ProgramOptions::GetManualPage() const
{
    // The help's parts, each from its heading on.
    const std::size_t example = std::min(m_about.find("Example: "), m_about.size());
    const std::size_t status = std::min(m_about.find("Exit status: "), example);
    const auto part = [this](std::size_t from, std::size_t to) {
        const std::size_t heading = m_about.find(": ", from);
        const std::size_t begin = from == 0 ? 0 : std::min(heading + 2, to);
        std::string text = m_about.substr(begin, to - begin);
        return EscapeRoff(text.substr(0, text.find_last_not_of(" \n") + 1));
    };
    const std::string about = part(0, status);
    std::string upper = m_program;
    std::transform(upper.begin(), upper.end(), upper.begin(), [](unsigned char c) {
        return static_cast<char>(std::toupper(c));
    });
    std::string text =
        ".TH " + upper + " 1 \"\" \"vxlan-multicast " + GetModuleVersion() +
        "\" \"User Commands\"\n.SH NAME\n" + EscapeRoff(m_program) + " \\- " +
        about.substr(0, about.find_first_of(".;")) + "\n.SH SYNOPSIS\n.B " + EscapeRoff(m_program) +
        "\n\\-\\-\\fINAME\\fR=\\fIVALUE\\fR ...\n.SH DESCRIPTION\n" + about + "\n.SH OPTIONS\n";
    for (const ProgramOption& option : m_options)
    {
        text += ".TP\n\\fB" + EscapeRoff("--" + option.name) + "\\fR" +
                (option.isFlag ? "" : "=\\fIVALUE\\fR") + "\n" + EscapeRoff(option.help) +
                (option.fallback.empty() ? "" : " [" + EscapeRoff(option.fallback) + "]") + "\n";
    }
    text += ".TP\n\\fB\\-h\\fR, \\fB\\-\\-help\\fR, \\fB\\-\\-version\\fR, \\fB\\-\\-man\\fR\n"
            "Help, versions, this page.\n.SS Of ns\\-3\n.nf\n" +
            EscapeRoff(GetNs3Help()) + ".fi\n";
    text += status < example ? ".SH \"EXIT STATUS\"\n" + part(status, example) + "\n" : "";
    text += example < m_about.size()
                ? ".SH EXAMPLES\n.nf\n" + part(example, m_about.size()) + "\n.fi\n"
                : "";
    return text;
}

namespace
{

/** \returns \p text, which may quote input, without its middle if it is longer than anyone reads. */
std::string
ClipMiddle(const std::string& text)
{
    constexpr std::size_t MOST = 2000;
    constexpr std::size_t TAIL = 450;
    if (text.size() <= MOST)
    {
        return text;
    }
    // Not within a letter of several bytes.
    const auto continues = [&text](std::size_t at) {
        return (static_cast<unsigned char>(text[at]) & 0xc0) == 0x80;
    };
    std::size_t head = MOST - TAIL;
    while (head > 0 && continues(head))
    {
        --head;
    }
    std::size_t tail = text.size() - TAIL;
    while (tail < text.size() && continues(tail))
    {
        ++tail;
    }
    return text.substr(0, head) + "…" + text.substr(tail);
}

} // namespace

void
PrintFault(const std::string& fault)
{
    std::cerr << ClipMiddle(fault) << std::endl;
}

namespace
{

/** \returns the status of \p body. */
int
RunBody(const std::string& name, const std::function<int()>& body)
{
    try
    {
        return body();
    }
    catch (const InputError& error)
    {
        PrintFault(error.what());
        return 2;
    }
    catch (const TopologyError& error)
    {
        PrintFault(error.what());
        return 2;
    }
    catch (const std::exception& error)
    {
        PrintFault(ToOneLine(name + ": " + error.what()));
        return 1;
    }
}

} // namespace

int
RunProgram(const std::string& name, const std::function<int()>& body)
{
    // ns-3's default; said once, ns-3 no longer lists all Times there are before Simulator::Run.
    Time::SetResolution(Time::NS);
    OpenStandardStreams();
    std::signal(SIGPIPE, SIG_IGN);
    std::signal(SIGXFSZ, SIG_IGN);
    EndCleanlyOnSignals(name);
    return FlushOutput(name, RunBody(name, body));
}

} // namespace ns3
