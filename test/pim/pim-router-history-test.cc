// SPDX-License-Identifier: GPL-2.0-only
// RFC 7761 as a whole: whatever happens to a router, in whatever order, each state has its timer,
// what is derived from state is what it would be if all were derived anew, and when everybody has
// gone nothing is left.
#include "support/pim-test-router.h"

#include <gtest/gtest.h>

#include <random>
#include <sstream>

using namespace ns3;

namespace
{

using Bench = PimTestRouter;

/** The groups that events concern: Bench::G, and those whose range has another RP or none. */
const Ipv4Address LOCAL("10.0.5.77");
const Ipv4Address OTHER("10.7.7.7");

class History
{
  public:
    explicit History(uint32_t seed)
        : m_random(seed)
    {
        bench.environment.rib.Set("10.7.7.0", 24, {{1, "10.0.1.2"}}, 3);
        for (uint32_t interface : {3, 4, 5})
        {
            bench.Hello(interface, 2);
            bench.Hello(interface, 3);
        }
    }

    /** Something happens. */
    void Step()
    {
        bench.environment.random.rest = Pick(100) / 100.0;
        switch (Pick(21))
        {
        case 0:
        case 1:
        case 2:
        case 3:
        case 4:
            JoinPrune();
            break;
        case 5:
        case 6:
            Assert();
            break;
        case 7:
            Member();
            break;
        case 8:
        case 9:
        case 10:
        case 11:
            bench.Data(1 + Pick(6), AnySource());
            break;
        case 12:
            bench.Register(Pick(2) == 0, AnyRp(), AnySource());
            break;
        case 13:
            RegisterStop();
            break;
        case 14:
            Hello();
            break;
        case 15:
            ChangeRoute();
            break;
        case 16:
            ChangeRp();
            break;
        case 17:
            ChangeInterface();
            break;
        case 18:
            ChangeForwarder();
            break;
        default:
            bench.Advance(Pick(4) == 0 ? Pick(100) : Pick(40) / 10.0);
            break;
        }
        bench.Advance(0); // timers that rang are dealt with
    }

    /** Everybody goes, and time passes. */
    void End()
    {
        bench.members.any.clear();
        bench.members.included.clear();
        bench.members.excluded.clear();
        for (uint32_t interface = 1; interface <= 6; ++interface)
        {
            bench.router.MembershipChanged(interface, Bench::G);
        }
        bench.Advance(1000);
    }

    /** \returns what is wrong with the state; empty: nothing. */
    std::string FindFaults()
    {
        std::ostringstream faults;
        for (const auto& [address, g] : bench.router.GetTib().GetGroups())
        {
            CheckTimers(SourceGroup::StarG(g.group), g, faults);
            for (const auto& [source, s] : g.sources)
            {
                CheckTimers(SourceGroup(s.source, g.group), s, faults);
                CheckSource(g, s, faults);
            }
        }
        const std::string before = Describe();
        for (uint32_t interface = 1; interface <= 6; ++interface)
        {
            bench.router.NeighborUp(interface, Bench::ANY); // has all entries there derived anew
        }
        if (Describe() != before)
        {
            faults << "state was not derived anew; was\n" << before << "is\n" << Describe();
        }
        return faults.str();
    }

    /** \returns all that follows from state, as text. */
    std::string Describe() const
    {
        std::ostringstream text;
        for (const PimTibRow& row : bench.router.GetTibRows())
        {
            text << int(row.kind) << " " << row.source << " " << row.rp << " "
                 << row.upstreamInterface << " " << row.upstreamNeighbor << " " << row.upstreamState
                 << " ->" << Text(row.outgoing) << " " << row.registerState << "\n";
        }
        for (const MulticastForwardingEntry* entry :
             bench.router.GetForwarder().GetCache().GetEntries())
        {
            text << entry->key.GetSource() << " from " << entry->spec.incoming << " to"
                 << Text(entry->spec.outgoing) << " tunnel " << entry->spec.registerTunnel
                 << " tell " << entry->spec.notifySources << "\n";
        }
        for (const auto& [address, g] : bench.router.GetTib().GetGroups())
        {
            for (const auto& [interface, record] : g.asserts)
            {
                text << "assert " << interface << " " << EnumName(record.state) << "\n";
            }
            for (const auto& [source, s] : g.sources)
            {
                text << s.source << " SPTbit " << s.sptBit << "\n";
                for (const auto& [interface, record] : s.asserts)
                {
                    text << "assert " << interface << " " << EnumName(record.state) << "\n";
                }
            }
        }
        return text.str();
    }

    Bench bench;

  private:
    uint32_t Pick(uint32_t count)
    {
        return m_random() % count;
    }

    Ipv4Address AnySource()
    {
        const Ipv4Address sources[] = {Bench::S, LOCAL, OTHER};
        return sources[Pick(3)];
    }

