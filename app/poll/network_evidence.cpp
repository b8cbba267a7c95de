// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/poll/network_evidence.h"

#include "app/poll/kernel_route.h"

#include <QDBusConnection>
#include <QDBusMessage>
#include <QDBusPendingReply>
#include <QDBusVariant>
#include <QFile>
#include <QNetworkInterface>
#include <QNetworkProxy>
#include <QSemaphore>
#include <QTcpSocket>
#include <QThread>

#include <algorithm>
#include <atomic>
#include <memory>

namespace quorate {
using namespace Qt::StringLiterals;

namespace {
constexpr int referenceLimitMs = 3'000;
constexpr int serviceLimitMs = 1'000;

QList<InterfaceState> interfacesOfThisMachine()
{
    QList<InterfaceState> states;
    const QList<QNetworkInterface> all = QNetworkInterface::allInterfaces();
    for (const QNetworkInterface &interface : all) {
        const QNetworkInterface::InterfaceFlags flags = interface.flags();
        InterfaceState state;
        state.running = flags.testFlag(QNetworkInterface::IsUp) && flags.testFlag(QNetworkInterface::IsRunning);
        state.loopback = flags.testFlag(QNetworkInterface::IsLoopBack);
        const QList<QNetworkAddressEntry> entries = interface.addressEntries();
        for (const QNetworkAddressEntry &entry : entries)
            state.addresses.append(entry.ip());
        states.append(state);
    }
    return states;
}

QByteArray contents(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

/// Where all addresses are known, the kernel says of each whether a route leads there. Else any route may be the one.
bool isWithoutRoute(const NetworkQuestion &question)
{
    if (!question.addresses.isEmpty())
        return std::none_of(question.addresses.cbegin(), question.addresses.cend(), kernelHasRoute);
    const QByteArray ipv4 = contents(u"/proc/net/route"_s), ipv6 = contents(u"/proc/net/ipv6_route"_s);
    return !(ipv4.isEmpty() && ipv6.isEmpty()) && !hasRoute(ipv4, ipv6);
}

/// NM_STATE_ASLEEP, NM_STATE_DISCONNECTED, NM_STATE_DISCONNECTING. Unmanaged interfaces make it say so too: an answer disproves it.
bool isCalledDisconnected()
{
    QDBusConnection bus = QDBusConnection::systemBus();
    if (!bus.isConnected())
        return false;
    QDBusMessage message = QDBusMessage::createMethodCall(
        u"org.freedesktop.NetworkManager"_s, u"/org/freedesktop/NetworkManager"_s, u"org.freedesktop.DBus.Properties"_s, u"Get"_s);
    message << u"org.freedesktop.NetworkManager"_s << u"State"_s;
    message.setAutoStartService(false);
    QDBusPendingReply<QDBusVariant> reply = bus.asyncCall(message, serviceLimitMs);
    reply.waitForFinished(); // in a thread of its own, and for no longer than the limit
    if (reply.isError())
        return false;
    const uint state = reply.value().variant().toUInt();
    return state == 10 || state == 20 || state == 30;
}

/// Connected or refused: somebody is there either way. A name is looked up by a thread that may stay behind, for as long as that takes.
bool answers(const ReferenceAddress &reference)
{
    struct Attempt {
        std::atomic<bool> answered = false;
        QSemaphore done;
    };
    auto attempt = std::make_shared<Attempt>();
    QThread *thread = QThread::create([attempt, reference] {
        QTcpSocket socket;
        socket.setProxy(QNetworkProxy::NoProxy);
        socket.connectToHost(reference.host, reference.port);
        attempt->answered = socket.waitForConnected(referenceLimitMs) || socket.error() == QAbstractSocket::ConnectionRefusedError;
        attempt->done.release();
    });
    QObject::connect(thread, &QThread::finished, thread, &QObject::deleteLater);
    thread->start();
    return attempt->done.tryAcquire(1, referenceLimitMs) && attempt->answered;
}
} // namespace

bool isOnlyLoopback(const QList<InterfaceState> &interfaces)
{
    return std::none_of(interfaces.cbegin(), interfaces.cend(), [](const InterfaceState &interface) {
        return interface.running && !interface.loopback
            && std::any_of(interface.addresses.cbegin(), interface.addresses.cend(),
                [](const QHostAddress &address) { return !address.isLoopback() && !address.isLinkLocal(); });
    });
}

NetworkEvidence networkEvidence(const NetworkQuestion &question)
{
    NetworkEvidence evidence;
    evidence.onlyLoopback = isOnlyLoopback(interfacesOfThisMachine());
    evidence.noRoute = isWithoutRoute(question);
    evidence.disconnected = isCalledDisconnected();
    if (question.reference)
        evidence.referenceAnswers = answers(*question.reference);
    return evidence;
}

} // namespace quorate
