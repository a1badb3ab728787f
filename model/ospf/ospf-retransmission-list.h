// SPDX-License-Identifier: GPL-2.0-only
// RFC 2328 §10: the Link state retransmission list of a neighbour. While a network starts, each LSA is on
// the list of each neighbour at once, so an entry takes twelve bytes and is found by one look.
#ifndef VXLAN_MULTICAST_OSPF_RETRANSMISSION_LIST_H
#define VXLAN_MULTICAST_OSPF_RETRANSMISSION_LIST_H

#include "ns3/interned.h"
#include "ns3/ospf-lsa.h"

#include <cstddef>
#include <vector>

namespace ns3
{

/** LSAs that a neighbour has not acknowledged yet, with the time when each was last sent. */
class OspfRetransmissionList
{
  public:
    /** Adds \p key, or sets the time anew. */
    void Set(const OspfLsaKey& key, Time sent);
    /** \returns whether \p key was there. */
    bool Remove(const OspfLsaKey& key);
    bool Contains(const OspfLsaKey& key) const;

    /** Gives all memory back. */
    void Clear()
    {
        *this = {};
    }

    std::size_t GetSize() const
    {
        return m_size;
    }

    bool IsEmpty() const
    {
        return m_size == 0;
    }

    /** \returns when that which waits longest was sent; Time::Max() when there is none. */
    Time GetEarliest() const;
    /** \returns what was sent at \p latest or before, by key. */
    std::vector<OspfLsaKey> GetSentUntil(Time latest) const;

  private:
    /** A key, or that of no LSA, which is of type 0. */
    struct Listed
    {
        OspfLsaKey key{OspfLsaType(0), OspfId(), OspfId()};

        bool operator==(const Listed& other) const
        {
            return key == other.key;
        }
    };

    struct Hash
    {
        std::size_t operator()(const Listed& listed) const;
    };

    using SharedKey = Interned<Listed, Hash>; // each router lists the same LSAs

    std::size_t Mask() const
    {
        return m_keys.size() - 1;
    }

    /** \returns the place of \p key, or the free one where it belongs; there must be places. */
    std::size_t FindPlace(const SharedKey& key) const;
    void Grow();

    // Open addressing with linear probing: a power of two of places, at most three quarters in use.
    std::vector<SharedKey> m_keys;
    std::vector<Time> m_sent;
    std::size_t m_size{0};
};

} // namespace ns3

#endif
