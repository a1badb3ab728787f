// SPDX-License-Identifier: GPL-2.0-only
#include "ns3/vni-mapping.h"

#include "ns3/csv.h"
#include "ns3/input-file.h"
#include "ns3/rpf-tie.h"
#include "ns3/text.h"
#include "ns3/vni-clustering.h"

#include <numeric>
#include <optional>
#include <sstream>
#include <stdexcept>
#include <utility>

namespace ns3
{

namespace
{

constexpr uint32_t MAX_GROUPS = (uint32_t(1) << 24) - (uint32_t(1) << 16);

[[noreturn]] void
Refuse(const std::string& message)
{
    throw WorkloadError("mapping", message);
}

[[noreturn]] void
RefuseLine(const std::string& file, std::size_t line, const std::string& message)
{
    throw WorkloadError("", file + ":" + std::to_string(line) + ": " + message);
}

/** \returns what the file of a mapping holds, which is something */
std::string
ReadMapping(const std::string& file)
{
    const std::string expected = ", expected a file of lines vni,group";
    try
    {
        std::string text = ReadInputFile(file).value_or("");
        if (text.empty())
        {
            RefuseLine(file, 1, "cannot be read or is empty" + expected);
        }
        if (text.find('\0') != std::string::npos)
        {
            RefuseLine(file, 1, "holds bytes of 0" + expected);
        }
        return text;
    }
    catch (const std::length_error& error)
    {
        RefuseLine(file, 1, error.what() + expected);
    }
}

/** \returns G of `name:G`, or \p groups of `name`. */
uint32_t
TakeGroups(const std::string& text, uint32_t groups)
{
    const std::size_t colon = text.find(':');
    if (colon == std::string::npos)
    {
        if (groups == 0)
        {
            Refuse("mapping '" + text + "' has no number of groups, expected " + text + ":G");
        }
        return groups;
    }
    const auto number = ParseNumber(text.substr(colon + 1), 1, MAX_GROUPS);
    if (!number)
    {
        Refuse("mapping is '" + text + "', expected a number of groups from 1 to " +
               std::to_string(MAX_GROUPS) + " after the colon");
    }
    if (groups != 0 && groups != *number)
    {
        Refuse("mapping '" + text + "' and " + std::to_string(groups) +
               " groups, expected one number of groups");
    }
    return static_cast<uint32_t>(*number);
}

/** \returns the address of a group that is given by number or address, if it is one. */
std::optional<TopologyAddress>
ReadGroup(const std::string& word)
{
    if (const auto number = ParseNumber(word, 0, MAX_GROUPS - 1))
    {
        return VniMapping::FIRST_GROUP + static_cast<uint32_t>(*number);
    }
    const auto address = ParseAddress(word);
    return address && *address >> 28 == 14 ? address : std::nullopt;
}

/**
 * \returns VNI and group address of a line, which may name a tree, too, as plans do: then head-end
 *          VNIs have no address. Nothing of a comment, the header or an empty line.
 */
std::optional<std::pair<uint32_t, std::optional<TopologyAddress>>>
ReadRow(const std::string& file, std::size_t at, const std::string& line, uint32_t mostVnis)
{
    if (line.empty() || line[0] == '#')
    {
        return std::nullopt;
    }
    // A line is a row: quotes hold no line break here.
    const CsvRows rows = ParseCsv(line + '\n');
    const std::vector<std::string> cells = rows.empty() ? CsvRows::value_type(1) : rows[0];
    if (at == 1 && cells[0] == "vni")
    {
        return std::nullopt;
    }
    const auto vni = ParseNumber(Trim(cells[0]), 1, mostVnis);
    if ((cells.size() != 2 && cells.size() != 3) || !vni)
    {
        RefuseLine(file,
                   at,
                   "'" + line + "', expected a VNI from 1 to " + std::to_string(mostVnis) +
                       " and a group");
    }
    const auto address = ReadGroup(Trim(cells[1]));
    const bool isHeadEnd = cells.size() == 3 && cells[1].empty() && cells[2] == "head-end";
    if (!address && !isHeadEnd)
    {
        RefuseLine(
            file, at, "group is '" + cells[1] + "', expected a number or a multicast address");
    }
    return std::make_pair(static_cast<uint32_t>(*vni), address);
}

} // namespace

VniMapping::VniMapping(const std::string& text, uint32_t groups, Workload& workload)
    : m_vnis(workload.GetVniCount())
{
    const std::string name = text.substr(0, text.find(':'));
    if (name == "explicit")
    {
        if (text.size() <= name.size() + 1)
        {
            Refuse("mapping '" + text + "' has no file, expected explicit:FILE");
        }
        ReadFile(text.substr(name.size() + 1), workload.GetAskedVniCount());
        if (groups != 0 && groups != m_groups)
        {
            Refuse("mapping '" + text + "' has " + std::to_string(m_groups) + " groups, not " +
                   std::to_string(groups) + ", expected one number of groups");
        }
        return;
    }
    SetKind(text, groups, workload.GetAskedVniCount());
    if (name == "hash")
    {
        std::vector<uint32_t> groupOf(m_vnis);
        for (uint32_t vni = 1; vni <= m_vnis; ++vni)
        {
            groupOf[vni - 1] = static_cast<uint32_t>(RpfHash(vni, vni) % m_groups);
        }
        SetTable(groupOf);
    }
    else if (name == "cluster")
    {
        SetTable(ClusterVnis(workload, m_groups));
    }
}

void
VniMapping::SetKind(const std::string& text, uint32_t groups, uint32_t mostVnis)
{
    const std::string name = text.substr(0, text.find(':'));
    if (text == "one-to-one")
    {
        m_groups = m_vnis;
    }
    else if (text == "last-octet")
    {
        m_kind = Kind::Modulo;
        m_groups = 256;
    }
    else if (name == "modulo" || name == "hash" || name == "cluster")
    {
        m_groups = TakeGroups(text, groups);
        if (m_groups > mostVnis)
        {
            Refuse(std::to_string(m_groups) + " groups for " + std::to_string(mostVnis) +
                   " VNIs, expected at most as many groups as VNIs");
        }
        m_kind = name == "modulo" ? Kind::Modulo : Kind::Table;
    }
    else
    {
        Refuse("mapping is '" + text +
               "', expected one-to-one, modulo:G, hash:G, last-octet, explicit:FILE or cluster:G");
    }
    if (groups != 0 && groups != m_groups && name != "last-octet")
    {
        Refuse("mapping '" + text + "' and " + std::to_string(groups) +
               " groups, expected modulo:G, hash:G or cluster:G");
    }
    if (m_groups > MAX_GROUPS)
    {
        Refuse(std::to_string(m_groups) + " groups, expected at most " +
               std::to_string(MAX_GROUPS) + " in 239.0.0.0/8");
    }
}

void
VniMapping::SetTable(const std::vector<uint32_t>& groupOf)
{
    m_kind = Kind::Table;
    m_groupOf = groupOf;
    m_first.assign(m_groups + 1, 0);
    for (uint32_t group : groupOf)
    {
        if (group != NO_GROUP)
        {
            ++m_first[group + 1];
        }
    }
    std::partial_sum(m_first.begin(), m_first.end(), m_first.begin());
    std::vector<uint32_t> next = m_first;
    m_sorted.resize(m_first.back());
    for (uint32_t vni = 1; vni <= m_vnis; ++vni)
    {
        if (groupOf[vni - 1] != NO_GROUP)
        {
            m_sorted[next[groupOf[vni - 1]]++] = vni;
        }
    }
}

std::vector<uint32_t>
VniMapping::GetHeadEndVnis() const
{
    std::vector<uint32_t> vnis;
    for (std::size_t i = 0; i < m_groupOf.size(); ++i)
    {
        if (m_groupOf[i] == NO_GROUP)
        {
            vnis.push_back(static_cast<uint32_t>(i + 1));
        }
    }
    return vnis;
}

void
VniMapping::ReadFile(const std::string& fileName, uint32_t mostVnis)
{
    std::istringstream file(ReadMapping(fileName));
    std::vector<bool> known(mostVnis, false);
    std::vector<uint32_t> groupOf(mostVnis, NO_GROUP);
    std::map<TopologyAddress, uint32_t> numbers;
    std::string line;
    for (std::size_t at = 1; std::getline(file, line); ++at)
    {
        const auto row = ReadRow(fileName, at, Trim(line), mostVnis);
        if (!row)
        {
            continue;
        }
        const auto& [vni, address] = *row;
        if (known[vni - 1])
        {
            RefuseLine(fileName,
                       at,
                       "VNI " + std::to_string(vni) +
                           " for the second time, expected one group each");
        }
        known[vni - 1] = true;
        if (!address)
        {
            continue;
        }
        auto [it, fresh] = numbers.emplace(*address, static_cast<uint32_t>(numbers.size()));
        if (fresh)
        {
            m_addresses.push_back(*address);
        }
        groupOf[vni - 1] = it->second;
    }
    for (uint32_t vni = 1; vni <= m_vnis; ++vni)
    {
        if (!known[vni - 1])
        {
            RefuseLine(fileName,
                       1,
                       "no line for VNI " + std::to_string(vni) + ", expected one for each of " +
                           std::to_string(m_vnis));
        }
    }
    m_groups = static_cast<uint32_t>(numbers.size());
    if (m_groups == 0)
    {
        RefuseLine(fileName, 1, "no VNI has a group, expected one at least");
    }
    groupOf.resize(m_vnis);
    SetTable(groupOf);
}

uint32_t
VniMapping::GetGroup(uint32_t vni) const
{
    switch (m_kind)
    {
    case Kind::OneToOne:
        return vni - 1;
    case Kind::Modulo:
        return vni % m_groups;
    case Kind::Table:
        break;
    }
    return m_groupOf[vni - 1];
}

TopologyAddress
VniMapping::GetAddress(uint32_t group) const
{
    return m_addresses.empty() ? FIRST_GROUP + group : m_addresses[group];
}

void
VniMapping::GetVnis(uint32_t group, std::vector<uint32_t>& vnis) const
{
    vnis.clear();
    switch (m_kind)
    {
    case Kind::OneToOne:
        vnis.push_back(group + 1);
        break;
    case Kind::Modulo:
        for (uint64_t vni = group == 0 ? m_groups : group; vni <= m_vnis; vni += m_groups)
        {
            vnis.push_back(static_cast<uint32_t>(vni));
        }
        break;
    case Kind::Table:
        vnis.assign(m_sorted.begin() + m_first[group], m_sorted.begin() + m_first[group + 1]);
        break;
    }
}

} // namespace ns3
