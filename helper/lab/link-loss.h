// SPDX-License-Identifier: GPL-2.0-only
// What a receiver loses: of all that arrives, and of what one sender sends (loss in one direction).
#ifndef VXLAN_MULTICAST_LINK_LOSS_H
#define VXLAN_MULTICAST_LINK_LOSS_H

#include "ns3/address.h"
#include "ns3/error-model.h"
#include "ns3/random-variable-stream.h"

#include <map>

namespace ns3
{

/** An error model with a rate for everybody and rates of single senders. */
class LinkLoss : public ErrorModel
{
  public:
    /**
     * \param stream the random stream of what is lost from everybody
     * \param senderStream that of what is lost from single senders
     */
    LinkLoss(int64_t stream, int64_t senderStream);

    /** Loses this fraction of all packets. */
    void SetRate(double rate);
    /** Loses this fraction of the packets from the other end of a link of two. */
    void SetRateOfPeer(double rate);
    /** Loses this fraction of the Ethernet frames from \p sender. */
    void SetRateOf(const Address& sender, double rate);

  private:
    bool DoCorrupt(Ptr<Packet> frame) override;
    void DoReset() override;

    Ptr<RateErrorModel> m_all; //!< draws a number for each packet, whatever the rate
    Ptr<UniformRandomVariable> m_random;
    double m_peerRate{0};
    std::map<Address, double> m_rates; //!< by sender
};

} // namespace ns3

#endif
