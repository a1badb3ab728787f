// SPDX-License-Identifier: GPL-2.0-only
// The ns-3 face of MSDP (RFC 3618): a daemon on an RP, over ns-3's TCP.
#ifndef VXLAN_MULTICAST_MSDP_PROTOCOL_H
#define VXLAN_MULTICAST_MSDP_PROTOCOL_H

#include "ns3/active-sources.h"
#include "ns3/class-log.h"
#include "ns3/control-messages.h"
#include "ns3/ipv4.h"
#include "ns3/msdp-instance.h"
#include "ns3/object.h"
#include "ns3/pausable-clock.h"
#include "ns3/tcp-stream.h"
#include "ns3/traced-environment.h"

#include <map>
#include <memory>
#include <string>
#include <vector>

namespace ns3
{

/**
 * MSDP on a node, aggregated to it. It needs a UnicastRib and an ActiveSources (PIM).
 *
 * Trace sources: see ProtocolTraces. Reasons of Drop: truncated, length, sprefix-length, type for
 * TLVs; rp, peer-rpf, entry, filter for Source-Active; unknown-peer, not-listening for connections.
 */
class MsdpProtocol : public Object, private TracedEnvironment<MsdpEnvironment>
{
  public:
    static TypeId GetTypeId();
    MsdpProtocol();
    ~MsdpProtocol() override;

    /**
     * Adds a peering; before Start, or from the next one on.
     * \throws std::invalid_argument when an address is no unicast address, or they are the same
     */
    void AddPeer(const MsdpPeerConfig& peer);
    /** \param sources outlives this object */
    void SetSources(ActiveSources* sources);

    /** Starts with an empty cache; called by DoInitialize, or after Stop. */
    void Start();
    /** A killed daemon: its sessions end with FIN, its external sources are forgotten. */
    void Stop();
    /** Hangs or goes on: nothing is read, sent or decided, but TCP lives and all is kept. */
    void SetHanging(bool isHanging);
    bool IsRunning() const;

    /** \returns the protocol; only while it runs. */
    const MsdpInstance& GetInstance() const;
    /** \returns the sources that this speaker advertises itself, in order. */
    std::vector<SourceGroup> GetOwnSources() const;
    /** \returns the messages so far, for control.csv: protocol "msdp"; they outlive Stop. */
    const ControlMessageCounts& GetMessageCounts() const;
    /** \returns what was refused so far, by reason. */
    const std::map<std::string, uint64_t>& GetDrops() const;

  protected:
    void NotifyNewAggregate() override;
    void DoInitialize() override;
    void DoDispose() override;

  private:
    NS_LOG_CLASS_DECLARE;

    // MsdpEnvironment
    ProtocolClock& GetClock() override;
    uint64_t OpenConnection(Ipv4Address local, Ipv4Address peer) override;
    void CloseConnection(uint64_t connection) override;
    void Send(uint64_t connection, Ipv4Address peer, const MsdpMessage& message) override;
    const UnicastRoute* FindRoute(Ipv4Address destination) const override;
    std::vector<SourceGroup> GetRegisteredSources() const override;
    void SetExternalSource(const SourceGroup& key, bool active) override;
    void ReportReceived(Ipv4Address peer, const std::vector<uint8_t>& message) override;

    TcpStream::Handlers MakeHandlers(Ipv4Address peer, uint64_t connection);
    void Accept(Ptr<Socket> socket, Ipv4Address remote);
    /** Runs \p action now, or when the process goes on; not at all while it is stopped. */
    void Do(std::function<void(MsdpInstance&)> action);

    PausableClock m_clock;
    MsdpConfig m_config;
    Ptr<Ipv4> m_ipv4;
    UnicastRib* m_rib{nullptr};
    ActiveSources* m_sources{nullptr};
    std::unique_ptr<TcpAcceptor> m_acceptor;
    std::map<uint64_t, std::unique_ptr<TcpStream>> m_streams;
    uint64_t m_lastStream{0};
    std::unique_ptr<MsdpInstance> m_instance;
    bool m_isHanging{false};
    std::vector<std::function<void(MsdpInstance&)>> m_deferred;
    ControlMessageCounts m_counts;
    ProtocolTimer m_routesTimer; //!< rings at once: after the routes' own listeners
    ProtocolTraces m_traces{g_log};
};

} // namespace ns3

#endif
