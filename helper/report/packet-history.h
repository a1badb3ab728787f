// SPDX-License-Identifier: GPL-2.0-only
// The packets of a run, as their senders put them on links: class, length and the bytes of their
// headers. Most differ little from the one before of their kind, so that only that is kept.
#ifndef VXLAN_MULTICAST_PACKET_HISTORY_H
#define VXLAN_MULTICAST_PACKET_HISTORY_H

#include "ns3/link-classifier.h"
#include "ns3/packet.h"
#include "ns3/report-moments.h"

#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <tuple>
#include <vector>

namespace ns3
{

/** How much of a run's packets is kept. */
struct PacketLimits
{
    std::size_t packets{60000};    //!< in all
    std::size_t keepalives{20000}; //!< Hellos and other messages of OSPF, PIM's and BFD's Hellos
    uint32_t dataBytes{144};       //!< of a packet: down to the tenant's headers in a Register
    uint32_t controlBytes{640};    //!< of a protocol's message
};

/** Packets in order of time. */
class PacketHistory
{
  public:
    /** \param moments outlives this object */
    PacketHistory(ReportMoments& moments, const PacketLimits& limits);

    /** \param station the sender's number in LinkMeter */
    void Add(std::size_t station, Ptr<const Packet> packet, const LinkFrame& frame);

    /**
     * \returns the packets, each `[moment, station, class, length, bytes]`: moments as differences,
     *          length that of the frame, bytes in hexadecimal, or `=`, their number, `;`, and what
     *          differs from the last packet of this station and class with as many: `offset:bytes`
     *          with commas between
     */
    const ReportJson& ToJson() const;
    /** \returns the moment from which packets are missing. */
    std::optional<std::size_t> GetEnd() const;

  private:
    using Bytes = std::vector<uint8_t>;

    ReportMoments& m_moments;
    PacketLimits m_limits;
    std::map<std::tuple<std::size_t, LinkClass, std::size_t>, Bytes> m_last;
    std::size_t m_keepalives{0};
    std::size_t m_lastMoment{0};
    ReportJson m_packets = ReportJson::array();
    std::optional<std::size_t> m_end;
};

} // namespace ns3

#endif
