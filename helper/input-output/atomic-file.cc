// SPDX-License-Identifier: GPL-2.0-only
#include "ns3/atomic-file.h"

#include <cstdio>
#include <fstream>

namespace ns3
{

bool
WriteFileWhole(const std::string& path, const std::string& content)
{
    const std::string part = path + ".part";
    std::ofstream file(part, std::ios::binary | std::ios::trunc);
    file << content;
    file.close();
    if (!file || std::rename(part.c_str(), path.c_str()) != 0)
    {
        std::remove(part.c_str());
        return false;
    }
    return true;
}

} // namespace ns3
