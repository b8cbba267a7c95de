// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/pages/raw_reply_view.h"

#include "models/wording/wording.h"
#include "views/pages/eliding_label.h"
#include "views/pages/json_highlighter.h"
#include "views/pages/raw_reply_choice.h"
#include "views/theme/metrics.h"
#include "views/theme/theme.h"

#include <QAction>
#include <QApplication>
#include <QClipboard>
#include <QComboBox>
#include <QFontDatabase>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QPromise>
#include <QScrollBar>
#include <QThreadPool>
#include <QToolButton>

#include <memory>

using namespace Qt::StringLiterals;

namespace quorate {
namespace {

constexpr qsizetype readHere = 16 * 1024; ///< larger bodies are made readable in another thread
constexpr qsizetype mostHighlighted = 200'000; ///< characters; colouring more would be felt

QFuture<ReadableBody> readElsewhere(const QByteArray &body)
{
    auto promise = std::make_shared<QPromise<ReadableBody>>();
    QFuture<ReadableBody> future = promise->future();
    promise->start();
    QThreadPool::globalInstance()->start([promise, body] {
        if (!promise->isCanceled())
            promise->addResult(readable(body));
        promise->finish();
    });
    return future;
}

/// Escaped and marked as markup, so that a tool tip neither takes it for markup nor shows the escapes.
QString plainTip(const QString &text)
{
    return text.isEmpty() ? QString() : text.toHtmlEscaped().prepend(u"<p style='white-space:pre-wrap'>"_s);
}

} // namespace

RawReplyView::RawReplyView(QWidget *parent)
    : QWidget(parent)
    , m_choice(new QComboBox(this))
    , m_summary(new ElidingLabel(this))
    , m_error(new ElidingLabel(this))
    , m_matches(new ElidingLabel(this))
    , m_find(new QLineEdit(this))
    , m_text(new QPlainTextEdit(this))
    , m_highlighter(new JsonHighlighter(m_text->document()))
    , m_copyReply(new QAction(tr("Copy reply"), this))
    , m_copyCurl(new QAction(tr("Copy as curl"), this))
    , m_copyVendor(new QAction(tr("Vendor command"), this))
{
    m_choice->setObjectName(u"rawReplyChoice"_s);
    m_choice->setAccessibleName(tr("Endpoint and request"));
    m_choice->setSizeAdjustPolicy(QComboBox::AdjustToContents);
    m_find->setObjectName(u"rawReplyFind"_s);
    m_find->setPlaceholderText(tr("Find"));
    m_find->setAccessibleName(tr("Find in the reply"));
    // Not before it can be seen: for its icon Qt loads every image plug-in there is.
    connect(m_find, &QLineEdit::textChanged, m_find, [this] { m_find->setClearButtonEnabled(true); });
    m_find->setMaxLength(200);
    m_text->setObjectName(u"rawReplyText"_s);
    m_text->setAccessibleName(tr("Reply"));
    m_text->setReadOnly(true);
    m_text->setFrameShape(QFrame::NoFrame);
    m_text->setLineWrapMode(QPlainTextEdit::NoWrap);
    m_text->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    m_text->setTabChangesFocus(true);
    m_error->hide();

    auto *bar = new QHBoxLayout;
    fill(bar);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addLayout(bar);
    layout->addWidget(m_error);
    layout->addWidget(m_text, 1);
    setFocusProxy(m_text);

    connectParts();
    m_highlighter->setPalette(palette());
    sizeParts();
    showChosen();
}

void RawReplyView::connectParts()
{
    connect(m_choice, &QComboBox::currentIndexChanged, this, &RawReplyView::showChosen);
    connect(m_find, &QLineEdit::textChanged, this, &RawReplyView::markMatches);
    connect(m_find, &QLineEdit::returnPressed, this, [this] { findNext(); });
    connect(&m_reading, &QFutureWatcherBase::finished, this, [this] {
        if (!m_reading.isCanceled() && m_reading.future().resultCount() > 0)
            showText(m_reading.result());
    });
    connect(m_copyReply, &QAction::triggered, this, [this] {
        if (const RawReply *reply = chosen())
            copy(QString::fromUtf8(reply->body), tr("reply copied"));
    });
    connect(m_copyCurl, &QAction::triggered, this, [this] {
        if (const RawReply *reply = chosen())
            copy(reply->curl, tr("curl command copied"));
    });
    connect(m_copyVendor, &QAction::triggered, this, [this] {
        if (const RawReply *reply = chosen())
            copy(reply->vendorCommand, tr("vendor command copied"));
    });
}

RawReplyView::~RawReplyView()
{
    m_reading.disconnect(this);
    m_reading.cancel();
}

void RawReplyView::fill(QHBoxLayout *bar)
{
    const Metrics metrics(font());
    bar->setContentsMargins(metrics.gap(), metrics.tight(), metrics.gap(), metrics.tight());
    bar->setSpacing(metrics.gap());
    bar->addWidget(m_choice);
    bar->addWidget(m_summary, 1);
    bar->addWidget(m_matches);
    bar->addWidget(m_find);
    m_copyReply->setIcon(symbol(u"copy"_s, palette()));
    for (QAction *action : {m_copyReply, m_copyCurl, m_copyVendor}) {
        auto *button = new QToolButton(this);
        button->setAutoRaise(true);
        button->setToolButtonStyle(action == m_copyReply ? Qt::ToolButtonTextBesideIcon : Qt::ToolButtonTextOnly);
        button->setDefaultAction(action);
        button->setFocusPolicy(Qt::TabFocus);
        const int icon = metrics.px(0.85);
        button->setIconSize({icon, icon});
        bar->addWidget(button);
    }
}

void RawReplyView::setReplies(const QList<RawReply> &replies, const Time &now)
{
    m_now = now;
    const QString wanted = m_shownKey;
    QStringList before, after;
    for (const RawReply &reply : std::as_const(m_replies))
        before += keyOf(reply);
    for (const RawReply &reply : replies)
        after += keyOf(reply);
    m_replies = replies;
    if (before != after) {
        const QSignalBlocker blocker(m_choice);
        m_choice->clear();
        const int room = m_choice->maximumWidth() - Metrics(font()).px(2.2); // for the arrow and the frame
        for (const RawReply &reply : replies) {
            m_choice->addItem(replyTitle(reply, m_choice->fontMetrics(), room), keyOf(reply));
            m_choice->setItemData(m_choice->count() - 1, plainTip(replyUrl(reply)), Qt::ToolTipRole);
        }
        const int same = m_choice->findData(wanted);
        m_choice->setCurrentIndex(same >= 0 ? same : worthReading(replies));
    }
    showChosen();
}

void RawReplyView::choose(const EndpointUrl &endpoint)
{
    if (const int at = worthReading(m_replies, endpoint); at >= 0)
        m_choice->setCurrentIndex(at);
}

const RawReply *RawReplyView::chosen() const
{
    const int at = m_choice->currentIndex();
    return at >= 0 && at < m_replies.size() ? &m_replies.at(at) : nullptr;
}

void RawReplyView::showChosen()
{
    const RawReply *reply = chosen();
    m_copyReply->setEnabled(reply && !reply->body.isEmpty());
    m_copyCurl->setEnabled(reply && !reply->curl.isEmpty());
    m_copyCurl->setToolTip(reply ? plainTip(reply->curl) : QString());
    m_copyVendor->setEnabled(reply && !reply->vendorCommand.isEmpty());
    m_copyVendor->setToolTip(reply ? plainTip(reply->vendorCommand) : QString());
    m_choice->setToolTip(reply ? plainTip(replyUrl(*reply)) : QString());
    m_error->setVisible(reply && !reply->error.isEmpty());
    if (!reply) {
        m_reading.cancel();
        m_shownKey.clear();
        m_shownBody.clear();
        m_summary->setText(tr("no reply yet"));
        m_text->setPlaceholderText({});
        m_text->clear();
        return;
    }
    m_error->setText(boundedText(reply->error, 400));
    if (keyOf(*reply) == m_shownKey && reply->body == m_shownBody) {
        describe(m_text->property("kind").toString(), m_text->property("leftOut").toLongLong());
        return;
    }
    if (keyOf(*reply) != m_shownKey)
        m_text->verticalScrollBar()->setValue(0);
    m_shownKey = keyOf(*reply);
    m_shownBody = reply->body;
    m_reading.cancel();
    if (reply->body.size() <= readHere) {
        showText(readable(reply->body));
        return;
    }
    describe(tr("reading"), 0);
    m_reading.setFuture(readElsewhere(reply->body));
}

void RawReplyView::showText(const ReadableBody &body)
{
    const int scroll = m_text->verticalScrollBar()->value();
    m_highlighter->setOn(body.json && body.text.size() <= mostHighlighted);
    m_text->setProperty("kind", body.kind);
    m_text->setProperty("leftOut", body.leftOut);
    m_text->setPlaceholderText(chosen()->http > 0 ? tr("The reply is empty") : tr("There is no reply"));
    m_text->setPlainText(body.text);
    m_text->verticalScrollBar()->setValue(scroll);
    describe(body.kind, body.leftOut);
    markMatches();
}

void RawReplyView::describe(const QString &kind, qint64 leftOut)
{
    const RawReply *reply = chosen();
    QStringList facts;
    facts += reply->http > 0 ? tr("HTTP %1").arg(reply->http) : wording::reachWord(reply->reach);
    if (reply->latency)
        facts += wording::latency(reply->latency);
    if (reply->http > 0) {
        facts += wording::bytes(qint64(reply->body.size()));
        facts += kind;
    }
    if (reply->http > 0 && reply->reach != Reach::Answered)
        facts += wording::reachWord(reply->reach).toLower();
    if (reply->at)
        facts += tr("at %1").arg(wording::clock(*reply->at, m_now));
    if (leftOut > 0)
        facts += tr("%1 more not shown, Copy reply has all").arg(wording::bytes(leftOut));
    m_summary->setText(facts.join(u" · "_s));
}

void RawReplyView::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::FontChange)
        sizeParts();
    if (event->type() == QEvent::PaletteChange) {
        m_highlighter->setPalette(palette());
        m_copyReply->setIcon(symbol(u"copy"_s, palette()));
        markMatches();
    }
}

void RawReplyView::sizeParts()
{
    const Metrics metrics(font());
    QFont fixed = QFontDatabase::systemFont(QFontDatabase::FixedFont);
    fixed.setPointSizeF(font().pointSizeF() > 0 ? font().pointSizeF() * rawSize : fixed.pointSizeF());
    m_text->setFont(fixed);
    m_text->document()->setDocumentMargin(metrics.cellPadding());
    m_choice->setMinimumWidth(metrics.px(10));
    m_choice->setMaximumWidth(metrics.px(25));
    m_find->setFixedWidth(metrics.px(7.8));
    m_error->setContentsMargins(metrics.gap(), 0, metrics.gap(), 0);
    m_error->setInk(severityColours(Severity::Unknown, isDark(palette())).ink);
}

} // namespace quorate
