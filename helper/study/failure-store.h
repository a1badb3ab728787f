// SPDX-License-Identifier: GPL-2.0-only
// failure-runs.csv: a row per failure that was run in packets, on disk before the next one is counted
// as done, so that a study that was killed continues where it was.
#ifndef VXLAN_MULTICAST_FAILURE_STORE_H
#define VXLAN_MULTICAST_FAILURE_STORE_H

#include "ns3/csv.h"
#include "ns3/failure-model.h"
#include "ns3/failure-simulation.h"
#include "ns3/run-output.h"

#include <cstddef>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace ns3
{

/** Which run it is, and what the graph model says of its failure. */
struct FailureRunKey
{
    std::string settings; //!< the options that decide what comes out
    std::string topology;
    std::string tree;
    std::string detection;
    std::string failure;
    FailureEffect predicted{};
};

/** The runs of one output directory, those of other settings too. */
class FailureStore
{
  public:
    static constexpr const char* FILE_NAME = "failure-runs.csv";

    /**
     * Reads what earlier studies have left.
     * \param output outlives this object
     * \throws InputError if the file cannot be replaced
     */
    explicit FailureStore(RunOutput& output);

    /** Adds a run that the study needs; the file has them in this order. \returns its number */
    std::size_t AddRun(const FailureRunKey& key);
    /** \returns what run \p number gave, if it has been done. */
    const std::optional<FailureOutcome>& GetOutcome(std::size_t number) const;
    /** Keeps what run \p number gave. \throws std::runtime_error when the disk refuses */
    void SetOutcome(std::size_t number, const FailureOutcome& outcome);
    /** \returns how many runs of the study have been done. */
    std::size_t CountDone() const;

  private:
    using Identity = std::vector<std::string>;

    /** A run of this study. */
    struct Run
    {
        FailureRunKey key;
        std::optional<FailureOutcome> outcome;
    };

    void Write() const;

    RunOutput& m_output;
    std::vector<Run> m_runs;
    std::map<Identity, std::vector<std::string>> m_found; //!< rows of the file that no run needs
};

} // namespace ns3

#endif
