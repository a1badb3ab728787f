// SPDX-License-Identifier: GPL-2.0-only
// GraphML (graphml.graphdrawing.org, specification of 2007): the first graph of a file, without
// hyperedges and ports; nodes with a graph in them (yEd's groups) are flattened. Expat checks the XML and calls the handlers in order.
#include "ns3/graphml-reader.h"

#include "ns3/raw-topology.h"
#include "ns3/text.h"

#include <algorithm>
#include <expat.h>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <utility>
#include <vector>

namespace ns3
{

namespace
{

/** Deeper nesting than any GraphML has. */
constexpr std::size_t MAX_DEPTH = 64;

/** A `<key>`: what data that name its id mean. */
struct GraphmlKey
{
    std::string name; //!< attr.name; empty: another program's own, such as yEd's graphics
    std::string domain;
    std::string fallback; //!< its <default>
};

/** \returns \p text with each run of white space as one blank, and none at its ends. */
std::string
NormalizeBlanks(const std::string& text)
{
    std::string normalized;
    for (const std::string& word : SplitWords(text, " \t\r\n"))
    {
        normalized += (normalized.empty() ? "" : " ") + word;
    }
    return normalized;
}

/** Gathers vertices and edges from the elements of a file. */
class GraphmlContent
{
  public:
    using Attributes = std::map<std::string, std::string>;

    void Open(const std::string& name, const Attributes& attributes, std::size_t line);
    void Close(std::size_t line);
    void AddText(const std::string& text);
    /** \returns what was read. \throws TopologyFileError */
    RawTopology Finish(std::size_t line);

    /** \returns the name of the innermost element that is open; empty if none is. */
    std::string GetOpen() const
    {
        return m_open.empty() ? "" : m_open.back();
    }

  private:
    /** A `<data>` of a vertex or an edge. */
    struct Datum
    {
        bool isEdge;
        std::size_t index; //!< of the vertex or edge
        std::string key;
        std::string value;
        std::size_t line;
    };

    static std::string
    Need(const Attributes& attributes, const std::string& name, const std::string& of, std::size_t);
    void OpenGraph(const Attributes& attributes, std::size_t line);
    void OpenKey(const Attributes& attributes, std::size_t line);
    void OpenData(const Attributes& attributes, std::size_t line);
    void Apply(const Datum& datum, RawTopology& raw) const;
    void ApplyDefaults(RawTopology& raw) const;
    void FlattenGroups();

    /** \returns whether the element that was just opened is a child of \p parent. */
    bool IsIn(const char* parent) const
    {
        return m_open.size() > 1 && m_open[m_open.size() - 2] == parent;
    }

