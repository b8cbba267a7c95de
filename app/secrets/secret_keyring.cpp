// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/secrets/secret_keyring.h"

#include "models/status/facts.h"

#include <qt6keychain/keychain.h>

namespace quorate {
using namespace Qt::StringLiterals;

namespace {
Secret secretOf(const QKeychain::ReadPasswordJob &job, const QString &source)
{
    switch (job.error()) {
    case QKeychain::NoError:
        return checkedToken(job.textData().toUtf8(), source);
    case QKeychain::EntryNotFound:
        return SecretError{SecretError::Kind::Missing, u"%1 does not exist"_s.arg(source)};
    case QKeychain::AccessDeniedByUser:
    case QKeychain::AccessDenied:
        return SecretError{SecretError::Kind::Unreadable, u"%1 was refused: the keyring denied access"_s.arg(source)};
    default:
        return SecretError{SecretError::Kind::Unreadable,
            u"%1 cannot be read: no keyring service answers, or it is locked (%2)"_s.arg(source, boundedText(job.errorString(), 200))};
    }
}
} // namespace

void readKeyring(const QString &key, QObject *context, std::function<void(const Secret &)> done)
{
    // No parent: libsecret calls the job back however late, so a job that was started must live until it has finished.
    auto *job = new QKeychain::ReadPasswordJob(u"quorate"_s);
    job->setAutoDelete(true);
    job->setInsecureFallback(false);
    job->setKey(key);
    const QString source = words(SecretFromKeyring{key});
    QObject::connect(job, &QKeychain::Job::finished, context, [done = std::move(done), source](QKeychain::Job *finished) {
        done(secretOf(*static_cast<QKeychain::ReadPasswordJob *>(finished), source));
    });
    job->start();
}

} // namespace quorate
