// SPDX-License-Identifier: GPL-2.0-only
// RFC 7047 §4.1, §5.1.
#include "ns3/ovsdb-json.h"

#include <algorithm>

namespace ns3
{

void
OvsdbStream::Append(const std::string& bytes)
{
    m_bytes += bytes;
}

void
OvsdbStream::Clear()
{
    *this = OvsdbStream();
}

std::optional<OvsdbJson>
OvsdbStream::Next()
{
    OvsdbJson broken(nlohmann::detail::value_t::discarded);
    if (m_broken)
    {
        return broken;
    }
    for (; m_scanned < m_bytes.size(); ++m_scanned)
    {
        // Wherever the stream was cut, the same objects are too much.
        if (m_scanned >= MAX_OBJECT || m_depth > MAX_DEPTH)
        {
            break;
        }
        const char c = m_bytes[m_scanned];
        if (m_inString)
        {
            m_inString = m_escaped || c != '"';
            m_escaped = !m_escaped && c == '\\';
            continue;
        }
        if (m_depth == 0 && c != '{')
        {
            if (c == ' ' || c == '\t' || c == '\r' || c == '\n')
            {
                continue;
            }
            m_broken = true;
            return broken;
        }
        m_inString = c == '"';
        m_depth += c == '{' || c == '[' ? 1 : 0;
        if (c != '}' && c != ']')
        {
            continue;
        }
        if (--m_depth > 0)
        {
            continue;
        }
        const std::string text = m_bytes.substr(0, m_scanned + 1);
        m_bytes.erase(0, m_scanned + 1);
        m_scanned = 0;
        OvsdbJson value = OvsdbJson::parse(text, nullptr, false);
        m_broken = value.is_discarded();
        return value;
    }
    if (m_scanned >= MAX_OBJECT || m_depth > MAX_DEPTH)
    {
        m_broken = true;
        return broken;
    }
    return std::nullopt;
}

OvsdbJson
MakeOvsdbRequest(const OvsdbJson& id, const std::string& method, OvsdbJson params)
{
    OvsdbJson request;
    request["id"] = id;
    request["method"] = method;
    request["params"] = std::move(params);
    return request;
}

OvsdbJson
MakeOvsdbReply(const OvsdbJson& id, OvsdbJson result)
{
    OvsdbJson reply;
    reply["id"] = id;
    reply["result"] = std::move(result);
    reply["error"] = nullptr;
    return reply;
}

OvsdbJson
MakeOvsdbError(const std::string& error, const std::string& details)
{
    OvsdbJson object;
    object["error"] = error;
    object["details"] = details;
    return object;
}

OvsdbJson
MakeOvsdbErrorReply(const OvsdbJson& id, const std::string& error, const std::string& details)
{
    OvsdbJson reply;
    reply["id"] = id;
    reply["result"] = nullptr;
    reply["error"] = MakeOvsdbError(error, details);
    return reply;
}

OvsdbJson
OvsdbUuid(const std::string& id)
{
    return OvsdbJson::array({"uuid", id});
}

std::optional<std::string>
FindOvsdbUuid(const OvsdbJson& value)
{
    if (value.is_array() && value.size() == 2 && value[0] == "uuid" && value[1].is_string())
    {
        return value[1].get<std::string>();
    }
    return std::nullopt;
}

bool
IsOvsdbCollection(const OvsdbJson& value, const char* kind)
{
    return value.is_array() && value.size() == 2 && value[0] == kind && value[1].is_array();
}

std::vector<OvsdbJson>
GetOvsdbElements(const OvsdbJson& value)
{
    if (IsOvsdbCollection(value, "set") || IsOvsdbCollection(value, "map"))
    {
        return {value[1].begin(), value[1].end()};
    }
    return {value};
}

OvsdbJson
MakeOvsdbSet(std::vector<OvsdbJson> elements)
{
    std::sort(elements.begin(), elements.end());
    elements.erase(std::unique(elements.begin(), elements.end()), elements.end());
    if (elements.size() == 1)
    {
        return elements.front();
    }
    return OvsdbJson::array(
        {"set", OvsdbJson(OvsdbJson::array_t(elements.begin(), elements.end()))});
}

std::optional<std::string>
FindInOvsdbMap(const OvsdbJson& map, const std::string& key)
{
    if (IsOvsdbCollection(map, "map"))
    {
        for (const OvsdbJson& pair : map[1])
        {
            if (pair.is_array() && pair.size() == 2 && pair[0] == key && pair[1].is_string())
            {
                return pair[1].get<std::string>();
            }
        }
    }
    return std::nullopt;
}

std::string
ToWire(const OvsdbJson& message)
{
    return message.dump(-1, ' ', false, OvsdbJson::error_handler_t::replace);
}

} // namespace ns3
