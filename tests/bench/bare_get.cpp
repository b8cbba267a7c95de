// SPDX-License-Identifier: GPL-3.0-or-later
// The smallest Qt program that fetches one URL: the measure for `quorate status`.
#include <QCoreApplication>
#include <QNetworkAccessManager>
#include <QNetworkReply>

#include <cstdlib>

int main(int argc, char **argv)
{
    QCoreApplication application(argc, argv);
    QNetworkAccessManager manager;
    QNetworkRequest request{QUrl(QCoreApplication::arguments().value(1))};
    request.setRawHeader("Accept-Encoding", "identity");
    QNetworkReply *reply = manager.get(request);
    QObject::connect(reply, &QNetworkReply::finished, reply, [reply] { std::_Exit(reply->readAll().isEmpty() ? 1 : 0); });
    return QCoreApplication::exec();
}
