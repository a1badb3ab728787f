// SPDX-License-Identifier: GPL-2.0-only
// A controller and switches on a fake clock, joined by wires of 1 ms: no node, no socket.
#ifndef VXLAN_MULTICAST_TEST_OPENFLOW_FAKE_LAB_H
#define VXLAN_MULTICAST_TEST_OPENFLOW_FAKE_LAB_H

#include "openflow-golden.h"

#include "support/fake-clock.h"

#include "ns3/openflow-controller-instance.h"
#include "ns3/openflow-switch-instance.h"
#include "ns3/openflow-text.h"

#include <map>
#include <memory>
#include <sstream>
#include <string>
#include <vector>

namespace ns3
{

/** Keeps what machines report. */
class OpenflowRecorder
{
  public:
    std::vector<std::string> events;
    std::vector<std::string> drops;
    std::vector<std::string> steps;    //!< "old event new"
    std::vector<std::string> messages; //!< "sent packet-in 84"

    std::size_t CountMessages(const std::string& start) const
    {
        std::size_t count = 0;
        for (const std::string& message : messages)
        {
            count += message.rfind(start, 0) == 0 ? 1 : 0;
        }
        return count;
    }
};

class FakeOpenflowLab;

/** A switch and its OVSDB server. */
class FakeSwitch : public OpenflowSwitchEnvironment, public OvsdbServerOwner
{
  public:
    FakeSwitch(FakeOpenflowLab& lab, Ipv4Address vtep, OpenflowSwitchConfig config);

    ProtocolClock& GetClock() override;
    void Connect() override;
    void Disconnect() override;
    void SendToController(const std::vector<uint8_t>& bytes) override;
    void Output(const OpenflowSwitchPort& port, Ptr<const Packet> frame, uint64_t key) override;
    uint32_t AddTunnel(const OvsdbTunnel& tunnel) override;
    void RemoveTunnel(const std::string& name) override;
    void SendOvsdb(uint32_t connection, const std::string& text) override;
    void CloseOvsdb(uint32_t connection) override;

    void ReportEvent(const std::string& name, const std::string& detail) override
    {
        record.events.push_back(name + " " + detail);
    }

    void ReportDrop(const std::string& reason) override
    {
        record.drops.push_back(reason);
    }

    bool TracesTransitions() const override
    {
        return true;
    }

    void ReportTransition(const ProtocolTransition& step) override
    {
        record.steps.push_back(std::string(step.oldState) + " " + step.event + " " + step.newState);
    }

    void ReportMessage(const std::string&,
                       const char* protocol,
                       bool sent,
                       const std::string& message,
                       std::size_t bytes) override
    {
        record.messages.push_back(std::string(protocol) + (sent ? " sent " : " received ") +
                                  message + " " + std::to_string(bytes));
    }

    /** A tenant of \p vni sends. */
    void FromTenant(uint32_t vni, const std::vector<uint8_t>& frame)
    {
        instance->ReceiveFrame(instance->FindPort("vni" + std::to_string(vni))->number,
                               Create<Packet>(frame.data(), uint32_t(frame.size())));
    }

    /** \returns the flows as ovs-ofctl words. */
    std::vector<std::string> GetFlows() const
    {
        std::vector<std::string> flows;
        for (const OpenflowFlow* flow : instance->GetTable().GetFlows())
        {
            flows.push_back(std::to_string(flow->priority) + " " + ToString(flow->match) + " " +
                            ToString(flow->actions));
        }
        return flows;
    }

    FakeOpenflowLab& lab;
    Ipv4Address vtep;
    OpenflowRecorder record;
    std::unique_ptr<OpenflowSwitchInstance> instance;
    std::unique_ptr<OvsdbServer> ovsdb;
    uint32_t connection{0};                                 //!< 0: none
    std::vector<std::vector<uint8_t>> delivered;            //!< frames to tenants
    std::vector<std::pair<Ipv4Address, uint64_t>> tunneled; //!< VTEP and key of each copy sent
};

/** All of it. */
class FakeOpenflowLab : public OpenflowControllerEnvironment
{
  public:
    explicit FakeOpenflowLab(OpenflowControllerConfig config = {})
        : m_config(config)
    {
        StartController();
    }

