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
    constexpr int64_t SECOND = 1000000000;
    const int64_t nanoseconds = time.GetNanoSeconds();
    std::string fraction = std::to_string(std::llabs(nanoseconds % SECOND));
    fraction.insert(0, 9 - fraction.size(), '0');
    return TrimZeros((nanoseconds < 0 ? "-" : "") +
                     std::to_string(std::llabs(nanoseconds / SECOND)) + "." + fraction);
}

std::string
FormatDecimal(double value, int decimals)
{
    char text[400];
    std::snprintf(text, sizeof text, "%.*f", decimals, value);
    return TrimZeros(text);
}

} // namespace ns3
