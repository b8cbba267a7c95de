// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <QListView>

namespace quorate {

/// Reasons as a list that wraps and is never elided: shape, sentence, and a quiet second line (SecondLineRole). No row tint.
class ReasonList final : public QListView {
    Q_OBJECT
public:
    explicit ReasonList(QWidget *parent = nullptr);

    /// Sentences and second lines of the selected rows (all when none is selected); as Markdown a list.
    [[nodiscard]] QString copyText(bool markdown) const;

protected:
    void resizeEvent(QResizeEvent *event) override;
    void dataChanged(const QModelIndex &topLeft, const QModelIndex &bottomRight, const QList<int> &roles) override;
};

} // namespace quorate
