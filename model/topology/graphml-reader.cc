// SPDX-License-Identifier: GPL-2.0-only
#include "ns3/graphml-reader.h"

#include "ns3/graphml-scan.h"
#include "ns3/topology-keys.h"

#include <boost/graph/graphml.hpp>
#include <boost/property_tree/detail/file_parser_error.hpp>

#include <any>
#include <fstream>
#include <sstream>

namespace ns3
{

namespace
{

/** A network of 10,000 routers with every key set fits; a mistaken file of any size does not. */
constexpr std::streamoff MAX_BYTES = 64 * 1024 * 1024;

/** What Boost's reader fills: vertices and edges as numbers, with their data by key name. */
class RawGraph : public boost::mutate_graph
{
  public:
    struct Edge
    {
        std::size_t source;
        std::size_t target;
        TopologyKeys keys;
    };

    explicit RawGraph(bool directed)
        : m_directed(directed)
    {
    }

    bool is_directed() const override
    {
        return m_directed;
    }

    boost::any do_add_vertex() override
    {
        vertices.emplace_back();
        return vertices.size() - 1;
    }

    std::pair<boost::any, bool> do_add_edge(boost::any source, boost::any target) override
    {
        edges.push_back(
            {boost::any_cast<std::size_t>(source), boost::any_cast<std::size_t>(target), {}});
        return {edges.size() - 1, true};
    }

    void set_graph_property(const std::string&, const std::string&, const std::string&) override
    {
    }

    void set_vertex_property(const std::string& name,
                             boost::any vertex,
                             const std::string& value,
                             const std::string&) override
    {
        // A key without a name is another program's own, such as yEd's graphics.
        if (!name.empty())
        {
            vertices[boost::any_cast<std::size_t>(vertex)][name] = value;
        }
    }

    void set_edge_property(const std::string& name,
                           boost::any edge,
                           const std::string& value,
                           const std::string&) override
    {
        if (!name.empty())
        {
            edges[boost::any_cast<std::size_t>(edge)].keys[name] = value;
        }
    }

    std::vector<TopologyKeys> vertices;
    std::vector<Edge> edges;

  private:
    bool m_directed;
};

std::string
ReadText(const std::string& fileName, const TopologyLines& lines)
{
    std::ifstream file(fileName, std::ios::binary | std::ios::ate);
    const std::streamoff size = file ? static_cast<std::streamoff>(file.tellg()) : -1;
    // A folder can be opened, but has no size that makes sense.
    if (size < 0 || size == std::numeric_limits<std::streamoff>::max())
    {
        lines.Fail(1,
                   "cannot be read, expected a GraphML file or a generator such as leaf-spine:…");
    }
    if (size == 0)
    {
        lines.Fail(1, "the file is empty, expected GraphML");
    }
    if (size > MAX_BYTES)
    {
        lines.Fail(1,
                   "the file has " + std::to_string(size >> 20) + " MB, expected at most " +
                       std::to_string(MAX_BYTES >> 20));
    }
    file.seekg(0);
    // The beginning tells a file that is no XML before the rest is read.
    std::string text(static_cast<std::size_t>(std::min<std::streamoff>(size, 4096)), '\0');
    file.read(text.data(), static_cast<std::streamsize>(text.size()));
    const std::size_t mark = text.compare(0, 3, "\xef\xbb\xbf") == 0 ? 3 : 0;
    const std::size_t first = text.find_first_not_of(" \t\r\n", mark);
    if (first == std::string::npos || text[first] != '<')
    {
        lines.Fail(1, "not GraphML, expected XML that begins with '<'");
    }
    const std::size_t head = text.size();
    text.resize(static_cast<std::size_t>(size));
    file.read(text.data() + head, static_cast<std::streamsize>(text.size() - head));
    if (!file)
    {
        lines.Fail(1, "cannot be read to its end, expected a GraphML file");
    }
    return text;
}

RawGraph
Parse(const std::string& text, const GraphmlScan& scan, const TopologyLines& lines)
{
    RawGraph raw(scan.directed);
    try
    {
        std::istringstream stream(text);
        boost::read_graphml(stream, raw, 0);
    }
    catch (const boost::property_tree::file_parser_error& error)
    {
        lines.Fail(error.line() == 0 ? 1 : error.line(), error.message() + ", expected GraphML");
    }
    catch (const std::exception& error)
    {
        lines.Fail(1, std::string(error.what()) + ", expected GraphML");
    }
    if (raw.vertices.size() != scan.vertices.size() || raw.edges.size() != scan.edges.size())
    {
        lines.Fail(1, "nodes or edges outside <graph>, expected one flat <graph>");
    }
    return raw;
}

/** Turns vertices and edges into nodes and networks. */
class Converter
{
  public:
    Converter(const RawGraph& raw, const GraphmlScan& scan, TopologyLines& lines)
        : m_raw(raw),
          m_scan(scan),
          m_lines(lines),
          m_builder(lines.source)
    {
    }

