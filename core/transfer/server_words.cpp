// SPDX-License-Identifier: Apache-2.0
#include "core/transfer/server_words.h"

#include <QCoroFuture>
#include <QJsonDocument>
#include <QJsonObject>

namespace core {

namespace {

constexpr qint64 kMostBytes = 4096;
constexpr qsizetype kMostChars = 300;
constexpr std::chrono::seconds kPatience{3};

enum class Form { Text, Problem, Other };

Form formOf(const ResponseHead &head)
{
    const QByteArray type = head.header("Content-Type").split(';').first().trimmed().toLower();
    if (type == "text/plain") {
        return Form::Text;
    }
    return type == "application/problem+json" ? Form::Problem : Form::Other;
}

QString textIn(const QByteArray &body, Form form)
{
    if (form == Form::Text) {
        return QString::fromUtf8(body);
    }
    const QJsonObject problem = QJsonDocument::fromJson(body).object();
    const QString detail = problem.value(QLatin1StringView("detail")).toString();
    return detail.isEmpty() ? problem.value(QLatin1StringView("title")).toString() : detail;
}

} // namespace

QCoro::Task<QString> serverWords(Exchange *exchange, Clock *clock)
{
    const Form form = formOf(exchange->head());
    if (form == Form::Other || exchange->head().status < 400) {
        co_return QString();
    }
    Alarm impatience(clock);
    impatience.setIn(kPatience, [exchange] { exchange->giveUp(); });
    QByteArray body;
    while (body.size() <= kMostBytes) {
        const QByteArray bytes = exchange->readBody(kMostBytes + 1 - body.size());
        body += bytes;
        if (!bytes.isEmpty()) {
            continue;
        }
        if (exchange->isFinished()) {
            break;
        }
        const QFuture<void> more = exchange->moreBody();
        co_await more;
    }
    const QString text = textIn(body, form).simplified();
    co_return body.size() <= kMostBytes &&text.size() <= kMostChars ? text : QString();
}

} // namespace core
