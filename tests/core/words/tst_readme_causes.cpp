// SPDX-License-Identifier: Apache-2.0
#include "core/remedy/catalogue.h"
#include "core/words/explain.h"
#include "tests/support/test_program.h"

#include <QFile>
#include <QLocale>
#include <QTest>
#include <QTextStream>

#include <algorithm>
#include <array>

using namespace core;

namespace {

QString textOf(const char *name)
{
    return QString::fromLatin1(name);
}

/// "yes", or how often before it needs a person.
QString triedAgain(const CauseRow &row)
{
    if (row.recovery == Recovery::Fatal) {
        return QStringLiteral("no");
    }
    QStringList limits;
    if (row.patience.triesUntilItWorked > 0) {
        limits +=
            QStringLiteral("%1 tries until it worked once").arg(row.patience.triesUntilItWorked);
    }
    if (row.patience.tries > 0) {
        limits += QStringLiteral("%1 tries").arg(row.patience.tries);
    }
    if (row.patience.duration.count() > 0) {
        limits += QStringLiteral("%1 min").arg(row.patience.duration.count());
    }
    return limits.isEmpty() ? QStringLiteral("yes")
                            : QStringLiteral("yes, ") + limits.join(QStringLiteral(", "));
}

JobError sampleOf(Cause cause)
{
    JobError error{.cause = cause, .step = Step::Connect};
    error.type = isOnlyOfUploads(cause) ? JobType::Upload : JobType::Download;
    return error;
}

QString repairs(const CauseRow &row)
{
    QStringList labels;
    for (const FixKind kind : row.fixes) {
        labels += label(kind, sampleOf(row.cause));
    }
    return labels.join(QStringLiteral(" · "));
}

/// Sentences that read well only with a name in them.
constexpr std::array kNamed{Cause::NameTooLong,         Cause::NameExists,     Cause::PartMissing,
                            Cause::PartChanged,         Cause::NotRegularFile, Cause::SourceMissing,
                            Cause::SourceUnreadable,    Cause::SourceNotAFile, Cause::SourceChanged,
                            Cause::RemoteFolderMissing, Cause::Unconfirmed};

/// The sentence a person reads, with "the server" and "the file" where names would stand, or with
/// those of an example.
QString meaning(Cause cause)
{
    JobError error = sampleOf(cause);
    if (std::ranges::find(kNamed, cause) != kNamed.end()) {
        error.step = Step::Publish;
        error.localPath = QStringLiteral("/home/me/film.mp4");
    }
    return explain(error).whatHappened;
}

/// What stands in core/README.md between the two marks, made from the catalogue alone.
QString causesText()
{
    QString text =
        QStringLiteral("<!-- causes -->\n"
                       "| cause | what it means | tried again | stops | exit | repairs |\n"
                       "|---|---|---|---|---|---|\n");
    for (const CauseRow &row : causeCatalogue()) {
        text += QStringLiteral("| %1 | %2 | %3 | %4 | %5 | %6 |\n")
                    .arg(textOf(name(row.cause)), meaning(row.cause), triedAgain(row),
                         row.scope == Scope::Job      ? QStringLiteral("job")
                         : row.scope == Scope::Server ? QStringLiteral("server")
                                                      : QStringLiteral("file"),
                         QString::number(int(row.exitCode)), repairs(row));
    }
    return text + QStringLiteral("<!-- /causes -->\n");
}

int printCauses(const QStringList & /*arguments*/)
{
    QLocale::setDefault(QLocale::c());
    QTextStream(stdout) << causesText();
    return 0;
}

} // namespace

class ReadmeCausesTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(QStringLiteral(".*"))); }

    void showsTheCausesAsTheyAre()
    {
        QFile readme(QStringLiteral(BELLHOP_SOURCE_DIR "/core/README.md"));
        QVERIFY(readme.open(QIODevice::ReadOnly));
        QVERIFY2(QString::fromUtf8(readme.readAll()).contains(causesText()),
                 "core/README.md is out of date. Put in what this prints: tests_words printCauses");
    }
};

BELLHOP_CHILD(printCauses)
BELLHOP_TEST(ReadmeCausesTest)
#include "tst_readme_causes.moc"
