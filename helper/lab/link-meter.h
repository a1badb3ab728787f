// SPDX-License-Identifier: GPL-2.0-only
// Counts what crosses each link, once, at its sender, by class: the figures behind links.csv. A frame
// counts when its last bit has been sent. No event is needed for that: the meter reads a frame when
// its first bit is sent, and adds it up when the next one follows or somebody asks.
#ifndef VXLAN_MULTICAST_LINK_METER_H
#define VXLAN_MULTICAST_LINK_METER_H

#include "ns3/ipv4-address.h"
#include "ns3/link-classifier.h"
#include "ns3/net-device.h"
#include "ns3/nstime.h"
#include "ns3/packet.h"

#include <array>
#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace ns3
{

/** Packets, and their bytes of IP (or ARP). */
struct LinkCount
{
    uint64_t packets{0};
    uint64_t bytes{0};
};

/** Counts by LinkClass. */
using LinkCounts = std::array<LinkCount, CountEnumNames<LinkClass>()>;

/** Counts for all links of a run. */
class LinkMeter
{
  public:
    /**
     * Counts what \p device sends.
     * \param network what the table calls the link
     * \param node what it calls the sender
     * \param device a LinkDevice
     * \throws std::invalid_argument if it is another
     */
    void Attach(const std::string& network, const std::string& node, Ptr<NetDevice> device);
    /** UDP packets to \p port carry VXLAN. */
    void AddVxlanPort(uint16_t port);
    const std::set<uint16_t>& GetVxlanPorts() const;
    /** GRE packets with the key \p vni carry frames of that VNI. */
    void AddGreKey(uint32_t vni);
    /** NVGRE packets with the VSID \p vni carry frames of that VNI. */
    void AddNvgreVsid(uint32_t vni);
    /** Keeps counts by group too, for figures. */
    void RecordGroups();

    /** Takes each frame as it is sent. \p station is the sender's number: 0 was attached first. */
    using FrameSink =
        std::function<void(std::size_t station, Ptr<const Packet> packet, const LinkFrame& frame)>;
    void SetFrameSink(FrameSink sink);

    /** What one sender put on a link, of one kind. */
    struct Counter
    {
        std::string network;
        std::string node;
        LinkClass linkClass;
        uint64_t packets;
        uint64_t bytes;
    };

    /**
     * \returns the counts since the last Restart, without zeros: in the order in which the senders
     *          were attached, then of LinkClass
     */
    std::vector<Counter> GetCounters() const;
    /** Encapsulated frames of one kind that one sender put on a link. */
    struct OverlayCounter
    {
        std::string network;
        std::string node;
        OverlayFrame frame;
        uint64_t packets;
        uint64_t bytes;
    };

    /** \returns the same of encapsulated frames, by VNI, outer and inner kind. */
    std::vector<OverlayCounter> GetOverlayCounters() const;
    /** \returns the counts of one sender. \param station its number: 0 was attached first */
    const LinkCounts& GetCounts(std::size_t station) const;
    /** Starts to count from 0 again. */
    void Restart();

    /** \returns how often the frames of flood \p number were sent on links. */
    uint64_t GetFloodCopies(uint32_t number) const;

    /** Packets of one group that one station sent. */
    struct GroupCount
    {
        std::string network;
        std::string node;
        uint64_t native;
        uint64_t registers;
    };

    /** \returns the counts of \p group since the last Restart, without zeros. */
    std::vector<GroupCount> GetGroupCounts(Ipv4Address group) const;

  private:
    /** A frame that is being sent, or was and has not been added up yet. */
    struct Sent
    {
        Time end; //!< of its last bit
        LinkFrame frame;
    };

    struct Station
    {
        std::string network;
        std::string node;
        bool ppp;
        LinkClassifier classifier;
        std::optional<Sent> last;
        LinkCounts counts;
        std::map<OverlayFrame, LinkCount> overlay;
        std::map<std::pair<Ipv4Address, bool>, uint64_t> groups; //!< (group, in a Register)
    };

    static void
    Transmits(LinkMeter* meter, std::size_t station, Ptr<const Packet> packet, Time end);
    void Count(Station& station, const LinkFrame& frame) const;
    void CountEnded() const;

    // What has been sent may still have to be added up when somebody asks.
    mutable std::vector<Station> m_stations;
    mutable std::map<uint32_t, uint64_t> m_floodCopies;
    /** All that had ended by then have been added up, and none has begun since. */
    mutable std::optional<Time> m_countedAt;
    OverlayTunnels m_tunnels;
    bool m_recordGroups{false};
    FrameSink m_sink; //!< may be empty
};

} // namespace ns3

#endif
