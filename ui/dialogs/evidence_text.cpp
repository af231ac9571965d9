// SPDX-License-Identifier: Apache-2.0
#include "ui/dialogs/evidence_text.h"

#include "core/remedy/answerer.h"
#include "core/remedy/redact.h"
#include "core/words/explain.h"
#include "core/words/sentence.h"

#include <QCoreApplication>
#include <QDir>
#include <QLocale>

#include <algorithm>
#include <system_error>

namespace ui {

namespace {

struct EvidenceText {
    Q_DECLARE_TR_FUNCTIONS(ui::EvidenceText)
};

constexpr int kLongestTitle = 120;
constexpr int kLongestWords = 300;
constexpr qsizetype kNamesListed = 20;

/// The name of the account is nobody's business.
QString withoutHome(const QString &path)
{
    const QString home = QDir::homePath();
    const bool isInside = path == home || path.startsWith(home + u'/');
    return isInside && home != u'/' ? u'~' + path.sliced(home.size()) : path;
}

QStringList addressLines(const core::JobError &error)
{
    QStringList lines;
    if (!error.url.isEmpty()) {
        lines += EvidenceText::tr("Address: %1").arg(core::redactUrl(error.url));
    }
    int hop = 0;
    for (const QUrl &url : error.evidence.redirects) {
        lines +=
            EvidenceText::tr("Redirect %1: %2").arg(QString::number(++hop), core::redactUrl(url));
    }
    return lines;
}

QStringList answerLines(const core::JobError &error)
{
    QStringList lines;
    lines += error.httpStatus != 0 ? EvidenceText::tr("HTTP status: %1").arg(error.httpStatus)
                                   : EvidenceText::tr("HTTP status: none, there was no answer");
    if (!error.evidence.headers.isEmpty()) {
        lines += EvidenceText::tr("Answer headers:");
        for (const core::HeaderField &field : error.evidence.headers) {
            lines += QStringLiteral("    ") + core::redactHeader(field);
        }
    }
    return lines;
}

QString answererText(const core::JobError &error)
{
    switch (core::answererOf(error)) {
    case core::Answerer::Server:
        return EvidenceText::tr("the server");
    case core::Answerer::Proxy:
        return EvidenceText::tr("the proxy, in its own name");
    case core::Answerer::Unknown:
        return EvidenceText::tr("not known");
    }
    Q_UNREACHABLE();
}

/// Who answered, and by what way. Names in it were written by whoever answered.
QStringList strangerLines(const core::JobError &error)
{
    QStringList lines;
    if (!error.proxy.isEmpty()) {
        lines += EvidenceText::tr("Proxy: %1").arg(core::redactUrl(error.proxy));
    }
    if (!error.proxy.isEmpty() && error.httpStatus != 0) {
        lines += EvidenceText::tr("Answered by: %1").arg(answererText(error));
    }
    if (error.reason) {
        lines += EvidenceText::tr("Reason: %1").arg(QLatin1StringView(name(*error.reason)));
    }
    if (!error.pageTitle.isEmpty()) {
        lines += EvidenceText::tr("Title of the page: %1")
                     .arg(core::plain(core::redactText(error.pageTitle), kLongestTitle));
    }
    if (!error.serverWords.isEmpty()) {
        lines += EvidenceText::tr("The server says: %1")
                     .arg(core::plain(core::redactText(error.serverWords), kLongestWords));
    }
    if (error.certificate) {
        const core::SeenCertificate &seen = *error.certificate;
        QStringList names;
        for (const QString &name : seen.names.first(std::min(seen.names.size(), kNamesListed))) {
            names += core::plain(name);
        }
        lines += EvidenceText::tr("Certificate of: %1").arg(core::plain(seen.subject));
        lines += EvidenceText::tr("    vouched for by: %1").arg(core::plain(seen.issuer));
        lines += EvidenceText::tr("    names, %1 in all: %2")
                     .arg(QString::number(seen.names.size()), names.join(QStringLiteral(", ")));
        lines +=
            EvidenceText::tr("    good from %1 until %2")
                .arg(seen.notBefore.toString(Qt::ISODate), seen.notAfter.toString(Qt::ISODate));
        lines += EvidenceText::tr("    SHA-256: %1").arg(core::formatFingerprint(seen.sha256Hex));
    }
    return lines;
}

QStringList checksumLines(const core::JobError &error)
{
    QStringList lines;
    if (error.wantedHash) {
        lines += EvidenceText::tr("Checksum expected: %1").arg(core::text(*error.wantedHash));
    }
    if (error.foundHash) {
        lines += EvidenceText::tr("Checksum of the file: %1").arg(core::text(*error.foundHash));
    }
    return lines;
}

QStringList machineLines(const core::JobError &error)
{
    QStringList lines;
    if (!error.localPath.isEmpty()) {
        lines += EvidenceText::tr("On this computer: %1")
                     .arg(core::redactText(withoutHome(error.localPath)));
    }
    if (error.evidence.osError != 0) {
        const std::string text = std::generic_category().message(error.evidence.osError);
        lines += EvidenceText::tr("System error: %1, %2")
                     .arg(QString::number(error.evidence.osError), QString::fromStdString(text));
    }
    if (!error.evidence.detail.isEmpty()) {
        lines += EvidenceText::tr("Detail: %1").arg(core::redactText(error.evidence.detail));
    }
    return lines;
}

} // namespace

QString evidenceText(const core::JobError &error)
{
    QStringList lines;
    if (error.time.isValid()) {
        lines += EvidenceText::tr("Time: %1")
                     .arg(QLocale().toString(error.time.toLocalTime(), QLocale::LongFormat));
    }
    if (error.serverTime.isValid()) {
        lines += EvidenceText::tr("Time by the last answer of a server: %1")
                     .arg(QLocale().toString(error.serverTime.toLocalTime(), QLocale::LongFormat));
    }
    lines += EvidenceText::tr("Cause: %1, while in step %2")
                 .arg(QLatin1StringView(name(error.cause)), QLatin1StringView(name(error.step)));
    lines += addressLines(error);
    lines += strangerLines(error);
    lines += answerLines(error);
    lines += checksumLines(error);
    if (error.evidence.attempt > 0) {
        lines += EvidenceText::tr("Attempt: %1, at byte %2")
                     .arg(QString::number(error.evidence.attempt),
                          QLocale().toString(error.evidence.offsetBytes));
    }
    lines += machineLines(error);
    return lines.join(u'\n');
}

QString reportText(const core::JobSnapshot &job, const core::JobError &error)
{
    const core::Explanation words = core::explain(error);
    return QStringList{
        QStringLiteral("Bellhop " BELLHOP_VERSION),
        core::redactText(words.oneLine()),
        EvidenceText::tr("Job %1, state %2, %3 of %4 files done")
            .arg(core::text(job.id), QLatin1StringView(name(job.state)),
                 QString::number(job.progress.filesDone), QString::number(job.progress.filesTotal)),
        evidenceText(error),
    }
        .join(u'\n');
}

} // namespace ui
