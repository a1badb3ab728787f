// SPDX-License-Identifier: GPL-2.0-only
#include "ns3/pim-access.h"

#include "ns3/text.h"

#include <stdexcept>

namespace ns3
{

namespace
{

/** \throws std::invalid_argument */
Ipv4Prefix
ParseAccessPrefix(const std::string& text)
{
    constexpr uint64_t WHOLE = 32;
    const std::vector<std::string> parts = SplitAt(text, '/');
    const auto address = ParseDottedQuad(parts.front());
    const auto length = parts.size() == 2   ? ParseNumber(parts[1], 0, WHOLE)
                        : parts.size() == 1 ? std::optional<uint64_t>(WHOLE)
                                            : std::nullopt;
    if (!address || !length)
    {
        throw std::invalid_argument(text + " is no prefix, write 192.168.1.0/24 or 10.0.0.1");
    }
    return Ipv4Prefix(Ipv4Address(*address), static_cast<uint8_t>(*length));
}

} // namespace

void
PimAccessList::Set(const std::string& text)
{
    std::vector<Ipv4Prefix> prefixes;
    for (const std::string& word : SplitWords(text))
    {
        prefixes.push_back(ParseAccessPrefix(word));
    }
    m_prefixes = std::move(prefixes);
}

std::string
PimAccessList::GetText() const
{
    std::string text;
    for (const Ipv4Prefix& prefix : m_prefixes)
    {
        text += (text.empty() ? "" : " ") + prefix.ToString();
    }
    return text;
}

} // namespace ns3
