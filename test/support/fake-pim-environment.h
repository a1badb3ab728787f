// SPDX-License-Identifier: GPL-2.0-only
// The surroundings of a PIM router in a test: interfaces and routes set by hand, messages kept.
#ifndef VXLAN_MULTICAST_TEST_FAKE_PIM_ENVIRONMENT_H
#define VXLAN_MULTICAST_TEST_FAKE_PIM_ENVIRONMENT_H

#include "support/fake-clock.h"

#include "ns3/pim-environment.h"

#include <gtest/gtest.h>

#include <functional>
#include <string>
#include <utility>
#include <vector>

namespace ns3
{

/** Routes that a test sets. */
class FakeUnicastRib : public UnicastRib
{
  public:
    const UnicastRoute* Lookup(Ipv4Address destination) const override
    {
        const UnicastRoute* best = nullptr;
        for (const auto& [prefix, route] : m_routes)
        {
            if (prefix.Contains(destination) &&
                (best == nullptr || prefix.GetLength() > best->prefix.GetLength()))
            {
                best = &route;
            }
        }
        return best;
    }

    std::vector<UnicastRoute> GetRoutes() const override
    {
        std::vector<UnicastRoute> routes;
        for (const auto& [prefix, route] : m_routes)
        {
            routes.push_back(route);
        }
        return routes;
    }

    void AddChangeListener(std::function<void()> listener) override
    {
        m_listeners.push_back(std::move(listener));
    }

    void AddInterfaceListener(std::function<void(uint32_t, bool)>) override
    {
    }

    /** Sets the route to \p prefix ("10.0.0.0", 8), replacing it; gateways "0.0.0.0": connected. */
    void Set(const char* address,
             uint8_t length,
             std::vector<std::pair<uint32_t, const char*>> hops,
             uint32_t metric = 1,
             uint32_t preference = 110)
    {
        const Ipv4Prefix prefix(Ipv4Address(address), length);
        UnicastRoute route;
        route.prefix = prefix;
        route.metric = metric;
        route.preference = preference;
        for (const auto& [interface, gateway] : hops)
        {
            route.nextHops.Add({interface, Ipv4Address(gateway)});
        }
        route.protocol = route.IsConnected() ? UnicastProtocol::CONNECTED : UnicastProtocol::OSPF;
        m_routes[prefix] = route;
    }

    void Remove(const char* address, uint8_t length)
    {
        m_routes.erase(Ipv4Prefix(Ipv4Address(address), length));
    }

    /** Tells the listeners, after any number of Set and Remove. */
    void NotifyChange()
    {
        for (const auto& listener : m_listeners)
        {
            listener();
        }
    }

  private:
    std::map<Ipv4Prefix, UnicastRoute> m_routes;
    std::vector<std::function<void()>> m_listeners;
};

/** Keeps what the machine under test sends and reports. */
class FakePimEnvironment : public PimEnvironment
{
  public:
    /** A message sent: on an interface, or (interface 0) by the routing table. */
    struct Sent
    {
        PimMessage message;
        uint32_t interface;
        Ipv4Address source;
        Ipv4Address destination;
        Time time;
        mutable bool isExpected{false}; //!< a test has looked at it
    };

    FakeClock& GetClock() override
    {
        return clock;
    }

    FakeRandom& GetRandom() override
    {
        return random;
    }

    FakeUnicastRib& GetRib() override
    {
        return rib;
    }

    const std::map<uint32_t, PimInterface>& GetInterfaces() const override
    {
        return interfaces;
    }

    RpfEcmp GetRpfEcmp() const override
    {
        return rpfEcmp;
    }

    void Send(const PimMessage& message,
              uint32_t interface,
              Ipv4Address destination,
              Ipv4Address source) override
    {
        const Ipv4Address primary = interfaces.at(interface).address;
        sent.push_back({message,
                        interface,
                        source == Ipv4Address::GetAny() ? primary : source,
                        destination,
                        clock.Now()});
    }

    bool SendUnicast(const PimMessage& message,
                     Ipv4Address source,
                     Ipv4Address destination) override
    {
        if (rib.Lookup(destination) == nullptr)
        {
            return false;
        }
        sent.push_back({message, 0, source, destination, clock.Now()});
        return true;
    }

    void ReportEvent(const std::string& name, const std::string& detail) override
    {
        events.push_back(name + " " + detail);
    }

    void ReportDrop(const std::string& reason) override
    {
        drops.push_back(reason);
    }

    bool TracesTransitions() const override
    {
        return true;
    }

    void ReportTransition(const ProtocolTransition& step) override
    {
        transitions.push_back(std::string(step.machine) + " " + step.key + ": " + step.oldState +
                              " " + step.event + " " + step.newState);
    }

    /** Adds an interface that is up, with its /24 as a connected route. */
    PimInterface& AddInterface(uint32_t index, const char* address)
    {
        PimInterface& interface = interfaces[index];
        interface.index = index;
        interface.name = "eth" + std::to_string(index);
        interface.address = Ipv4Address(address);
        interface.mask = Ipv4Mask("/24");
        interface.up = true;
        rib.Set(address, 24, {{index, "0.0.0.0"}}, 0, 0);
        return interface;
    }

    /** \returns the messages of type \p T sent on \p interface since \p Forget. */
    template <typename T>
    std::vector<T> Of(uint32_t interface) const
    {
        std::vector<T> found;
        for (const Sent& one : sent)
        {
            if (const T* message = one.message.As<T>(); message && one.interface == interface)
            {
                found.push_back(*message);
                one.isExpected = true;
            }
        }
        return found;
    }

    /**
     * Fails the test if anything was sent that it has not looked at, by Of or one by one, since the
     * last Forget.
     * \param isBackground what may be sent besides
     */
    void ExpectNothingElse(const std::function<bool(const Sent&)>& isBackground) const
    {
        for (const Sent& one : sent)
        {
            EXPECT_TRUE(one.isExpected || isBackground(one))
                << "nobody expected the " << GetName(one.message) << " on interface "
                << one.interface << " to " << one.destination << " at " << one.time.GetSeconds()
                << " s";
        }
    }

    /** \returns true for a Hello, which is background to all but the Hellos' own tests. */
    static bool IsHello(const Sent& one)
    {
        return one.message.As<PimHello>() != nullptr;
    }

    /** Forgets what was sent and reported. */
    void Forget()
    {
        sent.clear();
        events.clear();
        drops.clear();
        transitions.clear();
    }

    static const char* GetName(const PimMessage& message)
    {
        return message.As<PimHello>()                      ? "Hello"
               : message.As<PimJoinPrune>()                ? "Join/Prune"
               : message.As<PimAssert>()                   ? "Assert"
               : message.As<PimBootstrap>()                ? "Bootstrap"
               : message.As<PimCandidateRpAdvertisement>() ? "Candidate-RP-Advertisement"
               : message.As<PimDfElection>()               ? "DF election message"
                                                           : "message";
    }

    FakeClock clock;
    FakeRandom random;
    FakeUnicastRib rib;
    RpfEcmp rpfEcmp{RpfEcmp::HIGHEST};
    std::map<uint32_t, PimInterface> interfaces;
    std::vector<Sent> sent;
    std::vector<std::string> events; //!< "name detail"
    std::vector<std::string> drops;
    std::vector<std::string> transitions; //!< "machine key: old event new"
};

} // namespace ns3

#endif
