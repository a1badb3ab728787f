// SPDX-License-Identifier: GPL-2.0-only
// OpenFlow 1.3.5 §6.3.1 (set-up), §6.3.2 (interruption), §7.5.1 (HELLO), §7.5.2-3 (ECHO).
#include "ns3/openflow-channel.h"

namespace ns3
{

namespace
{

/** \returns whether \p event ends a connection that stands. */
bool
IsEnd(OpenflowChannelEvent event)
{
    return event == OpenflowChannelEvent::STOP || event == OpenflowChannelEvent::DISCONNECTED ||
           event == OpenflowChannelEvent::BAD_HELLO || event == OpenflowChannelEvent::BROKEN ||
           event == OpenflowChannelEvent::ECHO_TIMER;
}

} // namespace

OpenflowChannel::OpenflowChannel(ProtocolClock& clock,
                                 ProtocolObserver& observer,
                                 ControlMessageObserver& messages,
                                 OpenflowChannelOwner& owner,
                                 const OpenflowChannelConfig& config,
                                 bool connects,
                                 std::string peer)
    : m_observer(observer),
      m_messages(messages),
      m_owner(owner),
      m_config(config),
      m_connects(connects),
      m_peer(std::move(peer)),
      m_retryTimer(clock, [this] { HandleEvent(Event::RETRY_TIMER); }),
      m_echoTimer(clock, [this] { HandleEvent(Event::ECHO_TIMER); })
{
}

void
OpenflowChannel::HandleEvent(Event event)
{
    switch (m_state)
    {
    case State::CLOSED:
        if (event == Event::START && m_connects)
        {
            Connect(event);
        }
        else if (event == Event::CONNECTED && !m_connects)
        {
            Greet(event);
        }
        break;
    case State::BACKOFF:
        if (event == Event::RETRY_TIMER || event == Event::REACHABLE)
        {
            Connect(event);
        }
        else if (event == Event::STOP)
        {
            Drop(event);
        }
        break;
    case State::CONNECTING:
        if (event == Event::CONNECTED)
        {
            m_retryTimer.Cancel();
            Greet(event);
        }
        else if (event == Event::RETRY_TIMER)
        {
            // TCP may wait for minutes: another attempt.
            m_owner.CloseConnection();
            Connect(event);
        }
        else if (event == Event::DISCONNECTED || event == Event::STOP)
        {
            Drop(event);
        }
        break;
    case State::HELLO_WAIT:
    case State::ACTIVE:
    case State::PROBING:
        HandleConnected(event);
        break;
    }
}

void
OpenflowChannel::HandleConnected(Event event)
{
    if (m_state == State::HELLO_WAIT && event == Event::HELLO)
    {
        Enter(State::ACTIVE, event);
        RestartEchoTimer();
        m_owner.ChannelActive();
    }
    else if (m_state == State::ACTIVE && (event == Event::MESSAGE || event == Event::HELLO))
    {
        RestartEchoTimer();
    }
    else if (m_state == State::ACTIVE && event == Event::ECHO_TIMER)
    {
        Enter(State::PROBING, event);
        Emit({OPENFLOW_VERSION_1_3, 0, OpenflowEcho()});
        RestartEchoTimer();
    }
    else if (m_state == State::PROBING && (event == Event::MESSAGE || event == Event::HELLO))
    {
        Enter(State::ACTIVE, event);
        RestartEchoTimer();
    }
    else if (IsEnd(event))
    {
        // In HELLO_WAIT: no HELLO in time, one without a version in common, or something else in
        // its place.
        Drop(event);
    }
}

void
OpenflowChannel::Greet(Event event)
{
    Enter(State::HELLO_WAIT, event);
    Emit({OPENFLOW_VERSION_1_3, ++m_lastXid, OpenflowHello()});
    RestartEchoTimer();
}

void
OpenflowChannel::Connect(Event event)
{
    Enter(State::CONNECTING, event);
    m_retryTimer.Start(m_config.connectRetryTime);
    m_owner.OpenConnection();
}

void
OpenflowChannel::Enter(State state, Event event)
{
    m_observer.ReportStep("channel", m_peer, m_state, event, state);
    m_state = state;
}

void
OpenflowChannel::Drop(Event event)
{
    const bool wasActive = IsActive();
    const bool again = m_connects && event != Event::STOP;
    m_stream.clear();
    m_echoTimer.Cancel();
    Enter(again ? State::BACKOFF : State::CLOSED, event);
    if (event != Event::DISCONNECTED)
    {
        m_owner.CloseConnection();
    }
    if (!again)
    {
        m_retryTimer.Cancel();
    }
    else if (!m_retryTimer.IsRunning())
    {
        // After a failed attempt it runs already: attempts keep their pace.
        m_retryTimer.Start(m_config.connectRetryTime);
    }
    if (wasActive)
    {
        m_owner.ChannelDown();
    }
}

void
OpenflowChannel::RestartEchoTimer()
{
    if (m_config.echoInterval.IsStrictlyPositive())
    {
        m_echoTimer.Start(m_config.echoInterval);
    }
}

void
OpenflowChannel::Receive(const std::vector<uint8_t>& bytes)
{
    m_stream.insert(m_stream.end(), bytes.begin(), bytes.end());
    while (m_state == State::HELLO_WAIT || IsActive())
    {
        const std::size_t size = FindOpenflowMessage(m_stream);
        if (size == 0)
        {
            return;
        }
        if (size == SIZE_MAX)
        {
            m_observer.ReportDrop("OFPBRC_BAD_LEN");
            HandleEvent(Event::BROKEN);
            return;
        }
        // A copy: handling the message may end the channel and clear the stream.
        const std::vector<uint8_t> message(m_stream.begin(), m_stream.begin() + size);
        m_stream.erase(m_stream.begin(), m_stream.begin() + size);
        ReceiveMessage(message.data(), message.size());
    }
    m_stream.clear();
}

void
OpenflowChannel::ReceiveMessage(const uint8_t* data, std::size_t size)
{
    OpenflowMessage message;
    const OpenflowError error = OpenflowMessage::Read(data, size, message);
    m_messages.ReportMessage(
        m_peer, "openflow", false, ToString(static_cast<OpenflowType>(data[1])), size);
    const bool hello = static_cast<OpenflowType>(data[1]) == OpenflowType::HELLO;
    if (hello && !error)
    {
        ReceiveHello(message, data, size);
        return;
    }
    if (m_state == State::HELLO_WAIT)
    {
        // §6.3.1: HELLO comes first.
        const bool report = std::holds_alternative<OpenflowErrorReport>(message.body);
        Answer(report  ? OpenflowError()
               : error ? error
                       : OpenflowError(OpenflowErrorType::BAD_REQUEST, OFPBRC_BAD_TYPE),
               message.xid,
               data,
               size);
        HandleEvent(Event::BAD_HELLO);
        return;
    }
    HandleEvent(Event::MESSAGE);
    if (error)
    {
        Answer(error, message.xid, data, size);
        return;
    }
    if (const auto echo = std::get_if<OpenflowEcho>(&message.body))
    {
        if (!echo->reply)
        {
            Send(OpenflowEcho{true, echo->data}, message.xid);
        }
        return;
    }
    Answer(m_owner.HandleMessage(message), message.xid, data, size);
}

void
OpenflowChannel::ReceiveHello(const OpenflowMessage& message, const uint8_t* data, std::size_t size)
{
    const auto& versions = std::get<OpenflowHello>(message.body).versions;
    // §6.3.1: with bitmaps the highest in common, without them the smaller of the two versions.
    const bool common = versions.empty() ? message.version >= OPENFLOW_VERSION_1_3
                                         : (versions.front() >> OPENFLOW_VERSION_1_3 & 1) != 0;
    if (!common && m_state == State::HELLO_WAIT)
    {
        Answer({OpenflowErrorType::HELLO_FAILED, OFPHFC_INCOMPATIBLE}, message.xid, data, size);
        HandleEvent(Event::BAD_HELLO);
        return;
    }
    HandleEvent(Event::HELLO);
}

void
OpenflowChannel::Answer(const OpenflowError& error,
                        uint32_t xid,
                        const uint8_t* data,
                        std::size_t size)
{
    if (error)
    {
        m_observer.ReportDrop(ToString(error));
        // §7.4.4: an error is never answered by an error.
        if (static_cast<OpenflowType>(data[1]) != OpenflowType::ERROR)
        {
            Emit(MakeOpenflowError(error, xid, data, size));
        }
    }
}

uint32_t
OpenflowChannel::Send(OpenflowMessage::Body body)
{
    if (!IsActive())
    {
        return 0;
    }
    Emit({OPENFLOW_VERSION_1_3, ++m_lastXid, std::move(body)});
    return m_lastXid;
}

void
OpenflowChannel::Send(OpenflowMessage::Body body, uint32_t xid)
{
    if (IsActive())
    {
        Emit({OPENFLOW_VERSION_1_3, xid, std::move(body)});
    }
}

void
OpenflowChannel::Emit(const OpenflowMessage& message)
{
    const std::vector<uint8_t> bytes = message.ToBytes();
    m_messages.ReportMessage(m_peer, "openflow", true, ToString(message.GetType()), bytes.size());
    m_owner.SendBytes(bytes);
}

OpenflowChannelState
OpenflowChannel::GetState() const
{
    return m_state;
}

bool
OpenflowChannel::IsActive() const
{
    return m_state == State::ACTIVE || m_state == State::PROBING;
}

void
OpenflowChannel::SetPeer(std::string peer)
{
    m_peer = std::move(peer);
}

} // namespace ns3
