// SPDX-License-Identifier: GPL-2.0-only
// A routing process that can be stopped and continued, as by SIGSTOP and SIGCONT: its clock, and
// what waits for it meanwhile.
#ifndef VXLAN_MULTICAST_PROCESS_PAUSE_H
#define VXLAN_MULTICAST_PROCESS_PAUSE_H

#include "ns3/pausable-clock.h"

#include <cstddef>
#include <functional>
#include <utility>
#include <vector>

namespace ns3
{

/**
 * What a face hands to its process: done at once, or when the process goes on. An action looks
 * itself whether the process still runs: an earlier one may have ended it.
 */
class ProcessPause
{
  public:
    /** Bytes of packets that wait in the socket of a process that hangs: Linux's default. */
    static constexpr std::size_t SOCKET_BUFFER = 212992;

    ProtocolClock& GetClock()
    {
        return m_clock;
    }

    const ProtocolClock& GetClock() const
    {
        return m_clock;
    }

    bool IsHanging() const
    {
        return m_isHanging;
    }

    /** Does \p action now, or when the process goes on. */
    template <typename Action>
    void Do(Action&& action)
    {
        if (!m_isHanging)
        {
            action();
            return;
        }
        m_waiting.emplace_back(std::forward<Action>(action));
    }

    /**
     * The same of a packet, which is read from the socket.
     * \returns false, with nothing done, when the socket of a process that hangs is full
     */
    template <typename Action>
    bool DoPacket(std::size_t bytes, Action&& action)
    {
        if (m_isHanging && m_bytes + bytes > SOCKET_BUFFER)
        {
            return false;
        }
        m_bytes += m_isHanging ? bytes : 0;
        Do(std::forward<Action>(action));
        return true;
    }

    /** Hangs, or goes on: alarms that fell due ring first, then what waits is done in order. */
    void SetHanging(bool isHanging)
    {
        if (isHanging == m_isHanging)
        {
            return;
        }
        m_isHanging = isHanging;
        if (isHanging)
        {
            m_clock.Pause();
            return;
        }
        GoOn();
    }

    /** The process has ended, its machines are gone already: what waits finds that itself. */
    void Reset()
    {
        m_isHanging = false;
        GoOn();
    }

  private:
    void GoOn()
    {
        m_bytes = 0;
        m_clock.Resume();
        std::vector<std::function<void()>> waiting;
        waiting.swap(m_waiting);
        for (const auto& action : waiting)
        {
            action();
        }
    }

    PausableClock m_clock;
    bool m_isHanging{false};
    std::size_t m_bytes{0}; //!< of packets that wait
    std::vector<std::function<void()>> m_waiting;
};

} // namespace ns3

#endif
