// SPDX-License-Identifier: GPL-2.0-only
#include "ns3/topo-reader.h"

#include "ns3/raw-topology.h"
#include "ns3/text.h"

#include <sstream>

namespace ns3
{

namespace
{

const char* const BLANKS = " \t\r";

/** One line, word by word. */
class TopoLine
{
  public:
    TopoLine(const std::string& text, std::size_t number)
        : m_text(text),
          m_number(number)
    {
        SkipBlanks();
    }

    [[noreturn]] void Fail(const std::string& message) const
    {
        throw TopologyFileError(m_number, message);
    }

    /** \returns whether nothing is left but a comment. */
    bool IsAtEnd() const
    {
        return m_at == m_text.size() || m_text[m_at] == '#';
    }

    /** \returns the next word. \param what what it should be */
    std::string TakeWord(const std::string& what)
    {
        if (IsAtEnd())
        {
            Fail("the line ends, expected " + what);
        }
        const std::size_t end = std::min(m_text.find_first_of(BLANKS, m_at), m_text.size());
        std::string word = m_text.substr(m_at, end - m_at);
        m_at = end;
        SkipBlanks();
        return word;
    }

    /** \returns the pairs `key=value` up to the end; a value of several words is in quotes. */
    TopologyKeys TakeKeys()
    {
        TopologyKeys keys;
        while (!IsAtEnd())
        {
            const std::size_t end = std::min(m_text.find_first_of(" \t\r=", m_at), m_text.size());
            const std::string key = m_text.substr(m_at, end - m_at);
            if (key.empty() || end == m_text.size() || m_text[end] != '=')
            {
                Fail("'" + key + "' has no value, expected key=value");
            }
            m_at = end + 1;
            if (!keys.emplace(key, TakeValue(key)).second)
            {
                Fail("key '" + key + "' is given twice, expected once");
            }
        }
        return keys;
    }

    std::size_t GetNumber() const
    {
        return m_number;
    }

  private:
    void SkipBlanks()
    {
        m_at = std::min(m_text.find_first_not_of(BLANKS, m_at), m_text.size());
    }

    std::string TakeValue(const std::string& key)
    {
        std::string value;
        if (m_at == m_text.size() || m_text[m_at] != '"')
        {
            const std::size_t end = std::min(m_text.find_first_of(BLANKS, m_at), m_text.size());
            value = m_text.substr(m_at, end - m_at);
            m_at = end;
            SkipBlanks();
            return value;
        }
        for (++m_at; m_at < m_text.size() && m_text[m_at] != '"'; ++m_at)
        {
            m_at += m_text[m_at] == '\\' && m_at + 1 < m_text.size() ? 1 : 0;
            value += m_text[m_at];
        }
        if (m_at == m_text.size())
        {
            Fail("the value of " + key + " has no end, expected another \"");
        }
        ++m_at;
        if (m_at < m_text.size() && std::string(BLANKS).find(m_text[m_at]) == std::string::npos)
        {
            Fail("the value of " + key + " goes on after its quotes, expected a blank");
        }
        SkipBlanks();
        return value;
    }

    const std::string& m_text;
    std::size_t m_number;
    std::size_t m_at{0};
};

void
ReadLine(TopoLine line, RawTopology& raw)
{
    const std::string kind = line.TakeWord("node, lan or edge");
    if (kind == "edge")
    {
        const std::string source = line.TakeWord("the names of two nodes, or of a node and a LAN");
        const std::string target = line.TakeWord("the name of the edge's other end");
        raw.edges.push_back({source, target, line.TakeKeys(), line.GetNumber()});
        return;
    }
    if (kind != "node" && kind != "lan")
    {
        line.Fail("'" + kind + "' begins no line, expected node, lan or edge");
    }
    const std::string name = line.TakeWord("a name");
    if (name.find('=') != std::string::npos)
    {
        line.Fail("'" + name + "' is no name, expected " + kind + " NAME key=value …");
    }
    TopologyKeys keys = line.TakeKeys();
    if (kind == "lan" && !keys.emplace("kind", "lan").second)
    {
        line.Fail("kind in a line that begins with lan, expected node, or no kind");
    }
    raw.vertices.push_back({name, std::move(keys), line.GetNumber()});
}

} // namespace

TopologyGraph
ReadTopo(TopologyLines& lines, bool namesFromLabels)
{
    std::istringstream text(ReadTopologyText(lines, "lines that begin with node, lan or edge"));
    try
    {
        RawTopology raw;
        std::size_t number = 0;
        for (std::string line; std::getline(text, line);)
        {
            const TopoLine words(line, ++number);
            if (!words.IsAtEnd())
            {
                ReadLine(words, raw);
            }
        }
        return ConvertTopology(raw, lines, namesFromLabels);
    }
    catch (const TopologyFileError& error)
    {
        lines.Fail(error.line, error.what());
    }
}

} // namespace ns3
