// SPDX-License-Identifier: GPL-2.0-only
// What every program says of bad input.
#ifndef VXLAN_MULTICAST_INPUT_ERROR_H
#define VXLAN_MULTICAST_INPUT_ERROR_H

#include "ns3/text.h"

#include <stdexcept>
#include <string>

namespace ns3
{

/** Bad input or usage. what() is one line: `FILE:LINE: what is wrong, what would be right`. */
class InputError : public std::runtime_error
{
  public:
    explicit InputError(const std::string& message)
        : std::runtime_error(ToOneLine(message))
    {
    }

    InputError(const std::string& file, int line, const std::string& message)
        : InputError(file + ":" + std::to_string(line) + ": " + message)
    {
    }
};

} // namespace ns3

#endif
