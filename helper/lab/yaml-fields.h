// SPDX-License-Identifier: GPL-2.0-only
// One mapping of a YAML file, read key by key: every mistake becomes an InputError that names file,
// line, what is wrong and what would be right.
#ifndef VXLAN_MULTICAST_YAML_FIELDS_H
#define VXLAN_MULTICAST_YAML_FIELDS_H

#include "ns3/enum-names.h"
#include "ns3/input-error.h"
#include "ns3/ipv4-address.h"
#include "ns3/mac48-address.h"
#include "ns3/nstime.h"
#include "ns3/yaml-document.h"

#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace ns3
{

/** A mapping with the keys that its place allows. Getters without a default require the key. */
class YamlFields
{
  public:
    /**
     * \param file the file's name, for messages
     * \param node the mapping
     * \param what what it is, for messages: "join"
     * \param known the keys that it may have; empty: any
     * \throws InputError if \p node is no mapping, or has a key twice or one that is not known
     */
    YamlFields(const std::string& file,
               const YamlNode& node,
               const std::string& what,
               const std::vector<std::string>& known);

    /** \returns the name of the file. */
    const std::string& GetFile() const
    {
        return m_file;
    }

    bool Has(const std::string& key) const;
    /** \returns the line of \p key, or of the mapping if it is not there. */
    int GetLine(const std::string& key) const;
    /** \returns the keys in the order of the file. */
    std::vector<std::string> GetKeys() const;
    /** \throws InputError at \p key */
    [[noreturn]] void Fail(const std::string& key, const std::string& message) const;

    YamlNode GetNode(const std::string& key) const;
    /** \returns the mapping at \p key. \param known the keys that it may have; empty: any */
    YamlFields GetMapping(const std::string& key, const std::vector<std::string>& known = {}) const;
    /** \returns the mapping at \p key as column and cell pairs. */
    std::vector<std::pair<std::string, std::string>> GetPairs(const std::string& key) const;
    /** \returns whether the value at \p key is `[]`, which GetList refuses. */
    bool IsEmptyList(const std::string& key) const;
    /** \returns a list of texts; one text alone is a list of one. */
    std::vector<std::string> GetList(const std::string& key) const;
    std::string GetText(const std::string& key) const;
    std::string GetText(const std::string& key, const std::string& fallback) const;
    /** \returns the position in \p words of the text, which must be one of them. */
    std::size_t GetChoice(const std::string& key, const std::vector<std::string>& words) const;
    /** \returns the enumerator whose word, of EnumNames<T>, the text is. */
    template <typename T>
    T GetEnum(const std::string& key) const
    {
        const std::optional<T> value = ParseEnumName<T>(GetText(key));
        if (!value)
        {
            FailChoice(key, ListEnumNames<T>());
        }
        return *value;
    }

    bool GetBoolean(const std::string& key) const;
    bool GetBoolean(const std::string& key, bool fallback) const;
    uint64_t GetNumber(const std::string& key, uint64_t min, uint64_t max) const;
    uint64_t GetNumber(const std::string& key, uint64_t min, uint64_t max, uint64_t fallback) const;
    double GetReal(const std::string& key, double min, double max) const;
    /** \returns a time, 0 or more. */
    Time GetTime(const std::string& key) const;
    /** \returns a time of more than 0. */
    Time GetInterval(const std::string& key) const;
    /** \returns a time of whole seconds, 0 to \p max. */
    uint32_t GetWholeSeconds(const std::string& key, uint32_t max) const;
    Ipv4Address GetAddress(const std::string& key) const;
    /** \returns an address from 224.0.0.0 to 239.255.255.255. */
    Ipv4Address GetGroup(const std::string& key) const;
    /** \returns the MAC address of a host. */
    Mac48Address GetMac(const std::string& key) const;
    /** \returns addresses of hosts. */
    std::vector<Ipv4Address> GetHosts(const std::string& key) const;

  private:
    struct Field
    {
        std::string key;
        int line;
        YamlNode value;
    };

    const Field* Find(const std::string& key) const;
    /** \throws InputError if \p text has control characters, which neither tables nor names may */
    void CheckText(const std::string& key, const std::string& text) const;
    /** \throws InputError that names the known words */
    [[noreturn]] void FailChoice(const std::string& key, const std::string& known) const;
    [[noreturn]] void FailValue(const std::string& key,
                                const std::string& value,
                                const std::string& right) const;

    std::string m_file;
    std::string m_what;
    int m_line;
    std::vector<Field> m_fields;
};

} // namespace ns3

#endif
