// SPDX-License-Identifier: GPL-2.0-only
// RFC 7047 §4.1.3 and §5.2: the operations of a transaction on the tables of a database.
#ifndef VXLAN_MULTICAST_OVSDB_TRANSACTION_H
#define VXLAN_MULTICAST_OVSDB_TRANSACTION_H

#include "ns3/ovsdb-schema.h"

#include <functional>
#include <map>
#include <string>

namespace ns3
{

/** Columns by name, always all of a table's. */
using OvsdbRow = std::map<std::string, OvsdbJson>;
/** Rows by UUID. */
using OvsdbTable = std::map<std::string, OvsdbRow>;
/** Tables by name. */
using OvsdbTables = std::map<std::string, OvsdbTable>;

/** An \<error\> (§3.1) that ends a transaction. */
struct OvsdbFailure
{
    std::string error;
    std::string details;
};

/** \returns a row whose columns have their defaults (§5.2.1). */
OvsdbRow MakeOvsdbRow(const OvsdbTableSchema& schema);

/**
 * Applies operations to \p tables, which are to be thrown away unless \p committed.
 * \param makeUuid makes the UUIDs of new rows
 * \returns the array of results; its last element is an <error> when one failed
 */
OvsdbJson ExecuteOvsdbTransaction(OvsdbTables& tables,
                                  const std::function<std::string()>& makeUuid,
                                  const OvsdbJson& operations,
                                  bool& committed);

} // namespace ns3

#endif
