// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/systems/system.h"

#include "models/systems/bufstream/bufstream.h"
#include "models/systems/consul/consul.h"
#include "models/systems/osapi/osapi.h"

#include <array>

namespace quorate {

std::span<const System *const> systems()
{
    static const std::array all{
        &bufstreamSystem(),
        &consulSystem(),
        &osapiSystem(),
    };
    return all;
}

const System *systemNamed(QStringView name)
{
    for (const System *system : systems()) {
        if (name == system->name)
            return system;
    }
    return nullptr;
}

} // namespace quorate
