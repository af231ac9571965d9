// SPDX-License-Identifier: Apache-2.0
#include "core/remedy/catalogue.h"
#include "core/words/explain_check.h"
#include "tests/support/fake_job_service.h"
#include "tests/support/test_program.h"
#include "tests/ui/dialogs/sample_jobs.h"
#include "ui/dialogs/fix_chooser.h"
#include "ui/dialogs/plain_label.h"
#include "ui/dialogs/verb_bar.h"

#include <QCheckBox>
#include <QClipboard>
#include <QGuiApplication>
#include <QLineEdit>
#include <QPushButton>
#include <QTest>
#include <QTimer>

#include <algorithm>

using namespace core;
using namespace ui;

namespace {

CheckReport sameFile()
{
    return {.job = {7},
            .server = ServerFinding{.proof = ServerFinding::Proof::Compared,
                                    .sizeBytes = 9'800'000'000,
                                    .bytesKept = 4'100'000'000}};
}

CheckReport stillRefused()
{
    return {.job = {7}, .problem = JobError{.cause = Cause::Forbidden, .httpStatus = 403}};
}

} // namespace

/// What a repair would do is said below it before it is used.
class RepairCheckTest final : public QObject {
    Q_OBJECT

    std::unique_ptr<FakeJobService> m_service;
    std::unique_ptr<QWidget> m_window;
    FixChooser *m_chooser = nullptr;
    JobSnapshot m_job;

    void ask(Cause cause)
    {
        m_job = stoppedJob(cause);
        m_window = std::make_unique<QWidget>();
        m_chooser = new FixChooser(m_window.get());
        m_chooser->ask({.service = m_service.get(),
                        .job = m_job,
                        .error = *m_job.error,
                        .fileName = QStringLiteral("film.mp4")},
                       fixesFor(*m_job.error));
        m_window->show();
        QVERIFY(QTest::qWaitForWindowExposed(m_window.get()));
    }
    template <typename Widget>
    Widget *child(const char *name)
    {
        auto *found = m_chooser->findChild<Widget *>(QString::fromLatin1(name));
        require(found != nullptr, QString::fromLatin1(name));
        return found;
    }
    QString remark(const char *kind = "NewLink")
    {
        return child<PlainLabel>((QByteArray("remark") + kind).constData())->text();
    }
    void type(const char *link) { child<QLineEdit>("linkEdit")->setText(QString::fromUtf8(link)); }
    [[nodiscard]] QList<message::Check::Request> checks() const
    {
        return m_service->requests<message::Check>();
    }

    [[nodiscard]] bool isAboutToAsk() const
    {
        const auto pauses =
            m_chooser->findChildren<QTimer *>(QRegularExpression(QStringLiteral("^pause")));
        return !checks().isEmpty() || std::ranges::any_of(pauses, &QTimer::isActive);
    }

private Q_SLOTS:
    void init()
    {
        QTest::failOnWarning(QRegularExpression(QStringLiteral(".*")));
        QGuiApplication::clipboard()->clear();
        m_service = std::make_unique<FakeJobService>();
        m_service->agreeToEverything();
        m_service->answerWith<message::InspectLinks>([](const auto &request) {
            QList<LinkReport> reports;
            for (const QString &typed : request.links) {
                reports.append({.typed = typed, .url = QUrl(typed)});
            }
            return reports;
        });
        m_service->answerWith<message::Check>(
            [](const message::Check::Request & /*request*/) { return sameFile(); });
    }
    void cleanup()
    {
        m_window.reset();
        m_service.reset();
    }

    void anAnswerThatIsNotKeptAnyMoreIsSaidToBeOld()
    {
        ask(Cause::Forbidden);
        type("https://films.example.org/new/film.mp4");
        QTRY_COMPARE(checks().size(), 1);
        QTRY_VERIFY(remark().startsWith(QStringLiteral("Same file")));
        auto *lapse = child<QTimer>("lapseNewLink");
        QVERIFY(lapse->isActive());
        QCOMPARE(lapse->intervalAsDuration(), std::chrono::seconds(kCheckKeptFor));
        lapse->start(0);
        QTRY_VERIFY(remark().contains(QStringLiteral("asked once more")));
        QCOMPARE(checks().size(), 1); // not by itself: a link may work only once
        type("https://films.example.org/newer/film.mp4");
        QVERIFY(!remark().contains(QStringLiteral("asked once more")));
    }

    void aLinkIsCheckedAsSoonAsItLooksComplete()
    {
        ask(Cause::Forbidden);
        type("https://b.example/film.mp4");
        QTRY_COMPARE(remark(), explain(sameFile(), std::nullopt).text);
        QCOMPARE(checks().size(), 1);
        QCOMPARE(checks().first().job, m_job.id);
        QCOMPARE(checks().first().fixes, m_chooser->fixesFor({m_job.id, m_job.error->fileIndex}));
        QVERIFY(m_chooser->readiness().kind == FixReadiness::Kind::Ready);
    }

    void itIsCheckedAgainWhenItChanges()
    {
        ask(Cause::Forbidden);
        type("https://b.example/film.mp4");
        QTRY_COMPARE(checks().size(), 1);
        m_service->answerWith<message::Check>(
            [](const message::Check::Request & /*request*/) { return stillRefused(); });
        type("https://c.example/film.mp4");
        QTRY_VERIFY(remark().startsWith(QStringLiteral("Still the same (HTTP 403)")));
        QCOMPARE(checks().size(), 2);
    }

    void aPlainNoIsSaidAndNobodyIsKeptFromTrying()
    {
        m_service->answerWith<message::Check>(
            [](const message::Check::Request & /*request*/) { return stillRefused(); });
        ask(Cause::Forbidden);
        type("https://b.example/film.mp4");
        QTRY_VERIFY(m_chooser->readiness().kind == FixReadiness::Kind::Vain);
        VerbBar bar;
        bar.describe(m_job, m_chooser->readiness(), QStringLiteral("effect"));
        auto *resume = bar.findChild<QPushButton *>(QStringLiteral("resumeButton"));
        QVERIFY(resume->isEnabled());
        QCOMPARE(resume->text().remove(u'&'), QStringLiteral("Try all the same"));
    }

    void resumeIsOpenWhileTheCheckRuns()
    {
        m_service->answerWith<message::Check>([](const message::Check::Request & /*request*/) {
            return Answer<CheckReport>(tl::unexpected(Refusal{.kind = RefusalKind::Superseded}));
        });
        ask(Cause::Forbidden);
        type("https://b.example/film.mp4");
        QTRY_COMPARE(checks().size(), 1);
        QTRY_COMPARE(remark(), QString());
        QVERIFY(m_chooser->readiness().kind == FixReadiness::Kind::Ready);
    }

    void aPasswordIsSentOnlyWhenAskedFor()
    {
        ask(Cause::LoginRequired);
        child<QLineEdit>("userEdit")->setText(QStringLiteral("me"));
        child<QLineEdit>("passwordEdit")->setText(QStringLiteral("secret"));
        QVERIFY(!isAboutToAsk());
        child<QPushButton>("checkLogin")->click();
        QTRY_COMPARE(checks().size(), 1);
        QCOMPARE(checks().first().fixes, m_chooser->fixesFor({m_job.id, m_job.error->fileIndex}));
    }

    void aCopiedLinkComesInAndCanBeUndone()
    {
        ask(Cause::Forbidden);
        auto *edit = child<QLineEdit>("linkEdit");
        const QString old = edit->text();
        QGuiApplication::clipboard()->setText(QStringLiteral("just words"));
        QCOMPARE(edit->text(), old);
        QGuiApplication::clipboard()->setText(QStringLiteral("https://b.example/fresh.mp4\n"));
        QTRY_COMPARE(edit->text(), QStringLiteral("https://b.example/fresh.mp4"));
        QTRY_COMPARE(checks().size(), 1);
        edit->undo();
        QCOMPARE(edit->text(), old);
    }

    void whatAPersonHasTypedStays()
    {
        ask(Cause::Forbidden);
        type("https://b.example/typed.mp4");
        QGuiApplication::clipboard()->setText(QStringLiteral("https://c.example/other.mp4"));
        QCoreApplication::processEvents();
        QCOMPARE(child<QLineEdit>("linkEdit")->text(),
                 QStringLiteral("https://b.example/typed.mp4"));
    }

    void theClipboardIsNotWatchedForAnotherRepair()
    {
        ask(Cause::LoginRequired);
        auto *edit = child<QLineEdit>("linkEdit");
        const QString old = edit->text();
        QGuiApplication::clipboard()->setText(QStringLiteral("https://b.example/fresh.mp4"));
        QCoreApplication::processEvents();
        QCOMPARE(edit->text(), old);
    }

    void aCommandForCurlBringsItsHeaders()
    {
        ask(Cause::Forbidden);
        type("curl 'https://b.example/f' -H 'X-Key: 1' -b 'a=1' -u me:pass");
        const Fixes expected{
            fix::NewLink{QUrl(QStringLiteral("https://b.example/f")), m_job.error->fileIndex},
            fix::Headers{{{"X-Key", "1"}, {"Cookie", "a=1"}}},
            fix::Login{.login = {QStringLiteral("me"), QStringLiteral("pass")},
                       .origin = QStringLiteral("https://b.example")}};
        QCOMPARE(m_chooser->fixesFor({m_job.id, m_job.error->fileIndex}), expected);
        QVERIFY(!isAboutToAsk()); // its cookies are nobody's before they are meant to be
        type("curl 'https://b.example/f' --data-raw 'a=1'");
        QVERIFY(m_chooser->readiness().kind == FixReadiness::Kind::Wrong);
        QVERIFY(remark().contains(QStringLiteral("--data-raw")));
        QCOMPARE(m_chooser->fixesFor({m_job.id, m_job.error->fileIndex}), Fixes());
    }

    void whatACommandForCurlBringsCanBeKeptToo()
    {
        m_service->answerWith<message::Keyring>(
            [](const message::Keyring::Request & /*request*/) { return KeyringState::Open; });
        ask(Cause::Forbidden);
        auto *edit = m_chooser->findChild<QLineEdit *>(QStringLiteral("linkEdit"));
        QCheckBox *box = nullptr;
        for (auto *each : m_chooser->findChildren<QCheckBox *>(QStringLiteral("keepBox"))) {
            box = each->parent() == edit->parent()->parent() ? each : box;
        }
        QVERIFY(box != nullptr);
        type("https://b.example/f");
        QVERIFY(!box->isVisible()); // there is nothing to be kept
        type("curl 'https://b.example/f' -H 'X-Key: 1' -u me:pass");
        QVERIFY(box->isVisible());
        QTRY_VERIFY(box->isEnabled());
        box->setChecked(true);
        const Fixes fixes = m_chooser->fixesFor({m_job.id, m_job.error->fileIndex});
        QCOMPARE(keepIn(fixes.at(1)), std::optional(true));
        QCOMPARE(keepIn(fixes.at(2)), std::optional(true));
    }

    void whatIsSecretIsKeptOnlyIfThatIsTicked_data()
    {
        QTest::addColumn<KeyringState>("keyring");
        QTest::addColumn<bool>("isChoice");
        QTest::newRow("open") << KeyringState::Open << true;
        QTest::newRow("locked") << KeyringState::Locked << false;
        QTest::newRow("none") << KeyringState::Missing << false;
    }
    void whatIsSecretIsKeptOnlyIfThatIsTicked()
    {
        QFETCH(KeyringState, keyring);
        QFETCH(bool, isChoice);
        m_service->answerWith<message::Keyring>(
            [keyring](const message::Keyring::Request & /*request*/) { return keyring; });
        m_service->answerWith<message::Check>(
            [](const message::Check::Request & /*request*/) { return sameFile(); });
        ask(Cause::LoginRequired);
        auto *box = m_chooser->findChild<QCheckBox *>(QStringLiteral("keepBox"));
        QTRY_COMPARE(box->text().contains(u'('), !isChoice); // why not
        QCOMPARE(box->isEnabled(), isChoice);
        QVERIFY(!box->isChecked());
        m_chooser->findChild<QLineEdit *>(QStringLiteral("userEdit"))
            ->setText(QStringLiteral("me"));
        const auto kept = [this] {
            return keepIn(m_chooser->fixesFor({m_job.id, m_job.error->fileIndex}).first());
        };
        QCOMPARE(kept(), isChoice ? std::optional(false) : std::nullopt);
        m_chooser->findChild<QPushButton *>(QStringLiteral("checkLogin"))->click();
        QTRY_COMPARE(remark("Login"), explain(sameFile(), std::nullopt).text);
        box->setChecked(true);
        QCOMPARE(kept(), isChoice ? std::optional(true) : std::nullopt);
        // It is no other login: nobody is asked again.
        QCOMPARE(remark("Login"), explain(sameFile(), std::nullopt).text);
        QCOMPARE(m_service->requests<message::Check>().size(), 1);
    }

    void whatIsSaidOfOneFileIsNotSaidOfAll()
    {
        m_service->answerWith<message::Check>(
            [](const message::Check::Request & /*request*/) { return sameFile(); });
        ask(Cause::LoginRequired);
        FixContext context{.service = m_service.get(),
                           .job = m_job,
                           .error = *m_job.error,
                           .fileName = QStringLiteral("film.mp4")};
        context.files = {{.id = {m_job.id, 0}}, {.id = {{8}, 0}}};
        m_chooser->ask(context, fixesFor(*m_job.error));
        m_chooser->findChild<QLineEdit *>(QStringLiteral("userEdit"))
            ->setText(QStringLiteral("me"));
        m_chooser->findChild<QPushButton *>(QStringLiteral("checkLogin"))->click();
        QTRY_COMPARE(remark("Login"), QStringLiteral("Asked for film.mp4 alone: ") +
                                          explain(sameFile(), std::nullopt).text);
    }

    void whatOnlyNeedsThisComputerIsCheckedByItself()
    {
        const CheckReport room{.job = {7},
                               .place = PlaceFinding{.folder = QStringLiteral("/srv"),
                                                     .neededBytes = 4'900'000,
                                                     .freeBytes = 80'000'000'000}};
        m_service->answerWith<message::Check>(
            [room](const message::Check::Request & /*request*/) { return room; });
        ask(Cause::NoPermission);
        QTRY_COMPARE(remark("OtherFolder"), explain(room, std::nullopt).text);
    }
};

BELLHOP_TEST(RepairCheckTest)
#include "tst_repair_check.moc"
