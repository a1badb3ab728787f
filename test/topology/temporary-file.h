// SPDX-License-Identifier: GPL-2.0-only
#ifndef VXLAN_MULTICAST_TEST_TEMPORARY_FILE_H
#define VXLAN_MULTICAST_TEST_TEMPORARY_FILE_H

#include <cstdio>
#include <filesystem>
#include <fstream>
#include <random>
#include <string>

/** A file with the given text that is gone with this object. */
class TemporaryFile
{
  public:
    /** \param ending what the file's name ends with */
    explicit TemporaryFile(const std::string& text, const std::string& ending = ".graphml")
    {
        std::random_device device;
        m_path = std::filesystem::temp_directory_path() /
                 ("vxm-" + std::to_string(device()) + std::to_string(device()) + ending);
        std::ofstream(m_path, std::ios::binary) << text;
    }

    ~TemporaryFile()
    {
        std::error_code ignored;
        std::filesystem::remove(m_path, ignored);
    }

    TemporaryFile(const TemporaryFile&) = delete;
    TemporaryFile& operator=(const TemporaryFile&) = delete;

    std::string GetName() const
    {
        return m_path.string();
    }

  private:
    std::filesystem::path m_path;
};

#endif
