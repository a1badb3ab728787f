// SPDX-License-Identifier: GPL-2.0-only
// The digests are Nettle's (LGPL-3.0-or-later or GPL-2.0-or-later).
#include "ns3/ospf-authentication.h"

#include "ns3/text.h"
#include "ns3/wire-buffer.h"

#include <nettle/hmac.h>
#include <nettle/md5.h>

#include <algorithm>
#include <stdexcept>

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
constexpr std::size_t PASSWORD_SIZE = 8;
constexpr std::size_t KEY_ID_AT = 18;
constexpr std::size_t DIGEST_SIZE_AT = 19;
constexpr std::size_t SEQUENCE_AT = 20;
constexpr std::size_t SEALED_HEADER_SIZE = 24;

uint16_t
GetU16(const OspfBytes& bytes, std::size_t at)
{
    return static_cast<uint16_t>(bytes[at] << 8 | bytes[at + 1]);
}

void
PutU16(OspfBytes& bytes, std::size_t at, uint16_t value)
{
    bytes[at] = static_cast<uint8_t>(value >> 8);
    bytes[at + 1] = static_cast<uint8_t>(value);
}

/** \returns the sum over a packet without the authentication field. */
uint16_t
SumSealed(const OspfBytes& packet)
{
    return FinishInternetSum(
        SumInternetWords(packet.data(), PASSWORD_AT) +
        SumInternetWords(packet.data() + SEALED_HEADER_SIZE, packet.size() - SEALED_HEADER_SIZE));
}

std::size_t
GetDigestSizeOf(OspfAuType type)
{
    switch (type)
    {
    case OspfAuType::MD5:
        return MD5_DIGEST_SIZE;
    case OspfAuType::HMAC_SHA_1:
        return SHA1_DIGEST_SIZE;
    case OspfAuType::HMAC_SHA_256:
        return SHA256_DIGEST_SIZE;
    case OspfAuType::HMAC_SHA_384:
        return SHA384_DIGEST_SIZE;
    case OspfAuType::HMAC_SHA_512:
        return SHA512_DIGEST_SIZE;
    default:
        return 0;
    }
}

/** D.4.3: over the packet, and the key padded with zeros to 16 bytes. */
OspfBytes
DigestMd5(const OspfBytes& packet, const std::string& secret)
{
    uint8_t key[MD5_DIGEST_SIZE] = {};
    std::copy_n(secret.begin(), std::min<std::size_t>(secret.size(), sizeof key), key);
    OspfBytes digest(MD5_DIGEST_SIZE);
    md5_ctx context;
    md5_init(&context);
    md5_update(&context, packet.size(), packet.data());
    md5_update(&context, sizeof key, key);
    md5_digest(&context, digest.size(), digest.data());
    return digest;
}

/** Nettle's functions for one hash. */
template <typename HashContext, typename HmacContext>
struct OspfHash
{
    std::size_t size;
    void (*init)(HashContext*);
    void (*update)(HashContext*, std::size_t, const uint8_t*);
    void (*digest)(HashContext*, std::size_t, uint8_t*);
    void (*setKey)(HmacContext*, std::size_t, const uint8_t*);
    void (*hmacUpdate)(HmacContext*, std::size_t, const uint8_t*);
    void (*hmacDigest)(HmacContext*, std::size_t, uint8_t*);
};

/** RFC 5709 §3.3: over the packet and Apad; a key longer than the digest is hashed first. */
template <typename HashContext, typename HmacContext>
OspfBytes
DigestHmac(const OspfHash<HashContext, HmacContext>& hash,
           const OspfBytes& packet,
           const std::string& secret)
{
    static constexpr uint8_t APAD[] = {0x87, 0x8f, 0xe1, 0xf3};
    OspfBytes key(secret.begin(), secret.end());
    if (key.size() > hash.size)
    {
        HashContext context;
        hash.init(&context);
        hash.update(&context, key.size(), key.data());
        key.resize(hash.size);
        hash.digest(&context, key.size(), key.data());
    }
    HmacContext context;
    hash.setKey(&context, key.size(), key.data());
    hash.hmacUpdate(&context, packet.size(), packet.data());
    for (std::size_t i = 0; i < hash.size; i += sizeof APAD)
    {
        hash.hmacUpdate(&context, sizeof APAD, APAD);
    }
    OspfBytes digest(hash.size);
    hash.hmacDigest(&context, digest.size(), digest.data());
    return digest;
}

