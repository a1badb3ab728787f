// SPDX-License-Identifier: GPL-2.0-only
// The moments of a run at which something happened: the axis of the report page.
#ifndef VXLAN_MULTICAST_REPORT_MOMENTS_H
#define VXLAN_MULTICAST_REPORT_MOMENTS_H

#include "ns3/report-json.h"

#include <cstddef>
#include <cstdint>
#include <map>
#include <string>
#include <vector>

namespace ns3
{

/** Moments by number. Two may be at one time, if a snapshot was taken between them. */
class ReportMoments
{
  public:
    /** \returns the number of the moment that it is now, in simulated time. */
    std::size_t Now();
    /** What happens from now on, even at the same time, belongs to another moment. */
    void End();

    /** \returns the moments' times in ns, each as the difference from the one before. */
    ReportJson ToJson() const;

  private:
    std::vector<int64_t> m_times; //!< in ns
    bool m_ended{true};
};

/** The texts of a report, each held once. */
class ReportTexts
{
  public:
    /** \returns the number of \p text. */
    std::size_t Add(const std::string& text);
    const ReportJson& ToJson() const;

  private:
    std::map<std::string, std::size_t> m_numbers;
    ReportJson m_texts = ReportJson::array();
};

} // namespace ns3

#endif
