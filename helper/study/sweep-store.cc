// SPDX-License-Identifier: GPL-2.0-only
#include "ns3/sweep-store.h"

#include "ns3/atomic-file.h"
#include "ns3/csv.h"
#include "ns3/input-error.h"

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <cstring>
#include <fcntl.h>
#include <fstream>
#include <sstream>
#include <sys/stat.h>
#include <unistd.h>

namespace ns3
{

namespace
{

const std::size_t NO_POINT = static_cast<std::size_t>(-1);

std::string
ReadFile(const std::string& path)
{
    std::ifstream file(path, std::ios::binary);
    std::ostringstream text;
    text << file.rdbuf();
    return text.str();
}

bool
Exists(const std::string& path)
{
    struct stat status;
    return stat(path.c_str(), &status) == 0;
}

/** Drops the columns in which no row has a value, except those that always stand in the table. */
void
DropEmptyColumns(SweepRows& rows)
{
    for (std::size_t column = rows.front().size(); column-- > GetSweepFixedColumns();)
    {
        const bool empty = std::all_of(rows.begin() + 1, rows.end(), [column](const auto& row) {
            return row[column].empty();
        });
        for (std::vector<std::string>& row : rows)
        {
            if (empty)
            {
                row.erase(row.begin() + static_cast<std::ptrdiff_t>(column));
            }
        }
    }
}

/**
 * Puts empty columns back where a finished sweep had dropped them.
 * \returns whether the table is one of sweeps, as this version writes them
 */
bool
RestoreColumns(SweepRows& rows)
{
    const SweepRows found = rows;
    const std::vector<std::string>& columns = GetSweepColumns();
    std::vector<std::size_t> places; // by column of the file
    std::size_t column = 0;
    for (const std::string& name : found.front())
    {
        while (column < columns.size() && columns[column] != name)
        {
            ++column;
        }
        if (column == columns.size())
        {
            return false;
        }
        places.push_back(column++);
    }
    for (std::size_t fixed = 0; fixed < GetSweepFixedColumns(); ++fixed)
    {
        if (fixed >= places.size() || places[fixed] != fixed)
        {
            return false;
        }
    }
    for (std::size_t i = 0; i < rows.size(); ++i)
    {
        if (found[i].size() != places.size())
        {
            continue; // torn
        }
        rows[i].assign(columns.size(), "");
        for (std::size_t c = 0; c < places.size(); ++c)
        {
            rows[i][places[c]] = found[i][c];
        }
    }
    return true;
}

/** Takes back what was appended from \p size on. \throws std::runtime_error */
[[noreturn]] void
FailToAppend(int file, off_t size, const char* name)
{
    const std::string why = std::strerror(errno);
    const int cut = ftruncate(file, size); // what remains otherwise is a torn row
    static_cast<void>(cut);
    throw std::runtime_error(std::string("cannot write ") + name + ": " + why);
}

/** One write, so that a kill tears at most the end; then out to the disk. */
void
AppendWhole(int file, const std::string& text, const char* name)
{
    const off_t size = lseek(file, 0, SEEK_END);
    std::size_t done = 0;
    while (done < text.size())
    {
        const ssize_t count = write(file, text.data() + done, text.size() - done);
        if (count < 0 && errno == EINTR)
        {
            continue;
        }
        if (count < 0)
        {
            FailToAppend(file, size, name);
        }
        done += static_cast<std::size_t>(count);
    }
    if (fsync(file) != 0)
    {
        FailToAppend(file, size, name);
    }
}

} // namespace

SweepStore::SweepStore(const SweepOptions& options)
    : m_directory(options.output)
{
    for (std::size_t i = 0; i < options.grid.size(); ++i)
    {
        m_keys[GetSweepKey(options.grid[i])] = i;
        m_rowsPerPoint.push_back(
            GetRouterTiers(options.topologies.at(options.grid[i].topology)).size());
    }
    if (!Load())
    {
        m_keptAside = true;
        for (const char* name : {"/sweep", "/growth"})
        {
            const std::string from = m_directory + name + ".csv";
            const std::string to = m_directory + name + "-before.csv";
            if (std::rename(from.c_str(), to.c_str()) != 0 && errno != ENOENT)
            {
                throw InputError(to,
                                 1,
                                 std::string("cannot keep the old points there (") +
                                     std::strerror(errno) + "), give another --output");
            }
        }
    }
    try
    {
        WriteAll();
    }
    catch (const std::runtime_error& error)
    {
        throw InputError(error.what());
    }
    Open();
}

SweepStore::~SweepStore()
{
    Close();
}

std::size_t
SweepStore::FindPoint(const std::vector<std::string>& row,
                      const std::vector<std::string>& columns) const
{
    std::vector<std::string> key;
    for (const std::string& name : GetSweepKeyColumns())
    {
        const auto column = std::find(columns.begin(), columns.end(), name);
        key.push_back(row.at(static_cast<std::size_t>(column - columns.begin())));
    }
    const auto found = m_keys.find(key);
    return found == m_keys.end() ? NO_POINT : found->second;
}

bool
SweepStore::Load()
{
    SweepRows rows = ParseCsv(ReadFile(m_directory + "/sweep.csv"));
    if (rows.empty())
    {
        return !Exists(m_directory + "/sweep.csv") || ReadFile(m_directory + "/sweep.csv").empty();
    }
    if (!RestoreColumns(rows))
    {
        return false;
    }
    bool ours = true;
    std::map<std::size_t, SweepResult> results;
    for (std::size_t i = 1; i < rows.size(); ++i)
    {
        const bool whole = rows[i].size() == GetSweepColumns().size();
        const std::size_t point = whole ? FindPoint(rows[i], GetSweepColumns()) : NO_POINT;
        ours = ours && (point != NO_POINT || !whole);
        if (point != NO_POINT)
        {
            results[point].rows.push_back(rows[i]);
        }
    }
    for (auto& [point, result] : results)
    {
        if (result.rows.size() == m_rowsPerPoint[point])
        {
            m_results[point] = std::move(result);
        }
    }
    SweepRows samples = ParseCsv(ReadFile(m_directory + "/growth.csv"));
    for (std::size_t i = 1; i < samples.size(); ++i)
    {
        const bool whole = samples[i].size() == GetGrowthColumns().size();
        const auto found =
            m_results.find(whole ? FindPoint(samples[i], GetGrowthColumns()) : NO_POINT);
        if (found != m_results.end())
        {
            found->second.samples.push_back(samples[i]);
        }
    }
    return ours;
}

void
SweepStore::WriteAll()
{
    std::string rows = FormatCsv({GetSweepColumns()});
    std::string samples = FormatCsv({GetGrowthColumns()});
    for (const auto& [point, result] : m_results)
    {
        rows += FormatCsv(result.rows);
        samples += FormatCsv(result.samples);
    }
    Write(rows, samples);
}

void
SweepStore::Write(const std::string& rows, const std::string& samples) const
{
    if (!WriteFileWhole(m_directory + "/growth.csv", samples) ||
        !WriteFileWhole(m_directory + "/sweep.csv", rows))
    {
        throw std::runtime_error("cannot write " + m_directory +
                                 "/sweep.csv: " + std::strerror(errno));
    }
}

void
SweepStore::Open()
{
    m_rowsFile = open((m_directory + "/sweep.csv").c_str(), O_WRONLY | O_APPEND | O_CLOEXEC);
    m_samplesFile = open((m_directory + "/growth.csv").c_str(), O_WRONLY | O_APPEND | O_CLOEXEC);
    if (m_rowsFile < 0 || m_samplesFile < 0)
    {
        throw InputError("cannot write " + m_directory + "/sweep.csv: " + std::strerror(errno));
    }
}

void
SweepStore::Close()
{
    for (int* file : {&m_rowsFile, &m_samplesFile})
    {
        if (*file >= 0)
        {
            close(*file);
            *file = -1;
        }
    }
}

bool
SweepStore::IsDone(std::size_t index) const
{
    return m_results.count(index) != 0;
}

void
SweepStore::Append(std::size_t index, const SweepResult& result)
{
    // The samples first: a point counts as done by its rows in sweep.csv.
    AppendWhole(m_samplesFile, FormatCsv(result.samples), "growth.csv");
    AppendWhole(m_rowsFile, FormatCsv(result.rows), "sweep.csv");
    m_results[index] = result;
}

void
SweepStore::Finish()
{
    Close();
    SweepRows rows = {GetSweepColumns()};
    std::string samples = FormatCsv({GetGrowthColumns()});
    for (const auto& [point, result] : m_results)
    {
        rows.insert(rows.end(), result.rows.begin(), result.rows.end());
        samples += FormatCsv(result.samples);
    }
    DropEmptyColumns(rows);
    Write(FormatCsv(rows), samples);
}

const std::map<std::size_t, SweepResult>&
SweepStore::GetResults() const
{
    return m_results;
}

bool
SweepStore::HasKeptAside() const
{
    return m_keptAside;
}

} // namespace ns3
