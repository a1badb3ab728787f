// SPDX-License-Identifier: GPL-2.0-only
// RFC 5059 §4: Bootstrap and Candidate-RP-Advertisement.
#include "ns3/pim-message.h"

namespace ns3
{

namespace
{

std::string
ReadRange(WireReader& reader, PimBootstrapRange& range)
{
    if (std::string error = PimEncodedGroup::Read(reader, range.group); !error.empty())
    {
        return error;
    }
    range.rpCount = reader.ReadU8();
    const uint8_t fragmentCount = reader.ReadU8();
    reader.Skip(2);
    for (uint8_t i = 0; i < fragmentCount; ++i)
    {
        PimBootstrapRp rp;
        if (std::string error = PimEncodedUnicast::Read(reader, rp.address); !error.empty())
        {
            return error;
        }
        rp.holdtime = reader.ReadU16();
        rp.priority = reader.ReadU8();
        reader.Skip(1);
        range.rps.push_back(rp);
    }
    return reader.GetError();
}

} // namespace

void
PimBootstrap::Write(WireWriter& writer) const
{
    writer.WriteU16(fragmentTag);
    writer.WriteU8(hashMaskLength);
    writer.WriteU8(bsrPriority);
    PimEncodedUnicast::Write(writer, bsrAddress);
    for (const PimBootstrapRange& range : ranges)
    {
        range.group.Write(writer);
        writer.WriteU8(range.rpCount);
        writer.WriteU8(static_cast<uint8_t>(range.rps.size()));
        writer.WriteU16(0);
        for (const PimBootstrapRp& rp : range.rps)
        {
            PimEncodedUnicast::Write(writer, rp.address);
            writer.WriteU16(rp.holdtime);
            writer.WriteU8(rp.priority);
            writer.WriteU8(0);
        }
    }
}

std::string
PimBootstrap::Read(WireReader& reader, PimBootstrap& message)
{
    message.fragmentTag = reader.ReadU16();
    message.hashMaskLength = reader.ReadU8();
    message.bsrPriority = reader.ReadU8();
    if (std::string error = PimEncodedUnicast::Read(reader, message.bsrAddress); !error.empty())
    {
        return error;
    }
    if (message.hashMaskLength > 32)
    {
        return "mask-length";
    }
    while (reader.GetRemaining() > 0)
    {
        PimBootstrapRange range;
        if (std::string error = ReadRange(reader, range); !error.empty())
        {
            return error;
        }
        message.ranges.push_back(std::move(range));
    }
    return "";
}

void
PimBootstrap::Print(std::ostream& os) const
{
    os << "Bootstrap BSR " << bsrAddress << " priority " << +bsrPriority << " tag " << fragmentTag
       << " hash mask " << +hashMaskLength << (noForward ? " no-forward" : "");
    for (const PimBootstrapRange& range : ranges)
    {
        os << " [" << range.group << " " << range.rps.size() << " of " << +range.rpCount;
        for (const PimBootstrapRp& rp : range.rps)
        {
            os << " RP " << rp.address << " priority " << +rp.priority << " holdtime "
               << rp.holdtime << "s";
        }
        os << "]";
    }
}

void
PimCandidateRpAdvertisement::Write(WireWriter& writer) const
{
    writer.WriteU8(static_cast<uint8_t>(groups.size()));
    writer.WriteU8(priority);
    writer.WriteU16(holdtime);
    PimEncodedUnicast::Write(writer, rpAddress);
    for (const PimEncodedGroup& group : groups)
    {
        group.Write(writer);
    }
}

std::string
PimCandidateRpAdvertisement::Read(WireReader& reader, PimCandidateRpAdvertisement& message)
{
    const uint8_t count = reader.ReadU8();
    message.priority = reader.ReadU8();
    message.holdtime = reader.ReadU16();
    std::string error = PimEncodedUnicast::Read(reader, message.rpAddress);
    for (uint8_t i = 0; i < count && error.empty(); ++i)
    {
        PimEncodedGroup group;
        error = PimEncodedGroup::Read(reader, group);
        message.groups.push_back(group);
    }
    return error;
}

void
PimCandidateRpAdvertisement::Print(std::ostream& os) const
{
    os << "Candidate-RP-Advertisement " << rpAddress << " priority " << +priority << " holdtime "
       << holdtime << "s";
    for (const PimEncodedGroup& group : groups)
    {
        os << " " << group;
    }
}

} // namespace ns3
