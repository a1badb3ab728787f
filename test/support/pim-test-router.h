// SPDX-License-Identifier: GPL-2.0-only
// A whole PIM engine on a bench: fake interfaces, routes, members and neighbours; messages go in by
// hand, what it sends is kept. Interface 1 leads to the RP (10.0.1.2, RP 10.9.9.9), 2 to the source
// (10.0.2.2, source 10.8.8.8), 3 to 6 are downstream; addresses are 10.0.I.1 here, 10.0.I.N there.
#ifndef VXLAN_MULTICAST_TEST_PIM_TEST_ROUTER_H
#define VXLAN_MULTICAST_TEST_PIM_TEST_ROUTER_H

#include "support/fake-pim-environment.h"

#include "ns3/pim-instance.h"

#include <algorithm>
#include <map>
#include <memory>
#include <set>
#include <string>
#include <tuple>
#include <vector>

namespace ns3
{

/** Members that a test sets. */
class FakeGroupMembership : public GroupMembership
{
  public:
    bool LocalReceiverInclude(Ipv4Address group, uint32_t interface) const override
    {
        return any.count({interface, group}) != 0;
    }

    bool LocalReceiverInclude(Ipv4Address source,
                              Ipv4Address group,
                              uint32_t interface) const override
    {
        return included.count({interface, group, source}) != 0;
    }

    bool LocalReceiverExclude(Ipv4Address source,
                              Ipv4Address group,
                              uint32_t interface) const override
    {
        return excluded.count({interface, group, source}) != 0;
    }

    std::vector<Ipv4Address> GetNamedSources(Ipv4Address group, uint32_t interface) const override
    {
        std::set<Ipv4Address> named;
        for (const auto* set : {&included, &excluded})
        {
            for (const auto& [where, what, source] : *set)
            {
                if (where == interface && what == group)
                {
                    named.insert(source);
                }
            }
        }
        return {named.begin(), named.end()};
    }

    std::vector<std::pair<uint32_t, Ipv4Address>> GetGroups() const override
    {
        std::set<std::pair<uint32_t, Ipv4Address>> groups(any);
        for (const auto& [interface, group, source] : included)
        {
            groups.insert({interface, group});
        }
        return {groups.begin(), groups.end()};
    }

    void AddMembershipListener(std::function<void(uint32_t, Ipv4Address)>) override
    {
    }

    std::set<std::pair<uint32_t, Ipv4Address>> any; //!< EXCLUDE mode
    std::set<std::tuple<uint32_t, Ipv4Address, Ipv4Address>> included;
    std::set<std::tuple<uint32_t, Ipv4Address, Ipv4Address>> excluded;
};

/** Designated Forwarders that a test sets. */
class FakePimForwarders : public PimDesignatedForwarders
{
  public:
    bool IAmDf(Ipv4Address, uint32_t interface) const override
    {
        return mine.Contains(interface);
    }

    Ipv4Address GetDf(Ipv4Address, uint32_t interface) const override
    {
        auto it = others.find(interface);
        return it == others.end() ? Ipv4Address::GetAny() : it->second;
    }

    InterfaceSet mine;
    std::map<uint32_t, Ipv4Address> others;
};

/** Keeps what goes into Registers and what comes out of them. */
class FakePimDataPlane : public PimDataPlane
{
  public:
    bool SendRegister(const MulticastArrival& arrival, Ipv4Address, Ipv4Address rp) override
    {
        registers.push_back(rp);
        registeredTtls.push_back(arrival.header.GetTtl());
        return true;
    }

    void SendRegisterCopy(const MulticastArrival& arrival,
                          bool nullRegister,
                          Ipv4Address source,
                          Ipv4Address member,
                          uint8_t ttl) override
    {
        copies.push_back({member, source, nullRegister, ttl, arrival.header.GetTtl()});
    }

    void SendAlong(Ptr<const Ipv4MulticastRoute> route, const MulticastArrival&) override
    {
        InterfaceSet interfaces;
        for (const auto& [interface, ttl] : route->GetOutputTtlMap())
        {
            interfaces.Add(interface);
        }
        decapsulated.push_back(interfaces);
    }

    /** A Register for another member of the Anycast-RP set. */
    struct Copy
    {
        Ipv4Address member;
        Ipv4Address source;
        bool nullRegister;
        uint8_t ttl;
        uint8_t innerTtl;
    };

