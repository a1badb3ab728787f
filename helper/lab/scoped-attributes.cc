// SPDX-License-Identifier: GPL-2.0-only
#include "ns3/scoped-attributes.h"

#include "ns3/config.h"
#include "ns3/string.h"
#include "ns3/type-id.h"

namespace ns3
{

ScopedAttributes::ScopedAttributes(const std::vector<AttributeSetting>& settings)
{
    for (const AttributeSetting& setting : settings)
    {
        const std::size_t colons = setting.name.rfind("::");
        const TypeId tid = TypeId::LookupByName(setting.name.substr(0, colons));
        TypeId::AttributeInformation information;
        tid.LookupAttributeByName(setting.name.substr(colons + 2), &information);
        m_before.emplace_back(setting.name, information.initialValue);
        Config::SetDefault(setting.name, StringValue(setting.value));
    }
}

ScopedAttributes::~ScopedAttributes()
{
    for (auto it = m_before.rbegin(); it != m_before.rend(); ++it)
    {
        Config::SetDefault(it->first, *it->second);
    }
}

} // namespace ns3
