// SPDX-License-Identifier: GPL-2.0-only
// RFC 2328 §12.2 and §14: a link state database. Ages and deadlines are computed from the time of
// installation; one alarm per database looks for LSAs to refresh or to age out. Departure: CheckAge's
// re-verification of checksums, a guard against failing memory, is left out.
#ifndef VXLAN_MULTICAST_OSPF_LSDB_H
#define VXLAN_MULTICAST_OSPF_LSDB_H

#include "ns3/ospf-lsa-table.h"
#include "ns3/protocol-clock.h"

#include <functional>

namespace ns3
{

/** The LSAs of an area, or the AS-external ones. */
class OspfLsdb
{
  public:
    /**
     * \param clock the time
     * \param config outlives the database
     * \param due is called with an LSA that reaches LSRefreshTime (own) or MaxAge (others)
     */
    OspfLsdb(ProtocolClock& clock,
             const OspfConfig& config,
             std::function<void(const OspfLsaKey&)> due);

    /** \returns the entry, or nullptr; valid until it is removed. */
    OspfLsdbEntry* Find(const OspfLsaKey& key);
    const OspfLsdbEntry* Find(const OspfLsaKey& key) const;

    /**
     * Installs an instance in the place of the former.
     * \param received as in OspfLsdbEntry
     * \param own whether it falls due for refresh rather than at MaxAge
     * \returns true when routes may change: new, gone, or with other contents (§13.2)
     */
    bool Install(const OspfLsa& lsa, bool received, bool own);
    void Remove(const OspfLsaKey& key);

    /** \returns the LS age of \p entry now, in seconds, MaxAge at most. */
    uint16_t GetAge(const OspfLsdbEntry& entry) const;
    bool IsMaxAge(const OspfLsdbEntry& entry) const;
    /** \returns the header with its age now. */
    OspfLsaHeader GetHeader(const OspfLsdbEntry& entry) const;
    /** \returns the LSA as it goes on the wire, \p transmitDelay (InfTransDelay) older (§13.3). */
    OspfLsa GetForSending(const OspfLsdbEntry& entry, Time transmitDelay) const;

    /** \returns all LSAs, by type, Link State ID, Advertising Router. */
    const OspfLsaTable& GetEntries() const
    {
        return m_entries;
    }

  private:
    /** \returns when \p entry, which waits, falls due. */
    Time GetDeadline(const OspfLsdbEntry& entry) const;
    void ArmBy(Time deadline);
    void Ring();

    ProtocolClock& m_clock;
    const OspfConfig& m_config;
    std::function<void(const OspfLsaKey&)> m_due;
    OspfLsaTable m_entries;
    ProtocolTimer m_alarm; //!< rings at the earliest deadline or before it
};

} // namespace ns3

#endif
