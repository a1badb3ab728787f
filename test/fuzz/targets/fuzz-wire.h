// SPDX-License-Identifier: GPL-2.0-only
// What targets of wire formats share: a message that writes and reads itself (wire-header.h) as a
// codec, checksums, and streams that are cut into messages.
#ifndef VXLAN_MULTICAST_FUZZ_WIRE_H
#define VXLAN_MULTICAST_FUZZ_WIRE_H

#include "fuzz-target.h"

#include "ns3/wire-buffer.h"

#include <algorithm>
#include <sstream>
#include <type_traits>
#include <utility>

namespace ns3
{

/** \returns \p message in words, whether its bytes were good or not. */
template <typename Message>
auto
ShowFuzzed(const Message& message, int)
    -> decltype(message.Print(std::declval<std::ostream&>()), std::string())
{
    std::ostringstream text;
    message.Print(text);
    return text.str();
}

template <typename Message>
std::string
ShowFuzzed(const Message&, long)
{
    return "";
}

/** \returns what \p Message makes of \p bytes. */
template <typename Message>
std::optional<Rewritten>
RewriteMessage(const FuzzBytes& bytes)
{
    WireReader reader(bytes.data(), bytes.size());
    Message message;
    const std::string error = Message::Read(reader, message);
    Rewritten result;
    result.shown = ShowFuzzed(message, 0);
    if (!error.empty())
    {
        return std::nullopt;
    }
    WireWriter writer;
    message.Write(writer);
    result.bytes = writer.GetBytes();
    return result;
}

/** Puts the Internet checksum of the first \p covered bytes into the two at \p offset. */
inline void
SealChecksum(FuzzBytes& bytes, std::size_t offset, std::size_t covered = SIZE_MAX)
{
    if (offset + 2 <= bytes.size())
    {
        bytes[offset] = 0;
        bytes[offset + 1] = 0;
        const uint16_t sum = InternetChecksum(bytes.data(), std::min(covered, bytes.size()));
        bytes[offset] = static_cast<uint8_t>(sum >> 8);
        bytes[offset + 1] = static_cast<uint8_t>(sum);
    }
}

/** The messages of a stream until it ends or is broken. */
struct FramedStream
{
    std::vector<FuzzBytes> messages;
    bool isBroken{false};
};

/**
 * \returns what a new \p Framer makes of the pieces of a stream.
 * \param next takes the next message that is whole from the framer, nothing if there is none, and
 *        sets its second argument where the stream is broken
 */
template <typename Framer, typename Next>
FramedStream
CutByFramer(const std::vector<FuzzBytes>& pieces, Next next)
{
    FramedStream stream;
    Framer framer;
    for (const FuzzBytes& piece : pieces)
    {
        framer.Append(piece);
        while (!stream.isBroken)
        {
            std::optional<FuzzBytes> message = next(framer, stream.isBroken);
            if (!message)
            {
                break;
            }
            stream.messages.push_back(std::move(*message));
        }
    }
    return stream;
}

/**
 * Checks that it does not matter in which pieces a stream comes.
 * \param bytes the first one says how large pieces are, the others are the stream
 * \param cut appends each of some pieces to a new framer, and takes out what is whole after each
 * \param isVerbatim whether messages are the bytes of the stream as they came
 */
inline void
CheckFraming(const FuzzBytes& bytes,
             const std::function<FramedStream(const std::vector<FuzzBytes>& pieces)>& cut,
             bool isVerbatim = true)
{
    if (bytes.empty())
    {
        return;
    }
    const std::size_t size = std::size_t(bytes[0]) + 1;
    const FuzzBytes stream(bytes.begin() + 1, bytes.end());
    std::vector<FuzzBytes> pieces;
    for (std::size_t from = 0; from < stream.size(); from += size)
    {
        const auto first = stream.begin() + static_cast<std::ptrdiff_t>(from);
        pieces.emplace_back(
            first, first + static_cast<std::ptrdiff_t>(std::min(size, stream.size() - from)));
    }
    const FramedStream whole = cut({stream});
    const FramedStream inPieces = cut(pieces);
    RequireFuzz(whole.messages == inPieces.messages && whole.isBroken == inPieces.isBroken,
                "a stream is cut into other messages when it comes in pieces of " +
                    std::to_string(size) + " bytes");
    FuzzBytes joined;
    for (const FuzzBytes& message : whole.messages)
    {
        RequireFuzz(!message.empty(), "an empty message");
        joined.insert(joined.end(), message.begin(), message.end());
    }
    RequireFuzz(!isVerbatim || (joined.size() <= stream.size() &&
                                std::equal(joined.begin(), joined.end(), stream.begin())),
                "messages are not the bytes of their stream");
}

} // namespace ns3

#endif
