// SPDX-License-Identifier: GPL-2.0-only
// What a program removes when a signal ends it: files that are not whole yet, folders that it made.
#ifndef VXLAN_MULTICAST_UNFINISHED_FILES_H
#define VXLAN_MULTICAST_UNFINISHED_FILES_H

#include <csignal>
#include <map>
#include <string>

namespace ns3
{

/** What the names of files end in until they are whole. */
extern const char* const PARTIAL_SUFFIX;

/**
 * A file or an empty folder that goes if the process is ended by a signal that EndCleanlyOnSignals
 * watches. It may not be there.
 */
class UnfinishedFile
{
  public:
    explicit UnfinishedFile(const std::string& path);
    /** From now on it stays. */
    ~UnfinishedFile();
    UnfinishedFile(const UnfinishedFile&) = delete;
    UnfinishedFile& operator=(const UnfinishedFile&) = delete;

    const std::string& GetPath() const;

  private:
    friend class UnfinishedFiles;

    std::string m_path;
    UnfinishedFile* m_next{nullptr};     //!< the one that was there before
    UnfinishedFile* m_previous{nullptr}; //!< the one that came after
};

/** Holds back signals while files get their names, so that all do or none. */
class SignalsHeld
{
  public:
    SignalsHeld();
    ~SignalsHeld();
    SignalsHeld(const SignalsHeld&) = delete;
    SignalsHeld& operator=(const SignalsHeld&) = delete;

  private:
    sigset_t m_before;
};

/**
 * From now on SIGINT, SIGTERM and SIGHUP remove all unfinished files, say so in one line on stderr,
 * and end the process with status 128 + signal. Those that are ignored, as nohup does, stay so.
 * Child processes are not concerned.
 * \param program its name
 */
void EndCleanlyOnSignals(const std::string& program);

/** What such a signal does. To be called in a signal handler, or to be one. */
[[noreturn]] void EndCleanly(int number);

/** Removes all unfinished files of this process. May be called in a signal handler. */
void RemoveUnfinishedFiles();

/**
 * While it is there, SIGINT, SIGTERM and SIGHUP are noted alone, for programs that end well by
 * themselves; those that are ignored stay so.
 */
class InterruptWatch
{
  public:
    InterruptWatch();
    ~InterruptWatch();
    InterruptWatch(const InterruptWatch&) = delete;
    InterruptWatch& operator=(const InterruptWatch&) = delete;

    /** \returns the signal that was noted, of this process; 0 if none was. */
    static int GetSignal();

  private:
    std::map<int, void (*)(int)> m_before;
};

/** In a child process: what EndCleanlyOnSignals watches ends it at once. */
void EndOnSignals();

} // namespace ns3

#endif
