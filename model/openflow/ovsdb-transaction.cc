// SPDX-License-Identifier: GPL-2.0-only
// RFC 7047 §5.2: operations.
#include "ns3/ovsdb-transaction.h"

#include <algorithm>
#include <set>

namespace ns3
{

namespace
{

[[noreturn]] void
Fail(const std::string& error, const std::string& details)
{
    throw OvsdbFailure{error, details};
}

/** One transaction at work on a copy of the tables. */
class Transaction
{
  public:
    Transaction(OvsdbTables& tables, const std::function<std::string()>& makeUuid)
        : m_tables(tables),
          m_makeUuid(makeUuid)
    {
    }

    /** Gives UUIDs to all named inserts, so that operations may refer forward. */
    void NameInserts(const OvsdbJson& operations)
    {
        for (const OvsdbJson& operation : operations)
        {
            if (!operation.is_object() || !operation.contains("uuid-name"))
            {
                continue;
            }
            const OvsdbJson& name = operation["uuid-name"];
            if (!name.is_string())
            {
                Fail("syntax error", "uuid-name is no string");
            }
            if (!m_names.emplace(name.get<std::string>(), m_makeUuid()).second)
            {
                Fail("duplicate uuid-name", name.get<std::string>());
            }
        }
    }

    OvsdbJson Execute(const OvsdbJson& operation)
    {
        if (!operation.is_object() || !operation.contains("op") || !operation["op"].is_string())
        {
            Fail("syntax error", "an operation needs \"op\"");
        }
        const std::string op = operation["op"].get<std::string>();
        if (op == "comment" || op == "commit")
        {
            return OvsdbJson::object();
        }
        if (op == "abort")
        {
            Fail("aborted", "aborted by request");
        }
        if (op == "insert")
        {
            return Insert(operation);
        }
        if (op == "select")
        {
            return Select(operation);
        }
        if (op == "update")
        {
            return Update(operation);
        }
        if (op == "mutate")
        {
            return Mutate(operation);
        }
        if (op == "delete")
        {
            return Delete(operation);
        }
        if (op == "wait")
        {
            return Wait(operation);
        }
        if (op == "assert")
        {
            Fail("not owner", "locks are not supported");
        }
        Fail("unknown operation", op);
    }

    /** Referential integrity (§3.2) and rows without references. */
    void Finish()
    {
        std::set<std::string> reached;
        for (const auto& [uuid, row] : m_tables["Open_vSwitch"])
        {
            Reach("Open_vSwitch", uuid, reached);
        }
        for (auto& [name, table] : m_tables)
        {
            for (auto it = table.begin(); it != table.end();)
            {
                it = name == "Open_vSwitch" || reached.count(it->first) ? std::next(it)
                                                                        : table.erase(it);
            }
        }
        for (const char* named : {"Bridge", "Port", "Interface"})
        {
            std::set<OvsdbJson> names;
            for (const auto& [uuid, row] : m_tables[named])
            {
                if (!names.insert(row.at("name")).second)
                {
                    Fail("constraint violation",
                         std::string(named) + " has two rows with name " + row.at("name").dump());
                }
            }
        }
    }

  private:
    void Reach(const std::string& table, const std::string& uuid, std::set<std::string>& reached)
    {
        const OvsdbTable& rows = m_tables[table];
        const auto row = rows.find(uuid);
        if (row == rows.end())
        {
            Fail("referential integrity violation", table + " has no row " + uuid);
        }
        if (!reached.insert(uuid).second)
        {
            return;
        }
        for (const auto& [name, column] : GetOvsdbTables().at(table))
        {
            if (column.refersTo)
            {
                for (const OvsdbJson& element : GetOvsdbElements(row->second.at(name)))
                {
                    Reach(column.refersTo, *FindOvsdbUuid(element), reached);
                }
            }
        }
    }

    const OvsdbTableSchema& FindSchema(const OvsdbJson& operation) const
    {
        const auto table = operation.find("table");
        if (table == operation.end() || !table->is_string())
        {
            Fail("syntax error", "an operation needs \"table\"");
        }
        const auto known = GetOvsdbTables().find(table->get<std::string>());
        if (known == GetOvsdbTables().end())
        {
            Fail("syntax error", "no table named " + table->get<std::string>());
        }
        return known->second;
    }

    OvsdbTable& FindTable(const OvsdbJson& operation)
    {
        return m_tables[operation["table"].get<std::string>()];
    }

