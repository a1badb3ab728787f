// SPDX-License-Identifier: GPL-2.0-only
#include "ns3/run-output.h"

#include "ns3/atomic-file.h"
#include "ns3/input-error.h"

#include <cerrno>
#include <cstdio>
#include <cstring>
#include <fcntl.h>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <sys/stat.h>
#include <unistd.h>

namespace ns3
{

namespace fs = std::filesystem;

RunOutput::RunOutput(const std::string& directory)
    : m_directory(directory)
{
    if (directory.empty())
    {
        throw InputError("--output is empty, give --output=DIRECTORY that can be written");
    }
    std::error_code error;
    fs::path made;
    for (fs::path path = fs::absolute(directory); !fs::exists(path, error);
         path = path.parent_path())
    {
        made = path;
    }
    m_made = made.string();
    try
    {
        TryWriting();
        Lock();
    }
    catch (const InputError&)
    {
        RemoveMade();
        throw;
    }
}

RunOutput::~RunOutput()
{
    Unlock();
    if (!m_keep)
    {
        RemoveMade();
    }
}

void
RunOutput::TryWriting() const
{
    std::error_code error;
    fs::create_directories(m_directory, error);
    if (!error && fs::is_directory(m_directory, error) && !error)
    {
        const std::string probe = GetPath(".writable");
        if (WriteFileWhole(probe, ""))
        {
            fs::remove(probe, error);
            return;
        }
        error = std::error_code(errno, std::generic_category());
    }
    Refuse("cannot write there (" + error.message() +
           "), give --output=DIRECTORY that can be written");
}

/**
 * A POSIX record lock: the kernel releases it when the process dies, and the child processes of a
 * sweep do not inherit it. The file is removed with the lock.
 */
void
RunOutput::Lock()
{
    const std::string path = GetPath(".lock");
    struct flock lock = {};
    lock.l_type = F_WRLCK;
    lock.l_whence = SEEK_SET;
    for (bool locked = false; !locked;)
    {
        m_lock = open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0666);
        if (m_lock < 0)
        {
            Refuse("cannot lock it (" + std::string(std::strerror(errno)) +
                   "), give --output=DIRECTORY that can be written");
        }
        if (fcntl(m_lock, F_SETLK, &lock) != 0)
        {
            const bool taken = errno == EACCES || errno == EAGAIN;
            struct flock holder = lock;
            const bool known = taken && fcntl(m_lock, F_GETLK, &holder) == 0 &&
                               holder.l_type != F_UNLCK && holder.l_pid > 0;
            close(m_lock);
            m_lock = -1;
            if (!taken)
            {
                return; // a file system without locks
            }
            Refuse("another run writes there" +
                   (known ? " (process " + std::to_string(holder.l_pid) + ")" : "") +
                   ", let it end first or give another --output");
        }
        // The previous holder may have removed the file after it was opened here.
        struct stat ours;
        struct stat there;
        locked = fstat(m_lock, &ours) == 0 && stat(path.c_str(), &there) == 0 &&
                 ours.st_ino == there.st_ino && ours.st_dev == there.st_dev;
        if (!locked)
        {
            close(m_lock);
            m_lock = -1;
        }
    }
}

void
RunOutput::Unlock()
{
    if (m_lock >= 0)
    {
        std::remove(GetPath(".lock").c_str());
        close(m_lock);
        m_lock = -1;
    }
}

void
RunOutput::Refuse(const std::string& why) const
{
    throw InputError(m_directory, 1, why);
}

void
RunOutput::CheckReplaceable(const std::string& file) const
{
    for (const std::string& path : {GetPath(file), GetPath(file + ".part")})
    {
        std::error_code error;
        const fs::file_status status = fs::status(path, error);
        if (fs::exists(status) && !fs::is_regular_file(status))
        {
            throw InputError(path,
                             1,
                             "stands where the run writes a file, move it away or give another "
                             "--output");
        }
        if (fs::exists(status) && access(path.c_str(), W_OK) != 0)
        {
            throw InputError(path,
                             1,
                             std::string("cannot be written (") + std::strerror(errno) +
                                 "), move it away or give another --output");
        }
    }
}

void
RunOutput::RemoveMade() const
{
    std::error_code error;
    for (fs::path path = fs::absolute(m_directory); !m_made.empty() && !error;
         path = path.parent_path())
    {
        fs::remove(path, error); // which it refuses unless empty
        if (path == m_made)
        {
            return;
        }
    }
}

void
RunOutput::Keep()
{
    m_keep = true;
}

std::string
RunOutput::GetPath(const std::string& file) const
{
    return (fs::path(m_directory) / file).string();
}

std::string
RunOutput::Read(const std::string& file) const
{
    std::ifstream in(GetPath(file), std::ios::binary);
    std::ostringstream content;
    content << in.rdbuf();
    return content.str();
}

void
RunOutput::RemoveStale(const std::vector<std::string>& files) const
{
    for (const std::string& file : files)
    {
        std::error_code ignored;
        if (file.find('/') == std::string::npos && fs::is_regular_file(GetPath(file), ignored))
        {
            fs::remove(GetPath(file), ignored);
        }
    }
}

void
RunOutput::Write(const std::string& file, const std::string& content) const
{
    if (!WriteFileWhole(GetPath(file), content))
    {
        throw std::runtime_error(GetPath(file) + ": cannot be written, " + std::strerror(errno));
    }
}

void
RunOutput::Write(const CsvTable& table) const
{
    std::ostringstream os;
    table.Write(os);
    Write(table.GetName() + ".csv", os.str());
}

} // namespace ns3
