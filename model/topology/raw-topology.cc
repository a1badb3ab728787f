// SPDX-License-Identifier: GPL-2.0-only
#include "ns3/raw-topology.h"
#include "ns3/input-file.h"
#include "ns3/text.h"
#include "ns3/topology-values.h"

#include <fstream>
#include <limits>
#include <map>
#include <set>
#include <utility>

namespace ns3
{

namespace
{

/** A network of 10,000 routers with every key set fits; a mistaken file of any size does not. */
constexpr std::streamoff MAX_BYTES = 64 * 1024 * 1024;

/** \throws std::invalid_argument, whose text a NUL would cut */
[[noreturn]] void
Refuse(const std::string& message)
{
    throw std::invalid_argument(ToOneLine(message));
}

/** Turns vertices and edges into nodes and networks. */
class Converter
{
  public:
    Converter(const RawTopology& raw, TopologyLines& lines, bool namesFromLabels)
        : m_raw(raw),
          m_lines(lines),
          m_namesFromLabels(namesFromLabels),
          m_builder(lines.source)
    {
    }

    TopologyGraph Run()
    {
        for (const RawTopology::Vertex& vertex : m_raw.vertices)
        {
            AtLine(vertex.line, [&] { AddVertex(vertex); });
        }
        for (const RawTopology::Edge& edge : m_raw.edges)
        {
            AtLine(edge.line, [&] { AddEdge(edge); });
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
    static void AtLine(std::size_t line, F convert)
    {
        try
        {
            convert();
        }
        catch (const std::invalid_argument& error)
        {
            throw TopologyFileError(line, error.what());
        }
    }

    void AddVertex(const RawTopology::Vertex& vertex)
    {
        // The id is the name unless a key says otherwise, and names must be usable in outputs.
        TopologyKeys named = vertex.keys;
        if (m_namesFromLabels)
        {
            named["name"] = MendName(vertex);
        }
        auto name = named.emplace("name", "").first;
        if (name->second.empty())
        {
            name->second = JoinPath(vertex.id);
        }
        if (name->second.empty())
        {
            Refuse("the name is empty, expected a name");
        }
        const auto kind = vertex.keys.find("kind");
        const bool lan = kind != vertex.keys.end() && kind->second == "lan";
        const std::size_t index = lan ? m_builder.AddLan(name->second)
                                      : m_builder.AddNode(vertex.id, NodeKind::Router, "");
        if (!m_places.emplace(vertex.id, Place{lan, index}).second)
        {
            Refuse("node id '" + vertex.id + "' is used twice, expected another id");
        }
        if (lan)
        {
            m_lines.networks.push_back(vertex.line);
            ApplyNetworkKeys(named, m_builder.graph.networks.back());
        }
        else
        {
            m_lines.nodes.push_back(vertex.line);
            ApplyNodeKeys(named, m_builder.graph.nodes.back());
        }
    }

    /** \returns \p id with dots where yEd puts `::` between a group and what is in it. */
    static std::string JoinPath(std::string id)
    {
        for (std::size_t at = id.find("::"); at != std::string::npos; at = id.find("::", at))
        {
            id.replace(at, 2, ".");
        }
        return id;
    }

    /** \returns a name like the label of \p vertex, or its id, that no other vertex has. */
    std::string MendName(const RawTopology::Vertex& vertex)
    {
        const auto label = vertex.keys.find("label");
        const bool hasLabel = label != vertex.keys.end() && !label->second.empty();
        std::string plain = hasLabel ? label->second : JoinPath(vertex.id);
        for (char& c : plain)
        {
            c = IsName(std::string(1, c)) ? c : '-';
        }
        std::string name = plain;
        for (int copy = 2; !m_names.insert(name).second; ++copy)
        {
            name = plain + "." + std::to_string(copy);
        }
        return name;
    }

    /** \returns whether \p edge is the other direction of one before it, each counted once. */
    bool IsWayBack(const RawTopology::Edge& edge)
    {
        if (!edge.directed)
        {
            return false;
        }
        const auto forth = m_oneWay.find({edge.target, edge.source});
        if (forth == m_oneWay.end())
        {
            m_oneWay.insert({edge.source, edge.target});
            return false;
        }
        m_oneWay.erase(forth);
        return true;
    }

    Place GetPlace(const std::string& id) const
    {
        const auto place = m_places.find(id);
        if (place == m_places.end())
        {
            Refuse("unknown node '" + id + "', expected the id of a node or LAN");
        }
        return place->second;
    }

    void AddEdge(const RawTopology::Edge& edge)
    {
        const Place source = GetPlace(edge.source);
        const Place target = GetPlace(edge.target);
        if (edge.source == edge.target || IsWayBack(edge))
        {
            return; // some files of the Topology Zoo have such; it joins nothing
        }
        TopologyGraph& graph = m_builder.graph;
        if (source.isLan && target.isLan)
        {
            Refuse("an edge between two LANs, expected a node at one end");
        }
        if (source.isLan || target.isLan)
        {
            const std::size_t lan = source.isLan ? source.index : target.index;
            const std::size_t attachment =
                m_builder.Attach(source.isLan ? target.index : source.index, lan);
            m_lines.attachments.push_back(edge.line);
            ApplyLanEdgeKeys(edge.keys, graph.attachments[attachment], graph.networks[lan]);
            return;
        }
        const std::size_t link = m_builder.AddLink(source.index, target.index);
        m_lines.networks.push_back(edge.line);
        m_lines.attachments.insert(m_lines.attachments.end(), 2, edge.line);
        ApplyLinkKeys(edge.keys,
                      graph.attachments[graph.attachments.size() - 2],
                      graph.attachments.back(),
                      graph.networks[link]);
    }

    const RawTopology& m_raw;
    TopologyLines& m_lines;
    bool m_namesFromLabels;
    std::set<std::string> m_names;
    std::multiset<std::pair<std::string, std::string>> m_oneWay; //!< directed edges so far
    TopologyBuilder m_builder;
    std::map<std::string, Place> m_places; //!< by id
};

} // namespace

TopologyGraph
ConvertTopology(const RawTopology& raw, TopologyLines& lines, bool namesFromLabels)
{
    return Converter(raw, lines, namesFromLabels).Run();
}

std::string
ReadTopologyText(const TopologyLines& lines, const std::string& format)
{
    std::ifstream file(lines.source, std::ios::binary | std::ios::ate);
    const std::streamoff size = file ? static_cast<std::streamoff>(file.tellg()) : -1;
    // A folder can be opened, but has no size that makes sense.
    if (size < 0 || size == std::numeric_limits<std::streamoff>::max())
    {
        lines.Fail(1,
                   "cannot be read, expected a GraphML or .topo file, or a generator such as "
                   "leaf-spine:…");
    }
    if (size == 0)
    {
        lines.Fail(1, "the file is empty, expected " + format);
    }
    if (size > MAX_BYTES)
    {
        lines.Fail(1,
                   "the file has " + std::to_string(size >> 20) + " MB, expected at most " +
                       std::to_string(MAX_BYTES >> 20));
    }
    file.seekg(0);
    std::string text(static_cast<std::size_t>(size), '\0');
    file.read(text.data(), static_cast<std::streamsize>(text.size()));
    if (!file)
    {
        lines.Fail(1, "cannot be read to its end, expected " + format);
    }
    return WithoutByteOrderMark(std::move(text));
}

} // namespace ns3
