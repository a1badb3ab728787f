// SPDX-License-Identifier: GPL-2.0-only
// RFC 2328 §12.2. The LSAs of one database: found by hash, since a flood asks for one LSA in a thousand databases
// that are in no cache, and listed in the order of their keys.
#ifndef VXLAN_MULTICAST_OSPF_LSA_TABLE_H
#define VXLAN_MULTICAST_OSPF_LSA_TABLE_H

#include "ns3/block-array.h"
#include "ns3/number-index.h"
#include "ns3/ospf-lsa.h"

#include <cstddef>
#include <cstdint>
#include <utility>
#include <vector>

namespace ns3
{

/** One LSA of a database. There are as many as routers times LSAs, so it is kept small. */
class OspfLsdbEntry
{
  public:
    OspfLsdbEntry()
        : received(false),
          requested(false),
          own(false),
          waits(false)
    {
    }

    OspfLsdbEntry(const OspfLsa& lsa, Time when)
        : OspfLsdbEntry()
    {
        installed = when;
        m_age = lsa.header.age;
        m_instance = OspfLsaInstance(lsa);
    }

    OspfLsaKey GetKey() const
    {
        return m_instance.Get().header.GetKey();
    }

    /** \returns the header with its age at installation. */
    OspfLsaHeader GetHeader() const
    {
        OspfLsaHeader header = m_instance.Get().header;
        header.age = m_age;
        return header;
    }

    const OspfLsaBody& GetBody() const
    {
        return m_instance.Get().body;
    }

    /** \returns the LSA with its age at installation. */
    OspfLsa GetLsa() const
    {
        OspfLsa lsa = m_instance.Get();
        lsa.header.age = m_age;
        return lsa;
    }

    /** \returns the age at installation, in seconds. */
    uint16_t GetAge() const
    {
        return m_age;
    }

    /** \returns on how many neighbours' retransmission lists it is at most. */
    uint32_t GetMaxLists() const
    {
        return m_lists == MANY ? UINT32_MAX : m_lists;
    }

    /** One more neighbour has it on its list. */
    void CountList()
    {
        m_lists += m_lists < MANY ? 1 : 0;
    }

    /** A neighbour has it on its list no longer. */
    void UncountList()
    {
        m_lists -= m_lists < MANY ? 1 : 0;
    }

    /** No neighbour has it on its list any longer. */
    void ClearLists()
    {
        m_lists = 0;
    }

    Time installed;       //!< when
    Time lastSent{NEVER}; //!< when last in a Link State Update (§13 step 8)
    bool received : 1;    //!< from a neighbour; false: this router originated or aged it out
    bool requested : 1;   //!< received as the answer to a Link State Request
    bool own : 1;         //!< falls due for refresh rather than at MaxAge
    bool waits : 1;       //!< has not fallen due since it was installed

  private:
    static constexpr uint8_t MANY = 0xff;
    static const Time NEVER; //!< long before any simulation

    uint8_t m_lists{0}; //!< as many neighbours list it at most; MANY: not counted any longer
    uint16_t m_age{0};
    OspfLsaInstance m_instance;
};

static_assert(sizeof(OspfLsdbEntry) == 24, "there are a million of them");

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
            return {entry.GetKey(), entry};
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
    /** Adds \p entry, the only one of its key. \returns where it is. */
    OspfLsdbEntry& Add(OspfLsdbEntry entry);
    void Remove(const OspfLsaKey& key);

  private:
    bool IsBefore(uint32_t a, uint32_t b) const;
    uint32_t FindNumber(const OspfLsaKey& key) const;
    uint64_t HashOf(uint32_t number) const;

    BlockArray<OspfLsdbEntry> m_entries;   //!< by number
    std::vector<uint32_t> m_free;          //!< numbers that are not in use
    NumberIndex m_index;                   //!< by key
    mutable std::vector<uint32_t> m_order; //!< numbers; sorted when somebody looks
    mutable std::size_t m_sorted{0};       //!< of them
};

} // namespace ns3

#endif
