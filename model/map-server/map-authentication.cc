// SPDX-License-Identifier: GPL-2.0-only
// RFC 9301 §5.6 and §12.5: authentication of Map-Registers and Map-Notifies. HMAC-SHA-1-96 (RFC
// 2404), HMAC-SHA-256-128 (RFC 4868), and the latter with a key for each message by HKDF-SHA256
// (RFC 5869) from nonce and shared key. The digests are Nettle's (LGPL-3.0-or-later or
// GPL-2.0-or-later).
#include "ns3/map-message.h"

#include <nettle/hkdf.h>
#include <nettle/hmac.h>

#include <algorithm>

namespace ns3
{

namespace
{

std::size_t
GetDigestSize(uint8_t algorithm)
{
    switch (algorithm)
    {
    case MAP_HMAC_SHA1_96:
        return 12;
    case MAP_HMAC_SHA256_128:
    case MAP_HMAC_SHA256_128_HKDF:
        return 16;
    default:
        return 0;
    }
}

/** Where the authentication data begins: type, flags, count, nonce, key id, algorithm, length. */
constexpr std::size_t DATA_OFFSET = 16;

std::vector<uint8_t>
DeriveKey(const std::vector<uint8_t>& message, const std::string& key)
{
    // §5.6: KDF(nonce + PSK, s), s naming the message.
    std::vector<uint8_t> secret(message.begin() + 4, message.begin() + 12);
    secret.insert(secret.end(), key.begin(), key.end());
    const std::string label =
        message.front() >> 4 == 3 ? "Map-Register Authentication" : "Map-Notify Authentication";
    uint8_t extracted[SHA256_DIGEST_SIZE];
    hmac_sha256_ctx context;
    const uint8_t salt[SHA256_DIGEST_SIZE] = {};
    hmac_sha256_set_key(&context, sizeof(salt), salt);
    hkdf_extract(&context,
                 reinterpret_cast<nettle_hash_update_func*>(hmac_sha256_update),
                 reinterpret_cast<nettle_hash_digest_func*>(hmac_sha256_digest),
                 SHA256_DIGEST_SIZE,
                 secret.size(),
                 secret.data(),
                 extracted);
    hmac_sha256_set_key(&context, sizeof(extracted), extracted);
    std::vector<uint8_t> derived(SHA256_DIGEST_SIZE);
    hkdf_expand(&context,
                reinterpret_cast<nettle_hash_update_func*>(hmac_sha256_update),
                reinterpret_cast<nettle_hash_digest_func*>(hmac_sha256_digest),
                SHA256_DIGEST_SIZE,
                label.size(),
                reinterpret_cast<const uint8_t*>(label.data()),
                derived.size(),
                derived.data());
    return derived;
}

/** \returns the digest of a message whose authentication data is zero. */
std::vector<uint8_t>
ComputeDigest(const std::vector<uint8_t>& message, uint8_t algorithm, const std::string& key)
{
    std::vector<uint8_t> digest(GetDigestSize(algorithm));
    if (algorithm == MAP_HMAC_SHA1_96)
    {
        hmac_sha1_ctx context;
        hmac_sha1_set_key(&context, key.size(), reinterpret_cast<const uint8_t*>(key.data()));
        hmac_sha1_update(&context, message.size(), message.data());
        hmac_sha1_digest(&context, digest.size(), digest.data());
    }
    else if (!digest.empty())
    {
        const std::vector<uint8_t> secret = algorithm == MAP_HMAC_SHA256_128_HKDF
                                                ? DeriveKey(message, key)
                                                : std::vector<uint8_t>(key.begin(), key.end());
        hmac_sha256_ctx context;
        hmac_sha256_set_key(&context, secret.size(), secret.data());
        hmac_sha256_update(&context, message.size(), message.data());
        hmac_sha256_digest(&context, digest.size(), digest.data());
    }
    return digest;
}

} // namespace

std::vector<uint8_t>
SignMapMessage(MapMessage message, uint8_t algorithm, uint8_t keyId, const std::string& key)
{
    const MapAuthentication authentication{
        keyId, algorithm, std::vector<uint8_t>(GetDigestSize(algorithm), 0)};
    if (auto registration = std::get_if<MapRegister>(&message.body))
    {
        registration->authentication = authentication;
    }
    else if (auto notify = std::get_if<MapNotify>(&message.body))
    {
        notify->authentication = authentication;
    }
    std::vector<uint8_t> bytes = message.ToBytes();
    const std::vector<uint8_t> digest = ComputeDigest(bytes, algorithm, key);
    std::copy(digest.begin(), digest.end(), bytes.begin() + DATA_OFFSET);
    return bytes;
}

bool
VerifyMapMessage(const std::vector<uint8_t>& bytes,
                 const MapMessage& message,
                 uint8_t algorithm,
                 const std::string& key)
{
    const auto registration = std::get_if<MapRegister>(&message.body);
    const auto notify = std::get_if<MapNotify>(&message.body);
    if (!registration && !notify)
    {
        return false;
    }
    const MapAuthentication& authentication =
        registration ? registration->authentication : notify->authentication;
    if (authentication.algorithm != algorithm ||
        authentication.data.size() != GetDigestSize(algorithm))
    {
        return false;
    }
    std::vector<uint8_t> zeroed = bytes;
    std::fill_n(zeroed.begin() + DATA_OFFSET, authentication.data.size(), 0);
    return ComputeDigest(zeroed, algorithm, key) == authentication.data;
}

} // namespace ns3
