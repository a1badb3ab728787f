// SPDX-License-Identifier: GPL-2.0-only
// RFC 7047 §3.1: rows and their UUIDs.
#include "ns3/ovsdb-database.h"

#include <cstdio>

namespace ns3
{

namespace
{

uint64_t
Mix(uint64_t value)
{
    // splitmix64
    value += 0x9e3779b97f4a7c15;
    value = (value ^ value >> 30) * 0xbf58476d1ce4e5b9;
    value = (value ^ value >> 27) * 0x94d049bb133111eb;
    return value ^ value >> 31;
}

} // namespace

OvsdbDatabase::OvsdbDatabase(uint64_t seed)
    : m_seed(seed)
{
    for (const auto& [name, columns] : GetOvsdbTables())
    {
        m_tables[name];
    }
}

OvsdbJson
OvsdbDatabase::Transact(const OvsdbJson& operations, bool& committed)
{
    OvsdbTables tables = m_tables;
    OvsdbJson results = ExecuteOvsdbTransaction(
        tables, [this] { return MakeUuid(); }, operations, committed);
    for (const auto& [table, uuid] : m_kept)
    {
        if (committed && tables.at(table).count(uuid) == 0)
        {
            committed = false;
            results.push_back(MakeOvsdbError("constraint violation",
                                             table + " has a row of the switch itself, " + uuid));
        }
    }
    if (committed)
    {
        m_tables = std::move(tables);
    }
    return results;
}

const OvsdbTables&
OvsdbDatabase::GetTables() const
{
    return m_tables;
}

std::string
OvsdbDatabase::FindByName(const std::string& table, const std::string& name) const
{
    for (const auto& [uuid, row] : m_tables.at(table))
    {
        if (row.at("name") == name)
        {
            return uuid;
        }
    }
    return "";
}

std::string
OvsdbDatabase::MakeUuid()
{
    const uint64_t high = Mix(Mix(m_seed) ^ ++m_made);
    const uint64_t low = Mix(high);
    char text[37];
    std::snprintf(text,
                  sizeof(text),
                  "%08x-%04x-4%03x-%04x-%012llx",
                  unsigned(high >> 32),
                  unsigned(high >> 16 & 0xffff),
                  unsigned(high & 0xfff),
                  unsigned(0x8000 | (low >> 48 & 0x3fff)),
                  static_cast<unsigned long long>(low & 0xffffffffffff));
    return text;
}

void
OvsdbDatabase::SetColumn(const std::string& table,
                         const std::string& uuid,
                         const std::string& column,
                         OvsdbJson value)
{
    m_tables.at(table).at(uuid)[column] = std::move(value);
}

std::string
OvsdbDatabase::AddRow(const std::string& table, const OvsdbRow& values)
{
    std::string uuid = MakeUuid();
    OvsdbRow row = MakeOvsdbRow(GetOvsdbTables().at(table));
    for (const auto& [name, value] : values)
    {
        row[name] = value;
    }
    m_tables[table][uuid] = row;
    return uuid;
}

void
OvsdbDatabase::Keep(const std::string& table, const std::string& uuid)
{
    m_kept.emplace_back(table, uuid);
}

} // namespace ns3
