// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/systems/http.h"

#include <QDateTime>
#include <QJsonObject>
#include <QUrl>

#include <algorithm>
#include <array>
#include <string_view>

namespace quorate {
using namespace Qt::StringLiterals;

namespace {
constexpr qsizetype sniffed = 512; ///< bytes that decide the kind
constexpr qsizetype ownWordsLimit = 200;
constexpr qsizetype titleWithin = 8192; ///< an HTML title stands in the first bytes or nowhere

bool startsWithAny(QByteArrayView body, std::initializer_list<QByteArrayView> magics)
{
    return std::any_of(magics.begin(), magics.end(), [&](QByteArrayView magic) { return body.startsWith(magic); });
}

bool isCompressed(QByteArrayView body)
{
    using namespace std::string_view_literals;
    // gzip, zlib, zstd, xz
    return startsWithAny(body, {"\x1f\x8b"sv, "\x78\x01"sv, "\x78\x9c"sv, "\x78\xda"sv, "\x28\xb5\x2f\xfd"sv, "\xfd\x37zXZ"sv});
}

bool isBinary(QByteArrayView body)
{
    const QByteArrayView head = body.first(std::min(body.size(), sniffed));
    return std::any_of(head.begin(), head.end(), [](char c) { return (c >= 0 && c < '\t') || (c > '\r' && c < ' ' && c != '\x1b'); });
}

/// "404 page not found" begins like a number and is none, "null" is JSON: scalars are recognised as a whole.
bool isScalar(QByteArrayView body)
{
    const QByteArrayView whole = body.trimmed();
    if (whole == "null" || whole == "true" || whole == "false")
        return true;
    const auto numeric = [](char c) { return (c >= '0' && c <= '9') || c == '-' || c == '+' || c == '.' || c == 'e' || c == 'E'; };
    return whole.size() <= sniffed && (whole.front() == '-' || (whole.front() >= '0' && whole.front() <= '9'))
        && std::all_of(whole.begin(), whole.end(), numeric);
}

QString title(QByteArrayView body)
{
    const QByteArray head = body.first(std::min(body.size(), titleWithin)).toByteArray();
    const QByteArray lower = head.toLower();
    const qsizetype open = lower.indexOf("<title");
    const qsizetype from = open < 0 ? -1 : lower.indexOf('>', open);
    const qsizetype to = from < 0 ? -1 : lower.indexOf("</title", from);
    return to < 0 ? QString() : boundedText(QString::fromUtf8(head.sliced(from + 1, to - from - 1)), ownWordsLimit);
}

QString wordsOfJson(const QJsonValue &value)
{
    if (value.isString())
        return boundedText(value.toString(), ownWordsLimit);
    QStringList found;
    const QJsonObject object = value.toObject();
    for (const QLatin1String key : {"error"_L1, "message"_L1, "details"_L1, "detail"_L1, "reason"_L1}) {
        const QString said = boundedText(object.value(key).toString(), ownWordsLimit);
        if (!said.isEmpty() && !found.contains(said))
            found.append(said);
    }
    return boundedText(found.join("; "_L1), ownWordsLimit);
}

QString compression(const Reply &reply)
{
    const QByteArray encoding = headerValue(reply.headers, "Content-Encoding").trimmed().toLower();
    return encoding.isEmpty() || encoding == "identity" ? u"gzip"_s : boundedText(QString::fromLatin1(encoding), 20);
}

/// What came, as a noun.
QString came(const Reply &reply, BodyKind kind)
{
    return kind == BodyKind::Compressed ? u"%1, which was not asked for"_s.arg(compression(reply)) : words(kind);
}

Reach reachOf(const Reply &reply)
{
    switch (reply.http) {
    case 401:
    case 403:
        return Reach::Unauthorised;
    case 404:
        return Reach::NotFound;
    case 407:
        return Reach::ProxyFailed;
    case 429:
        return Reach::Throttled;
    case 503:
        return ownWords(reply).contains("rate limit"_L1, Qt::CaseInsensitive) ? Reach::Throttled : Reach::ServerError;
    case 304:
        return Reach::Malformed;
    default:
        break;
    }
    if (reply.http >= 300 && reply.http < 400)
        return Reach::Redirected;
    return reply.http >= 500 && reply.http < 600 ? Reach::ServerError : Reach::Malformed;
}

/// Where a redirect points, without what may be private in it.
QString redirectTarget(const Reply &reply)
{
    const QUrl target = QUrl::fromEncoded(headerValue(reply.headers, "Location"));
    const QString shown
        = boundedText(target.toDisplayString(QUrl::RemoveUserInfo | QUrl::RemoveQuery | QUrl::RemoveFragment), ownWordsLimit);
    return shown.isEmpty() ? u"nowhere"_s : shown;
}

/// The first half of the error: the status, what came, what was expected.
QString account(const Reply &reply, Reach reach, const QString &expected, const QString &problem)
{
    const BodyKind kind = bodyKind(reply);
    const QString status = u"HTTP %1"_s.arg(reply.http);
    const bool success = reply.http >= 200 && reply.http < 300;
    if (reach == Reach::Redirected)
        return u"%1, redirected to %2, which is not followed; %3 expected"_s.arg(status, redirectTarget(reply), expected);
    if (reach == Reach::Throttled)
        return u"%1, the server limits the rate of requests"_s.arg(status);
    if (reach == Reach::Unauthorised)
        return status;
    if (!problem.isEmpty() && kind != BodyKind::Empty)
        return u"%1, %2; %3 expected"_s.arg(status, problem, expected);
    if (kind == BodyKind::Html && success)
        return u"%1 with an HTML page; %2 expected – a login page or a proxy?"_s.arg(status, expected);
    if (kind == BodyKind::Empty)
        return u"%1, an empty reply; %2 expected"_s.arg(status, expected);
    return u"%1, %2, not %3"_s.arg(status, came(reply, kind), expected);
}
} // namespace

BodyKind bodyKind(QByteArrayView body)
{
    if (isCompressed(body))
        return BodyKind::Compressed;
    if (body.startsWith("\xEF\xBB\xBF"))
        body = body.sliced(3);
    qsizetype first = 0;
    while (first < body.size() && (body.at(first) == ' ' || (body.at(first) >= '\t' && body.at(first) <= '\r')))
        ++first;
    if (first == body.size())
        return BodyKind::Empty;
    if (isBinary(body))
        return BodyKind::Binary;
    const char c = body.at(first);
    if (c == '<')
        return BodyKind::Html;
    return c == '{' || c == '[' || c == '"' || isScalar(body) ? BodyKind::JsonLike : BodyKind::Text;
}

BodyKind bodyKind(const Reply &reply)
{
    const QByteArray encoding = headerValue(reply.headers, "Content-Encoding").trimmed().toLower();
    const bool encoded = !encoding.isEmpty() && encoding != "identity" && !reply.body.isEmpty();
    return encoded ? BodyKind::Compressed : bodyKind(QByteArrayView(reply.body));
}

QString words(BodyKind kind)
{
    switch (kind) {
    case BodyKind::Empty:
        return u"nothing"_s;
    case BodyKind::JsonLike:
        return u"JSON"_s;
    case BodyKind::Html:
        return u"HTML"_s;
    case BodyKind::Text:
        return u"text"_s;
    case BodyKind::Binary:
        return u"binary data"_s;
    case BodyKind::Compressed:
        return u"gzip, which was not asked for"_s;
    }
    Q_UNREACHABLE();
}

Result<QJsonValue, Decoded> readJson(const Reply &reply, const QString &expected)
{
    if (bodyKind(reply) != BodyKind::JsonLike)
        return notUnderstood(reply, expected);
    auto parsed = parseJson(reply.body);
    if (!parsed)
        return notUnderstood(reply, expected, parsed.error().text);
    return std::move(parsed).value();
}

QString ownWords(const Reply &reply)
{
    switch (bodyKind(reply)) {
    case BodyKind::JsonLike:
        if (const auto json = parseJson(reply.body))
            return wordsOfJson(json.value());
        [[fallthrough]];
    case BodyKind::Text:
        return boundedText(
            QString::fromUtf8(QByteArrayView(reply.body).first(std::min(reply.body.size(), 4 * ownWordsLimit))), ownWordsLimit);
    case BodyKind::Html:
        return title(reply.body);
    case BodyKind::Empty:
    case BodyKind::Binary:
    case BodyKind::Compressed:
        break;
    }
    return {};
}

Decoded notUnderstood(const Reply &reply, const QString &expected, const QString &problem)
{
    Decoded decoded;
    decoded.reach = reachOf(reply);
    decoded.error = account(reply, decoded.reach, expected, problem);
    const QString said = ownWords(reply);
    if (!said.isEmpty())
        decoded.error += u": “%1”"_s.arg(said);
    else if (decoded.reach == Reach::Unauthorised)
        decoded.error += u", no reason given"_s;
    decoded.retryAfterSeconds = retryAfter(reply);
    return decoded;
}

QString statusProblem(const Reply &reply)
{
    return reply.http > 200 && reply.http < 300 ? u"a status that no document of its kind comes with"_s : QString();
}

/// By hand: QLocale reads it as a local time first, which a gap of the zone makes invalid, and looks the zone up for every reply.
std::optional<Instant> httpDate(QByteArrayView value)
{
    constexpr std::string_view months = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec ";
    constexpr std::string_view form = "ddd, 00 mmm 0000 00:00:00 GMT";
    const QByteArrayView text = value.trimmed();
    if (text.size() != qsizetype(form.size()))
        return std::nullopt;
    for (size_t i = 0; i < form.size(); ++i) {
        const char c = text.at(qsizetype(i));
        const bool digit = c >= '0' && c <= '9';
        if (form[i] == '0' ? !digit : form[i] != 'd' && form[i] != 'm' && form[i] != c)
            return std::nullopt;
    }
    const auto number = [&text](qsizetype from, qsizetype length) { return text.sliced(from, length).toInt(); };
    const size_t month = months.find(std::string_view(text.data() + 8, 4));
    if (month == std::string_view::npos || month % 4 != 0)
        return std::nullopt;
    const QDate date(number(12, 4), int(month / 4) + 1, number(5, 2));
    const QTime time(number(17, 2), number(20, 2), number(23, 2));
    if (!date.isValid() || !time.isValid())
        return std::nullopt;
    return Instant(Milliseconds(QDateTime(date, time, Qt::UTC).toMSecsSinceEpoch()));
}

std::optional<double> retryAfter(const Reply &reply)
{
    const QByteArray value = headerValue(reply.headers, "Retry-After").trimmed();
    bool ok = false;
    double seconds = value.toDouble(&ok);
    if (!ok) {
        const auto until = httpDate(value);
        if (!until)
            return std::nullopt;
        const Instant from = httpDate(headerValue(reply.headers, "Date")).value_or(reply.finished.wall);
        seconds = std::chrono::duration<double>(*until - from).count();
    }
    return seconds >= 0 ? std::optional(std::min(seconds, maxRetryAfterSeconds)) : std::nullopt;
}

} // namespace quorate
