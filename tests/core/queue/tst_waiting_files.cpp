// SPDX-License-Identifier: Apache-2.0
#include "core/queue/waiting_files.h"
#include "tests/core/queue/kept_jobs.h"
#include "tests/support/test_program.h"

#include <QTest>

using namespace core;

namespace {

FileRecord failedFile(const char *url, Cause cause, qint64 have = 100)
{
    FileRecord file;
    file.spec.url = QUrl(QString::fromLatin1(url));
    file.state = FileState::Failed;
    file.error = JobError{.cause = cause, .url = file.spec.url, .jobFilesTotal = 2};
    file.durable = RangeSet::prefix(have);
    file.sizeBytes = 1000;
    return file;
}

} // namespace

/// Which stopped file a link is likely to be of.
class WaitingFilesTest final : public QObject {
    Q_OBJECT

    static StoredState listOf(const QList<FileRecord> &files, JobState state = JobState::Error)
    {
        StoredState list;
        list.lastJobId = 7;
        list.jobs = {JobRecord{.id = {7}, .state = state, .files = files}};
        return list;
    }
    static QString found(const StoredState &list, const char *url)
    {
        KeptJobs kept;
        kept.records.load(list);
        const auto waiting = WaitingFiles(kept.records).match(QUrl(QString::fromLatin1(url)));
        return waiting ? text(waiting->file.job) + u' ' + QString::number(waiting->file.index)
                       : QStringLiteral("none");
    }

private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(QStringLiteral(".*"))); }

    void aLinkIsMatchedByPathOrName_data()
    {
        QTest::addColumn<QByteArray>("url");
        QTest::addColumn<QString>("file");
        const auto row = [](const char *url, const char *file) {
            QTest::newRow(url) << QByteArray(url) << QString::fromLatin1(file);
        };
        row("https://a.example/d/film.mp4?sig=2", "7 1");
        row("https://other.example/x/film.mp4", "7 1");
        row("https://a.example/get?id=2", "7 2");
        row("https://b.example/get", "none");             // says nothing of the file
        row("https://a.example/d/film.mp4?sig=1", "7 1"); // the link it has, once more
        row("https://a.example/d/gone.iso", "none");
        row("https://c.example/other.zip", "none");
    }
    void aLinkIsMatchedByPathOrName()
    {
        QFETCH(QByteArray, url);
        const auto list =
            listOf({failedFile("https://a.example/d/gone.iso", Cause::DiskFull),
                    failedFile("https://a.example/d/film.mp4?sig=1", Cause::Forbidden),
                    failedFile("https://a.example/get?id=1", Cause::NotFound)});
        QTEST(found(list, url.constData()), "file");
    }

    void ofSeveralTheOneWithMostIsMeant()
    {
        const auto list = listOf({failedFile("https://a.example/film.mp4", Cause::Forbidden, 10),
                                  failedFile("https://b.example/film.mp4", Cause::Forbidden, 500)});
        QCOMPARE(found(list, "https://c.example/film.mp4"), QStringLiteral("7 1"));
    }

    /// Of a name on another server nothing is to be said without bytes to compare.
    void aNameAloneIsNoReason()
    {
        const auto match = [](qint64 have, const char *url) {
            KeptJobs kept;
            kept.records.load(
                listOf({failedFile("https://a.example/d/film.mp4", Cause::NotFound, have)}));
            return WaitingFiles(kept.records).match(QUrl(QString::fromLatin1(url)));
        };
        QVERIFY(!match(0, "https://b.example/film.mp4"));
        const auto begun = match(100, "https://b.example/film.mp4");
        QVERIFY(begun && begun->isOnlyNamed);
        const auto sameServer = match(0, "https://a.example/other/film.mp4");
        QVERIFY(sameServer && !sameServer->isOnlyNamed);
        const auto samePath = match(0, "https://a.example/d/film.mp4?sig=2");
        QVERIFY(samePath && !samePath->isOnlyNamed);
    }

    void aJobThatIsNotStoppedWaitsForNothing()
    {
        const auto list =
            listOf({failedFile("https://a.example/film.mp4", Cause::Forbidden)}, JobState::Queued);
        QCOMPARE(found(list, "https://c.example/film.mp4"), QStringLiteral("none"));
    }
};

BELLHOP_TEST(WaitingFilesTest)
#include "tst_waiting_files.moc"
