// SPDX-License-Identifier: GPL-2.0-only
#include "ns3/figure-folder.h"

#include <algorithm>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>
#include <system_error>
#include <utility>

namespace ns3
{

namespace
{

/** What gnuplot writes last into files of each kind. */
const std::map<std::string, std::string> LAST_WORDS{{".svg", "</svg>"}, {".png", "IEND"}};

/** \returns whether a file is there, and a picture has its end. Data may be none. */
bool
IsWholeFile(const std::string& path)
{
    constexpr std::streamoff NEAR_THE_END = 32;
    std::ifstream file(path, std::ios::binary | std::ios::ate);
    const auto last = LAST_WORDS.find(std::filesystem::path(path).extension());
    if (!file || last == LAST_WORDS.end())
    {
        return static_cast<bool>(file);
    }
    const auto size = static_cast<std::streamoff>(file.tellg());
    file.seekg(std::max<std::streamoff>(size - NEAR_THE_END, 0));
    const std::string tail{std::istreambuf_iterator<char>(file), {}};
    return tail.find(last->second) != std::string::npos;
}

} // namespace

FigureFolder::FigureFolder(const std::string& directory,
                           const std::string& name,
                           std::vector<std::string> files)
    : m_directory(directory),
      m_folder(directory + "/" + name + PARTIAL_SUFFIX),
      m_names(std::move(files))
{
    for (const std::string& file : m_names)
    {
        m_files.push_back(std::make_unique<UnfinishedFile>(GetPath() + "/" + file));
    }
    std::error_code ignored;
    std::filesystem::create_directory(GetPath(), ignored);
}

FigureFolder::~FigureFolder()
{
    std::error_code ignored;
    std::filesystem::remove_all(GetPath(), ignored);
}

const std::string&
FigureFolder::GetPath() const
{
    return m_folder.GetPath();
}

bool
FigureFolder::IsWhole() const
{
    return std::all_of(m_names.begin(), m_names.end(), [this](const std::string& name) {
        return IsWholeFile(GetPath() + "/" + name);
    });
}

bool
FigureFolder::Commit() const
{
    const SignalsHeld held;
    return std::all_of(m_names.begin(), m_names.end(), [this](const std::string& name) {
        return std::rename((GetPath() + "/" + name).c_str(), (m_directory + "/" + name).c_str()) ==
               0;
    });
}

} // namespace ns3
