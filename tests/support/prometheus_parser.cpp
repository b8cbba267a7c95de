// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/prometheus_parser.h"

#include <QRegularExpression>
#include <QSet>

namespace quorate::test {
using namespace Qt::StringLiterals;

namespace {
const QRegularExpression metricName(u"\\A[a-zA-Z_:][a-zA-Z0-9_:]*\\z"_s);
const QRegularExpression labelName(u"\\A[a-zA-Z_][a-zA-Z0-9_]*\\z"_s);

class Parser {
public:
    PrometheusDocument parse(const QByteArray &text)
    {
        const QString all = QString::fromUtf8(text);
        if (!all.endsWith(u'\n'))
            return fail(u"the last line does not end"_s);
        QStringList lines = all.split(u'\n');
        lines.removeLast();
        for (const QString &line : lines) {
            if (line.startsWith(u'#') ? !comment(line) : !sample(line))
                return fail(line);
        }
        return m_document;
    }

private:
    PrometheusDocument fail(const QString &line)
    {
        m_document.mistake = line;
        return m_document;
    }

    bool comment(const QString &line)
    {
        const QStringList words = line.split(u' ');
        if (words.size() < 4 || !metricName.match(words.at(2)).hasMatch())
            return false;
        if (words.at(1) == "HELP"_L1) {
            if (m_help.contains(words.at(2)))
                return false;
            m_help.insert(words.at(2));
            m_family.clear();
            return true;
        }
        if (words.at(1) != "TYPE"_L1 || words.size() != 4 || words.at(3) != "gauge"_L1 || !m_help.contains(words.at(2))
            || m_type.contains(words.at(2)))
            return false;
        m_type.insert(words.at(2));
        m_family = words.at(2);
        return true;
    }

    bool sample(const QString &line)
    {
        qsizetype at = 0;
        while (at < line.size() && line.at(at) != u'{' && line.at(at) != u' ')
            ++at;
        PrometheusSample sample;
        sample.family = line.left(at);
        if (sample.family != m_family || !metricName.match(sample.family).hasMatch())
            return false;
        if (line.mid(at, 1) == "{"_L1 && !labels(line, ++at, sample.labels))
            return false;
        if (line.mid(at, 1) != " "_L1)
            return false;
        bool isNumber = false;
        sample.value = line.mid(at + 1).toDouble(&isNumber);
        const QString series = line.left(at);
        if (!isNumber || m_series.contains(series))
            return false;
        m_series.insert(series);
        m_document.samples.append(sample);
        return true;
    }

    /// From after "{" to after "}".
    static bool labels(const QString &line, qsizetype &at, QMap<QString, QString> &into)
    {
        while (at < line.size()) {
            const qsizetype equals = line.indexOf("=\""_L1, at);
            const QString name = line.mid(at, equals - at);
            if (equals < 0 || !labelName.match(name).hasMatch() || into.contains(name))
                return false;
            at = equals + 2;
            QString value;
            if (!text(line, at, value))
                return false;
            into.insert(name, value);
            const QChar next = at < line.size() ? line.at(at) : QChar();
            ++at;
            if (next == u'}')
                return true;
            if (next != u',')
                return false;
        }
        return false;
    }

    /// From after the opening quote to after the closing one.
    static bool text(const QString &line, qsizetype &at, QString &value)
    {
        for (; at < line.size(); ++at) {
            const QChar c = line.at(at);
            if (c == u'"') {
                ++at;
                return true;
            }
            if (c != u'\\') {
                value += c;
                continue;
            }
            ++at;
            const QChar escape = at < line.size() ? line.at(at) : QChar();
            if (escape != u'\\' && escape != u'"' && escape != u'n')
                return false;
            value += escape == u'n' ? QChar(u'\n') : escape;
        }
        return false;
    }

    PrometheusDocument m_document;
    QSet<QString> m_help, m_type, m_series;
    QString m_family;
};
} // namespace

PrometheusDocument parsePrometheus(const QByteArray &text) { return Parser().parse(text); }

} // namespace quorate::test
