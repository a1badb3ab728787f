// SPDX-License-Identifier: GPL-2.0-only
// What the OVSDB ends of switches and controllers report, apart from what OpenFlow's do.
#ifndef VXLAN_MULTICAST_OVSDB_REPORTS_H
#define VXLAN_MULTICAST_OVSDB_REPORTS_H

#include "ns3/protocol-observer.h"
#include "ns3/traced-environment.h"

namespace ns3
{

/** Hands the reports of OVSDB to trace sources of their own. */
class OvsdbReports : public TracedEnvironment<ProtocolObserver>
{
  public:
    /** \param traces outlives the object */
    explicit OvsdbReports(ProtocolTraces& traces)
        : TracedEnvironment(traces)
    {
    }
};

} // namespace ns3

#endif
