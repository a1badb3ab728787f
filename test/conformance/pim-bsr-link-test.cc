// SPDX-License-Identifier: GPL-2.0-only
// RFC 5059 §3.1 in stories of several routers on one link that loses messages: one BSR is left.
#include "support/fake-pim-environment.h"

#include "ns3/pim-bootstrap.h"

#include <gtest/gtest.h>

#include <memory>
#include <random>

using namespace ns3;

namespace
{

/** A router of the link: interface 1 with address 10.0.1.(1 + its number). */
struct Router
{
    explicit Router(uint32_t number)
        : address(0x0a000101 + number)
    {
        std::ostringstream text;
        text << address;
        environment.AddInterface(1, text.str().c_str());
        hellos.InterfaceChanged(1);
    }

    void SetPriority(uint8_t priority)
    {
        PimCandidateBsr candidate;
        candidate.interface = 1;
        candidate.priority = priority;
        config.candidateBsrs = {candidate};
        machine.CandidatesChanged();
    }

    const PimBootstrapZone& Zone() const
    {
        return *machine.FindZone(PimScopeZone());
    }

    Ipv4Address address;
    FakePimEnvironment environment;
    PimHelloConfig helloConfig;
    PimBootstrapConfig config;
    PimHelloMachine hellos{environment, helloConfig};
    PimRpSet rpSet{environment};
    PimBootstrapMachine machine{environment, hellos, rpSet, config};
};

class Rfc5059Link : public testing::Test
{
  protected:
    void Make(uint32_t count)
    {
        routers.clear();
        for (uint32_t i = 0; i < count; ++i)
        {
            routers.push_back(std::make_unique<Router>(i));
        }
        for (const auto& router : routers)
        {
            for (const auto& other : routers)
            {
                PimHello hello;
                hello.holdtime = PimHello::HOLDTIME_FOREVER;
                hello.generationId = 1;
                if (other != router)
                {
                    router->hellos.ReceiveHello(hello, 1, other->address);
                }
            }
            router->machine.Start();
            router->environment.Forget();
        }
    }

    /** Turns all clocks on in steps of 0.1 s, and delivers what was sent, or loses it. */
    void Advance(double seconds)
    {
        for (int step = 0; step < seconds * 10; ++step)
        {
            for (const auto& router : routers)
            {
                router->environment.clock.Advance(MilliSeconds(100));
            }
            for (const auto& router : routers)
            {
                const auto sent = router->environment.Of<PimBootstrap>(1);
                router->environment.Forget();
                for (const PimBootstrap& message : sent)
                {
                    Deliver(*router, message);
                }
            }
        }
    }

    void Deliver(const Router& sender, const PimBootstrap& message)
    {
        for (const auto& router : routers)
        {
            if (router->address != sender.address && random() % 100 >= loss)
            {
                router->machine.Receive(message, 1, sender.address, PimAllRouters());
            }
        }
    }

    std::size_t CountBsrs() const
    {
        return static_cast<std::size_t>(
            std::count_if(routers.begin(), routers.end(), [](const auto& router) {
                return router->Zone().GetState() == PimBsrState::ELECTED;
            }));
    }

    std::vector<std::unique_ptr<Router>> routers;
    std::mt19937 random{1};
    uint32_t loss{0}; //!< per cent
};

TEST_F(Rfc5059Link, S3_1_TwoBsrsAreOneAfterAPeriod)
{
    Make(3);
    routers[0]->SetPriority(10);
    routers[1]->SetPriority(20);
    loss = 100;
    Advance(60);
    ASSERT_EQ(CountBsrs(), 2u);
    loss = 0;
    Advance(61);
    EXPECT_EQ(CountBsrs(), 1u);
    for (const auto& router : routers)
    {
        EXPECT_EQ(router->Zone().GetBsr().address, routers[1]->address);
    }
}

TEST_F(Rfc5059Link, S3_1_WhateverIsLostOneBsrIsElectedInTheEnd)
{
    for (uint32_t seed = 0; seed < 12; ++seed)
    {
        random.seed(seed);
        const uint32_t count = 2 + random() % 3;
        Make(count);
        loss = random() % 101;
        for (int i = 0; i < 8; ++i)
        {
            routers[random() % count]->SetPriority(static_cast<uint8_t>(random() % 4));
            Advance(random() % 100);
        }
        loss = 0;
        // BS_Timeout, Pending at its longest, and a period for what was elected meanwhile.
        Advance(130 + 12 + 60);
        const Router* best = nullptr;
        for (const auto& router : routers)
        {
            const bool offers = !router->config.candidateBsrs.empty();
            if (offers && (best == nullptr ||
                           router->Zone().GetOwn()->priority >= best->Zone().GetOwn()->priority))
            {
                best = router.get();
            }
        }
        ASSERT_NE(best, nullptr);
        EXPECT_EQ(CountBsrs(), 1u) << seed;
        for (const auto& router : routers)
        {
            EXPECT_EQ(router->Zone().GetBsr().address, best->address) << seed;
        }
    }
}

} // namespace
