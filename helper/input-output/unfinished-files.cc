// SPDX-License-Identifier: GPL-2.0-only
#include "ns3/unfinished-files.h"

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <unistd.h>

namespace ns3
{

const char* const PARTIAL_SUFFIX = ".partial";

namespace
{

constexpr int WATCHED_SIGNALS[] = {SIGINT, SIGTERM, SIGHUP};

UnfinishedFile* g_newest = nullptr;
pid_t g_owner = 0; //!< the process whose files they are
char g_line[256];  //!< what to say; made beforehand

volatile std::sig_atomic_t g_noted = 0;

void
NoteSignal(int number)
{
    g_noted = number;
}

sigset_t
GetWatchedSignals()
{
    sigset_t set;
    sigemptyset(&set);
    for (const int number : WATCHED_SIGNALS)
    {
        sigaddset(&set, number);
    }
    return set;
}

} // namespace

/** The list, of which a signal handler reads. */
class UnfinishedFiles
{
  public:
    static void Add(UnfinishedFile& file)
    {
        const SignalsHeld held;
        file.m_next = g_newest;
        if (g_newest != nullptr)
        {
            g_newest->m_previous = &file;
        }
        g_newest = &file;
    }

    static void Remove(UnfinishedFile& file)
    {
        const SignalsHeld held;
        (file.m_previous != nullptr ? file.m_previous->m_next : g_newest) = file.m_next;
        if (file.m_next != nullptr)
        {
            file.m_next->m_previous = file.m_previous;
        }
    }

    /** Nothing but system calls that are safe in a signal handler. */
    static void RemoveAll()
    {
        // Newest first: files before the folder that was made for them.
        for (const UnfinishedFile* file = g_newest; file != nullptr; file = file->m_next)
        {
            if (unlink(file->m_path.c_str()) != 0 && (errno == EISDIR || errno == EPERM))
            {
                rmdir(file->m_path.c_str());
            }
        }
    }
};

UnfinishedFile::UnfinishedFile(const std::string& path)
    : m_path(path)
{
    UnfinishedFiles::Add(*this);
}

UnfinishedFile::~UnfinishedFile()
{
    UnfinishedFiles::Remove(*this);
}

const std::string&
UnfinishedFile::GetPath() const
{
    return m_path;
}

SignalsHeld::SignalsHeld()
{
    const sigset_t watched = GetWatchedSignals();
    sigprocmask(SIG_BLOCK, &watched, &m_before);
}

SignalsHeld::~SignalsHeld()
{
    sigprocmask(SIG_SETMASK, &m_before, nullptr);
}

void
EndCleanlyOnSignals(const std::string& program)
{
    const std::string line = program + ": interrupted; what was not finished is removed\n";
    g_line[line.copy(g_line, sizeof g_line - 1)] = '\0';
    g_owner = getpid();
    for (const int number : WATCHED_SIGNALS)
    {
        struct sigaction action = {};
        if (sigaction(number, nullptr, &action) == 0 && action.sa_handler != SIG_IGN)
        {
            action.sa_handler = EndCleanly;
            action.sa_flags = 0;
            action.sa_mask = GetWatchedSignals();
            sigaction(number, &action, nullptr);
        }
    }
}

void
EndCleanly(int number)
{
    RemoveUnfinishedFiles();
    if (getpid() == g_owner)
    {
        const ssize_t said = write(STDERR_FILENO, g_line, std::strlen(g_line));
        static_cast<void>(said);
    }
    _exit(128 + number);
}

void
RemoveUnfinishedFiles()
{
    if (getpid() == g_owner)
    {
        UnfinishedFiles::RemoveAll();
    }
}

InterruptWatch::InterruptWatch()
{
    for (const int number : WATCHED_SIGNALS)
    {
        m_before[number] = std::signal(number, NoteSignal);
        m_before[number] == SIG_IGN ? void(std::signal(number, SIG_IGN)) : void();
    }
}

InterruptWatch::~InterruptWatch()
{
    for (const auto& [number, before] : m_before)
    {
        std::signal(number, before);
    }
}

int
InterruptWatch::GetSignal()
{
    return g_noted;
}

void
EndOnSignals()
{
    for (const int number : WATCHED_SIGNALS)
    {
        std::signal(number, SIG_DFL);
    }
}

} // namespace ns3
