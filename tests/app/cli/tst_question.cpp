// SPDX-License-Identifier: Apache-2.0
#include "app/cli/question.h"

#include "core/remedy/catalogue.h"

#include <QRegularExpression>
#include <QTest>

using namespace cli;
using namespace Qt::StringLiterals;

namespace {

Question questionAbout(core::Cause cause)
{
    const core::JobError error{.cause = cause,
                               .fileIndex = 2,
                               .url = QUrl(u"http://example.org/a"_s),
                               .localPath = u"/home/me"_s,
                               .httpStatus = cause == core::Cause::Forbidden ? 403 : 0,
                               .jobFilesTotal = 5};
    core::JobSnapshot job{.id = {7}, .state = core::JobState::Error, .error = error};
    job.progress.filesTotal = 5;
    return {job, error, u"/home/me"_s};
}

/// The number before the repair in the list of this cause.
QString numberOf(core::Cause cause, core::FixKind kind)
{
    const core::JobError error{.cause = cause, .fileIndex = 2, .jobFilesTotal = 5};
    return QString::number(core::fixesFor(error).indexOf(kind) + 1);
}

} // namespace

class QuestionTest final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(u".*"_s)); }

    void linesLeadToADecision_data();
    void linesLeadToADecision();
    void badAnswersAreAskedAgain_data();
    void badAnswersAreAskedAgain();
    void thePasswordIsSecret();
    void theVerbsAreShownWithTheirEffect();
    void anUploadOffersNoPartialAcceptance();
};

void QuestionTest::linesLeadToADecision_data()
{
    using core::Cause;
    using core::FixKind;
    using Verb = Decision::Verb;
    QTest::addColumn<core::Cause>("cause");
    QTest::addColumn<QStringList>("lines");
    QTest::addColumn<Decision>("decision");

    const auto row = [](const char *name, Cause cause, const QStringList &lines,
                        const Decision &decision) {
        QTest::newRow(name) << cause << lines << decision;
    };
    row("cancel", Cause::Forbidden, {u"c"_s}, {Verb::Cancel, {}});
    row("accept", Cause::Forbidden, {u" A "_s}, {Verb::Complete, {}});
    row("later", Cause::Forbidden, {u"l"_s}, {Verb::Later, {}});
    row("new link", Cause::Forbidden,
        {u"f"_s, numberOf(Cause::Forbidden, FixKind::NewLink), u"http://b.org/x"_s},
        {Verb::Resume, {core::fix::NewLink{QUrl(u"http://b.org/x"_s), 2}}});
    row("new link after a bad one", Cause::Forbidden,
        {u"f"_s, numberOf(Cause::Forbidden, FixKind::NewLink), u"ftp://x"_s, u"http://b.org/x"_s},
        {Verb::Resume, {core::fix::NewLink{QUrl(u"http://b.org/x"_s), 2}}});
    row("back from the link to the verbs", Cause::Forbidden,
        {u"f"_s, numberOf(Cause::Forbidden, FixKind::NewLink), u""_s, u""_s, u"c"_s},
        {Verb::Cancel, {}});
    row("headers", Cause::Forbidden,
        {u"f"_s, numberOf(Cause::Forbidden, FixKind::Headers), u"A: 1"_s, u"B: 2"_s, u""_s},
        {Verb::Resume, {core::fix::Headers{{{"A", "1"}, {"B", "2"}}}}});
    row("skip", Cause::NotFound, {u"f"_s, numberOf(Cause::NotFound, FixKind::SkipFile)},
        {Verb::Resume, {core::fix::SkipFile{2}}});
    row("login", Cause::LoginRequired,
        {u"f"_s, numberOf(Cause::LoginRequired, FixKind::Login), u"me"_s, u" pass "_s},
        {Verb::Resume, {core::fix::Login{{u"me"_s, u" pass "_s}}}});
    row("other folder", Cause::NoPermission,
        {u"f"_s, numberOf(Cause::NoPermission, FixKind::OtherFolder), u"../x"_s},
        {Verb::Resume, {core::fix::OtherFolder{u"/home/x"_s}}});
    row("other name", Cause::NameExists,
        {u"f"_s, numberOf(Cause::NameExists, FixKind::OtherName), u"b.bin"_s},
        {Verb::Resume, {core::fix::OtherName{u"b.bin"_s, 2}}});
    row("keep both", Cause::NameExists, {u"f"_s, numberOf(Cause::NameExists, FixKind::KeepBoth)},
        {Verb::Resume, {core::fix::KeepBoth{2}}});
}

void QuestionTest::linesLeadToADecision()
{
    QFETCH(core::Cause, cause);
    QFETCH(QStringList, lines);
    QFETCH(Decision, decision);
    Question question = questionAbout(cause);
    for (qsizetype i = 0; i + 1 < lines.size(); ++i) {
        QVERIFY2(!question.take(lines.at(i)).decision, qPrintable(lines.at(i)));
        QVERIFY(!question.prompt().isEmpty());
    }
    const Question::Step last = question.take(lines.last());
    QVERIFY2(last.decision, qPrintable(last.complaint));
    QVERIFY(*last.decision == decision);
}

void QuestionTest::badAnswersAreAskedAgain_data()
{
    QTest::addColumn<QStringList>("lines");
    QTest::newRow("nothing") << QStringList{u""_s};
    QTest::newRow("another letter") << QStringList{u"x"_s};
    QTest::newRow("a word") << QStringList{u"cancel it"_s};
    QTest::newRow("no such number") << QStringList{u"f"_s, u"99"_s};
    QTest::newRow("zero") << QStringList{u"f"_s, u"0"_s};
    QTest::newRow("no number") << QStringList{u"f"_s, u"link"_s};
}

void QuestionTest::badAnswersAreAskedAgain()
{
    QFETCH(QStringList, lines);
    Question question = questionAbout(core::Cause::Forbidden);
    for (qsizetype i = 0; i + 1 < lines.size(); ++i) {
        QVERIFY(question.take(lines.at(i)).complaint.isEmpty());
    }
    const QString prompt = question.prompt();
    const Question::Step step = question.take(lines.last());
    QVERIFY(!step.decision);
    QVERIFY(!step.complaint.isEmpty());
    QCOMPARE(question.prompt(), prompt);
}

void QuestionTest::thePasswordIsSecret()
{
    Question question = questionAbout(core::Cause::LoginRequired);
    for (const QString &line :
         {u"f"_s, numberOf(core::Cause::LoginRequired, core::FixKind::Login), u"me"_s}) {
        QVERIFY(!question.isSecret());
        std::ignore = question.take(line);
    }
    QVERIFY(question.isSecret());
}

void QuestionTest::theVerbsAreShownWithTheirEffect()
{
    const QString prompt = questionAbout(core::Cause::Forbidden).prompt();
    for (const QString &label : {u"Cancel job"_s, u"Accept partial"_s, u"Fix and resume"_s}) {
        QVERIFY2(prompt.contains(label), qPrintable(prompt));
    }
}

void QuestionTest::anUploadOffersNoPartialAcceptance()
{
    core::JobSnapshot job{.id = {7}, .type = core::JobType::Upload, .state = core::JobState::Error};
    Question question(job, core::JobError{.cause = core::Cause::Forbidden}, u"/"_s);
    QVERIFY(!question.prompt().contains(u"Accept partial"_s));
    QVERIFY(!question.take(u"a"_s).decision);
}

QTEST_GUILESS_MAIN(QuestionTest)
#include "tst_question.moc"
