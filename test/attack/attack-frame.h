// SPDX-License-Identifier: GPL-2.0-only
// A frame on an Ethernet link as an attacker makes it: a copy of one that was seen, with whatever it
// likes in each header, right or wrong.
#ifndef VXLAN_MULTICAST_TEST_ATTACK_FRAME_H
#define VXLAN_MULTICAST_TEST_ATTACK_FRAME_H

#include "ns3/ipv4-address.h"
#include "ns3/mac48-address.h"
#include "ns3/wire-buffer.h"

#include <algorithm>
#include <cstdint>
#include <optional>
#include <vector>

namespace ns3
{

using AttackBytes = std::vector<uint8_t>;

/** Ethernet II, IPv4 without options, payload. */
struct AttackFrame
{
    static constexpr std::size_t ETHERNET_SIZE = 14;
    static constexpr std::size_t IP_SIZE = 20;
    static constexpr std::size_t MIN_PAYLOAD = 46; //!< of Ethernet
    static constexpr std::size_t CHECK_SIZE = 4;   //!< of Ethernet, not verified

    AttackBytes ethernet; //!< its header
    uint8_t tos{0};
    std::optional<uint16_t> totalLength; //!< unset: the right one
    uint16_t identification{0};
    uint16_t fragment{0}; //!< flags and offset
    uint8_t ttl{1};
    uint8_t protocol{0};
    Ipv4Address source;
    Ipv4Address destination;
    AttackBytes payload;

    static constexpr uint16_t MORE_FRAGMENTS = 0x2000;
    static constexpr uint16_t OFFSET = 0x1fff;

    bool IsFragment() const
    {
        return (fragment & (MORE_FRAGMENTS | OFFSET)) != 0;
    }

    /** \returns the frame in \p bytes, or nothing if it is no IPv4 packet without options. */
    static std::optional<AttackFrame> Read(const AttackBytes& bytes)
    {
        if (bytes.size() < ETHERNET_SIZE + IP_SIZE + CHECK_SIZE || bytes[12] != 0x08 ||
            bytes[13] != 0 || bytes[ETHERNET_SIZE] != 0x45)
        {
            return std::nullopt;
        }
        AttackFrame frame;
        frame.ethernet.assign(bytes.begin(), bytes.begin() + ETHERNET_SIZE);
        WireReader reader(bytes.data() + ETHERNET_SIZE, bytes.size() - ETHERNET_SIZE - CHECK_SIZE);
        reader.Skip(1);
        frame.tos = reader.ReadU8();
        const uint16_t length = reader.ReadU16();
        frame.identification = reader.ReadU16();
        frame.fragment = reader.ReadU16();
        frame.ttl = reader.ReadU8();
        frame.protocol = reader.ReadU8();
        reader.Skip(2);
        frame.source = reader.ReadIpv4();
        frame.destination = reader.ReadIpv4();
        frame.payload =
            reader.ReadBytes(std::min<std::size_t>(length - IP_SIZE, reader.GetRemaining()));
        return frame;
    }

    /** \returns the bytes with a right header checksum. */
    AttackBytes Write() const
    {
        WireWriter writer;
        writer.WriteBytes(ethernet);
        writer.WriteU8(0x45);
        writer.WriteU8(tos);
        writer.WriteU16(totalLength.value_or(static_cast<uint16_t>(IP_SIZE + payload.size())));
        writer.WriteU16(identification);
        writer.WriteU16(fragment);
        writer.WriteU8(ttl);
        writer.WriteU8(protocol);
        writer.WriteU16(0);
        writer.WriteIpv4(source);
        writer.WriteIpv4(destination);
        writer.PatchU16(ETHERNET_SIZE + 10,
                        InternetChecksum(writer.GetBytes().data() + ETHERNET_SIZE, IP_SIZE));
        writer.WriteBytes(payload);
        AttackBytes bytes = writer.GetBytes();
        bytes.resize(std::max(bytes.size(), ETHERNET_SIZE + MIN_PAYLOAD) + CHECK_SIZE, 0);
        return bytes;
    }

    /** To one station, not to a group of them. */
    void SetStation(Mac48Address station)
    {
        station.CopyTo(ethernet.data());
    }

    Mac48Address GetStation() const
    {
        Mac48Address station;
        station.CopyFrom(ethernet.data());
        return station;
    }
};

} // namespace ns3

#endif