    void StartController()
    {
        controller = std::make_unique<OpenflowControllerInstance>(*this, m_config, knowledge);
    }

    /** The controller's process is killed. */
    void StopController()
    {
        controller.reset();
        for (auto& [vtep, one] : switches)
        {
            if (one->connection != 0)
            {
                one->connection = 0;
                one->instance->NotifyClosed();
            }
        }
        m_ovsdb.clear();
    }

    FakeSwitch& AddSwitch(const char* vtep,
                          const std::vector<uint32_t>& vnis,
                          OpenflowSwitchConfig config = {})
    {
        auto& one = switches[Ipv4Address(vtep)];
        config.datapathId = Ipv4Address(vtep).Get();
        one = std::make_unique<FakeSwitch>(*this, Ipv4Address(vtep), config);
        for (uint32_t vni : vnis)
        {
            AddAccess(*one, vni);
        }
        one->instance->Start(true);
        return *one;
    }

    static void AddAccess(FakeSwitch& one, uint32_t vni)
    {
        OpenflowSwitchPort port;
        port.name = "vni" + std::to_string(vni);
        port.segment = vni;
        one.ovsdb->AddPort(port.name, one.instance->AddPort(port));
    }

    void After(std::function<void()> action)
    {
        clock.Schedule(MilliSeconds(1), std::move(action));
    }

    void Run(double seconds)
    {
        clock.Advance(Seconds(seconds));
    }

    FakeSwitch* FindConnection(uint32_t connection)
    {
        for (auto& [vtep, one] : switches)
        {
            if (one->connection == connection && connection != 0)
            {
                return one.get();
            }
        }
        return nullptr;
    }

    // OpenflowControllerEnvironment
    ProtocolClock& GetClock() override
    {
        return clock;
    }

    void SendToSwitch(uint32_t connection, const std::vector<uint8_t>& bytes) override
    {
        After([this, connection, bytes] {
            if (FakeSwitch* one = FindConnection(connection))
            {
                one->instance->ReceiveFromController(bytes);
            }
        });
    }

    void CloseSwitch(uint32_t connection) override
    {
        After([this, connection] {
            if (FakeSwitch* one = FindConnection(connection))
            {
                one->connection = 0;
                one->instance->NotifyClosed();
            }
        });
    }

    void ConnectOvsdb(Ipv4Address vtep) override
    {
        After([this, vtep] {
            if (!controller)
            {
                return;
            }
            if (switches.count(vtep) == 0)
            {
                controller->NotifyOvsdbClosed(vtep);
                return;
            }
            m_ovsdb[vtep] = ++lastConnection;
            switches[vtep]->ovsdb->NotifyConnected(lastConnection, "controller");
            controller->NotifyOvsdbConnected(vtep);
        });
    }

    void SendOvsdb(Ipv4Address vtep, const std::string& text) override
    {
        After([this, vtep, text] {
            if (m_ovsdb.count(vtep) != 0)
            {
                switches[vtep]->ovsdb->Receive(m_ovsdb[vtep], text);
            }
        });
    }

    void CloseOvsdb(Ipv4Address vtep) override
    {
        m_ovsdb.erase(vtep);
    }

    void FromOvsdb(Ipv4Address vtep, uint32_t connection, const std::string& text)
    {
        After([this, vtep, connection, text] {
            if (controller && m_ovsdb.count(vtep) != 0 && m_ovsdb[vtep] == connection)
            {
                controller->ReceiveOvsdb(vtep, text);
            }
        });
    }

    void ReportEvent(const std::string& name, const std::string& detail) override
    {
        record.events.push_back(name + " " + detail);
    }

    void ReportDrop(const std::string& reason) override
    {
        record.drops.push_back(reason);
    }

    bool TracesTransitions() const override
    {
        return true;
    }

    void ReportTransition(const ProtocolTransition& step) override
    {
        record.steps.push_back(std::string(step.machine) + " " + step.oldState + " " + step.event +
                               " " + step.newState);
    }

