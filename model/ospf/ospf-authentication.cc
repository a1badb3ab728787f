// SPDX-License-Identifier: GPL-2.0-only
// The digests are Nettle's (LGPL-3.0-or-later or GPL-2.0-or-later).
#include "ns3/ospf-authentication.h"

#include "ns3/ospf-packet.h"

#include <boost/endian/conversion.hpp>
#include <nettle/nettle-meta.h>

#include <algorithm>

namespace ns3
{

namespace
{

using OspfBytes = std::vector<uint8_t>;
using OspfAuType = OspfAuthenticationType;
using OspfAuError = OspfAuthenticationError;

constexpr uint16_t AUTYPE_SIMPLE = 1;
constexpr uint16_t AUTYPE_CRYPTOGRAPHIC = 2;
// Where things stand in a packet (A.3.1, D.3).
constexpr std::size_t SEALED_LENGTH_AT = 2;
constexpr std::size_t SEALED_CHECKSUM_AT = 12;
constexpr std::size_t AUTYPE_AT = 14;
constexpr std::size_t PASSWORD_AT = 16;
constexpr std::size_t KEY_ID_AT = 18;
constexpr std::size_t DIGEST_SIZE_AT = 19;
constexpr std::size_t SEQUENCE_AT = 20;

uint16_t
GetU16(const OspfBytes& bytes, std::size_t at)
{
    return boost::endian::load_big_u16(&bytes[at]);
}

void
PutU16(OspfBytes& bytes, std::size_t at, uint16_t value)
{
    boost::endian::store_big_u16(&bytes[at], value);
}

uint16_t
SumSealed(const OspfBytes& packet)
{
    return OspfPacket::ComputeChecksum(packet.data(), packet.size());
}

/** Nettle's algorithms of a type. */
struct OspfAlgorithms
{
    const nettle_hash* hash;
    const nettle_mac* mac; //!< HMAC with that hash; nullptr: the key is a part of what is hashed
};

const OspfAlgorithms&
GetAlgorithms(OspfAuType type)
{
    static const OspfAlgorithms byType[] = {{nullptr, nullptr},
                                            {nullptr, nullptr},
                                            {&nettle_md5, nullptr},
                                            {&nettle_sha1, &nettle_hmac_sha1},
                                            {&nettle_sha256, &nettle_hmac_sha256},
                                            {&nettle_sha384, &nettle_hmac_sha384},
                                            {&nettle_sha512, &nettle_hmac_sha512}};
    return byType[static_cast<std::size_t>(type)];
}

OspfBytes
HashOf(const nettle_hash& hash, const OspfBytes& text)
{
    OspfBytes context(hash.context_size);
    OspfBytes digest(hash.digest_size);
    hash.init(context.data());
    hash.update(context.data(), text.size(), text.data());
    hash.digest(context.data(), digest.size(), digest.data());
    return digest;
}

/** D.4.3: over the packet, and the key padded with zeros to 16 bytes. */
OspfBytes
DigestMd5(OspfBytes text, OspfBytes key)
{
    key.resize(OSPF_MD5_KEY_SIZE, 0);
    text.insert(text.end(), key.begin(), key.end());
    return HashOf(nettle_md5, text);
}

/** RFC 5709 §3.3: over the packet and Apad, with a key of the digest's length, Ko. */
OspfBytes
DigestHmac(const OspfAlgorithms& algorithms, OspfBytes text, OspfBytes key)
{
    static constexpr uint8_t APAD[] = {0x87, 0x8f, 0xe1, 0xf3};
    const nettle_mac& mac = *algorithms.mac;
    if (key.size() > mac.key_size)
    {
        key = HashOf(*algorithms.hash, key);
    }
    key.resize(mac.key_size, 0);
    for (std::size_t i = 0; i < mac.digest_size; i += sizeof APAD)
    {
        text.insert(text.end(), std::begin(APAD), std::end(APAD));
    }
    OspfBytes context(mac.context_size);
    OspfBytes digest(mac.digest_size);
    mac.set_key(context.data(), key.data());
    mac.update(context.data(), text.size(), text.data());
    mac.digest(context.data(), digest.size(), digest.data());
    return digest;
}

OspfBytes
DigestOf(OspfAuType type, const OspfBytes& packet, const std::string& secret)
{
    const OspfAlgorithms& algorithms = GetAlgorithms(type);
    const OspfBytes key(secret.begin(), secret.end());
    return algorithms.mac == nullptr ? DigestMd5(packet, key) : DigestHmac(algorithms, packet, key);
}

/** \returns the password as it stands in packets. */
OspfBytes
PadPassword(const std::string& secret)
{
    OspfBytes password(secret.begin(), secret.end());
    password.resize(OSPF_PASSWORD_SIZE, 0);
    return password;
}

/** D.5.1: the checksum, then the password. */
OspfAuError
CheckPassword(const OspfBytes& packet, const OspfAuthenticationConfig& config)
{
    if (SumSealed(packet) != 0)
    {
        return OspfAuError::CHECKSUM;
    }
    const bool isKnown =
        std::any_of(config.keys.begin(), config.keys.end(), [&packet](const auto& key) {
            const OspfBytes password = PadPassword(key.secret);
            return std::equal(password.begin(), password.end(), packet.begin() + PASSWORD_AT);
        });
    return isKnown ? OspfAuError::NONE : OspfAuError::KEY;
}

/** D.5.2. \param trailer what follows the packet */
OspfAuError
CheckDigest(const OspfBytes& packet,
            const OspfBytes& trailer,
            const OspfAuthenticationConfig& config,
            uint32_t& least)
{
    const auto key = std::find_if(config.keys.begin(), config.keys.end(), [&](const auto& each) {
        return each.id == packet[KEY_ID_AT];
    });
    if (key == config.keys.end())
    {
        return OspfAuError::KEY;
    }
    const uint32_t sequence = boost::endian::load_big_u32(&packet[SEQUENCE_AT]);
    if (sequence < least)
    {
        return OspfAuError::SEQUENCE;
    }
    const std::size_t size = GetOspfTrailerSize(config.type);
    if (packet[DIGEST_SIZE_AT] != size || trailer.size() < size)
    {
        return OspfAuError::DIGEST;
    }
    const OspfBytes digest = DigestOf(config.type, packet, key->secret);
    if (!std::equal(digest.begin(), digest.end(), trailer.begin()))
    {
        return OspfAuError::DIGEST;
    }
    least = sequence;
    return OspfAuError::NONE;
}

} // namespace

std::size_t
GetOspfTrailerSize(OspfAuthenticationType type)
{
    const nettle_hash* hash = GetAlgorithms(type).hash;
    return hash == nullptr ? 0 : hash->digest_size;
}

void
SealOspfPacket(std::vector<uint8_t>& packet,
               const OspfAuthenticationConfig& config,
               uint32_t sequence)
{
    if (config.type == OspfAuType::NONE || config.keys.empty())
    {
        return;
    }
    const OspfAuthenticationKey& key = config.keys.back();
    PutU16(packet, SEALED_CHECKSUM_AT, 0);
    if (config.type == OspfAuType::SIMPLE)
    {
        PutU16(packet, AUTYPE_AT, AUTYPE_SIMPLE);
        PutU16(packet, SEALED_CHECKSUM_AT, SumSealed(packet));
        const OspfBytes password = PadPassword(key.secret);
        std::copy(password.begin(), password.end(), packet.begin() + PASSWORD_AT);
        return;
    }
    PutU16(packet, AUTYPE_AT, AUTYPE_CRYPTOGRAPHIC);
    PutU16(packet, PASSWORD_AT, 0);
    packet[KEY_ID_AT] = key.id;
    packet[DIGEST_SIZE_AT] = static_cast<uint8_t>(GetOspfTrailerSize(config.type));
    boost::endian::store_big_u32(&packet[SEQUENCE_AT], sequence);
    const OspfBytes digest = DigestOf(config.type, packet, key.secret);
    packet.insert(packet.end(), digest.begin(), digest.end());
}

OspfAuthenticationError
OpenOspfPacket(std::vector<uint8_t>& packet,
               const OspfAuthenticationConfig& config,
               uint32_t& least)
{
    if (config.type == OspfAuType::NONE)
    {
        return OspfAuError::NONE; // AuType is OspfPacket's to look at
    }
    if (packet.size() < OspfPacket::HEADER_SIZE)
    {
        return OspfAuError::TRUNCATED;
    }
    const bool isSimple = config.type == OspfAuType::SIMPLE;
    if (GetU16(packet, AUTYPE_AT) != (isSimple ? AUTYPE_SIMPLE : AUTYPE_CRYPTOGRAPHIC))
    {
        return OspfAuError::TYPE;
    }
    const std::size_t length = GetU16(packet, SEALED_LENGTH_AT);
    if (length < OspfPacket::HEADER_SIZE || length > packet.size())
    {
        return OspfAuError::TRUNCATED;
    }
    const auto end = packet.begin() + static_cast<std::ptrdiff_t>(length);
    const OspfBytes trailer(end, packet.end());
    packet.erase(end, packet.end());
    const OspfAuError error =
        isSimple ? CheckPassword(packet, config) : CheckDigest(packet, trailer, config, least);
    if (error == OspfAuError::NONE)
    {
        PutU16(packet, AUTYPE_AT, 0);
        std::fill_n(packet.begin() + PASSWORD_AT, OSPF_PASSWORD_SIZE, 0);
        PutU16(packet, SEALED_CHECKSUM_AT, 0);
        PutU16(packet, SEALED_CHECKSUM_AT, SumSealed(packet));
    }
    return error;
}

} // namespace ns3
