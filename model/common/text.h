// SPDX-License-Identifier: GPL-2.0-only
// Text: split, joined, parsed, looked up, shown. Header only and free of ns-3, so that the
// components that stand on the graph alone can use it.
#ifndef VXLAN_MULTICAST_TEXT_H
#define VXLAN_MULTICAST_TEXT_H

#include <algorithm>
#include <charconv>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <optional>
#include <set>
#include <string>
#include <system_error>
#include <vector>

namespace ns3
{

/** \returns whether \p c is one of ASCII's control characters: NUL, line breaks, tab, DEL, … */
inline bool
IsControlCharacter(char c)
{
    const auto byte = static_cast<unsigned char>(c);
    return byte < 0x20 || byte == 0x7f;
}

/**
 * \returns \p text as one line that a terminal shows whole: control characters, which input may
 * hold, become `\n`, `\t`, `\x00`, …
 */
inline std::string
ToOneLine(const std::string& text)
{
    static const char* const digits = "0123456789abcdef";
    std::string line;
    for (char c : text)
    {
        if (!IsControlCharacter(c))
        {
            line += c;
            continue;
        }
        switch (c)
        {
        case '\n':
            line += "\\n";
            break;
        case '\r':
            line += "\\r";
            break;
        case '\t':
            line += "\\t";
            break;
        default:
            line += "\\x";
            line += digits[static_cast<unsigned char>(c) >> 4];
            line += digits[static_cast<unsigned char>(c) & 15];
            break;
        }
    }
    return line;
}

/** \returns whether \p text ends with \p ending. */
inline bool
HasEnding(const std::string& text, const std::string& ending)
{
    return text.size() >= ending.size() &&
           text.compare(text.size() - ending.size(), ending.size(), ending) == 0;
}

/** \returns the words of \p text between any of \p separators, none of them empty. */
inline std::vector<std::string>
SplitWords(const std::string& text, const char* separators = " \t\r\n,;")
{
    std::vector<std::string> words;
    std::size_t from = text.find_first_not_of(separators);
    while (from != std::string::npos)
    {
        const std::size_t to = text.find_first_of(separators, from);
        words.push_back(text.substr(from, to == std::string::npos ? to : to - from));
        from = text.find_first_not_of(separators, to);
    }
    return words;
}

/** \returns \p text without white space at its ends. */
inline std::string
Trim(const std::string& text)
{
    const char* const blanks = " \t\r\n";
    const std::size_t from = text.find_first_not_of(blanks);
    return from == std::string::npos ? ""
                                     : text.substr(from, text.find_last_not_of(blanks) - from + 1);
}

/** \returns \p text with ASCII's capitals as small letters. */
inline std::string
ToLower(std::string text)
{
    std::transform(text.begin(), text.end(), text.begin(), [](char c) {
        return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
    });
    return text;
}

/** \returns \p text with ASCII's small letters as capitals. */
inline std::string
ToUpper(std::string text)
{
    std::transform(text.begin(), text.end(), text.begin(), [](char c) {
        return c >= 'a' && c <= 'z' ? static_cast<char>(c - 32) : c;
    });
    return text;
}

/** \returns the pieces of \p text between the separators, empty ones too. */
inline std::vector<std::string>
SplitAt(const std::string& text, char separator)
{
    std::vector<std::string> pieces;
    std::size_t from = 0;
    std::size_t to;
    while ((to = text.find(separator, from)) != std::string::npos)
    {
        pieces.push_back(text.substr(from, to - from));
        from = to + 1;
    }
    pieces.push_back(text.substr(from));
    return pieces;
}

/** \returns the words with \p separator between: "a, b, c". */
inline std::string
JoinWords(const std::vector<std::string>& words, const std::string& separator = ", ")
{
    std::string joined;
    for (const std::string& word : words)
    {
        joined += (joined.empty() ? "" : separator) + word;
    }
    return joined;
}

/** \returns the decimal number in \p text if it is from \p min to \p max, else nothing. */
inline std::optional<uint64_t>
ParseNumber(const std::string& text, uint64_t min, uint64_t max)
{
    uint64_t value = 0;
    const char* end = text.data() + text.size();
    const auto [stop, error] = std::from_chars(text.data(), end, value);
    if (error != std::errc() || stop != end || value < min || value > max)
    {
        return std::nullopt;
    }
    return value;
}

/**
 * \returns the numbers of a list such as `1,4,16` or `1-5`, in order, each once; nothing if one is
 *          not from \p min to \p max, or if a range has more than \p most
 */
inline std::optional<std::vector<uint64_t>>
ParseNumberList(const std::string& text, uint64_t min, uint64_t max, uint64_t most = 100000)
{
    std::vector<uint64_t> numbers;
    std::set<uint64_t> seen;
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
            if (seen.insert(number).second)
            {
                numbers.push_back(number);
            }
        }
    }
    return numbers;
}

