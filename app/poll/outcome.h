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
    QUrl url;
    QString proxy; ///< host:port, empty without one
    Milliseconds limit{};
    qint64 cap = 0;
    bool clientCertificate = false; ///< one is configured

    enum class Cut { None, Deadline, TooLarge, Endless } cut = Cut::None; ///< ended by us, and why
    bool flooded = false; ///< a connection to this server was ended by us because it received without an end
    Stage stage = Stage::Resolving;
    bool found = true; ///< the name has an address
    QNetworkReply::NetworkError error = QNetworkReply::NoError;
    bool encrypted = false; ///< a TLS handshake was completed for this request
    QList<QSslError::SslError> tlsErrors; ///< checks that the server's certificate failed

    int http = 0;
    QByteArray location; ///< of a redirect
    QByteArray age; ///< seconds in a cache on the way, as the header says it
    QByteArray warning; ///< of a cache on the way, as the header says it
    qint64 received = 0;
    std::optional<qint64> announced; ///< Content-Length
    bool endIsKnown = true; ///< half of the body would not look whole: it has a length, or chunks, or is JSON
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
