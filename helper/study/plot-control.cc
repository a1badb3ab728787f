// SPDX-License-Identifier: GPL-2.0-only
#include "ns3/plot-control.h"

#include "ns3/control-plane.h"

#include <functional>
#include <iterator>
#include <set>
#include <string>

namespace ns3
{

namespace
{

/** One panel's value, measured and predicted. */
struct ControlMetric
{
    using Value = std::function<double(std::size_t)>;

    std::string title;
    std::string yLabel;
    Value measured;
    Value predicted; //!< none: the model does not know
};

/** \returns how many tenants a row's point has. */
double
CountTenants(const PlotRows& rows, std::size_t row)
{
    return rows.Number(row, "vms") * rows.Number(row, "vnis");
}

std::vector<ControlMetric>
MakeMetrics(const PlotRows& rows)
{
    const auto per = [&rows](const std::string& column, const std::string& by) {
        return [&rows, column, by](std::size_t row) { return rows.Per(row, column, by); };
    };
    const auto perTenant = [&rows](const std::string& column) {
        return [&rows, column](std::size_t row) {
            return rows.Number(row, column) / CountTenants(rows, row);
        };
    };
    const auto number = [&rows](const std::string& column, double factor) {
        return
            [&rows, column, factor](std::size_t row) { return rows.Number(row, column) * factor; };
    };
    return {
        {"a broadcast frame (controller: 0)",
         "copies on links",
         per("copies_on_links", "bum_frames"),
         per("predicted_copies", "bum_frames")},
        {"flooding (EVPN, controller, map server: 0)",
         "ARP requests flooded per tenant",
         perTenant("arp_flooded"),
         perTenant("predicted_arp_flooded")},
        {"a tenant boots (multicast, head-end: 0)",
         "control messages per boot",
         perTenant("control_messages_boot"),
         perTenant("predicted_control_messages_boot")},
        {"a tenant moves (multicast, head-end: 0)",
         "control messages per move",
         per("control_messages_move", "moves"),
         per("predicted_control_messages_move", "moves")},
        {"first packet to another tenant",
         "ms to the answer, mean",
         number("first_packet_s_mean", 1000),
         nullptr},
        {"tables",
         "entries of the fullest VTEP",
         number("table_entries_vtep_max", 1),
         number("predicted_table_entries_vtep_max", 1)},
    };
}

/** \returns what distinguishes curves of one plane, where \p x is on the axis. */
std::vector<std::string>
GetControlVariants(const PlotRows& rows, const std::string& x)
{
    std::vector<std::string> columns = {"vnis", "placement", "senders"};
    std::set<std::string> trees;
    for (std::size_t row = 0; row < rows.GetSize(); ++row)
    {
        const auto plane = ParseControlPlane(rows.Text(row, "control"));
        plane&& UsesGroups(*plane) ? void(trees.insert(rows.Text(row, "tree"))) : void();
    }
    if (trees.size() > 1)
    {
        columns.push_back("tree");
    }
    columns.push_back(x == "vteps" ? "vms" : "topology");
    columns.push_back(x == "members_per_vni" ? "vms" : "members_per_vni");
    return columns;
}

PlotFigure
MakeFigure(const PlotRows& rows,
           const std::string& name,
           const std::string& x,
           const std::string& xLabel)
{
    const std::vector<std::string> order(std::begin(EnumNames<ControlPlane>::NAMES),
                                         std::end(EnumNames<ControlPlane>::NAMES));
    const CurveNames names(rows, "control", order, GetControlVariants(rows, x));
    const std::string tier = rows.AnyTier();
    PlotFigure figure;
    figure.name = name;
    figure.columns = 3;
    for (const ControlMetric& metric : MakeMetrics(rows))
    {
        Curves curves(names);
        for (std::size_t row = 0; row < rows.GetSize(); ++row)
        {
            if (rows.Text(row, "tier") != tier)
            {
                continue;
            }
            const std::string& plane = rows.Text(row, "control");
            const std::string variant = names.VariantOf(rows, row);
            const double at = rows.Number(row, x);
            curves.Add(plane, variant, at, false, at, metric.measured(row));
            if (metric.predicted)
            {
                curves.Add(plane, variant, at, true, at, metric.predicted(row));
            }
        }
        PlotPanel panel;
        panel.title = metric.title;
        panel.xLabel = xLabel;
        panel.yLabel = metric.yLabel;
        panel.x = PlotPanel::Axis::Doubling;
        panel.logY = true;
        panel.series = curves.Get();
        for (PlotSeries& series : panel.series)
        {
            series.joined = !metric.predicted;
        }
        figure.panels.push_back(panel);
    }
    return figure;
}

} // namespace

bool
HasControlPlanes(const PlotRows& rows)
{
    for (std::size_t row = 0; row < rows.GetSize(); ++row)
    {
        if (!rows.Text(row, "control").empty())
        {
            return true;
        }
    }
    return false;
}

std::vector<PlotFigure>
MakeControlFigures(const PlotRows& rows)
{
    const auto varies = [&rows](const std::string& column) {
        return rows.Values(column).size() > 1;
    };
    std::vector<PlotFigure> figures;
    if (varies("vteps"))
    {
        figures.push_back(MakeFigure(rows, "control-planes-vteps", "vteps", "VTEPs"));
    }
    if (varies("members_per_vni"))
    {
        figures.push_back(
            MakeFigure(rows, "control-planes-members", "members_per_vni", "VTEPs per VNI"));
    }
    if (varies("vms") || figures.empty())
    {
        figures.push_back(MakeFigure(rows, "control-planes-tenants", "vms", "tenants per VNI"));
    }
    return figures;
}

} // namespace ns3
