// SPDX-License-Identifier: GPL-2.0-only
// OpenFlow: messages, the stream, flows as text, frames that a controller reads. LISP's control
// messages of the map server.
#include "fuzz-wire.h"

#include "ns3/map-message.h"
#include "ns3/openflow-frame.h"
#include "ns3/openflow-message.h"
#include "ns3/openflow-packets.h"
#include "ns3/openflow-text.h"

#include <stdexcept>

namespace ns3
{

namespace
{

std::string
ShowFlow(const OpenflowMatch& match, const OpenflowActions& actions)
{
    return ToString(match) + " actions=" + ToString(actions);
}

std::optional<Rewritten>
RewriteOpenflow(const FuzzBytes& bytes)
{
    OpenflowMessage message;
    if (OpenflowMessage::Read(bytes.data(), bytes.size(), message))
    {
        return std::nullopt;
    }
    Rewritten result{message.ToBytes()};
    if (const auto* flow = std::get_if<OpenflowFlowMod>(&message.body))
    {
        result.shown = ShowFlow(flow->match, flow->actions);
        RequireFuzz(flow->match.IsWithin(flow->match), "a match that is not within itself");
    }
    // Optional lengths come longer than they went in notes and hellos alone.
    return result.bytes.size() <= 0xffff ? std::optional<Rewritten>(result) : std::nullopt;
}

void
SealOpenflow(FuzzBytes& bytes)
{
    if (bytes.size() >= 8 && bytes.size() <= 0xffff)
    {
        bytes[0] = OPENFLOW_VERSION_1_3;
        bytes[2] = static_cast<uint8_t>(bytes.size() >> 8);
        bytes[3] = static_cast<uint8_t>(bytes.size());
    }
}

FramedStream
CutOpenflow(const std::vector<FuzzBytes>& pieces)
{
    FramedStream result;
    FuzzBytes stream;
    for (const FuzzBytes& piece : pieces)
    {
        stream.insert(stream.end(), piece.begin(), piece.end());
        while (!result.isBroken)
        {
            const std::size_t size = FindOpenflowMessage(stream);
            result.isBroken = size == SIZE_MAX;
            if (size == 0 || result.isBroken)
            {
                break;
            }
            const auto end = stream.begin() + static_cast<std::ptrdiff_t>(size);
            result.messages.emplace_back(stream.begin(), end);
            stream.erase(stream.begin(), end);
        }
    }
    return result;
}

/** A flow in ovs-ofctl's words is the same after it was printed. */
void
CheckFlowText(const FuzzBytes& bytes)
{
    OpenflowFlowMod flow;
    try
    {
        flow = ParseOpenflowFlow(std::string(bytes.begin(), bytes.end()));
    }
    catch (const std::invalid_argument& error)
    {
        RequireFuzz(*error.what() != '\0', "a refusal without a word");
        return;
    }
    const std::string match = ToString(flow.match);
    const std::string actions = ToString(flow.actions);
    OpenflowFlowMod again;
    try
    {
        again = ParseOpenflowFlow(match + (match.empty() ? "" : ",") + "actions=" + actions);
    }
    catch (const std::invalid_argument& error)
    {
        RequireFuzz(false, "'" + match + " actions=" + actions + "' is refused: " + error.what());
    }
    RequireFuzz(again.match == flow.match && again.actions == flow.actions,
                "'" + ShowFlow(flow.match, flow.actions) + "' becomes '" +
                    ShowFlow(again.match, again.actions) + "'");
}

/** A frame as a switch and its controller see it: fields are read, written, and read again. */
void
CheckFrame(const FuzzBytes& bytes)
{
    if (bytes.size() < 14)
    {
        return;
    }
    if (const auto arp = ParseFrameArp(bytes))
    {
        const auto reply =
            ParseFrameArp(MakeFrameArpReply(*arp, arp->targetIp, GetFrameDestination(bytes)));
        RequireFuzz(reply && reply->operation == 2 && reply->targetIp == arp->senderIp &&
                        reply->targetMac == arp->senderMac,
                    "an ARP reply that answers another request");
    }
    for (const OpenflowIgmpChange& change : ParseFrameIgmp(bytes))
    {
        RequireFuzz(IsFrameIgmp(bytes) && change.group.IsMulticast(), "a group that is none");
    }
    OpenflowFrame frame(Create<Packet>(bytes.data(), static_cast<uint32_t>(bytes.size())), 1);
    for (int i = 0; i <= static_cast<int>(OpenflowField::TUN_IPV4_DST); ++i)
    {
        const auto field = static_cast<OpenflowField>(i);
        const OpenflowFieldInfo& info = GetOpenflowFieldInfo(field);
        const auto value = frame.Get(field);
        if (!value)
        {
            continue;
        }
        RequireFuzz((*value & ~info.GetFullMask()) == 0, "a field is wider than it is");
        OpenflowMatch match;
        match.Set(field, *value);
        RequireFuzz(frame.Matches(match), "a frame does not match its own field");
        if (info.settable)
        {
            const uint64_t other = ~*value & info.GetFullMask();
            frame.Set(field, other);
            RequireFuzz(frame.Get(field) == other, "a field is not as it was set");
            frame.Set(field, *value);
        }
    }
    RequireFuzz(frame.GetSize() == bytes.size(), "a frame's size changes");
}

std::optional<Rewritten>
RewriteMap(const FuzzBytes& bytes)
{
    GetMapMessageName(bytes);
    MapMessage message;
    if (!MapMessage::Read(bytes, message).empty())
    {
        return std::nullopt;
    }
    if (std::holds_alternative<MapRegister>(message.body) ||
        std::holds_alternative<MapNotify>(message.body))
    {
        const std::string key = "secret";
        VerifyMapMessage(bytes, message, MAP_HMAC_SHA1_96, key);
        const auto algorithm = static_cast<uint8_t>(bytes.back() % 4);
        const FuzzBytes signedBytes = SignMapMessage(message, algorithm, bytes.front(), key);
        MapMessage again;
        RequireFuzz(MapMessage::Read(signedBytes, again).empty(), "a signed message is refused");
        RequireFuzz(VerifyMapMessage(signedBytes, again, algorithm, key), "a false signature");
    }
    return Rewritten{message.ToBytes(), message.GetName()};
}

const FuzzTarget openflow("openflow", RewriteOpenflow, SealOpenflow);
const FuzzTarget openflowStream("openflow-stream",
                                [](const FuzzBytes& bytes) { CheckFraming(bytes, CutOpenflow); });
const FuzzTarget openflowFlow("openflow-flow", CheckFlowText);
const FuzzTarget openflowFrame("openflow-frame", CheckFrame);
const FuzzTarget mapServer("map-server", RewriteMap);

} // namespace

} // namespace ns3
