// SPDX-License-Identifier: Apache-2.0
#include "core/transfer/exchange/answer_history.h"

#include "core/http/http_date.h"
#include "core/http/origin.h"

#include <QCryptographicHash>
#include <QHostAddress>

#include <algorithm>

namespace core {

namespace {

constexpr qsizetype kPagesMax = 64;
constexpr qint64 kAddressesGoodForMs = 5'000;

std::pair<JobId, QString> keyOf(JobId job, const QUrl &link)
{
    return {job, text(originOf(link))};
}

/// As far as that can be told by the names: "a.example.org" and "b.example.org" are of one owner.
bool mayBeOfOneOwner(const QString &one, const QString &other)
{
    const bool isName = QHostAddress(one).isNull() && QHostAddress(other).isNull();
    return one == other || (isName && one.section(u'.', -2) == other.section(u'.', -2));
}

/// What makes two pages the same: where they were sent from, if that is another server than the one
/// that was asked, else what they say beside the name of the server.
QByteArray markOf(const QUrl &asked, const QUrl &pageUrl, QByteArray begin)
{
    if (!mayBeOfOneOwner(asked.host(), pageUrl.host())) {
        return text(originOf(pageUrl)).toUtf8();
    }
    begin.replace(asked.host().toLatin1(), QByteArray());
    begin.replace(asked.path(QUrl::FullyEncoded).toLatin1(), QByteArray());
    return QCryptographicHash::hash(begin, QCryptographicHash::Sha256);
}

} // namespace

void AnswerHistory::heard(const ResponseHead &head, const QDateTime &nowUtc)
{
    const auto date = parseHttpDate(head.header("Date"));
    if (date && head.header("Age").isEmpty()) {
        m_theirsLessOurs = std::chrono::milliseconds(nowUtc.msecsTo(*date));
    }
}

QDateTime AnswerHistory::serverTime(const QDateTime &nowUtc) const
{
    const bool isFar = m_theirsLessOurs && std::chrono::abs(*m_theirsLessOurs) >= kFarOff;
    return isFar ? nowUtc.addMSecs(m_theirsLessOurs->count()) : QDateTime();
}

const QByteArray &AnswerHistory::ownAddresses(const QDateTime &nowUtc)
{
    const qint64 ageMs = m_lookedAt.isValid() ? m_lookedAt.msecsTo(nowUtc) : -1;
    if (ageMs < 0 || ageMs >= kAddressesGoodForMs) {
        const QStringList all = m_ownAddresses ? m_ownAddresses() : QStringList();
        m_addresses =
            QCryptographicHash::hash(all.join(u' ').toUtf8(), QCryptographicHash::Sha256).toHex();
        m_lookedAt = nowUtc;
    }
    return m_addresses;
}

void AnswerHistory::served(JobId job, const QUrl &link, const QDateTime &nowUtc)
{
    m_servedAs.insert_or_assign(keyOf(job, link), ownAddresses(nowUtc));
}

QByteArray AnswerHistory::servedAs(JobId job, const QUrl &link) const
{
    const auto found = m_servedAs.find(keyOf(job, link));
    return found == m_servedAs.end() ? QByteArray() : found->second;
}

void AnswerHistory::recall(JobId job, const QUrl &link, const QByteArray &servedAs)
{
    m_servedAs.insert_or_assign(keyOf(job, link), servedAs);
}

bool AnswerHistory::hasMovedSince(JobId job, const QUrl &link, const QDateTime &nowUtc)
{
    const auto before = m_servedAs.find(keyOf(job, link));
    m_lookedAt = {}; // it may have happened just now
    return before != m_servedAs.end() && before->second != ownAddresses(nowUtc);
}

bool AnswerHistory::isPageOfNetwork(const QUrl &asked, const QUrl &pageUrl, const QByteArray &begin,
                                    const QDateTime &nowUtc)
{
    if (asked.scheme() != u"http") {
        return false;
    }
    const auto tooOld = [&nowUtc](const Page &page) {
        return page.time.addDuration(kShortWhile) < nowUtc;
    };
    m_pages.removeIf(tooOld);
    const Page page{.host = asked.host(), .mark = markOf(asked, pageUrl, begin), .time = nowUtc};
    const bool isOfNetwork = std::ranges::any_of(m_pages, [&page](const Page &before) {
        return before.mark == page.mark && !mayBeOfOneOwner(before.host, page.host);
    });
    m_pages.append(page);
    if (m_pages.size() > kPagesMax) {
        m_pages.removeFirst();
    }
    return isOfNetwork;
}

void AnswerHistory::release(JobId job)
{
    std::erase_if(m_servedAs, [job](const auto &each) { return each.first.first == job; });
}

} // namespace core
