// SPDX-License-Identifier: GPL-2.0-only
#include "ns3/atomic-file.h"

#include "ns3/unfinished-files.h"

#include <cerrno>
#include <cstdio>
#include <fstream>

namespace ns3
{

bool
WriteFileWhole(const std::string& path, const std::string& content)
{
    const UnfinishedFile part(path + PARTIAL_SUFFIX);
    std::ofstream file(part.GetPath(), std::ios::binary | std::ios::trunc);
    file << content;
    file.close();
    if (!file || std::rename(part.GetPath().c_str(), path.c_str()) != 0)
    {
        const int why = errno;
        std::remove(part.GetPath().c_str());
        errno = why;
        return false;
    }
    return true;
}

} // namespace ns3
