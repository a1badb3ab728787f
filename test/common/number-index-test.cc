// SPDX-License-Identifier: GPL-2.0-only
#include "ns3/mix-hash.h"
#include "ns3/number-index.h"

#include <gtest/gtest.h>

#include <random>
#include <vector>

namespace ns3
{

namespace
{

TEST(NumberIndex, FindsWhatWasAddedAndNotRemoved)
{
    // Few hashes, so that most places are shared, and gaps are closed across the end.
    constexpr uint32_t NUMBERS = 200;
    constexpr uint64_t HASHES = 37;
    std::mt19937 random(1);
    NumberIndex index;
    std::vector<bool> there(NUMBERS);
    const auto hash = [](uint32_t number) { return MixHash(number % HASHES); };
    const auto find = [&](uint32_t number) {
        return index.Find(hash(number), [number](uint32_t other) { return other == number; });
    };
    std::size_t size = 0;
    for (uint32_t step = 0; step < 20000; ++step)
    {
        // All are added in their order before any is removed.
        const uint32_t number = step < NUMBERS ? step : static_cast<uint32_t>(random() % NUMBERS);
        there[number] ? index.Remove(hash(number), number, hash)
                      : index.Add(hash(number), number, hash);
        size = there[number] ? size - 1 : size + 1;
        there[number] = !there[number];
        const uint32_t other = static_cast<uint32_t>(random() % NUMBERS);
        ASSERT_EQ(find(other), there[other] ? other : NumberIndex::NONE) << step;
        ASSERT_EQ(index.GetSize(), size);
    }
}

TEST(NumberIndex, IsEmptyAtFirst)
{
    const NumberIndex index;
    EXPECT_EQ(index.Find(1, [](uint32_t) { return true; }), NumberIndex::NONE);
}

} // namespace

} // namespace ns3
