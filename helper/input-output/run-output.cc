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

namespace
{

/** The file that is locked; a run that is killed leaves it, and the next locks it again. */
const std::string LOCK = ".lock.partial";

} // namespace

RunOutput::RunOutput(const std::string& directory)
    : m_directory(directory)
{
    if (directory.empty())
    {
        throw InputError("--output is empty, give --output=DIRECTORY that can be written");
    }
    std::error_code error;
    std::vector<std::string> missing;
    for (fs::path path = fs::absolute(directory); !fs::exists(path, error);
         path = path.parent_path())
    {
        missing.push_back(path.string());
    }
    for (; !missing.empty(); missing.pop_back())
    {
        m_madeFolders.push_back(std::make_unique<UnfinishedFile>(missing.back()));
    }
    try
    {
        MakeFolder();
        Lock();
        RemovePartial();
    }
    catch (const InputError&)
    {
        RemoveMade();
        throw;
    }
}

RunOutput::~RunOutput()
{
    for (const auto& [file, partial] : m_staged)
    {
        std::remove(partial.GetPath().c_str());
    }
    Unlock();
    RemoveMade();
}

void
RunOutput::MakeFolder() const
{
    std::error_code error;
    fs::create_directories(m_directory, error);
    if (error || !fs::is_directory(m_directory, error) || error)
    {
        RefuseToWrite(error.message());
    }
}

/** Removes what a run that was killed has left. */
void
RunOutput::RemovePartial() const
{
    static const std::set<std::string> ours{
        ".csv", ".dat", ".gnuplot", ".html", ".json", ".pcap", ".png", ".svg", ".txt", ""};
    std::vector<fs::path> left;
    std::error_code error;
    for (fs::directory_iterator it(m_directory, error), end; !error && it != end;
         it.increment(error))
    {
        const fs::path& path = it->path();
        // Hidden is the lock, which this run holds.
        const bool isHidden = path.filename().string().front() == '.';
        if (path.extension() == PARTIAL_SUFFIX && !isHidden &&
            ours.count(path.stem().extension().string()) != 0)
        {
            left.push_back(path);
        }
    }
    for (const fs::path& path : left)
    {
        fs::remove_all(path, error);
    }
}

/**
 * A POSIX record lock: the kernel releases it when the process dies, and the child processes of a
 * sweep do not inherit it. The file is removed with the lock.
 */
void
RunOutput::Lock()
{
    const std::string path = GetPath(LOCK);
    // Until it is known whose file it is, nobody removes it.
    const SignalsHeld held;
    struct flock lock = {};
    lock.l_type = F_WRLCK;
    lock.l_whence = SEEK_SET;
    constexpr int MOST_ATTEMPTS = 100;
    int attempts = 0;
    for (bool locked = false; !locked;)
    {
        m_lock = open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0666);
        if (m_lock < 0 && errno == ENOENT && ++attempts < MOST_ATTEMPTS)
        {
            MakeFolder(); // which a run that ended has removed since
            continue;
        }
        if (m_lock < 0)
        {
            RefuseToWrite(std::strerror(errno));
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
                break; // a file system without locks
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
    m_lockFile = std::make_unique<UnfinishedFile>(path);
}

void
RunOutput::Unlock()
{
    std::remove(m_lockFile->GetPath().c_str());
    if (m_lock >= 0)
    {
        close(m_lock);
        m_lock = -1;
    }
    m_lockFile.reset();
}

void
RunOutput::Refuse(const std::string& why) const
{
    throw InputError(m_directory, 1, why);
}

void
RunOutput::RefuseToWrite(const std::string& why) const
{
    Refuse("cannot write there (" + why + "), give --output=DIRECTORY that can be written");
}

void
RunOutput::CheckReplaceable(const std::string& file) const
{
    for (const std::string& path : {GetPath(file), GetPath(file + PARTIAL_SUFFIX)})
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
    for (auto folder = m_madeFolders.rbegin(); folder != m_madeFolders.rend() && !error; ++folder)
    {
        fs::remove((*folder)->GetPath(), error); // which it refuses unless empty
    }
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

std::string
RunOutput::Stage(const std::string& file)
{
    return m_staged.try_emplace(file, GetPath(file + PARTIAL_SUFFIX)).first->second.GetPath();
}

void
RunOutput::StageText(const std::string& file, const std::string& content)
{
    std::ofstream stream(Stage(file), std::ios::binary | std::ios::trunc);
    stream << content;
    stream.close();
    if (!stream)
    {
        FailToWrite(file);
    }
}

std::set<std::string>
RunOutput::GetStaged() const
{
    std::set<std::string> names;
    for (const auto& [file, partial] : m_staged)
    {
        names.insert(file);
    }
    return names;
}

void
RunOutput::CommitStaged()
{
    while (!m_staged.empty())
    {
        const auto& [file, partial] = *m_staged.begin();
        if (std::rename(partial.GetPath().c_str(), GetPath(file).c_str()) != 0)
        {
            FailToWrite(file);
        }
        m_staged.erase(m_staged.begin());
    }
}

void
RunOutput::FailToWrite(const std::string& file) const
{
    throw std::runtime_error(GetPath(file) + ": cannot be written, " + std::strerror(errno));
}

void
RunOutput::Write(const std::string& file, const std::string& content) const
{
    if (!WriteFileWhole(GetPath(file), content))
    {
        FailToWrite(file);
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
