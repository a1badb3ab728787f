// SPDX-License-Identifier: GPL-2.0-only
// Numbers that RapidCheck draws.
#pragma once

#include <rapidcheck.h>

#include <string>

/** \returns one of 0 to \p bound - 1. */
inline int
Below(int bound)
{
    return *rc::gen::inRange(0, bound);
}

/** \returns one of \p min to \p max as text. */
inline std::string
Number(int min, int max)
{
    return std::to_string(*rc::gen::inRange(min, max + 1));
}
