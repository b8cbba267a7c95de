// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <QSyntaxHighlighter>

namespace quorate {

/// Names of members in the first series colour; words that say something is wrong ("error", "failed", false …) in Critical ink.
class JsonHighlighter final : public QSyntaxHighlighter {
    Q_OBJECT
public:
    using QSyntaxHighlighter::QSyntaxHighlighter;

    void setOn(bool on);
    void setPalette(const QPalette &palette);

protected:
    void highlightBlock(const QString &text) override;

private:
    bool m_on = false;
    QTextCharFormat m_name, m_bad;
};

} // namespace quorate
