// SPDX-License-Identifier: GPL-2.0-only
// Bytes to fields and back. Reading is total: past the end it gives zeros and remembers the
// failure, so that a codec checks once, at the end of a message, and never reads what is not there.
#ifndef VXLAN_MULTICAST_WIRE_BUFFER_H
#define VXLAN_MULTICAST_WIRE_BUFFER_H

#include "ns3/ipv4-address.h"

#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <string>
#include <vector>

namespace ns3
{

/** Reads big-endian fields from a range of bytes that outlives it. */
class WireReader
{
  public:
    WireReader(const uint8_t* data, std::size_t size)
        : m_data(data),
          m_size(size)
    {
    }

    uint8_t ReadU8()
    {
        return static_cast<uint8_t>(Read<1>());
    }

    uint16_t ReadU16()
    {
        return static_cast<uint16_t>(Read<2>());
    }

    uint32_t ReadU24()
    {
        return static_cast<uint32_t>(Read<3>());
    }

    uint32_t ReadU32()
    {
        return static_cast<uint32_t>(Read<4>());
    }

    Ipv4Address ReadIpv4()
    {
        return Ipv4Address(ReadU32());
    }

    std::vector<uint8_t> ReadBytes(std::size_t count)
    {
        const std::size_t from = m_position;
        Skip(count);
        return m_truncated ? std::vector<uint8_t>()
                           : std::vector<uint8_t>(m_data + from, m_data + from + count);
    }

    void Skip(std::size_t count)
    {
        if (count > GetRemaining())
        {
            m_truncated = true;
            m_position = m_size;
            return;
        }
        m_position += count;
    }

    /** \returns a reader of the next \p count bytes alone, and steps over them. */
    WireReader Sub(std::size_t count)
    {
        const uint8_t* from = m_data + m_position;
        const std::size_t there = count < GetRemaining() ? count : GetRemaining();
        Skip(count);
        return WireReader(from, there);
    }

    std::size_t GetRemaining() const
    {
        return m_size - m_position;
    }

    /** \returns where the rest begins. */
    const uint8_t* GetNext() const
    {
        return m_data + m_position;
    }

    std::size_t GetPosition() const
    {
        return m_position;
    }

    /** \returns true once a read went past the end. */
    bool IsTruncated() const
    {
        return m_truncated;
    }

    /** \returns "truncated" once a read went past the end, empty before: a codec's last word. */
    std::string GetError() const
    {
        return m_truncated ? "truncated" : "";
    }

  private:
    /** \tparam N bytes, which a compiler reads at once */
    template <std::size_t N>
    uint32_t Read()
    {
        const uint8_t* from = GetNext();
        Skip(N);
        uint32_t value = 0;
        for (std::size_t i = 0; i < N && !m_truncated; ++i)
        {
            value = value << 8 | from[i];
        }
        return value;
    }

    const uint8_t* m_data;
    std::size_t m_size;
    std::size_t m_position{0};
    bool m_truncated{false};
};

/** Appends big-endian fields to a vector of bytes. */
class WireWriter
{
  public:
    WireWriter()
    {
        m_bytes.reserve(USUAL_SIZE);
    }

    void WriteU8(uint8_t value)
    {
        m_bytes.push_back(value);
    }

    void WriteU16(uint16_t value)
    {
        Append({static_cast<uint8_t>(value >> 8), static_cast<uint8_t>(value)});
    }

    void WriteU24(uint32_t value)
    {
        WriteU8(static_cast<uint8_t>(value >> 16));
        WriteU16(static_cast<uint16_t>(value));
    }

    void WriteU32(uint32_t value)
    {
        Append({static_cast<uint8_t>(value >> 24),
                static_cast<uint8_t>(value >> 16),
                static_cast<uint8_t>(value >> 8),
                static_cast<uint8_t>(value)});
    }

    void WriteIpv4(Ipv4Address address)
    {
        WriteU32(address.Get());
    }

    void WriteBytes(const std::vector<uint8_t>& bytes)
    {
        m_bytes.insert(m_bytes.end(), bytes.begin(), bytes.end());
    }

    /** Overwrites the 16 bits at \p position, for checksums and lengths known late. */
    void PatchU16(std::size_t position, uint16_t value)
    {
        m_bytes[position] = static_cast<uint8_t>(value >> 8);
        m_bytes[position + 1] = static_cast<uint8_t>(value);
    }

    std::size_t GetSize() const
    {
        return m_bytes.size();
    }

    const std::vector<uint8_t>& GetBytes() const
    {
        return m_bytes;
    }

  private:
    static constexpr std::size_t USUAL_SIZE = 64; //!< bytes that most messages do with

    void Append(std::initializer_list<uint8_t> bytes)
    {
        for (uint8_t byte : bytes) // a range would be copied by a call for its few bytes
        {
            m_bytes.push_back(byte);
        }
    }

    std::vector<uint8_t> m_bytes;
};

/** \returns the sum of the 16-bit words of \p size bytes, modulo 65535 but never 0 unless all are;
 * those of several ranges of whole words may be added. */
inline uint64_t
SumInternetWords(const uint8_t* data, std::size_t size)
{
    uint64_t sum = 0;
    std::size_t i = 0;
    for (; i + 3 < size; i += 4) // two words at a time: the carry comes round in the end
    {
        sum += uint32_t(data[i]) << 24 | uint32_t(data[i + 1]) << 16 | uint32_t(data[i + 2]) << 8 |
               data[i + 3];
    }
    for (; i + 1 < size; i += 2)
    {
        sum += uint32_t(data[i]) << 8 | data[i + 1];
    }
    return size % 2 == 0 ? sum : sum + (uint32_t(data[size - 1]) << 8);
}

/** \returns the Internet checksum (RFC 1071) of words with this sum. */
inline uint16_t
FinishInternetSum(uint64_t sum)
{
    while (sum >> 16 != 0)
    {
        sum = (sum & 0xffff) + (sum >> 16);
    }
    return static_cast<uint16_t>(~sum);
}

/** The Internet checksum (RFC 1071) of \p size bytes; 0 when a range with its checksum is right. */
inline uint16_t
InternetChecksum(const uint8_t* data, std::size_t size)
{
    return FinishInternetSum(SumInternetWords(data, size));
}

} // namespace ns3

#endif
