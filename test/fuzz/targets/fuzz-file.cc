// SPDX-License-Identifier: GPL-2.0-only
#include "fuzz-file.h"

#include "ns3/text.h"

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <unistd.h>

namespace ns3
{

namespace
{

/** The folder, for as long as the program runs. */
class Folder
{
  public:
    Folder()
        : path(std::filesystem::exists("/dev/shm") ? "/dev/shm" : "/tmp")
    {
        path += "/vxm-fuzz-" + std::to_string(getpid());
        std::filesystem::create_directories(path);
    }

    ~Folder()
    {
        std::error_code ignored;
        std::filesystem::remove_all(path, ignored);
    }

    std::string path;
};

} // namespace

const std::string&
GetFuzzFolder()
{
    static const Folder folder;
    return folder.path;
}

std::string
WriteFuzzFile(const std::string& name, const std::string& text)
{
    std::string path = GetFuzzFolder() + "/" + name;
    std::ofstream file(path, std::ios::binary | std::ios::trunc);
    file << text;
    RequireFuzz(static_cast<bool>(file.flush()), path + " cannot be written");
    return path;
}

std::string
ToFuzzText(const FuzzBytes& bytes)
{
    return std::string(bytes.begin(), bytes.end());
}

void
CheckRefusal(const std::string& message, const std::string& file, const std::string& text)
{
    // A carriage return ends a line of XML, too (XML 1.0 §2.11).
    const auto isEnd = [](char c) { return c == '\n' || c == '\r'; };
    const auto lines = static_cast<uint64_t>(std::count_if(text.begin(), text.end(), isEnd)) + 1;
    const std::string start = file + ":";
    RequireFuzz(message.compare(0, start.size(), start) == 0, "no file in '" + message + "'");
    const std::size_t end = message.find(": ", start.size());
    RequireFuzz(end != std::string::npos &&
                    ParseNumber(message.substr(start.size(), end - start.size()), 1, lines),
                "no line of the file in '" + message + "'");
    RequireFuzz(std::none_of(message.begin(), message.end(), IsControlCharacter),
                "more than a line: '" + message + "'");
}

} // namespace ns3
