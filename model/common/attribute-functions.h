// SPDX-License-Identifier: GPL-2.0-only
// Attributes whose setting is more than an assignment: text that is parsed, values that are passed
// on. Functions of the object in place of two member functions for each attribute.
#ifndef VXLAN_MULTICAST_ATTRIBUTE_FUNCTIONS_H
#define VXLAN_MULTICAST_ATTRIBUTE_FUNCTIONS_H

#include "ns3/attribute.h"
#include "ns3/ptr.h"

#include <functional>
#include <stdexcept>
#include <utility>

namespace ns3
{

/** Reads and writes an attribute of \p Class by two functions. */
template <typename Value, typename Class>
class AttributeFunctions : public AttributeAccessor
{
  public:
    using Held = decltype(std::declval<const Value&>().Get());
    using Setter = std::function<void(Class&, const Held&)>;
    using Getter = std::function<Held(const Class&)>;

    AttributeFunctions(Setter set, Getter get)
        : m_set(std::move(set)),
          m_get(std::move(get))
    {
    }

    bool Set(ObjectBase* object, const AttributeValue& value) const override
    {
        auto* owner = dynamic_cast<Class*>(object);
        const auto* given = dynamic_cast<const Value*>(&value);
        if (owner == nullptr || given == nullptr)
        {
            return false;
        }
        try
        {
            m_set(*owner, given->Get());
            return true;
        }
        catch (const std::invalid_argument&)
        {
            return false;
        }
    }

    bool Get(const ObjectBase* object, AttributeValue& value) const override
    {
        const auto* owner = dynamic_cast<const Class*>(object);
        auto* wanted = dynamic_cast<Value*>(&value);
        if (owner == nullptr || wanted == nullptr)
        {
            return false;
        }
        wanted->Set(m_get(*owner));
        return true;
    }

    bool HasGetter() const override
    {
        return true;
    }

    bool HasSetter() const override
    {
        return true;
    }

  private:
    Setter m_set;
    Getter m_get;
};

/**
 * \tparam Value the attribute's value class: StringValue, UintegerValue, …
 * \param set takes the object and a value; throws std::invalid_argument for one that is refused
 * \param get takes the object
 * \returns the accessor, for TypeId::AddAttribute
 */
template <typename Value, typename Class>
Ptr<const AttributeAccessor>
MakeAttributeFunctions(typename AttributeFunctions<Value, Class>::Setter set,
                       typename AttributeFunctions<Value, Class>::Getter get)
{
    return Ptr<const AttributeAccessor>(
        new AttributeFunctions<Value, Class>(std::move(set), std::move(get)), false);
}

} // namespace ns3

#endif
