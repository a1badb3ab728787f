// SPDX-License-Identifier: GPL-2.0-only
// A file that is written as it grows, and gets its name only when it is whole.
#ifndef VXLAN_MULTICAST_PARTIAL_FILE_H
#define VXLAN_MULTICAST_PARTIAL_FILE_H

#include "ns3/unfinished-files.h"

#include <fstream>
#include <string>

namespace ns3
{

/** Writes `NAME.partial`, which Commit renames and the destructor otherwise removes. */
class PartialFile
{
  public:
    /** \throws std::runtime_error if the file cannot be created */
    explicit PartialFile(const std::string& path);
    ~PartialFile();
    PartialFile(const PartialFile&) = delete;
    PartialFile& operator=(const PartialFile&) = delete;

    /** Where to write; after Close, nowhere. */
    std::ostream& GetStream();
    /** \throws std::runtime_error if anything so far could not be written, as far as is known */
    void Check() const;
    /** Writes out what is left. \throws std::runtime_error if anything could not be written */
    void Close();
    /** Closes the file and gives it its name. \throws std::runtime_error */
    void Commit();

  private:
    [[noreturn]] void Fail() const;

    std::string m_path;
    UnfinishedFile m_partial;
    std::ofstream m_stream;
    bool m_committed{false};
};

} // namespace ns3

#endif
