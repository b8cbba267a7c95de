// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "models/status/observation.h"

#include <QNetworkReply>
#include <QSslError>
#include <QUrl>

#include <optional>

namespace quorate {

/// How far a request had come.
enum class Stage { Resolving, Connecting, Waiting, Receiving };

/// What is known when a request has ended, before it is put into words.
struct Outcome {
    enum class Cut { None, Deadline, TooLarge } cut = Cut::None; ///< ended by us, and why
    Stage stage = Stage::Resolving;
    bool found = true; ///< the name has an address
    int http = 0;
    QNetworkReply::NetworkError error = QNetworkReply::NoError;
    bool encrypted = false; ///< a TLS handshake was completed for this request
    bool clientCertificate = false; ///< one is configured
    QList<QSslError::SslError> tlsErrors;
    QUrl url;
    QByteArray location; ///< of a redirect
    QString proxy; ///< host:port, empty without one
    Milliseconds limit{};
    qint64 received = 0;
    qint64 cap = 0;
    std::optional<qint64> announced; ///< Content-Length
};

struct Ending {
    Reach reach = Reach::Answered;
    TlsProblem tls = TlsProblem::None;
    QString error; ///< what was expected and what came, never a secret; empty when answered
};

/// Decides by (what we did) → (the status) → (the error, TLS seen) → nothing else: never by texts, and never by Qt's error alone, which is
/// the same for a refusing proxy and a refusing server, and for a deadline and a cap.
[[nodiscard]] Ending endingOf(const Outcome &outcome);

/// "10.1.2.3:8500", with the scheme's port where the URL names none.
[[nodiscard]] QString hostAndPort(const QUrl &url);

} // namespace quorate
