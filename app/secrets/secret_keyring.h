// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "app/secrets/secret.h"

#include <QObject>

#include <functional>

namespace quorate {

/// Asks the desktop's keyring for service "quorate", entry `key`. May never call `done`: a locked keyring waits for the person, and
/// libsecret needs GLib's event dispatcher. The caller sets the limit. `done` is not called once `context` is gone.
void readKeyring(const QString &key, QObject *context, std::function<void(const Secret &)> done);

} // namespace quorate
