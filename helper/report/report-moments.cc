// SPDX-License-Identifier: GPL-2.0-only
#include "ns3/report-moments.h"

#include "ns3/simulator.h"

namespace ns3
{

std::size_t
ReportMoments::Now()
{
    const int64_t now = Simulator::Now().GetNanoSeconds();
    if (m_ended || m_times.back() != now)
    {
        m_times.push_back(now);
        m_ended = false;
    }
    return m_times.size() - 1;
}

void
ReportMoments::End()
{
    m_ended = true;
}

ReportJson
ReportMoments::ToJson() const
{
    ReportJson differences = ReportJson::array();
    int64_t before = 0;
    for (int64_t time : m_times)
    {
        differences.push_back(time - before);
        before = time;
    }
    return differences;
}

std::size_t
ReportTexts::Add(const std::string& text)
{
    const auto [found, isNew] = m_numbers.emplace(text, m_numbers.size());
    if (isNew)
    {
        m_texts.push_back(text);
    }
    return found->second;
}

const ReportJson&
ReportTexts::ToJson() const
{
    return m_texts;
}

} // namespace ns3
