// SPDX-License-Identifier: GPL-2.0-only
#include "ns3/ospf-authentication-config.h"

#include "ns3/text.h"

#include <set>
#include <stdexcept>

namespace ns3
{

void
OspfAuthenticationConfig::Check() const
{
    if (type != OspfAuthenticationType::NONE && keys.empty())
    {
        throw std::invalid_argument(
            "OSPF authentication needs a key, set AuthenticationKeys to 1=secret");
    }
    const std::size_t most =
        type == OspfAuthenticationType::SIMPLE ? OSPF_PASSWORD_SIZE : OSPF_MD5_KEY_SIZE;
    std::set<uint8_t> ids;
    for (const OspfAuthenticationKey& key : keys)
    {
        // The Key ID says which key a digest is of (D.3); simple passwords have none.
        if (!ids.insert(key.id).second && type >= OspfAuthenticationType::MD5)
        {
            throw std::invalid_argument("OSPF authentication has two keys " +
                                        std::to_string(key.id));
        }
        if ((type == OspfAuthenticationType::SIMPLE || type == OspfAuthenticationType::MD5) &&
            key.secret.size() > most)
        {
            throw std::invalid_argument("an OSPF key of " + std::string(EnumName(type)) +
                                        " has up to " + std::to_string(most) + " bytes");
        }
    }
}

std::vector<OspfAuthenticationKey>
ParseOspfAuthenticationKeys(const std::string& text)
{
    std::vector<OspfAuthenticationKey> keys;
    for (const std::string& word : SplitWords(text, " "))
    {
        const std::size_t equals = word.find('=');
        const auto id = ParseNumber(word.substr(0, equals), 0, 255);
        if (equals == std::string::npos || equals + 1 == word.size() || !id)
        {
            throw std::invalid_argument(word + " is no key, write its number 0-255 and the secret: "
                                               "1=secret");
        }
        keys.push_back({static_cast<uint8_t>(*id), word.substr(equals + 1)});
    }
    return keys;
}

std::string
FormatOspfAuthenticationKeys(const std::vector<OspfAuthenticationKey>& keys)
{
    std::string text;
    for (const OspfAuthenticationKey& key : keys)
    {
        text += (text.empty() ? "" : " ") + std::to_string(key.id) + "=" + key.secret;
    }
    return text;
}

} // namespace ns3
