// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/demo/code_scenarios.h"

#include "app/demo/code_tables.h"

#include <algorithm>
#include <vector>

namespace quorate {
using namespace Qt::StringLiterals;

namespace {
constexpr QLatin1String prefix{"code:"};
} // namespace

std::span<const CodeScenario> codeScenarios()
{
    static const std::vector<CodeScenario> all = [] {
        std::vector<CodeScenario> rows;
        for (const auto &part : {endpointCodes(), componentCodes(), raftCodes(), workCodes()})
            rows.insert(rows.end(), part.begin(), part.end());
        return rows;
    }();
    return all;
}

const CodeScenario *codeScenarioNamed(const QString &scenario)
{
    const auto all = codeScenarios();
    const auto found
        = std::find_if(all.begin(), all.end(), [&](const CodeScenario &each) { return scenario == prefix + QString(each.code); });
    return found == all.end() ? nullptr : &*found;
}

QStringList codeScenarioNames()
{
    QStringList names;
    for (const CodeScenario &scenario : codeScenarios())
        names.append(prefix + QString(scenario.code));
    return names;
}

DemoWorld codeWorld(const CodeScenario &scenario, DemoPhase phase, double seconds, double phaseSeconds)
{
    DemoWorld world = calmWorld(scenario.endpoints, scenario.servers);
    world.seconds = seconds;
    const bool raised = phase == DemoPhase::Raised;
    if (scenario.before && !raised)
        scenario.before(world);
    constexpr double longAfter = 3'600;
    if (raised && scenario.raise)
        scenario.raise(world, phaseSeconds);
    else if (phase == DemoPhase::Cured && scenario.calms)
        scenario.raise(world, longAfter);
    return world;
}

} // namespace quorate
