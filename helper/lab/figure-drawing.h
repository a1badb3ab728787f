// SPDX-License-Identifier: GPL-2.0-only
// A topology as a figure in the making: marks on nodes, arrows along links, failures. figure-svg draws it.
#ifndef VXLAN_MULTICAST_FIGURE_DRAWING_H
#define VXLAN_MULTICAST_FIGURE_DRAWING_H

#include "ns3/figure-palette.h"
#include "ns3/ipv4-address.h"
#include "ns3/topology-graph.h"

#include <cstddef>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

namespace ns3
{

/** What a figure says of a node. */
struct FigureMark
{
    std::vector<FigureMeaning> meanings; //!< its colours
    std::vector<std::string> notes;      //!< lines under its name
};

/** An arrow along a link, or from node to node. */
struct FigureArrow
{
    std::size_t from{0};                //!< a node
    std::optional<std::size_t> to;      //!< a node; none: onto the LAN
    std::optional<std::size_t> network; //!< none: a tunnel, over the picture
    FigureMeaning meaning{FigureMeaning::TREE};
    std::string label;
};

/** One figure in the making. */
class FigureDrawing
{
  public:
    /** \param graph outlives this object */
    explicit FigureDrawing(const TopologyGraph& graph);

    void SetTitle(const std::string& title);
    /** Adds a line under the title. */
    void AddCaption(const std::string& line);
    /** Names networks, prefixes, interfaces and their addresses. */
    void ShowNetworks();

    /** \returns the number of the node that has \p address. */
    std::optional<std::size_t> FindOwner(Ipv4Address address) const;
    /** Gives a node a colour. */
    void MarkNode(const std::string& node, FigureMeaning meaning);
    /** Adds a line under a node's name, unless it stands there. */
    void AddNote(const std::string& node, const std::string& note);
    /** Draws an arrow from the node \p from onto \p network, to the other end of a link of two. */
    void AddArrow(std::size_t network,
                  std::size_t from,
                  FigureMeaning meaning,
                  const std::string& label = "");
    /** Draws an arrow of a tree from each interface. \param interfaces with blanks between */
    void AddTreeArrows(const std::string& node, const std::string& interfaces);
    /** Draws an arrow over the picture, once for each pair. */
    void AddTunnel(std::size_t from, std::size_t to);
    /** Draws a node as dead. */
    void FailNode(std::size_t node);
    /** Draws an interface as down: its link is crossed. */
    void FailAttachment(std::size_t attachment);
    /** Draws a network as one that loses packets. */
    void MarkLossy(std::size_t network, const std::string& label);

    const TopologyGraph& GetGraph() const;
    const std::string& GetTitle() const;
    const std::vector<std::string>& GetCaptions() const;
    bool HasNetworks() const;
    /** \returns what is said of a node. */
    FigureMark GetMark(std::size_t node) const;
    const std::vector<FigureArrow>& GetArrows() const;
    bool IsDead(std::size_t node) const;
    bool IsDown(std::size_t attachment) const;
    /** \returns what a lossy network's label is; empty if it is none. */
    std::string GetLoss(std::size_t network) const;
    /** \returns the meanings that the legend must explain. */
    std::set<FigureMeaning> GetMeanings() const;

  private:
    const TopologyGraph& m_graph;
    std::string m_title;
    std::vector<std::string> m_captions;
    std::map<std::size_t, FigureMark> m_marks;
    std::vector<FigureArrow> m_arrows;
    std::set<std::size_t> m_dead;              //!< nodes
    std::set<std::size_t> m_down;              //!< attachments
    std::map<std::size_t, std::string> m_loss; //!< by network
    bool m_showNetworks{false};
};

} // namespace ns3

#endif
