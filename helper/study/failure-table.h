// SPDX-License-Identifier: GPL-2.0-only
// failures.csv: a row per kind of failure, detection and tree.
#ifndef VXLAN_MULTICAST_FAILURE_TABLE_H
#define VXLAN_MULTICAST_FAILURE_TABLE_H

#include "ns3/csv-table.h"
#include "ns3/failure-simulation.h"

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

namespace ns3
{

/** What one kind of failure gave under one tree, and, in packets, one detection. */
struct FailureRow
{
    std::string kind;
    std::string detection; //!< empty: the graph model alone
    std::string rp;        //!< how routers know their RPs
    std::string tree;
    std::size_t failures{0};
    std::vector<FailureOutcome> outcomes;
    std::vector<double> touched; //!< groups, by failure or seed
    std::vector<double> changed; //!< entries, by failure, as the model predicts
    double groups{0};            //!< of a seed
    std::size_t seeds{1};
    std::optional<double> deviation; //!< of the per cent, over seeds
};

/** The least, the middle and the most of some values; 0 of none. */
struct FailureRange
{
    double least{0};
    double median{0}; //!< of an even number of values the mean of the two in the middle
    double most{0};

    explicit FailureRange(std::vector<double> values);
};

/** \returns the longest silences of the failures of \p row, in ms. */
FailureRange GetSilences(const FailureRow& row);

/** \returns the columns of failures.csv. */
const std::vector<std::string>& GetFailureColumns();
/** \returns the cells of \p row. */
std::vector<std::string> MakeFailureCells(const FailureRow& row);

/** \returns the mean; 0 of no values. */
double GetMean(const std::vector<double>& values);
/** \returns the standard deviation of a sample (not of the population). */
double GetDeviation(const std::vector<double>& values);

/** \returns an outcome as cells, the silence in ms, and back. \throws std::logic_error: no numbers */
std::vector<std::string> PackOutcome(const FailureOutcome& outcome);
FailureOutcome UnpackOutcome(const std::vector<std::string>& cells);

} // namespace ns3

#endif
