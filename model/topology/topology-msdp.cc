// SPDX-License-Identifier: GPL-2.0-only
#include "ns3/topology-msdp.h"

#include "ns3/text.h"
#include "ns3/topology-values.h"

namespace ns3
{

namespace
{

/** Reads `mesh=`, `in=` or `out=`; lists of prefixes have commas between. */
bool
ReadOption(const std::string& word, MsdpPeerSpec& spec)
{
    const std::size_t equals = word.find('=');
    if (equals == std::string::npos)
    {
        return false;
    }
    const std::string key = word.substr(0, equals);
    const std::string value = word.substr(equals + 1);
    if (key == "mesh")
    {
        spec.meshGroup = value;
        return IsName(value);
    }
    if (key != "in" && key != "out")
    {
        return false;
    }
    for (const std::string& part : SplitAt(value, ','))
    {
        const auto prefix = ParsePrefix(part);
        if (!prefix)
        {
            return false;
        }
        (key == "in" ? spec.in : spec.out).push_back(*prefix);
    }
    return true;
}

} // namespace

std::optional<std::vector<MsdpPeerSpec>>
ParseMsdpPeers(const std::string& text)
{
    std::vector<MsdpPeerSpec> peers;
    for (const std::string& part : SplitAt(text, ';'))
    {
        const std::vector<std::string> words =
            SplitWords(part, " \t\r\n"); // commas are within lists
        if (words.size() < 3 || words[1] != ">")
        {
            return std::nullopt;
        }
        const auto local = ParseAddress(words[0]);
        const auto peer = ParseAddress(words[2]);
        if (!local || !peer || *local == *peer)
        {
            return std::nullopt;
        }
        MsdpPeerSpec spec;
        spec.local = *local;
        spec.peer = *peer;
        for (std::size_t i = 3; i < words.size(); ++i)
        {
            if (!ReadOption(words[i], spec))
            {
                return std::nullopt;
            }
        }
        peers.push_back(std::move(spec));
    }
    return peers;
}

} // namespace ns3
