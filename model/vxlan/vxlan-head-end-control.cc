// SPDX-License-Identifier: GPL-2.0-only
#include "ns3/vxlan-head-end-control.h"

#include "ns3/ipv4.h"
#include "ns3/string.h"
#include "ns3/text-checker.h"

#include <arpa/inet.h>
#include <sstream>
#include <stdexcept>

namespace ns3
{

NS_OBJECT_ENSURE_REGISTERED(VxlanHeadEndControl);

namespace
{

/** Reads "10.0.0.1,10.0.0.2". \throws std::invalid_argument at a word that is no address */
std::vector<Ipv4Address>
ParseRemotes(const std::string& text)
{
    std::vector<Ipv4Address> remotes;
    std::istringstream words(text);
    for (std::string word; std::getline(words, word, ',');)
    {
        in_addr address;
        if (inet_pton(AF_INET, word.c_str(), &address) != 1)
        {
            throw std::invalid_argument("'" + word + "' is no IPv4 address");
        }
        remotes.emplace_back(ntohl(address.s_addr));
    }
    return remotes;
}

} // namespace

TypeId
VxlanHeadEndControl::GetTypeId()
{
    static TypeId tid =
        TypeId("ns3::VxlanHeadEndControl")
            .SetParent<VxlanLearningControl>()
            .SetGroupName("VxlanMulticast")
            .AddConstructor<VxlanHeadEndControl>()
            .AddAttribute("Remotes",
                          "The VTEPs of the VNI, separated by commas.",
                          StringValue(""),
                          MakeStringAccessor(&VxlanHeadEndControl::SetRemotesText,
                                             &VxlanHeadEndControl::GetRemotesText),
                          Create<TextChecker>([](const std::string& text) { ParseRemotes(text); },
                                              "addresses separated by commas"));
    return tid;
}

void
VxlanHeadEndControl::SetRemotes(std::vector<Ipv4Address> remotes)
{
    m_remotes = std::move(remotes);
}

void
VxlanHeadEndControl::SetRemotesText(const std::string& text)
{
    m_remotes = ParseRemotes(text);
}

std::string
VxlanHeadEndControl::GetRemotesText() const
{
    std::ostringstream text;
    for (std::size_t i = 0; i < m_remotes.size(); ++i)
    {
        text << (i == 0 ? "" : ",") << m_remotes[i];
    }
    return text.str();
}

void
VxlanHeadEndControl::Start(const VxlanVtep& vtep)
{
    VxlanLearningControl::Start(vtep);
    Ptr<Ipv4> ipv4 = vtep.node->GetObject<Ipv4>();
    for (Ipv4Address remote : m_remotes)
    {
        // One list serves all VTEPs: a copy to ourselves would only come back.
        if (ipv4->GetInterfaceForAddress(remote) < 0)
        {
            m_vtep.fdb->AddDefault(remote);
        }
    }
}

void
VxlanHeadEndControl::Stop()
{
    for (Ipv4Address remote : m_remotes)
    {
        m_vtep.fdb->RemoveDefault(remote);
    }
    VxlanLearningControl::Stop();
}

} // namespace ns3
