// SPDX-License-Identifier: GPL-2.0-only
#include "ns3/graphml-scan.h"

#include <algorithm>
#include <array>
#include <cstring>
#include <map>
#include <set>
#include <utility>

namespace ns3
{

namespace
{

/** Deeper nesting than any GraphML has would exhaust the stack of a recursive parser. */
constexpr std::size_t MAX_DEPTH = 64;

/** Replaces the five named entities of XML. */
std::string
Unescape(std::string text)
{
    static const std::array<std::pair<const char*, char>, 5> entities{
        {{"&lt;", '<'}, {"&gt;", '>'}, {"&quot;", '"'}, {"&apos;", '\''}, {"&amp;", '&'}}};
    for (std::size_t at = text.find('&'); at != std::string::npos; at = text.find('&', at + 1))
    {
        for (const auto& [entity, character] : entities)
        {
            if (text.compare(at, std::strlen(entity), entity) == 0)
            {
                text.replace(at, std::strlen(entity), 1, character);
                break;
            }
        }
    }
    return text;
}

class Scanner
{
  public:
    explicit Scanner(const std::string& text)
        : m_text(text)
    {
    }

    GraphmlScan Run()
    {
        for (m_at = m_text.find('<'); m_at != std::string::npos; m_at = m_text.find('<', m_at))
        {
            if (Skip("<?", "?>") || Skip("<!--", "-->") || Skip("<![CDATA[", "]]>") ||
                Skip("<!", ">"))
            {
                continue;
            }
            ReadTag();
        }
        if (!m_open.empty())
        {
            Fail("<" + m_open.back() + "> is not closed, expected </" + m_open.back() + ">");
        }
        if (m_graphs == 0)
        {
            Fail("no <graph> element, expected GraphML");
        }
        CheckReferences();
        return std::move(m_scan);
    }

  private:
    using Attributes = std::map<std::string, std::string>;

    [[noreturn]] void Fail(const std::string& message)
    {
        throw GraphmlScanError(LineAt(m_at), message);
    }

    std::size_t LineAt(std::size_t at)
    {
        at = std::min(at, m_text.size());
        m_line += static_cast<std::size_t>(
            std::count(m_text.begin() + m_counted, m_text.begin() + at, '\n'));
        m_counted = static_cast<std::ptrdiff_t>(at);
        return m_line;
    }

    /** Steps over `begin … end` if it starts here. */
    bool Skip(const char* begin, const char* end)
    {
        if (m_text.compare(m_at, std::strlen(begin), begin) != 0)
        {
            return false;
        }
        const std::size_t stop = m_text.find(end, m_at + std::strlen(begin));
        if (stop == std::string::npos)
        {
            Fail(std::string(begin) + " has no end, expected " + end);
        }
        m_at = stop + std::strlen(end);
        return true;
    }

    std::string ReadName()
    {
        const std::size_t from = m_at;
        m_at = std::min(m_text.find_first_of(" \t\r\n/>=<\"'", m_at), m_text.size());
        if (m_at == from)
        {
            Fail("a name is missing after '<', expected XML");
        }
        return m_text.substr(from, m_at - from);
    }

    void SkipBlanks()
    {
        m_at = std::min(m_text.find_first_not_of(" \t\r\n", m_at), m_text.size());
    }

    void ReadTag()
    {
        const std::size_t begin = m_at++;
        const bool closing = m_at < m_text.size() && m_text[m_at] == '/';
        m_at += closing ? 1 : 0;
        const std::string name = ReadName();
        const Attributes attributes = ReadAttributes();
        const bool empty = m_text[m_at] == '/';
        m_at += empty ? 1 : 0;
        if (m_at >= m_text.size() || m_text[m_at] != '>')
        {
            Fail("<" + name + "> has no end, expected '>'");
        }
        ++m_at;
        if (closing)
        {
            Close(name, begin);
            return;
        }
        Open(name, attributes, LineAt(begin));
        if (empty)
        {
            Close(name, begin);
        }
    }

