// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "models/status/time.h"

#include <QElapsedTimer>
#include <QHash>
#include <QHostAddress>
#include <QObject>
#include <QPointer>
#include <QString>

#include <functional>

namespace quorate {

/// True when the name has an address. Runs in a thread of the resolver's pool and may block for minutes.
using NameLookup = std::function<bool(const QString &name)>;
/// Asks the system's resolver, and leaves the answer in QHostInfo's cache, where QNetworkAccessManager finds it.
[[nodiscard]] bool lookUpName(const QString &name);
/// Every address that lookUpName() found for it so far, newest first: a connection may be older than the newest answer. An address is
/// itself. May be called from any thread.
[[nodiscard]] QList<QHostAddress> addressesOf(const QString &name);

/// Names are looked up here before a request is sent: one lookup a name, however many wait for it, so that names that hang never block the
/// others (QHostInfo's own 20 threads do, and nothing frees them). A success is believed for 30 s, less than QHostInfo keeps it (60 s).
class Resolver final : public QObject {
    Q_OBJECT
public:
    using Done = std::function<void(bool found)>;
    explicit Resolver(NameLookup lookup = lookUpName, QObject *parent = nullptr);

    /// `done` is called once, from the event loop or at once, unless `context` is gone by then. Addresses are always found.
    void resolve(const QString &name, QObject *context, Done done);

private:
    void begin(const QString &name);
    void answer(const QString &name, bool found);

    struct Waiting {
        QPointer<QObject> context;
        Done done;
    };
    NameLookup m_lookup;
    QHash<QString, QList<Waiting>> m_waiting; ///< by name; present while its lookup runs
    QHash<QString, QElapsedTimer> m_found;
};

} // namespace quorate
