// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/secrets/secret.h"

#include "models/status/facts.h"

#include <QFileInfo>

#include <algorithm>

namespace quorate {
using namespace Qt::StringLiterals;

namespace {
struct Words {
    QString operator()(const SecretFromEnvironment &from) const
    {
        return u"the environment variable %1"_s.arg(boundedText(from.name, 200));
    }
    QString operator()(const SecretFromFile &from) const { return u"the file %1"_s.arg(boundedText(from.path, 400)); }
    QString operator()(const SecretFromKeyring &from) const { return u"the keyring entry quorate/%1"_s.arg(boundedText(from.key, 200)); }
    QString operator()(const SecretFromCommand &from) const
    {
        return u"the command %1"_s.arg(boundedText(QFileInfo(from.argv.value(0)).fileName(), 200));
    }
    QString operator()(const SecretLiteral &) const { return u"the token in the configuration"_s; }
};

bool mayStandInHeader(char c) { return c >= 0x20 && c < 0x7f; }
} // namespace

QString words(const SecretReference &reference) { return std::visit(Words{}, reference); }

Secret checkedToken(const QByteArray &raw, const QString &source)
{
    const QByteArray token = raw.trimmed();
    if (token.isEmpty())
        return SecretError{SecretError::Kind::Missing, u"%1 is empty; a token was expected"_s.arg(source)};
    if (!std::all_of(token.begin(), token.end(), mayStandInHeader))
        return SecretError{
            SecretError::Kind::Invalid, u"%1 holds a line break or a character that may not stand in an HTTP header"_s.arg(source)};
    return token;
}

} // namespace quorate
