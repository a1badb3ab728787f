// SPDX-License-Identifier: GPL-2.0-only
// OpenFlow 1.3.5 §6.3: one end of the OpenFlow channel: connection set-up, version negotiation,
// keep-alive, interruption. A switch's end connects and tries again; a controller's waits.
// Departure: no TLS, auxiliary connections and roles.
#ifndef VXLAN_MULTICAST_OPENFLOW_CHANNEL_H
#define VXLAN_MULTICAST_OPENFLOW_CHANNEL_H

#include "ns3/openflow-config.h"
#include "ns3/openflow-environment.h"
#include "ns3/openflow-message.h"

#include <string>
#include <vector>

namespace ns3
{

/** States of a channel's end. */
enum class OpenflowChannelState
{
    CLOSED,     //!< not wanted, or (controller) over
    BACKOFF,    //!< waits before the next attempt
    CONNECTING, //!< TCP is being set up
    HELLO_WAIT, //!< our HELLO is sent, theirs has not come
    ACTIVE,     //!< versions are agreed upon
    PROBING     //!< silent: an ECHO_REQUEST is out
};

template <>
struct EnumNames<OpenflowChannelState>
{
    static constexpr const char* NAMES[] =
        {"closed", "backoff", "connecting", "hello-wait", "active", "probing"};
};

/** What happens to a channel's end. */
enum class OpenflowChannelEvent
{
    START,        //!< the switch is to have a controller
    STOP,         //!< no longer
    RETRY_TIMER,  //!< ConnectRetryTime is over
    REACHABLE,    //!< a route to the other end has appeared
    CONNECTED,    //!< TCP stands
    DISCONNECTED, //!< TCP failed, or was closed by the other end
    HELLO,        //!< a HELLO with a version in common
    BAD_HELLO,    //!< a HELLO without
    MESSAGE,      //!< any other message
    BROKEN,       //!< the byte stream has lost its meaning
    ECHO_TIMER    //!< nothing was heard for EchoInterval
};

template <>
struct EnumNames<OpenflowChannelEvent>
{
    static constexpr const char* NAMES[] = {"start",
                                            "stop",
                                            "retry-timer",
                                            "reachable",
                                            "connected",
                                            "disconnected",
                                            "hello",
                                            "bad-hello",
                                            "message",
                                            "broken",
                                            "echo-timer"};
};

/** Who owns a channel's end. */
class OpenflowChannelOwner
{
  public:
    virtual ~OpenflowChannelOwner() = default;
    virtual void OpenConnection() = 0;
    virtual void CloseConnection() = 0;
    virtual void SendBytes(const std::vector<uint8_t>& bytes) = 0;
    /** Versions are agreed upon. */
    virtual void ChannelActive() = 0;
    /** An active channel is over. */
    virtual void ChannelDown() = 0;
    /** A message that is the owner's affair. \returns the error that answers it, or success. */
    virtual OpenflowError HandleMessage(const OpenflowMessage& message) = 0;
};

/** One end. */
class OpenflowChannel
{
  public:
    /**
     * \param connects whether this end opens the connection (a switch's)
     * \param peer what transitions and counts call the other end
     */
    OpenflowChannel(ProtocolClock& clock,
                    ProtocolObserver& observer,
                    ControlMessageObserver& messages,
                    OpenflowChannelOwner& owner,
                    const OpenflowChannelConfig& config,
                    bool connects,
                    std::string peer);

    void HandleEvent(OpenflowChannelEvent event);
    /** Bytes of the connection. */
    void Receive(const std::vector<uint8_t>& bytes);

    /** Sends a message of our own. \returns its transaction id; 0 while the channel is not active
     */
    uint32_t Send(OpenflowMessage::Body body);
    /** Sends a message with this transaction id. */
    void Send(OpenflowMessage::Body body, uint32_t xid);

    OpenflowChannelState GetState() const;
    /** \returns whether messages can be sent. */
    bool IsActive() const;
    void SetPeer(std::string peer);

  private:
    using State = OpenflowChannelState;
    using Event = OpenflowChannelEvent;

    /** TCP stands: the states from HELLO_WAIT on. */
    void HandleConnected(OpenflowChannelEvent event);
    void Connect(OpenflowChannelEvent event);
    void Greet(OpenflowChannelEvent event);
    void Enter(OpenflowChannelState state, OpenflowChannelEvent event);
    void Drop(OpenflowChannelEvent event);
    void ReceiveMessage(const uint8_t* data, std::size_t size);
    void ReceiveHello(const OpenflowMessage& message, const uint8_t* data, std::size_t size);
    void Answer(const OpenflowError& error, uint32_t xid, const uint8_t* data, std::size_t size);
    void Emit(const OpenflowMessage& message);
    void RestartEchoTimer();

    ProtocolObserver& m_observer;
    ControlMessageObserver& m_messages;
    OpenflowChannelOwner& m_owner;
    const OpenflowChannelConfig m_config;
    const bool m_connects;
    std::string m_peer;
    OpenflowChannelState m_state{OpenflowChannelState::CLOSED};
    std::vector<uint8_t> m_stream; //!< bytes of a message that is not all there
    uint32_t m_lastXid{0};
    ProtocolTimer m_retryTimer;
    ProtocolTimer m_echoTimer;
};

} // namespace ns3

#endif
