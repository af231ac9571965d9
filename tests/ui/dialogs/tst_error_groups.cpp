// SPDX-License-Identifier: Apache-2.0
// The error dialog about several jobs and files at once.
#include "core/words/explain.h"
#include "core/words/explain_service.h"
#include "core/words/explain_several.h"
#include "tests/support/pretty.h"
#include "tests/support/test_program.h"
#include "tests/ui/dialogs/dialog_rig.h"
#include "tests/ui/dialogs/sample_jobs.h"
#include "ui/dialogs/affected_files.h"
#include "ui/dialogs/cause_list.h"
#include "ui/dialogs/error_dialog.h"
#include "ui/dialogs/fitting_scroll_area.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QRadioButton>
#include <QScreen>
#include <QScrollBar>
#include <QSignalSpy>
#include <QTableWidget>
#include <QTest>
#include <QTextDocument>

using namespace core;

namespace {

QString fresh(const QString &name)
{
    return QStringLiteral("https://films.example.org/new/") + name;
}

} // namespace

class ErrorGroupsTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        // The offscreen platform says of every window that it does not do size hints.
        QTest::failOnWarning(
            QRegularExpression(QStringLiteral("^(?!This plugin does not support).*")));
        m_rig = std::make_unique<DialogRig<ui::ErrorDialog>>();
        m_dialog = m_rig->dialog.get();
        m_resumed = std::make_unique<QSignalSpy>(m_dialog, &ui::ErrorDialog::resumeRequested);
    }

    void cleanup() { m_rig.reset(); }

    void oneLoginGoesToAllWhoAskForIt()
    {
        open(stoppedFilms(20, Cause::LoginRequired));
        QCOMPARE(m_rig->said("appliesTo"), QStringLiteral("Applies to these 20:"));
        QCOMPARE(model()->rowCount(), 20);
        QCOMPARE(m_dialog->windowTitle(), QStringLiteral("20 jobs need you"));
        signIn();
        QTest::mouseClick(resumeButton(), Qt::LeftButton);
        QCOMPARE(m_resumed->size(), 1);
        QCOMPARE(jobsSent(0).size(), 20);
        QCOMPARE(fixesSent(0),
                 (Fixes{fix::Login{.login = {QStringLiteral("anna"), QStringLiteral("secret")},
                                   .origin = QStringLiteral("https://films.example.org")}}));
    }

    void whoIsTakenOutIsLeftAsItIs()
    {
        open(stoppedFilms(3, Cause::LoginRequired));
        signIn();
        tick(1, Qt::Unchecked);
        QCOMPARE(m_rig->said("appliesTo"), QStringLiteral("Applies to 2 of these 3:"));
        QVERIFY(m_rig->said("resumeEffect")
                    .endsWith(QStringLiteral("Jobs that are left as they are: 1.")));
        QVERIFY(m_rig->said("cancelEffect").contains(formatBytes(2'000'000)));
        QCOMPARE(m_rig->button("cancelButton")->text(), QStringLiteral("&Cancel 2 jobs"));
        QTest::mouseClick(resumeButton(), Qt::LeftButton);
        QCOMPARE(jobsSent(0), (JobIds{{1}, {3}}));

        // It keeps its question for another time, and a second click finds nothing to answer.
        QTest::mouseClick(resumeButton(), Qt::LeftButton);
        QList<JobSnapshot> answered = stoppedFilms(3, Cause::LoginRequired);
        answered.remove(1);
        for (JobSnapshot &job : answered) {
            job.state = JobState::Queued;
            job.error.reset();
        }
        m_dialog->setJobs(answered);
        QVERIFY(!m_dialog->isVisible());
        QCOMPARE(m_resumed->size(), 1);
    }

    void withNothingChosenNothingGoesOut()
    {
        open(stoppedFilms(2, Cause::ServerFailed));
        QVERIFY(resumeButton()->isEnabled());
        tick(0, Qt::Unchecked);
        tick(1, Qt::Unchecked);
        QVERIFY(!resumeButton()->isEnabled());
        QCOMPARE(m_rig->said("resumeEffect"), QStringLiteral("Choose at least one of the files."));
        tick(1, Qt::Checked);
        QVERIFY(resumeButton()->isEnabled());
    }

    void theEffectOnSeveralIsThatOfTheirRepair_data()
    {
        QTest::addColumn<Cause>("cause");
        QTest::addColumn<QString>("effect");
        QTest::newRow("they go on")
            << Cause::ServerFailed << describeResume(stoppedFilm(1, Cause::ServerFailed));
        QTest::newRow("they start over")
            << Cause::HashMismatch
            << describeForAll(FixKind::Restart, *stoppedFilm(1, Cause::HashMismatch).error);
    }
    void theEffectOnSeveralIsThatOfTheirRepair()
    {
        QFETCH(const Cause, cause);
        QFETCH(const QString, effect);
        open({stoppedFilm(1, cause), stoppedFilm(2, cause)});
        m_dialog->chooseOnly({{1}});
        QVERIFY2(m_rig->said("resumeEffect").startsWith(effect),
                 qPrintable(m_rig->said("resumeEffect")));
    }

    void whoAsksForOneAnswersForThatOneAndIsOfferedTheOthers()
    {
        open(stoppedFilms(3, Cause::LoginRequired));
        m_dialog->chooseOnly({{2}});
        QCOMPARE(m_rig->said("appliesTo"), QStringLiteral("Applies to 1 of these 3:"));
        m_dialog->setJobs({stoppedFilm(4, Cause::LoginRequired)});
        QCOMPARE(m_rig->said("appliesTo"), QStringLiteral("Applies to 1 of these 4:"));
        tick(0, Qt::Checked);
        signIn();
        QTest::mouseClick(resumeButton(), Qt::LeftButton);
        QCOMPARE(jobsSent(0), (JobIds{{1}, {2}}));
    }

    void cancelAsksOnceForAllOfThem()
    {
        open(stoppedFilms(3, Cause::Forbidden));
        QSignalSpy cancelled(m_dialog, &ui::ErrorDialog::cancelRequested);
        QTest::mouseClick(m_rig->button("cancelButton"), Qt::LeftButton);
        QVERIFY(m_rig->said("cancelEffect").contains(formatBytes(3'000'000)));
        QCOMPARE(cancelled.size(), 0);
        QTest::mouseClick(m_rig->button("cancelButton"), Qt::LeftButton);
        QCOMPARE(cancelled.size(), 1);
        QCOMPARE(cancelled.first().at(0).value<JobIds>(), (JobIds{{1}, {2}, {3}}));
    }

    void acceptAsksOnceMoreWhereNothingIsWhole()
    {
        open(stoppedFilms(3, Cause::Forbidden));
        QSignalSpy completed(m_dialog, &ui::ErrorDialog::completeRequested);
        QTest::mouseClick(m_rig->button("completeButton"), Qt::LeftButton);
        QCOMPARE(completed.size(), 0);
        QVERIFY(m_rig->said("completeEffect").contains(QStringLiteral("cannot be undone")));
        m_rig->button("cancelButton")->setFocus();
        QVERIFY(!m_rig->said("completeEffect").contains(QStringLiteral("cannot be undone")));
        QTest::mouseClick(m_rig->button("completeButton"), Qt::LeftButton);
        QTest::mouseClick(m_rig->button("completeButton"), Qt::LeftButton);
        QCOMPARE(completed.size(), 1);
    }

    void filesOfOneNameAreToldApart_data()
    {
        QTest::addColumn<QStringList>("folders");
        QTest::addColumn<QStringList>("links");
        QTest::addColumn<QStringList>("shown");
        const QString first = QStringLiteral("https://a.example/1/film.mp4?key=x");
        const QString second = QStringLiteral("https://b.example/2/film.mp4?key=y");
        QTest::newRow("other folders")
            << QStringList{QStringLiteral("/home/me/A"), QStringLiteral("/home/me/B")}
            << QStringList{first, first}
            << QStringList{QStringLiteral("film.mp4, in /home/me/A"),
                           QStringLiteral("film.mp4, in /home/me/B")};
        QTest::newRow("other addresses")
            << QStringList{QStringLiteral("/home/me"), QStringLiteral("/home/me")}
            << QStringList{first, second}
            << QStringList{QStringLiteral("film.mp4, from https://a.example/1/"),
                           QStringLiteral("film.mp4, from https://b.example/2/")};
        QTest::newRow("the same") << QStringList{QStringLiteral("/home/me"),
                                                 QStringLiteral("/home/me")}
                                  << QStringList{first, first}
                                  << QStringList{QStringLiteral("film.mp4, number 1"),
                                                 QStringLiteral("film.mp4, number 2")};
    }
    void filesOfOneNameAreToldApart()
    {
        QFETCH(const QStringList, folders);
        QFETCH(const QStringList, links);
        QFETCH(const QStringList, shown);
        QList<JobSnapshot> jobs = stoppedFilms(3, Cause::Offline);
        for (int i = 0; i < 2; ++i) {
            jobs[i].name = QStringLiteral("film.mp4");
            jobs[i].folder = folders.at(i);
            jobs[i].error->url = QUrl(links.at(i));
        }
        open(jobs);
        QCOMPARE(model()->index(0, 0).data().toString(), shown.at(0));
        QCOMPARE(model()->index(1, 0).data().toString(), shown.at(1));
        QCOMPARE(model()->index(1, 0).data(Qt::ToolTipRole).toString(),
                 Qt::convertFromPlainText(shown.at(1)));
        QCOMPARE(model()->index(2, 0).data().toString(), QStringLiteral("film-3.mp4"));
    }

    void pastedLinksFindTheirFilesByTheirNames()
    {
        open(stoppedFilms(3, Cause::NotFound));
        QVERIFY(!resumeButton()->isEnabled());
        paste({fresh(QStringLiteral("film-3.mp4")), fresh(QStringLiteral("film-1.mp4"))});
        QTRY_COMPARE(linkOf(0), fresh(QStringLiteral("film-1.mp4")));
        QCOMPARE(linkOf(1), QString());
        QCOMPARE(linkOf(2), fresh(QStringLiteral("film-3.mp4")));
        QVERIFY(!resumeButton()->isEnabled());
        tick(1, Qt::Unchecked);
        QVERIFY(resumeButton()->isEnabled());
        QTest::mouseClick(resumeButton(), Qt::LeftButton);
        QCOMPARE(m_resumed->size(), 2);
        QCOMPARE(jobsSent(0), JobIds{{1}});
        QCOMPARE(fixesSent(0), (Fixes{fix::NewLink{QUrl(fresh(QStringLiteral("film-1.mp4"))), 0}}));
        QCOMPARE(jobsSent(1), JobIds{{3}});
        QCOMPARE(fixesSent(1), (Fixes{fix::NewLink{QUrl(fresh(QStringLiteral("film-3.mp4"))), 0}}));
    }

    void linksThatDoNotFitAreRefusedWhole_data()
    {
        QTest::addColumn<QStringList>("pasted");
        QTest::addColumn<QString>("said");
        const QString one = fresh(QStringLiteral("film-1.mp4"));
        QTest::newRow("more links than files")
            << QStringList{one, fresh(QStringLiteral("film-2.mp4")), fresh(QStringLiteral("c"))}
            << QStringLiteral("These are 3 lines for 2 files. Nothing was filled in.");
        QTest::newRow("a line that is no link")
            << QStringList{one, QStringLiteral("film two")}
            << QStringLiteral("Line 2: %1 Nothing was filled in.")
                   .arg(explain(reportOnLink(QStringLiteral("film two"))));
        QTest::newRow("a link of something else")
            << QStringList{one, fresh(QStringLiteral("else.mp4"))}
            << QStringLiteral("No file of the list is called “else.mp4”. Nothing was filled in.");
        QTest::newRow("nothing at all")
            << QStringList{} << QStringLiteral("There is no link in the clipboard.");
    }
    void linksThatDoNotFitAreRefusedWhole()
    {
        QFETCH(QStringList, pasted);
        QFETCH(QString, said);
        open(stoppedFilms(2, Cause::NotFound));
        paste(pasted);
        QTRY_COMPARE(m_rig->said("linksRemark"), said);
        QCOMPARE(linkOf(0) + linkOf(1), QString());
    }

    void aLinkThatIsTypedWronglyIsNamedWithItsFile()
    {
        open(stoppedFilms(2, Cause::NotFound));
        links()->item(1, 1)->setText(QStringLiteral("ftp://x"));
        QTRY_VERIFY(m_rig->said("remarkNewLink").startsWith(QStringLiteral("film-2.mp4: ")));
        QVERIFY(!resumeButton()->isEnabled());
    }

    void whoeverJoinsFindsWhatWasTyped()
    {
        open(stoppedFilms(1, Cause::Forbidden));
        auto *edit = m_rig->find<QLineEdit>("linkEdit");
        edit->setText(fresh(QStringLiteral("a.mp4")));
        m_dialog->setJobs({stoppedFilm(2, Cause::Forbidden)});
        QCOMPARE(linkOf(0), fresh(QStringLiteral("a.mp4")));
        QCOMPARE(model()->rowCount(), 2);
    }

    void aLoginThatIsBeingTypedStaysWhenOthersJoinAndLeave()
    {
        open(stoppedFilms(1, Cause::LoginRequired));
        signIn();
        m_dialog->setJobs(
            {stoppedFilm(2, Cause::LoginRequired), stoppedFilm(3, Cause::LoginRequired)});
        QCOMPARE(m_rig->find<QLineEdit>("passwordEdit")->text(), QStringLiteral("secret"));
        QCOMPARE(m_dialog->windowTitle(), QStringLiteral("3 jobs need you"));
        JobSnapshot paused = stoppedFilm(1, Cause::LoginRequired);
        paused.state = JobState::Suspended;
        m_dialog->setJobs({paused, stoppedFilm(3, Cause::Forbidden)}); // another question
        QVERIFY(!m_dialog->has({1}));
        QVERIFY(!m_dialog->has({3}));
        QCOMPARE(m_rig->find<QLineEdit>("passwordEdit")->text(), QStringLiteral("secret"));
        m_dialog->removeJobs({{2}});
        QVERIFY(!m_dialog->isVisible());
    }

    void allFailedFilesOfAJobAreThereWithARepairForEachCause()
    {
        JobSnapshot job = stoppedJob(Cause::NotFound);
        auto *causes = openWithCauses(&job);
        QCOMPARE(causes->rowCount(), 2);
        QCOMPARE(causes->item(0, 0)->text(), QStringLiteral("2"));
        QCOMPARE(model()->rowCount(), 2);

        paste({fresh(QStringLiteral("part-2.tar")), fresh(QStringLiteral("part-3.tar"))});
        QTRY_COMPARE(linkOf(1), fresh(QStringLiteral("part-3.tar")));
        causes->setCurrentCell(1, 0);
        QTest::mouseClick(resumeButton(), Qt::LeftButton);
        QCOMPARE(m_resumed->size(), 1);
        QCOMPARE(jobsSent(0), JobIds{job.id});
        QCOMPARE(fixesSent(0), (Fixes{fix::NewLink{QUrl(fresh(QStringLiteral("part-2.tar"))), 2},
                                      fix::NewLink{QUrl(fresh(QStringLiteral("part-3.tar"))), 3},
                                      fix::Restart{4}}));
    }

    void theWindowGrowsForTheCauseThatIsLookedAt()
    {
        JobSnapshot job = stoppedJob(Cause::NotFound);
        auto *causes = openWithCauses(&job);
        m_dialog->resize(m_dialog->width(), 400);
        causes->setCurrentCell(1, 1);
        const auto *area = m_dialog->findChild<ui::FittingScrollArea *>();
        const int room = m_dialog->screen()->availableSize().height() * 9 / 10;
        QTRY_VERIFY(area->verticalScrollBar()->maximum() == 0 || m_dialog->height() >= room);
    }

    void aCauseThatStillWaitsIsLeftAsItIs()
    {
        JobSnapshot job = stoppedJob(Cause::NotFound);
        openWithCauses(&job);
        QVERIFY(resumeButton()->isEnabled());
        QCOMPARE(m_rig->said("resumeEffect"), // and not that nothing is fetched twice
                 QStringLiteral("Each file goes on as its repair above says. Resumes 1 of 3 files. "
                                "Still waiting for you: 2."));
        QTest::mouseClick(resumeButton(), Qt::LeftButton);
        QCOMPARE(fixesSent(0), Fixes{fix::Restart{4}});
        QCOMPARE(filesLeft(0), (QList<FileId>{{job.id, 2}, {job.id, 3}}));
    }

    void aCauseWhoseMarkIsTakenAwayIsLeftForLater()
    {
        JobSnapshot job = stoppedJob(Cause::NotFound);
        auto *causes = openWithCauses(&job);
        paste({fresh(QStringLiteral("part-2.tar")), fresh(QStringLiteral("part-3.tar"))});
        QTRY_COMPARE(linkOf(1), fresh(QStringLiteral("part-3.tar")));
        causes->setCurrentCell(1, 1);
        QTest::keyClick(causes, Qt::Key_Space);
        QCOMPARE(causes->item(1, 2)->text(), QStringLiteral("Left for later"));
        QVERIFY(m_rig->said("resumeEffect")
                    .endsWith(QStringLiteral("Resumes 2 of 3 files. Still waiting for you: 1.")));
        QTest::mouseClick(resumeButton(), Qt::LeftButton);
        QCOMPARE(fixesSent(0).size(), 2);
        QCOMPARE(filesLeft(0), (QList<FileId>{{job.id, 4}}));
    }

    void withoutAnyCauseAnsweredNothingGoesOut()
    {
        JobSnapshot job = stoppedJob(Cause::NotFound);
        auto *causes = openWithCauses(&job);
        causes->setCurrentCell(1, 1);
        causes->item(1, 0)->setCheckState(Qt::Unchecked);
        QVERIFY(!resumeButton()->isEnabled());
        QCOMPARE(m_rig->said("resumeEffect"),
                 QStringLiteral("Another of the causes above waits: Paste the new links first."));
        causes->item(1, 0)->setCheckState(Qt::Checked);
        QVERIFY(resumeButton()->isEnabled());
    }

    void whatIsFilledInWronglyOrInPartIsNotPassedOver_data()
    {
        QTest::addColumn<QString>("typed");
        QTest::newRow("wrongly") << QStringLiteral("ftp://x");
        QTest::newRow("in part") << fresh(QStringLiteral("part-2.tar"));
    }
    void whatIsFilledInWronglyOrInPartIsNotPassedOver()
    {
        QFETCH(const QString, typed);
        JobSnapshot job = stoppedJob(Cause::NotFound);
        auto *causes = openWithCauses(&job);
        QVERIFY(resumeButton()->isEnabled());
        links()->item(0, 1)->setText(typed);
        causes->setCurrentCell(1, 1);
        QVERIFY(!resumeButton()->isEnabled()); // while it is looked at, too
        QTRY_VERIFY(!m_rig->said("resumeEffect").contains(QStringLiteral("Looking at")));
        QVERIFY(!resumeButton()->isEnabled());
        QVERIFY(m_rig->said("resumeEffect").startsWith(QStringLiteral("Another of the causes")));
    }

    void aFileOfTheJobThatIsTakenOutIsLeftAsItIs()
    {
        JobSnapshot job = stoppedJob(Cause::ServerFailed);
        openWithCauses(&job);
        tick(0, Qt::Unchecked);
        QTest::mouseClick(resumeButton(), Qt::LeftButton);
        QCOMPARE(filesLeft(0), (QList<FileId>{{job.id, 2}}));
    }

    void aSecondQuestionDoesNotCoverTheFirst()
    {
        QWidget window;
        window.setGeometry(0, 0, 700, 700);
        window.show();
        QVERIFY(QTest::qWaitForWindowExposed(&window));
        ui::ErrorDialog first(&m_rig->service, &window);
        ui::ErrorDialog second(&m_rig->service, &window);
        for (ui::ErrorDialog *dialog : {&first, &second}) {
            dialog->setJobs({stoppedFilm(dialog == &first ? 1 : 2, Cause::RedirectLoop)});
            dialog->resize(400, 300);
            dialog->show();
        }
        QVERIFY((first.pos() - second.pos()).manhattanLength() > 20);
    }

    void theReportHasAllOfThem()
    {
        open(stoppedFilms(2, Cause::Forbidden));
        m_rig->button("copyReportButton")->click();
        const QString report = QGuiApplication::clipboard()->text();
        QVERIFY(report.contains(QStringLiteral("Job 1")) &&
                report.contains(QStringLiteral("Job 2")));
    }