    std::vector<Copy> copies;
    std::vector<Ipv4Address> registers; //!< by RP
    std::vector<uint8_t> registeredTtls;
    std::vector<InterfaceSet> decapsulated;
};

/** The bench. */
class PimTestRouter
{
  public:
    /** \param knowsRp false: no RP has ever been known */
    explicit PimTestRouter(bool knowsRp = true)
    {
        router.SetDesignatedForwarders(&forwarders);
        for (uint32_t i = 1; i <= 6; ++i)
        {
            environment.AddInterface(i, ("10.0." + std::to_string(i) + ".1").c_str());
            instance->InterfaceChanged(i);
        }
        environment.rib.Set("10.9.9.0", 24, {{1, "10.0.1.2"}}, 5);
        environment.rib.Set("10.8.8.0", 24, {{2, "10.0.2.2"}}, 7);
        if (knowsRp)
        {
            rpSet.AddStatic(Ipv4Prefix(Ipv4Address("239.0.0.0"), 8), RP);
        }
        Hello(1, 2);
        Hello(2, 2);
        instance->Start();
        environment.clock.Advance(Seconds(6));
        environment.Forget();
    }

    /** The router crashes: nothing of it may be used any more. */
    void Crash()
    {
        instance.reset();
    }

    /** \returns the address of host \p host on interface \p interface. */
    static Ipv4Address At(uint32_t interface, uint32_t host)
    {
        return Ipv4Address(10u << 24 | interface << 8 | host);
    }

    /** A Hello from a neighbour, for ever unless said otherwise. */
    void Hello(uint32_t interface,
               uint32_t host,
               uint32_t generationId = 1,
               uint16_t holdtime = PimHello::HOLDTIME_FOREVER)
    {
        PimHello message;
        message.holdtime = holdtime;
        message.drPriority = 0;
        message.generationId = generationId;
        message.lanPruneDelay = PimLanPruneDelay{};
        hellos.ReceiveHello(message, interface, At(interface, host));
    }

    static PimEncodedSource StarG(Ipv4Address rp = RP)
    {
        return {rp, 32, true, true, true};
    }

    static PimEncodedSource Sg(Ipv4Address source = S)
    {
        return {source, 32, true, false, false};
    }

    static PimEncodedSource SgRpt(Ipv4Address source = S)
    {
        return {source, 32, true, false, true};
    }

    /** A Join/Prune from host \p host; \p upstream any: to this router. */
    void JoinPrune(uint32_t interface,
                   uint32_t host,
                   PimEncodedSources joins,
                   PimEncodedSources prunes = {},
                   Ipv4Address upstream = Ipv4Address::GetAny(),
                   uint16_t holdtime = 210)
    {
        PimJoinPrune message;
        message.upstreamNeighbor = upstream == Ipv4Address::GetAny() ? At(interface, 1) : upstream;
        message.holdtime = holdtime;
        message.groups.resize(1);
        message.groups[0].group.address = G;
        message.groups[0].joins = std::move(joins);
        message.groups[0].prunes = std::move(prunes);
        router.Receive(message, interface, At(interface, host));
    }

    /** An Assert; source any: (*,G). */
    void Assert(uint32_t interface,
                uint32_t host,
                Ipv4Address source,
                bool rpt,
                uint32_t preference,
                uint32_t metric)
    {
        PimAssert message;
        message.group.address = G;
        message.source = source;
        message.rpt = rpt;
        message.metricPreference = preference;
        message.metric = metric;
        router.Receive(message, interface, At(interface, host));
    }

    /** A member of G comes (or goes). */
    void Member(uint32_t interface, bool there = true)
    {
        there ? (void)members.any.insert({interface, G}) : (void)members.any.erase({interface, G});
        router.MembershipChanged(interface, G);
    }

    /** A data packet. \returns the interfaces that it goes out of. */
    InterfaceSet
    Data(uint32_t interface, Ipv4Address source = S, Ipv4Address group = G, uint8_t ttl = 10)
    {
        Ipv4Header header;
        header.SetSource(source);
        header.SetDestination(group);
        header.SetTtl(ttl);
        header.SetPayloadSize(100);
        const MulticastDecision decision =
            router.GetForwarder().Forward({header, Create<Packet>(100), interface});
        InterfaceSet interfaces;
        if (decision.route)
        {
            for (const auto& [out, outputTtl] : decision.route->GetOutputTtlMap())
            {
                interfaces.Add(out);
            }
        }
        return interfaces;
    }

    /** A Register of a packet from \p source arrives here. */
    void Register(bool null = false,
                  Ipv4Address rp = RP,
                  Ipv4Address source = S,
                  Ipv4Address dr = Ipv4Address("10.7.7.7"),
                  uint8_t outerTtl = 64)
    {
        Ipv4Header header;
        header.SetSource(source);
        header.SetDestination(G);
        header.SetTtl(10);
        header.SetPayloadSize(null ? 0 : 100);
        router.Receive(
            {header, Create<Packet>(null ? 0 : 100), MulticastEntrySpec::REGISTER_INTERFACE},
            null,
            dr,
            rp,
            outerTtl);
    }