    std::vector<std::string> m_open;
    std::size_t m_graphs{0};
    bool m_directed{false};                   //!< edgedefault
    std::vector<std::size_t> m_openVertices;  //!< the innermost last; several within groups
    std::set<std::size_t> m_groups;           //!< vertices with a graph in them
    std::map<std::string, GraphmlKey> m_keys; //!< by id
    std::string m_key;                        //!< id of the last <key>
    std::set<std::string> m_ids;
    std::vector<Datum> m_data;
    std::optional<std::string> m_text; //!< of the element in whose text we are; none: no matter
    RawTopology m_raw;
};

std::string
GraphmlContent::Need(const Attributes& attributes,
                     const std::string& name,
                     const std::string& of,
                     std::size_t line)
{
    const auto it = attributes.find(name);
    if (it == attributes.end())
    {
        throw TopologyFileError(line,
                                "<" + of + "> has no " + name + ", expected " + name + "=\"…\"");
    }
    return it->second;
}

void
GraphmlContent::Open(const std::string& name, const Attributes& attributes, std::size_t line)
{
    if (m_open.empty() && name != "graphml")
    {
        throw TopologyFileError(line, "<" + name + "> is not GraphML, expected <graphml>");
    }
    m_open.push_back(name);
    m_text.reset();
    if (m_open.size() > MAX_DEPTH)
    {
        throw TopologyFileError(line, "elements are nested too deep, expected GraphML");
    }
    const bool inGraph = m_graphs == 1 && IsIn("graph");
    if (name == "graph")
    {
        OpenGraph(attributes, line);
    }
    else if (name == "key")
    {
        OpenKey(attributes, line);
    }
    else if (name == "default" && IsIn("key"))
    {
        m_text = "";
    }
    else if (name == "node" && inGraph)
    {
        const std::string id = Need(attributes, "id", name, line);
        if (!m_ids.insert(id).second)
        {
            throw TopologyFileError(line,
                                    "node id '" + id + "' is used twice, expected another id");
        }
        m_raw.vertices.push_back({id, {}, line});
        m_openVertices.push_back(m_raw.vertices.size() - 1);
    }
    else if (name == "edge" && inGraph)
    {
        const auto directed = attributes.find("directed");
        m_raw.edges.push_back(
            {Need(attributes, "source", name, line),
             Need(attributes, "target", name, line),
             {},
             line,
             directed == attributes.end() ? m_directed : directed->second == "true"});
    }
    else if (name == "hyperedge" && inGraph)
    {
        throw TopologyFileError(
            line, "a hyperedge, expected a node of kind lan and an edge to each of its members");
    }
    else if (name == "data")
    {
        OpenData(attributes, line);
    }
}

void
GraphmlContent::OpenGraph(const Attributes& attributes, std::size_t line)
{
    if (m_graphs == 1 && !m_openVertices.empty() && IsIn("node"))
    {
        m_groups.insert(m_openVertices.back()); // yEd's: what is in it counts as beside it
        return;
    }
    if (std::count(m_open.begin(), m_open.end(), "graph") > 1)
    {
        throw TopologyFileError(line,
                                "a graph within a graph, expected one <graph>, or in it a node "
                                "that is a group");
    }
    if (!IsIn("graphml"))
    {
        throw TopologyFileError(line, "a graph within another element, expected it in <graphml>");
    }
    if (++m_graphs == 1)
    {
        const std::string direction = Need(attributes, "edgedefault", "graph", line);
        if (direction != "directed" && direction != "undirected")
        {
            throw TopologyFileError(
                line, "edgedefault is '" + direction + "', expected 'undirected' or 'directed'");
        }
        m_directed = direction == "directed";
    }
}

void
GraphmlContent::OpenKey(const Attributes& attributes, std::size_t line)
{
    const auto get = [&attributes](const char* name, const char* absent) {
        const auto it = attributes.find(name);
        return it == attributes.end() ? std::string(absent) : it->second;
    };
    m_key = Need(attributes, "id", "key", line);
    m_keys[m_key] = {get("attr.name", ""), get("for", "all"), ""};
}

void
GraphmlContent::OpenData(const Attributes& attributes, std::size_t line)
{
    Datum datum{false, 0, Need(attributes, "key", "data", line), "", line};
    const bool inGraph = m_graphs == 1 && m_open.size() > 2 && m_open[m_open.size() - 3] == "graph";
    m_text = "";
    if (inGraph && IsIn("edge"))
    {
        datum.isEdge = true;
        datum.index = m_raw.edges.size() - 1;
    }
    else if (inGraph && IsIn("node"))
    {
        datum.index = m_openVertices.back();
    }
    else
    {
        datum.index = static_cast<std::size_t>(-1); // of the graph, a port, another program's own
    }
    m_data.push_back(datum);
}

void
GraphmlContent::Close(std::size_t)
{
    if (m_text && m_open.back() == "data")
    {
        m_data.back().value = NormalizeBlanks(*m_text);
    }
    else if (m_text && m_open.back() == "default")
    {
        m_keys[m_key].fallback = NormalizeBlanks(*m_text);
    }
    m_text.reset();
    if (m_open.back() == "node" && !m_openVertices.empty() && m_graphs == 1 && IsIn("graph"))
    {
        m_openVertices.pop_back();
    }
    m_open.pop_back();
}

void
GraphmlContent::AddText(const std::string& text)
{
    if (m_text)
    {
        *m_text += text;
    }
}

/** \returns whether a key that is declared for \p domain may stand on an edge, or on a vertex. */
bool
IsFor(const std::string& domain, bool isEdge)
{
    return domain == "all" || domain == (isEdge ? "edge" : "node");
}

void
GraphmlContent::Apply(const Datum& datum, RawTopology& raw) const
{
    const auto key = m_keys.find(datum.key);
    if (key == m_keys.end())
    {
        throw TopologyFileError(datum.line,
                                "data with key '" + datum.key + "', expected the id of a <key>");
    }
    if (datum.index == static_cast<std::size_t>(-1) || key->second.name.empty())
    {
        return;
    }
    if (!IsFor(key->second.domain, datum.isEdge) && IsTopologyKey(key->second.name))
    {
        throw TopologyFileError(datum.line,
                                "key '" + key->second.name + "' is declared for " +
                                    key->second.domain + ", expected <key for=\"" +
                                    (datum.isEdge ? "edge" : "node") + "\" …>");
    }
    TopologyKeys& keys =
        datum.isEdge ? raw.edges[datum.index].keys : raw.vertices[datum.index].keys;
    keys[key->second.name] = datum.value;
}

void
GraphmlContent::ApplyDefaults(RawTopology& raw) const
{
    for (const auto& [id, key] : m_keys)
    {
        if (key.fallback.empty() || key.name.empty())
        {
            continue;
        }
        for (RawTopology::Vertex& vertex : raw.vertices)
        {
            IsFor(key.domain, false) ? (void)vertex.keys.emplace(key.name, key.fallback) : void();
        }
        for (RawTopology::Edge& edge : raw.edges)
        {
            IsFor(key.domain, true) ? (void)edge.keys.emplace(key.name, key.fallback) : void();
        }
    }
}

/** Leaves out the groups, which are frames round nodes and no nodes. */
void
GraphmlContent::FlattenGroups()
{
    std::set<std::string> ids;
    for (std::size_t group : m_groups)
    {
        ids.insert(m_raw.vertices[group].id);
    }
    for (const RawTopology::Edge& edge : m_raw.edges)
    {
        for (const std::string* end : {&edge.source, &edge.target})
        {
            if (ids.count(*end) != 0)
            {
                throw TopologyFileError(
                    edge.line, "an edge to group '" + *end + "', expected one to a node within it");
            }
        }
    }
    auto& vertices = m_raw.vertices;
    vertices.erase(std::remove_if(vertices.begin(),
                                  vertices.end(),
                                  [&ids](const auto& v) { return ids.count(v.id) != 0; }),
                   vertices.end());
}

RawTopology
GraphmlContent::Finish(std::size_t line)
{
    if (m_graphs == 0)
    {
        throw TopologyFileError(line, "no <graph> element, expected GraphML");
    }
    for (const Datum& datum : m_data)
    {
        Apply(datum, m_raw);
    }
    ApplyDefaults(m_raw);
    FlattenGroups();
    return std::move(m_raw);
}

/** Runs Expat over a text. */
class GraphmlParser
{
  public:
    /** \param line the line that \p text begins in */
    GraphmlParser(const std::string& text, std::size_t line)
        : m_text(text),
          m_firstLine(line),
          m_parser(XML_ParserCreate(nullptr), &XML_ParserFree)
    {
        XML_SetUserData(m_parser.get(), this);
        XML_SetElementHandler(m_parser.get(), &GraphmlParser::OnStart, &GraphmlParser::OnEnd);
        XML_SetCharacterDataHandler(m_parser.get(), &GraphmlParser::OnText);
    }

