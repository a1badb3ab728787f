// SPDX-License-Identifier: GPL-2.0-only
// What a value prints, as text: addresses of ns-3 among others.
#ifndef VXLAN_MULTICAST_PRINTED_H
#define VXLAN_MULTICAST_PRINTED_H

#include "ns3/ipv4-address.h"
#include "ns3/source-group.h"

#include <sstream>
#include <string>

namespace ns3
{

/** Appends \p address as it prints: events have one or two each, and a stream costs ten times that. */
inline void
AppendText(std::string& text, Ipv4Address address)
{
    const uint32_t bits = address.Get();
    for (int shift = 24; shift >= 0; shift -= 8)
    {
        text += std::to_string(bits >> shift & 0xff);
        if (shift != 0)
        {
            text += '.';
        }
    }
}

inline void
AppendText(std::string& text, const SourceGroup& key)
{
    text += '(';
    key.IsStarG() ? void(text += '*') : AppendText(text, key.GetSource());
    text += ',';
    AppendText(text, key.GetGroup());
    text += ')';
}

inline std::string
ToText(Ipv4Address address)
{
    std::string text;
    AppendText(text, address);
    return text;
}

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
