// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "models/status/cluster_spec.h"
#include "models/status/result.h"

#include <QList>
#include <QString>
#include <QStringList>

#include <optional>
#include <variant>

namespace quorate {

/// Where a token comes from (DESIGN section 8). The secret itself is only ever held by app/secrets.
struct SecretFromEnvironment {
    QString name;
    friend bool operator==(const SecretFromEnvironment &, const SecretFromEnvironment &) = default;
};
struct SecretFromFile {
    QString path;
    friend bool operator==(const SecretFromFile &, const SecretFromFile &) = default;
};
struct SecretFromKeyring {
    QString key;
    friend bool operator==(const SecretFromKeyring &, const SecretFromKeyring &) = default;
};
struct SecretFromCommand {
    QStringList argv;
    friend bool operator==(const SecretFromCommand &, const SecretFromCommand &) = default;
};
struct SecretLiteral {
    QString value;
    friend bool operator==(const SecretLiteral &, const SecretLiteral &) = default;
};
using SecretReference = std::variant<SecretFromEnvironment, SecretFromFile, SecretFromKeyring, SecretFromCommand, SecretLiteral>;

struct TlsSettings {
    QString caFile, certificateFile, keyFile; ///< absolute; empty: the system's
    bool insecure = false;
    QString serverName;
    friend bool operator==(const TlsSettings &, const TlsSettings &) = default;
};

struct ClusterConfig {
    ClusterSpec spec;
    std::optional<SecretReference> token;
    TlsSettings tls;
    friend bool operator==(const ClusterConfig &, const ClusterConfig &) = default;
};

/// Somewhere in the network that tells whether this machine is online.
struct ReferenceAddress {
    QString host;
    quint16 port = 0;
    friend bool operator==(const ReferenceAddress &, const ReferenceAddress &) = default;
};

struct Config {
    QList<ClusterConfig> clusters; ///< in file order
    QString path; ///< where it was read from; empty for --url and the demo
    std::optional<ReferenceAddress> reference; ///< [defaults] reference = "tcp://host:port": connects while this machine is online
    friend bool operator==(const Config &, const Config &) = default;
};

/// One mistake, with where it is and what would be right. Lines and columns start at 1; 0: the file as a whole.
struct ConfigMistake {
    int line = 0, column = 0;
    QString key; ///< "cluster[2].interval"
    QString text; ///< what is wrong and what would be right, with the nearest known name
    bool warning = false; ///< accepted, but should be mended (a literal token in a file that others can read)
    friend bool operator==(const ConfigMistake &, const ConfigMistake &) = default;
};

struct ConfigErrors {
    QList<ConfigMistake> mistakes;
};

} // namespace quorate
