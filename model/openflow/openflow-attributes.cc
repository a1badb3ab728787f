// SPDX-License-Identifier: GPL-2.0-only
// Attributes and trace sources of the switch and of the controller.
#include "ns3/attribute-path.h"
#include "ns3/enum-attribute.h"
#include "ns3/openflow-controller.h"
#include "ns3/openflow-switch.h"
#include "ns3/uinteger.h"

namespace ns3
{

NS_OBJECT_ENSURE_REGISTERED(OpenflowSwitch);

TypeId
OpenflowSwitch::GetTypeId()
{
    static TypeId openflow = ProtocolTraces::AddTo(
        TypeId("ns3::OpenflowSwitch")
            .SetParent<Object>()
            .SetGroupName("VxlanMulticast")
            .AddConstructor<OpenflowSwitch>()
            .AddAttribute("Controller",
                          "The controller; 0.0.0.0: none, flows are static.",
                          Ipv4AddressValue(Ipv4Address::GetAny()),
                          MakeIpv4AddressAccessor(&OpenflowSwitch::m_controller),
                          MakeIpv4AddressChecker())
            .AddAttribute("ControllerPort",
                          "The controller's TCP port.",
                          UintegerValue(OPENFLOW_PORT),
                          MakeUintegerAccessor(&OpenflowSwitch::m_controllerPort),
                          MakeUintegerChecker<uint16_t>(1))
            .AddAttribute("LocalAddress",
                          "The VTEP's address, which is the datapath id and the source of the "
                          "session; 0.0.0.0: that of the first VXLAN device.",
                          Ipv4AddressValue(Ipv4Address::GetAny()),
                          MakeIpv4AddressAccessor(&OpenflowSwitch::m_localAddress),
                          MakeIpv4AddressChecker())
            .AddAttribute("ConnectRetryTime",
                          "Between attempts to connect.",
                          TimeValue(Seconds(5)),
                          MakeAttributePath<TimeValue>(&OpenflowSwitch::m_config,
                                                       &OpenflowSwitchConfig::channel,
                                                       &OpenflowChannelConfig::connectRetryTime),
                          MakeTimeChecker(MilliSeconds(1)))
            .AddAttribute("EchoInterval",
                          "Silence before an ECHO_REQUEST, and before its answer is given up; 0: "
                          "none are sent.",
                          TimeValue(Seconds(5)),
                          MakeAttributePath<TimeValue>(&OpenflowSwitch::m_config,
                                                       &OpenflowSwitchConfig::channel,
                                                       &OpenflowChannelConfig::echoInterval),
                          MakeTimeChecker(Seconds(0)))
            .AddAttribute("FailMode",
                          "Without a controller: secure or standalone.",
                          MakeEnumAttribute(OpenflowFailMode::SECURE),
                          MakeEnumAttributePath<OpenflowFailMode>(&OpenflowSwitch::m_config,
                                                                  &OpenflowSwitchConfig::failMode),
                          MakeEnumAttributeChecker<OpenflowFailMode>())
            .AddAttribute("FailOpenDelay",
                          "Without a controller before standalone takes over.",
                          TimeValue(Seconds(15)),
                          MakeAttributePath<TimeValue>(&OpenflowSwitch::m_config,
                                                       &OpenflowSwitchConfig::failOpenDelay),
                          MakeTimeChecker(Seconds(0)))
            .AddAttribute("LearningAgeing",
                          "How long an address learned in standalone mode is remembered.",
                          TimeValue(Seconds(300)),
                          MakeAttributePath<TimeValue>(&OpenflowSwitch::m_config,
                                                       &OpenflowSwitchConfig::learningAgeing),
                          MakeTimeChecker(Seconds(0)))
            .AddAttribute("Capacity",
                          "Flows that the table holds; 0: any number.",
                          UintegerValue(0),
                          MakeAttributePath<UintegerValue>(&OpenflowSwitch::m_config,
                                                           &OpenflowSwitchConfig::capacity),
                          MakeUintegerChecker<uint32_t>()),
        &OpenflowSwitch::m_traces,
        {"without its TCP header", "session-up, session-down, fail-open, error"});
    static TypeId tid =
        ProtocolTraces::AddTo(openflow,
                              &OpenflowSwitch::m_ovsdbTraces,
                              {"of OVSDB without its TCP header",
                               "session-up, session-down, tunnel, tunnel-refused, tunnel-gone",
                               "Ovsdb"});
    return tid;
}

NS_OBJECT_ENSURE_REGISTERED(OpenflowController);

TypeId
OpenflowController::GetTypeId()
{
    static TypeId openflow = ProtocolTraces::AddTo(
        TypeId("ns3::OpenflowController")
            .SetParent<Object>()
            .SetGroupName("VxlanMulticast")
            .AddConstructor<OpenflowController>()
            .AddAttribute("Port",
                          "TCP port on which switches are awaited.",
                          UintegerValue(OPENFLOW_PORT),
                          MakeUintegerAccessor(&OpenflowController::m_port),
                          MakeUintegerChecker<uint16_t>(1))
            .AddAttribute("Mode",
                          "When flows are installed: reactive (as a switch asks) or proactive (as "
                          "a tenant is known).",
                          MakeEnumAttribute(OpenflowMode::REACTIVE),
                          MakeEnumAttributePath<OpenflowMode>(&OpenflowController::m_config,
                                                              &OpenflowControllerConfig::mode),
                          MakeEnumAttributeChecker<OpenflowMode>())
            .AddAttribute("Unknown",
                          "Frames to addresses that are not known: drop or flood.",
                          MakeEnumAttribute(OpenflowUnknown::DROP),
                          MakeEnumAttributePath<OpenflowUnknown>(
                              &OpenflowController::m_config, &OpenflowControllerConfig::unknown),
                          MakeEnumAttributeChecker<OpenflowUnknown>())
            .AddAttribute("IdleTimeout",
                          "Idle timeout of flows to tenants, seconds; 0: none.",
                          UintegerValue(0),
                          MakeAttributePath<UintegerValue>(&OpenflowController::m_config,
                                                           &OpenflowControllerConfig::idleTimeout),
                          MakeUintegerChecker<uint16_t>())
            .AddAttribute("HardTimeout",
                          "Hard timeout of flows to tenants, seconds; 0: none.",
                          UintegerValue(0),
                          MakeAttributePath<UintegerValue>(&OpenflowController::m_config,
                                                           &OpenflowControllerConfig::hardTimeout),
                          MakeUintegerChecker<uint16_t>())
            .AddAttribute("ConnectRetryTime",
                          "Between attempts to reach a VTEP's OVSDB server.",
                          TimeValue(Seconds(5)),
                          MakeAttributePath<TimeValue>(&OpenflowController::m_config,
                                                       &OpenflowControllerConfig::channel,
                                                       &OpenflowChannelConfig::connectRetryTime),
                          MakeTimeChecker(MilliSeconds(1)))
            .AddAttribute("EchoInterval",
                          "Silence before an ECHO_REQUEST, and before its answer is given up; 0: "
                          "none are sent.",
                          TimeValue(Seconds(15)),
                          MakeAttributePath<TimeValue>(&OpenflowController::m_config,
                                                       &OpenflowControllerConfig::channel,
                                                       &OpenflowChannelConfig::echoInterval),
                          MakeTimeChecker(Seconds(0)))
            .AddAttribute(
                "WaitingFrames",
                "Frames kept for one destination until its tunnels stand.",
                UintegerValue(16),
                MakeAttributePath<UintegerValue>(&OpenflowController::m_config,
                                                 &OpenflowControllerConfig::waitingFrames),
                MakeUintegerChecker<uint32_t>())
            .AddAttribute(
                "LastMemberQueryTime",
                "From a tenant's leave to the end of its VTEP's copies (RFC 3376 8.9).",
                TimeValue(Seconds(2)),
                MakeAttributePath<TimeValue>(&OpenflowController::m_config,
                                             &OpenflowControllerConfig::lastMemberQueryTime),
                MakeTimeChecker(Seconds(0))),
        &OpenflowController::m_traces,
        {"without its TCP header", "session-up, session-down, error"});
    static TypeId tid = ProtocolTraces::AddTo(
        openflow,
        &OpenflowController::m_ovsdbTraces,
        {"of OVSDB without its TCP header", "session-up, session-down", "Ovsdb"});
    return tid;
}

} // namespace ns3