    Ipv4Address AnyRp()
    {
        const Ipv4Address rps[] = {Bench::RP, Bench::At(6, 1), bench.Group().rp};
        return rps[Pick(3)];
    }

    PimEncodedSources AnyEntries()
    {
        PimEncodedSources entries;
        for (uint32_t i = Pick(3); i > 0; --i)
        {
            const PimEncodedSource kinds[] = {
                Bench::StarG(AnyRp()), Bench::Sg(AnySource()), Bench::SgRpt(AnySource())};
            entries.push_back(kinds[Pick(3)]);
        }
        return entries;
    }

    void JoinPrune()
    {
        const uint32_t interface = 1 + Pick(6);
        const uint16_t holdtimes[] = {0, 2, 60, 210};
        bench.JoinPrune(interface,
                        2 + Pick(2),
                        AnyEntries(),
                        AnyEntries(),
                        Pick(3) == 0 ? Bench::At(interface, 2 + Pick(2)) : Bench::ANY,
                        holdtimes[Pick(4)]);
    }

    void Assert()
    {
        const bool star = Pick(2) == 0;
        const bool cancel = Pick(4) == 0;
        bench.Assert(1 + Pick(6),
                     2 + Pick(2),
                     star ? Bench::ANY : AnySource(),
                     star || cancel || Pick(3) == 0,
                     cancel ? PimAssert::INFINITE_PREFERENCE : 109 + Pick(3),
                     cancel ? PimAssert::INFINITE_METRIC : Pick(10));
    }

    void Member()
    {
        const uint32_t interface = 1 + Pick(6);
        const std::tuple<uint32_t, Ipv4Address, Ipv4Address> named(
            interface, Bench::G, AnySource());
        switch (Pick(5))
        {
        case 0:
        case 1:
            bench.members.any.insert({interface, Bench::G});
            break;
        case 2:
            bench.members.included.insert(named);
            break;
        case 3:
            bench.members.any.insert({interface, Bench::G});
            bench.members.excluded.insert(named);
            break;
        default:
            bench.members.any.erase({interface, Bench::G});
            bench.members.included.erase(named);
            bench.members.excluded.erase(named);
            break;
        }
        bench.router.MembershipChanged(interface, Bench::G);
    }

    void RegisterStop()
    {
        PimRegisterStop message;
        message.group = Bench::G;
        message.source = Pick(2) == 0 ? Bench::ANY : LOCAL;
        bench.router.Receive(message, Bench::RP);
    }

    void Hello()
    {
        const uint32_t interface = 1 + Pick(6);
        const uint16_t holdtimes[] = {0, 20, 105, 105, 105};
        bench.Hello(interface, 2 + Pick(2), 1 + Pick(2), holdtimes[Pick(5)]);
    }

    void ChangeRoute()
    {
        const char* prefixes[] = {"10.8.8.0", "10.9.9.0", "10.7.7.0"};
        const char* prefix = prefixes[Pick(3)];
        if (Pick(4) == 0)
        {
            bench.environment.rib.Remove(prefix, 24);
        }
        else
        {
            const uint32_t interface = 1 + Pick(4);
            const std::string hop =
                "10.0." + std::to_string(interface) + "." + std::to_string(2 + Pick(2));
            bench.environment.rib.Set(prefix, 24, {{interface, hop.c_str()}}, 1 + Pick(9));
        }
        bench.router.RoutesChanged();
    }

    void ChangeRp()
    {
        const Ipv4Prefix narrow(Ipv4Address("239.0.0.0"), 9);
        const Ipv4Prefix wide(Ipv4Address("239.0.0.0"), 8);
        const Ipv4Prefix bidirectional(Ipv4Address("239.1.0.0"), 16);
        switch (Pick(6))
        {
        case 4:
            bench.rpSet.AddStatic(bidirectional, Bench::RP, true);
            break;
        case 5:
            bench.rpSet.RemoveStatic(bidirectional, Bench::RP);
            break;
        case 0:
            bench.rpSet.AddStatic(narrow, Bench::At(6, 1));
            break;
        case 1:
            bench.rpSet.RemoveStatic(narrow, Bench::At(6, 1));
            break;
        case 2:
            bench.rpSet.AddStatic(wide, Bench::RP);
            break;
        default:
            bench.rpSet.RemoveStatic(wide, Bench::RP);
            break;
        }
    }

    void ChangeForwarder()
    {
        const uint32_t interface = 1 + Pick(6);
        bench.forwarders.mine.Remove(interface);
        bench.forwarders.others.erase(interface);
        switch (Pick(3))
        {
        case 0:
            bench.forwarders.mine.Add(interface);
            break;
        case 1:
            bench.forwarders.others[interface] = Bench::At(interface, 2 + Pick(2));
            break;
        default:
            break;
        }
        bench.router.DfChanged(Bench::RP, interface);
    }

