// SPDX-License-Identifier: GPL-2.0-only
#include "ns3/number-format.h"

#include <cstdio>
#include <cstdlib>

namespace ns3
{

static std::string
TrimZeros(std::string number)
{
    if (number.find('.') != std::string::npos)
    {
        number.erase(number.find_last_not_of('0') + 1);
        if (number.back() == '.')
        {
            number.pop_back();
        }
    }
    return number == "-0" ? "0" : number;
}

std::string
FormatSeconds(Time time)
{
    const int64_t nanoseconds = time.GetNanoSeconds();
    char text[40];
    std::snprintf(text,
                  sizeof text,
                  "%s%lld.%09lld",
                  nanoseconds < 0 ? "-" : "",
                  std::llabs(nanoseconds / 1000000000),
                  std::llabs(nanoseconds % 1000000000));
    return TrimZeros(text);
}

std::string
FormatDecimal(double value, int decimals)
{
    char text[400];
    std::snprintf(text, sizeof text, "%.*f", decimals, value);
    return TrimZeros(text);
}

} // namespace ns3
