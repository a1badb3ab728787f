// SPDX-License-Identifier: GPL-2.0-only
// RFC 4610: a member of an Anycast-RP set. The RP address is 10.0.6.1, on interface 6; this member's
// own address is 10.0.4.1, the others are 10.6.0.2 and 10.6.0.3.
#include "support/pim-test-router.h"

#include <gtest/gtest.h>

#include <stdexcept>

using namespace ns3;

namespace
{

using Bench = PimTestRouter;
using Addresses = std::vector<Ipv4Address>;

class Pim4610 : public testing::Test
{
  protected:
    Pim4610()
    {
        bench.config.anycastRps = {{RPA, {OWN, SECOND, THIRD}}};
        bench.BecomeRp();
        bench.environment.rib.Set("10.7.7.0", 24, {{2, "10.0.2.2"}});
        bench.environment.rib.Set("10.6.0.2", 32, {{1, "10.0.1.2"}});
        bench.environment.rib.Set("10.6.0.3", 32, {{2, "10.0.2.2"}});
        bench.Hello(3, 2);
        bench.environment.Forget();
    }

    void JoinStarG()
    {
        bench.JoinPrune(3, 2, {Bench::StarG(RPA)}, {}, Bench::ANY, 0xffff);
    }

    /** \returns whom Register-Stops were sent to, and forgets them. */
    Addresses Stops()
    {
        Addresses destinations;
        for (const auto& one : bench.environment.sent)
        {
            if (one.message.As<PimRegisterStop>() != nullptr)
            {
                one.isExpected = true;
                destinations.push_back(one.destination);
            }
        }
        bench.environment.Forget();
        return destinations;
    }

    /** \returns whom copies were sent to, and forgets them. */
    Addresses Copies()
    {
        Addresses members;
        for (const auto& copy : bench.dataPlane.copies)
        {
            members.push_back(copy.member);
        }
        bench.dataPlane.copies.clear();
        return members;
    }

    void StopFrom(Ipv4Address member, Ipv4Address source = Bench::S)
    {
        PimRegisterStop message;
        message.group = Bench::G;
        message.source = source;
        bench.router.Receive(message, member);
    }

