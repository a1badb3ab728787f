// SPDX-License-Identifier: GPL-2.0-only
// The packet captures of a run.
#ifndef VXLAN_MULTICAST_CAPTURE_WRITER_H
#define VXLAN_MULTICAST_CAPTURE_WRITER_H

#include "ns3/captures.h"
#include "ns3/lab-network.h"
#include "ns3/lab-tenants.h"
#include "ns3/pcap-file-wrapper.h"
#include "ns3/run-output.h"

#include <map>
#include <string>

namespace ns3
{

/** Writes NODE-INTERFACE.pcap for each interface that is asked for. */
class CaptureWriter
{
  public:
    /**
     * \param network, output outlive this object
     * \param list what to capture
     */
    CaptureWriter(const LabNetwork& network, RunOutput& output, const CaptureList& list);

    /**
     * Captures at the interfaces of \p node, VXLAN devices too, that are not captured yet.
     * \throws std::runtime_error if a file cannot be written, as does the first packet that cannot
     */
    void Start(const LabNode& node);
    /** Captures at the interface of \p tenant. */
    void Start(const LabTenant& tenant);
    /** Writes out what is left. \throws std::runtime_error if anything could not be written */
    void Close();

  private:
    /** Captures at an interface if it is asked for and not captured yet. */
    void StartAt(Ptr<NetDevice> device, const std::string& node, const std::string& interface);

    const LabNetwork& m_network;
    RunOutput& m_output;
    CaptureList m_list;
    std::map<std::string, Ptr<PcapFileWrapper>> m_files; //!< by path
};

} // namespace ns3

#endif
