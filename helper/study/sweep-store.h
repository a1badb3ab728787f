// SPDX-License-Identifier: GPL-2.0-only
// The sweep's tables on disk. A point's rows are appended whole and forced out before the next
// point is counted as done, so that a sweep that was killed continues where it was.
#ifndef VXLAN_MULTICAST_SWEEP_STORE_H
#define VXLAN_MULTICAST_SWEEP_STORE_H

#include "ns3/sweep-point.h"

#include <map>
#include <string>
#include <vector>

namespace ns3
{

/**
 * sweep.csv and growth.csv of one output directory. While a sweep runs, the points are in the
 * order in which they were done; Finish puts them in the grid's order, and drops columns without
 * values.
 */
class SweepStore
{
  public:
    /**
     * Reads what an earlier run has left. Rows of points that are not in the grid make the files be
     * kept aside as `…-before.csv`; rows of points that are not whole are dropped.
     * \throws InputError if the directory cannot be written
     */
    explicit SweepStore(const SweepOptions& options);
    ~SweepStore();
    SweepStore(const SweepStore&) = delete;
    SweepStore& operator=(const SweepStore&) = delete;

    /** \returns whether all rows of grid point \p index are there. */
    bool IsDone(std::size_t index) const;
    /** Appends a point, whole. \throws std::runtime_error when the disk refuses */
    void Append(std::size_t index, const SweepResult& result);
    /** Rewrites both files in the grid's order. \throws std::runtime_error */
    void Finish();

    /** \returns the results so far, by index in the grid. */
    const std::map<std::size_t, SweepResult>& GetResults() const;
    /** \returns whether files of another sweep were kept aside. */
    bool HasKeptAside() const;

  private:
    std::size_t FindPoint(const std::vector<std::string>& row,
                          const std::vector<std::string>& columns) const;
    bool Load();
    void WriteAll();
    void Write(const std::string& rows, const std::string& samples) const;
    void Open();
    void Close();

    std::string m_directory;
    std::map<std::vector<std::string>, std::size_t> m_keys; //!< key to index in the grid
    std::vector<std::size_t> m_rowsPerPoint;
    std::map<std::size_t, SweepResult> m_results;
    int m_rowsFile{-1};
    int m_samplesFile{-1};
    bool m_keptAside{false};
};

} // namespace ns3

#endif
