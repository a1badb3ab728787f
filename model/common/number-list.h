// SPDX-License-Identifier: GPL-2.0-only
// Lists of numbers as options write them. Header only and free of ns-3.
#ifndef VXLAN_MULTICAST_NUMBER_LIST_H
#define VXLAN_MULTICAST_NUMBER_LIST_H

#include "ns3/text.h"

#include <algorithm>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace ns3
{

/**
 * \returns the numbers of a list such as `1,4,16` or `1-5`, in order, each once; nothing if one is
 *          not from \p min to \p max, or if a range has more than \p most
 */
inline std::optional<std::vector<uint64_t>>
ParseNumberList(const std::string& text, uint64_t min, uint64_t max, uint64_t most = 100000)
{
    std::vector<uint64_t> numbers;
    for (const std::string& item : SplitAt(text, ','))
    {
        const std::vector<std::string> ends = SplitAt(item, '-');
        const auto first = ParseNumber(ends.front(), min, max);
        const auto last = ParseNumber(ends.back(), min, max);
        if (!first || !last || ends.size() > 2 || *last < *first || *last - *first >= most)
        {
            return std::nullopt;
        }
        for (uint64_t number = *first; number <= *last; ++number)
        {
            if (std::find(numbers.begin(), numbers.end(), number) == numbers.end())
            {
                numbers.push_back(number);
            }
        }
    }
    return numbers;
}

} // namespace ns3

#endif
