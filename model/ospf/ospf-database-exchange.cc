// SPDX-License-Identifier: GPL-2.0-only
// RFC 2328 §10.6-10.9: Database Description and Link State Request packets.
#include "ns3/ospf-neighbor.h"

#include <limits>

namespace ns3
{

namespace
{

constexpr std::size_t DESCRIPTION_FIXED_SIZE = 8; // before the LSA headers
constexpr std::size_t REQUEST_ITEM_SIZE = 12;

bool
IsAcceptedType(const OspfLsaHeader& header, uint8_t options)
{
    const bool external = header.type == static_cast<uint8_t>(OspfLsaType::AS_EXTERNAL);
    return header.IsTypeKnown() && (!external || (options & OSPF_OPTION_E));
}

} // namespace

OspfDropReason
OspfNeighbor::ReceiveDatabaseDescription(const OspfDatabaseDescription& description)
{
    using S = OspfNeighborState;
    if (description.mtu > m_link.GetConfig().mtu)
    {
        return OspfDropReason::MTU;
    }
    if (m_state == S::INIT)
    {
        HandleEvent(OspfNeighborEvent::TWO_WAY_RECEIVED);
    }
    if (m_state <= S::TWO_WAY)
    {
        return OspfDropReason::NEIGHBOR_STATE;
    }
    if (m_state == S::EX_START)
    {
        if (!NegotiateDatabaseDescription(description))
        {
            return OspfDropReason::NONE;
        }
        HandleEvent(OspfNeighborEvent::NEGOTIATION_DONE);
        AcceptDatabaseDescription(description);
        return OspfDropReason::NONE;
    }
    return ExchangeDatabaseDescription(description);
}

bool
OspfNeighbor::NegotiateDatabaseDescription(const OspfDatabaseDescription& description)
{
    const uint32_t own = m_context.GetRouterId().Get();
    if (description.init && description.more && description.master && description.headers.empty() &&
        m_routerId.Get() > own)
    {
        m_master = false;
        m_sequence = description.sequence;
        return true;
    }
    return !description.init && !description.master && description.sequence == m_sequence &&
           m_routerId.Get() < own;
}

bool
OspfNeighbor::IsDuplicate(const OspfDatabaseDescription& description) const
{
    return description.init == m_lastReceived.init && description.more == m_lastReceived.more &&
           description.master == m_lastReceived.master &&
           description.options == m_lastReceived.options &&
           description.sequence == m_lastReceived.sequence;
}

OspfDropReason
OspfNeighbor::ExchangeDatabaseDescription(const OspfDatabaseDescription& description)
{
    const bool exchanging = m_state == OspfNeighborState::EXCHANGE;
    if (IsDuplicate(description))
    {
        const bool kept = exchanging || m_context.GetClock().Now() < m_freeLastSent;
        if (m_master)
        {
            return OspfDropReason::NONE;
        }
        if (kept)
        {
            ResendDatabaseDescription();
            return OspfDropReason::NONE;
        }
    }
    else if (exchanging && description.master != m_master && !description.init &&
             description.options == m_lastReceived.options &&
             description.sequence == (m_master ? m_sequence : m_sequence + 1))
    {
        AcceptDatabaseDescription(description);
        return OspfDropReason::NONE;
    }
    HandleEvent(OspfNeighborEvent::SEQ_NUMBER_MISMATCH);
    return OspfDropReason::SEQUENCE_MISMATCH;
}

void
OspfNeighbor::AcceptDatabaseDescription(const OspfDatabaseDescription& description)
{
    const OspfId area = m_link.GetConfig().area;
    m_lastReceived = description;
    m_lastReceived.headers = {}; // no part of what makes a duplicate
    for (const OspfLsaHeader& header : description.headers)
    {
        if (!IsAcceptedType(header, m_context.GetOptions(area)))
        {
            HandleEvent(OspfNeighborEvent::SEQ_NUMBER_MISMATCH);
            return;
        }
        const std::optional<OspfLsaHeader> own = m_context.FindLsa(area, header.GetKey());
        if (!own || CompareOspfInstances(header, *own, m_context.GetConfig()) > 0)
        {
            m_requests[header.GetKey()] = header;
        }
    }
    if (m_master)
    {
        ++m_sequence;
        if (!m_lastSent.more && !description.more)
        {
            HandleEvent(OspfNeighborEvent::EXCHANGE_DONE);
        }
        else
        {
            SendDatabaseDescription();
        }
    }
    else
    {
        m_sequence = description.sequence;
        SendDatabaseDescription();
        if (!m_lastSent.more && !description.more)
        {
            HandleEvent(OspfNeighborEvent::EXCHANGE_DONE);
        }
    }
    if (!m_requests.empty() && m_outstanding.empty())
    {
        SendRequest();
    }
}

void
OspfNeighbor::SendDatabaseDescription()
{
    const OspfInterfaceConfig& config = m_link.GetConfig();
    OspfDatabaseDescription description;
    description.mtu = config.mtu;
    description.options = m_context.GetOptions(config.area);
    description.init = m_state == OspfNeighborState::EX_START;
    description.master = m_master;
    description.sequence = m_sequence;
    if (!description.init)
    {
        const std::size_t room =
            (m_link.GetBodySize() - DESCRIPTION_FIXED_SIZE) / OspfLsaHeader::SIZE;
        while (!m_summary.empty() && description.headers.size() < room)
        {
            description.headers.push_back(m_summary.front());
            m_summary.pop_front();
        }
    }
    description.more = description.init || !m_summary.empty();
    m_lastSent = std::move(description);
    ResendDatabaseDescription();
}

void
OspfNeighbor::ResendDatabaseDescription()
{
    m_context.Send(m_link, m_link.GetUnicastDestination(*this), m_lastSent);
    if (m_master)
    {
        m_descriptionTimer.Start(m_link.GetConfig().rxmtInterval);
    }
}

void
OspfNeighbor::SendRequest()
{
    const std::size_t room = m_link.GetBodySize() / REQUEST_ITEM_SIZE;
    OspfLinkStateRequest request;
    m_outstanding.clear();
    for (auto it = m_requests.begin(); it != m_requests.end() && request.items.size() < room; ++it)
    {
        const OspfLsaKey& key = it->first;
        request.items.push_back(
            {static_cast<uint32_t>(key.type), key.linkStateId, key.advertisingRouter});
        m_outstanding.insert(key);
    }
    m_context.Send(m_link, m_link.GetUnicastDestination(*this), request);
    m_requestTimer.Start(m_link.GetConfig().rxmtInterval);
}

OspfDropReason
OspfNeighbor::ReceiveRequest(const OspfLinkStateRequest& request)
{
    if (m_state < OspfNeighborState::EXCHANGE)
    {
        return OspfDropReason::NEIGHBOR_STATE;
    }
    std::vector<OspfLsaKey> keys;
    for (const OspfLinkStateRequest::Item& item : request.items)
    {
        const OspfLsaKey key{
            static_cast<OspfLsaType>(item.type), item.linkStateId, item.advertisingRouter};
        if (item.type < 1 || item.type > 5 || !m_context.FindLsa(m_link.GetConfig().area, key))
        {
            HandleEvent(OspfNeighborEvent::BAD_LS_REQ);
            return OspfDropReason::BAD_REQUEST;
        }
        keys.push_back(key);
    }
    m_context.SendLsas(*this, keys, std::numeric_limits<std::size_t>::max());
    return OspfDropReason::NONE;
}

OspfNeighbor::RequestMatch
OspfNeighbor::MatchRequest(const OspfLsaHeader& header) const
{
    auto it = m_requests.find(header.GetKey());
    if (it == m_requests.end())
    {
        return RequestMatch::NOT_LISTED;
    }
    const int order = CompareOspfInstances(header, it->second, m_context.GetConfig());
    return order < 0 ? RequestMatch::OLDER : order == 0 ? RequestMatch::SAME : RequestMatch::NEWER;
}

void
OspfNeighbor::RemoveRequest(const OspfLsaKey& key)
{
    if (m_requests.erase(key) == 0)
    {
        return;
    }
    m_outstanding.erase(key);
    if (m_requests.empty())
    {
        m_requestTimer.Cancel();
        HandleEvent(OspfNeighborEvent::LOADING_DONE);
    }
    else if (m_outstanding.empty())
    {
        SendRequest();
    }
}

} // namespace ns3
