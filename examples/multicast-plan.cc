// SPDX-License-Identifier: GPL-2.0-only
// How many multicast groups, which VNIs share one, under which trees: a plan that fits the tables.
//
//   multicast-plan --topology=leaf-spine:spines=4,leaves=40,hosts=30 --vnis=2000 --members=25
//                  --limit=leaf:8192,spine:8192 --used=leaf:1000,spine:1000 --trees=rpt,spt,bidir
//                  --output=out/plan
//
// Exit status: 0 a plan was found; 1 none fits; 2 bad input or usage; 130 interrupted.
#include "ns3/plan-program.h"
#include "ns3/program-options.h"

int
main(int argc, char* argv[])
{
    return ns3::RunProgram("multicast-plan",
                           [argc, argv] { return ns3::RunPlanProgram(argc, argv); });
}
