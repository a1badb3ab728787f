// SPDX-License-Identifier: GPL-2.0-only
#include "ns3/run-output.h"

#include "ns3/input-error.h"

#include <cerrno>
#include <cstring>
#include <filesystem>
#include <sstream>

namespace ns3
{

namespace fs = std::filesystem;

RunOutput::RunOutput(const std::string& directory)
    : m_directory(directory)
{
    std::error_code error;
    fs::path made;
    for (fs::path path = fs::absolute(directory); !fs::exists(path, error);
         path = path.parent_path())
    {
        made = path;
    }
    m_made = made.string();
    fs::create_directories(directory, error);
    if (!error)
    {
        const std::string probe = GetPath(".writable");
        if (!WriteFileWhole(probe, ""))
        {
            error = std::error_code(errno, std::generic_category());
        }
        else
        {
            fs::remove(probe);
        }
    }
    if (error || !fs::is_directory(directory))
    {
        RemoveMade();
        throw InputError(directory,
                         1,
                         "cannot write there (" + error.message() +
                             "), give --output=DIRECTORY that can be written");
    }
}

RunOutput::~RunOutput()
{
    if (!m_keep)
    {
        RemoveMade();
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
