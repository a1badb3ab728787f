// SPDX-License-Identifier: GPL-2.0-only
#include "ns3/figure-action.h"

#include "ns3/action-reader.h"
#include "ns3/scenario-run.h"

namespace ns3
{

ScenarioActionPtr
FigureAction::Read(const ActionReader& reader)
{
    auto action = std::make_shared<FigureAction>();
    FigureSpec& figure = action->spec;
    const YamlFields fields = reader.GetFields("kind name group source vni");
    figure.kind = fields.GetEnum<FigureKind>("kind");
    figure.name = fields.GetText("name", fields.GetText("kind"));
    if (figure.name.find('/') != std::string::npos)
    {
        fields.Fail("name", "name '" + figure.name + "' has a slash, give a file's name alone");
    }
    if (figure.kind == FigureKind::RpTree || figure.kind == FigureKind::ViaRp ||
        figure.kind == FigureKind::Spt)
    {
        figure.group = fields.GetGroup("group");
    }
    if (fields.Has("source"))
    {
        figure.source = fields.GetAddress("source");
    }
    if (fields.Has("vni"))
    {
        figure.vni = static_cast<uint32_t>(fields.GetNumber("vni", 0, 16777215));
    }
    return action;
}

void
FigureAction::Prepare(ScenarioRun& run) const
{
    run.GetFigures().Announce(spec);
}

void
FigureAction::Run(ScenarioRun& run) const
{
    run.GetFigures().Draw(spec);
}

} // namespace ns3
