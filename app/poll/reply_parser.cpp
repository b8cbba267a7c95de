// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/poll/reply_parser.h"

#include <algorithm>

namespace quorate {

namespace {
constexpr qsizetype firstBytesKept = 64;

/// Digits only: no sign, no spaces inside.
std::optional<qint64> lengthOf(const QByteArray &text)
{
    const QByteArray digits = text.trimmed();
    const bool plain = !digits.isEmpty() && std::all_of(digits.begin(), digits.end(), [](char c) { return c >= '0' && c <= '9'; });
    bool ok = false;
    const qint64 length = digits.toLongLong(&ok);
    return plain && ok ? std::optional(length) : std::nullopt;
}

bool says(const QByteArray &value, QByteArrayView word)
{
    const QList<QByteArray> words = value.toLower().split(',');
    return std::any_of(words.begin(), words.end(), [&](const QByteArray &one) { return one.trimmed() == word; });
}
} // namespace

void ReplyParser::feed(QByteArrayView bytes)
{
    m_anyByte = m_anyByte || !bytes.isEmpty();
    while (!bytes.isEmpty() && m_state != State::Over) {
        if (m_state == State::Head)
            readHead(bytes);
        else if (m_chunked)
            readChunks(bytes);
        else
            readBody(bytes);
    }
    m_tooMuch = m_tooMuch || !bytes.isEmpty();
}

void ReplyParser::end()
{
    if (m_state == State::Over)
        return;
    const bool untilEnd = m_state == State::Body && !m_chunked && !m_length;
    if (untilEnd)
        m_state = State::Over;
    else
        fail(Problem::Truncated);
    m_tooMuch = true; // nothing more can come on this connection
}

bool ReplyParser::canGoOn() const
{
    if (!isWhole() || m_tooMuch)
        return false;
    const QByteArray connection = headerValue(m_headers, "Connection");
    return m_http11 ? !says(connection, "close") : says(connection, "keep-alive");
}

void ReplyParser::fail(Problem problem)
{
    m_problem = problem;
    m_state = State::Over;
}

/// True when a whole line was there. A line alone may not be larger than the head.
bool ReplyParser::takeLine(QByteArray &line, QByteArrayView &bytes)
{
    const qsizetype end = bytes.indexOf('\n');
    const qsizetype taken = end < 0 ? bytes.size() : end + 1;
    m_headSize += taken;
    if (m_headSize > headCap) {
        fail(Problem::HeadTooLarge);
        return false;
    }
    m_line.append(bytes.first(end < 0 ? taken : end));
    bytes = bytes.sliced(taken);
    if (end < 0)
        return false;
    if (m_line.endsWith('\r'))
        m_line.chop(1);
    line = std::exchange(m_line, {});
    return true;
}

/// Another protocol is known by its first bytes: its line may never end.
bool ReplyParser::beginsLikeHttp(QByteArrayView bytes) const
{
    const QByteArrayView expected = "HTTP/";
    const QByteArray start
        = m_line.first(std::min(m_line.size(), expected.size())) + bytes.first(std::min(bytes.size(), expected.size())).toByteArray();
    return QByteArrayView(start).first(std::min(start.size(), expected.size())) == expected.first(std::min(start.size(), expected.size()));
}

void ReplyParser::readHead(QByteArrayView &bytes)
{
    QByteArray line;
    while (m_state == State::Head && !bytes.isEmpty()) {
        if (m_lineStatus == 0 && !beginsLikeHttp(bytes)) {
            failAtStart(m_line + bytes.first(std::min(bytes.size(), firstBytesKept)).toByteArray());
            return;
        }
        if (takeLine(line, bytes))
            readHeadLine(line);
    }
}

void ReplyParser::failAtStart(const QByteArray &bytes)
{
    m_first = bytes.left(firstBytesKept);
    fail(Problem::NotHttp);
}

void ReplyParser::readHeadLine(const QByteArray &line)
{
    if (m_lineStatus == 0) {
        if (!readStatusLine(line))
            failAtStart(line);
        return;
    }
    if (line.isEmpty()) {
        headOver();
        return;
    }
    if (line.startsWith(' ') || line.startsWith('\t')) { // a folded line, as old servers send them
        if (!m_headers.isEmpty())
            m_headers.last().second += ' ' + line.trimmed();
        return;
    }
    const qsizetype colon = line.indexOf(':');
    if (colon > 0)
        m_headers.append({line.first(colon).trimmed(), line.sliced(colon + 1).trimmed()});
}

bool ReplyParser::readStatusLine(const QByteArray &line)
{
    const QList<QByteArray> words = line.split(' ');
    bool ok = false;
    const int status = words.value(1).toInt(&ok);
    if (!words.first().startsWith("HTTP/1.") || words.value(1).size() != 3 || !ok || status < 100)
        return false;
    m_http11 = words.first() != "HTTP/1.0";
    m_lineStatus = status;
    return true;
}

void ReplyParser::headOver()
{
    if (m_lineStatus < 200) { // an interim reply: the real one follows
        m_lineStatus = 0;
        m_headers.clear();
        return;
    }
    m_status = m_lineStatus;
    m_state = State::Body;
    if (m_status == 204 || m_status == 304) {
        m_state = State::Over;
        return;
    }
    m_chunked = says(headerValue(m_headers, "Transfer-Encoding"), "chunked");
    if (m_chunked) {
        m_headSize = 0; // from here on: of the chunks' own lines
        return;
    }
    for (const auto &[name, value] : std::as_const(m_headers)) {
        if (name.compare("Content-Length", Qt::CaseInsensitive) != 0)
            continue;
        const auto length = lengthOf(value);
        if (!length || (m_length && *m_length != *length)) {
            fail(Problem::BadLength);
            return;
        }
        m_length = length;
    }
    if (!m_length)
        return;
    m_left = *m_length;
    if (m_left == 0)
        m_state = State::Over;
    else if (m_left > bodyCap)
        fail(Problem::BodyTooLarge);
}

void ReplyParser::append(QByteArrayView bytes)
{
    if (m_body.size() + bytes.size() > bodyCap)
        fail(Problem::BodyTooLarge);
    else
        m_body.append(bytes);
}

void ReplyParser::readBody(QByteArrayView &bytes)
{
    const qsizetype taken = m_length ? std::min<qsizetype>(bytes.size(), m_left) : bytes.size();
    append(bytes.first(taken));
    bytes = bytes.sliced(taken);
    m_left -= taken;
    if (m_length && m_left == 0 && m_state == State::Body)
        m_state = State::Over;
}

void ReplyParser::readChunks(QByteArrayView &bytes)
{
    if (m_chunk == Chunk::Data) {
        const qsizetype taken = std::min<qsizetype>(bytes.size(), m_left);
        append(bytes.first(taken));
        bytes = bytes.sliced(taken);
        m_left -= taken;
        if (m_left == 0)
            m_chunk = Chunk::End;
        return;
    }
    QByteArray line;
    if (takeLine(line, bytes))
        readChunkLine(line);
}

void ReplyParser::readChunkLine(const QByteArray &line)
{
    if (m_chunk == Chunk::Trailer) {
        if (line.isEmpty())
            m_state = State::Over;
        return;
    }
    if (m_chunk == Chunk::End) {
        if (!line.isEmpty())
            fail(Problem::BadChunk);
        m_headSize = 0;
        m_chunk = Chunk::Size;
        return;
    }
    const QByteArray digits = line.split(';').first().trimmed(); // extensions follow a semicolon
    const bool hex = !digits.isEmpty() && digits.size() <= 8
        && std::all_of(digits.begin(), digits.end(), [](char c) { return std::isxdigit(quint8(c)); });
    if (!hex) {
        fail(Problem::BadChunk);
        return;
    }
    m_left = digits.toLongLong(nullptr, 16);
    m_chunk = m_left == 0 ? Chunk::Trailer : Chunk::Data;
    if (m_body.size() + m_left > bodyCap)
        fail(Problem::BodyTooLarge);
}

} // namespace quorate
