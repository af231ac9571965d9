// SPDX-License-Identifier: Apache-2.0
#include "ui/actions/link_text.h"

#include "core/http/curl_command.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QMimeData>
#include <QRegularExpression>
#include <QUrl>

#include <algorithm>

namespace ui {

namespace {

constexpr qsizetype kMaxTextLength = qsizetype(8) * 1024 * 1024;

bool isHttp(const QUrl &url)
{
    return (url.scheme() == QStringLiteral("http") || url.scheme() == QStringLiteral("https")) &&
           !url.host().isEmpty();
}

qsizetype countOf(const QString &text, QChar mark)
{
    return std::ranges::count(text, mark);
}

/// Without the marks of the sentence around it. A closing bracket stays when it was opened inside.
QString withoutPunctuation(QString link)
{
    while (!link.isEmpty()) {
        const QChar last = link.back();
        const bool isMark = QStringView(u".,;:!?'\"").contains(last);
        const bool isLoose = (last == u')' && countOf(link, u'(') < countOf(link, u')')) ||
                             (last == u']' && countOf(link, u'[') < countOf(link, u']'));
        if (!isMark && !isLoose) {
            break;
        }
        link.chop(1);
    }
    return link;
}

} // namespace

QStringList linksIn(const QString &text)
{
    static const QRegularExpression link(QStringLiteral("https?://[^\\s<>\"`{}|\\\\^]+"),
                                         QRegularExpression::CaseInsensitiveOption);
    if (core::isCurlCommand(text) && core::parseCurlCommand(text)) {
        return {text.trimmed()};
    }
    QStringList links;
    auto match = link.globalMatch(text.left(kMaxTextLength));
    while (match.hasNext()) {
        links.append(withoutPunctuation(match.next().captured()));
    }
    links.removeDuplicates();
    return links;
}

QString linksOf(const QList<core::JobSnapshot> &jobs)
{
    QStringList links;
    for (const core::JobSnapshot &job : jobs) {
        links.append(QString::fromLatin1(job.firstUrl.toEncoded()));
    }
    return links.join(u'\n');
}

QStringList linksIn(const QMimeData &pasted)
{
    QStringList links;
    for (const QUrl &url : pasted.urls()) {
        if (isHttp(url)) {
            links.append(QString::fromLatin1(url.toEncoded()));
        }
    }
    links.removeDuplicates();
    return links.isEmpty() && pasted.hasText() ? linksIn(pasted.text()) : links;
}

QStringList linksInClipboard()
{
    const QMimeData *pasted = QGuiApplication::clipboard()->mimeData();
    return pasted == nullptr ? QStringList() : linksIn(*pasted);
}

} // namespace ui
