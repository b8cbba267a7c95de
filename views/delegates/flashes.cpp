// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/delegates/flashes.h"

#include "models/tables/roles.h"

#include <QStyle>

namespace quorate {

Flashes::Flashes(QAbstractItemView *view)
    : QObject(view)
    , m_view(view)
{
    m_clock.start();
    m_gather.setSingleShot(true);
    m_gather.setInterval(0);
    m_fade.setInterval(step);
    connect(&m_gather, &QTimer::timeout, this, &Flashes::light);
    connect(&m_fade, &QTimer::timeout, this, &Flashes::fade);
}

void Flashes::watch(QAbstractItemModel *model) { connect(model, &QAbstractItemModel::dataChanged, this, &Flashes::collect); }

bool Flashes::isSteady() const { return m_view->style()->styleHint(QStyle::SH_Widget_Animation_Duration, nullptr, m_view) == 0; }

double Flashes::strength(const QModelIndex &index) const
{
    if (m_since.isEmpty())
        return 0;
    const auto found = m_since.constFind(QPersistentModelIndex(index));
    if (found == m_since.cend())
        return 0;
    const qint64 age = m_clock.elapsed() - found.value();
    if (age >= duration)
        return 0;
    const qint64 steps = age / step;
    return isSteady() ? 1 : 1 - double(steps * step) / duration;
}

void Flashes::collect(const QModelIndex &topLeft, const QModelIndex &bottomRight, const QList<int> &roles)
{
    if (!m_view->isVisible() || roles != QList<int>{ChangedRole})
        return;
    for (int row = topLeft.row(); row <= bottomRight.row(); ++row) {
        for (int column = topLeft.column(); column <= bottomRight.column(); ++column) {
            const QModelIndex index = topLeft.sibling(row, column);
            const QRect rect = m_view->visualRect(index);
            if (rect.isValid() && m_view->viewport()->rect().intersects(rect))
                m_fresh.append(index);
        }
    }
    if (!m_fresh.isEmpty() && !m_gather.isActive())
        m_gather.start();
}

int Flashes::cellsInView() const
{
    const QRect port = m_view->viewport()->rect();
    const int rows = m_view->model()->rowCount();
    int shown = 0;
    for (int row = qMax(0, m_view->indexAt({1, 1}).row()); row < rows; ++row) {
        const QRect rect = m_view->visualRect(m_view->model()->index(row, 0));
        if (rect.top() > port.bottom())
            break;
        ++shown;
    }
    return shown * m_view->model()->columnCount();
}

void Flashes::light()
{
    const QList<QPersistentModelIndex> fresh = std::exchange(m_fresh, {});
    // A single row is no crowd, however short the table.
    const bool crowd = fresh.size() * 5 > cellsInView() && fresh.size() > m_view->model()->columnCount();
    if (crowd)
        return;
    for (const QPersistentModelIndex &index : fresh) {
        if (!index.isValid())
            continue;
        m_since.insert(index, m_clock.elapsed());
        m_view->update(index);
    }
    if (!m_since.isEmpty() && !m_fade.isActive())
        m_fade.start();
}

void Flashes::fade()
{
    const bool steady = isSteady();
    for (auto it = m_since.begin(); it != m_since.end();) {
        const bool over = m_clock.elapsed() - it.value() >= duration || !it.key().isValid();
        if (it.key().isValid() && (over || !steady))
            m_view->update(it.key());
        it = over ? m_since.erase(it) : std::next(it);
    }
    if (m_since.isEmpty())
        m_fade.stop();
}

} // namespace quorate