    RawTopology Run()
    {
        const XML_Status status =
            XML_Parse(m_parser.get(), m_text.data(), static_cast<int>(m_text.size()), XML_TRUE);
        if (m_error)
        {
            throw TopologyFileError(*m_error);
        }
        if (status != XML_STATUS_OK)
        {
            throw TopologyFileError(GetLine(), DescribeError());
        }
        return m_content.Finish(m_firstLine);
    }

  private:
    std::size_t GetLine() const
    {
        return m_firstLine - 1 + static_cast<std::size_t>(XML_GetCurrentLineNumber(m_parser.get()));
    }

    /** Exceptions must not pass through Expat, which is C: they wait until it has returned. */
    template <typename F>
    static void Handle(void* user, F handle)
    {
        auto* parser = static_cast<GraphmlParser*>(user);
        if (parser->m_error)
        {
            return; // what was in the buffer when the parser was stopped
        }
        try
        {
            handle(*parser);
        }
        catch (const TopologyFileError& error)
        {
            parser->m_error = error;
            XML_StopParser(parser->m_parser.get(), XML_FALSE);
        }
    }

    static void XMLCALL OnStart(void* user, const XML_Char* name, const XML_Char** attributes)
    {
        Handle(user, [&](GraphmlParser& parser) {
            GraphmlContent::Attributes map;
            for (; *attributes != nullptr; attributes += 2)
            {
                map[attributes[0]] = attributes[1];
            }
            parser.m_content.Open(name, map, parser.GetLine());
        });
    }

