// SPDX-License-Identifier: GPL-2.0-only
// Enums as attributes: EnumValue with the words of EnumNames. ns-3's EnumValue became a template in
// 3.41; both forms are served.
#ifndef VXLAN_MULTICAST_ENUM_ATTRIBUTE_H
#define VXLAN_MULTICAST_ENUM_ATTRIBUTE_H

#include "ns3/attribute-path.h"
#include "ns3/enum-names.h"
#include "ns3/enum.h"

#include <string>

namespace ns3
{

/** Names ns-3's classes for the enum \p T. The argument is a class, or since 3.41 a template. */
template <typename T>
struct EnumAttributeOf
{
    template <typename Class>
    static Class Pick();
    template <template <typename> class Template>
    static Template<T> Pick();
    template <typename Class>
    static int Number();
    template <template <typename> class Template>
    static T Number();
};

/** ns-3's value of an attribute of enum \p T. */
template <typename T>
using EnumAttributeValue = decltype(EnumAttributeOf<T>::template Pick<EnumValue>());

/** \returns the attribute's default. */
template <typename T>
EnumAttributeValue<T>
MakeEnumAttribute(T value)
{
    return EnumAttributeValue<T>(
        static_cast<decltype(EnumAttributeOf<T>::template Number<EnumValue>())>(value));
}

/** \returns a checker that knows the words of EnumNames<T>. */
template <typename T>
Ptr<const AttributeChecker>
MakeEnumAttributeChecker()
{
    using Checker = decltype(EnumAttributeOf<T>::template Pick<EnumChecker>());
    using Number = decltype(EnumAttributeOf<T>::template Number<EnumChecker>());
    Ptr<Checker> checker = Create<Checker>();
    for (std::size_t i = 0; i < CountEnumNames<T>(); ++i)
    {
        checker->Add(static_cast<Number>(static_cast<T>(i)), EnumNames<T>::NAMES[i]);
    }
    return checker;
}

/** \returns the accessor; see MakeAttributePath. */
template <typename T, typename Class, typename Member, typename... Steps>
Ptr<const AttributeAccessor>
MakeEnumAttributePath(Member Class::*first, Steps... steps)
{
    return MakeAttributePath<EnumAttributeValue<T>>(first, steps...);
}

} // namespace ns3

#endif