private:
    void open(const QList<JobSnapshot> &jobs)
    {
        m_dialog->setJobs(jobs);
        m_rig->show();
    }
    ui::CauseList *openWithCauses(JobSnapshot *job)
    {
        m_rig->script.files = failedFilesOf(job);
        open({*job});
        auto *causes = m_rig->find<ui::CauseList>("causeList");
        require(QTest::qWaitFor([causes] { return causes->isVisible(); }),
                QStringLiteral("no list of causes"));
        return causes;
    }
    void signIn()
    {
        QTest::keyClicks(m_rig->find<QWidget>("userEdit"), QStringLiteral("anna"));
        QTest::keyClicks(m_rig->find<QWidget>("passwordEdit"), QStringLiteral("secret"));
    }
    void paste(const QStringList &lines)
    {
        QGuiApplication::clipboard()->setText(lines.join(u'\n'));
        m_rig->button("pasteListButton")->click();
    }
    void tick(int row, Qt::CheckState state)
    {
        QVERIFY(model()->setData(model()->index(row, 0), state, Qt::CheckStateRole));
    }
    [[nodiscard]] QAbstractItemModel *model() const
    {
        return m_rig->find<QTableView>("affectedFiles")->model();
    }
    [[nodiscard]] QTableWidget *links() const { return m_rig->find<QTableWidget>("linksTable"); }
    [[nodiscard]] QString linkOf(int row) const { return links()->item(row, 1)->text(); }
    [[nodiscard]] QPushButton *resumeButton() const { return m_rig->button("resumeButton"); }
    [[nodiscard]] JobIds jobsSent(int order) const
    {
        return m_resumed->at(order).at(0).value<JobIds>();
    }
    [[nodiscard]] Fixes fixesSent(int order) const
    {
        return m_resumed->at(order).at(1).value<Fixes>();
    }
    [[nodiscard]] QList<FileId> filesLeft(int order) const
    {
        return m_resumed->at(order).at(2).value<QList<FileId>>();
    }

    std::unique_ptr<DialogRig<ui::ErrorDialog>> m_rig;
    ui::ErrorDialog *m_dialog = nullptr;
    std::unique_ptr<QSignalSpy> m_resumed;
};

BELLHOP_TEST(ErrorGroupsTest)
#include "tst_error_groups.moc"
