// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <QWidget>

class QHBoxLayout;
class QLabel;

namespace quorate {

/// Shown while no cluster is configured: how to begin, and what the four shapes mean.
class EmptyPage final : public QWidget {
    Q_OBJECT
public:
    explicit EmptyPage(QWidget *parent = nullptr);

    void setConfigPath(const QString &path); ///< as shown to people ("~/.config/quorate/config.toml")

Q_SIGNALS:
    void demoWanted();
    void exampleWanted();

protected:
    void changeEvent(QEvent *event) override;

private:
    void build();
    QWidget *makeWays();
    QWidget *makeLegend();

    QString m_path;
    QHBoxLayout *m_across = nullptr;
    QWidget *m_column = nullptr;
    QLabel *m_exampleText = nullptr;
};

} // namespace quorate
