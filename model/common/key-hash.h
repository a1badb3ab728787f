// SPDX-License-Identifier: GPL-2.0-only
// Hashes of what tables are kept by: numbers, addresses, and what is made of them.
#ifndef VXLAN_MULTICAST_KEY_HASH_H
#define VXLAN_MULTICAST_KEY_HASH_H

#include "ns3/ipv4-address.h"
#include "ns3/ipv4-prefix.h"
#include "ns3/mac48-address.h"
#include "ns3/mix-hash.h"
#include "ns3/ospf-id.h"
#include "ns3/source-group.h"

#include <cstdint>
#include <tuple>
#include <type_traits>
#include <utility>

namespace ns3
{

/**
 * A hash that is well mixed in its low bits, which std::hash need not be. A key of its own type
 * has a function GetFields, a tuple of what it consists of.
 */
struct KeyHash
{
    template <typename T>
    uint64_t operator()(const T& key) const
    {
        if constexpr (std::is_integral_v<T> || std::is_enum_v<T>)
        {
            return MixHash(static_cast<uint64_t>(key));
        }
        else
        {
            return OfFields(key.GetFields());
        }
    }

    uint64_t operator()(Ipv4Address key) const
    {
        return MixHash(key.Get());
    }

    uint64_t operator()(OspfId key) const
    {
        return MixHash(key.Get());
    }

    uint64_t operator()(const SourceGroup& key) const
    {
        return MixHash(key.GetBits());
    }

    uint64_t operator()(const Ipv4Prefix& key) const
    {
        return OfFields(std::make_tuple(key.GetAddress(), key.GetLength()));
    }

    uint64_t operator()(const Mac48Address& key) const
    {
        uint8_t bytes[6];
        key.CopyTo(bytes);
        uint64_t number = 0;
        for (uint8_t byte : bytes)
        {
            number = number << 8 | byte;
        }
        return MixHash(number);
    }

    template <typename A, typename B>
    uint64_t operator()(const std::pair<A, B>& key) const
    {
        return OfFields(std::tie(key.first, key.second));
    }

    template <typename... Fields>
    uint64_t operator()(const std::tuple<Fields...>& key) const
    {
        return OfFields(key);
    }

  private:
    template <typename... Fields>
    uint64_t OfFields(const std::tuple<Fields...>& fields) const
    {
        return std::apply(
            [this](const auto&... field) {
                uint64_t hash = sizeof...(field);
                ((hash = MixHash(hash + (*this)(field))), ...);
                return hash;
            },
            fields);
    }
};

} // namespace ns3

#endif
