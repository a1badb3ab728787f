// SPDX-License-Identifier: GPL-2.0-only
// Writes doc/attributes.rst and doc/trace-sources.rst from what the classes have registered:
//
//   list-types attributes >doc/attributes.rst
//   list-types trace-sources >doc/trace-sources.rst
#include "ns3/nstime.h"
#include "ns3/type-id.h"
#include "ns3/versions.h"

#include <algorithm>
#include <iostream>
#include <sstream>
#include <string>
#include <vector>

using namespace ns3;

namespace
{

/** \returns the classes of this module, by name. */
std::vector<TypeId>
FindTypes()
{
    std::vector<TypeId> types;
    for (uint16_t i = 0; i < TypeId::GetRegisteredN(); ++i)
    {
        const TypeId type = TypeId::GetRegistered(i);
        if (type.GetGroupName() == "VxlanMulticast")
        {
            types.push_back(type);
        }
    }
    std::sort(types.begin(), types.end(), [](const TypeId& a, const TypeId& b) {
        return a.GetName() < b.GetName();
    });
    return types;
}

/** \returns \p text as reStructuredText takes it literally. */
std::string
Escape(const std::string& text)
{
    std::string escaped;
    for (const char letter : text)
    {
        const bool isMarkup = std::string("*`|_\\").find(letter) != std::string::npos;
        escaped += isMarkup ? "\\" : "";
        escaped += letter;
    }
    return escaped;
}

/** \returns an attribute's value without anybody's setting. */
std::string
GetDefault(const TypeId::AttributeInformation& attribute)
{
    if (const auto* time =
            dynamic_cast<const TimeValue*>(PeekPointer(attribute.originalInitialValue)))
    {
        if (time->Get() == Time::Max())
        {
            return "never";
        }
        std::ostringstream text;
        const bool isLong = time->Get().IsZero() || time->Get() >= Seconds(1);
        isLong ? text << time->Get().GetSeconds() << " s"
               : text << time->Get().ToDouble(Time::MS) << " ms";
        return text.str();
    }
    return attribute.originalInitialValue->SerializeToString(attribute.checker);
}

/** \returns the name of an attribute's type, "Uinteger" for ns3::UintegerValue. */
std::string
GetType(const TypeId::AttributeInformation& attribute)
{
    std::string name = attribute.checker->GetValueTypeName();
    const std::string before = "ns3::";
    const std::string after = "Value";
    name.erase(0, name.rfind(before, 0) == 0 ? before.size() : 0);
    const std::size_t end = name.rfind(after);
    return end != std::string::npos && end + after.size() == name.size() ? name.substr(0, end)
                                                                         : name;
}

void
WriteHeading(const std::string& text, char line)
{
    std::cout << text << '\n' << std::string(text.size(), line) << "\n\n";
}

void
WriteHead(const std::string& page, const std::string& title)
{
    std::cout << ".. SPDX-License-Identifier: GPL-2.0-only\n"
              << ".. Written by doc/list-types.cc, do not edit: build/bin/list-types " << page
              << " >doc/" << page << ".rst\n\n";
    WriteHeading(title, '=');
}

void
WriteClass(const TypeId& type)
{
    WriteHeading(type.GetName(), '-');
    const std::string parent = type.GetParent().GetName();
    std::cout << "A ``" << parent << "``"
              << (type.GetParent().GetGroupName() == "VxlanMulticast" ? ", whose own it has, too"
                                                                      : "")
              << ".\n\n";
}

void
WriteAttributes()
{
    WriteHead("attributes", "Attributes");
    std::cout
        << "Every constant of a protocol is an attribute of a class. A program sets it by\n"
           "``Config::SetDefault(\"ns3::CLASS::ATTRIBUTE\", …)`` before the object is made, or by "
           "a helper's\n"
           "``Set``; a scenario below ``defaults`` or ``nodes``; a command line by\n"
           "``--ns3::CLASS::ATTRIBUTE=VALUE``. After each name are its default and its type.\n\n";
    for (const TypeId& type : FindTypes())
    {
        if (type.GetAttributeN() == 0)
        {
            continue;
        }
        WriteClass(type);
        for (std::size_t i = 0; i < type.GetAttributeN(); ++i)
        {
            const TypeId::AttributeInformation attribute = type.GetAttribute(i);
            const std::string value = GetDefault(attribute);
            std::cout << "``" << attribute.name
                      << "`` = " << (value.empty() ? "none" : "``" + value + "``") << " ("
                      << GetType(attribute) << ")\n  " << Escape(attribute.help) << '\n';
        }
        std::cout << '\n';
    }
}

void
WriteTraceSources()
{
    WriteHead("trace-sources", "Trace sources");
    std::cout << "What a class tells a program that has connected a callback, by ``TraceConnect`` "
                 "on the object or by\n"
                 "``Config::Connect`` with a path such as "
                 "``/NodeList/*/$ns3::PimSmRouting/Event``. After each name is the\n"
                 "callback's type. What ``Tx``, ``Rx``, ``Drop``, ``Event`` and ``Transition`` "
                 "tell is also in the log of\n"
                 "the class: ``NS_LOG=PimSmRouting=info`` (drops at level ``warn``, events at "
                 "``info``, packets at\n"
                 "``debug``, transitions at ``logic``).\n\n";
    for (const TypeId& type : FindTypes())
    {
        if (type.GetTraceSourceN() == 0)
        {
            continue;
        }
        WriteClass(type);
        for (std::size_t i = 0; i < type.GetTraceSourceN(); ++i)
        {
            const TypeId::TraceSourceInformation source = type.GetTraceSource(i);
            std::cout << "``" << source.name << "`` (``" << source.callback << "``)\n  "
                      << Escape(source.help) << '\n';
        }
        std::cout << '\n';
    }
}

} // namespace

int
main(int argc, char* argv[])
{
    const std::string page = argc == 2 ? argv[1] : "";
    if (page != "attributes" && page != "trace-sources")
    {
        std::cerr << "list-types of vxlan-multicast " << GetModuleVersion()
                  << ": give attributes or trace-sources\n";
        return 2;
    }
    page == "attributes" ? WriteAttributes() : WriteTraceSources();
    return 0;
}
