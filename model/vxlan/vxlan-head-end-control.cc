// SPDX-License-Identifier: GPL-2.0-only
#include "ns3/vxlan-head-end-control.h"

#include "ns3/boolean.h"
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
            .SetParent<VxlanControlPlane>()
            .SetGroupName("VxlanMulticast")
            .AddConstructor<VxlanHeadEndControl>()
            .AddAttribute("Remotes",
                          "The VTEPs of the VNI, separated by commas.",
                          StringValue(""),
                          MakeStringAccessor(&VxlanHeadEndControl::SetRemotesText,
                                             &VxlanHeadEndControl::GetRemotesText),
                          Create<TextChecker>([](const std::string& text) { ParseRemotes(text); },
                                              "addresses separated by commas"))
            .AddAttribute("Suppress",
                          "Answer ARP requests from ARP packets that came from the tunnel.",
                          BooleanValue(false),
                          MakeBooleanAccessor(&VxlanHeadEndControl::m_isSuppressing),
                          MakeBooleanChecker());
    return tid;
}

void
VxlanHeadEndControl::SetRemotes(std::vector<Ipv4Address> remotes)
{
    m_remotes = std::move(remotes);
}

void
VxlanHeadEndControl::SetRemotesText(std::string text)
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
    m_vtep = vtep;
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
    m_arp.Clear();
    m_vtep = {};
}

bool
VxlanHeadEndControl::LearnsFromFrames() const
{
    return true;
}

VxlanVerdict
VxlanHeadEndControl::Intercept(Ptr<const Packet> frame, const EthernetHeader& header)
{
    VxlanVerdict verdict;
    Ptr<Packet> answer = m_isSuppressing ? m_arp.Answer(frame, header, *m_vtep.fdb) : Ptr<Packet>();
    if (answer)
    {
        verdict.action = VxlanVerdict::Action::CONSUMED;
        m_vtep.deliverLocally(answer);
    }
    return verdict;
}

bool
VxlanHeadEndControl::Admit(Ptr<const Packet> frame, const EthernetHeader& header, Ipv4Address)
{
    m_isSuppressing ? m_arp.Hear(frame, header) : void();
    return true;
}

std::vector<VxlanNeighbor>
VxlanHeadEndControl::GetLearnedNeighbors() const
{
    return m_vtep.fdb ? m_arp.GetNeighbors(*m_vtep.fdb) : std::vector<VxlanNeighbor>();
}

} // namespace ns3
