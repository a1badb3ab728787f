// SPDX-License-Identifier: GPL-2.0-only
// The graph model on the command line: predicts table sizes, link copies and wasted deliveries for
// a topology and a workload, without packets, up to internet scale.
//
//   multicast-state --topology=leaf-spine:spines=4,leaves=32,hosts=16 --vnis=400 --members=20
//                   --mapping=modulo:50 --trees=rpt,spt,bidir,head-end --seed=1-30
//                   --output=out/state
//   multicast-state --topology=clos:pods=12,leaves=48,hosts=48,spines=4,cores=4 --tenants=3000
//                   --groups=1000000 --distribution=wve --placement=fill-leaf --output=out/state
//
// Exit status: 0 done; 1 the disk refused; 2 bad input or usage.
#include "ns3/program-options.h"
#include "ns3/state-run.h"

int
main(int argc, char* argv[])
{
    return ns3::RunProgram("multicast-state", [&] { return ns3::RunMulticastState(argc, argv); });
}