    /** \returns \p value with named UUIDs replaced. */
    OvsdbJson Resolve(const OvsdbJson& value) const
    {
        if (!value.is_array())
        {
            return value;
        }
        if (value.size() == 2 && value[0] == "named-uuid" && value[1].is_string())
        {
            const auto named = m_names.find(value[1].get<std::string>());
            if (named == m_names.end())
            {
                Fail("syntax error", "no uuid-name " + value[1].get<std::string>());
            }
            return OvsdbUuid(named->second);
        }
        OvsdbJson resolved = OvsdbJson::array();
        for (const OvsdbJson& element : value)
        {
            resolved.push_back(Resolve(element));
        }
        return resolved;
    }

    /** \returns \p value, checked and in canonical form. */
    OvsdbJson Check(const std::string& name,
                    const OvsdbColumn& column,
                    const OvsdbJson& value) const
    {
        const OvsdbJson resolved = Resolve(value);
        if (!column.Accepts(resolved))
        {
            Fail("syntax error", "wrong type for column " + name);
        }
        return column.Normalize(resolved);
    }

    const OvsdbColumn& FindColumn(const OvsdbTableSchema& schema, const OvsdbJson& name) const
    {
        const auto it = name.is_string() ? schema.find(name.get<std::string>()) : schema.end();
        if (it == schema.end())
        {
            Fail("syntax error", "no column " + name.dump());
        }
        return it->second;
    }

    OvsdbRow ReadRow(const OvsdbTableSchema& schema, const OvsdbJson& row) const
    {
        if (!row.is_object())
        {
            Fail("syntax error", "a row is an object");
        }
        OvsdbRow values;
        for (const auto& [name, value] : row.items())
        {
            values[name] = Check(name, FindColumn(schema, name), value);
        }
        return values;
    }

    bool Holds(const OvsdbTableSchema& schema,
               const std::string& uuid,
               const OvsdbRow& row,
               const OvsdbJson& condition) const
    {
        static const OvsdbColumn uuidColumn{
            OvsdbColumn::Atom::UUID, OvsdbColumn::Shape::SCALAR, nullptr};
        if (!condition.is_array() || condition.size() != 3 || !condition[1].is_string())
        {
            Fail("syntax error", "a condition is [column, function, value]");
        }
        const bool isUuid = condition[0] == "_uuid";
        const OvsdbColumn& column = isUuid ? uuidColumn : FindColumn(schema, condition[0]);
        const OvsdbJson have = isUuid ? OvsdbUuid(uuid) : row.at(condition[0].get<std::string>());
        const OvsdbJson value = Check(condition[0].get<std::string>(), column, condition[2]);
        const std::string function = condition[1].get<std::string>();
        if (function == "==" || function == "!=")
        {
            return (have == value) == (function == "==");
        }
        if (function == "includes" || function == "excludes")
        {
            const auto elements = GetOvsdbElements(have);
            std::size_t found = 0;
            const auto asked = GetOvsdbElements(value);
            for (const OvsdbJson& element : asked)
            {
                found += std::count(elements.begin(), elements.end(), element);
            }
            return function == "includes" ? found == asked.size() : found == 0;
        }
        if (!have.is_number() || !value.is_number())
        {
            Fail("syntax error", "function " + function + " needs numbers");
        }
        if (function == "<" || function == "<=")
        {
            return function == "<" ? have < value : have <= value;
        }
        if (function == ">" || function == ">=")
        {
            return function == ">" ? have > value : have >= value;
        }
        Fail("syntax error", "no function " + function);
    }

    /** \returns the UUIDs of the rows that all conditions of "where" hold for. */
    std::vector<std::string> Find(const OvsdbJson& operation)
    {
        const OvsdbTableSchema& schema = FindSchema(operation);
        const auto where = operation.find("where");
        if (where == operation.end() || !where->is_array())
        {
            Fail("syntax error", "an operation needs \"where\"");
        }
        std::vector<std::string> found;
        for (const auto& [uuid, row] : FindTable(operation))
        {
            bool holds = true;
            for (const OvsdbJson& condition : *where)
            {
                holds = Holds(schema, uuid, row, condition) && holds;
            }
            if (holds)
            {
                found.push_back(uuid);
            }
        }
        return found;
    }