    void ChangeInterface()
    {
        const uint32_t interface = 1 + Pick(5);
        bench.environment.interfaces[interface].up = Pick(3) != 0;
        bench.hellos.InterfaceChanged(interface);
        bench.router.InterfaceChanged(interface);
    }

    bool Runs(SourceGroup key, PimTimer timer, uint32_t interface = PIM_NO_INTERFACE) const
    {
        return !bench.router.GetTimer({key, timer, interface}).IsZero();
    }

    /** Each state has the timer that ends it. */
    void CheckTimers(SourceGroup key, const PimTreeState& entry, std::ostream& faults) const
    {
        for (const auto& [interface, state] : entry.downstream)
        {
            if (state == PimJoinState::NO_INFO || !Runs(key, PimTimer::EXPIRY, interface) ||
                Runs(key, PimTimer::PRUNE_PENDING, interface) !=
                    (state == PimJoinState::PRUNE_PENDING))
            {
                faults << key << " on " << interface << ": " << EnumName(PimJoinState(state))
                       << "\n";
            }
        }
        for (const auto& [interface, record] : entry.asserts)
        {
            if (record.state == PimAssertState::NO_INFO || !Runs(key, PimTimer::ASSERT, interface))
            {
                faults << key << " on " << interface << ": assert " << EnumName(record.state)
                       << "\n";
            }
        }
        const bool joins =
            entry.upstream == PimUpstreamState::JOINED && entry.neighbor.address != Bench::ANY;
        if (Runs(key, PimTimer::UPSTREAM_JOIN) != joins)
        {
            faults << key << ": " << EnumName(entry.upstream) << " to " << entry.neighbor.address
                   << ", JT " << Runs(key, PimTimer::UPSTREAM_JOIN) << "\n";
        }
    }

    void CheckSource(const PimGroup& g, const PimSource& s, std::ostream& faults) const
    {
        const SourceGroup key{s.source, g.group};
        const PimMacros& macros = bench.router.GetMacros();
        for (const auto& [interface, state] : s.rptDownstream)
        {
            if ((state != PimRptPruneState::PRUNE && state != PimRptPruneState::PRUNE_PENDING) ||
                !Runs(key, PimTimer::RPT_EXPIRY, interface) ||
                Runs(key, PimTimer::RPT_PRUNE_PENDING, interface) !=
                    (state == PimRptPruneState::PRUNE_PENDING))
            {
                faults << key << " on " << interface << ": rpt " << EnumName(state) << "\n";
            }
        }
        if (s.keepalive != Runs(key, PimTimer::KEEPALIVE))
        {
            faults << key << ": keepalive " << s.keepalive << "\n";
        }
        const bool waits = s.registerState == PimRegisterState::PRUNE ||
                           s.registerState == PimRegisterState::JOIN_PENDING;
        if (waits != Runs(key, PimTimer::REGISTER_STOP) ||
            macros.CouldRegister(g, s) != (s.registerState != PimRegisterState::NO_INFO))
        {
            faults << key << ": register " << EnumName(s.registerState) << "\n";
        }
        if (Runs(key, PimTimer::OVERRIDE) && s.rptUpstream != PimRptUpstreamState::NOT_PRUNED)
        {
            faults << key << ": OT in " << EnumName(s.rptUpstream) << "\n";
        }
        if ((s.rptUpstream == PimRptUpstreamState::PRUNED) !=
            (g.mode == PimMode::SPARSE && macros.PruneDesired(g, s)))
        {
            faults << key << ": rpt " << EnumName(s.rptUpstream) << "\n";
        }
        if ((s.upstream == PimUpstreamState::JOINED) != macros.JoinDesired(g, s) ||
            (s.sptBit && s.upstream != PimUpstreamState::JOINED))
        {
            faults << key << ": " << EnumName(s.upstream) << ", SPTbit " << s.sptBit << "\n";
        }
    }

    static std::string Text(const InterfaceSet& interfaces)
    {
        std::string text;
        interfaces.ForEach([&](uint32_t i) { text += " " + std::to_string(i); });
        return text;
    }

    std::mt19937 m_random;
};

constexpr uint32_t HISTORIES = 100;

TEST(PimRouterHistory, WhateverHappensTheStateIsSound)
{
    for (uint32_t seed = 1; seed <= HISTORIES; ++seed)
    {
        History history(seed);
        for (int step = 0; step < 200; ++step)
        {
            history.Step();
            const std::string faults = history.FindFaults();
            ASSERT_EQ(faults, "") << "seed " << seed << ", step " << step;
        }
        history.End();
        EXPECT_TRUE(history.bench.router.GetTib().GetGroups().empty()) << "seed " << seed << "\n"
                                                                       << history.Describe();
        EXPECT_TRUE(history.bench.router.GetForwarder().GetCache().GetEntries().empty())
            << "seed " << seed;
    }
}

} // namespace