    TopologyGraph Run()
    {
        for (std::size_t v = 0; v < m_raw.vertices.size(); ++v)
        {
            AtLine(m_scan.vertices[v].line, [&] { AddVertex(v); });
        }
        for (std::size_t e = 0; e < m_raw.edges.size(); ++e)
        {
            AtLine(m_scan.edges[e].line, [&] { AddEdge(e); });
        }
        return std::move(m_builder.graph);
    }

  private:
    struct Place
    {
        bool isLan;
        std::size_t index; //!< of the node or network
    };

    template <typename F>
    void AtLine(std::size_t line, F convert)
    {
        try
        {
            convert();
        }
        catch (const std::invalid_argument& error)
        {
            m_lines.Fail(line, error.what());
        }
    }

    void AddVertex(std::size_t v)
    {
        const TopologyKeys& keys = m_raw.vertices[v];
        const std::string& id = m_scan.vertices[v].id;
        // The id is the name unless a key says otherwise, and names must be usable in outputs.
        TopologyKeys named = keys;
        auto name = named.emplace("name", id).first;
        if (name->second.empty())
        {
            name->second = id;
        }
        if (name->second.empty())
        {
            throw std::invalid_argument("the name is empty, expected a name");
        }
        auto kind = keys.find("kind");
        const bool lan = kind != keys.end() && kind->second == "lan";
        if (lan)
        {
            m_places.push_back({true, m_builder.AddLan(name->second)});
            m_lines.networks.push_back(m_scan.vertices[v].line);
            ApplyNetworkKeys(named, m_builder.graph.networks.back());
        }
        else
        {
            m_places.push_back({false, m_builder.AddNode(id, NodeKind::Router, "")});
            m_lines.nodes.push_back(m_scan.vertices[v].line);
            ApplyNodeKeys(named, m_builder.graph.nodes.back());
        }
    }

    void AddEdge(std::size_t e)
    {
        const RawGraph::Edge& edge = m_raw.edges[e];
        const std::size_t line = m_scan.edges[e].line;
        if (edge.source == edge.target)
        {
            return; // some files of the Topology Zoo have such; it joins nothing
        }
        const Place source = m_places[edge.source];
        const Place target = m_places[edge.target];
        TopologyGraph& graph = m_builder.graph;
        if (source.isLan && target.isLan)
        {
            throw std::invalid_argument("an edge between two LANs, expected a node at one end");
        }
        if (source.isLan || target.isLan)
        {
            const std::size_t lan = source.isLan ? source.index : target.index;
            const std::size_t attachment =
                m_builder.Attach(source.isLan ? target.index : source.index, lan);
            m_lines.attachments.push_back(line);
            ApplyLanEdgeKeys(edge.keys, graph.attachments[attachment], graph.networks[lan]);
            return;
        }
        const std::size_t link = m_builder.AddLink(source.index, target.index);
        m_lines.networks.push_back(line);
        m_lines.attachments.insert(m_lines.attachments.end(), 2, line);
        ApplyLinkKeys(edge.keys,
                      graph.attachments[graph.attachments.size() - 2],
                      graph.attachments.back(),
                      graph.networks[link]);
    }

    const RawGraph& m_raw;
    const GraphmlScan& m_scan;
    TopologyLines& m_lines;
    TopologyBuilder m_builder;
    std::vector<Place> m_places;
};

} // namespace

TopologyGraph
ReadGraphml(const std::string& fileName, TopologyLines& lines)
{
    const std::string text = ReadText(fileName, lines);
    try
    {
        const GraphmlScan scan = ScanGraphml(text);
        const RawGraph raw = Parse(text, scan, lines);
        return Converter(raw, scan, lines).Run();
    }
    catch (const GraphmlScanError& error)
    {
        lines.Fail(error.line, error.what());
    }
}

} // namespace ns3
