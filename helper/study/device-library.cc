// SPDX-License-Identifier: GPL-2.0-only
#include "ns3/device-library.h"

#include "ns3/input-error.h"
#include "ns3/yaml-document.h"
#include "ns3/yaml-fields.h"

#include <yaml-cpp/exceptions.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <set>

namespace ns3
{

namespace
{

const char* const LIBRARY = "topologies/devices.yaml";

Device
ReadDevice(const std::string& file, const YamlNode& node)
{
    const YamlFields fields(file, node, "device", {"name", "model", "limit", "source", "line"});
    Device device;
    device.name = fields.GetText("name");
    device.model = fields.GetText("model");
    device.source = fields.GetText("source");
    device.line = fields.GetText("line", "");
    if (device.name.find_first_of(",: ") != std::string::npos)
    {
        fields.Fail("name", "name '" + device.name + "' has a comma, colon or blank, use none");
    }
    try
    {
        device.limit = PlanTierLimit::Parse(fields.GetText("limit"));
    }
    catch (const std::invalid_argument& error)
    {
        fields.Fail("limit", error.what());
    }
    return device;
}

YamlNode
ReadYaml(const std::string& file)
{
    std::ifstream stream(file);
    if (!stream)
    {
        throw InputError(file + ": cannot be read, expected a file such as " + LIBRARY);
    }
    try
    {
        return YamlDocument::Read(stream);
    }
    catch (const YAML::Exception& error)
    {
        throw InputError(file, std::max(error.mark.line, 0) + 1, error.msg);
    }
}

} // namespace

std::vector<Device>
ReadDevices(const std::string& file)
{
    const YamlNode root = ReadYaml(file);
    if (!root.IsSequence())
    {
        throw InputError(file, 1, "no list of devices, expected - {name: …, limit: …, source: …}");
    }
    std::vector<Device> devices;
    std::set<std::string> names;
    for (std::size_t i = 0; i < root.GetSize(); ++i)
    {
        const YamlNode node = root.GetItem(i);
        devices.push_back(ReadDevice(file, node));
        if (!names.insert(devices.back().name).second)
        {
            throw InputError(file,
                             node.GetLine(),
                             "device '" + devices.back().name + "' twice, expected a name each");
        }
    }
    return devices;
}

std::string
FindDeviceLibrary()
{
    std::error_code error;
    if (std::filesystem::exists(LIBRARY, error))
    {
        return LIBRARY;
    }
    std::filesystem::path folder = std::filesystem::read_symlink("/proc/self/exe", error);
    while (!folder.empty() && folder.has_relative_path())
    {
        folder = folder.parent_path();
        for (const char* place : {LIBRARY, "share/vxlan-multicast/topologies/devices.yaml"})
        {
            if (std::filesystem::exists(folder / place, error))
            {
                return (folder / place).string();
            }
        }
    }
    return LIBRARY;
}

std::vector<Device>
GetPlottedDevices()
{
    std::error_code error;
    const std::string file = FindDeviceLibrary();
    if (!std::filesystem::exists(file, error))
    {
        return {};
    }
    std::vector<Device> devices = ReadDevices(file);
    devices.erase(std::remove_if(devices.begin(),
                                 devices.end(),
                                 [](const Device& device) {
                                     return device.line.empty() || !device.limit.sum;
                                 }),
                  devices.end());
    std::stable_sort(devices.begin(), devices.end(), [](const Device& a, const Device& b) {
        return *a.limit.sum < *b.limit.sum;
    });
    return devices;
}

} // namespace ns3