    OvsdbJson Insert(const OvsdbJson& operation)
    {
        const OvsdbTableSchema& schema = FindSchema(operation);
        OvsdbRow row = MakeOvsdbRow(schema);
        if (operation.contains("row"))
        {
            for (const auto& [name, value] : ReadRow(schema, operation["row"]))
            {
                row[name] = value;
            }
        }
        const std::string uuid = operation.contains("uuid-name")
                                     ? m_names.at(operation["uuid-name"].get<std::string>())
                                     : m_makeUuid();
        FindTable(operation)[uuid] = row;
        return OvsdbJson::object({{"uuid", OvsdbUuid(uuid)}});
    }

    OvsdbJson SelectColumns(const OvsdbJson& operation,
                            const std::string& uuid,
                            const OvsdbRow& row) const
    {
        OvsdbJson selected = OvsdbJson::object();
        if (!operation.contains("columns"))
        {
            selected["_uuid"] = OvsdbUuid(uuid);
            for (const auto& [name, value] : row)
            {
                selected[name] = value;
            }
            return selected;
        }
        if (!operation["columns"].is_array())
        {
            Fail("syntax error", "\"columns\" is an array");
        }
        for (const OvsdbJson& name : operation["columns"])
        {
            if (name == "_uuid")
            {
                selected["_uuid"] = OvsdbUuid(uuid);
                continue;
            }
            FindColumn(FindSchema(operation), name);
            selected[name.get<std::string>()] = row.at(name.get<std::string>());
        }
        return selected;
    }

    OvsdbJson Select(const OvsdbJson& operation)
    {
        OvsdbJson rows = OvsdbJson::array();
        for (const std::string& uuid : Find(operation))
        {
            rows.push_back(SelectColumns(operation, uuid, FindTable(operation).at(uuid)));
        }
        return OvsdbJson::object({{"rows", rows}});
    }

    OvsdbJson Update(const OvsdbJson& operation)
    {
        const std::vector<std::string> found = Find(operation);
        if (!operation.contains("row"))
        {
            Fail("syntax error", "update needs \"row\"");
        }
        const OvsdbRow values = ReadRow(FindSchema(operation), operation["row"]);
        for (const std::string& uuid : found)
        {
            for (const auto& [name, value] : values)
            {
                FindTable(operation).at(uuid)[name] = value;
            }
        }
        return OvsdbJson::object({{"count", found.size()}});
    }

    OvsdbJson Delete(const OvsdbJson& operation)
    {
        const std::vector<std::string> found = Find(operation);
        for (const std::string& uuid : found)
        {
            FindTable(operation).erase(uuid);
        }
        return OvsdbJson::object({{"count", found.size()}});
    }

    void MutateColumn(const OvsdbTableSchema& schema,
                      OvsdbRow& row,
                      const OvsdbJson& mutation) const
    {
        if (!mutation.is_array() || mutation.size() != 3 || !mutation[1].is_string())
        {
            Fail("syntax error", "a mutation is [column, mutator, value]");
        }
        const OvsdbColumn& column = FindColumn(schema, mutation[0]);
        const std::string name = mutation[0].get<std::string>();
        const std::string mutator = mutation[1].get<std::string>();
        OvsdbJson& have = row[name];
        if (mutator == "insert" || mutator == "delete")
        {
            if (column.shape == OvsdbColumn::Shape::SCALAR)
            {
                Fail("constraint violation", "column " + name + " is no set and no map");
            }
            // RFC 7047 §5.1: "delete" takes pairs of a map or, in a set, their keys.
            static const OvsdbColumn keys{
                OvsdbColumn::Atom::STRING, OvsdbColumn::Shape::SET, nullptr};
            const bool namesKeys = mutator == "delete" && column.shape == OvsdbColumn::Shape::MAP &&
                                   !IsOvsdbCollection(mutation[2], "map");
            const OvsdbJson value = Check(name, namesKeys ? keys : column, mutation[2]);
            MutateCollection(column, have, value, mutator == "insert");
            if (!column.Accepts(have))
            {
                Fail("constraint violation", "too many elements for column " + name);
            }
            return;
        }
        if (column.atom != OvsdbColumn::Atom::INTEGER || !have.is_number_integer() ||
            !mutation[2].is_number_integer())
        {
            Fail("syntax error", "mutator " + mutator + " needs integers");
        }
        // Unsigned: what overflows wraps, and is no undefined behaviour.
        const auto a = static_cast<uint64_t>(have.get<int64_t>());
        const auto b = static_cast<uint64_t>(mutation[2].get<int64_t>());
        if (mutator == "+=")
        {
            have = static_cast<int64_t>(a + b);
        }
        else if (mutator == "-=")
        {
            have = static_cast<int64_t>(a - b);
        }
        else
        {
            Fail("syntax error", "no mutator " + mutator);
        }
    }

