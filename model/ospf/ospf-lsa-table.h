// SPDX-License-Identifier: GPL-2.0-only
// RFC 2328 §12.2. The LSAs of one database: found by hash, since a flood asks for one LSA in a thousand databases
// that are in no cache, and listed in the order of their keys.
#ifndef VXLAN_MULTICAST_OSPF_LSA_TABLE_H
#define VXLAN_MULTICAST_OSPF_LSA_TABLE_H

#include "ns3/number-index.h"
#include "ns3/ospf-lsa.h"

#include <boost/container/deque.hpp>

#include <cstddef>
#include <cstdint>
#include <utility>
#include <vector>

namespace ns3
{

/** One LSA of a database. */
struct OspfLsdbEntry
{
    OspfLsa lsa;           //!< with its age at installation
    bool received{false};  //!< from a neighbour; false: this router originated or aged it out
    bool requested{false}; //!< received as the answer to a Link State Request
    bool own{false};       //!< falls due for refresh rather than at MaxAge
    bool waits{false};     //!< has not fallen due since it was installed
    uint32_t lists{0};     //!< at most as many neighbours have it on their retransmission lists
    Time installed;        //!< when
    Time lastSent{NEVER};  //!< when last in a Link State Update (§13 step 8)

    /** Long before any simulation. */
    static const Time NEVER;
};

/** LSAs by key. An entry stays where it is until it is removed. */
class OspfLsaTable
{
  public:
    using value_type = std::pair<OspfLsaKey, const OspfLsdbEntry&>;

    /** Runs through the entries by type, Link State ID, Advertising Router. */
    class const_iterator
    {
      public:
        const_iterator(const OspfLsaTable& table, std::size_t position)
            : m_table(table),
              m_position(position)
        {
        }

        value_type operator*() const
        {
            const OspfLsdbEntry& entry = m_table.m_entries[m_table.m_order[m_position]];
            return {entry.lsa.header.GetKey(), entry};
        }

        const_iterator& operator++()
        {
            ++m_position;
            return *this;
        }

        friend bool operator!=(const const_iterator& a, const const_iterator& b)
        {
            return a.m_position != b.m_position;
        }

      private:
        const OspfLsaTable& m_table;
        std::size_t m_position;
    };

    const_iterator begin() const;
    const_iterator end() const;

    std::size_t size() const
    {
        return m_order.size();
    }

    bool empty() const
    {
        return m_order.empty();
    }

    /** \returns the entry of \p key, or nullptr. */
    OspfLsdbEntry* Find(const OspfLsaKey& key);
    const OspfLsdbEntry* Find(const OspfLsaKey& key) const;
    /** \returns the entry of \p key, and whether it is new: then it holds nothing but the key. */
    std::pair<OspfLsdbEntry*, bool> GetOrAdd(const OspfLsaKey& key);
    void Remove(const OspfLsaKey& key);

  private:
    /** In blocks of 4 kB: of those of std::deque a tenth is malloc's. */
    using Entries = boost::container::deque<
        OspfLsdbEntry,
        void,
        boost::container::deque_options<boost::container::block_bytes<4096>>::type>;

    bool IsBefore(uint32_t a, uint32_t b) const;
    uint32_t FindNumber(const OspfLsaKey& key) const;

    Entries m_entries;                     //!< by number
    std::vector<uint32_t> m_free;          //!< numbers that are not in use
    NumberIndex m_index;                   //!< by key
    mutable std::vector<uint32_t> m_order; //!< numbers; sorted when somebody looks
    mutable std::size_t m_sorted{0};       //!< of them
};

} // namespace ns3

#endif
