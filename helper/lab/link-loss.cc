// SPDX-License-Identifier: GPL-2.0-only
#include "ns3/link-loss.h"

#include "ns3/ethernet-header.h"
#include "ns3/packet.h"

namespace ns3
{

LinkLoss::LinkLoss(int64_t stream, int64_t senderStream)
    : m_all(CreateObject<RateErrorModel>()),
      m_random(CreateObject<UniformRandomVariable>())
{
    m_all->SetUnit(RateErrorModel::ERROR_UNIT_PACKET);
    m_all->SetRate(0);
    m_all->AssignStreams(stream);
    m_random->SetStream(senderStream);
}

void
LinkLoss::SetRate(double rate)
{
    m_all->SetRate(rate);
}

void
LinkLoss::SetRateOfPeer(double rate)
{
    m_peerRate = rate;
}

void
LinkLoss::SetRateOf(const Address& sender, double rate)
{
    m_rates[sender] = rate;
}

bool
LinkLoss::DoCorrupt(Ptr<Packet> frame)
{
    double rate = m_peerRate;
    if (!m_rates.empty())
    {
        EthernetHeader header(false);
        frame->PeekHeader(header);
        const auto known = m_rates.find(header.GetSource());
        rate = known == m_rates.end() ? rate : known->second;
    }
    const bool isLost = m_all->IsCorrupt(frame);
    return (rate > 0 && m_random->GetValue() < rate) || isLost;
}

void
LinkLoss::DoReset()
{
}

} // namespace ns3
