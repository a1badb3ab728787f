// SPDX-License-Identifier: GPL-2.0-only
// Runs of the built program vxlan-lab: what it prints, how it ends, what it leaves.
#ifndef VXLAN_MULTICAST_TEST_LAB_PROGRAM_H
#define VXLAN_MULTICAST_TEST_LAB_PROGRAM_H

#include "support/paths.h"
#include "support/table-folder.h"

#include <gtest/gtest.h>

#include <stdlib.h>
#include <sys/wait.h>

#include <filesystem>
#include <fstream>
#include <string>

namespace ns3
{

/** The R/E/C lab. */
inline const std::string REC_LAB = SOURCE_DIR "/topologies/rec-lab.graphml";

/** A folder that is gone with the object. */
class ScratchFolder
{
  public:
    ScratchFolder()
    {
        char name[] = "/tmp/vxlan-lab-test-XXXXXX";
        m_path = mkdtemp(name);
    }

    ~ScratchFolder()
    {
        std::error_code ignored;
        std::filesystem::remove_all(m_path, ignored);
    }

    ScratchFolder(const ScratchFolder&) = delete;
    ScratchFolder& operator=(const ScratchFolder&) = delete;

    std::string GetPath(const std::string& file) const
    {
        return m_path + "/" + file;
    }

    /** Writes a file. \returns its path */
    std::string Write(const std::string& file, const std::string& text) const
    {
        std::ofstream(GetPath(file), std::ios::binary) << text;
        return GetPath(file);
    }

  private:
    std::string m_path;
};

/** How a command ended and what it wrote. */
struct CommandResult
{
    int status; //!< -1: by a signal
    std::string out;
    std::string err;
};

/** Runs a command of the shell. */
inline CommandResult
RunCommand(const std::string& command)
{
    const ScratchFolder scratch;
    const std::string out = scratch.GetPath("out");
    const std::string err = scratch.GetPath("err");
    const int status = std::system((command + " >" + out + " 2>" + err).c_str());
    return {WIFEXITED(status) ? WEXITSTATUS(status) : -1, ReadText(out), ReadText(err)};
}

/** One run of vxlan-lab. */
class LabProgram
{
  public:
    /**
     * \param scenario YAML, or a file's path
     * \param topology a file or spec
     * \param options more options
     */
    explicit LabProgram(const std::string& scenario,
                        const std::string& topology = REC_LAB,
                        const std::string& options = "")
        : m_tables(m_scratch.GetPath("out"))
    {
        const std::string file = scenario.find('\n') == std::string::npos
                                     ? scenario
                                     : m_scratch.Write("scenario.yaml", scenario);
        m_result =
            RunCommand(BIN_DIR "/vxlan-lab '--topology=" + topology + "' '--scenario=" + file +
                       "' '--output=" + m_scratch.GetPath("out") + "' " + options);
    }

    int GetStatus() const
    {
        return m_result.status;
    }

    const std::string& GetOut() const
    {
        return m_result.out;
    }

    const std::string& GetErr() const
    {
        return m_result.err;
    }

    /** \returns the path of the YAML file, if it was given as text. */
    std::string GetScenarioPath() const
    {
        return m_scratch.GetPath("scenario.yaml");
    }

    /** \returns the path of an output file. */
    std::string GetPath(const std::string& file) const
    {
        return m_tables.GetPath(file);
    }

    /** \returns whether the output folder is there. */
    bool HasOutput() const
    {
        return std::filesystem::exists(m_scratch.GetPath("out"));
    }

    /** \returns the names of the output files. */
    std::set<std::string> GetFiles() const
    {
        std::set<std::string> files;
        for (const auto& entry : std::filesystem::directory_iterator(m_scratch.GetPath("out")))
        {
            files.insert(entry.path().filename().string());
        }
        return files;
    }

    const TableFolder& GetTables() const
    {
        return m_tables;
    }

    const TableFolder* operator->() const
    {
        return &m_tables;
    }

  private:
    ScratchFolder m_scratch;
    TableFolder m_tables;
    CommandResult m_result;
};

/** \returns the scenario file of that name in examples. */
inline std::string
ExampleScenario(const std::string& name)
{
    return SOURCE_DIR "/examples/scenarios/" + name + ".yaml";
}

} // namespace ns3

#endif
