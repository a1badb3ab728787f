// SPDX-License-Identifier: GPL-2.0-only
// The report page: one HTML file with its data in it, which needs no network.
#ifndef VXLAN_MULTICAST_REPORT_PAGE_H
#define VXLAN_MULTICAST_REPORT_PAGE_H

#include "ns3/report-json.h"

#include <string>

namespace ns3
{

/** \returns the page that shows \p data. */
std::string MakeReportPage(const ReportJson& data);
/** \returns the page without data, as built from report-page/: the data goes where `@@DATA@@` is. */
const char* GetReportPageText();

} // namespace ns3

#endif
