// SPDX-License-Identifier: GPL-2.0-only
#include "ns3/sweep-pool.h"

#include "ns3/csv.h"
#include "ns3/sweep-store.h"
#include "ns3/unfinished-files.h"

#include <algorithm>
#include <cerrno>
#include <csignal>
#include <cstring>
#include <deque>
#include <exception>
#include <iterator>
#include <map>
#include <memory>
#include <poll.h>
#include <set>
#include <stdexcept>
#include <sys/wait.h>
#include <unistd.h>
#ifdef __linux__
#include <sys/prctl.h>
#endif

namespace ns3
{

namespace
{

const std::string END = "end";

/** In the child: computes, sends, ends without the parent's exit handlers. */
[[noreturn]] void
RunChild(const SweepFunction& compute, std::size_t index, int file, pid_t parent)
{
#ifdef __linux__
    prctl(PR_SET_PDEATHSIG, SIGKILL);
#endif
    if (getppid() != parent)
    {
        _exit(1); // it ended before that
    }
    std::signal(SIGPIPE, SIG_DFL);
    EndOnSignals();
    SweepResult result;
    try
    {
        result = compute(index);
    }
    catch (const std::exception& error)
    {
        result = SweepResult();
        result.error = error.what();
    }
    const std::string text = PackResult(result);
    for (std::size_t sent = 0; sent < text.size();)
    {
        const ssize_t count = write(file, text.data() + sent, text.size() - sent);
        if (count <= 0 && errno != EINTR)
        {
            _exit(1);
        }
        sent += count > 0 ? static_cast<std::size_t>(count) : 0;
    }
    _exit(0);
}

} // namespace

std::string
PackResult(const SweepResult& result)
{
    SweepRows rows = {{result.error}};
    rows.push_back({std::to_string(result.rows.size())});
    rows.insert(rows.end(), result.rows.begin(), result.rows.end());
    rows.insert(rows.end(), result.samples.begin(), result.samples.end());
    rows.push_back({END});
    return FormatCsv(rows);
}

SweepResult
UnpackResult(const std::string& text)
{
    SweepRows rows = ParseCsv(text);
    SweepResult result;
    if (rows.size() < 3 || rows.back() != std::vector<std::string>{END})
    {
        result.error = "ended before it was done";
        return result;
    }
    result.error = rows[0][0];
    const auto first = rows.begin() + 2;
    const auto middle = first + std::stol(rows[1][0]);
    result.rows.assign(std::make_move_iterator(first), std::make_move_iterator(middle));
    result.samples.assign(std::make_move_iterator(middle), std::make_move_iterator(rows.end() - 1));
    return result;
}

SweepChild::SweepChild(const SweepFunction& compute, std::size_t index)
    : m_index(index)
{
    int ends[2];
    if (pipe(ends) != 0)
    {
        throw std::runtime_error(std::string("cannot make a pipe: ") + std::strerror(errno));
    }
    const pid_t parent = getpid();
    m_process = fork();
    if (m_process == 0)
    {
        close(ends[0]);
        RunChild(compute, index, ends[1], parent);
    }
    close(ends[1]);
    m_file = ends[0];
    if (m_process < 0)
    {
        close(m_file);
        throw std::runtime_error(std::string("cannot start a process: ") + std::strerror(errno));
    }
}

SweepChild::SweepChild(SweepChild&& other) noexcept
{
    *this = std::move(other);
}

SweepChild&
SweepChild::operator=(SweepChild&& other) noexcept
{
    std::swap(m_index, other.m_index);
    std::swap(m_file, other.m_file);
    std::swap(m_process, other.m_process);
    std::swap(m_text, other.m_text);
    return *this;
}

SweepChild::~SweepChild()
{
    if (m_process > 0)
    {
        kill(m_process, SIGKILL);
        while (waitpid(m_process, nullptr, 0) < 0 && errno == EINTR)
        {
        }
    }
    if (m_file >= 0)
    {
        close(m_file);
    }
}

std::size_t
SweepChild::GetIndex() const
{
    return m_index;
}

int
SweepChild::GetFile() const
{
    return m_file;
}

std::optional<SweepResult>
SweepChild::Read()
{
    char block[65536];
    const ssize_t count = read(m_file, block, sizeof block);
    if (count > 0)
    {
        m_text.append(block, static_cast<std::size_t>(count));
        return std::nullopt;
    }
    if (count < 0 && errno == EINTR)
    {
        return std::nullopt;
    }
    int status = 0;
    while (waitpid(m_process, &status, 0) < 0 && errno == EINTR)
    {
    }
    m_process = -1;
    SweepResult result = UnpackResult(m_text);
    if (WIFSIGNALED(status))
    {
        result.error = std::string("killed by signal: ") + strsignal(WTERMSIG(status));
    }
    return result;
}

SweepResult
SweepChild::Wait()
{
    for (;;)
    {
        if (auto result = Read())
        {
            return *result;
        }
    }
}

namespace
{

/** Waits up to \p milliseconds for children, and reports those that are done. */
void
PollChildren(std::vector<SweepChild>& children,
             int milliseconds,
             const std::function<void(std::size_t, const SweepResult&)>& done)
{
    std::vector<pollfd> files;
    files.reserve(children.size());
    for (const SweepChild& child : children)
    {
        files.push_back({child.GetFile(), POLLIN, 0});
    }
    if (poll(files.data(), files.size(), milliseconds) <= 0)
    {
        return;
    }
    for (std::size_t i = files.size(); i-- > 0;)
    {
        if (files[i].revents == 0)
        {
            continue;
        }
        if (const auto result = children[i].Read())
        {
            const std::size_t index = children[i].GetIndex();
            children.erase(children.begin() + static_cast<std::ptrdiff_t>(i));
            done(index, *result);
        }
    }
}

} // namespace

void
RunSweepPool(const std::vector<std::size_t>& todo,
             uint32_t jobs,
             SweepRemote* remote,
             const SweepFunction& compute,
             const std::function<void(std::size_t, const SweepResult&)>& done,
             const std::function<void()>& tick)
{
    std::deque<std::size_t> queue(todo.begin(), todo.end());
    std::vector<SweepChild> children;
    std::map<std::size_t, std::size_t> busy; // remote worker, its point
    std::set<std::size_t> idle;
    for (std::size_t worker = 0; remote != nullptr && worker < remote->GetWorkers(); ++worker)
    {
        idle.insert(worker);
    }
    while (!queue.empty() || !children.empty() || !busy.empty())
    {
        while (!queue.empty() && !idle.empty())
        {
            const std::size_t worker = *idle.begin();
            idle.erase(idle.begin());
            busy[worker] = queue.front();
            remote->Send(worker, queue.front());
            queue.pop_front();
        }
        while (!queue.empty() && children.size() < jobs)
        {
            children.emplace_back(compute, queue.front());
            queue.pop_front();
        }
        tick();
        PollChildren(children, busy.empty() ? 1000 : 20, done);
        while (auto answer = busy.empty() ? std::nullopt : remote->Receive())
        {
            const std::size_t index = busy.at(answer->first);
            busy.erase(answer->first);
            idle.insert(answer->first);
            done(index, UnpackResult(answer->second));
        }
    }
    if (remote != nullptr)
    {
        remote->Finish();
    }
}

} // namespace ns3
