// SPDX-License-Identifier: GPL-2.0-only
// What a value prints, as text: addresses of ns-3 among others.
#ifndef VXLAN_MULTICAST_PRINTED_H
#define VXLAN_MULTICAST_PRINTED_H

#include <sstream>
#include <string>

namespace ns3
{

/** \returns what \p value prints. */
template <typename T>
std::string
ToText(const T& value)
{
    std::ostringstream os;
    os << value;
    return os.str();
}

} // namespace ns3

#endif
