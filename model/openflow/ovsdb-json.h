// SPDX-License-Identifier: GPL-2.0-only
// RFC 7047 §4 and JSON-RPC 1.0 (its §4.1): JSON values in a byte stream, requests, replies, and the
// notation of OVSDB values (§5.1). Uses nlohmann's JSON for Modern C++ (MIT licence).
#ifndef VXLAN_MULTICAST_OVSDB_JSON_H
#define VXLAN_MULTICAST_OVSDB_JSON_H

#include <nlohmann/json.hpp>

#include <optional>
#include <string>
#include <vector>

namespace ns3
{

constexpr uint16_t OVSDB_PORT = 6640; //!< TCP, IANA

/** Keeps the order of members, so that messages read as Open vSwitch's do. */
using OvsdbJson = nlohmann::ordered_json;

/** Cuts a byte stream into JSON objects. */
class OvsdbStream
{
  public:
    /** More than this in one object and the stream is broken, bytes. */
    static constexpr std::size_t MAX_OBJECT = 4u << 20;
    /** The same of objects and arrays within one another: they cost the stack of who reads them. */
    static constexpr std::size_t MAX_DEPTH = 256;

    void Append(const std::string& bytes);
    /**
     * \returns the next whole object, or nothing yet; a discarded value (`is_discarded`) when the
     * bytes are no JSON object, after which the stream has no meaning
     */
    std::optional<OvsdbJson> Next();
    void Clear();

  private:
    std::string m_bytes;
    std::size_t m_scanned{0};
    std::size_t m_depth{0};
    bool m_inString{false};
    bool m_escaped{false};
    bool m_broken{false};
};

/** \returns a request (§4.1), or a notification when \p id is null. */
OvsdbJson MakeOvsdbRequest(const OvsdbJson& id, const std::string& method, OvsdbJson params);
/** \returns a successful reply. */
OvsdbJson MakeOvsdbReply(const OvsdbJson& id, OvsdbJson result);
/** \returns a reply with an <error> object (§3.1). */
OvsdbJson MakeOvsdbErrorReply(const OvsdbJson& id,
                              const std::string& error,
                              const std::string& details);
/** \returns an <error> object (§3.1). */
OvsdbJson MakeOvsdbError(const std::string& error, const std::string& details);

/** \returns ["uuid", id]. */
OvsdbJson OvsdbUuid(const std::string& id);
/** \returns the id of a ["uuid", id], or nothing. */
std::optional<std::string> FindOvsdbUuid(const OvsdbJson& value);
/** \returns the elements of a set: of ["set", [...]], or the one atom. */
std::vector<OvsdbJson> GetOvsdbElements(const OvsdbJson& value);
/** \returns a set of sorted \p elements; the atom alone when there is one. */
OvsdbJson MakeOvsdbSet(std::vector<OvsdbJson> elements);
/** \returns whether \p value is ["set", [...]] or ["map", [...]] in form. */
bool IsOvsdbCollection(const OvsdbJson& value, const char* kind);
/** \returns the value of \p key in a ["map", [...]], or nothing. */
std::optional<std::string> FindInOvsdbMap(const OvsdbJson& map, const std::string& key);
/** \returns the text that goes on the wire; what is no UTF-8 is replaced. */
std::string ToWire(const OvsdbJson& message);

} // namespace ns3

#endif
