// SPDX-License-Identifier: GPL-2.0-only
#include "ns3/sweep-row.h"

#include "ns3/number-format.h"

#include <functional>
#include <string>

namespace ns3
{

namespace
{

constexpr int DECIMALS = 6;

std::string
NumberCell(double number)
{
    return FormatDecimal(number, DECIMALS);
}

std::string
NumberCell(uint64_t number)
{
    return std::to_string(number);
}

/** \returns a column of a part of the row, empty where the part is absent. */
template <typename Part, typename Getter>
RowColumn<SweepRow>
PartColumn(const char* name, std::optional<Part> SweepRow::*part, Getter get)
{
    return {name, [part, get](const SweepRow& row) {
                return row.*part ? NumberCell(std::invoke(get, *(row.*part))) : "";
            }};
}

template <typename Getter>
RowColumn<SweepRow>
Measure(const char* name, Getter get)
{
    return PartColumn(name, &SweepRow::measured, get);
}

template <typename Getter>
RowColumn<SweepRow>
Delivered(const char* name, Getter get)
{
    return PartColumn(name, &SweepRow::measured, [get](const SweepRow::Measured& measured) {
        return std::invoke(get, measured.deliveries);
    });
}

template <typename Getter>
RowColumn<SweepRow>
Overflow(const char* name, Getter get)
{
    return PartColumn(name, &SweepRow::measured, [get](const SweepRow::Measured& measured) {
        return std::invoke(get, measured.overflow);
    });
}

template <typename Getter>
RowColumn<SweepRow>
Tenants(const char* name, Getter get)
{
    return PartColumn(name, &SweepRow::tenants, get);
}

template <typename Getter>
RowColumn<SweepRow>
Counted(const char* name, Getter get)
{
    return PartColumn(name, &SweepRow::tenants, [get](const TenantOutcome& tenants) {
        return std::invoke(get, tenants.counts);
    });
}

template <typename Getter>
RowColumn<SweepRow>
PredictTenants(const char* name, Getter get)
{
    return PartColumn(name, &SweepRow::predictedTenants, get);
}

/** \returns a column of what the model predicts. */
RowColumn<SweepRow>
Predict(const char* name, uint64_t SweepRow::Predicted::*count)
{
    return {name, [count](const SweepRow& row) { return NumberCell(row.predicted.*count); }};
}

using TableSize = SizeSummary TierSummary::*;
using TablePart = std::optional<TierSummary> SweepRow::*;

RowColumn<SweepRow>
Most(const char* name, TablePart part, TableSize size)
{
    return PartColumn(name, part, [size](const TierSummary& tier) { return (tier.*size).max; });
}

RowColumn<SweepRow>
Mean(const char* name, TablePart part, TableSize size)
{
    return PartColumn(name, part, [size](const TierSummary& tier) { return (tier.*size).mean; });
}

RowColumn<SweepRow>
MostDemand(const char* name, TableSize size)
{
    return {name, [size](const SweepRow& row) { return NumberCell((row.demand.*size).max); }};
}

RowColumn<SweepRow>
MeanDemand(const char* name, TableSize size)
{
    return {name, [size](const SweepRow& row) { return NumberCell((row.demand.*size).mean); }};
}

/** \returns a column of what one frame cost: as packets measured, else as the model predicts. */
template <typename Getter>
RowColumn<SweepRow>
PerFrame(const char* name, uint64_t SweepRow::Predicted::*predicted, Getter measured)
{
    return {name, [predicted, measured](const SweepRow& row) {
                const uint64_t sum =
                    row.measured ? measured(*row.measured) : row.predicted.*predicted;
                return NumberCell(static_cast<double>(sum) / static_cast<double>(row.frames));
            }};
}

/** \returns a column of the row's point, by the same name. */
RowColumn<SweepRow>
Key(const char* name)
{
    for (const RowColumn<SweepPoint>& column : GetSweepPointColumns())
    {
        if (column.name == name)
        {
            return {name, [cell = column.cell](const SweepRow& row) { return cell(row.point); }};
        }
    }
    return {name, [](const SweepRow&) { return std::string(); }};
}

constexpr TablePart TABLES = &SweepRow::tables;
constexpr TableSize STAR_G = &TierSummary::starG;
constexpr TableSize SG = &TierSummary::sg;
constexpr TableSize SG_RPT = &TierSummary::sgRpt;
constexpr TableSize MFC = &TierSummary::mfc;
using M = SweepRow::Measured;
using P = SweepRow::Predicted;

/** \returns the columns up to the costs of the run. */
std::vector<RowColumn<SweepRow>>
MakeFirstColumns()
{
    return {
        Key("topology"),
        {"routers", &SweepRow::routers},
        {"vteps", &SweepRow::vteps},
        Key("vnis"),
        Key("groups"),
        {"ratio",
         [](const SweepRow& row) { return NumberCell(double(row.point.vnis) / row.point.groups); }},
        Key("tree"),
        Key("members_per_vni"),
        {"tier", [](const SweepRow& row) { return row.demand.tier; }},
        {"routers_in_tier", [](const SweepRow& row) { return row.demand.routers; }},
        Most("star_g_max", TABLES, STAR_G),
        Mean("star_g_mean", TABLES, STAR_G),
        Most("sg_max", TABLES, SG),
        Mean("sg_mean", TABLES, SG),
        Most("mfc_max", TABLES, MFC),
        Mean("mfc_mean", TABLES, MFC),
        Overflow("overflow_drops", &StudyOverflow::lostPackets),
        Measure("control_bytes_per_s", &M::controlBytesPerSecond),
        {"bum_frames", &SweepRow::frames},
        Measure("copies_on_links", &M::copies),
        Delivered("delivered_wanted", &StudyDeliveries::wanted),
        Delivered("delivered_unwanted", &StudyDeliveries::unwanted),
        MostDemand("predicted_mfc_max", MFC),
        MeanDemand("predicted_mfc_mean", MFC),
        Predict("predicted_copies", &P::copies),
        Predict("predicted_unwanted", &P::unwanted),
        {"wall_s", [](const SweepRow& row) { return FormatDecimal(row.wallSeconds, 2); }},
        Measure("events", &M::events),
        {"peak_rss_mb", [](const SweepRow& row) { return FormatDecimal(row.peakMemoryMb, 1); }},
    };
}

/** \returns the columns after those. */
std::vector<RowColumn<SweepRow>>
MakeLastColumns()
{
    return {
        Key("seed"),
        Key("mapping"),
        Key("placement"),
        Key("senders"),
        Key("frames"),
        Key("capacity"),
        Key("capacity_policy"),
        Most("sg_rpt_max", TABLES, SG_RPT),
        Mean("sg_rpt_mean", TABLES, SG_RPT),
        MostDemand("predicted_star_g_max", STAR_G),
        MeanDemand("predicted_star_g_mean", STAR_G),
        MostDemand("predicted_sg_max", SG),
        MeanDemand("predicted_sg_mean", SG),
        MostDemand("predicted_sg_rpt_max", SG_RPT),
        MeanDemand("predicted_sg_rpt_mean", SG_RPT),
        Predict("predicted_wanted", &P::wanted),
        Delivered("delivered_duplicates", &StudyDeliveries::duplicates),
        Delivered("delivered_lost", &StudyDeliveries::lost),
        {"demand_mfc_max", [](const SweepRow& row) { return row.demand.mfc.max; }},
        {"demand_mfc_mean", [](const SweepRow& row) { return NumberCell(row.demand.mfc.mean); }},
        Overflow("refused_rows", &StudyOverflow::refusedRows),
        Overflow("evicted_rows", &StudyOverflow::evictedRows),
        Overflow("punted_packets", &StudyOverflow::puntedPackets),
        Overflow("fallback_packets", &StudyOverflow::fallbackPackets),
        Measure("simulated_s", &M::simulatedSeconds),
        PerFrame("copies_per_frame", &P::copies, [](const M& m) { return m.copies; }),
        PerFrame("wanted_per_frame", &P::wanted, [](const M& m) { return m.deliveries.wanted; }),
        PerFrame(
            "unwanted_per_frame", &P::unwanted, [](const M& m) { return m.deliveries.unwanted; }),
        {"fits",
         [](const SweepRow& row) {
             return row.fits ? std::to_string(*row.fits ? 1 : 0) : std::string();
         }},
    };
}

/** \returns the columns of control planes and tenants. */
std::vector<RowColumn<SweepRow>>
MakeControlColumns()
{
    using T = TenantOutcome;
    using C = TenantCounts;
    return {
        Key("control"),
        Key("vms"),
        Counted("arp_flooded", &C::arpFlooded),
        Counted("control_messages", &C::GetMessages),
        Tenants("control_bytes", &T::controlBytes),
        Tenants("control_messages_per_vm",
                [](const T& tenants) {
                    return static_cast<double>(tenants.counts.GetMessages()) /
                           static_cast<double>(tenants.vms);
                }),
        Counted("table_entries_vtep_max", &C::mostEntries),
        Tenants("first_packet_s_mean", &T::firstPacketMean),
        Tenants("first_packet_s_max", &T::firstPacketMost),
        Tenants("pings", &T::pings),
        Tenants("pings_answered", &T::answered),
        {"moves",
         [](const SweepRow& row) {
             return row.tenants            ? std::make_optional(row.tenants->counts.moves)
                    : row.predictedTenants ? std::make_optional(row.predictedTenants->moves)
                                           : std::nullopt;
         }},
        Counted("control_messages_boot", &C::bootMessages),
        Counted("control_messages_talk", &C::talkMessages),
        Counted("control_messages_move", &C::moveMessages),
        Counted("server_entries", &C::serverEntries),
        PredictTenants("predicted_arp_flooded", &C::arpFlooded),
        PredictTenants("predicted_control_messages", &C::GetMessages),
        PredictTenants("predicted_table_entries_vtep_max", &C::mostEntries),
        PredictTenants("predicted_control_messages_boot", &C::bootMessages),
        PredictTenants("predicted_control_messages_talk", &C::talkMessages),
        PredictTenants("predicted_control_messages_move", &C::moveMessages),
        PredictTenants("predicted_server_entries", &C::serverEntries),
    };
}

/** \returns whether a key column is one of control planes, which came after those of growth.csv. */
bool
IsControlKey(const std::string& column)
{
    return column == "control" || column == "vms";
}

} // namespace

const std::vector<RowColumn<SweepRow>>&
SweepRow::GetColumns()
{
    static const std::vector<RowColumn<SweepRow>> columns = [] {
        std::vector<RowColumn<SweepRow>> all = MakeFirstColumns();
        for (const auto& more : {MakeLastColumns(), MakeControlColumns()})
        {
            all.insert(all.end(), more.begin(), more.end());
        }
        return all;
    }();
    return columns;
}

const std::vector<RowColumn<GrowthRow>>&
GrowthRow::GetColumns()
{
    static const std::vector<RowColumn<GrowthRow>> columns = [] {
        std::vector<RowColumn<GrowthRow>> all;
        const auto addKeys = [&all](bool ofControl) {
            for (const RowColumn<SweepPoint>& key : GetSweepPointColumns())
            {
                if (IsControlKey(key.name) == ofControl)
                {
                    all.push_back({key.name, [cell = key.cell](const GrowthRow& row) {
                                       return cell(row.point);
                                   }});
                }
            }
        };
        addKeys(false);
        const auto mean = [](SizeSummary TierSummary::*size) {
            return [size](const GrowthRow& row) { return NumberCell((row.tables.*size).mean); };
        };
        const auto count = [](uint64_t StudyOverflow::*counter) {
            return [counter](const GrowthRow& row) { return row.overflow.*counter; };
        };
        const std::vector<RowColumn<GrowthRow>> own = {
            {"time_s", &GrowthRow::time},
            {"tier", [](const GrowthRow& row) { return row.tables.tier; }},
            {"star_g_mean", mean(&TierSummary::starG)},
            {"sg_mean", mean(&TierSummary::sg)},
            {"sg_rpt_mean", mean(&TierSummary::sgRpt)},
            {"mfc_mean", mean(&TierSummary::mfc)},
            {"mfc_max", [](const GrowthRow& row) { return row.tables.mfc.max; }},
            {"overflow_drops", count(&StudyOverflow::lostPackets)},
            {"refused_rows", count(&StudyOverflow::refusedRows)},
            {"evicted_rows", count(&StudyOverflow::evictedRows)},
            {"punted_packets", count(&StudyOverflow::puntedPackets)},
            {"fallback_packets", count(&StudyOverflow::fallbackPackets)},
        };
        all.insert(all.end(), own.begin(), own.end());
        addKeys(true);
        return all;
    }();
    return columns;
}

const std::vector<std::string>&
GetSweepColumns()
{
    static const std::vector<std::string> names = GetColumnNames<SweepRow>();
    return names;
}

std::size_t
GetSweepFixedColumns()
{
    static const std::size_t columns = MakeFirstColumns().size();
    return columns;
}

const std::vector<std::string>&
GetGrowthColumns()
{
    static const std::vector<std::string> names = GetColumnNames<GrowthRow>();
    return names;
}

} // namespace ns3
