// SPDX-License-Identifier: GPL-2.0-only
// The trace sources and drop counts that every protocol's face has: Tx, Rx, Drop, Event,
// Transition.
#ifndef VXLAN_MULTICAST_PROTOCOL_TRACES_H
#define VXLAN_MULTICAST_PROTOCOL_TRACES_H

#include "ns3/class-log.h"
#include "ns3/packet.h"
#include "ns3/protocol-observer.h"
#include "ns3/trace-source-accessor.h"
#include "ns3/traced-callback.h"
#include "ns3/type-id.h"

#include <cstdint>
#include <map>
#include <string>

namespace ns3
{

/** Held by a face as a member; AddTo makes its trace sources those of the face. */
class ProtocolTraces
{
  public:
    /** Signatures of the trace sources. The interface is ns-3's Ipv4 interface number. */
    typedef void (*PacketTracedCallback)(Ptr<const Packet> packet, uint32_t interface);
    typedef void (*DropTracedCallback)(Ptr<const Packet> packet,
                                       uint32_t interface,
                                       std::string reason);
    typedef void (*EventTracedCallback)(std::string event, std::string detail);
    typedef void (*TransitionTracedCallback)(std::string machine,
                                             std::string key,
                                             std::string oldState,
                                             std::string event,
                                             std::string newState);

    /** The packet being handled, which drops are about. */
    struct Subject
    {
        Ptr<const Packet> packet{}; //!< null: none; an empty packet is traced in its place
        uint32_t interface = 0;
    };

    /** What the trace sources' texts say of this protocol. */
    struct Texts
    {
        const char* packet{"without its IP header"}; //!< what Tx and Rx show of a packet
        const char* events{""};                      //!< the names of events
        const char* prefix{""};                      //!< of the trace sources' names
    };

    /** \param log where all that is traced is logged, too: the face's component */
    explicit ProtocolTraces(LogComponent& log)
        : g_log(log)
    {
    }

    /** Adds the trace sources of \p traces, a member of \p Face, to the face's TypeId. */
    template <typename Face>
    static TypeId AddTo(TypeId tid, ProtocolTraces Face::*traces, const Texts& texts);

    void NotifyTx(Ptr<const Packet> packet, uint32_t interface);
    void NotifyRx(Ptr<const Packet> packet, uint32_t interface);

    /** Counts and traces a refused packet. */
    void NotifyDrop(Ptr<const Packet> packet, uint32_t interface, const std::string& reason);
    /** The same for the subject. */
    void NotifyDrop(const std::string& reason);
    /** \returns the subject until now. */
    Subject SetSubject(const Subject& subject);

    void NotifyEvent(const std::string& event, const std::string& detail);

    bool TracesTransitions() const
    {
        return !m_transition.IsEmpty() || g_log.IsEnabled(LOG_LOGIC);
    }

    /** \returns whether anybody looks at sent packets: who makes them for this alone may ask. */
    bool TracesTx() const
    {
        return !m_tx.IsEmpty() || g_log.IsEnabled(LOG_DEBUG);
    }

    /** \returns whether anybody looks at received packets, or at those that are refused. */
    bool TracesRx() const
    {
        return !m_rx.IsEmpty() || !m_drop.IsEmpty() || g_log.IsEnabled(LOG_DEBUG);
    }

    void NotifyTransition(const ProtocolTransition& step);

    /** \returns the refused packets so far, by reason. */
    const std::map<std::string, uint64_t>& GetDrops() const
    {
        return m_drops;
    }

  private:
    /** A trace source that is a member of a member. */
    template <typename Face, typename Source>
    class Accessor : public TraceSourceAccessor
    {
      public:
        Accessor(ProtocolTraces Face::*traces, Source ProtocolTraces::*source)
            : m_traces(traces),
              m_source(source)
        {
        }

        bool ConnectWithoutContext(ObjectBase* object, const CallbackBase& callback) const override
        {
            Source* source = Find(object);
            return source != nullptr && (source->ConnectWithoutContext(callback), true);
        }

        bool Connect(ObjectBase* object,
                     std::string context,
                     const CallbackBase& callback) const override
        {
            Source* source = Find(object);
            return source != nullptr && (source->Connect(callback, context), true);
        }

        bool DisconnectWithoutContext(ObjectBase* object,
                                      const CallbackBase& callback) const override
        {
            Source* source = Find(object);
            return source != nullptr && (source->DisconnectWithoutContext(callback), true);
        }

        bool Disconnect(ObjectBase* object,
                        std::string context,
                        const CallbackBase& callback) const override
        {
            Source* source = Find(object);
            return source != nullptr && (source->Disconnect(callback, context), true);
        }

      private:
        Source* Find(ObjectBase* object) const
        {
            auto* face = dynamic_cast<Face*>(object);
            return face == nullptr ? nullptr : &((face->*m_traces).*m_source);
        }

        ProtocolTraces Face::*m_traces;
        Source ProtocolTraces::*m_source;
    };

    template <typename Face, typename Source>
    static Ptr<const TraceSourceAccessor> MakeAccessor(ProtocolTraces Face::*traces,
                                                       Source ProtocolTraces::*source)
    {
        return Ptr<const TraceSourceAccessor>(new Accessor<Face, Source>(traces, source), false);
    }

    LogComponent& g_log; // what NS_LOG macros write to
    Subject m_subject;
    std::map<std::string, uint64_t> m_drops;
    TracedCallback<Ptr<const Packet>, uint32_t> m_tx;
    TracedCallback<Ptr<const Packet>, uint32_t> m_rx;
    TracedCallback<Ptr<const Packet>, uint32_t, std::string> m_drop;
    TracedCallback<std::string, std::string> m_event;
    TracedCallback<std::string, std::string, std::string, std::string, std::string> m_transition;
};

template <typename Face>
TypeId
ProtocolTraces::AddTo(TypeId tid, ProtocolTraces Face::*traces, const Texts& texts)
{
    const std::string packet = texts.packet;
    const std::string prefix = texts.prefix;
    return tid
        .AddTraceSource(prefix + "Tx",
                        "A packet is sent, " + packet + ", on an interface.",
                        MakeAccessor(traces, &ProtocolTraces::m_tx),
                        "ns3::ProtocolTraces::PacketTracedCallback")
        .AddTraceSource(prefix + "Rx",
                        "A packet arrives, " + packet + ", on an interface.",
                        MakeAccessor(traces, &ProtocolTraces::m_rx),
                        "ns3::ProtocolTraces::PacketTracedCallback")
        .AddTraceSource(prefix + "Drop",
                        "A packet, or a part of it, is refused for a reason.",
                        MakeAccessor(traces, &ProtocolTraces::m_drop),
                        "ns3::ProtocolTraces::DropTracedCallback")
        .AddTraceSource(prefix + "Event",
                        std::string(texts.events) + "; with a detail.",
                        MakeAccessor(traces, &ProtocolTraces::m_event),
                        "ns3::ProtocolTraces::EventTracedCallback")
        .AddTraceSource(prefix + "Transition",
                        "A state machine takes a step: machine, key, old state, event, new state.",
                        MakeAccessor(traces, &ProtocolTraces::m_transition),
                        "ns3::ProtocolTraces::TransitionTracedCallback");
}

} // namespace ns3

#endif
