// SPDX-License-Identifier: GPL-2.0-only
// What failures cost: time and frames in packets, groups and forwarding entries from the graph.
//
//   failure-study --topology=leaf-spine:spines=4,leaves=16,hosts=4 --vnis=16 --members=8
//                 --senders=0.25 --failures=link,spine,rp,vtep --detection=ospf,carrier,bfd
//                 --trees=rpt,spt,bidir --sample=3 --seed=1 --output=out/failures
//   failure-study --topology=clos:pods=12,leaves=48,hosts=48,spines=4,cores=4 --tenants=3000
//                 --groups=1000000 --distribution=wve --placement=pod-uniform --roles=thirds
//                 --failures=core,spine --seed=1-20 --output=out/failures
//
// Exit status: 0 done; 1 the disk refused; 2 bad input or usage; 130 interrupted.
#include "ns3/failure-run.h"
#include "ns3/program-options.h"

int
main(int argc, char* argv[])
{
    return ns3::RunProgram("failure-study", [&] { return ns3::RunFailureStudy(argc, argv); });
}
