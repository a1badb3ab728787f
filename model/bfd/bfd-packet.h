// SPDX-License-Identifier: GPL-2.0-only
// RFC 5880 §4.1: the BFD Control packet. Authentication (§4.2 to §4.4) is left out: a packet with
// the A bit is refused, as a session that does not use it must (§6.8.6).
#ifndef VXLAN_MULTICAST_BFD_PACKET_H
#define VXLAN_MULTICAST_BFD_PACKET_H

#include "ns3/enum-names.h"
#include "ns3/wire-buffer.h"

#include <cstdint>
#include <ostream>
#include <string>

namespace ns3
{

/** Sta, by the RFC's numbers. */
enum class BfdState : uint8_t
{
    ADMIN_DOWN,
    DOWN,
    INIT,
    UP
};

/** Diag, by the RFC's numbers. */
enum class BfdDiagnostic : uint8_t
{
    NONE,
    DETECTION_TIME_EXPIRED,
    ECHO_FAILED,
    NEIGHBOR_SIGNALED_DOWN,
    FORWARDING_PLANE_RESET,
    PATH_DOWN,
    CONCATENATED_PATH_DOWN,
    ADMINISTRATIVELY_DOWN,
    REVERSE_CONCATENATED_PATH_DOWN
};

template <>
struct EnumNames<BfdState>
{
    static constexpr const char* NAMES[] = {"AdminDown", "Down", "Init", "Up"};
};

template <>
struct EnumNames<BfdDiagnostic>
{
    static constexpr const char* NAMES[] = {"none",
                                            "detection-time-expired",
                                            "echo-failed",
                                            "neighbor-signaled-down",
                                            "forwarding-plane-reset",
                                            "path-down",
                                            "concatenated-path-down",
                                            "administratively-down",
                                            "reverse-concatenated-path-down"};
};

/** A BFD Control packet; times in microseconds, as they are sent. */
struct BfdPacket
{
    static constexpr const char* TYPE_NAME = "ns3::BfdPacket";
    static constexpr uint16_t PORT = 3784;               //!< RFC 5881 §4
    static constexpr uint16_t FIRST_SOURCE_PORT = 49152; //!< RFC 5881 §4
    static constexpr uint8_t TTL = 255;                  //!< RFC 5881 §5
    static constexpr uint8_t VERSION = 1;
    static constexpr uint8_t SIZE = 24;

    uint8_t diagnostic{0}; //!< a BfdDiagnostic, or what the RFC reserves
    BfdState state{BfdState::DOWN};
    bool poll{false};
    bool final{false};
    bool controlPlaneIndependent{false};
    bool demand{false};
    uint8_t detectMult{3};
    uint32_t myDiscriminator{0};
    uint32_t yourDiscriminator{0};
    uint32_t desiredMinTx{0};
    uint32_t requiredMinRx{0};
    uint32_t requiredMinEchoRx{0};

    void Write(WireWriter& writer) const;
    /**
     * The checks of §6.8.6 that need no session.
     * \returns empty, or: truncated, version, length, detect-mult, multipoint, my-discriminator,
     * your-discriminator, authentication
     */
    static std::string Read(WireReader& reader, BfdPacket& packet);
    void Print(std::ostream& os) const;
};

} // namespace ns3

#endif
