// SPDX-License-Identifier: GPL-2.0-only
// RFC 7047 §3.1, §4.1.3 and §5.2: the database of a switch and its transactions. Rows that nothing
// refers to any more go (all tables but Open_vSwitch). Departures: the switch's own rows cannot be
// deleted; no locks (`assert`), no durable commits; `wait` decides at once, whatever its timeout.
#ifndef VXLAN_MULTICAST_OVSDB_DATABASE_H
#define VXLAN_MULTICAST_OVSDB_DATABASE_H

#include "ns3/ovsdb-transaction.h"

#include <string>
#include <utility>
#include <vector>

namespace ns3
{

/** The database "Open_vSwitch". */
class OvsdbDatabase
{
  public:
    /** \param seed makes the UUIDs of one database differ from another's */
    explicit OvsdbDatabase(uint64_t seed);

    /**
     * §4.1.3.
     * \param operations an array of operations
     * \param committed set to whether the database took them
     * \returns the array of results; its last element is an \<error\> when it did not
     */
    OvsdbJson Transact(const OvsdbJson& operations, bool& committed);

    const OvsdbTables& GetTables() const;
    /** \returns the UUID of the row of \p table whose column "name" is \p name; empty: none. */
    std::string FindByName(const std::string& table, const std::string& name) const;
    /** \returns a new UUID (RFC 4122, version 4 in form). */
    std::string MakeUuid();
    /** Sets a column without a transaction: what the switch itself reports. */
    void SetColumn(const std::string& table,
                   const std::string& uuid,
                   const std::string& column,
                   OvsdbJson value);
    /** Adds a row without a transaction. \returns its UUID */
    std::string AddRow(const std::string& table, const OvsdbRow& values);
    /** Makes a row permanent: no transaction without it is committed. */
    void Keep(const std::string& table, const std::string& uuid);

  private:
    OvsdbTables m_tables;
    std::vector<std::pair<std::string, std::string>> m_kept; //!< table and UUID of permanent rows
    uint64_t m_seed;
    uint64_t m_made{0};
};

} // namespace ns3

#endif
