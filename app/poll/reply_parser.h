// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "models/status/observation.h"

#include <optional>

namespace quorate {

/// Reads one HTTP/1.x reply to a GET from bytes as they come. Never holds more than its limits, whatever is sent. Pure.
class ReplyParser {
public:
    enum class State { Head, Body, Over };
    /// Why a reply is over without being whole.
    enum class Problem { None, NotHttp, HeadTooLarge, BodyTooLarge, BadLength, BadChunk, Truncated };

    static constexpr qsizetype headCap = 64 * 1024;
    static constexpr qsizetype bodyCap = 8 * 1024 * 1024;

    /// Bytes after the end of the reply are left out, and noted: such a connection is not used again.
    void feed(QByteArrayView bytes);
    /// The connection ended: a body without an announced length is whole now.
    void end();

    [[nodiscard]] State state() const { return m_state; }
    [[nodiscard]] Problem problem() const { return m_problem; }
    [[nodiscard]] bool isWhole() const { return m_state == State::Over && m_problem == Problem::None; }
    [[nodiscard]] bool hasBytes() const { return m_anyByte; }
    [[nodiscard]] bool canGoOn() const; ///< the connection may carry another request
    [[nodiscard]] int status() const { return m_status; } ///< 0 until the head is whole
    [[nodiscard]] const Headers &headers() const { return m_headers; }
    [[nodiscard]] const QByteArray &body() const { return m_body; }
    [[nodiscard]] std::optional<qint64> announced() const { return m_length; }
    [[nodiscard]] QByteArray firstBytes() const { return m_first; } ///< of something that is not HTTP

private:
    enum class Chunk { Size, Data, End, Trailer };

    bool takeLine(QByteArray &line, QByteArrayView &bytes);
    [[nodiscard]] bool beginsLikeHttp(QByteArrayView bytes) const;
    void readHead(QByteArrayView &bytes);
    void readHeadLine(const QByteArray &line);
    bool readStatusLine(const QByteArray &line);
    void headOver();
    void readBody(QByteArrayView &bytes);
    void readChunks(QByteArrayView &bytes);
    void readChunkLine(const QByteArray &line);
    void append(QByteArrayView bytes);
    void fail(Problem problem);
    void failAtStart(const QByteArray &bytes);

    State m_state = State::Head;
    Problem m_problem = Problem::None;
    Chunk m_chunk = Chunk::Size;
    QByteArray m_line; ///< the line that is not over yet
    QByteArray m_first;
    qsizetype m_headSize = 0;
    int m_status = 0;
    int m_lineStatus = 0; ///< of the head under way
    bool m_http11 = false;
    bool m_chunked = false;
    bool m_anyByte = false;
    bool m_tooMuch = false;
    qint64 m_left = 0; ///< of the body or the chunk
    std::optional<qint64> m_length;
    Headers m_headers;
    QByteArray m_body;
};

} // namespace quorate
