// SPDX-License-Identifier: GPL-2.0-only
// RFC 5880 §6.8.
#include "ns3/bfd-session.h"

#include <algorithm>
#include <stdexcept>

namespace ns3
{

namespace
{

uint32_t
ToMicroSeconds(Time time)
{
    return static_cast<uint32_t>(time.GetMicroSeconds());
}

} // namespace

void
BfdSessionConfig::Check() const
{
    const Time longest = MicroSeconds(UINT32_MAX);
    if (desiredMinTx < MicroSeconds(1) || desiredMinTx > longest ||
        requiredMinRx < MicroSeconds(1) || requiredMinRx > longest)
    {
        throw std::invalid_argument("BFD's intervals are 1us to 4294s");
    }
    if (slowMinTx < Seconds(1) || slowMinTx > longest)
    {
        throw std::invalid_argument("BFD sends at most once a second while a session is not Up "
                                    "(RFC 5880 6.8.3): an interval of 1s to 4294s");
    }
    if (detectMult == 0)
    {
        throw std::invalid_argument("BFD's detection multiplier is 1 to 255");
    }
}

BfdSession::BfdSession(BfdEnvironment& environment,
                       const BfdSessionKey& key,
                       uint32_t discriminator,
                       uint16_t sourcePort,
                       const BfdSessionConfig& config)
    : m_environment(environment),
      m_key(key),
      m_localDiscriminator(discriminator),
      m_sourcePort(sourcePort),
      m_config(config),
      m_desiredMinTx(std::max(config.desiredMinTx, config.slowMinTx)),
      m_transmitMinTx(m_desiredMinTx),
      m_detectMinRx(config.requiredMinRx),
      m_lastTransmission(environment.GetClock().Now()),
      m_transmitTimer(environment.GetClock(),
                      [this] {
                          Transmit(false);
                          ScheduleTransmission();
                      }),
      m_detectionTimer(environment.GetClock(), [this] { DetectionTimeExpires(); })
{
    // The first packet comes within an interval, so that sessions do not start in step.
    m_transmitTimer.Start(environment.GetRandom().Uniform(Seconds(0), MilliSeconds(50)));
}

// ---- The state machine ----

BfdState
BfdSession::GetNext(BfdSessionEvent event)
{
    if (event == Event::DISABLE)
    {
        m_diagnostic = BfdDiagnostic::ADMINISTRATIVELY_DOWN;
        return State::ADMIN_DOWN;
    }
    switch (m_state)
    {
    case State::ADMIN_DOWN:
        if (event == Event::ENABLE)
        {
            m_diagnostic = BfdDiagnostic::NONE;
            return State::DOWN;
        }
        return State::ADMIN_DOWN;
    case State::DOWN:
        if (event == Event::RECEIVED_DOWN)
        {
            return State::INIT;
        }
        if (event == Event::RECEIVED_INIT)
        {
            m_diagnostic = BfdDiagnostic::NONE;
            return State::UP;
        }
        return State::DOWN;
    case State::INIT:
    case State::UP:
        break;
    }
    if (event == Event::DETECTION_TIME_EXPIRES)
    {
        m_diagnostic = BfdDiagnostic::DETECTION_TIME_EXPIRED;
        return State::DOWN;
    }
    if (event == Event::RECEIVED_ADMIN_DOWN ||
        (event == Event::RECEIVED_DOWN && m_state == State::UP))
    {
        m_diagnostic = BfdDiagnostic::NEIGHBOR_SIGNALED_DOWN;
        return State::DOWN;
    }
    if (m_state == State::INIT && (event == Event::RECEIVED_INIT || event == Event::RECEIVED_UP))
    {
        m_diagnostic = BfdDiagnostic::NONE;
        return State::UP;
    }
    return m_state;
}

void
BfdSession::HandleEvent(BfdSessionEvent event)
{
    const State next = GetNext(event);
    if (next != m_state)
    {
        SetState(next, event);
    }
}

void
BfdSession::SetState(BfdState state, BfdSessionEvent event)
{
    const State old = m_state;
    m_state = state;
    m_environment.ReportStep("bfd-session", m_key, old, event, state);
    UpdateDesiredMinTx();
    // "SHOULD be transmitted during the interval between periodic packets": the neighbour hears of
    // the new state at once.
    Transmit(false);
    ScheduleTransmission();
    const std::string detail = [this] {
        std::ostringstream text;
        text << m_key.neighbor << " " << m_environment.GetInterfaceName(m_key.interface);
        return text.str();
    }();
    if (state == State::UP)
    {
        m_environment.ReportEvent(EnumName(BfdEvent::SESSION_UP), detail);
    }
    else if (old == State::UP)
    {
        m_environment.ReportEvent(EnumName(BfdEvent::SESSION_DOWN),
                                  detail + " " + EnumName(m_diagnostic));
        if (event == Event::RECEIVED_DOWN || event == Event::DETECTION_TIME_EXPIRES)
        {
            m_environment.NeighborDown(m_key);
        }
    }
}

void
BfdSession::SetEnabled(bool enabled)
{
    HandleEvent(enabled ? Event::ENABLE : Event::DISABLE);
}

void
BfdSession::DetectionTimeExpires()
{
    m_remoteDiscriminator = 0;
    m_remoteMinRx = MicroSeconds(1);
    HandleEvent(Event::DETECTION_TIME_EXPIRES);
}

// ---- Reception ----

void
BfdSession::Receive(const BfdPacket& packet)
{
    m_remoteDiscriminator = packet.myDiscriminator;
    m_remoteState = packet.state;
    m_remoteDemand = packet.demand;
    m_remoteMinRx = MicroSeconds(packet.requiredMinRx);
    m_remoteDesiredMinTx = MicroSeconds(packet.desiredMinTx);
    m_remoteDetectMult = packet.detectMult;
    if (packet.final && m_polling)
    {
        EndPoll();
    }
    if (m_state == State::ADMIN_DOWN)
    {
        return;
    }
    m_detectionTimer.Start(GetDetectionTime());
    switch (packet.state)
    {
    case State::ADMIN_DOWN:
        HandleEvent(Event::RECEIVED_ADMIN_DOWN);
        break;
    case State::DOWN:
        HandleEvent(Event::RECEIVED_DOWN);
        break;
    case State::INIT:
        HandleEvent(Event::RECEIVED_INIT);
        break;
    case State::UP:
        HandleEvent(Event::RECEIVED_UP);
        break;
    }
    HastenTransmission();
    if (packet.poll)
    {
        Transmit(true);
    }
}

Time
BfdSession::GetDetectionTime() const
{
    return m_remoteDetectMult * std::max(m_detectMinRx, m_remoteDesiredMinTx);
}

// ---- Intervals ----

void
BfdSession::UpdateDesiredMinTx()
{
    const Time desired = m_state == State::UP ? m_config.desiredMinTx
                                              : std::max(m_config.desiredMinTx, m_config.slowMinTx);
    if (desired == m_desiredMinTx)
    {
        return;
    }
    const bool increasesWhileUp = m_state == State::UP && desired > m_desiredMinTx;
    m_desiredMinTx = desired;
    if (!increasesWhileUp)
    {
        m_transmitMinTx = desired;
    }
    StartPoll();
}

void
BfdSession::SetConfig(const BfdSessionConfig& config)
{
    const Time oldRequired = m_config.requiredMinRx;
    m_config = config;
    if (config.requiredMinRx != oldRequired)
    {
        if (m_state != State::UP || config.requiredMinRx > m_detectMinRx)
        {
            m_detectMinRx = config.requiredMinRx;
        }
        StartPoll();
    }
    UpdateDesiredMinTx();
    HastenTransmission();
}

void
BfdSession::StartPoll()
{
    m_polling = true;
}

void
BfdSession::EndPoll()
{
    m_polling = false;
    m_transmitMinTx = m_desiredMinTx;
    m_detectMinRx = m_config.requiredMinRx;
}

// ---- Transmission ----

Time
BfdSession::GetTransmitInterval() const
{
    return std::max(m_transmitMinTx, m_remoteMinRx);
}

bool
BfdSession::MayTransmitPeriodically() const
{
    const bool remoteDemands =
        m_remoteDemand && m_state == State::UP && m_remoteState == State::UP && !m_polling;
    return m_remoteMinRx.IsStrictlyPositive() && !remoteDemands;
}

/** Less by up to 25 %; with a multiplier of 1 by 10 % at least (§6.8.7). */
Time
BfdSession::GetJittered(Time interval)
{
    const double most = m_config.detectMult == 1 ? 0.9 : 1.0;
    return interval * m_environment.GetRandom().Uniform(0.75, most);
}

void
BfdSession::ScheduleTransmission()
{
    if (MayTransmitPeriodically())
    {
        m_transmitTimer.Start(GetJittered(GetTransmitInterval()));
    }
    else
    {
        m_transmitTimer.Cancel();
    }
}

void
BfdSession::HastenTransmission()
{
    if (!m_transmitTimer.IsRunning() || !MayTransmitPeriodically())
    {
        ScheduleTransmission();
        return;
    }
    const Time due = m_lastTransmission + GetTransmitInterval() - m_environment.GetClock().Now();
    if (m_transmitTimer.GetRemaining() > due)
    {
        m_transmitTimer.Start(std::max<Time>(due, Seconds(0)));
    }
}

void
BfdSession::Transmit(bool final)
{
    BfdPacket packet;
    packet.diagnostic = static_cast<uint8_t>(m_diagnostic);
    packet.state = m_state;
    packet.poll = m_polling && !final;
    packet.final = final;
    packet.detectMult = m_config.detectMult;
    packet.myDiscriminator = m_localDiscriminator;
    packet.yourDiscriminator = m_remoteDiscriminator;
    packet.desiredMinTx = ToMicroSeconds(m_desiredMinTx);
    packet.requiredMinRx = ToMicroSeconds(m_config.requiredMinRx);
    if (!final)
    {
        m_lastTransmission = m_environment.GetClock().Now();
    }
    m_environment.Send(m_key, m_sourcePort, packet);
}

} // namespace ns3
