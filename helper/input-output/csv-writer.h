// SPDX-License-Identifier: GPL-2.0-only
// The former name of three headers.
#ifndef VXLAN_MULTICAST_CSV_WRITER_H
#define VXLAN_MULTICAST_CSV_WRITER_H

#include "ns3/atomic-file.h"
#include "ns3/csv-table.h"
#include "ns3/csv.h"
#include "ns3/number-format.h"

#endif
