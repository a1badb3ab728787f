// SPDX-License-Identifier: GPL-2.0-only
// Copies of a lab's own control packets that no router may believe: broken ones, and well-formed ones
// from where, or to whom, they cannot come. Each with what its receiver is to count it as.
#ifndef VXLAN_MULTICAST_TEST_MALFORMED_PACKETS_H
#define VXLAN_MULTICAST_TEST_MALFORMED_PACKETS_H

#include "attack/attack-link.h"

#include <map>
#include <optional>
#include <random>
#include <string>
#include <utility>
#include <vector>

namespace ns3
{

/** What is put on a link at one moment. */
struct Attack
{
    std::vector<AttackBytes> frames;
    /** What the receiver counts: protocol and reason, as in drops.csv. None: it takes no notice. */
    std::map<std::pair<std::string, std::string>, uint64_t> drops;
};

/** The kinds of attack. */
enum class AttackKind : uint8_t
{
    CHECKSUM, //!< of the protocol
    IP_CHECKSUM,
    IP_LENGTH,   //!< longer than the frame, or shorter than the header
    LENGTH,      //!< cut off, or with fields of length that are wrong
    TTL,         //!< 0 or 1 where it would have to be passed on
    OFF_LINK,    //!< from an address that is not of the link
    STRANGER,    //!< from a router of which no Hello has come
    OWN_ADDRESS, //!< from the receiver's own address
    OTHER_OSPF,  //!< another area, a router id that is taken, Hellos of other parameters
    LSA_CHECKSUM,
    OLD_SEQUENCE,  //!< an update that was right some time ago
    FRAGMENTS,     //!< that overlap, or never come to an end
    NOT_RP,        //!< a Register to a router that is not the RP
    LOOPING_TUNNEL //!< a Register inside a Register, or of what belongs to one link
};

constexpr std::size_t ATTACK_KINDS = 14;

/** Makes attacks from the samples of a link; the same from the same seed. */
class MalformedPackets
{
  public:
    /** \param link outlives this, and has its samples */
    MalformedPackets(const AttackLink& link, uint32_t seed);

    /**
     * \param receiver position among the link's ends
     * \returns an attack of \p kind for the present moment, or nothing if none can be made of what
     * went over the link so far
     */
    std::optional<Attack> Make(AttackKind kind, std::size_t receiver);

  private:
    using Maker = std::optional<Attack> (MalformedPackets::*)(const AttackEnd&, AttackSample);

    uint32_t Draw(std::size_t count);
    std::optional<AttackSample> DrawSample();

    std::optional<Attack> MakeChecksum(const AttackEnd& to, AttackSample sample);
    std::optional<Attack> MakeIpChecksum(const AttackEnd& to, AttackSample sample);
    std::optional<Attack> MakeIpLength(const AttackEnd& to, AttackSample sample);
    std::optional<Attack> MakeLength(const AttackEnd& to, AttackSample sample);
    std::optional<Attack> MakeTtl(const AttackEnd& to, AttackSample sample);
    std::optional<Attack> MakeOffLink(const AttackEnd& to, AttackSample sample);
    std::optional<Attack> MakeStranger(const AttackEnd& to, AttackSample sample);
    std::optional<Attack> MakeOwnAddress(const AttackEnd& to, AttackSample sample);
    std::optional<Attack> MakeOtherOspf(const AttackEnd& to, AttackSample sample);
    std::optional<Attack> MakeLsaChecksum(const AttackEnd& to, AttackSample sample);
    std::optional<Attack> MakeOldSequence(const AttackEnd& to, AttackSample sample);
    std::optional<Attack> MakeFragments(const AttackEnd& to, AttackSample sample);
    std::optional<Attack> MakeNotRp(const AttackEnd& to, AttackSample sample);
    std::optional<Attack> MakeLoopingTunnel(const AttackEnd& to, AttackSample sample);

    AttackFrame
    MakeRegister(const AttackEnd& to, AttackSample sample, Ipv4Address source, Ipv4Address group);

    const AttackLink& m_link;
    std::mt19937 m_random;
    uint16_t m_identification{0};
};

} // namespace ns3

#endif
