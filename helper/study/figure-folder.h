// SPDX-License-Identifier: GPL-2.0-only
// Where the files of a figure become whole before they get their names.
#ifndef VXLAN_MULTICAST_FIGURE_FOLDER_H
#define VXLAN_MULTICAST_FIGURE_FOLDER_H

#include "ns3/unfinished-files.h"

#include <memory>
#include <string>
#include <vector>

namespace ns3
{

/** `NAME.partial`, in which another program writes files under their final names. Gone with the object. */
class FigureFolder
{
  public:
    /**
     * Makes the folder, if that is possible; the first file written tells.
     * \param directory where the files go
     * \param name of the figure
     * \param files their names
     */
    FigureFolder(const std::string& directory,
                 const std::string& name,
                 std::vector<std::string> files);
    ~FigureFolder();
    FigureFolder(const FigureFolder&) = delete;
    FigureFolder& operator=(const FigureFolder&) = delete;

    const std::string& GetPath() const;
    /** \returns whether all files are there, and whole. */
    bool IsWhole() const;
    /** Moves all files into the directory. \returns false, with errno set, if that failed */
    bool Commit() const;

  private:
    std::string m_directory;
    UnfinishedFile m_folder;
    std::vector<std::string> m_names;
    std::vector<std::unique_ptr<UnfinishedFile>> m_files;
};

} // namespace ns3

#endif
