// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/pages/raw_reply_choice.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace quorate {
namespace {

bool isWrong(const RawReply &reply)
{
    return reply.http >= 500 || (reply.reach != Reach::Answered && reply.reach != Reach::NotFound && reply.reach != Reach::NotPolled);
}

} // namespace

QString replyUrl(const RawReply &reply) { return reply.endpoint.text() + reply.path; }

QString replyTitle(const RawReply &reply, const QFontMetrics &metrics, int room)
{
    const bool known = reply.label.isEmpty() || reply.endpoint.text().contains(reply.label);
    const QString full = known ? replyUrl(reply) : u"%1   %2"_s.arg(reply.label, replyUrl(reply));
    if (metrics.horizontalAdvance(full) <= room)
        return full;
    return metrics.elidedText(known ? replyUrl(reply) : u"%1   %2"_s.arg(reply.label, reply.path), Qt::ElideMiddle, room);
}

int worthReading(const QList<RawReply> &replies, const EndpointUrl &endpoint)
{
    int best = -1;
    for (int i = 0; i < int(replies.size()); ++i) {
        const RawReply &reply = replies.at(i);
        if (reply.endpoint != endpoint)
            continue;
        if (isWrong(reply))
            return i;
        if (best < 0 || reply.body.size() > replies.at(best).body.size())
            best = i;
    }
    return best;
}

int worthReading(const QList<RawReply> &replies)
{
    const auto wrong = std::find_if(replies.cbegin(), replies.cend(), isWrong);
    if (wrong != replies.cend())
        return int(wrong - replies.cbegin());
    return replies.isEmpty() ? -1 : worthReading(replies, replies.first().endpoint);
}

} // namespace quorate
