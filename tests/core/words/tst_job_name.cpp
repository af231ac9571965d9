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

    void filesOfOneNameHaveTheirNumber()
    {
        const QStringList names{QStringLiteral("a"), QStringLiteral("b"), QStringLiteral("a")};
        QCOMPARE(nameAmong(names, QStringLiteral("a"), 2), QStringLiteral("a (#3)"));
        QCOMPARE(nameAmong(names, QStringLiteral("b"), 1), QStringLiteral("b"));
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