    void ReportMessage(const std::string& peer,
                       const char* protocol,
                       bool sent,
                       const std::string& message,
                       std::size_t bytes) override
    {
        record.messages.push_back(peer + " " + protocol + (sent ? " sent " : " received ") +
                                  message + " " + std::to_string(bytes));
    }

    FakeClock clock;
    OpenflowKnowledge knowledge;
    OpenflowRecorder record;
    std::unique_ptr<OpenflowControllerInstance> controller;
    std::map<Ipv4Address, std::unique_ptr<FakeSwitch>> switches;
    uint32_t lastConnection{0};
    bool reachable{true};

  private:
    OpenflowControllerConfig m_config;
    std::map<Ipv4Address, uint32_t> m_ovsdb;
};

inline FakeSwitch::FakeSwitch(FakeOpenflowLab& theLab,
                              Ipv4Address address,
                              OpenflowSwitchConfig config)
    : lab(theLab),
      vtep(address)
{
    instance = std::make_unique<OpenflowSwitchInstance>(*this, config);
    ovsdb = std::make_unique<OvsdbServer>(*this, *this, *this, "br0", config.datapathId, "secure");
}

inline ProtocolClock&
FakeSwitch::GetClock()
{
    return lab.clock;
}

inline void
FakeSwitch::Connect()
{
    lab.After([this] {
        if (!lab.controller || !lab.reachable)
        {
            instance->NotifyClosed();
            return;
        }
        connection = ++lab.lastConnection;
        std::ostringstream peer;
        peer << vtep;
        instance->NotifyConnected();
        lab.controller->NotifySwitchConnected(connection, peer.str());
    });
}

inline void
FakeSwitch::Disconnect()
{
    const uint32_t gone = connection;
    connection = 0;
    lab.After([&lab = lab, gone] { // another switch may have taken this one's place by then
        if (lab.controller && gone != 0)
        {
            lab.controller->NotifySwitchClosed(gone);
        }
    });
}

inline void
FakeSwitch::SendToController(const std::vector<uint8_t>& bytes)
{
    lab.After([&lab = lab, bytes, from = connection] {
        if (lab.controller && from != 0 && lab.reachable)
        {
            lab.controller->ReceiveFromSwitch(from, bytes);
        }
    });
}

inline void
FakeSwitch::Output(const OpenflowSwitchPort& port, Ptr<const Packet> frame, uint64_t key)
{
    std::vector<uint8_t> bytes(frame->GetSize());
    frame->CopyData(bytes.data(), uint32_t(bytes.size()));
    if (!port.tunnel)
    {
        delivered.push_back(bytes);
        return;
    }
    tunneled.emplace_back(port.remote, key);
    lab.After([&lab = lab, vtep = vtep, bytes, key, remote = port.remote] {
        if (lab.switches.count(remote) != 0)
        {
            lab.switches[remote]->instance->ReceiveTunnelFrame(
                vtep, remote, key, Create<Packet>(bytes.data(), uint32_t(bytes.size())));
        }
    });
}

inline uint32_t
FakeSwitch::AddTunnel(const OvsdbTunnel& tunnel)
{
    OpenflowSwitchPort port;
    port.number = tunnel.request;
    port.name = tunnel.name;
    port.tunnel = true;
    port.remote = tunnel.remote;
    port.key = tunnel.key;
    return instance->AddPort(port);
}

inline void
FakeSwitch::RemoveTunnel(const std::string& name)
{
    if (const OpenflowSwitchPort* port = instance->FindPort(name))
    {
        instance->RemovePort(port->number);
    }
}

inline void
FakeSwitch::SendOvsdb(uint32_t to, const std::string& text)
{
    lab.FromOvsdb(vtep, to, text);
}

inline void
FakeSwitch::CloseOvsdb(uint32_t)
{
    lab.After([&lab = lab, vtep = vtep] {
        if (lab.controller)
        {
            lab.CloseOvsdb(vtep);
            lab.controller->NotifyOvsdbClosed(vtep);
        }
    });
}

} // namespace ns3

#endif
