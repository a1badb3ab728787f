// SPDX-License-Identifier: GPL-2.0-only
// RFC 7761 §4.2.1: SwitchToSptDesired(S,G) "can be implemented by policy". The policy is a traffic
// threshold per group range; the forwarder and the RP's decapsulator measure.
#ifndef VXLAN_MULTICAST_PIM_SPT_POLICY_H
#define VXLAN_MULTICAST_PIM_SPT_POLICY_H

#include "ns3/multicast-forwarding-cache.h"
#include "ns3/pim-encoding.h"

#include <optional>
#include <string>
#include <vector>

namespace ns3
{

/** Which traffic makes a router leave the shared tree, by group. */
class PimSptPolicy
{
  public:
    /** Over how long a rate such as `100kbps` is measured. */
    static inline const Time RATE_INTERVAL = Seconds(10);

    /**
     * Reads one threshold: `infinity`, `0` (the first packet), `20000B/10s`, `500p/10s`, `100kbps`.
     * \throws std::invalid_argument naming the text
     */
    static MulticastThreshold ParseThreshold(const std::string& text);

    /** \returns the range that \p text names, as in `239.0.0.0/8`, or nothing. */
    static std::optional<Ipv4Prefix> ParseRange(const std::string& text);

    /** \param text the threshold of groups that no range names. \throws std::invalid_argument */
    void SetDefault(const std::string& text);
    /**
     * \param text ranges with their thresholds, separated by spaces or commas:
     *             `239.1.0.0/16=infinity 239.1.2.0/24=0`; the longest matching range counts
     * \throws std::invalid_argument
     */
    void SetRanges(const std::string& text);

    /** \returns the threshold of the group. */
    MulticastThreshold Get(Ipv4Address group) const;

    const std::string& GetDefaultText() const
    {
        return m_defaultText;
    }

    const std::string& GetRangesText() const
    {
        return m_rangesText;
    }

  private:
    struct Range
    {
        Ipv4Prefix prefix;
        MulticastThreshold threshold;
    };

    MulticastThreshold m_default{MulticastThreshold::FirstPacket()};
    std::vector<Range> m_ranges; //!< longest first
    std::string m_defaultText{"0"};
    std::string m_rangesText;
};

} // namespace ns3

#endif
