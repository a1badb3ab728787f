// SPDX-License-Identifier: GPL-2.0-only
// RFC 2236 §3 and §6, figure 1: the host of versions 1 and 2. Source lists have no meaning here:
// asking for any source of a group makes a member.
#include "ns3/igmp-host.h"

namespace ns3
{

namespace
{

const Ipv4Address ALL_ROUTERS(0xe0000002);

} // namespace

void
IgmpHost::HandleEvent(IgmpHostState old,
                      IgmpHostEvent event,
                      Ipv4Address group,
                      Time maxResponseTime)
{
    using S = IgmpHostState;
    using E = IgmpHostEvent;
    switch (old)
    {
    case S::NON_MEMBER:
        if (event == E::JOIN_GROUP) // send report, set flag, start timer
        {
            JoinOld(group);
        }
        break;
    case S::DELAYING_MEMBER:
        if (event == E::LEAVE_GROUP) // stop timer, send leave if flag set
        {
            LeaveOld(group);
        }
        else if (event == E::QUERY_RECEIVED) // reset timer if Max Resp Time < current timer
        {
            ScheduleOldReport(group, maxResponseTime);
        }
        else if (event == E::REPORT_RECEIVED) // stop timer, clear flag
        {
            m_answers.Remove(group);
            m_pending[group].lastReporter = false;
            ForgetIfIdle(group);
        }
        else if (event == E::TIMER_EXPIRED) // send report, set flag
        {
            SendOldReport(group);
        }
        break;
    case S::IDLE_MEMBER:
        if (event == E::LEAVE_GROUP) // send leave if flag set
        {
            LeaveOld(group);
        }
        else if (event == E::QUERY_RECEIVED) // start timer
        {
            ScheduleOldReport(group, maxResponseTime);
        }
        break;
    }
    const S state = GetMemberState(group);
    if (state != old)
    {
        m_environment.ReportStep("igmp-host", IgmpKey{m_interface, group}, old, event, state);
    }
}

void
IgmpHost::JoinOld(Ipv4Address group)
{
    if (ReportsOld(group))
    {
        SendOldReport(group);
        m_answers.Set(
            group,
            m_environment.GetRandom().Uniform(Seconds(0), m_config.unsolicitedReportIntervalV2));
    }
}

void
IgmpHost::LeaveOld(Ipv4Address group)
{
    const bool isSent = m_mode == 2 && m_pending[group].lastReporter;
    m_answers.Remove(group);
    ForgetIfIdle(group);
    if (isSent)
    {
        IgmpMessage leave;
        leave.type = IgmpMessage::LEAVE;
        leave.group = group;
        m_environment.Send(m_interface, leave, ALL_ROUTERS);
    }
}

/** RFC 2236 §3: a running delay is drawn again only when the Query leaves less time. */
void
IgmpHost::ScheduleOldReport(Ipv4Address group, Time maxResponseTime)
{
    if (ReportsOld(group) &&
        (!m_answers.Contains(group) || m_answers.GetRemaining(group) > maxResponseTime))
    {
        m_answers.Set(group, m_environment.GetRandom().Uniform(Seconds(0), maxResponseTime));
    }
}

void
IgmpHost::HandleReport(const IgmpMessage& report)
{
    if (m_running && m_mode != 3 && m_answers.Contains(report.group))
    {
        HandleEvent(IgmpHostState::DELAYING_MEMBER, IgmpHostEvent::REPORT_RECEIVED, report.group);
    }
}

/** RFC 4604 §2.2.3: versions 1 and 2 cannot say what an SSM group needs. */
bool
IgmpHost::ReportsOld(Ipv4Address group) const
{
    return !m_config.IsSsm(group);
}

void
IgmpHost::SendOldReport(Ipv4Address group)
{
    m_pending[group].lastReporter = true;
    IgmpMessage report;
    report.type = m_mode == 1 ? IgmpMessage::V1_REPORT : IgmpMessage::V2_REPORT;
    report.group = group;
    m_environment.Send(m_interface, report, group);
}

} // namespace ns3
