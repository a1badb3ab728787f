// SPDX-License-Identifier: GPL-2.0-only
#include "ns3/open-files.h"

#include <algorithm>
#include <sys/resource.h>

namespace ns3
{

std::size_t
ReserveOpenFiles(std::size_t count)
{
    constexpr rlim_t OWN = 64; // standard streams, tables, pipes, libraries
    rlimit limit;
    if (getrlimit(RLIMIT_NOFILE, &limit) != 0 || limit.rlim_cur == RLIM_INFINITY)
    {
        return count;
    }
    const rlim_t needed = static_cast<rlim_t>(count) + OWN;
    if (needed > limit.rlim_cur)
    {
        rlimit raised = limit;
        raised.rlim_cur =
            limit.rlim_max == RLIM_INFINITY ? needed : std::min(needed, limit.rlim_max);
        // The kernel may refuse what the hard limit allows.
        if (setrlimit(RLIMIT_NOFILE, &raised) == 0)
        {
            limit = raised;
        }
    }
    return limit.rlim_cur <= OWN ? 0 : std::min<std::size_t>(count, limit.rlim_cur - OWN);
}

} // namespace ns3
