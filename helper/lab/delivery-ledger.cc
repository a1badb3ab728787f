// SPDX-License-Identifier: GPL-2.0-only
#include "ns3/delivery-ledger.h"
#include "ns3/number-format.h"

#include <algorithm>

namespace ns3
{

namespace
{

bool
IsAmong(const std::vector<Ipv4Address>& sources, const std::optional<Ipv4Address>& source)
{
    return source && std::find(sources.begin(), sources.end(), *source) != sources.end();
}

} // namespace

uint32_t
DeliveryLedger::AddFlow(const std::string& name, const std::string& node, Ipv4Address group)
{
    Flow flow;
    flow.name = name;
    flow.node = node;
    flow.group = group;
    m_flows.push_back(flow);
    return static_cast<uint32_t>(m_flows.size() - 1);
}

void
DeliveryLedger::SetReceiver(uint32_t flow, const std::string& receiver)
{
    m_flows[flow].receiver = receiver;
}

void
DeliveryLedger::SetSource(uint32_t flow, Ipv4Address source)
{
    m_flows[flow].source = source;
}

void
DeliveryLedger::Join(const std::string& receiver,
                     Ipv4Address group,
                     const std::string& interface,
                     const std::vector<Ipv4Address>& sources,
                     Time now)
{
    Receiver* known = FindReceiver(receiver, group);
    if (known == nullptr)
    {
        m_receiverIndex.Add(GetHash(receiver, group),
                            static_cast<uint32_t>(m_receivers.size()),
                            [this](uint32_t old) {
                                return GetHash(m_receivers[old].name.Get(), m_receivers[old].group);
                            });
        m_receivers.push_back({Name(receiver), group, {}});
        known = &m_receivers.back();
    }
    std::vector<Window>& windows = known->windows;
    const Name name(interface);
    for (Window& window : windows)
    {
        if (window.leavesOut && !window.to && window.interface == name &&
            (sources.empty() || IsAmong(sources, window.source)))
        {
            window.to = now;
        }
    }
    if (sources.empty())
    {
        windows.push_back({name, false, std::nullopt, now, std::nullopt});
    }
    for (Ipv4Address source : sources)
    {
        windows.push_back({name, false, source, now, std::nullopt});
    }
}

void
DeliveryLedger::Leave(const std::string& receiver,
                      Ipv4Address group,
                      const std::string& interface,
                      const std::vector<Ipv4Address>& sources,
                      Time now)
{
    Receiver* known = FindReceiver(receiver, group);
    if (known == nullptr)
    {
        return;
    }
    std::vector<Window> leftOut;
    for (Window& window : known->windows)
    {
        if (window.to || !(interface.empty() || interface == window.interface.Get()))
        {
            continue;
        }
        if (sources.empty() || (!window.leavesOut && IsAmong(sources, window.source)))
        {
            window.to = now;
        }
        else if (!window.source)
        {
            for (Ipv4Address source : sources)
            {
                leftOut.push_back({window.interface, true, source, now, std::nullopt});
            }
        }
    }
    known->windows.insert(known->windows.end(), leftOut.begin(), leftOut.end());
}

uint32_t
DeliveryLedger::Sent(uint32_t flow, Time now)
{
    m_flows[flow].sent.push_back(now);
    return static_cast<uint32_t>(m_flows[flow].sent.size() - 1);
}

void
DeliveryLedger::Unsent(uint32_t flow)
{
    m_flows[flow].sent.pop_back();
}

bool
DeliveryLedger::IsDue(const Receiver& receiver,
                      const std::string& interface,
                      Ipv4Address source,
                      Time sent) const
{
    const std::vector<Window>& windows = receiver.windows;
    return std::any_of(windows.begin(), windows.end(), [&](const Window& window) {
        return !window.leavesOut && window.Covers(source, sent) &&
               (interface.empty() || interface == window.interface.Get()) &&
               std::none_of(windows.begin(), windows.end(), [&](const Window& other) {
                   return other.leavesOut && other.interface == window.interface &&
                          other.Covers(source, sent);
               });
    });
}

const DeliveryLedger::Receiver*
DeliveryLedger::FindReceiver(const std::string& name, Ipv4Address group) const
{
    return const_cast<DeliveryLedger*>(this)->FindReceiver(name, group);
}

DeliveryLedger::Receiver*
DeliveryLedger::FindReceiver(const std::string& name, Ipv4Address group)
{
    const uint32_t number = m_receiverIndex.Find(GetHash(name, group), [&](uint32_t i) {
        return m_receivers[i].group == group && m_receivers[i].name.Get() == name;
    });
    return number == NumberIndex::NONE ? nullptr : &m_receivers[number];
}

uint64_t
DeliveryLedger::GetHash(const std::string& name, Ipv4Address group)
{
    return MixHash(std::hash<std::string>()(name) + group.Get());
}

void
DeliveryLedger::Received(uint32_t flowNumber,
                         const std::string& receiverName,
                         const std::string& interface,
                         uint32_t sequence,
                         uint8_t ttl,
                         Time now)
{
    if (flowNumber >= m_flows.size() || sequence >= m_flows[flowNumber].sent.size())
    {
        return;
    }
    Flow& flow = m_flows[flowNumber];
    const Receiver* receiver = FindReceiver(receiverName, flow.group);
    const auto isThere = [&interface](const Window& window) {
        return window.interface.Get() == interface;
    };
    if (!receiver || std::none_of(receiver->windows.begin(), receiver->windows.end(), isThere))
    {
        return;
    }
    const Time sent = flow.sent[sequence];
    Account& account = flow.accounts[receiverName];
    if (!IsDue(*receiver, interface, flow.source, sent))
    {
        ++account.outside;
        return;
    }
    Enter(account, sent, sequence, ttl, now);
}

void
DeliveryLedger::ReceivedUnicast(uint32_t flowNumber,
                                const std::string& receiver,
                                uint32_t sequence,
                                std::optional<uint8_t> ttl,
                                Time now)
{
    if (flowNumber >= m_flows.size() || sequence >= m_flows[flowNumber].sent.size() ||
        m_flows[flowNumber].receiver != receiver)
    {
        return;
    }
    Flow& flow = m_flows[flowNumber];
    Enter(flow.accounts[receiver], flow.sent[sequence], sequence, ttl, now);
}

void
DeliveryLedger::Enter(Account& account,
                      Time sent,
                      uint32_t sequence,
                      std::optional<uint8_t> ttl,
                      Time now)
{
    account.copies.resize(std::max<std::size_t>(account.copies.size(), sequence + 1));
    if (account.copies[sequence] != 0)
    {
        ++account.duplicates;
        return;
    }
    account.copies[sequence] = 1;
    const Time latency = now - sent;
    account.first = account.received == 0 ? now : account.first;
    account.latencyMin = account.received == 0 ? latency : std::min(account.latencyMin, latency);
    account.latencyMax = std::max(account.latencyMax, latency);
    account.latencySum += latency;
    account.last = now;
    if (ttl)
    {
        account.ttlMin = std::min(account.ttlMin.value_or(*ttl), *ttl);
        account.ttlMax = std::max(account.ttlMax.value_or(*ttl), *ttl);
    }
    account.reordered += account.highest && sequence < *account.highest;
    account.highest = std::max(account.highest.value_or(0), sequence);
    ++account.received;
}

DeliveryRow
DeliveryLedger::MakeRow(const Flow& flow, const Receiver& receiver, const Account& account) const
{
    DeliveryRow row;
    row.flow = flow.name;
    if (!flow.source.IsAny())
    {
        row.source = flow.source;
    }
    row.group = flow.group;
    row.receiver = receiver.name.Get();
    row.sent =
        static_cast<uint64_t>(std::count_if(flow.sent.begin(), flow.sent.end(), [&](Time sent) {
            return flow.receiver || IsDue(receiver, "", flow.source, sent);
        }));
    row.received = account.received;
    row.duplicates = account.duplicates;
    row.reordered = account.reordered;
    row.outside = account.outside;
    if (account.received != 0)
    {
        row.arrived = {account.first,
                       account.last,
                       account.latencyMin,
                       account.latencySum.GetSeconds() / static_cast<double>(account.received),
                       account.latencyMax,
                       account.ttlMin,
                       account.ttlMax};
    }
    return row;
}

std::vector<DeliveryRow>
DeliveryLedger::GetRows() const
{
    std::vector<DeliveryRow> rows;
    for (const Flow& flow : m_flows)
    {
        if (flow.receiver)
        {
            const auto account = flow.accounts.find(*flow.receiver);
            rows.push_back(MakeRow(flow,
                                   {Name(*flow.receiver), flow.group, {}},
                                   account == flow.accounts.end() ? Account() : account->second));
            continue;
        }
        for (const Receiver& receiver : m_receivers)
        {
            if (receiver.group != flow.group || receiver.name.Get() == flow.node)
            {
                continue;
            }
            const auto account = flow.accounts.find(receiver.name.Get());
            rows.push_back(MakeRow(
                flow, receiver, account == flow.accounts.end() ? Account() : account->second));
        }
    }
    return rows;
}

} // namespace ns3
