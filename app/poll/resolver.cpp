// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/poll/resolver.h"

#include <QHostAddress>
#include <QHostInfo>
#include <QThreadPool>

#include <memory>

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
} // namespace

bool lookUpName(const QString &name) { return QHostInfo::fromName(name).error() == QHostInfo::NoError; }

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