    /** Reads `name="value"` pairs up to '/' or '>', where it stops. */
    Attributes ReadAttributes()
    {
        Attributes attributes;
        for (SkipBlanks(); m_at < m_text.size() && m_text[m_at] != '/' && m_text[m_at] != '>';
             SkipBlanks())
        {
            const std::string name = ReadName();
            SkipBlanks();
            if (m_at >= m_text.size() || m_text[m_at] != '=')
            {
                Fail("attribute " + name + " has no value, expected " + name + "=\"…\"");
            }
            ++m_at;
            SkipBlanks();
            const char quote = m_at < m_text.size() ? m_text[m_at] : ' ';
            const std::size_t end =
                quote == '"' || quote == '\'' ? m_text.find(quote, m_at + 1) : std::string::npos;
            if (end == std::string::npos)
            {
                Fail("the value of " + name + " is not in quotes, expected " + name + "=\"…\"");
            }
            attributes[name] = Unescape(m_text.substr(m_at + 1, end - m_at - 1));
            m_at = end + 1;
        }
        if (m_at >= m_text.size())
        {
            Fail("the file ends within an element, expected '>'");
        }
        return attributes;
    }

    void Open(const std::string& name, const Attributes& attributes, std::size_t line)
    {
        if (m_open.empty() && name != "graphml")
        {
            throw GraphmlScanError(line, "<" + name + "> is not GraphML, expected <graphml>");
        }
        m_open.push_back(name);
        if (m_open.size() > MAX_DEPTH)
        {
            throw GraphmlScanError(line, "elements are nested too deep, expected GraphML");
        }
        if (name == "graph")
        {
            OpenGraph(attributes, line);
        }
        else if (name == "key")
        {
            m_keys.insert(Need(attributes, name, "id", line));
        }
        else if (m_graphs == 1 && name == "node" && IsInGraph())
        {
            const std::string id = Need(attributes, name, "id", line);
            if (!m_ids.insert(id).second)
            {
                throw GraphmlScanError(line,
                                       "node id '" + id + "' is used twice, expected another id");
            }
            m_scan.vertices.push_back({id, line});
        }
        else if (m_graphs == 1 && name == "edge" && IsInGraph())
        {
            m_scan.edges.push_back({Need(attributes, name, "source", line),
                                    Need(attributes, name, "target", line),
                                    line});
        }
        else if (name == "data")
        {
            m_data.emplace(Need(attributes, name, "key", line), line);
        }
    }

    void OpenGraph(const Attributes& attributes, std::size_t line)
    {
        if (std::count(m_open.begin(), m_open.end(), "graph") > 1)
        {
            throw GraphmlScanError(line, "a graph within a graph, expected one flat <graph>");
        }
        if (++m_graphs == 1)
        {
            const std::string direction = Need(attributes, "graph", "edgedefault", line);
            if (direction != "directed" && direction != "undirected")
            {
                throw GraphmlScanError(line,
                                       "edgedefault is '" + direction +
                                           "', expected 'undirected' or 'directed'");
            }
            m_scan.directed = direction == "directed";
        }
    }

    void Close(const std::string& name, std::size_t begin)
    {
        if (m_open.empty() || m_open.back() != name)
        {
            throw GraphmlScanError(LineAt(begin),
                                   "</" + name + "> closes nothing, expected " +
                                       (m_open.empty() ? "the end" : "</" + m_open.back() + ">"));
        }
        m_open.pop_back();
    }

    static std::string Need(const Attributes& attributes,
                            const std::string& element,
                            const std::string& name,
                            std::size_t line)
    {
        auto it = attributes.find(name);
        if (it == attributes.end())
        {
            throw GraphmlScanError(
                line, "<" + element + "> has no " + name + ", expected " + name + "=\"…\"");
        }
        return it->second;
    }

    /** \returns true if the element just opened is a child of a graph. */
    bool IsInGraph() const
    {
        return m_open.size() > 1 && m_open[m_open.size() - 2] == "graph";
    }

    void CheckReferences()
    {
        for (const auto& [key, line] : m_data)
        {
            if (m_keys.count(key) == 0)
            {
                throw GraphmlScanError(line,
                                       "data with key '" + key + "', expected the id of a <key>");
            }
        }
        for (const GraphmlScan::Edge& edge : m_scan.edges)
        {
            for (const std::string& end : {edge.source, edge.target})
            {
                if (m_ids.count(end) == 0)
                {
                    throw GraphmlScanError(
                        edge.line, "unknown node '" + end + "', expected the id of a <node>");
                }
            }
        }
    }

    const std::string& m_text;
    std::size_t m_at{0};
    std::size_t m_line{1};
    std::ptrdiff_t m_counted{0}; //!< newlines are counted up to here
    std::vector<std::string> m_open;
    std::size_t m_graphs{0};
    std::set<std::string> m_ids;
    std::set<std::string> m_keys;
    std::map<std::string, std::size_t> m_data; //!< keys of data, with the line of the first
    GraphmlScan m_scan;
};

} // namespace

GraphmlScan
ScanGraphml(const std::string& text)
{
    return Scanner(text).Run();
}

} // namespace ns3
