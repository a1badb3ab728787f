// SPDX-License-Identifier: GPL-2.0-only
// Enums inside, words at the edge: the one place that maps an enum to the words of files, options,
// attributes and traces.
#ifndef VXLAN_MULTICAST_ENUM_NAMES_H
#define VXLAN_MULTICAST_ENUM_NAMES_H

#include <cstddef>
#include <iterator>
#include <optional>
#include <string>
#include <string_view>

namespace ns3
{

/**
 * The words for the enumerators of \p T, which count up from 0. Specialize it beside the enum:
 *
 *     template <>
 *     struct EnumNames<IgmpFilterMode>
 *     {
 *         static constexpr const char* NAMES[] = {"include", "exclude"};
 *     };
 */
template <typename T>
struct EnumNames;

/** \returns how many enumerators \p T has. */
template <typename T>
constexpr std::size_t
CountEnumNames()
{
    return std::size(EnumNames<T>::NAMES);
}

/** \returns the word for \p value; "?" if it is none of the enumerators. */
template <typename T>
constexpr const char*
EnumName(T value)
{
    const auto index = static_cast<std::size_t>(value);
    return index < CountEnumNames<T>() ? EnumNames<T>::NAMES[index] : "?";
}

/** \returns the enumerator that \p name stands for, or nothing. */
template <typename T>
constexpr std::optional<T>
ParseEnumName(std::string_view name)
{
    for (std::size_t i = 0; i < CountEnumNames<T>(); ++i)
    {
        if (name == EnumNames<T>::NAMES[i])
        {
            return static_cast<T>(i);
        }
    }
    return std::nullopt;
}

/** \returns all words, for an error message: "rpt, spt, bidir". */
template <typename T>
std::string
ListEnumNames(const char* separator = ", ")
{
    std::string list;
    for (const char* name : EnumNames<T>::NAMES)
    {
        list += (list.empty() ? "" : separator) + std::string(name);
    }
    return list;
}

} // namespace ns3

#endif
