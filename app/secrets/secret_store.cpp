// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/secrets/secret_store.h"

#include "app/secrets/secret_command.h"
#include "app/secrets/secret_file.h"
#include "app/secrets/secret_keyring.h"

#include <QElapsedTimer>
#include <QMutex>
#include <QThreadPool>
#include <QTimer>

#include <utility>

namespace quorate {
using namespace Qt::StringLiterals;

namespace {
/// Threads that may hang in the file system. Leaked: nobody waits for them on leaving.
QThreadPool &filePool()
{
    static auto *pool = new QThreadPool;
    pool->setMaxThreadCount(16);
    return *pool;
}
} // namespace

struct SecretStore::Entry {
    SecretReference reference;
    std::optional<Secret> kept; ///< of the newest read that finished
    QElapsedTimer age; ///< of `kept`
    bool rejected = false;
    bool running = false;
    bool late = false; ///< running past its limit; it may still finish
    QList<Done> waiting;
    QTimer limit;
    std::unique_ptr<SecretCommand> command;
};

SecretStore::SecretStore(SecretLimits limits, QObject *parent)
    : QObject(parent)
    , m_limits(limits)
{
}

SecretStore::~SecretStore() = default;

SecretStore::Entry &SecretStore::entryOf(const SecretReference &reference)
{
    for (const auto &entry : m_entries) {
        if (entry->reference == reference)
            return *entry;
    }
    auto &entry = *m_entries.emplace_back(std::make_unique<Entry>());
    entry.reference = reference;
    entry.limit.setSingleShot(true);
    connect(&entry.limit, &QTimer::timeout, this, [this, &entry] { overdue(entry); });
    return entry;
}

bool SecretStore::isFresh(const Entry &entry) const
{
    const bool keyring = std::holds_alternative<SecretFromKeyring>(entry.reference);
    if (!entry.kept || (!keyring && !std::holds_alternative<SecretFromCommand>(entry.reference)))
        return false;
    const Milliseconds keep = !*entry.kept ? (keyring ? m_limits.keepKeyringFailure : m_limits.keepRejected)
        : entry.rejected                   ? m_limits.keepRejected
                                           : m_limits.keepFor;
    return entry.age.elapsed() < keep.count();
}

void SecretStore::read(const SecretReference &reference, Done done)
{
    if (const auto *literal = std::get_if<SecretLiteral>(&reference)) {
        done(checkedToken(literal->value.toUtf8(), words(reference)));
        return;
    }
    if (const auto *variable = std::get_if<SecretFromEnvironment>(&reference)) {
        const QByteArray name = variable->name.toUtf8();
        done(qEnvironmentVariableIsSet(name.constData())
                ? checkedToken(qgetenv(name.constData()), words(reference))
                : Secret(SecretError{SecretError::Kind::Missing, u"%1 is not set"_s.arg(words(reference))}));
        return;
    }
    Entry &entry = entryOf(reference);
    if (isFresh(entry)) {
        done(*std::as_const(entry.kept));
        return;
    }
    entry.waiting.append(std::move(done));
    if (entry.late)
        overdue(entry);
    else if (!entry.running)
        begin(entry);
}

void SecretStore::begin(Entry &entry)
{
    entry.running = true;
    if (const auto *command = std::get_if<SecretFromCommand>(&entry.reference)) {
        entry.command = std::make_unique<SecretCommand>(*command, m_limits.command, m_limits.bytes, [this, &entry](const Secret &secret) {
            entry.command.release()->deleteLater(); // we are in its slot
            finish(entry, secret);
        });
        return;
    }
    if (const auto *keyring = std::get_if<SecretFromKeyring>(&entry.reference)) {
        entry.limit.start(m_limits.keyring);
        readKeyring(keyring->key, this, [this, &entry](const Secret &secret) { finish(entry, secret); });
        return;
    }
    entry.limit.start(m_limits.file);
    // The pool's thread posts to an object of its own, which outlives this store: a hung read never touches freed memory.
    auto *mailbox = new QObject;
    auto result = std::make_shared<std::optional<Secret>>();
    connect(mailbox, &QObject::destroyed, this, [this, &entry, result] {
        if (*result)
            finish(entry, **result);
    });
    filePool().start([mailbox, result, path = std::get<SecretFromFile>(entry.reference).path, cap = m_limits.bytes] {
        *result = readSecretFile(path, cap);
        mailbox->deleteLater();
    });
}

void SecretStore::finish(Entry &entry, const Secret &secret)
{
    entry.running = entry.late = false;
    entry.limit.stop();
    // A server that rejected a token rejects it still: only another content lifts the mark.
    if (!entry.kept || !*entry.kept || !secret || std::as_const(*entry.kept).value() != secret.value())
        entry.rejected = false;
    entry.kept = secret;
    entry.age.start();
    answer(entry, secret);
}

void SecretStore::overdue(Entry &entry)
{
    entry.late = true;
    const bool keyring = std::holds_alternative<SecretFromKeyring>(entry.reference);
    const QString text = keyring ? u"waiting for the keyring: %1 was not given yet; is it locked?"_s
                                 : u"%1 is not read yet: its file system does not answer"_s;
    answer(entry, SecretError{SecretError::Kind::TimedOut, text.arg(words(entry.reference))});
}

void SecretStore::answer(Entry &entry, const Secret &secret)
{
    for (const Done &done : std::exchange(entry.waiting, {}))
        done(secret);
}

void SecretStore::rejected(const SecretReference &reference) { entryOf(reference).rejected = true; }

void SecretStore::forgetKept()
{
    for (const auto &entry : m_entries)
        entry->kept.reset();
}

void SecretStore::stop()
{
    for (const auto &entry : m_entries) {
        entry->waiting.clear();
        entry->limit.stop();
        if (entry->command) {
            entry->command.reset();
            entry->running = false;
        }
    }
}

} // namespace quorate