/** \returns the IPv4 address that \p text writes as "a.b.c.d", in host order, else nothing. */
inline std::optional<uint32_t>
ParseDottedQuad(const std::string& text)
{
    const std::vector<std::string> parts = SplitAt(text, '.');
    uint32_t bits = 0;
    for (const std::string& part : parts)
    {
        const auto byte = ParseNumber(part, 0, 255);
        if (!byte || part.size() > 3)
        {
            return std::nullopt;
        }
        bits = bits << 8 | static_cast<uint32_t>(*byte);
    }
    return parts.size() == 4 ? std::optional<uint32_t>(bits) : std::nullopt;
}

/** \returns the finite number in \p text, else nothing. */
inline std::optional<double>
ParseReal(const std::string& text)
{
    if (text.empty() || text.find_first_not_of("+-.0123456789eE") != std::string::npos)
    {
        return std::nullopt;
    }
    char* stop = nullptr;
    const double value = std::strtod(text.c_str(), &stop);
    if (*stop != '\0' || stop == text.c_str() || !std::isfinite(value))
    {
        return std::nullopt;
    }
    return value;
}

/**
 * \returns how many letters must be added, left out, changed or swapped with the next to make \p b
 *          of \p a, whatever their case
 */
inline std::size_t
CountSlips(const std::string& a, const std::string& b)
{
    const auto lower = [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; };
    std::vector<std::vector<std::size_t>> slips(a.size() + 1,
                                                std::vector<std::size_t>(b.size() + 1));
    for (std::size_t i = 0; i <= a.size(); ++i)
    {
        for (std::size_t j = 0; j <= b.size(); ++j)
        {
            if (i == 0 || j == 0)
            {
                slips[i][j] = i + j;
                continue;
            }
            const bool equal = lower(a[i - 1]) == lower(b[j - 1]);
            slips[i][j] = std::min(
                {slips[i - 1][j] + 1, slips[i][j - 1] + 1, slips[i - 1][j - 1] + (equal ? 0 : 1)});
            if (i > 1 && j > 1 && lower(a[i - 1]) == lower(b[j - 2]) &&
                lower(a[i - 2]) == lower(b[j - 1]))
            {
                slips[i][j] = std::min(slips[i][j], slips[i - 2][j - 2] + 1);
            }
        }
    }
    return slips[a.size()][b.size()];
}

/**
 * \returns the word of \p known that \p word was probably meant to be: it differs in case, or by at
 *          most two slips and less than half of its letters; nothing if \p word is known, or near
 *          none
 */
inline std::optional<std::string>
FindNearMiss(const std::string& word, const std::set<std::string>& known)
{
    std::optional<std::string> nearest;
    std::size_t least = 3;
    for (const std::string& candidate : known)
    {
        const std::size_t length = candidate.size();
        if (candidate == word)
        {
            return std::nullopt;
        }
        if (word.size() > length + 2 || length > word.size() + 2)
        {
            continue;
        }
        const std::size_t slips = CountSlips(word, candidate);
        if (slips < least && 2 * slips < length)
        {
            least = slips;
            nearest = candidate;
        }
    }
    return nearest;
}

} // namespace ns3

#endif
