// SPDX-License-Identifier: GPL-2.0-only
#include "ns3/topology-address.h"
#include "ns3/text.h"

namespace ns3
{

std::optional<TopologyAddress>
ParseAddress(const std::string& text)
{
    TopologyAddress address = 0;
    std::size_t from = 0;
    for (int part = 0; part < 4; ++part)
    {
        const std::size_t to = part < 3 ? text.find('.', from) : text.size();
        if (to == std::string::npos)
        {
            return std::nullopt;
        }
        const auto byte = ParseNumber(text.substr(from, to - from), 0, 255);
        if (!byte)
        {
            return std::nullopt;
        }
        address = address << 8 | static_cast<uint32_t>(*byte);
        from = to + 1;
    }
    return address;
}

std::optional<Ipv4Prefix>
ParsePrefix(const std::string& text)
{
    const std::size_t slash = text.find('/');
    if (slash == std::string::npos)
    {
        return std::nullopt;
    }
    const auto address = ParseAddress(text.substr(0, slash));
    const auto length = ParseNumber(text.substr(slash + 1), 0, 32);
    if (!address || !length)
    {
        return std::nullopt;
    }
    const Ipv4Prefix prefix(*address, static_cast<uint8_t>(*length));
    return prefix.GetBits() == *address ? std::optional<Ipv4Prefix>(prefix) : std::nullopt;
}

std::string
FormatAddress(TopologyAddress address)
{
    std::string text;
    for (int shift = 24; shift >= 0; shift -= 8)
    {
        text += std::to_string(address >> shift & 0xff) + (shift > 0 ? "." : "");
    }
    return text;
}

} // namespace ns3
