// SPDX-License-Identifier: GPL-2.0-only
// A topology drawn as Graphviz's DOT text, with marks on nodes and arrows along links.
#ifndef VXLAN_MULTICAST_FIGURE_DRAWING_H
#define VXLAN_MULTICAST_FIGURE_DRAWING_H

#include "ns3/ipv4-address.h"
#include "ns3/topology-graph.h"

#include <cstddef>
#include <map>
#include <optional>
#include <ostream>
#include <string>
#include <vector>

namespace ns3
{

// Okabe and Ito's palette, which colour-blind readers can distinguish.
constexpr const char* FIGURE_TREE_COLOUR = "#0072B2";
constexpr const char* FIGURE_REGISTER_COLOUR = "#D55E00";
constexpr const char* FIGURE_SOURCE_FILL = "#F0E442";
constexpr const char* FIGURE_RECEIVER_FILL = "#9ADBC5";
constexpr const char* FIGURE_RP_FILL = "#F3B98A";
constexpr const char* FIGURE_PLAIN_FILL = "#EEEEEE";

/** One figure in the making. */
class FigureDrawing
{
  public:
    /** \param graph outlives this object */
    explicit FigureDrawing(const TopologyGraph& graph);

    void SetTitle(const std::string& title);
    /** Names the networks and shows their prefixes. */
    void ShowNetworks();

    /** \returns the number of the node that has \p address. */
    std::optional<std::size_t> FindOwner(Ipv4Address address) const;
    /** Fills a node, unless it has been filled, and adds a line under its name. */
    void MarkNode(const std::string& node, const std::string& fill, const std::string& note);
    /** As above, once per node and note. */
    void MarkNodeOnce(const std::string& node, const std::string& fill, const std::string& note);
    /** Fills a node whatever it was filled with. */
    void FillNode(const std::string& node, const std::string& fill);
    /** Draws an arrow from the node \p from onto \p network, to the other end of a link of two. */
    void AddArrow(std::size_t network,
                  std::size_t from,
                  const std::string& colour,
                  const std::string& label = "",
                  bool dashed = false);
    /** Draws an arrow of a tree from each interface. \param interfaces with blanks between */
    void AddTreeArrows(const std::string& node, const std::string& interfaces);

    /** \param time when the state was as drawn, for the title */
    std::string ToDot(const std::string& time) const;

  private:
    struct Mark
    {
        std::string fill;
        std::string note; //!< lines under the node's name
    };

    struct Arrow
    {
        std::string from;
        std::string to;
        std::string colour;
        std::string label;
        bool dashed;
    };

    bool IsDrawnAsEdge(std::size_t network) const;
    std::string LanId(std::size_t network) const;
    const std::string& EndName(const TopologyNetwork& network, std::size_t end) const;
    bool HasArrow(const std::string& a, const std::string& b) const;
    double GetScale() const;
    void WriteNodes(std::ostream& os) const;
    void WriteNetworks(std::ostream& os) const;
    void WriteEdge(std::ostream& os, const TopologyNetwork& network) const;
    void WriteLan(std::ostream& os, std::size_t network, double scale) const;
    void WriteArrows(std::ostream& os) const;

    const TopologyGraph& m_graph;
    bool m_placed; //!< every node has a position; else Graphviz places all
    std::string m_title;
    std::map<std::string, Mark> m_marks;
    std::vector<Arrow> m_arrows;
    bool m_showNetworks{false};
};

} // namespace ns3

#endif
