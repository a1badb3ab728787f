// SPDX-License-Identifier: GPL-2.0-only
#include "ns3/yaml-short-lines.h"

#include <algorithm>
#include <array>

namespace ns3
{

namespace
{

/** Longer ones are yaml-cpp's, which refuses keys of more than 1,024 characters. */
constexpr std::size_t LONGEST_MAP = 1000;
constexpr int DEEPEST_MAP = 4;

bool
IsWordStart(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
}

bool
IsWordCharacter(char c)
{
    return IsWordStart(c) || c == '.' || c == '-' || c == '_' || c == '/';
}

/** \returns whether a plain \p word is no text, but a null. */
bool
IsNullWord(std::string_view word)
{
    constexpr std::array<std::string_view, 3> nulls = {"null", "Null", "NULL"};
    return std::find(nulls.begin(), nulls.end(), word) != nulls.end();
}

/** Reads a map in braces. */
class ShortMap
{
  public:
    /** \param reader may be nullptr */
    ShortMap(std::string_view text, YamlShortLineReader* reader)
        : m_rest(text),
          m_reader(reader)
    {
    }

    /** \returns whether the whole text is a map. */
    bool Read()
    {
        return ReadMap(DEEPEST_MAP) && m_rest.empty();
    }

  private:
    bool ReadMap(int deepest)
    {
        if (deepest == 0 || !Skip("{"))
        {
            return false;
        }
        m_reader != nullptr ? m_reader->BeginMap() : void();
        do
        {
            const bool isRead =
                ReadWord() && Skip(": ") &&
                (!m_rest.empty() && m_rest.front() == '{' ? ReadMap(deepest - 1) : ReadWord());
            if (!isRead)
            {
                return false;
            }
        } while (Skip(", "));
        m_reader != nullptr ? m_reader->EndMap() : void();
        return Skip("}");
    }

    bool ReadWord()
    {
        const auto end = std::find_if_not(m_rest.begin(), m_rest.end(), IsWordCharacter);
        const std::string_view word = m_rest.substr(0, end - m_rest.begin());
        if (word.empty() || !IsWordStart(word.front()) || IsNullWord(word))
        {
            return false;
        }
        m_reader != nullptr ? m_reader->TakeWord(word) : void();
        m_rest.remove_prefix(word.size());
        return true;
    }

    bool Skip(std::string_view what)
    {
        const bool isThere = m_rest.substr(0, what.size()) == what;
        m_rest.remove_prefix(isThere ? what.size() : 0);
        return isThere;
    }

    std::string_view m_rest;
    YamlShortLineReader* m_reader;
};

} // namespace

YamlShortLines::YamlShortLines(const std::string& text)
{
    const std::string_view whole = text;
    int number = 0;
    for (std::size_t from = 0; from < whole.size(); ++number)
    {
        const std::size_t end = std::min(whole.find('\n', from), whole.size());
        const std::string_view line = whole.substr(from, end - from);
        const std::size_t dash = std::min(line.find_first_not_of(' '), line.size());
        const std::string_view map = line.substr(std::min(dash + 2, line.size()));
        const bool isShort = line.substr(dash, 2) == "- " && map.size() <= LONGEST_MAP &&
                             ShortMap(map, nullptr).Read();
        if (isShort)
        {
            m_lines.push_back({number, map});
            m_shortened.append(line.substr(0, dash + 2)).append(WORD);
        }
        else
        {
            m_shortened.append(line);
        }
        m_shortened.append(whole.substr(end, 1));
        from = end + 1;
    }
}

void
YamlShortLines::Read(std::size_t number, YamlShortLineReader& reader) const
{
    ShortMap(m_lines[number].map, &reader).Read();
}

} // namespace ns3
