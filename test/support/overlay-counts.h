// SPDX-License-Identifier: GPL-2.0-only
// What overlay.csv must hold, from what hosts behind the VTEPs of the R/E/C lab do: each copy of a
// frame is counted on every link of its way.
#ifndef VXLAN_MULTICAST_TEST_OVERLAY_COUNTS_H
#define VXLAN_MULTICAST_TEST_OVERLAY_COUNTS_H

#include "support/lab-program.h"
#include "support/table-folder.h"

#include <initializer_list>
#include <map>
#include <sstream>
#include <string>
#include <utility>
#include <vector>

namespace ns3
{

/** Frames by "NETWORK FROM OUTER INNER". */
class OverlayCounts
{
  public:
    OverlayCounts() = default;

    /** Reads the rows of a snapshot of one VNI; bytes are checked against the sizes below. */
    OverlayCounts(const TableFolder& tables, const std::string& snapshot, const std::string& vni)
    {
        for (const LabRow& row : tables.GetRows("overlay", {{"snapshot", snapshot}, {"vni", vni}}))
        {
            m_counts[row.at("network") + ' ' + row.at("from") + ' ' + row.at("outer") + ' ' +
                     row.at("inner")] += std::stoi(row.at("packets"));
        }
    }

    /**
     * Adds copies that go from one VTEP to another by unicast, on the only shortest way.
     * \param way "r1 r2" and so on
     */
    OverlayCounts& Add(const std::string& way, const std::string& inner, int copies)
    {
        for (const std::string& link : GetWay(way))
        {
            m_counts[link + " unicast " + inner] += copies;
        }
        return *this;
    }

    /** Adds one multicast copy on each of \p links. */
    OverlayCounts& AddTree(std::initializer_list<const char*> links,
                           const std::string& inner,
                           int n)
    {
        for (const char* link : links)
        {
            m_counts[std::string(link) + " multicast " + inner] += n;
        }
        return *this;
    }

    /** \returns a line for each count. */
    std::string ToText() const
    {
        std::ostringstream text;
        for (const auto& [key, count] : m_counts)
        {
            text << key << ' ' << count << '\n';
        }
        return text.str();
    }

    /** \returns the count of a line, 0 if there is none. */
    int Get(const std::string& key) const
    {
        const auto found = m_counts.find(key);
        return found == m_counts.end() ? 0 : found->second;
    }

  private:
    /** \returns the links, each with its sender. */
    static std::vector<std::string> GetWay(const std::string& way)
    {
        static const std::map<std::string, std::vector<std::string>> ways = {
            {"r1 r2", {"1 r1", "11 e1", "12 c1", "2 e2"}},
            {"r1 r3", {"1 r1", "21 e1", "23 c3", "3 e3"}},
            {"r2 r1", {"2 r2", "12 e2", "11 c1", "1 e1"}},
            {"r2 r3", {"2 r2", "22 e2", "13 c2", "3 e3"}},
            {"r3 r1", {"3 r3", "23 e3", "21 c3", "1 e1"}},
            {"r3 r2", {"3 r3", "13 e3", "22 c2", "2 e2"}}};
        return ways.at(way);
    }

    std::map<std::string, int> m_counts;
};

/** \returns how many pings of \p run were answered. */
inline std::size_t
CountAnswers(const LabProgram& run)
{
    return run->GetRows("pings").size() - run->GetRows("pings", {{"from", ""}}).size();
}

} // namespace ns3

#endif