    static void MutateCollection(const OvsdbColumn& column,
                                 OvsdbJson& have,
                                 const OvsdbJson& value,
                                 bool insert)
    {
        std::vector<OvsdbJson> elements = GetOvsdbElements(have);
        const bool map = column.shape == OvsdbColumn::Shape::MAP;
        for (const OvsdbJson& element : GetOvsdbElements(value))
        {
            const auto same =
                std::find_if(elements.begin(), elements.end(), [&](const OvsdbJson& e) {
                    if (!map || (!insert && element.is_array()))
                    {
                        return e == element;
                    }
                    return e[0] == (insert ? element[0] : element);
                });
            if (insert && same == elements.end())
            {
                elements.push_back(element);
            }
            else if (!insert && same != elements.end())
            {
                elements.erase(same);
            }
        }
        have = map ? column.Normalize(OvsdbJson::array(
                         {"map", OvsdbJson(OvsdbJson::array_t(elements.begin(), elements.end()))}))
                   : MakeOvsdbSet(elements);
    }

    OvsdbJson Mutate(const OvsdbJson& operation)
    {
        const std::vector<std::string> found = Find(operation);
        if (!operation.contains("mutations") || !operation["mutations"].is_array())
        {
            Fail("syntax error", "mutate needs \"mutations\"");
        }
        for (const std::string& uuid : found)
        {
            for (const OvsdbJson& mutation : operation["mutations"])
            {
                MutateColumn(FindSchema(operation), FindTable(operation).at(uuid), mutation);
            }
        }
        return OvsdbJson::object({{"count", found.size()}});
    }

    OvsdbJson Wait(const OvsdbJson& operation)
    {
        if (!operation.contains("rows") || !operation["rows"].is_array() ||
            !operation.contains("columns") || !operation.contains("until") ||
            (operation["until"] != "==" && operation["until"] != "!="))
        {
            Fail("syntax error", "wait needs \"columns\", \"until\" and \"rows\"");
        }
        std::vector<OvsdbRow> have;
        for (const std::string& uuid : Find(operation))
        {
            OvsdbRow row;
            const OvsdbJson selected =
                SelectColumns(operation, uuid, FindTable(operation).at(uuid));
            for (const auto& [name, value] : selected.items())
            {
                row[name] = value;
            }
            have.push_back(row);
        }
        std::vector<OvsdbRow> awaited;
        for (const OvsdbJson& row : operation["rows"])
        {
            awaited.push_back(ReadRow(FindSchema(operation), row));
        }
        std::sort(have.begin(), have.end());
        std::sort(awaited.begin(), awaited.end());
        if ((have == awaited) != (operation["until"] == "=="))
        {
            Fail("timed out", "\"where\" clause test failed");
        }
        return OvsdbJson::object();
    }

    OvsdbTables& m_tables;
    const std::function<std::string()>& m_makeUuid;
    std::map<std::string, std::string> m_names;
};

} // namespace

OvsdbJson
ExecuteOvsdbTransaction(OvsdbTables& tables,
                        const std::function<std::string()>& makeUuid,
                        const OvsdbJson& operations,
                        bool& committed)
{
    Transaction transaction(tables, makeUuid);
    OvsdbJson results = OvsdbJson::array();
    committed = false;
    try
    {
        transaction.NameInserts(operations);
        for (const OvsdbJson& operation : operations)
        {
            results.push_back(transaction.Execute(operation));
        }
        transaction.Finish();
        committed = true;
    }
    catch (const OvsdbFailure& failure)
    {
        results.push_back(MakeOvsdbError(failure.error, failure.details));
        // §4.1.3: operations that were not reached have null results.
        while (results.size() < operations.size())
        {
            results.push_back(nullptr);
        }
    }
    catch (const OvsdbJson::exception& exception)
    {
        results.push_back(MakeOvsdbError("syntax error", exception.what()));
    }
    return results;
}

OvsdbRow
MakeOvsdbRow(const OvsdbTableSchema& schema)
{
    OvsdbRow row;
    for (const auto& [name, column] : schema)
    {
        row[name] = column.GetDefault();
    }
    return row;
}

} // namespace ns3
