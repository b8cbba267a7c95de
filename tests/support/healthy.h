// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "app/demo/stub_server.h"

#include <QStringList>

namespace quorate {

/// Every system that the tests go through.
inline const QStringList allSystems{QStringLiteral("bufstream"), QStringLiteral("consul"), QStringLiteral("osapi")};

/// What a healthy server of `system` answers: from the captured fixtures where there are some.
[[nodiscard]] StubAnswer healthyAnswer(const QString &system, const StubRequest &request);

/// A server that gives those answers.
[[nodiscard]] StubServer::Answerer healthyServer(const QString &system);

/// The path of the request that decides about the endpoint.
[[nodiscard]] bool isPrimary(const QString &system, const QByteArray &path);

} // namespace quorate
