// SPDX-License-Identifier: GPL-2.0-only
// Lines of YAML such as
//   - {at: 5s, join: {node: r2, group: 239.0.0.10}}
// A scenario may have a hundred thousand of them, and yaml-cpp takes 2,000 instructions for each
// character. They are read here; yaml-cpp reads everything else, with a word in place of each.
#ifndef VXLAN_MULTICAST_YAML_SHORT_LINES_H
#define VXLAN_MULTICAST_YAML_SHORT_LINES_H

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace ns3
{

/** Is told what a short line consists of. */
class YamlShortLineReader
{
  public:
    virtual ~YamlShortLineReader() = default;
    virtual void BeginMap() = 0;
    /** A key, or the value of the key before it. */
    virtual void TakeWord(std::string_view word) = 0;
    virtual void EndMap() = 0;
};

/**
 * The short lines of a text: nothing but an item of a list that is a map in braces, of plain words and
 * such maps. Whether a line that looks so is one depends on what is around it (it may stand in a
 * quoted text), which yaml-cpp finds out: it must meet all the words that stand for them.
 */
class YamlShortLines
{
  public:
    /** Stands for the map of a short line: the shortest, on a line that has no other. */
    static constexpr const char* WORD = "x";

    /** \param text outlives this object */
    explicit YamlShortLines(const std::string& text);

    /** \returns the text with a word for the map of each short line, and as many lines. */
    const std::string& GetShortened() const
    {
        return m_shortened;
    }

    /** \returns how many short lines there are. */
    std::size_t GetSize() const
    {
        return m_lines.size();
    }

    /** \returns the number of a short line in the text, from 0. */
    int GetLine(std::size_t number) const
    {
        return m_lines[number].line;
    }

    void Read(std::size_t number, YamlShortLineReader& reader) const;

  private:
    struct Line
    {
        int line;
        std::string_view map;
    };

    std::string m_shortened;
    std::vector<Line> m_lines; //!< in order
};

} // namespace ns3

#endif
