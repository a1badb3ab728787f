// SPDX-License-Identifier: GPL-2.0-only
// The lab of the article under attack: on every network come mutated copies of its own control
// packets, towards either end. Each that no router may believe is counted by reason, to the packet;
// and at the end every table, every event and every delivery is that of the run without the attack.
// Moments of events are not compared; those of deliveries and pings may differ by a millisecond, as an
// answer to an attack may have resolved an address that is asked for later otherwise.
// ATTACK_COUNT: attacks on each network (make attack COUNT=100000); a small number otherwise.
#include "attack/malformed-packets.h"
#include "support/lab-program.h"

#include <gtest/gtest.h>

#include <cstdlib>

namespace ns3
{

namespace
{

constexpr double DURATION = 300;
/** Fragments that wait for the rest are dropped after so long (ns-3's FragmentExpirationTimeout). */
constexpr double FRAGMENT_TIMEOUT = 30;

using Drops = std::map<std::tuple<std::string, std::string, std::string>, uint64_t>;

std::size_t
GetCount()
{
    const char* count = std::getenv("ATTACK_COUNT");
    return count != nullptr ? std::strtoul(count, nullptr, 10) : 300;
}

Drops
ReadDrops(const LabRun& run)
{
    Drops drops;
    for (const LabRow& row : run.GetRows("drops"))
    {
        drops[{row.at("node"), row.at("protocol"), row.at("reason")}] =
            std::stoull(row.at("packets"));
    }
    return drops;
}

/** \returns the rows of links.csv for what is no control packet: attacks are answered by some. */
std::vector<LabRow>
ReadDataLinks(const LabRun& run)
{
    std::vector<LabRow> rows;
    for (const char* each :
         {"multicast", "register", "null-register", "vxlan-multicast", "vxlan-unicast"})
    {
        for (const LabRow& row : run.GetRows("links", {{"class", each}}))
        {
            rows.push_back(row);
        }
    }
    return rows;
}

/** The rows of a table by what they say, with the moments and durations in them, in seconds. */
using TimedRows = std::vector<std::pair<LabRow, std::vector<double>>>;

/** \returns the rows of \p table, sorted; \p times names its columns of times. */
TimedRows
ReadTimed(const LabRun& run, const std::string& table, const std::vector<std::string>& times)
{
    TimedRows rows;
    for (LabRow row : run.GetRows(table))
    {
        std::vector<double> values;
        for (const std::string& column : times)
        {
            const std::string cell = row.at(column);
            const double unit = column == "rtt_ms" ? 0.001 : 1;
            values.push_back(cell.empty() ? -1 : std::stod(cell) * unit);
            row.erase(column);
        }
        rows.emplace_back(std::move(row), std::move(values));
    }
    std::sort(rows.begin(), rows.end());
    return rows;
}

/**
 * \returns the rows of events.csv, sorted, without moments: while routing comes up, microseconds
 * decide whether a Bootstrap message finds its way or the next one does, and how often a router
 * calculates, so that "spf" is left out.
 */
TimedRows
ReadEvents(const LabRun& run)
{
    TimedRows rows;
    for (LabRow row : run.GetRows("events"))
    {
        if (row.at("event") != "spf")
        {
            row.erase("time_s");
            rows.emplace_back(std::move(row), std::vector<double>());
        }
    }
    std::sort(rows.begin(), rows.end());
    return rows;
}

/** What a run leaves. */
struct Outcome
{
    std::map<std::string, std::string> tables; //!< the files that an attack must not change
    std::map<std::string, TimedRows> timed;    //!< the same where only moments may differ
    std::vector<LabRow> links;
    Drops drops;
    std::size_t failures;
};

Outcome
Finish(LabRun& run)
{
    Outcome outcome;
    outcome.failures = run.Run();
    for (const char* table : {"routes", "rp", "igmp", "tib", "mfc", "fdb"})
    {
        outcome.tables[table] = ReadText(run.GetPath(std::string(table) + ".csv"));
    }
    outcome.timed["events"] = ReadEvents(run);
    outcome.timed["deliveries"] =
        ReadTimed(run,
                  "deliveries",
                  {"first_s", "last_s", "latency_min_s", "latency_mean_s", "latency_max_s"});
    outcome.timed["pings"] = ReadTimed(run, "pings", {"time_s", "rtt_ms"});
    outcome.links = ReadDataLinks(run);
    outcome.drops = ReadDrops(run);
    return outcome;
}

/**
 * The same rows, and each moment within a millisecond: what answers an attack may have resolved the
 * address of a neighbour that otherwise is asked for later.
 */
void
ExpectSameRows(const TimedRows& attacked, const TimedRows& clean, const std::string& table)
{
    constexpr double TOLERANCE = 0.001;
    ASSERT_EQ(attacked.size(), clean.size()) << table;
    EXPECT_GT(clean.size(), 3u) << table;
    for (std::size_t i = 0; i < clean.size(); ++i)
    {
        ASSERT_EQ(attacked[i].first, clean[i].first) << table;
        for (std::size_t j = 0; j < clean[i].second.size(); ++j)
        {
            EXPECT_NEAR(attacked[i].second[j], clean[i].second[j], TOLERANCE)
                << table << " " << ::testing::PrintToString(clean[i].first);
        }
    }
}

/** Attacks one link from beginning to end. */
class LinkAttack
{
  public:
    LinkAttack(const AttackLink& link, uint32_t seed, std::size_t count, Drops& expected)
        : m_link(link),
          m_packets(link, seed),
          m_random(seed),
          m_left(count),
          m_step(Seconds((DURATION - 2) / static_cast<double>(count))),
          m_expected(expected)
    {
        Simulator::Schedule(Seconds(1), &LinkAttack::Next, this);
    }

