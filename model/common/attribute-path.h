// SPDX-License-Identifier: GPL-2.0-only
// Attributes whose values lie in a member of a member: constants are held by composition, in one
// struct for each state machine, and ns-3's own accessors reach direct members only.
#ifndef VXLAN_MULTICAST_ATTRIBUTE_PATH_H
#define VXLAN_MULTICAST_ATTRIBUTE_PATH_H

#include "ns3/attribute.h"
#include "ns3/ptr.h"

#include <tuple>
#include <type_traits>

namespace ns3
{

/** Reads and writes what \p Steps, pointers to members, lead to from an object of class \p Class.
 */
template <typename Value, typename Class, typename... Steps>
class AttributePath : public AttributeAccessor
{
  public:
    explicit AttributePath(Steps... steps)
        : m_steps(steps...)
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
        auto& target = Follow(*owner);
        target = static_cast<std::decay_t<decltype(target)>>(given->Get());
        return true;
    }

    bool Get(const ObjectBase* object, AttributeValue& value) const override
    {
        const auto* owner = dynamic_cast<const Class*>(object);
        auto* wanted = dynamic_cast<Value*>(&value);
        if (owner == nullptr || wanted == nullptr)
        {
            return false;
        }
        wanted->Set(static_cast<std::decay_t<decltype(wanted->Get())>>(Follow(*owner)));
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
    template <typename Owner>
    auto& Follow(Owner& owner) const
    {
        return std::apply(
            [&](auto... steps) -> auto& { return Walk(owner, steps...); }, m_steps);
    }

    template <typename Owner, typename Step, typename... Rest>
    static auto& Walk(Owner& owner, Step step, Rest... rest)
    {
        if constexpr (sizeof...(Rest) == 0)
        {
            return owner.*step;
        }
        else
        {
            return Walk(owner.*step, rest...);
        }
    }

    std::tuple<Steps...> m_steps;
};

/**
 * \tparam Value the attribute's value class: TimeValue, UintegerValue, …
 * \param first a member of the object's class
 * \param steps members of that member, and so on, to the value
 * \returns the accessor, for TypeId::AddAttribute
 */
template <typename Value, typename Class, typename Member, typename... Steps>
Ptr<const AttributeAccessor>
MakeAttributePath(Member Class::*first, Steps... steps)
{
    using Path = AttributePath<Value, Class, Member Class::*, Steps...>;
    return Ptr<const AttributeAccessor>(new Path(first, steps...), false);
}

} // namespace ns3

#endif
