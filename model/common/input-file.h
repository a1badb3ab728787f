// SPDX-License-Identifier: GPL-2.0-only
// Files that users write, read as a whole. Header only and free of ns-3.
#ifndef VXLAN_MULTICAST_INPUT_FILE_H
#define VXLAN_MULTICAST_INPUT_FILE_H

#include <cstddef>
#include <fstream>
#include <optional>
#include <stdexcept>
#include <string>
#include <vector>

namespace ns3
{

/** The most bytes of a file that a person or a script writes: a million lines of a plan. */
constexpr std::size_t MOST_INPUT_BYTES = std::size_t(16) << 20;

/** \returns \p text without UTF-8's byte order mark, which editors elsewhere put at the beginning. */
inline std::string
WithoutByteOrderMark(std::string text)
{
    return text.compare(0, 3, "\xef\xbb\xbf") == 0 ? text.substr(3) : text;
}

/**
 * \returns what \p file holds, without byte order mark; nothing if it cannot be read
 * \throws std::length_error `is larger than …` if it has more than \p most bytes, or does not end
 */
inline std::optional<std::string>
ReadInputFile(const std::string& file, std::size_t most = MOST_INPUT_BYTES)
{
    constexpr std::size_t BLOCK = 64 << 10;
    std::ifstream stream(file, std::ios::binary);
    if (!stream)
    {
        return std::nullopt;
    }
    std::string text;
    std::vector<char> block(BLOCK);
    while (stream && text.size() <= most)
    {
        stream.read(block.data(), BLOCK);
        text.append(block.data(), static_cast<std::size_t>(stream.gcount()));
    }
    if (text.size() > most)
    {
        throw std::length_error("is larger than " + std::to_string(most >> 20) + " MB");
    }
    return stream.bad() ? std::nullopt : std::optional<std::string>(WithoutByteOrderMark(text));
}

} // namespace ns3

#endif