    const std::map<AttackKind, uint64_t>& GetMade() const
    {
        return m_made;
    }

  private:
    void Next()
    {
        const std::size_t receiver = m_random() % 2;
        const std::size_t first = m_random() % ATTACK_KINDS;
        for (std::size_t i = 0; i < ATTACK_KINDS; ++i)
        {
            const auto kind = static_cast<AttackKind>((first + i) % ATTACK_KINDS);
            const std::optional<Attack> attack = m_packets.Make(kind, receiver);
            if (attack && MayStillCount(*attack))
            {
                Carry(*attack, receiver);
                ++m_made[kind];
                break;
            }
        }
        if (--m_left > 0)
        {
            Simulator::Schedule(m_step, &LinkAttack::Next, this);
        }
    }

    static bool MayStillCount(const Attack& attack)
    {
        return attack.drops.count({"ip", "fragment-timeout"}) == 0 ||
               Simulator::Now().GetSeconds() < DURATION - FRAGMENT_TIMEOUT - 1;
    }

    void Carry(const Attack& attack, std::size_t receiver)
    {
        for (const AttackBytes& frame : attack.frames)
        {
            m_link.Inject(frame, receiver);
        }
        for (const auto& [what, count] : attack.drops)
        {
            m_expected[{m_link.ends[receiver].node->name, what.first, what.second}] += count;
        }
    }

    const AttackLink& m_link;
    MalformedPackets m_packets;
    std::mt19937 m_random;
    std::size_t m_left;
    Time m_step;
    Drops& m_expected;
    std::map<AttackKind, uint64_t> m_made;
};

/** \returns a line for each. */
std::string
Print(const Drops& drops)
{
    std::ostringstream os;
    for (const auto& [key, packets] : drops)
    {
        const auto& [node, protocol, reason] = key;
        os << node << " " << protocol << " " << reason << " " << packets << "\n";
    }
    return os.str();
}

/** \returns what is in one only, or differs. */
Drops
Differ(const Drops& a, const Drops& b)
{
    Drops differ;
    for (const auto& [key, packets] : a)
    {
        const auto other = b.find(key);
        if (other == b.end() || other->second != packets)
        {
            differ[key] = packets;
        }
    }
    return differ;
}

/**
 * \returns the article's scenario. What it expects of links.csv is left out: there are answers to
 * attacks among the control packets, and data packets are compared row by row.
 */
std::string
ReadStory()
{
    std::istringstream article(ReadText(ExampleScenario("article")));
    std::string story;
    for (std::string line; std::getline(article, line);)
    {
        story += line.find("expect: {table: links") == std::string::npos ? line + "\n" : "";
    }
    return story;
}

/** \returns the first line in which two texts differ, of each. */
std::string
FindDifference(const std::string& a, const std::string& b)
{
    std::istringstream first(a);
    std::istringstream second(b);
    std::string one;
    std::string other;
    do
    {
        one = other = "(end)";
        std::getline(first, one);
        std::getline(second, other);
    } while (one == other && first && second);
    return one + "\n" + other;
}

} // namespace

TEST(RunningLabAttack, MalformedPacketsAreCountedAndChangeNothing)
{
    const std::string story = ReadStory();
    std::vector<std::vector<AttackSample>> samples;
    Outcome clean;
    {
        LabRun run(REC_LAB, story);
        std::vector<AttackLink> links = AttackLink::FindAll(run);
        for (AttackLink& link : links)
        {
            link.Record();
        }
        clean = Finish(run);
        for (AttackLink& link : links)
        {
            samples.push_back(std::move(link.samples));
        }
    }
    ASSERT_EQ(clean.failures, 0u);

    LabRun run(REC_LAB, story);
    std::vector<AttackLink> links = AttackLink::FindAll(run);
    ASSERT_EQ(links.size(), 12u);
    Drops expected = clean.drops;
    std::vector<std::unique_ptr<LinkAttack>> attacks;
    for (std::size_t i = 0; i < links.size(); ++i)
    {
        links[i].samples = samples[i];
        ASSERT_GT(samples[i].size(), 50u) << links[i].name;
        attacks.push_back(std::make_unique<LinkAttack>(
            links[i], static_cast<uint32_t>(20261 + i), GetCount(), expected));
    }
    const Outcome attacked = Finish(run);

    std::map<AttackKind, uint64_t> made;
    uint64_t total = 0;
    for (const auto& attack : attacks)
    {
        for (const auto& [kind, count] : attack->GetMade())
        {
            made[kind] += count;
            total += count;
        }
    }
    EXPECT_EQ(made.size(), ATTACK_KINDS); // none was left out
    EXPECT_EQ(total, GetCount() * links.size());
    EXPECT_EQ(attacked.drops, expected)
        << "counted and not expected so:\n"
        << Print(Differ(attacked.drops, expected)) << "expected and not counted so:\n"
        << Print(Differ(expected, attacked.drops));
    EXPECT_EQ(attacked.failures, 0u) << run.GetPrinted();
    for (const auto& [table, text] : clean.tables)
    {
        EXPECT_GT(text.size(), 100u) << table;
        EXPECT_TRUE(attacked.tables.at(table) == text)
            << table << " differs: " << FindDifference(attacked.tables.at(table), text);
    }
    for (const auto& [table, rows] : clean.timed)
    {
        ExpectSameRows(attacked.timed.at(table), rows, table);
    }
    EXPECT_EQ(attacked.links, clean.links);
    std::cout << total << " attacks, " << ATTACK_KINDS << " kinds\n" << Print(attacked.drops);
}

} // namespace ns3
