// SPDX-License-Identifier: GPL-2.0-only
// Attributes of text that has a form of its own: ns-3 refuses what does not have it, where it would
// pass over a setter that says no and keep the default.
#ifndef VXLAN_MULTICAST_TEXT_CHECKER_H
#define VXLAN_MULTICAST_TEXT_CHECKER_H

#include "ns3/attribute.h"
#include "ns3/string.h"

#include <functional>
#include <stdexcept>
#include <string>
#include <utility>

namespace ns3
{

/** Lets through what a parser takes. */
class TextChecker : public AttributeChecker
{
  public:
    /**
     * \param parse throws std::invalid_argument at a text that is not right
     * \param form what is right, for messages
     */
    TextChecker(std::function<void(const std::string&)> parse, std::string form)
        : m_parse(std::move(parse)),
          m_form(std::move(form))
    {
    }

    bool Check(const AttributeValue& value) const override
    {
        const auto text = dynamic_cast<const StringValue*>(&value);
        try
        {
            text ? m_parse(text->Get()) : void();
            return text != nullptr;
        }
        catch (const std::invalid_argument&)
        {
            return false;
        }
    }

    std::string GetValueTypeName() const override
    {
        return "ns3::StringValue";
    }

    bool HasUnderlyingTypeInformation() const override
    {
        return true;
    }

    std::string GetUnderlyingTypeInformation() const override
    {
        return m_form;
    }

    Ptr<AttributeValue> Create() const override
    {
        return ns3::Create<StringValue>();
    }

    bool Copy(const AttributeValue& source, AttributeValue& destination) const override
    {
        const auto from = dynamic_cast<const StringValue*>(&source);
        auto to = dynamic_cast<StringValue*>(&destination);
        if (!from || !to)
        {
            return false;
        }
        *to = *from;
        return true;
    }

  private:
    std::function<void(const std::string&)> m_parse;
    std::string m_form;
};

} // namespace ns3

#endif