    /** Fails the test if anything but Hellos was sent that it has not looked at. */
    void ExpectNothingElse() const
    {
        environment.ExpectNothingElse(FakePimEnvironment::IsHello);
    }

    /** The same, but for tests of what happens downstream: upstream, Joins go on. */
    void ExpectNothingElseDownstream() const
    {
        environment.ExpectNothingElse([](const FakePimEnvironment::Sent& one) {
            return FakePimEnvironment::IsHello(one) ||
                   (one.interface <= 2 && one.message.As<PimJoinPrune>() != nullptr);
        });
    }

    /** Makes this router the RP, on interface 6. */
    void BecomeRp()
    {
        rpSet.AddStatic(Ipv4Prefix(Ipv4Address("239.0.0.0"), 9), At(6, 1));
    }

    /**
     * \returns source list entries of the Join/Prunes sent on \p interface since Forget, as text:
     * "J(*,G)", "P(S,G)", "J(S,G,rpt)" with the last byte of other sources, "->N" for upstream N.
     */
    std::vector<std::string> Sent(uint32_t interface) const
    {
        std::vector<std::string> entries;
        for (const PimJoinPrune& message : environment.Of<PimJoinPrune>(interface))
        {
            const std::string to = "->" + std::to_string(message.upstreamNeighbor.Get() & 0xff);
            for (const PimJoinPruneGroup& set : message.groups)
            {
                for (const PimEncodedSource& entry : set.joins)
                {
                    entries.push_back("J" + Text(entry) + to);
                }
                for (const PimEncodedSource& entry : set.prunes)
                {
                    entries.push_back("P" + Text(entry) + to);
                }
            }
        }
        return entries;
    }

    /** \returns the group's state; the test ends without it. */
    const PimGroup& Group() const
    {
        static const PimGroup none;
        const PimGroup* g = router.GetTib().FindGroup(G);
        return g == nullptr ? none : *g;
    }

    /** \returns the (S,G) state, or default state. */
    const PimSource& Source(Ipv4Address source = S) const
    {
        static const PimSource none;
        auto it = Group().sources.find(source.Get());
        return it == Group().sources.end() ? none : it->second;
    }

    PimJoinState Downstream(uint32_t interface) const
    {
        return Find(Group().downstream, interface);
    }

    PimJoinState DownstreamSg(uint32_t interface) const
    {
        return Find(Source().downstream, interface);
    }

    PimRptPruneState DownstreamRpt(uint32_t interface) const
    {
        return Find(Source().rptDownstream, interface);
    }

    PimAssertState AssertStar(uint32_t interface) const
    {
        return PimMacros::FindAssert(Group(), interface).state;
    }

    PimAssertState AssertSg(uint32_t interface) const
    {
        return PimMacros::FindAssert(Source(), interface).state;
    }

    /** \returns the row of the forwarding cache, or nullptr. */
    const MulticastForwardingEntry* Entry(Ipv4Address source = Ipv4Address::GetAny()) const
    {
        return router.GetForwarder().GetCache().Find(SourceGroup(source, G));
    }

    void Advance(double seconds)
    {
        environment.clock.Advance(Seconds(seconds));
    }

    static inline const Ipv4Address G{"239.1.1.1"};
    static inline const Ipv4Address S{"10.8.8.8"};
    static inline const Ipv4Address RP{"10.9.9.9"};
    static inline const Ipv4Address ANY{Ipv4Address::GetAny()};

    FakePimEnvironment environment;
    PimConfig config;
    FakePimDataPlane dataPlane;
    FakeGroupMembership members;
    FakePimForwarders forwarders;
    std::unique_ptr<PimInstance> instance{
        std::make_unique<PimInstance>(environment, dataPlane, config, &members)};

    // Parts of the instance and of the config
    PimTimerValues& values{config.timers};
    PimHelloMachine& hellos{instance->GetHellos()};
    const PimNeighborTable& neighbors{instance->GetNeighbors()};
    PimRpSet& rpSet{instance->GetRpSet()};
    PimEngine& router{instance->GetEngine()};

  private:
    template <typename Map>
    static typename Map::mapped_type Find(const Map& map, uint32_t key)
    {
        auto it = map.find(key);
        return it == map.end() ? typename Map::mapped_type{} : it->second;
    }

    static std::string Text(const PimEncodedSource& entry)
    {
        if (entry.wildcard)
        {
            return "(*,G)";
        }
        const std::string source =
            entry.address == S ? "S" : std::to_string(entry.address.Get() & 0xff);
        return "(" + source + (entry.rpt ? ",G,rpt)" : ",G)");
    }
};

} // namespace ns3

#endif
