// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/systems/consul/consul.h"

#include "models/systems/consul/decode.h"
#include "models/systems/consul/plan.h"

#include <algorithm>

namespace quorate {
using namespace Qt::StringLiterals;

namespace {
bool isPlain(QChar c)
{
    return (c >= u'0' && c <= u'9') || (c >= u'a' && c <= u'z') || (c >= u'A' && c <= u'Z') || QStringView(u"-_./:@%+=,").contains(c);
}

/// One word for a POSIX shell.
QString shellWord(const QString &word)
{
    if (!word.isEmpty() && std::all_of(word.begin(), word.end(), isPlain))
        return word;
    return u'\'' + QString(word).replace(u'\'', "'\\''"_L1) + u'\'';
}

/// The token goes by the environment, never by an argument that others can see in the process list.
QString tokenPrefix(const CommandTarget &target)
{
    const QLatin1String own("CONSUL_HTTP_TOKEN");
    if (!target.hasToken || target.tokenVariable == own)
        return {};
    return target.tokenVariable.isEmpty() ? own + "='<token>' "_L1 : own + "=\"$"_L1 + target.tokenVariable + "\" "_L1;
}

QString vendorCommand(const CommandTarget &target)
{
    QString command = tokenPrefix(target);
    if (target.insecure)
        command += "CONSUL_HTTP_SSL_VERIFY=false "_L1;
    command += "consul operator raft list-peers -stale -http-addr="_L1 + shellWord(target.endpoint.text());
    const auto add = [&](QLatin1String option, const QString &file) {
        if (!file.isEmpty())
            command += u' ' + option + u'=' + shellWord(file);
    };
    add("-ca-file"_L1, target.caFile);
    add("-client-cert"_L1, target.certificateFile);
    add("-client-key"_L1, target.keyFile);
    return command;
}
} // namespace

const System &consulSystem()
{
    static const System system{
        .name = "consul"_L1,
        .title = "Consul"_L1,
        .raft = true,
        .plan = consul::plan,
        .planForwarded = consul::planForwarded,
        .decode = consul::decode,
        .vendorCommand = vendorCommand,
        .credentialHeader = "X-Consul-Token"_L1,
        .credentialPrefix = ""_L1,
    };
    return system;
}

} // namespace quorate
