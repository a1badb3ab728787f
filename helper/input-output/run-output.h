// SPDX-License-Identifier: GPL-2.0-only
// A run's output directory: made if need be, and gone again if the run does not get so far.
#ifndef VXLAN_MULTICAST_RUN_OUTPUT_H
#define VXLAN_MULTICAST_RUN_OUTPUT_H

#include "ns3/csv-table.h"
#include "ns3/unfinished-files.h"

#include <map>
#include <memory>
#include <set>
#include <string>
#include <vector>

namespace ns3
{

/**
 * Where a run writes. A run that is killed leaves nothing but files called `….partial`, which the
 * next run in the directory removes.
 */
class RunOutput
{
  public:
    /**
     * Makes the directory, locks it against other processes, which also tells whether it can be
     * written, and removes what a run that was killed has left.
     * \throws InputError if it cannot be written, or another process writes there
     */
    explicit RunOutput(const std::string& directory);
    /** Removes what is staged still, and the directories that were made if they are empty. */
    ~RunOutput();
    RunOutput(const RunOutput&) = delete;
    RunOutput& operator=(const RunOutput&) = delete;

    /**
     * To be called before a run, for each file that it will write.
     * \throws InputError if what is called \p file cannot be replaced, as a folder cannot
     */
    void CheckReplaceable(const std::string& file) const;
    /** \returns the path of a file in the directory. */
    std::string GetPath(const std::string& file) const;
    /** \returns what a file in the directory holds; empty if there is none. */
    std::string Read(const std::string& file) const;
    /** Removes files of an earlier run, if they are there. \param files names without folder */
    void RemoveStale(const std::vector<std::string>& files) const;
    /**
     * Begins a file that gets its name with CommitStaged, and is removed if it does not come to
     * that. \returns the path to write to
     */
    std::string Stage(const std::string& file);
    /** Stages a file with its content. \throws std::runtime_error when the disk refuses */
    void StageText(const std::string& file, const std::string& content);
    /** \returns the names of what is staged. */
    std::set<std::string> GetStaged() const;
    /** Gives all staged files, which are closed, their names. \throws std::runtime_error */
    void CommitStaged();
    /** Writes a file, whole. \throws std::runtime_error when the disk refuses */
    void Write(const std::string& file, const std::string& content) const;
    /** Writes NAME.csv. */
    void Write(const CsvTable& table) const;

  private:
    void MakeFolder() const;
    void RemovePartial() const;
    void Lock();
    void Unlock();
    [[noreturn]] void FailToWrite(const std::string& file) const;
    void RemoveMade() const;
    [[noreturn]] void Refuse(const std::string& why) const;
    [[noreturn]] void RefuseToWrite(const std::string& why) const;

    std::string m_directory;
    int m_lock{-1};                                             //!< file that is locked; -1: none
    std::vector<std::unique_ptr<UnfinishedFile>> m_madeFolders; //!< the topmost first
    std::unique_ptr<UnfinishedFile> m_lockFile;
    std::map<std::string, UnfinishedFile> m_staged; //!< by name
};

} // namespace ns3

#endif
