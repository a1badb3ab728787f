// SPDX-License-Identifier: GPL-2.0-only
// Runs the points of a sweep: each in a process of its own, for ns-3's state is global to a
// process, several at once, on this machine and, through SweepRemote, on others.
#ifndef VXLAN_MULTICAST_SWEEP_POOL_H
#define VXLAN_MULTICAST_SWEEP_POOL_H

#include "ns3/sweep-point.h"

#include <functional>
#include <optional>
#include <string>
#include <sys/types.h>
#include <utility>
#include <vector>

namespace ns3
{

/** Computes a grid point; called in a child process. */
using SweepFunction = std::function<SweepResult(std::size_t index)>;

/** \returns \p result as text, and back. Text that is not whole gives a result with an error. */
std::string PackResult(const SweepResult& result);
SweepResult UnpackResult(const std::string& text);

/** One point in a child process, which dies with its parent. */
class SweepChild
{
  public:
    /** Starts the child. \throws std::runtime_error when the system has no room for it */
    SweepChild(const SweepFunction& compute, std::size_t index);
    SweepChild(SweepChild&& other) noexcept;
    SweepChild& operator=(SweepChild&& other) noexcept;
    ~SweepChild();

    std::size_t GetIndex() const;
    /** \returns the file to poll for input. */
    int GetFile() const;
    /** Reads what is there. \returns the result once the child has ended. */
    std::optional<SweepResult> Read();
    /** Waits for the end. */
    SweepResult Wait();

  private:
    std::size_t m_index{0};
    int m_file{-1};
    pid_t m_process{-1};
    std::string m_text;
};

/** Workers elsewhere that each take one point at a time. */
class SweepRemote
{
  public:
    virtual ~SweepRemote() = default;
    virtual std::size_t GetWorkers() const = 0;
    /** Hands grid point \p index to a worker that is free. */
    virtual void Send(std::size_t worker, std::size_t index) = 0;
    /** \returns a worker that has done its point, and the packed result, without waiting. */
    virtual std::optional<std::pair<std::size_t, std::string>> Receive() = 0;
    /** Tells all workers to end. */
    virtual void Finish() = 0;
};

/**
 * Computes all points of \p todo, in that order as far as places are free.
 * \param jobs processes at once on this machine
 * \param remote further workers, or nullptr
 * \param done called in this process as each point is done
 * \param tick called at least once per second
 */
void RunSweepPool(const std::vector<std::size_t>& todo,
                  uint32_t jobs,
                  SweepRemote* remote,
                  const SweepFunction& compute,
                  const std::function<void(std::size_t, const SweepResult&)>& done,
                  const std::function<void()>& tick);

} // namespace ns3

#endif
