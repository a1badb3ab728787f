// SPDX-License-Identifier: GPL-2.0-only
// The bootstrap mechanism of one router on a bench. Interfaces 1 to 3 are 10.0.I.1 with a neighbour
// 10.0.I.2 each; BSR 10.9.0.1 is behind interface 1, BSR 10.9.0.2 behind interface 2. Candidates of
// this router itself stand on interface 3. Random delays are half of their range.
#ifndef VXLAN_MULTICAST_TEST_PIM_BSR_BENCH_H
#define VXLAN_MULTICAST_TEST_PIM_BSR_BENCH_H

#include "support/pim-test-router.h"

#include "ns3/pim-instance.h"

#include <algorithm>
#include <string>
#include <vector>

namespace ns3
{

/** A bootstrap mechanism with what it needs. */
class PimBsrBench
{
  public:
    static inline const Ipv4Address NEAR{"10.0.1.2"};  //!< RPF neighbour towards BSR_1
    static inline const Ipv4Address OTHER{"10.0.2.2"}; //!< RPF neighbour towards BSR_2
    static inline const Ipv4Address BSR_1{"10.9.0.1"};
    static inline const Ipv4Address BSR_2{"10.9.0.2"};
    static inline const Ipv4Address OWN{"10.0.3.1"};
    static inline const Ipv4Address RP_A{"10.8.0.1"};
    static inline const Ipv4Address RP_B{"10.8.0.2"};
    static inline const Ipv4Prefix ALL{Ipv4Address("239.0.0.0"), 8};
    static inline const Ipv4Prefix SCOPE{Ipv4Address("239.1.0.0"), 16};
    static inline const PimScopeZone GLOBAL{};
    static inline const PimScopeZone ZONE{true, SCOPE};

    PimBsrBench()
    {
        for (uint32_t i = 1; i <= 3; ++i)
        {
            const std::string network = "10.0." + std::to_string(i) + ".";
            environment.AddInterface(i, (network + "1").c_str());
            instance.InterfaceChanged(i);
        }
        environment.rib.Set("10.9.0.1", 32, {{1, "10.0.1.2"}}, 2);
        environment.rib.Set("10.9.0.2", 32, {{2, "10.0.2.2"}}, 2);
        for (uint32_t i = 1; i <= 3; ++i)
        {
            Meet(i, Ipv4Address(("10.0." + std::to_string(i) + ".2").c_str()));
        }
        // The first Hellos are through.
        environment.clock.Advance(Seconds(6));
        environment.Forget();
    }

    /** A neighbour that never expires says Hello. */
    void Meet(uint32_t interface, Ipv4Address address, uint32_t generationId = 1)
    {
        PimHello hello;
        hello.holdtime = PimHello::HOLDTIME_FOREVER;
        hello.generationId = generationId;
        hello.drPriority = 1;
        hellos.ReceiveHello(hello, interface, address);
    }

    /** This router offers itself as a BSR. */
    void BecomeCandidateBsr(uint8_t priority, const PimScopeZone& zone = GLOBAL)
    {
        PimCandidateBsr candidate;
        candidate.zone = zone;
        candidate.interface = 3;
        candidate.priority = priority;
        config.candidateBsrs.push_back(candidate);
    }

    /** This router offers itself as an RP. */
    void BecomeCandidateRp(std::vector<Ipv4Prefix> ranges, uint8_t priority = 192)
    {
        PimCandidateRp candidate;
        candidate.interface = 3;
        candidate.priority = priority;
        candidate.ranges = std::move(ranges);
        config.candidateRps.push_back(candidate);
    }

    static PimBootstrapRange Range(const Ipv4Prefix& prefix,
                                   std::vector<Ipv4Address> rps,
                                   uint16_t holdtime = 150)
    {
        PimBootstrapRange range;
        range.group.address = prefix.GetAddress();
        range.group.maskLength = prefix.GetLength();
        range.rpCount = static_cast<uint8_t>(rps.size());
        for (Ipv4Address rp : rps)
        {
            range.rps.push_back({rp, holdtime, 192});
        }
        return range;
    }

