// SPDX-License-Identifier: GPL-2.0-only
#include "fuzz-target.h"

#include <map>

namespace ns3
{

namespace
{

std::map<std::string, const FuzzTarget*>&
Targets()
{
    static std::map<std::string, const FuzzTarget*> targets;
    return targets;
}

std::string
ToHex(const FuzzBytes& bytes)
{
    static const char* const digits = "0123456789abcdef";
    std::string text;
    for (uint8_t byte : bytes)
    {
        text += digits[byte >> 4];
        text += digits[byte & 15];
    }
    return text;
}

} // namespace

void
RequireFuzz(bool holds, const std::string& what)
{
    if (!holds)
    {
        throw FuzzFailure{what};
    }
}

void
FuzzTarget::Add() const
{
    Targets()[m_name] = this;
}

void
FuzzTarget::Run(const FuzzBytes& bytes) const
{
    if (m_body)
    {
        m_body(bytes);
    }
    else if (!CheckRewritten(bytes) && m_seal)
    {
        FuzzBytes sealed = bytes;
        m_seal(sealed);
        CheckRewritten(sealed);
    }
}

std::optional<Rewritten>
FuzzTarget::Rewrite(const FuzzBytes& bytes) const
{
    return m_rewrite ? m_rewrite(bytes) : std::nullopt;
}

/** \returns whether the codec accepts \p bytes. */
bool
FuzzTarget::CheckRewritten(const FuzzBytes& bytes) const
{
    const std::optional<Rewritten> once = m_rewrite(bytes);
    if (!once)
    {
        return false;
    }
    const std::optional<Rewritten> twice = m_rewrite(once->bytes);
    RequireFuzz(twice.has_value(), "what was written is refused: " + ToHex(once->bytes));
    RequireFuzz(twice->bytes == once->bytes,
                "what was written is read as another value: " + ToHex(once->bytes) + " as " +
                    ToHex(twice->bytes));
    RequireFuzz(twice->shown == once->shown,
                "a value changes: '" + once->shown + "' becomes '" + twice->shown + "'");
    RequireFuzz(!once->isExact || once->bytes == bytes,
                "bytes change: " + ToHex(bytes) + " become " + ToHex(once->bytes));
    return true;
}

std::vector<const FuzzTarget*>
FuzzTarget::GetAll()
{
    std::vector<const FuzzTarget*> all;
    for (const auto& [name, target] : Targets())
    {
        all.push_back(target);
    }
    return all;
}

} // namespace ns3
