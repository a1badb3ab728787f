// SPDX-License-Identifier: GPL-2.0-only
// RFC 7047 §3.2: schemas of the databases "_Server" (ovsdb-server(7)) and "Open_vSwitch"
// (ovs-vswitchd.conf.db(5)), of the latter the five tables and the columns that tunnels need.
#ifndef VXLAN_MULTICAST_OVSDB_SCHEMA_H
#define VXLAN_MULTICAST_OVSDB_SCHEMA_H

#include "ns3/ovsdb-json.h"

#include <map>
#include <string>

namespace ns3
{

/** A column's type (§3.2, \<type\>). */
struct OvsdbColumn
{
    enum class Atom
    {
        STRING,
        INTEGER,
        BOOLEAN,
        UUID
    };

    enum class Shape
    {
        SCALAR,
        OPTIONAL,
        SET,
        MAP //!< of strings to strings
    };

    Atom atom;
    Shape shape;
    const char* refersTo; //!< for UUID: a table

    /** \returns the value of a column that is not set (§5.2.1). */
    OvsdbJson GetDefault() const;
    /** \returns whether \p value has this type; named UUIDs are replaced before. */
    bool Accepts(const OvsdbJson& value) const;
    /** \returns \p value in canonical form: sets sorted, one-element sets as atoms. */
    OvsdbJson Normalize(const OvsdbJson& value) const;

  private:
    bool AcceptsAtom(const OvsdbJson& value) const;
};

/** Columns by name. */
using OvsdbTableSchema = std::map<std::string, OvsdbColumn>;

/** \returns the tables of "Open_vSwitch". */
const std::map<std::string, OvsdbTableSchema>& GetOvsdbTables();
/** \returns the schema of "_Server" or "Open_vSwitch" as get_schema answers it; null for others. */
OvsdbJson GetOvsdbSchema(const std::string& database);

} // namespace ns3

#endif
