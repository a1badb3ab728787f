// SPDX-License-Identifier: GPL-2.0-only
// A capture as tshark reads it: fields by name, frame by frame, and what is wrong with them.
#ifndef VXLAN_MULTICAST_TEST_CAPTURE_H
#define VXLAN_MULTICAST_TEST_CAPTURE_H

#include <stdio.h>

#include <algorithm>
#include <map>
#include <memory>
#include <sstream>
#include <string>
#include <utility>
#include <vector>

namespace ns3
{

/** The frames of a capture, decoded once, every checksum looked at. */
class Capture
{
  public:
    /** A frame: the values of each field, of which it may have several. */
    using Frame = std::map<std::string, std::vector<std::string>>;
    /** What fields hold, among other values. Empty: the field is not there. */
    using Values = std::vector<std::pair<std::string, std::string>>;

    static bool HasTshark()
    {
        return !Run("tshark --version 2>/dev/null").empty();
    }

    /** \param fields what to decode besides what FindFaults looks at */
    Capture(const std::string& file, std::vector<std::string> fields)
        : m_fields(std::move(fields))
    {
        m_fields.insert(m_fields.end(),
                        {"frame.number",
                         "frame.protocols",
                         "ip.checksum.status",
                         "udp.checksum.status",
                         "icmp.checksum.status",
                         "igmp.checksum.status",
                         "pim.cksum.status",
                         "_ws.expert.severity",
                         "_ws.expert.message",
                         "_ws.malformed"});
        std::string command = "tshark -r " + file +
                              " -o ip.check_checksum:TRUE -o udp.check_checksum:TRUE -T fields "
                              "-E occurrence=a -E aggregator=';'";
        for (const std::string& field : m_fields)
        {
            command += " -e " + field;
        }
        std::istringstream lines(Run(command + " 2>/dev/null"));
        for (std::string line; std::getline(lines, line);)
        {
            m_frames.push_back(Read(line));
        }
    }

    const std::vector<Frame>& GetFrames() const
    {
        return m_frames;
    }

    /** \returns how many frames hold all these values. */
    std::size_t Count(const Values& values) const
    {
        return static_cast<std::size_t>(
            std::count_if(m_frames.begin(), m_frames.end(), [&](const Frame& frame) {
                return Holds(frame, values);
            }));
    }

    static bool Holds(const Frame& frame, const Values& values)
    {
        return std::all_of(values.begin(), values.end(), [&](const auto& value) {
            const auto cell = frame.find(value.first);
            return value.second.empty() ? cell == frame.end()
                                        : cell != frame.end() && std::count(cell->second.begin(),
                                                                            cell->second.end(),
                                                                            value.second) != 0;
        });
    }

    /** \returns what tshark objects to, a line each. */
    std::string FindFaults() const
    {
        std::ostringstream faults;
        for (const Frame& frame : m_frames)
        {
            const std::string number = frame.at("frame.number").at(0);
            if (frame.count("_ws.malformed") != 0)
            {
                faults << number << ": malformed\n";
            }
            const auto expert = frame.find("_ws.expert.message");
            if (expert != frame.end())
            {
                faults << number << ": " << expert->second[0] << "\n";
            }
            const std::string protocols = frame.at("frame.protocols").at(0) + ":";
            for (const char* protocol : {"ip", "udp", "icmp", "igmp", "pim"})
            {
                if (protocols.find(":" + std::string(protocol) + ":") != std::string::npos &&
                    !HasGoodChecksums(frame, protocol))
                {
                    faults << number << ": checksum of " << protocol << "\n";
                }
            }
        }
        return faults.str();
    }

  private:
    /** \returns whether all checksums of a protocol in a frame were looked at and found good. */
    static bool HasGoodChecksums(const Frame& frame, const std::string& protocol)
    {
        const std::string name = protocol == "pim" ? "cksum" : "checksum";
        const auto status = frame.find(protocol + "." + name + ".status");
        return status != frame.end() &&
               std::all_of(status->second.begin(),
                           status->second.end(),
                           [](const std::string& value) { return value == "1"; });
    }

    static std::string Run(const std::string& command)
    {
        std::string output;
        const std::unique_ptr<FILE, int (*)(FILE*)> pipe(popen(command.c_str(), "r"), pclose);
        char buffer[4096];
        while (pipe && fgets(buffer, sizeof buffer, pipe.get()) != nullptr)
        {
            output += buffer;
        }
        return output;
    }

    Frame Read(const std::string& line) const
    {
        Frame frame;
        std::istringstream cells(line);
        std::string cell;
        for (std::size_t i = 0; i < m_fields.size() && std::getline(cells, cell, '\t'); ++i)
        {
            std::istringstream values(cell);
            for (std::string value; std::getline(values, value, ';');)
            {
                frame[m_fields[i]].push_back(value);
            }
        }
        return frame;
    }

    std::vector<std::string> m_fields;
    std::vector<Frame> m_frames;
};

} // namespace ns3

#endif
