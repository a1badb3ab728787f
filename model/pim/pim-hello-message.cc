// SPDX-License-Identifier: GPL-2.0-only
// RFC 7761 §4.9.2, RFC 5015 §3.7.4: Hello and its options.
#include "ns3/pim-message.h"

namespace ns3
{

namespace
{

constexpr uint16_t OPTION_HOLDTIME = 1;
constexpr uint16_t OPTION_LAN_PRUNE_DELAY = 2;
constexpr uint16_t OPTION_DR_PRIORITY = 19;
constexpr uint16_t OPTION_GENERATION_ID = 20;
constexpr uint16_t OPTION_BIDIRECTIONAL = 22;
constexpr uint16_t OPTION_ADDRESS_LIST = 24;

constexpr uint16_t TRACKING_BIT = 0x8000;

void
WriteOption(WireWriter& writer, uint16_t type, uint16_t length)
{
    writer.WriteU16(type);
    writer.WriteU16(length);
}

std::string
ReadAddressList(WireReader option, std::vector<Ipv4Address>& addresses)
{
    while (option.GetRemaining() > 0)
    {
        Ipv4Address address;
        if (std::string error = PimEncodedUnicast::Read(option, address); !error.empty())
        {
            return error == "truncated" ? "option-length" : error;
        }
        addresses.push_back(address);
    }
    return "";
}

/** Reads one option of a Hello; those unknown are skipped (RFC 7761 §4.9.2). */
std::string
ReadOption(uint16_t type, WireReader option, PimHello& hello)
{
    const std::size_t length = option.GetRemaining();
    std::size_t expected = length;
    switch (type)
    {
    case OPTION_HOLDTIME:
        expected = 2;
        hello.holdtime = option.ReadU16();
        break;
    case OPTION_LAN_PRUNE_DELAY: {
        expected = 4;
        const uint16_t first = option.ReadU16();
        hello.lanPruneDelay = PimLanPruneDelay{(first & TRACKING_BIT) != 0,
                                               static_cast<uint16_t>(first & ~TRACKING_BIT),
                                               option.ReadU16()};
        break;
    }
    case OPTION_DR_PRIORITY:
        expected = 4;
        hello.drPriority = option.ReadU32();
        break;
    case OPTION_GENERATION_ID:
        expected = 4;
        hello.generationId = option.ReadU32();
        break;
    case OPTION_BIDIRECTIONAL:
        expected = 0;
        hello.bidirectionalCapable = true;
        break;
    case OPTION_ADDRESS_LIST:
        return ReadAddressList(option, hello.secondaryAddresses);
    default:
        break;
    }
    return length == expected ? "" : "option-length";
}

} // namespace

void
PimHello::Write(WireWriter& writer) const
{
    if (holdtime)
    {
        WriteOption(writer, OPTION_HOLDTIME, 2);
        writer.WriteU16(*holdtime);
    }
    if (lanPruneDelay)
    {
        WriteOption(writer, OPTION_LAN_PRUNE_DELAY, 4);
        writer.WriteU16((lanPruneDelay->trackingSupport ? TRACKING_BIT : 0) |
                        (lanPruneDelay->propagationDelay & ~TRACKING_BIT));
        writer.WriteU16(lanPruneDelay->overrideInterval);
    }
    if (drPriority)
    {
        WriteOption(writer, OPTION_DR_PRIORITY, 4);
        writer.WriteU32(*drPriority);
    }
    if (generationId)
    {
        WriteOption(writer, OPTION_GENERATION_ID, 4);
        writer.WriteU32(*generationId);
    }
    if (bidirectionalCapable)
    {
        WriteOption(writer, OPTION_BIDIRECTIONAL, 0);
    }
    if (!secondaryAddresses.empty())
    {
        WriteOption(writer,
                    OPTION_ADDRESS_LIST,
                    static_cast<uint16_t>(PimEncodedUnicast::SIZE * secondaryAddresses.size()));
        for (Ipv4Address address : secondaryAddresses)
        {
            PimEncodedUnicast::Write(writer, address);
        }
    }
}

std::string
PimHello::Read(WireReader& reader, PimHello& hello)
{
    while (reader.GetRemaining() > 0)
    {
        const uint16_t type = reader.ReadU16();
        const uint16_t length = reader.ReadU16();
        const WireReader option = reader.Sub(length);
        if (reader.IsTruncated())
        {
            return "truncated";
        }
        if (std::string error = ReadOption(type, option, hello); !error.empty())
        {
            return error;
        }
    }
    return "";
}

void
PimHello::Print(std::ostream& os) const
{
    os << "Hello";
    if (holdtime)
    {
        os << " holdtime " << *holdtime << "s";
    }
    if (lanPruneDelay)
    {
        os << " delay " << lanPruneDelay->propagationDelay << "ms override "
           << lanPruneDelay->overrideInterval << "ms"
           << (lanPruneDelay->trackingSupport ? " tracking" : "");
    }
    if (drPriority)
    {
        os << " DR priority " << *drPriority;
    }
    if (generationId)
    {
        os << " generation " << *generationId;
    }
    for (Ipv4Address address : secondaryAddresses)
    {
        os << " secondary " << address;
    }
    os << (bidirectionalCapable ? " bidirectional" : "");
}

} // namespace ns3
