// SPDX-License-Identifier: Apache-2.0
#include "core/words/job_name.h"

#include "tests/support/test_program.h"

#include <QTest>

using namespace core;

namespace {

FileSpec fileAt(const char *url)
{
    return {.url = QUrl(QString::fromLatin1(url))};
}

} // namespace

class JobNameTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(QStringLiteral(".*"))); }

    void ofSeveralFilesTheFirstIsNamedAndTheOthersCounted()
    {
        JobSpec spec;
        spec.files = {fileAt("https://example.org/a.iso"), fileAt("https://example.org/b.iso"),
                      fileAt("https://example.org/c.iso")};
        QCOMPARE(orderedName(spec), QStringLiteral("a.iso and 2 more"));
        spec.files.first().name = QStringLiteral("mine.iso");
        QCOMPARE(orderedName(spec), QStringLiteral("mine.iso and 2 more"));
        spec.files.first() = fileAt("https://example.org/");
        QCOMPARE(orderedName(spec), QStringLiteral("example.org and 2 more"));
    }

    void aNameThatWasGivenStands()
    {
        JobSpec spec;
        spec.name = QStringLiteral("Holiday");
        spec.files = {fileAt("https://example.org/a.iso"), fileAt("https://example.org/b.iso")};
        QCOMPARE(orderedName(spec), QStringLiteral("Holiday"));
    }

    void theEngineNamesAJobOfOneFile()
    {
        JobSpec spec;
        QCOMPARE(orderedName(spec), QString());
        spec.files = {fileAt("https://example.org/a.iso")};
        QCOMPARE(orderedName(spec), QString());
    }

    void filesOfOneNameAreToldApart_data()
    {
        QTest::addColumn<QList<FileInQuestion>>("files");
        QTest::addColumn<QStringList>("names");
        const auto file = [](const char *folder, const char *url, int index = 0) {
            return FileInQuestion{
                .jobName = QStringLiteral("Job"),
                .folder = QString::fromLatin1(folder),
                .name = QStringLiteral("a"),
                .error = {.fileIndex = index, .url = QUrl(QString::fromLatin1(url))}};
        };
        FileInQuestion other = file("/b", "https://b.example/x");
        other.name = QStringLiteral("b");
        QTest::newRow("alone") << QList{file("/a", "https://a.example/x"), other}
                               << QStringList{QStringLiteral("a"), QStringLiteral("b")};
        QTest::newRow("folders") << QList{file("/a", "https://a.example/x"),
                                          file("/b", "https://a.example/x")}
                                 << QStringList{QStringLiteral("a, in /a"),
                                                QStringLiteral("a, in /b")};
        QTest::newRow("addresses") << QList{file("/a", "https://me@a.example/1/x?k=v"),
                                            file("/a", "https://a.example/2/x")}
                                   << QStringList{QStringLiteral("a, from https://a.example/1/"),
                                                  QStringLiteral("a, from https://a.example/2/")};
        QTest::newRow("numbers in the job")
            << QList{file("/a", "https://a.example/x", 1), file("/a", "https://a.example/x", 4)}
            << QStringList{QStringLiteral("a, number 2"), QStringLiteral("a, number 5")};
        QTest::newRow("nothing else")
            << QList{file("/a", "https://a.example/x"), file("/a", "https://a.example/x")}
            << QStringList{QStringLiteral("a, number 1"), QStringLiteral("a, number 2")};
    }
    void filesOfOneNameAreToldApart()
    {
        QFETCH(const QList<FileInQuestion>, files);
        QTEST(toldApart(files), "names");
    }

    void itIsNoLongerThanAJobAllows()
    {
        JobSpec spec;
        spec.files = {fileAt("https://example.org/a.iso"), fileAt("https://example.org/b.iso")};
        spec.files.first().name = QString(2 * kMaxJobNameLength, u'x');
        QCOMPARE(orderedName(spec).size(), kMaxJobNameLength);
    }
};

BELLHOP_TEST(JobNameTest)
#include "tst_job_name.moc"