    /** \returns a message of that BSR, with RP_A for all groups. */
    PimBootstrap Message(Ipv4Address bsr = BSR_1, uint8_t priority = 64)
    {
        PimBootstrap message;
        message.bsrAddress = bsr;
        message.bsrPriority = priority;
        message.fragmentTag = ++tag;
        message.ranges = {Range(ALL, {RP_A})};
        return message;
    }

    /** \returns a message of the scope zone's BSR, with RP_B for its groups. */
    PimBootstrap ScopedMessage(Ipv4Address bsr = BSR_1, uint8_t priority = 64)
    {
        PimBootstrap message = Message(bsr, priority);
        message.ranges = {Range(SCOPE, {RP_B})};
        message.ranges[0].group.scopeZone = true;
        return message;
    }

    /** The message comes from the RPF neighbour towards its BSR. */
    void Receive(const PimBootstrap& message)
    {
        const bool first = message.bsrAddress == BSR_1;
        machine.Receive(message, first ? 1 : 2, first ? NEAR : OTHER, PimAllRouters());
    }

    void Advertise(Ipv4Address rp,
                   const Ipv4Prefix& range,
                   uint16_t holdtime = 150,
                   uint8_t priority = 192)
    {
        PimCandidateRpAdvertisement message;
        message.rpAddress = rp;
        message.holdtime = holdtime;
        message.priority = priority;
        message.groups = {{range.GetAddress(), range.GetLength(), false, false}};
        machine.Receive(message, OWN);
    }

    /** Fails the test if anything but Hellos was sent that it has not looked at. */
    void ExpectNothingElse() const
    {
        environment.ExpectNothingElse(FakePimEnvironment::IsHello);
    }

    const PimBootstrapZone& Zone(const PimScopeZone& zone = GLOBAL) const
    {
        return *machine.FindZone(zone);
    }

    PimBsrState State(const PimScopeZone& zone = GLOBAL) const
    {
        return Zone(zone).GetState();
    }

    void Advance(double seconds)
    {
        environment.clock.Advance(Seconds(seconds));
    }

    /** \returns on which interfaces Bootstrap messages were sent since Forget, in order. */
    std::vector<uint32_t> Flooded() const
    {
        std::vector<uint32_t> interfaces;
        for (const FakePimEnvironment::Sent& one : environment.sent)
        {
            if (one.message.As<PimBootstrap>())
            {
                one.isExpected = true;
                interfaces.push_back(one.interface);
            }
        }
        return interfaces;
    }

    /**
     * \returns the Bootstrap messages sent on interface 1 since Forget, one of the copies by which
     * they are flooded
     */
    std::vector<PimBootstrap> Sent() const
    {
        Flooded();
        return environment.Of<PimBootstrap>(1);
    }

    /** \returns the advertisements sent by the routing table since Forget. */
    std::vector<PimCandidateRpAdvertisement> Advertised() const
    {
        return environment.Of<PimCandidateRpAdvertisement>(0);
    }

    /** \returns RP(G), or any. */
    Ipv4Address Rp(const char* group) const
    {
        const auto mapping = rpSet.Lookup(Ipv4Address(group));
        return mapping ? mapping->rp : Ipv4Address::GetAny();
    }

    FakePimEnvironment environment;
    PimConfig pimConfig;
    FakePimDataPlane dataPlane;
    PimInstance instance{environment, dataPlane, pimConfig, nullptr};

    // Parts of the instance and of the config
    PimBootstrapConfig& config{pimConfig.bootstrap};
    PimHelloMachine& hellos{instance.GetHellos()};
    PimRpSet& rpSet{instance.GetRpSet()};
    PimBootstrapMachine& machine{instance.GetBootstrap()};
    uint16_t tag{0};
};

} // namespace ns3

#endif
