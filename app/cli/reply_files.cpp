// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/reply_files.h"

#include <QDir>
#include <QFile>
#include <QRegularExpression>
#include <QUrl>

namespace quorate {
using namespace Qt::StringLiterals;

namespace {

/// Letters, digits, dots and dashes only: names of clusters are free text.
QString baseName(const StoredReply &stored)
{
    const QUrl url(stored.endpoint.text());
    static const QRegularExpression other(u"[^A-Za-z0-9.-]+"_s);
    QStringList parts{
        stored.cluster.text(), url.host(), QString::number(url.port(url.scheme() == "https"_L1 ? 443 : 80)), stored.request.key};
    for (QString &part : parts)
        part = part.left(60).replace(other, u"-"_s);
    QString name = parts.join(u'_');
    return name.startsWith(u'.') ? u'-' + name : name;
}

QByteArray metaOf(const StoredReply &stored, const Redaction &redaction)
{
    const Reply &reply = stored.reply;
    QByteArray meta = "request: GET " + redaction.text(stored.endpoint.text() + stored.request.path).toUtf8() + '\n';
    meta += "reach: " + QByteArray(name(stored.reach).data()) + '\n';
    if (!stored.error.isEmpty())
        meta += "error: " + redaction.text(stored.error).toUtf8() + '\n';
    meta += "seconds: " + QByteArray::number(reply.latencySeconds, 'f', 4) + '\n';
    meta += "finished: " + toRfc3339(reply.finished.wall).toUtf8() + '\n';
    meta += "bytes: " + QByteArray::number(reply.body.size()) + '\n';
    if (reply.http > 0)
        meta += "status: " + QByteArray::number(reply.http) + '\n';
    for (const auto &[header, value] : redaction.headers(reply.headers))
        meta += header + ": " + value + '\n';
    return meta;
}

bool writeNew(const QString &path, const QByteArray &bytes, QString &problem)
{
    QFile file(path);
    if (file.open(QIODevice::WriteOnly | QIODevice::NewOnly, QFileDevice::ReadOwner | QFileDevice::WriteOwner)
        && file.write(bytes) == bytes.size() && file.flush())
        return true;
    problem = u"%1: %2"_s.arg(path, file.errorString());
    return false;
}

} // namespace

SavedReplies saveReplies(const QString &folder, const QList<StoredReply> &replies, const Redaction &redaction)
{
    SavedReplies saved;
    if (!QDir().exists(folder)) {
        if (!QDir().mkpath(folder))
            return {0, {u"the folder %1 can't be made"_s.arg(folder)}};
        QFile::setPermissions(folder, QFileDevice::ReadOwner | QFileDevice::WriteOwner | QFileDevice::ExeOwner);
    }
    for (const StoredReply &stored : replies) {
        const QString base = folder + u'/' + baseName(stored);
        QString path = base;
        for (int number = 2; QFile::exists(path + u".body"_s) || QFile::exists(path + u".meta"_s); ++number)
            path = u"%1.%2"_s.arg(base).arg(number);
        QString problem;
        const bool written = writeNew(path + u".body"_s, redaction.bytes(stored.reply.body), problem)
            && writeNew(path + u".meta"_s, metaOf(stored, redaction), problem);
        if (written)
            saved.files += 2;
        else
            saved.problems.append(problem);
    }
    return saved;
}

} // namespace quorate
