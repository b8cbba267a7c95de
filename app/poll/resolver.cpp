// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/poll/resolver.h"

#include <QHostInfo>
#include <QMutex>
#include <QThreadPool>

#include <memory>
#include <utility>

namespace quorate {

namespace {
constexpr Milliseconds believedFor{30'000};

/// Leaked on purpose: joining it would wait for lookups that hang.
QThreadPool &lookupPool()
{
    static QThreadPool *const pool = [] {
        auto *threads = new QThreadPool;
        threads->setMaxThreadCount(64);
        return threads;
    }();
    return *pool;
}
constexpr qsizetype mostAddresses = 32; ///< kept for a name

/// Written by the pool's threads.
struct KnownAddresses {
    QMutex mutex;
    QHash<QString, QList<QHostAddress>> ofName;
};

KnownAddresses &knownAddresses()
{
    static auto *const known = new KnownAddresses; // leaked as the pool is, whose threads write to it
    return *known;
}

void remember(const QString &name, const QList<QHostAddress> &addresses)
{
    KnownAddresses &known = knownAddresses();
    const QMutexLocker lock(&known.mutex);
    QList<QHostAddress> all = addresses;
    for (const QHostAddress &older : std::as_const(known.ofName[name])) {
        if (all.size() < mostAddresses && !all.contains(older))
            all.append(older);
    }
    known.ofName[name] = all;
}
} // namespace

bool lookUpName(const QString &name)
{
    const QHostInfo info = QHostInfo::fromName(name);
    if (info.error() != QHostInfo::NoError)
        return false;
    remember(name, info.addresses());
    return true;
}

QList<QHostAddress> addressesOf(const QString &name)
{
    if (const QHostAddress address(name); !address.isNull())
        return {address};
    KnownAddresses &known = knownAddresses();
    const QMutexLocker lock(&known.mutex);
    return known.ofName.value(name);
}

Resolver::Resolver(NameLookup lookup, QObject *parent)
    : QObject(parent)
    , m_lookup(std::move(lookup))
{
}

void Resolver::resolve(const QString &name, QObject *context, Done done)
{
    const auto found = m_found.constFind(name);
    if (!QHostAddress(name).isNull() || (found != m_found.constEnd() && !found->hasExpired(believedFor.count()))) {
        done(true);
        return;
    }
    QList<Waiting> &waiting = m_waiting[name];
    waiting.append({context, std::move(done)});
    if (waiting.size() == 1)
        begin(name);
}

void Resolver::begin(const QString &name)
{
    // The pool's thread never touches the resolver, which may be gone by then: it deletes a messenger that lives in this thread.
    auto *messenger = new QObject;
    auto found = std::make_shared<bool>(false);
    connect(messenger, &QObject::destroyed, this, [this, name, found] { answer(name, *found); });
    lookupPool().start([lookup = m_lookup, name, found, messenger] {
        *found = lookup(name);
        messenger->deleteLater();
    });
}

void Resolver::answer(const QString &name, bool found)
{
    if (found)
        m_found[name].start();
    else
        m_found.remove(name);
    const QList<Waiting> waiting = m_waiting.take(name);
    for (const Waiting &one : waiting) {
        if (one.context)
            one.done(found);
    }
}

} // namespace quorate
