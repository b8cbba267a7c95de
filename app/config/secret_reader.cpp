// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/config/secret_reader.h"

#include "app/config/paths.h"

#include <QFileInfo>
#include <QRegularExpression>

#include <algorithm>

namespace quorate {
using namespace Qt::StringLiterals;

namespace {

constexpr auto forms = "{ env = \"NAME\" }, { file = \"PATH\" }, { keyring = \"KEY\" } or { command = [\"PROGRAM\"] }"_L1;

std::optional<SecretReference> literal(const TomlEntry &entry, TableReader &cluster, const ConfigOrigin &origin, Mistakes &mistakes)
{
    const QString &value = entry.value.string;
    // It becomes a header's value: one line, printable ASCII, so that nothing can be smuggled in behind it.
    if (value.isEmpty() || std::any_of(value.begin(), value.end(), [](QChar c) { return c <= u' ' || c > u'~'; })) {
        cluster.error(
            entry, u"the token is empty or contains blanks, line breaks or letters outside ASCII; write it as sent, or %1"_s.arg(forms));
        return std::nullopt;
    }
    if (!origin.path.isEmpty() && (QFileInfo(origin.path).permissions() & (QFile::ReadGroup | QFile::ReadOther))) {
        mistakes.warning(entry.value.at, cluster.name(entry.key),
            u"the token stands in a file that others can read; chmod 600 the file, or write %1"_s.arg(forms));
    }
    return SecretLiteral{value};
}

std::optional<SecretReference> command(TableReader &token, const ConfigOrigin &origin)
{
    const auto argv = token.texts("command"_L1);
    if (!argv)
        return std::nullopt;
    if (argv->isEmpty()) {
        token.error(*token.find("command"_L1), u"the command is empty; write [\"PROGRAM\", \"ARGUMENT\"]"_s);
        return std::nullopt;
    }
    QStringList words = *argv;
    if (words.first().contains(u'/')) // otherwise it is looked up in PATH
        words.first() = resolvedPath(words.first(), origin.folder);
    return SecretFromCommand{words};
}

} // namespace

std::optional<SecretReference> readToken(TableReader &cluster, const ConfigOrigin &origin, Mistakes &mistakes)
{
    const TomlEntry *entry = cluster.find("token"_L1);
    if (!entry)
        return std::nullopt;
    if (entry->value.kind == TomlValue::Kind::String)
        return literal(*entry, cluster, origin, mistakes);
    if (entry->value.kind != TomlValue::Kind::Table) {
        cluster.error(*entry, u"%1 is no token; write %2"_s.arg(words(entry->value.kind), forms));
        return std::nullopt;
    }
    TableReader token(entry->value, cluster.name(entry->key), mistakes);
    std::optional<SecretReference> reference;
    if (const auto name = token.text("env"_L1)) {
        static const QRegularExpression variable(u"\\A[A-Za-z_][A-Za-z0-9_]*\\z"_s);
        if (variable.match(*name).hasMatch())
            reference = SecretFromEnvironment{*name};
        else // perhaps the token itself: not repeated
            token.error(*token.find("env"_L1), u"this is no name of an environment variable; write letters, digits and _"_s);
    }
    if (const auto path = token.text("file"_L1))
        reference = SecretFromFile{resolvedPath(*path, origin.folder)};
    if (const auto key = token.text("keyring"_L1))
        reference = SecretFromKeyring{*key};
    if (auto words = command(token, origin))
        reference = words;
    token.finish();
    if (entry->value.entries.size() != 1)
        cluster.error(*entry, u"one place is expected, not %1; write %2"_s.arg(entry->value.entries.size()).arg(forms));
    return reference;
}

} // namespace quorate
