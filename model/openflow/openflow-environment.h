// SPDX-License-Identifier: GPL-2.0-only
// What the OpenFlow machines may ask of their surroundings.
#ifndef VXLAN_MULTICAST_OPENFLOW_ENVIRONMENT_H
#define VXLAN_MULTICAST_OPENFLOW_ENVIRONMENT_H

#include "ns3/control-messages.h"
#include "ns3/ipv4-address.h"
#include "ns3/openflow-constants.h"
#include "ns3/packet.h"
#include "ns3/protocol-clock.h"
#include "ns3/protocol-observer.h"

#include <string>
#include <vector>

namespace ns3
{

struct OpenflowSwitchPort;

/** The surroundings of a switch. */
class OpenflowSwitchEnvironment : public ProtocolObserver, public ControlMessageObserver
{
  public:
    virtual ProtocolClock& GetClock() = 0;
    /** Opens a connection to the controller; NotifyConnected or NotifyClosed follows. */
    virtual void Connect() = 0;
    /** Closes it, if there is one; nothing follows. */
    virtual void Disconnect() = 0;
    virtual void SendToController(const std::vector<uint8_t>& bytes) = 0;
    /**
     * Sends a frame out of a port.
     * \param tunnelKey the VNI, for a tunnel
     */
    virtual void Output(const OpenflowSwitchPort& port,
                        Ptr<const Packet> frame,
                        uint64_t tunnelKey) = 0;

    /** The flow table is another. */
    virtual void NotifyFlowsChanged()
    {
    }
};

/** The surroundings of a controller. Connections have numbers that are never used again. */
class OpenflowControllerEnvironment : public ProtocolObserver, public ControlMessageObserver
{
  public:
    virtual ProtocolClock& GetClock() = 0;
    virtual void SendToSwitch(uint32_t connection, const std::vector<uint8_t>& bytes) = 0;
    virtual void CloseSwitch(uint32_t connection) = 0;
    /** Opens a connection to the OVSDB server of a VTEP; the instance's NotifyOvsdb… follow. */
    virtual void ConnectOvsdb(Ipv4Address vtep) = 0;
    virtual void SendOvsdb(Ipv4Address vtep, const std::string& text) = 0;
    virtual void CloseOvsdb(Ipv4Address vtep) = 0;
    /** \returns who hears what the OVSDB clients report. */
    virtual ProtocolObserver& GetOvsdbObserver()
    {
        return *this;
    }
};

} // namespace ns3

#endif