    static inline const Ipv4Address RPA{Bench::At(6, 1)};
    static inline const Ipv4Address OWN{Bench::At(4, 1)};
    static inline const Ipv4Address SECOND{"10.6.0.2"};
    static inline const Ipv4Address THIRD{"10.6.0.3"};
    static inline const Ipv4Address DR{"10.7.7.7"};
    static inline const Addresses OTHERS{SECOND, THIRD};
    Bench bench;
};

TEST_F(Pim4610, S2_ASetIsChecked)
{
    EXPECT_NO_THROW((PimAnycastRp{RPA, {OWN, SECOND}}.Check()));
    EXPECT_THROW((PimAnycastRp{Bench::ANY, {OWN}}.Check()), std::invalid_argument);
    EXPECT_THROW((PimAnycastRp{RPA, {}}.Check()), std::invalid_argument);
    EXPECT_THROW((PimAnycastRp{RPA, {OWN, RPA}}.Check()), std::invalid_argument)
        << "the RP address is not a member's own";
    EXPECT_THROW((PimAnycastRp{RPA, {OWN, OWN}}.Check()), std::invalid_argument);
    EXPECT_THROW((PimAnycastRp{RPA, {OWN, Ipv4Address("224.0.0.13")}}.Check()),
                 std::invalid_argument);
}

TEST_F(Pim4610, S2_ARouterOutsideTheSetCopiesNothing)
{
    bench.config.anycastRps = {{RPA, {SECOND, THIRD}}};
    bench.Register(false, RPA);
    EXPECT_EQ(Copies(), Addresses{});
    EXPECT_EQ(Stops(), Addresses{DR}) << "an RP like any other";
}

TEST_F(Pim4610, S2_AnRpAddressThatIsNotHereIsNoSet)
{
    bench.environment.interfaces[6].up = false;
    bench.instance->InterfaceChanged(6);
    bench.Register(false, RPA);
    EXPECT_EQ(Copies(), Addresses{});
    EXPECT_EQ(bench.environment.drops, std::vector<std::string>{"not-rp"});
}

TEST_F(Pim4610, S3_ARegisterFromADrIsForwardedAndCopiedToEachOtherMember)
{
    JoinStarG();
    bench.Register(false, RPA);
    EXPECT_EQ(bench.dataPlane.decapsulated, std::vector<InterfaceSet>{InterfaceSet{3}});
    ASSERT_EQ(bench.dataPlane.copies.size(), 2u) << "members less one";
    for (const auto& copy : bench.dataPlane.copies)
    {
        EXPECT_EQ(copy.source, OWN) << "not the RP address";
        EXPECT_FALSE(copy.nullRegister);
        EXPECT_EQ(copy.innerTtl, 10) << "the packet inside stays as it is";
    }
    EXPECT_EQ(Copies(), OTHERS);
}

TEST_F(Pim4610, S3_StateIsMadeForTheSource)
{
    bench.Register(false, RPA);
    EXPECT_TRUE(bench.Source().keepalive);
    EXPECT_EQ(bench.Source().upstream, PimUpstreamState::NOT_JOINED);
    JoinStarG();
    EXPECT_EQ(bench.Sent(2), std::vector<std::string>{"J(S,G)->2"});
}

TEST_F(Pim4610, S3_ARegisterFromAMemberIsForwardedButNotCopied)
{
    JoinStarG();
    bench.Register(false, OWN, Bench::S, SECOND);
    EXPECT_EQ(bench.dataPlane.decapsulated, std::vector<InterfaceSet>{InterfaceSet{3}});
    EXPECT_EQ(Copies(), Addresses{});
    EXPECT_TRUE(bench.Source().keepalive);
    EXPECT_EQ(Stops(), Addresses{}) << "it waits for the source's own packets";
    bench.Data(2);
    bench.Register(false, OWN, Bench::S, SECOND);
    EXPECT_EQ(Stops(), Addresses{SECOND});
    EXPECT_EQ(bench.dataPlane.decapsulated.size(), 1u) << "no duplicate";
}

TEST_F(Pim4610, S3_AMemberWithoutReceiversStopsTheOtherMember)
{
    bench.Register(false, OWN, Bench::S, SECOND);
    EXPECT_TRUE(bench.dataPlane.decapsulated.empty());
    ASSERT_EQ(bench.environment.sent.size(), 1u);
    EXPECT_EQ(bench.environment.sent[0].source, OWN);
    EXPECT_EQ(Stops(), Addresses{SECOND});
    EXPECT_TRUE(bench.Source().keepalive) << "for receivers that come later";
}

TEST_F(Pim4610, S3_ARegisterToTheOwnAddressFromOutsideIsRefused)
{
    bench.Register(false, OWN);
    EXPECT_EQ(Copies(), Addresses{});
    EXPECT_EQ(bench.environment.drops, std::vector<std::string>{"not-rp"});
    EXPECT_TRUE(bench.router.GetTib().GetGroups().empty());
}

TEST_F(Pim4610, S3_TheDrIsStoppedOnceAllOthersHaveStopped)
{
    bench.Register(false, RPA);
    EXPECT_EQ(Stops(), Addresses{}) << "another may have receivers";
    StopFrom(SECOND);
    EXPECT_EQ(Stops(), Addresses{}) << "at the next Register only";
    EXPECT_EQ(Copies(), OTHERS);
    bench.Register(false, RPA);
    EXPECT_EQ(Copies(), Addresses{THIRD}) << "who has stopped gets no more";
    EXPECT_EQ(Stops(), Addresses{});
    StopFrom(THIRD);
    bench.Register(false, RPA);
    EXPECT_EQ(Copies(), Addresses{});
    EXPECT_EQ(Stops(), Addresses{DR});
}

TEST_F(Pim4610, S3_AMemberThatCannotBeReachedIsNotWaitedFor)
{
    bench.environment.rib.Remove("10.6.0.3", 32);
    bench.Register(false, RPA);
    StopFrom(SECOND);
    Stops();
    bench.Register(false, RPA);
    EXPECT_EQ(Stops(), Addresses{DR});
}

TEST_F(Pim4610, S3_ARegisterStopCountsForItsSourceAlone)
{
    const Ipv4Address other("10.8.8.9");
    bench.Register(false, RPA);
    bench.Register(false, RPA, other);
    StopFrom(SECOND);
    StopFrom(THIRD);
    StopFrom(Ipv4Address("10.6.0.9"), other);
    Copies();
    bench.Register(false, RPA, other);
    EXPECT_EQ(Copies(), OTHERS);
    EXPECT_EQ(Stops(), Addresses{});
}

TEST_F(Pim4610, S3_ASourceThatComesBackIsCopiedAgain)
{
    bench.Register(false, RPA);
    StopFrom(SECOND);
    StopFrom(THIRD);
    bench.Advance(300);
    ASSERT_TRUE(bench.router.GetTib().GetGroups().empty());
    Copies();
    bench.Register(false, RPA);
    EXPECT_EQ(Copies(), OTHERS);
}

TEST_F(Pim4610, S3_AMemberThatIsTheDrRegistersWithTheOthers)
{
    JoinStarG();
    const Ipv4Address local("10.0.5.77");
    EXPECT_EQ(bench.Data(5, local), InterfaceSet{3}) << "and forwards natively";
    EXPECT_EQ(bench.Source(local).registerState, PimRegisterState::JOIN);
    EXPECT_TRUE(bench.dataPlane.registers.empty());
    ASSERT_EQ(bench.dataPlane.copies.size(), 2u);
    EXPECT_EQ(bench.dataPlane.copies[0].source, OWN);
    EXPECT_EQ(bench.dataPlane.copies[0].innerTtl, 9) << "as any DR: TTL less one";
    EXPECT_EQ(Copies(), OTHERS);
    StopFrom(SECOND, local);
    EXPECT_EQ(bench.Source(local).registerState, PimRegisterState::JOIN);
    bench.Data(5, local);
    EXPECT_EQ(Copies(), Addresses{THIRD});
    bench.environment.random.tape = {0.0};
    StopFrom(THIRD, local);
    EXPECT_EQ(bench.Source(local).registerState, PimRegisterState::PRUNE);
    bench.Data(5, local);
    EXPECT_EQ(Copies(), Addresses{});
    bench.Advance(25);
    ASSERT_EQ(bench.dataPlane.copies.size(), 2u) << "Null-Registers after suppression";
    EXPECT_TRUE(bench.dataPlane.copies[0].nullRegister);
    EXPECT_EQ(Copies(), OTHERS);
}

TEST_F(Pim4610, S3_RegisterStopsOfMembersCountOfOthersNot)
{
    const Ipv4Address local("10.0.5.77");
    bench.Data(5, local);
    StopFrom(Ipv4Address("10.6.0.9"), local);
    EXPECT_EQ(bench.environment.drops, std::vector<std::string>{"register-stop-source"});
    StopFrom(SECOND, local);
    StopFrom(RPA, local); // the address of all members is nobody's own
    EXPECT_EQ(bench.environment.drops.size(), 1u) << "members' own addresses are not the RP's";
    EXPECT_EQ(bench.Source(local).registerState, PimRegisterState::JOIN) << "the third has not";
    Copies();
    bench.Data(5, local);
    EXPECT_EQ(Copies(), Addresses{THIRD});
    StopFrom(THIRD, local);
    EXPECT_EQ(bench.Source(local).registerState, PimRegisterState::PRUNE);
}

TEST_F(Pim4610, S3_ASourceThatComesBackBehindItsPruneIsCopiedAgain)
{
    JoinStarG();
    bench.Register(false, RPA);
    StopFrom(SECOND);
    StopFrom(THIRD);
    bench.Advance(300);
    Copies();
    bench.JoinPrune(3, 2, {}, {Bench::SgRpt()});
    bench.Register(false, RPA);
    EXPECT_EQ(Copies(), OTHERS) << "the DR's Prune(S,G,rpt) has made an entry without a flow";
}

TEST_F(Pim4610, S3_ASourceOfAMemberThatComesBackIsRegisteredAgain)
{
    const Ipv4Address local("10.0.5.77");
    bench.Data(5, local);
    StopFrom(SECOND, local);
    StopFrom(THIRD, local);
    bench.Advance(300);
    ASSERT_TRUE(bench.router.GetTib().GetGroups().empty());
    Copies();
    bench.Data(5, local);
    EXPECT_EQ(Copies(), OTHERS) << "their Register-Stops were for the flow that ended";
}

TEST_F(Pim4610, S4_NullRegistersGoToAllMembers)
{
    bench.Register(false, RPA);
    StopFrom(SECOND);
    StopFrom(THIRD);
    Copies();
    bench.Advance(60);
    bench.Register(true, RPA);
    ASSERT_EQ(bench.dataPlane.copies.size(), 2u);
    EXPECT_TRUE(bench.dataPlane.copies[0].nullRegister);
    EXPECT_EQ(Copies(), OTHERS) << "so that their state stays alive";
    EXPECT_EQ(Stops(), Addresses{DR});
    EXPECT_EQ(bench.router.GetTimer({SourceGroup(Bench::S, Bench::G), PimTimer::KEEPALIVE}),
              Seconds(210));
}

TEST_F(Pim4610, S4_AMemberThatStopsNoLongerGetsDataAgain)
{
    bench.Register(false, RPA);
    StopFrom(SECOND);
    StopFrom(THIRD);
    bench.Register(true, RPA);
    StopFrom(SECOND);
    Copies();
    bench.Register(false, RPA);
    EXPECT_EQ(Copies(), Addresses{THIRD}) << "it has restarted, and has receivers";
    EXPECT_EQ(Stops(), Addresses{DR}) << "for the Null-Register alone";
}

TEST_F(Pim4610, S4_ANullRegisterFromAMemberIsNotCopied)
{
    bench.Register(true, OWN, Bench::S, THIRD);
    EXPECT_EQ(Copies(), Addresses{});
    EXPECT_TRUE(bench.Source().keepalive);
    EXPECT_EQ(Stops(), Addresses{THIRD});
}

TEST_F(Pim4610, S4_TheTtlOfACopyIsThatOfTheRegisterLessOne)
{
    bench.Register(false, RPA, Bench::S, DR, 7);
    ASSERT_EQ(bench.dataPlane.copies.size(), 2u);
    EXPECT_EQ(bench.dataPlane.copies[0].ttl, 6);
    Copies();
    bench.Register(false, RPA, Bench::S, DR, 1);
    EXPECT_EQ(Copies(), Addresses{}) << "an inconsistent set ends here";
}

TEST_F(Pim4610, S4_TheSetMayChangeWhileItRuns)
{
    const Ipv4Address local("10.0.5.77");
    bench.config.anycastRps.clear();
    bench.instance->AnycastRpsChanged();
    bench.Data(5, local);
    EXPECT_EQ(bench.Source(local).registerState, PimRegisterState::NO_INFO);
    bench.config.anycastRps = {{RPA, {OWN, SECOND}}};
    bench.instance->AnycastRpsChanged();
    EXPECT_EQ(bench.Source(local).registerState, PimRegisterState::JOIN);
    bench.Data(5, local);
    EXPECT_EQ(Copies(), Addresses{SECOND});
}

} // namespace
