// SPDX-License-Identifier: GPL-2.0-only
// OpenFlow 1.3.5 §5.3 and §7.2.3.7: a frame in the pipeline, with the fields that flows match. The
// fields are read from the first bytes of the packet; a frame that no action changes leaves as the
// packet that it came as.
#ifndef VXLAN_MULTICAST_OPENFLOW_FRAME_H
#define VXLAN_MULTICAST_OPENFLOW_FRAME_H

#include "ns3/openflow-match.h"
#include "ns3/packet.h"

#include <optional>
#include <vector>

namespace ns3
{

/** An Ethernet frame and where it came from. */
class OpenflowFrame
{
  public:
    /**
     * \param packet the whole frame
     * \param inPort the port it came in by
     */
    OpenflowFrame(Ptr<const Packet> packet, uint32_t inPort);

    /** The frame came out of a tunnel. \param key the tunnel's key (VNI) */
    void SetTunnel(uint64_t key, Ipv4Address source, Ipv4Address destination);

    /** \returns the field, or nothing where the frame does not have it (§7.2.3.6). */
    std::optional<uint64_t> Get(OpenflowField field) const;
    /** Writes a field; none where the frame does not have it. Checksums of IPv4, UDP and TCP are
     * kept right. */
    void Set(OpenflowField field, uint64_t value);
    /** \returns whether \p match takes the frame. */
    bool Matches(const OpenflowMatch& match) const;

    uint32_t GetInPort() const
    {
        return m_inPort;
    }

    /** The frame is flooded, as far as it leaves from now on. */
    void SetFlooded(bool isFlooded)
    {
        m_flooded = isFlooded;
    }

    bool IsFlooded() const
    {
        return m_flooded;
    }

    /** \returns the tunnel key set by an action, or of the tunnel that it came by; else 0. */
    uint64_t GetTunnelId() const
    {
        return m_tunnelId;
    }

    Mac48Address GetSource() const;
    Mac48Address GetDestination() const;
    /** \returns the frame as it is now. */
    Ptr<const Packet> GetPacket() const;
    /** \returns bytes of the whole frame. */
    uint32_t GetSize() const;
    /** \returns the first \p count bytes, or all. */
    std::vector<uint8_t> GetBytes(uint32_t count) const;
    /** \returns the fields that a PACKET_IN tells: in_port, tunnel id, source and destination. */
    OpenflowMatch GetMetadata() const;

  private:
    /** Where a field lies in the window. */
    struct Place
    {
        std::size_t offset;
        uint8_t bytes;
    };

    std::optional<Place> Find(OpenflowField field) const;
    uint64_t Read(std::size_t offset, uint8_t bytes) const;
    /** After an IPv4 address changed from \p before to \p after (RFC 1624). */
    void FixChecksums(uint64_t before, uint64_t after);

    Ptr<const Packet> m_packet;
    std::vector<uint8_t> m_window; //!< the first bytes, with what actions changed
    bool m_changed{false};
    bool m_fromTunnel{false};
    bool m_flooded{false};
    uint32_t m_inPort;
    uint64_t m_tunnelId{0};
    Ipv4Address m_tunnelSource{Ipv4Address::GetAny()};
    Ipv4Address m_tunnelDestination{Ipv4Address::GetAny()};
};

} // namespace ns3

#endif
