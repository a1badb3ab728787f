// SPDX-License-Identifier: GPL-2.0-only
// vni-group-sweep as a user runs it, and what it leaves.
#ifndef VXLAN_MULTICAST_TEST_SWEEP_PROGRAM_H
#define VXLAN_MULTICAST_TEST_SWEEP_PROGRAM_H

#include "ns3/csv.h"
#include "ns3/sweep-point.h"
#include "ns3/sweep-store.h"
#include "support/paths.h"

#include <gtest/gtest.h>

#include <sys/wait.h>

#include <algorithm>
#include <array>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <random>
#include <sstream>
#include <string>
#include <vector>

namespace ns3
{

/** sweep.csv or growth.csv with its cells by column name. */
class SweepCells
{
  public:
    explicit SweepCells(SweepRows rows)
        : m_rows(std::move(rows))
    {
    }

    /** \returns how many rows there are below the header. */
    std::size_t GetSize() const
    {
        return m_rows.empty() ? 0 : m_rows.size() - 1;
    }

    const std::string& Text(std::size_t row, const std::string& column) const
    {
        const auto& columns = m_rows.front();
        const auto found = std::find(columns.begin(), columns.end(), column);
        EXPECT_NE(found, columns.end()) << column;
        return m_rows[row + 1].at(static_cast<std::size_t>(found - columns.begin()));
    }

    double Number(std::size_t row, const std::string& column) const
    {
        return std::atof(Text(row, column).c_str());
    }

    /** \returns \p column of the rows in which each of \p where has its value, in their order. */
    std::vector<double> Pick(const std::string& column,
                             const std::vector<std::pair<std::string, std::string>>& where) const
    {
        std::vector<double> values;
        for (std::size_t row = 0; row < GetSize(); ++row)
        {
            if (std::all_of(where.begin(), where.end(), [&](const auto& cell) {
                    return Text(row, cell.first) == cell.second;
                }))
            {
                values.push_back(Number(row, column));
            }
        }
        return values;
    }

    /** \returns the row in words. */
    std::string Describe(std::size_t row) const
    {
        std::string text;
        for (const std::string& column : GetSweepKeyColumns())
        {
            text += column + "=" + Text(row, column) + " ";
        }
        return text + Text(row, "tier");
    }

  private:
    SweepRows m_rows;
};

class SweepProgram : public ::testing::Test
{
  protected:
    static inline const std::string PROGRAM = BIN_DIR "/vni-group-sweep";

    void SetUp() override
    {
        std::random_device device;
        m_folder =
            std::filesystem::temp_directory_path() / ("vxm-sweep-" + std::to_string(device()));
        std::filesystem::create_directory(m_folder);
    }

    void TearDown() override
    {
        std::error_code ignored;
        std::filesystem::remove_all(m_folder, ignored);
    }

    /**
     * \param errors gets what was written to stderr
     * \param launcher stands before the program
     * \returns the exit status
     */
    int Run(const std::string& options, std::string& errors, const std::string& launcher = "") const
    {
        const std::string command = launcher + PROGRAM + options + " 2>&1 >/dev/null";
        FILE* pipe = popen(command.c_str(), "r");
        std::array<char, 512> buffer;
        errors.clear();
        while (fgets(buffer.data(), buffer.size(), pipe) != nullptr)
        {
            errors += buffer.data();
        }
        return WEXITSTATUS(pclose(pipe));
    }

    std::string Output(const std::string& name) const
    {
        return (m_folder / name).string();
    }

    /** Runs it into a directory of that name. \returns its sweep.csv */
    SweepCells Sweep(const std::string& options, const std::string& name) const
    {
        std::string errors;
        EXPECT_EQ(Run(options + " --output=" + Output(name), errors), 0) << errors;
        return SweepCells(ReadTable(Output(name) + "/sweep.csv"));
    }

    static SweepRows ReadTable(const std::string& path)
    {
        std::ifstream file(path, std::ios::binary);
        std::ostringstream text;
        text << file.rdbuf();
        return ParseCsv(text.str());
    }

    /** \returns sweep.csv without the columns that no two runs share. */
    static SweepRows ReadRows(const std::string& output)
    {
        SweepRows rows = ReadTable(output + "/sweep.csv");
        for (const char* name : {"wall_s", "peak_rss_mb"})
        {
            const std::vector<std::string> columns = rows.front();
            const auto column = static_cast<std::size_t>(
                std::find(columns.begin(), columns.end(), name) - columns.begin());
            for (std::vector<std::string>& row : rows)
            {
                row.at(column).clear();
            }
        }
        return rows;
    }

    /** Every figure that the model predicts is the one that the packets gave. */
    static void ExpectModelEqualsPackets(const SweepCells& cells)
    {
        std::vector<std::pair<std::string, std::string>> columns = {
            {"copies_on_links", "predicted_copies"},
            {"delivered_wanted", "predicted_wanted"},
            {"delivered_unwanted", "predicted_unwanted"}};
        for (const char* table : {"star_g", "sg", "sg_rpt", "mfc"})
        {
            for (const char* of : {"_max", "_mean"})
            {
                const std::string measured = std::string(table) + of;
                columns.emplace_back(measured, "predicted_" + measured);
            }
        }
        for (std::size_t row = 0; row < cells.GetSize(); ++row)
        {
            for (const auto& [measured, predicted] : columns)
            {
                EXPECT_FALSE(cells.Text(row, measured).empty());
                EXPECT_EQ(cells.Text(row, measured), cells.Text(row, predicted))
                    << measured << ", " << cells.Describe(row);
            }
            EXPECT_EQ(cells.Text(row, "delivered_lost"), "0") << cells.Describe(row);
            EXPECT_EQ(cells.Text(row, "delivered_duplicates"), "0") << cells.Describe(row);
        }
    }

    std::filesystem::path m_folder;
};

} // namespace ns3

#endif
