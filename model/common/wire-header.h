// SPDX-License-Identifier: GPL-2.0-only
// Makes an ns-3 Header of a message struct that can write and read itself, so that each protocol's
// codec is a struct and two functions.
#ifndef VXLAN_MULTICAST_WIRE_HEADER_H
#define VXLAN_MULTICAST_WIRE_HEADER_H

#include "ns3/header.h"
#include "ns3/packet.h"
#include "ns3/wire-buffer.h"

#include <boost/container/small_vector.hpp>

#include <optional>
#include <string>

namespace ns3
{

/**
 * An ns-3 header that fills the rest of its packet with one message. \p Message offers
 * - `static constexpr const char* TYPE_NAME` ("ns3::PimMessage"),
 * - `void Write(WireWriter&) const`,
 * - `static std::string Read(WireReader&, Message&)`: empty, or a short error such as "checksum",
 * - `void Print(std::ostream&) const`.
 */
template <typename Message>
class WireHeader : public Header
{
  public:
    WireHeader() = default;

    explicit WireHeader(Message message)
        : m_message(std::move(message))
    {
    }

    static TypeId GetTypeId()
    {
        static TypeId tid = TypeId(Message::TYPE_NAME)
                                .SetParent<Header>()
                                .SetGroupName("VxlanMulticast")
                                .template AddConstructor<WireHeader<Message>>();
        return tid;
    }

    TypeId GetInstanceTypeId() const override
    {
        return GetTypeId();
    }

    const Message& GetMessage() const
    {
        return m_message;
    }

    /** \returns what was wrong with the bytes last read; empty when they were well-formed. */
    const std::string& GetError() const
    {
        return m_error;
    }

    uint32_t GetSerializedSize() const override
    {
        return static_cast<uint32_t>(GetBytes().size());
    }

    void Serialize(Buffer::Iterator start) const override
    {
        start.Write(GetBytes().data(), static_cast<uint32_t>(GetBytes().size()));
    }

    uint32_t Deserialize(Buffer::Iterator start) override
    {
        std::vector<uint8_t> bytes(start.GetRemainingSize());
        start.Read(bytes.data(), static_cast<uint32_t>(bytes.size()));
        WireReader reader(bytes.data(), bytes.size());
        m_message = Message();
        m_error = Message::Read(reader, m_message);
        m_written.reset();
        return static_cast<uint32_t>(reader.GetPosition());
    }

    void Print(std::ostream& os) const override
    {
        m_message.Print(os);
    }

  private:
    /** \returns the message as bytes: ns-3 asks for their number first, and then for them. */
    const std::vector<uint8_t>& GetBytes() const
    {
        if (!m_written)
        {
            m_written.emplace();
            m_message.Write(*m_written);
        }
        return m_written->GetBytes();
    }

    Message m_message;
    std::string m_error;
    mutable std::optional<WireWriter> m_written; //!< the message, once asked for
};

/** The bytes of a message, which need no copy of it, under the name of its WireHeader. */
template <typename Message>
class WrittenHeader : public Header
{
  public:
    explicit WrittenHeader(const Message& message)
    {
        message.Write(m_written);
    }

    TypeId GetInstanceTypeId() const override
    {
        return WireHeader<Message>::GetTypeId();
    }

    uint32_t GetSerializedSize() const override
    {
        return static_cast<uint32_t>(m_written.GetSize());
    }

    void Serialize(Buffer::Iterator start) const override
    {
        start.Write(m_written.GetBytes().data(), GetSerializedSize());
    }

    /** It is only written: ns-3 reads WireHeader. */
    uint32_t Deserialize(Buffer::Iterator) override
    {
        return 0;
    }

    void Print(std::ostream& os) const override
    {
        os << Message::TYPE_NAME;
    }

  private:
    WireWriter m_written;
};

/** \returns the bytes of \p message as a packet. */
template <typename Message>
Ptr<Packet>
ToPacket(const Message& message)
{
    Ptr<Packet> packet = Create<Packet>();
    packet->AddHeader(WrittenHeader<Message>(message));
    return packet;
}

/** Reads the whole of \p packet as one message. \returns empty, or what is wrong with it. */
template <typename Message>
std::string
FromPacket(Ptr<const Packet> packet, Message& message)
{
    constexpr std::size_t USUAL_SIZE = 1536; // of packets, which need no allocation
    boost::container::small_vector<uint8_t, USUAL_SIZE> bytes(packet->GetSize(),
                                                              boost::container::default_init);
    packet->CopyData(bytes.data(), static_cast<uint32_t>(bytes.size()));
    WireReader reader(bytes.data(), bytes.size());
    message = Message();
    return Message::Read(reader, message);
}

} // namespace ns3

#endif
