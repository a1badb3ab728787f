// SPDX-License-Identifier: GPL-2.0-only
// A run's output directory: made if need be, and gone again if the run does not get so far.
#ifndef VXLAN_MULTICAST_RUN_OUTPUT_H
#define VXLAN_MULTICAST_RUN_OUTPUT_H

#include "ns3/csv-table.h"

#include <string>
#include <vector>

namespace ns3
{

/** Where a run writes. */
class RunOutput
{
  public:
    /**
     * Makes the directory, tries to write in it, and keeps other processes from doing the same.
     * \throws InputError if it cannot be written, or another process writes there
     */
    explicit RunOutput(const std::string& directory);
    /** Unless Keep was called, removes the directories that were made, which are empty. */
    ~RunOutput();
    RunOutput(const RunOutput&) = delete;
    RunOutput& operator=(const RunOutput&) = delete;

    /** The run is under way: from now on files may stay. */
    void Keep();
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
    /** Writes a file, whole. \throws std::runtime_error when the disk refuses */
    void Write(const std::string& file, const std::string& content) const;
    /** Writes NAME.csv. */
    void Write(const CsvTable& table) const;

  private:
    void TryWriting() const;
    void Lock();
    void Unlock();
    void RemoveMade() const;
    [[noreturn]] void Refuse(const std::string& why) const;

    std::string m_directory;
    int m_lock{-1};     //!< file that is locked; -1: none
    std::string m_made; //!< the topmost directory that was made; empty: none
    bool m_keep{false};
};

} // namespace ns3

#endif
