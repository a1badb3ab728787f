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
 * What a face hands to its process: done at once, or when the process goes on. An action checks for
 * itself that the process still runs, as an earlier one may have ended it.
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
        return m_clock.IsPaused();
    }

    /** Does \p action now, or when the process goes on. */
    template <typename Action>
    void Do(Action&& action)
    {
        if (!IsHanging())
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
        if (IsHanging() && m_bytes + bytes > SOCKET_BUFFER)
        {
            return false;
        }
        m_bytes += IsHanging() ? bytes : 0;
        Do(std::forward<Action>(action));
        return true;
    }

    /** Hangs, or goes on: alarms that fell due ring first, then what waits is done in order. */
    void SetHanging(bool isHanging)
    {
        if (isHanging)
        {
            m_clock.Pause();
        }
        else if (IsHanging())
        {
            GoOn();
        }
    }

    /** The process has ended and its machines are gone, which what waits checks for itself. */
    void Reset()
    {
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
    std::size_t m_bytes{0}; //!< of packets that wait
    std::vector<std::function<void()>> m_waiting;
};

} // namespace ns3

#endif
