// SPDX-License-Identifier: GPL-2.0-only
// Spreads a sweep over the processes of `mpirun`, on one machine or many.
#ifndef VXLAN_MULTICAST_SWEEP_MPI_H
#define VXLAN_MULTICAST_SWEEP_MPI_H

#include "ns3/sweep-pool.h"

#include <memory>

namespace ns3
{

/** \returns whether mpirun (or srun) has started this process as one of several. */
bool IsMpiLaunched();

/** \returns whether the module was built with Boost.MPI. */
bool HasMpi();

/** This process's part among those of mpirun. */
class SweepMpi
{
  public:
    /** \throws InputError if the module was built without MPI */
    SweepMpi();
    ~SweepMpi();

    /** \returns true in the process that hands out the points and writes the files. */
    bool IsLeader() const;
    /** In the leader: the other processes. */
    SweepRemote& GetRemote();
    /** In the leader: ends all processes at once, whatever they do. */
    [[noreturn]] void Abort(int status);
    /** In the others: computes what the leader sends, each point in a child, until it ends. */
    void Serve(const SweepFunction& compute);

  private:
    class Remote;
    std::unique_ptr<Remote> m_remote;
};

} // namespace ns3

#endif
