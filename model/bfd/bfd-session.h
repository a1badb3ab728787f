// SPDX-License-Identifier: GPL-2.0-only
// RFC 5880 §6: one session in asynchronous mode, in the active role. §6.8.1 state variables, §6.8.2
// and §6.8.3 timers and Poll Sequences, §6.8.4 detection, §6.8.6 reception, §6.8.7 transmission,
// §6.8.16 administrative control.
// Departures: this end never asks for Demand mode, but ceases periodic transmission when the
// neighbour does (§6.6); no Echo function, authentication, forwarding plane resets or concatenated
// paths.
#ifndef VXLAN_MULTICAST_BFD_SESSION_H
#define VXLAN_MULTICAST_BFD_SESSION_H

#include "ns3/bfd-config.h"
#include "ns3/bfd-environment.h"

#include <cstdint>

namespace ns3
{

/** What changes bfd.SessionState, in the order of §6.8.6, then §6.8.4 and §6.8.16. */
enum class BfdSessionEvent : uint8_t
{
    RECEIVED_ADMIN_DOWN,
    RECEIVED_DOWN,
    RECEIVED_INIT,
    RECEIVED_UP,
    DETECTION_TIME_EXPIRES,
    DISABLE,
    ENABLE
};

template <>
struct EnumNames<BfdSessionEvent>
{
    static constexpr const char* NAMES[] = {"received AdminDown",
                                            "received Down",
                                            "received Init",
                                            "received Up",
                                            "detection time expires",
                                            "disable",
                                            "enable"};
};

/** One session. */
class BfdSession
{
  public:
    /**
     * Begins to send at once.
     * \param environment outlives the session
     * \param discriminator bfd.LocalDiscr: unique on this system, not 0
     */
    BfdSession(BfdEnvironment& environment,
               const BfdSessionKey& key,
               uint32_t discriminator,
               uint16_t sourcePort,
               const BfdSessionConfig& config);

    /** §6.8.6, from where the session has been found. */
    void Receive(const BfdPacket& packet);
    /** §6.8.16: disables the session, or enables it again. */
    void SetEnabled(bool enabled);
    /** §6.8.3: other intervals, by a Poll Sequence while the session runs. */
    void SetConfig(const BfdSessionConfig& config);

    const BfdSessionKey& GetKey() const
    {
        return m_key;
    }

    /** bfd.SessionState */
    BfdState GetState() const
    {
        return m_state;
    }

    /** bfd.RemoteSessionState */
    BfdState GetRemoteState() const
    {
        return m_remoteState;
    }

    /** bfd.LocalDiscr */
    uint32_t GetLocalDiscriminator() const
    {
        return m_localDiscriminator;
    }

    /** bfd.RemoteDiscr */
    uint32_t GetRemoteDiscriminator() const
    {
        return m_remoteDiscriminator;
    }

    /** bfd.LocalDiag */
    BfdDiagnostic GetDiagnostic() const
    {
        return m_diagnostic;
    }

    bool IsPolling() const
    {
        return m_polling;
    }

    /** \returns the interval of periodic packets before jitter (§6.8.7). */
    Time GetTransmitInterval() const;
    /** \returns the Detection Time (§6.8.4); 0 before the first packet. */
    Time GetDetectionTime() const;

  private:
    using State = BfdState;
    using Event = BfdSessionEvent;

    void HandleEvent(BfdSessionEvent event);
    /** \returns the state that follows; sets bfd.LocalDiag. */
    BfdState GetNext(BfdSessionEvent event);
    void SetState(BfdState state, BfdSessionEvent event);
    void DetectionTimeExpires();
    /** bfd.DesiredMinTxInterval follows the state (§6.8.3). */
    void UpdateDesiredMinTx();
    void StartPoll();
    void EndPoll();
    bool MayTransmitPeriodically() const;
    void Transmit(bool final);
    /** The next periodic packet, with jitter. */
    void ScheduleTransmission();
    /** The interval may have become shorter (§6.8.3). */
    void HastenTransmission();
    Time GetJittered(Time interval);

    BfdEnvironment& m_environment;
    const BfdSessionKey m_key;
    const uint32_t m_localDiscriminator;
    const uint16_t m_sourcePort;
    BfdSessionConfig m_config;

    BfdState m_state{BfdState::DOWN};
    BfdState m_remoteState{BfdState::DOWN};
    uint32_t m_remoteDiscriminator{0};
    BfdDiagnostic m_diagnostic{BfdDiagnostic::NONE};
    Time m_desiredMinTx;                 //!< as it is sent
    Time m_transmitMinTx;                //!< the one in use: later, while a Poll goes on
    Time m_detectMinRx;                  //!< bfd.RequiredMinRxInterval in use, likewise
    Time m_remoteMinRx{MicroSeconds(1)}; //!< bfd.RemoteMinRxInterval
    Time m_remoteDesiredMinTx{Seconds(0)};
    uint8_t m_remoteDetectMult{0};
    bool m_remoteDemand{false};
    bool m_polling{false};
    Time m_lastTransmission;
    ProtocolTimer m_transmitTimer;
    ProtocolTimer m_detectionTimer;
};

} // namespace ns3

#endif
