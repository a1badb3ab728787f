// SPDX-License-Identifier: GPL-2.0-only
// The tenants' side of a study run: VTEPs with many VNIs, whose broadcast frames come from a light
// generator (no IP stack per tenant), and the account of where the frames arrive.
#ifndef VXLAN_MULTICAST_STUDY_VTEPS_H
#define VXLAN_MULTICAST_STUDY_VTEPS_H

#include "ns3/igmp-message.h"
#include "ns3/lab-network.h"
#include "ns3/study-control.h"
#include "ns3/vxlan-net-device.h"

#include <cstddef>
#include <cstdint>
#include <deque>
#include <map>
#include <optional>
#include <set>
#include <utility>
#include <vector>

namespace ns3
{

/** How VTEPs reach each other. */
enum class StudyFlooding
{
    AnySource, //!< hosts join (*,G)
    Named,     //!< hosts join each sender of the group by name: SSM
    HeadEnd    //!< no groups
};

/** A VNI: its group and its VTEPs, by node number in the topology. */
struct StudySegment
{
    uint32_t vni{0};
    Ipv4Address group;                       //!< not used by head-end replication
    std::vector<std::size_t> members;        //!< sorted
    std::vector<std::size_t> senders;        //!< sorted, some of the members
    std::optional<StudyFlooding> flooding{}; //!< where the run's is not its own
};

/** What became of numbered frames. */
struct StudyDeliveries
{
    uint64_t frames{0};
    uint64_t wanted{0};     //!< arrivals at other VTEPs that have the VNI, duplicates too
    uint64_t unwanted{0};   //!< arrivals at VTEPs that do not have it
    uint64_t duplicates{0}; //!< wanted arrivals of a frame after its first
    uint64_t lost{0};       //!< members that a frame did not reach
};

/** What members missed of counted frames. */
struct StudyLosses
{
    uint64_t lost{0};
    uint64_t longestRun{0}; //!< frames of one sender in a row that one member missed
};

/** The VXLAN devices of all segments. */
class StudyVteps
{
  public:
    /** EtherType of the tenants' frames: IEEE Std 802's for local experiments. */
    static constexpr uint16_t ETHER_TYPE = 0x88b5;

    /**
     * \param network outlives this object, as do the segments
     * \param control configures the devices; nullptr: they flood and learn nothing
     */
    StudyVteps(LabNetwork& network,
               const std::vector<StudySegment>& segments,
               StudyFlooding flooding,
               const StudyControl* control = nullptr);
    ~StudyVteps();
    StudyVteps(const StudyVteps&) = delete;
    StudyVteps& operator=(const StudyVteps&) = delete;

    /**
     * Brings the segments up one after another, evenly over \p duration from now: their devices,
     * and \p delay later the first frame of each of their senders that is new to the group.
     */
    void RollOut(Time duration, Time delay);
    /** Sends one frame of each (VTEP, group), spread over \p duration. \returns how many. */
    std::size_t SendOncePerSource(Time duration);
    /** Sends \p count frames of each (segment, sender), numbered and counted. \returns how many. */
    std::size_t SendCounted(uint32_t count, Time duration);

    /** Sends no more of the counted frames. */
    void StopCounted();
    /** \returns how many counted frames have been sent. */
    std::size_t GetCounted() const;
    /** \returns whether counted frames \p first to \p last - 1 are at all members but \p gone. */
    bool HaveArrived(std::size_t first, std::size_t last, const std::set<std::size_t>& gone) const;

    /** \returns the devices by segment and, in the order of its members, VTEP. */
    const std::vector<std::vector<Ptr<VxlanNetDevice>>>& GetDevices() const;
    /** \returns the account of the counted frames so far; frames under way count as lost. */
    StudyDeliveries GetDeliveries() const;
    /** \returns what was lost between members of which neither is in \p gone. */
    StudyLosses GetLosses(const std::set<std::size_t>& gone) const;

  private:
    struct Frame
    {
        std::size_t segment;
        std::size_t sender; //!< node number
        bool counted;
    };

    /** A counted frame that has been sent. */
    struct Counted
    {
        uint64_t base; //!< where its members' bits begin
        std::size_t segment;
        std::size_t sender; //!< node number
    };

    /** \returns whether \p frame is to reach the member at \p position in its segment. */
    bool IsExpected(const Counted& frame,
                    std::size_t position,
                    const std::set<std::size_t>& gone) const;
    StudyFlooding GetFlooding(std::size_t segment) const;
    void Install(std::size_t segment);
    void Configure(VxlanHelper& helper, std::size_t segment) const;
    void ListenTo(std::size_t vtep);
    void FindNamedSources();
    void JoinNamedSources(std::size_t vtep);
    void SendFirst(std::size_t segment);
    bool IsNewSource(std::size_t segment, std::size_t sender);
    void Send(const std::vector<Frame>& frames, std::size_t next, Time interval);
    void SendFrame(const Frame& frame);
    void Receive(Ptr<NetDevice> device,
                 Ptr<const Packet> packet,
                 uint16_t protocol,
                 const Address& from,
                 const Address& to,
                 NetDevice::PacketType type);
    void Drop(Ptr<const Packet> packet, uint32_t interface, std::string reason);
    bool ReadNumber(Ptr<const Packet> packet, uint32_t& number) const;
    std::vector<std::size_t> GetOrder() const;

    LabNetwork& m_network;
    const std::vector<StudySegment>& m_segments;
    StudyFlooding m_flooding;
    const StudyControl* m_control;
    std::vector<std::vector<Ptr<VxlanNetDevice>>> m_devices; //!< by segment, member
    std::set<std::size_t> m_vteps;                           //!< whose frames are counted
    std::set<std::pair<Ipv4Address, std::size_t>> m_sources; //!< that have sent
    /** By VTEP and group: the senders of those VNIs that the VTEP has. */
    std::map<std::size_t, std::map<Ipv4Address, IgmpSourceSet>> m_named;
    std::deque<std::vector<Frame>> m_rounds; //!< kept while their frames are sent

    std::vector<Counted> m_counted;
    bool m_stopsCounted{false};
    std::vector<bool> m_arrived;
    uint64_t m_expected{0};
    StudyDeliveries m_deliveries;
};

} // namespace ns3

#endif
