// SPDX-License-Identifier: GPL-2.0-only
// The figures of a run: those that a scenario names, else some of each snapshot.
#ifndef VXLAN_MULTICAST_RUN_FIGURES_H
#define VXLAN_MULTICAST_RUN_FIGURES_H

#include "ns3/figure-spec.h"
#include "ns3/run-output.h"
#include "ns3/run-state.h"

#include <string>

namespace ns3
{

/** Draws the state of a run, if figures are asked for. */
class RunFigures
{
  public:
    /**
     * \param state, output outlive this object
     * \param enabled whether to draw at all
     */
    RunFigures(const RunState& state, RunOutput& output, bool enabled);

    /**
     * Before the run: the scenario names its figures itself, so that snapshots draw none.
     * \throws InputError if the output directory holds something that \p figure cannot replace
     */
    void Announce(const FigureSpec& figure);
    /** \throws std::runtime_error if Graphviz is needed and fails */
    void Draw(const FigureSpec& figure);
    /** Draws the election, the overlay and, of a few groups, the trees. \param snapshot begins the names */
    void DrawSnapshot(const std::string& snapshot);

  private:
    const RunState& m_state;
    RunOutput& m_output;
    bool m_enabled;
    bool m_snapshots{true};
};

} // namespace ns3

#endif
