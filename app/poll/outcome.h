// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "app/poll/reply_parser.h"
#include "models/status/observation.h"

#include <QAbstractSocket>
#include <QSsl>
#include <QSslError>
#include <QUrl>

#include <optional>

namespace quorate {

/// How far a request had come.
enum class Stage { Resolving, Connecting, Securing, Waiting, Receiving };

/// What is known when a request has ended, before it is put into words.
struct Outcome {
    QUrl url;
    QString proxy; ///< host:port, empty without one
    Milliseconds limit{};
    bool clientCertificate = false; ///< one is configured

    Stage stage = Stage::Resolving;
    bool deadline = false; ///< ended by us
    bool found = true; ///< the name has an address
    QAbstractSocket::SocketError error = QAbstractSocket::UnknownSocketError; ///< why the connection ended, when it did
    QList<QSslError::SslError> tlsErrors; ///< checks that the server's certificate failed
    std::optional<QSsl::AlertType> alert; ///< the fatal one that the server sent
    bool used = false; ///< the connection carried a whole reply before

    ReplyParser::Problem problem = ReplyParser::Problem::None;
    bool anyByte = false;
    QByteArray firstBytes; ///< of something that is not HTTP
    int http = 0;
    QByteArray location; ///< of a redirect
    qint64 received = 0;
    std::optional<qint64> announced; ///< Content-Length
};

struct Ending {
    Reach reach = Reach::Answered;
    TlsProblem tls = TlsProblem::None;
    QString error; ///< what was expected and what came, never a secret; empty when answered
};

/// Decides by (what we did) → (what was read of a reply) → (how the connection ended, and when): never by texts.
[[nodiscard]] Ending endingOf(const Outcome &outcome);

/// "10.1.2.3:8500", with the scheme's port where the URL names none.
[[nodiscard]] QString hostAndPort(const QUrl &url);

} // namespace quorate
