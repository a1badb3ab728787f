// SPDX-License-Identifier: GPL-2.0-only
// A run of the R/E/C lab with somebody on its links.
#ifndef VXLAN_MULTICAST_TEST_ATTACKED_RUN_H
#define VXLAN_MULTICAST_TEST_ATTACKED_RUN_H

#include "attack/attack-link.h"
#include "support/lab-program.h"

#include <algorithm>
#include <optional>

namespace ns3
{

template <typename Message>
AttackBytes
ToBytes(const Message& message)
{
    WireWriter writer;
    message.Write(writer);
    return writer.GetBytes();
}

class AttackedRun : public LabRun
{
  public:
    explicit AttackedRun(const std::string& story)
        : LabRun(REC_LAB, story),
          m_links(AttackLink::FindAll(*this))
    {
    }

    AttackLink& GetLink(const std::string& name)
    {
        return *std::find_if(
            m_links.begin(), m_links.end(), [&](const auto& link) { return link.name == name; });
    }

    /** \returns the position of \p node among the ends of \p link. */
    static std::size_t FindEnd(const AttackLink& link, const std::string& node)
    {
        return link.ends[0].node->name == node ? 0 : 1;
    }

    /**
     * \p node gets a packet on the network called \p name, now.
     * \param ttl unset: 1 to a group, 64 to a node
     */
    void Send(const std::string& name,
              const std::string& node,
              uint8_t protocol,
              Ipv4Address source,
              Ipv4Address destination,
              const AttackBytes& payload,
              std::optional<uint8_t> ttl = std::nullopt)
    {
        const AttackLink& link = GetLink(name);
        const std::size_t end = FindEnd(link, node);
        const bool isGroup = destination.IsMulticast();
        AttackFrame frame;
        frame.ethernet = {0, 0, 0, 0, 0, 0, 0x02, 0x66, 0x66, 0x66, 0x66, 0x66, 0x08, 0x00};
        frame.SetStation(isGroup ? Mac48Address::GetMulticast(destination)
                                 : link.ends[end].GetMac());
        frame.ttl = ttl.value_or(isGroup ? 1 : 64);
        frame.protocol = protocol;
        frame.source = source;
        frame.destination = destination;
        frame.payload = payload;
        link.Inject(frame.Write(), end);
    }

    uint64_t CountDrops(const std::string& node,
                        const std::string& protocol,
                        const std::string& reason) const
    {
        const auto rows =
            GetRows("drops", {{"node", node}, {"protocol", protocol}, {"reason", reason}});
        return rows.empty() ? 0 : std::stoull(rows[0].at("packets"));
    }

  private:
    std::vector<AttackLink> m_links;
};

} // namespace ns3

#endif
