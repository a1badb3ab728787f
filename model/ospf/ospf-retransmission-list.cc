// SPDX-License-Identifier: GPL-2.0-only
// RFC 2328 §10 and §13.6.
#include "ns3/ospf-retransmission-list.h"

#include <algorithm>
#include <utility>

namespace ns3
{

std::size_t
OspfRetransmissionList::Hash::operator()(const Listed& listed) const
{
    return MixHash(listed.key.GetIds() + static_cast<uint64_t>(listed.key.type));
}

std::size_t
OspfRetransmissionList::FindPlace(const SharedKey& key) const
{
    std::size_t place = Hash()(key.Get()) & Mask();
    while (m_keys[place] != SharedKey() && m_keys[place] != key)
    {
        place = (place + 1) & Mask();
    }
    return place;
}

void
OspfRetransmissionList::Grow()
{
    constexpr std::size_t FIRST = 4;
    OspfRetransmissionList old = std::exchange(*this, {});
    m_keys.resize(std::max(FIRST, 2 * old.m_keys.size()));
    m_sent.resize(m_keys.size());
    m_size = old.m_size;
    for (std::size_t i = 0; i < old.m_keys.size(); ++i)
    {
        if (old.m_keys[i] != SharedKey())
        {
            const std::size_t place = FindPlace(old.m_keys[i]);
            m_keys[place] = std::move(old.m_keys[i]);
            m_sent[place] = old.m_sent[i];
        }
    }
}

void
OspfRetransmissionList::Set(const OspfLsaKey& key, Time sent)
{
    if ((m_size + 1) * 4 > m_keys.size() * 3)
    {
        Grow();
    }
    SharedKey shared(Listed{key});
    const std::size_t place = FindPlace(shared);
    m_size += m_keys[place] == SharedKey() ? 1 : 0;
    m_keys[place] = std::move(shared);
    m_sent[place] = sent;
}

bool
OspfRetransmissionList::Contains(const OspfLsaKey& key) const
{
    return !IsEmpty() && m_keys[FindPlace(SharedKey(Listed{key}))] != SharedKey();
}

bool
OspfRetransmissionList::Remove(const OspfLsaKey& key)
{
    std::size_t hole = IsEmpty() ? 0 : FindPlace(SharedKey(Listed{key}));
    if (IsEmpty() || m_keys[hole] == SharedKey())
    {
        return false;
    }
    if (m_size == 1)
    {
        Clear(); // a flood is over
        return true;
    }
    for (std::size_t i = (hole + 1) & Mask(); m_keys[i] != SharedKey(); i = (i + 1) & Mask())
    {
        // What may stand at the hole, since its home is not after it, closes the gap.
        if (((i - Hash()(m_keys[i].Get())) & Mask()) >= ((i - hole) & Mask()))
        {
            m_keys[hole] = std::move(m_keys[i]);
            m_sent[hole] = m_sent[i];
            hole = i;
        }
    }
    m_keys[hole] = SharedKey();
    --m_size;
    return true;
}

Time
OspfRetransmissionList::GetEarliest() const
{
    Time earliest = Time::Max();
    for (std::size_t i = 0; i < m_keys.size(); ++i)
    {
        earliest = m_keys[i] != SharedKey() ? std::min(earliest, m_sent[i]) : earliest;
    }
    return earliest;
}

std::vector<OspfLsaKey>
OspfRetransmissionList::GetSentUntil(Time latest) const
{
    std::vector<OspfLsaKey> keys;
    for (std::size_t i = 0; i < m_keys.size(); ++i)
    {
        if (m_keys[i] != SharedKey() && m_sent[i] <= latest)
        {
            keys.push_back(m_keys[i].Get().key);
        }
    }
    std::sort(keys.begin(), keys.end());
    return keys;
}

} // namespace ns3
