// SPDX-License-Identifier: GPL-2.0-only
// Names a state machine of an entry in the trace of transitions.
#ifndef VXLAN_MULTICAST_PIM_MACHINE_KEY_H
#define VXLAN_MULTICAST_PIM_MACHINE_KEY_H

#include "ns3/pim-environment.h"
#include "ns3/pim-tree-information-base.h"

#include <ostream>

namespace ns3
{

/** An entry's machine on an interface; prints "(192.168.1.1,239.0.0.10) eth0". */
struct PimMachineKey
{
    SourceGroup entry;
    const PimInterface* interface; //!< nullptr: no longer there

    friend std::ostream& operator<<(std::ostream& os, const PimMachineKey& key)
    {
        os << key.entry;
        return key.interface == nullptr ? os : os << " " << key.interface->name;
    }
};

} // namespace ns3

#endif