    static void XMLCALL OnEnd(void* user, const XML_Char*)
    {
        Handle(user, [](GraphmlParser& parser) { parser.m_content.Close(parser.GetLine()); });
    }

    static void XMLCALL OnText(void* user, const XML_Char* text, int length)
    {
        Handle(user, [&](GraphmlParser& parser) {
            parser.m_content.AddText({text, static_cast<std::size_t>(length)});
        });
    }

    /** \returns whether the text has \p what where Expat stopped. */
    bool IsAt(std::size_t at, const std::string& what) const
    {
        return m_text.compare(at, what.size(), what) == 0;
    }

    /** \returns the word before `=` before \p at; empty if there is none. */
    std::string FindAttributeBefore(std::size_t at) const
    {
        const std::size_t equals = m_text.find_last_not_of(" \t\r\n", at - 1);
        if (at == 0 || equals == std::string::npos || m_text[equals] != '=')
        {
            return "";
        }
        const std::size_t begin = m_text.find_last_of(" \t\r\n<", equals);
        return begin == std::string::npos ? "" : m_text.substr(begin + 1, equals - begin - 1);
    }

    /** \returns what is wrong, and what would be right, in words of the file. */
    std::string DescribeError() const
    {
        const XML_Error code = XML_GetErrorCode(m_parser.get());
        const std::string open = m_content.GetOpen();
        const auto at = static_cast<std::size_t>(
            std::max<XML_Index>(0, XML_GetCurrentByteIndex(m_parser.get())));
        switch (code)
        {
        case XML_ERROR_NO_ELEMENTS:
            return open.empty() ? "no <graph> element, expected GraphML"
                                : "<" + open + "> is not closed, expected </" + open + ">";
        case XML_ERROR_TAG_MISMATCH: {
            const std::size_t name = m_text.find_first_not_of("</", at);
            const std::size_t end = std::min(m_text.find_first_of(" \t\r\n>", name), m_text.size());
            return "</" + m_text.substr(name, end - name) + "> closes nothing, expected </" + open +
                   ">";
        }
        case XML_ERROR_UNCLOSED_TOKEN:
            if (IsAt(at, "<!--"))
            {
                return "<!-- has no end, expected -->";
            }
            return at + 1 >= m_text.size() ? "a name is missing after '<', expected XML"
                                           : "the file ends within an element, expected '>'";
        case XML_ERROR_INVALID_TOKEN: {
            const std::string attribute = FindAttributeBefore(at);
            if (!attribute.empty())
            {
                return "the value of " + attribute + " is not in quotes, expected " + attribute +
                       "=\"…\"";
            }
            break;
        }
        default:
            break;
        }
        return std::string(XML_ErrorString(code)) + ", expected well-formed XML";
    }

    const std::string& m_text;
    std::size_t m_firstLine;
    std::unique_ptr<XML_ParserStruct, decltype(&XML_ParserFree)> m_parser;
    GraphmlContent m_content;
    std::optional<TopologyFileError> m_error;
};

} // namespace

TopologyGraph
ReadGraphml(TopologyLines& lines, bool namesFromLabels)
{
    std::string text = ReadTopologyText(lines, "GraphML");
    const std::size_t mark = text.compare(0, 3, "\xef\xbb\xbf") == 0 ? 3 : 0;
    const bool isWide = text.compare(0, 2, "\xff\xfe") == 0 || text.compare(0, 2, "\xfe\xff") == 0;
    const std::size_t first = isWide ? 0 : text.find_first_not_of(" \t\r\n", mark);
    if (first == std::string::npos || (!isWide && text[first] != '<'))
    {
        lines.Fail(1, "not GraphML, expected XML that begins with '<'");
    }
    // Blank lines before the XML declaration are not XML, but no reason to refuse a file.
    const std::size_t firstLine =
        1 + static_cast<std::size_t>(
                std::count(text.begin(), text.begin() + static_cast<std::ptrdiff_t>(first), '\n'));
    text.erase(0, first);
    try
    {
        return ConvertTopology(GraphmlParser(text, firstLine).Run(), lines, namesFromLabels);
    }
    catch (const TopologyFileError& error)
    {
        lines.Fail(error.line, error.what());
    }
}

} // namespace ns3
