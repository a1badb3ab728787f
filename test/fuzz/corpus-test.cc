// SPDX-License-Identifier: GPL-2.0-only
// The targets of libFuzzer without it (doc/fuzzing.rst): every seed of test/fuzz/corpus/, and the
// same changes of them in every run. What processes have sent, or a program wrote, is written again
// byte by byte.
#include "targets/fuzz-target.h"

#include "support/paths.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <random>

using namespace ns3;

namespace
{

/** In characters, for all the changes of one target: short inputs are changed more often. */
constexpr std::size_t WORK = 600000;
constexpr std::size_t MOST_CHANGES = 3000;

/** \returns how many changes of seeds of this mean size are made; FUZZ_CHANGES asks for others. */
std::size_t
CountChanges(std::size_t size)
{
    const char* const asked = std::getenv("FUZZ_CHANGES");
    return asked ? std::strtoull(asked, nullptr, 10) : std::min(MOST_CHANGES, WORK / size);
}

struct Seed
{
    std::string name;
    FuzzBytes bytes;
};

std::vector<Seed>
ReadSeeds(const std::string& target)
{
    std::vector<Seed> seeds;
    const std::filesystem::path folder = SOURCE_DIR "/test/fuzz/corpus/" + target;
    if (!std::filesystem::is_directory(folder))
    {
        return seeds;
    }
    for (const auto& entry : std::filesystem::directory_iterator(folder))
    {
        std::ifstream file(entry.path(), std::ios::binary);
        seeds.push_back({entry.path().filename().string(),
                         FuzzBytes(std::istreambuf_iterator<char>(file), {})});
    }
    std::sort(
        seeds.begin(), seeds.end(), [](const Seed& a, const Seed& b) { return a.name < b.name; });
    return seeds;
}

/** Changes bytes as libFuzzer does first: single bits and bytes, pieces doubled, lost or moved. */
FuzzBytes
Change(FuzzBytes bytes, const FuzzBytes& other, std::mt19937& random)
{
    constexpr uint8_t borders[] = {0, 1, 2, 4, 8, 32, 33, 127, 128, 254, 255, '\n', '"', ':'};
    const auto below = [&random](std::size_t n) { return random() % std::max<std::size_t>(n, 1); };
    for (std::size_t changes = 1 + below(4); changes > 0 && !bytes.empty(); --changes)
    {
        const std::size_t at = below(bytes.size());
        const std::size_t length = std::min<std::size_t>(1 + below(16), bytes.size() - at);
        const auto from = bytes.begin() + static_cast<std::ptrdiff_t>(at);
        switch (below(7))
        {
        case 0:
            bytes.resize(at);
            break;
        case 1:
            bytes.erase(from, from + static_cast<std::ptrdiff_t>(length));
            break;
        case 2: {
            const FuzzBytes piece(from, from + static_cast<std::ptrdiff_t>(length));
            bytes.insert(bytes.begin() + static_cast<std::ptrdiff_t>(below(bytes.size())),
                         piece.begin(),
                         piece.end());
            break;
        }
        case 3:
            std::copy_n(other.begin(), std::min(other.size(), length), from);
            break;
        case 4:
        case 5:
            bytes[at] = borders[below(std::size(borders))];
            break;
        default:
            bytes[at] ^= static_cast<uint8_t>(1 << below(8));
        }
    }
    return bytes;
}

/** \returns what fails, empty if nothing does. */
std::string
RunTarget(const FuzzTarget& target, const FuzzBytes& bytes)
{
    try
    {
        target.Run(bytes);
    }
    catch (const FuzzFailure& failure)
    {
        return failure.what;
    }
    return "";
}

class FuzzCorpus : public testing::TestWithParam<const FuzzTarget*>
{
};

} // namespace

TEST_P(FuzzCorpus, SeedsAndChangesOfThem)
{
    const FuzzTarget& target = *GetParam();
    const std::vector<Seed> seeds = ReadSeeds(target.GetName());
    ASSERT_FALSE(seeds.empty()) << "no seeds in test/fuzz/corpus/" << target.GetName();
    std::size_t size = 0;
    for (const Seed& seed : seeds)
    {
        EXPECT_EQ(RunTarget(target, seed.bytes), "") << seed.name;
        size += seed.bytes.size() + 1;
        if (seed.name.compare(0, 6, "exact-") == 0)
        {
            const std::optional<Rewritten> again = target.Rewrite(seed.bytes);
            ASSERT_TRUE(again) << seed.name << " is refused";
            EXPECT_EQ(again->bytes, seed.bytes) << seed.name;
        }
    }
    EXPECT_EQ(RunTarget(target, {}), "") << "without a byte";
    std::mt19937 random(1);
    const std::size_t changes = CountChanges(size / seeds.size());
    for (std::size_t i = 0; i < changes; ++i)
    {
        const Seed& seed = seeds[i % seeds.size()];
        const FuzzBytes bytes = Change(seed.bytes, seeds[random() % seeds.size()].bytes, random);
        ASSERT_EQ(RunTarget(target, bytes), "") << "change " << i << " of " << seed.name;
    }
}

INSTANTIATE_TEST_SUITE_P(Targets,
                         FuzzCorpus,
                         testing::ValuesIn(FuzzTarget::GetAll()),
                         [](const auto& one) {
                             std::string name = one.param->GetName();
                             std::replace(name.begin(), name.end(), '-', '_');
                             return name;
                         });
