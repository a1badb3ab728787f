// SPDX-License-Identifier: GPL-2.0-only
#include "ns3/report-page.h"

namespace ns3
{

std::string
MakeReportPage(const ReportJson& data)
{
    const std::string place = "@@DATA@@";
    std::string page = GetReportPageText();
    std::string text;
    for (char c : data.dump(-1, ' ', true, ReportJson::error_handler_t::replace))
    {
        // In JSON it stands in strings alone; `</script>` would end the element around the data.
        text += c == '<' ? std::string("\\u003c") : std::string(1, c);
    }
    return page.replace(page.find(place), place.size(), text);
}

} // namespace ns3
