// SPDX-License-Identifier: GPL-2.0-only
// The command line of a program: one table of its options, each with its help and its parser, read
// as a whole before anything runs. Values may hold blanks.
#ifndef VXLAN_MULTICAST_PROGRAM_OPTIONS_H
#define VXLAN_MULTICAST_PROGRAM_OPTIONS_H

#include "ns3/input-error.h"

#include <functional>
#include <string>
#include <vector>

namespace ns3
{

/** What messages call the command line. */
extern const char* const COMMAND_LINE;

/** One option, `--name=value`. */
struct ProgramOption
{
    std::string name; //!< without dashes
    std::string help; //!< one line
    /** Takes a value. \throws std::invalid_argument: what is wrong, what would be right */
    std::function<void(const std::string& value)> parse;
    std::string fallback{}; //!< what counts without the option, for the help
    bool isFlag{false};     //!< true or false; without a value true
};

/** \returns an option whose value is taken as it is; what \p text holds counts without it. */
ProgramOption TextOption(const std::string& name, const std::string& help, std::string& text);
/** \returns an option that is true or false. */
ProgramOption FlagOption(const std::string& name, const std::string& help, bool& flag);

/** Appends \p more to \p options. \returns all of them */
std::vector<ProgramOption> JoinOptions(std::vector<ProgramOption> options,
                                       const std::vector<ProgramOption>& more);

/** The options of a program, and ns-3's. */
class ProgramOptions
{
  public:
    /**
     * \param program its name
     * \param about what it does; from "Exit status: " on its status; from "Example: " on a command
     * \param options in the order of the help
     */
    ProgramOptions(std::string program, std::string about, std::vector<ProgramOption> options);

    /**
     * Parses all arguments in their order, so that of two equal options the last counts. Help,
     * manual page and version are printed, and end the program.
     * \throws InputError `command line:N: …` at the Nth argument
     */
    void Parse(int argc, char* argv[]);

    /** \throws InputError if option \p name was not given */
    void Require(const std::string& name) const;

    /** \throws InputError about option \p name, where it was given */
    [[noreturn]] void Refuse(const std::string& name, const std::string& message) const;

    /** \returns the help. */
    std::string GetHelp() const;
    /** \returns the manual page, of the same table, in the format of man(7). */
    std::string GetManualPage() const;

  private:
    void ParseArgument(const std::string& argument);
    std::string FindUnknown(const std::string& name) const;

    std::string m_program;
    std::string m_about;
    std::vector<ProgramOption> m_options;
    std::vector<std::string> m_arguments;
};

/** Prints a line on stderr, without its middle if it quotes more than anyone reads. */
void PrintFault(const std::string& fault);

/**
 * Runs the whole of a program and says in one line on stderr what ended it. Signals that end it
 * remove what is not whole (EndCleanlyOnSignals); a pipe that breaks and a file that grows too large
 * are errors of writing.
 * \returns what \p body returns; 2 for bad input (InputError, TopologyError); 1 for other
 * exceptions, and where \p body returns 0 but its standard output could not be written
 */
int RunProgram(const std::string& name, const std::function<int()>& body);

} // namespace ns3

#endif
