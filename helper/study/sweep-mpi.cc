// SPDX-License-Identifier: GPL-2.0-only
#include "ns3/sweep-mpi.h"

#include "ns3/input-error.h"

#include <cstdlib>
#ifdef VXM_MPI
#include <boost/mpi/communicator.hpp>
#include <boost/mpi/environment.hpp>
#endif

namespace ns3
{

bool
IsMpiLaunched()
{
    for (const char* name : {"OMPI_COMM_WORLD_SIZE", "PMI_SIZE", "PMIX_RANK"})
    {
        if (std::getenv(name) != nullptr)
        {
            return true;
        }
    }
    return false;
}

#ifdef VXM_MPI

namespace
{

const int POINT = 1;  //!< leader to worker: an index, or none for the end
const int RESULT = 2; //!< worker to leader: a packed result
const std::size_t NO_MORE = static_cast<std::size_t>(-1);

} // namespace

bool
HasMpi()
{
    return true;
}

class SweepMpi::Remote : public SweepRemote
{
  public:
    std::size_t GetWorkers() const override
    {
        return static_cast<std::size_t>(m_world.size() - 1);
    }

    void Send(std::size_t worker, std::size_t index) override
    {
        m_world.send(static_cast<int>(worker) + 1, POINT, index);
    }

    std::optional<std::pair<std::size_t, std::string>> Receive() override
    {
        const auto status = m_world.iprobe(boost::mpi::any_source, RESULT);
        if (!status)
        {
            return std::nullopt;
        }
        std::string text;
        m_world.recv(status->source(), RESULT, text);
        return std::make_pair(static_cast<std::size_t>(status->source() - 1), std::move(text));
    }

    void Finish() override
    {
        for (std::size_t worker = 0; worker < GetWorkers(); ++worker)
        {
            Send(worker, NO_MORE);
        }
    }

    boost::mpi::communicator& GetWorld()
    {
        return m_world;
    }

  private:
    boost::mpi::environment m_environment;
    boost::mpi::communicator m_world;
};

SweepMpi::SweepMpi()
    : m_remote(std::make_unique<Remote>())
{
}

SweepMpi::~SweepMpi() = default;

bool
SweepMpi::IsLeader() const
{
    return m_remote->GetWorld().rank() == 0;
}

SweepRemote&
SweepMpi::GetRemote()
{
    return *m_remote;
}

void
SweepMpi::Abort(int status)
{
    m_remote->GetWorld().abort(status);
    std::exit(status);
}

void
SweepMpi::Serve(const SweepFunction& compute)
{
    for (;;)
    {
        std::size_t index = NO_MORE;
        m_remote->GetWorld().recv(0, POINT, index);
        if (index == NO_MORE)
        {
            return;
        }
        m_remote->GetWorld().send(0, RESULT, PackResult(SweepChild(compute, index).Wait()));
    }
}

#else

class SweepMpi::Remote : public SweepRemote
{
};

bool
HasMpi()
{
    return false;
}

SweepMpi::SweepMpi()
{
    throw InputError("started by mpirun, but built without MPI: install libboost-mpi-dev and "
                     "libopenmpi-dev and build again, or use --jobs=N");
}

SweepMpi::~SweepMpi() = default;

bool
SweepMpi::IsLeader() const
{
    return true;
}

SweepRemote&
SweepMpi::GetRemote()
{
    return *m_remote;
}

void
SweepMpi::Abort(int status)
{
    std::exit(status);
}

void
SweepMpi::Serve(const SweepFunction&)
{
}

#endif

} // namespace ns3