OspfBytes
DigestOf(OspfAuType type, const OspfBytes& packet, const std::string& secret)
{
    switch (type)
    {
    case OspfAuType::MD5:
        return DigestMd5(packet, secret);
    case OspfAuType::HMAC_SHA_1:
        return DigestHmac<sha1_ctx, hmac_sha1_ctx>({SHA1_DIGEST_SIZE,
                                                    sha1_init,
                                                    sha1_update,
                                                    sha1_digest,
                                                    hmac_sha1_set_key,
                                                    hmac_sha1_update,
                                                    hmac_sha1_digest},
                                                   packet,
                                                   secret);
    case OspfAuType::HMAC_SHA_256:
        return DigestHmac<sha256_ctx, hmac_sha256_ctx>({SHA256_DIGEST_SIZE,
                                                        sha256_init,
                                                        sha256_update,
                                                        sha256_digest,
                                                        hmac_sha256_set_key,
                                                        hmac_sha256_update,
                                                        hmac_sha256_digest},
                                                       packet,
                                                       secret);
    case OspfAuType::HMAC_SHA_384:
        return DigestHmac<sha512_ctx, hmac_sha512_ctx>({SHA384_DIGEST_SIZE,
                                                        sha384_init,
                                                        sha512_update,
                                                        sha384_digest,
                                                        hmac_sha384_set_key,
                                                        hmac_sha512_update,
                                                        hmac_sha384_digest},
                                                       packet,
                                                       secret);
    default:
        return DigestHmac<sha512_ctx, hmac_sha512_ctx>({SHA512_DIGEST_SIZE,
                                                        sha512_init,
                                                        sha512_update,
                                                        sha512_digest,
                                                        hmac_sha512_set_key,
                                                        hmac_sha512_update,
                                                        hmac_sha512_digest},
                                                       packet,
                                                       secret);
    }
}

/** \returns the password as it stands in packets. */
OspfBytes
PadPassword(const std::string& secret)
{
    OspfBytes password(secret.begin(), secret.end());
    password.resize(PASSWORD_SIZE, 0);
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
    const uint32_t sequence =
        uint32_t(GetU16(packet, SEQUENCE_AT)) << 16 | GetU16(packet, SEQUENCE_AT + 2);
    if (sequence < least)
    {
        return OspfAuError::SEQUENCE;
    }
    const std::size_t size = config.GetTrailerSize();
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
OspfAuthenticationConfig::GetTrailerSize() const
{
    return GetDigestSizeOf(type);
}

void
OspfAuthenticationConfig::Check() const
{
    if (type != OspfAuType::NONE && keys.empty())
    {
        throw std::invalid_argument(
            "OSPF authentication needs a key, set AuthenticationKeys to 1=secret");
    }
    const std::size_t most = type == OspfAuType::SIMPLE ? PASSWORD_SIZE : MD5_DIGEST_SIZE;
    for (const OspfAuthenticationKey& key : keys)
    {
        if ((type == OspfAuType::SIMPLE || type == OspfAuType::MD5) && key.secret.size() > most)
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
    packet[DIGEST_SIZE_AT] = static_cast<uint8_t>(config.GetTrailerSize());
    PutU16(packet, SEQUENCE_AT, static_cast<uint16_t>(sequence >> 16));
    PutU16(packet, SEQUENCE_AT + 2, static_cast<uint16_t>(sequence));
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
    if (packet.size() < SEALED_HEADER_SIZE)
    {
        return OspfAuError::TRUNCATED;
    }
    const bool isSimple = config.type == OspfAuType::SIMPLE;
    if (GetU16(packet, AUTYPE_AT) != (isSimple ? AUTYPE_SIMPLE : AUTYPE_CRYPTOGRAPHIC))
    {
        return OspfAuError::TYPE;
    }
    const std::size_t length = GetU16(packet, SEALED_LENGTH_AT);
    if (length < SEALED_HEADER_SIZE || length > packet.size())
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
        std::fill_n(packet.begin() + PASSWORD_AT, PASSWORD_SIZE, 0);
        PutU16(packet, SEALED_CHECKSUM_AT, 0);
        PutU16(packet, SEALED_CHECKSUM_AT, SumSealed(packet));
    }
    return error;
}

} // namespace ns3
