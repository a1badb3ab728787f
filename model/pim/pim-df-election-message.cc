// SPDX-License-Identifier: GPL-2.0-only
// RFC 5015 §3.7.1 to §3.7.3: Offer, Winner, Backoff, Pass.
#include "ns3/pim-message.h"

namespace ns3
{

void
PimDfElection::Write(WireWriter& writer) const
{
    PimEncodedUnicast::Write(writer, rpAddress);
    writer.WriteU32(senderPreference);
    writer.WriteU32(senderMetric);
    if (subtype == Subtype::BACKOFF || subtype == Subtype::PASS)
    {
        PimEncodedUnicast::Write(writer, otherAddress);
        writer.WriteU32(otherPreference);
        writer.WriteU32(otherMetric);
    }
    if (subtype == Subtype::BACKOFF)
    {
        writer.WriteU16(interval);
    }
}

std::string
PimDfElection::Read(WireReader& reader, uint8_t subtype, PimDfElection& message)
{
    if (subtype < static_cast<uint8_t>(Subtype::OFFER) ||
        subtype > static_cast<uint8_t>(Subtype::PASS))
    {
        return "subtype";
    }
    message.subtype = static_cast<Subtype>(subtype);
    if (std::string error = PimEncodedUnicast::Read(reader, message.rpAddress); !error.empty())
    {
        return error;
    }
    message.senderPreference = reader.ReadU32();
    message.senderMetric = reader.ReadU32();
    if (message.subtype == Subtype::BACKOFF || message.subtype == Subtype::PASS)
    {
        if (std::string error = PimEncodedUnicast::Read(reader, message.otherAddress);
            !error.empty())
        {
            return error;
        }
        message.otherPreference = reader.ReadU32();
        message.otherMetric = reader.ReadU32();
    }
    if (message.subtype == Subtype::BACKOFF)
    {
        message.interval = reader.ReadU16();
    }
    return reader.GetError();
}

void
PimDfElection::Print(std::ostream& os) const
{
    static const char* const NAMES[] = {"", "Offer", "Winner", "Backoff", "Pass"};
    os << "DF " << NAMES[static_cast<uint8_t>(subtype)] << " RPA " << rpAddress << " preference "
       << senderPreference << " metric " << senderMetric;
    if (subtype == Subtype::BACKOFF || subtype == Subtype::PASS)
    {
        os << " to " << otherAddress << " preference " << otherPreference << " metric "
           << otherMetric;
    }
    if (subtype == Subtype::BACKOFF)
    {
        os << " interval " << interval << "ms";
    }
}

} // namespace ns3
