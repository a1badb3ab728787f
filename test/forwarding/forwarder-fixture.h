// SPDX-License-Identifier: GPL-2.0-only
// A forwarder under test: a fake clock and recorded upcalls.
#ifndef VXLAN_MULTICAST_TEST_FORWARDER_FIXTURE_H
#define VXLAN_MULTICAST_TEST_FORWARDER_FIXTURE_H

#include "ns3/multicast-forwarder.h"
#include "support/fake-clock.h"

#include <gtest/gtest.h>

#include <optional>
#include <sstream>

namespace ns3
{

/** Records upcalls; `react`, if set, is the protocol behind them. */
class RecordingUpcalls : public MulticastUpcalls
{
  public:
    Verdict NoEntry(const MulticastArrival& arrival) override
    {
        return Note("no-entry", arrival.GetKey(), arrival.interface);
    }

    Verdict WrongInterface(const MulticastArrival& arrival, const SourceGroup& entry) override
    {
        return Note("wrong-interface", entry, arrival.interface);
    }

    void SourceSeen(const SourceGroup& sourceGroup, uint32_t interface) override
    {
        Note("source", sourceGroup, interface);
    }

    void ThresholdCrossed(const SourceGroup& sourceGroup, uint32_t interface) override
    {
        Note("threshold", sourceGroup, interface);
    }

    void Idle(const SourceGroup& entry) override
    {
        Note("idle", entry, 0);
    }

    void RegisterTunnel(const MulticastArrival& arrival) override
    {
        Note("register", arrival.GetKey(), arrival.header.GetTtl());
    }

    void Displaced(const SourceGroup& entry) override
    {
        Note("displaced", entry, 0);
    }

    /** \returns what was noted since the last call, and forgets it. */
    std::string Take()
    {
        std::string text = m_notes.str();
        m_notes.str("");
        return text;
    }

    std::function<Verdict(const std::string&, const SourceGroup&)> react;

  private:
    Verdict Note(const std::string& what, const SourceGroup& key, uint32_t number)
    {
        m_notes << what << ' ' << key.GetSource() << ' ' << key.GetGroup() << ' ' << number << '\n';
        return react ? react(what, key) : Verdict::DROP;
    }

    std::ostringstream m_notes;
};

class ForwarderFixture : public testing::Test
{
  protected:
    using Outcome = MulticastDecision::Outcome;
    using Verdict = MulticastUpcalls::Verdict;

    static SourceGroup Key(const char* source, const char* group)
    {
        return SourceGroup(Ipv4Address(source), Ipv4Address(group));
    }

    static SourceGroup Any(const char* group)
    {
        return SourceGroup::StarG(Ipv4Address(group));
    }

    static MulticastEntrySpec Spec(uint32_t incoming, InterfaceSet outgoing)
    {
        MulticastEntrySpec spec;
        spec.incoming = incoming;
        spec.outgoing = outgoing;
        return spec;
    }

    /** A new forwarder in the place of the old one. */
    void Replace()
    {
        m_storage.emplace(m_clock, m_upcalls);
    }

    /** A packet of \p size IP bytes arrives. */
    MulticastDecision Send(const SourceGroup& key, uint32_t interface, uint32_t size = 120)
    {
        Ipv4Header header;
        header.SetSource(key.GetSource());
        header.SetDestination(key.GetGroup());
        header.SetTtl(10);
        return m_forwarder.Forward({header, Create<Packet>(size - 20), interface});
    }

    /** \returns the outgoing interfaces of a decision. */
    static InterfaceSet Out(const MulticastDecision& decision)
    {
        InterfaceSet set;
        if (decision.route)
        {
            for (const auto& [interface, ttl] : decision.route->GetOutputTtlMap())
            {
                set.Add(interface);
            }
        }
        return set;
    }

    const MulticastOverflowCounters& Counters() const
    {
        return m_forwarder.GetCache().GetCounters();
    }

    bool Installed(const SourceGroup& key) const
    {
        const MulticastForwardingEntry* entry = m_forwarder.GetCache().Find(key);
        return entry && entry->installed;
    }

    FakeClock m_clock;
    RecordingUpcalls m_upcalls;
    std::optional<MulticastForwarder> m_storage{std::in_place, m_clock, m_upcalls};
    MulticastForwarder& m_forwarder{*m_storage};
};

} // namespace ns3

#endif
