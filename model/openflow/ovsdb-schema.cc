// SPDX-License-Identifier: GPL-2.0-only
// RFC 7047 §3.2.
#include "ns3/ovsdb-schema.h"

namespace ns3
{

bool
OvsdbColumn::AcceptsAtom(const OvsdbJson& value) const
{
    switch (atom)
    {
    case Atom::STRING:
        return value.is_string();
    case Atom::INTEGER:
        return value.is_number_integer();
    case Atom::BOOLEAN:
        return value.is_boolean();
    case Atom::UUID:
        return FindOvsdbUuid(value).has_value();
    }
    return false;
}

OvsdbJson
OvsdbColumn::GetDefault() const
{
    if (shape != Shape::SCALAR)
    {
        return OvsdbJson::array({shape == Shape::MAP ? "map" : "set", OvsdbJson::array()});
    }
    switch (atom)
    {
    case Atom::INTEGER:
        return 0;
    case Atom::BOOLEAN:
        return false;
    case Atom::UUID:
        return OvsdbUuid("00000000-0000-0000-0000-000000000000");
    default:
        return "";
    }
}

bool
OvsdbColumn::Accepts(const OvsdbJson& value) const
{
    if (shape == Shape::MAP)
    {
        if (!IsOvsdbCollection(value, "map"))
        {
            return false;
        }
        for (const OvsdbJson& pair : value[1])
        {
            if (!pair.is_array() || pair.size() != 2 || !pair[0].is_string() ||
                !pair[1].is_string())
            {
                return false;
            }
        }
        return true;
    }
    const std::vector<OvsdbJson> elements = GetOvsdbElements(value);
    for (const OvsdbJson& element : elements)
    {
        if (!AcceptsAtom(element))
        {
            return false;
        }
    }
    return shape == Shape::SET || (shape == Shape::OPTIONAL && elements.size() <= 1) ||
           elements.size() == 1;
}

OvsdbJson
OvsdbColumn::Normalize(const OvsdbJson& value) const
{
    if (shape == Shape::MAP)
    {
        std::map<std::string, std::string> sorted;
        for (const OvsdbJson& pair : value[1])
        {
            sorted[pair[0].get<std::string>()] = pair[1].get<std::string>();
        }
        OvsdbJson pairs = OvsdbJson::array();
        for (const auto& [key, text] : sorted)
        {
            pairs.push_back(OvsdbJson::array({key, text}));
        }
        return OvsdbJson::array({"map", pairs});
    }
    return MakeOvsdbSet(GetOvsdbElements(value));
}

const std::map<std::string, OvsdbTableSchema>&
GetOvsdbTables()
{
    using A = OvsdbColumn::Atom;
    using S = OvsdbColumn::Shape;
    static const std::map<std::string, OvsdbTableSchema> tables = {
        {"Open_vSwitch",
         {{"bridges", {A::UUID, S::SET, "Bridge"}},
          {"cur_cfg", {A::INTEGER, S::SCALAR, nullptr}},
          {"next_cfg", {A::INTEGER, S::SCALAR, nullptr}},
          {"ovs_version", {A::STRING, S::OPTIONAL, nullptr}},
          {"external_ids", {A::STRING, S::MAP, nullptr}}}},
        {"Bridge",
         {{"name", {A::STRING, S::SCALAR, nullptr}},
          {"datapath_id", {A::STRING, S::OPTIONAL, nullptr}},
          {"fail_mode", {A::STRING, S::OPTIONAL, nullptr}},
          {"ports", {A::UUID, S::SET, "Port"}},
          {"controller", {A::UUID, S::SET, "Controller"}}}},
        {"Port",
         {{"name", {A::STRING, S::SCALAR, nullptr}},
          {"interfaces", {A::UUID, S::SET, "Interface"}},
          {"tag", {A::INTEGER, S::OPTIONAL, nullptr}},
          {"fake_bridge", {A::BOOLEAN, S::SCALAR, nullptr}}}},
        {"Interface",
         {{"name", {A::STRING, S::SCALAR, nullptr}},
          {"type", {A::STRING, S::SCALAR, nullptr}},
          {"options", {A::STRING, S::MAP, nullptr}},
          {"external_ids", {A::STRING, S::MAP, nullptr}},
          {"ofport", {A::INTEGER, S::OPTIONAL, nullptr}},
          {"ofport_request", {A::INTEGER, S::OPTIONAL, nullptr}},
          {"error", {A::STRING, S::OPTIONAL, nullptr}}}},
        {"Controller",
         {{"target", {A::STRING, S::SCALAR, nullptr}},
          {"is_connected", {A::BOOLEAN, S::SCALAR, nullptr}}}},
    };
    return tables;
}

namespace
{

OvsdbJson
DescribeType(const OvsdbColumn& column)
{
    static const char* const atoms[] = {"string", "integer", "boolean", "uuid"};
    const char* atom = atoms[static_cast<int>(column.atom)];
    OvsdbJson key = atom;
    if (column.refersTo)
    {
        key = OvsdbJson::object({{"type", atom}, {"refTable", column.refersTo}});
    }
    switch (column.shape)
    {
    case OvsdbColumn::Shape::SCALAR:
        return key;
    case OvsdbColumn::Shape::OPTIONAL:
        return OvsdbJson::object({{"key", key}, {"min", 0}});
    case OvsdbColumn::Shape::SET:
        return OvsdbJson::object({{"key", key}, {"min", 0}, {"max", "unlimited"}});
    case OvsdbColumn::Shape::MAP:
        return OvsdbJson::object(
            {{"key", key}, {"value", "string"}, {"min", 0}, {"max", "unlimited"}});
    }
    return nullptr;
}

const char* const SERVER_SCHEMA =
    R"({"cksum":"3009684573 744","name":"_Server","version":"1.2.0","tables":{"Database":{"columns":)"
    R"({"name":{"type":"string"},"model":{"type":{"key":{"type":"string","enum":["set",)"
    R"(["clustered","relay","standalone"]]}}},"connected":{"type":"boolean"},"leader":)"
    R"({"type":"boolean"},"schema":{"type":{"min":0,"key":"string"}},"sid":{"type":{"min":0,)"
    R"("key":"uuid"}},"cid":{"type":{"min":0,"key":"uuid"}},"index":{"type":{"min":0,)"
    R"("key":"integer"}}}}}})";

} // namespace

OvsdbJson
GetOvsdbSchema(const std::string& database)
{
    if (database == "_Server")
    {
        return OvsdbJson::parse(SERVER_SCHEMA);
    }
    if (database != "Open_vSwitch")
    {
        return nullptr;
    }
    OvsdbJson tables = OvsdbJson::object();
    for (const auto& [name, columns] : GetOvsdbTables())
    {
        OvsdbJson described = OvsdbJson::object();
        for (const auto& [column, type] : columns)
        {
            described[column] = OvsdbJson::object({{"type", DescribeType(type)}});
        }
        tables[name] = OvsdbJson::object({{"columns", described}});
        if (name == "Open_vSwitch")
        {
            tables[name]["isRoot"] = true;
            tables[name]["maxRows"] = 1;
        }
    }
    return OvsdbJson::object({{"name", "Open_vSwitch"}, {"version", "8.3.1"}, {"tables", tables}});
}

} // namespace ns3
