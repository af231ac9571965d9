// SPDX-License-Identifier: Apache-2.0
#include "ui/dialogs/add_job_dialog.h"

#include "core/words/explain_service.h"
#include "tests/support/test_program.h"
#include "tests/ui/dialogs/dialog_rig.h"
#include "ui/dialogs/fitting_scroll_area.h"

#include <QComboBox>
#include <QLabel>
#include <QLineEdit>
#include <QListView>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QRadioButton>
#include <QScreen>
#include <QScrollBar>
#include <QSignalSpy>
#include <QStackedWidget>
#include <QTest>

using core::JobSpec;

namespace {

const QString kGood = QStringLiteral("https://example.org/a.iso");
const QString kOther = QStringLiteral("https://example.org/b.iso");

} // namespace

class AddJobDialogTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        // The offscreen platform says of every window that it does not do size hints.
        QTest::failOnWarning(
            QRegularExpression(QStringLiteral("^(?!This plugin does not support).*")));
        DialogScript known;
        known.settings.downloadFolder = QStringLiteral("/downloads");
        m_rig = std::make_unique<DialogRig<ui::AddJobDialog>>(known);
        m_dialog = m_rig->dialog.get();
        m_submitted = std::make_unique<QSignalSpy>(m_dialog, &ui::AddJobDialog::submitted);
        m_dialog->show();
        QTRY_COMPARE(find<QLineEdit>("folderEdit")->text(), QStringLiteral("/downloads"));
    }

    void cleanup()
    {
        m_submitted.reset();
        m_rig.reset();
    }

    void aTypedLinkBecomesAJob()
    {
        QVERIFY(!addButton()->isEnabled());
        QCOMPARE(said("problem"), QStringLiteral("Paste at least one link."));
        QTest::keyClicks(find<QPlainTextEdit>("linksEdit"), kGood);
        QTRY_VERIFY(addButton()->isEnabled());
        QCOMPARE(said("problem"), QString());
        QTest::mouseClick(addButton(), Qt::LeftButton);
        const QList<JobSpec> jobs = sent();
        QCOMPARE(jobs.size(), 1);
        QCOMPARE(jobs.first().folder, QStringLiteral("/downloads"));
        QCOMPARE(jobs.first().files,
                 (QList<core::FileSpec>{{.url = QUrl(kGood), .name = {}, .hash = {}}}));
        QVERIFY(!addButton()->isEnabled()); // until there is an answer
        m_dialog->settle({}, {});
        QVERIFY(!m_dialog->isVisible());
    }

    void whatIsRefusedIsSaidWhereItWasTyped()
    {
        m_dialog->addLinks({kGood});
        QTRY_VERIFY(addButton()->isEnabled());
        QTest::mouseClick(addButton(), Qt::LeftButton);
        m_dialog->settle(sent(), QStringLiteral("Not now."));
        QVERIFY(m_dialog->isVisible());
        QCOMPARE(said("problem"), QStringLiteral("Not now."));
        QCOMPARE(find<QPlainTextEdit>("linksEdit")->toPlainText().trimmed(), kGood);
        QVERIFY(addButton()->isEnabled()); // to be tried again
        QTest::mouseClick(addButton(), Qt::LeftButton);
        QCOMPARE(m_submitted->size(), 2);
        QCOMPARE(said("problem"), QString());
    }

    void whatWasAddedIsNotAddedAgain()
    {
        m_dialog->addLinks({kGood, QStringLiteral("https://example.org/other.bin")});
        QTRY_VERIFY(addButton()->isEnabled());
        QTest::mouseClick(addButton(), Qt::LeftButton);
        QCOMPARE(sent().size(), 2);
        m_dialog->settle({sent().last()}, QStringLiteral("Not now."));
        QCOMPARE(find<QPlainTextEdit>("linksEdit")->toPlainText().trimmed(),
                 QStringLiteral("https://example.org/other.bin"));
        QCOMPARE(said("problem"), QStringLiteral("1 of 2 were added. Not now."));
    }

    void aLinkWithoutASchemeSaysWhatIsTried()
    {
        m_dialog->addLinks({QStringLiteral("example.org/a.iso")});
        QTRY_VERIFY(addButton()->isEnabled());
        QCOMPARE(find<QListView>("understoodList")->model()->index(0, 0).data().toString(),
                 QStringLiteral("a.iso  —  from example.org, by https or else by http"));
        addButton()->click();
        QCOMPARE(sent().value(0).files.value(0).url, QUrl(QStringLiteral("//example.org/a.iso")));
    }

    void controlEnterAddsFromTheLinkBox()
    {
        m_dialog->addLinks({kGood});
        QTRY_VERIFY(addButton()->isEnabled());
        QTest::keyClick(find<QPlainTextEdit>("linksEdit"), Qt::Key_Return, Qt::ControlModifier);
        QCOMPARE(sent().size(), 1);
    }

    void enterAddsWhatWasPastedAndBeginsALineWhereItIsTyped()
    {
        auto *links = find<QPlainTextEdit>("linksEdit");
        QTest::keyClicks(links, kGood);
        QTRY_VERIFY(addButton()->isEnabled());
        QTest::keyClick(links, Qt::Key_Return);
        QCOMPARE(links->toPlainText(), kGood + u'\n');
        QCOMPARE(m_submitted->size(), 0);
        QTRY_VERIFY(addButton()->isEnabled());
        QTest::keyClick(links, Qt::Key_Return); // on an empty line
        QCOMPARE(sent().size(), 1);
        m_dialog->settle(sent(), QStringLiteral("Not now."));
        links->setPlainText(QString());
        m_dialog->addLinks({kOther});
        QTRY_VERIFY(addButton()->isEnabled());
        QTest::keyClick(links, Qt::Key_Return, Qt::ShiftModifier);
        QCOMPARE(m_submitted->size(), 1);
        links->clear();
        links->setPlainText(kOther);
        QTRY_VERIFY(addButton()->isEnabled());
        QTest::keyClick(links, Qt::Key_Return);
        QCOMPARE(m_submitted->size(), 2);
    }

    void ofACommandThatIsPastedWithOtherLinksTheLinkAloneIsTaken()
    {
        auto *links = find<QPlainTextEdit>("linksEdit");
        links->setPlainText(
            QStringLiteral("%1\ncurl '%2' \\\n  -H 'Cookie: k=v' \\\n  --compressed\n")
                .arg(kOther, kGood));
        QCOMPARE(links->toPlainText().trimmed(), kOther + u'\n' + kGood);
        QTRY_VERIFY(addButton()->isEnabled());
        QVERIFY(said("summary").contains(QStringLiteral("the link alone")));
        addButton()->click();
        QCOMPARE(sent().size(), 2);
        QVERIFY(sent().value(0).options.headers.isEmpty());
    }

    void linksThatComeWhileItIsOpenAreAddedToThoseThatAreThere()
    {
        m_dialog->addLinks({kGood});
        m_dialog->addLinks({kGood, kOther});
        QCOMPARE(find<QPlainTextEdit>("linksEdit")->toPlainText(), kGood + u'\n' + kOther);
    }

    void everyLinkIsAJobOfItsOwnUnlessAskedOtherwise_data()
    {
        QTest::addColumn<bool>("oneForAll");
        QTest::addColumn<int>("jobs");
        QTest::newRow("each") << false << 2;
        QTest::newRow("all") << true << 1;
    }
    void everyLinkIsAJobOfItsOwnUnlessAskedOtherwise()
    {
        QFETCH(bool, oneForAll);
        m_dialog->addLinks({kGood, kOther});
        QTRY_VERIFY(addButton()->isEnabled());
        if (oneForAll) {
            auto *radio = find<QRadioButton>("oneForAll");
            QTest::keyClick(radio, Qt::Key_Space);
        }
        addButton()->click();
        QTEST(int(sent().size()), "jobs");
        qsizetype files = 0;
        for (const JobSpec &job : sent()) {
            files += job.files.size();
        }
        QCOMPARE(files, 2);
    }

    void badAndRepeatedLinesAreNamedAndLeftOut()
    {
        m_dialog->addLinks({kGood, QString(), QStringLiteral("<img src=x> & ftp"), kGood, kOther});
        const auto *model = find<QListView>("understoodList")->model();
        QTRY_COMPARE(model->rowCount(), 4);
        QTRY_VERIFY(addButton()->isEnabled());
        const QString bad = model->index(1, 0).data().toString();
        QVERIFY2(bad.startsWith(QStringLiteral("Line 3:")), qPrintable(bad));
        const QString twice = model->index(2, 0).data().toString();
        QVERIFY2(twice.startsWith(QStringLiteral("Line 4:")) && twice.contains(u'1'),
                 qPrintable(twice));
        addButton()->click();
        QCOMPARE(sent().size(), 2);
    }

    void nothingButBadLinesCannotBeAdded()
    {
        m_dialog->addLinks({QStringLiteral("ftp://example.org/a"), QStringLiteral("hello")});
        QTRY_COMPARE(find<QListView>("understoodList")->model()->rowCount(), 2);
        QVERIFY(!addButton()->isEnabled());
        QCOMPARE(said("problem"),
                 QStringLiteral("None of these lines is a link that can be fetched."));
    }

    void aFolderThatCannotBeWrittenIsSaidInline()
    {
        const QString locked = QStringLiteral("/locked");
        const core::FolderReport report{
            .folder = locked,
            .problem = core::JobError{.cause = core::Cause::NoPermission, .localPath = locked}};
        const QString problem = core::explain(report);
        m_rig->script.folders.insert(locked, report);
        m_dialog->addLinks({kGood});
        QTRY_VERIFY(addButton()->isEnabled());
        find<QLineEdit>("folderEdit")->setText(locked);
        QTRY_COMPARE(said("folderRemark"), problem);
        QVERIFY(!addButton()->isEnabled());
        find<QLineEdit>("folderEdit")->setText(QStringLiteral("relative"));
        QTRY_VERIFY(said("folderRemark") != problem);
        QVERIFY(!addButton()->isEnabled());
        find<QLineEdit>("folderEdit")->setText(QStringLiteral("/fine"));
        QTRY_VERIFY(addButton()->isEnabled());
        QTRY_VERIFY(said("folderRemark").contains(QStringLiteral("free")));
    }

    void whatIsUnderMoreGoesIntoTheJob()
    {
        m_dialog->addLinks({kGood});
        QTRY_VERIFY(addButton()->isEnabled());
        const QString digest(64, u'a');
        find<QLineEdit>("nameEdit")->setText(QStringLiteral("mine.iso"));
        find<QLineEdit>("userEdit")->setText(QStringLiteral("anna"));
        find<QLineEdit>("passwordEdit")->setText(QStringLiteral("pw"));
        find<QPlainTextEdit>("headersEdit")
            ->setPlainText(QStringLiteral("Referer: https://example.org/"));
        find<QComboBox>("existingBox")->setCurrentIndex(1);
        find<QLineEdit>("hashEdit")->setText(QStringLiteral("sha256:12"));
        QVERIFY(!addButton()->isEnabled());
        find<QLineEdit>("hashEdit")->setText(QStringLiteral("sha256:") + digest);
        QVERIFY(addButton()->isEnabled());
        addButton()->click();
        const JobSpec job = sent().value(0);
        QCOMPARE(job.files.value(0).name, QStringLiteral("mine.iso"));
        QCOMPARE(job.files.value(0).hash->digestHex, digest.toLatin1());
        QCOMPARE(job.options.login, (core::Login{QStringLiteral("anna"), QStringLiteral("pw")}));
        QCOMPARE(job.options.headers, (core::HeaderFields{{"Referer", "https://example.org/"}}));
        QCOMPARE(job.options.existing, core::ExistingFile::KeepBoth);
    }

    void aRequestCopiedFromABrowserComesWithItsHeadersAndItsLogin()
    {
        m_dialog->addLinks({QStringLiteral("curl '%1' -H 'Cookie: k=v' -u anna:pw").arg(kGood)});
        QCOMPARE(find<QPlainTextEdit>("linksEdit")->toPlainText(), kGood);
        QVERIFY(find<QPlainTextEdit>("headersEdit")->isVisible());
        QTRY_VERIFY(addButton()->isEnabled());
        addButton()->click();
        const JobSpec job = sent().value(0);
        QCOMPARE(job.files.value(0).url, QUrl(kGood));
        QCOMPARE(job.options.headers, (core::HeaderFields{{"Cookie", "k=v"}}));
        QCOMPARE(job.options.login, (core::Login{QStringLiteral("anna"), QStringLiteral("pw")}));
    }

    void ofACommandBesideOtherLinksTheLinkAloneIsTaken()
    {
        m_dialog->addLinks({kOther});
        m_dialog->addLinks({QStringLiteral("curl '%1' -H 'Cookie: k=v'").arg(kGood)});
        QCOMPARE(find<QPlainTextEdit>("linksEdit")->toPlainText(), kOther + u'\n' + kGood);
        QTRY_VERIFY(addButton()->isEnabled());
        addButton()->click();
        QVERIFY(sent().value(0).options.headers.isEmpty());
    }

    void aLoginInALinkGoesToItsOwnJobOnly()
    {
        m_dialog->addLinks({QStringLiteral("https://anna:pw@example.org/a.iso"), kOther});
        QTRY_VERIFY(addButton()->isEnabled());
        addButton()->click();
        QCOMPARE(sent().value(0).options.login,
                 (core::Login{QStringLiteral("anna"), QStringLiteral("pw")}));
        QVERIFY(sent().value(0).files.value(0).url.userInfo().isEmpty());
        QVERIFY(!sent().value(1).options.login);
    }

    void itOpensWithoutAScrollBar()
    {
        const auto *area = m_dialog->findChild<ui::FittingScrollArea *>();
        QCOMPARE(area->verticalScrollBar()->maximum(), 0);
        m_dialog->addLinks({kGood});
        QTRY_VERIFY(addButton()->isEnabled());
        QCOMPARE(area->verticalScrollBar()->maximum(), 0);
    }

    void itOpensWithRoomForWhatWasOpenedBefore()
    {
        DialogRig<ui::AddJobDialog> rig;
        rig.dialog->addLinks({QStringLiteral("curl '%1' -H 'Cookie: k=v'").arg(kGood)});
        rig.dialog->show();
        const auto *area = rig.dialog->findChild<ui::FittingScrollArea *>();
        const int room = rig.dialog->screen()->availableSize().height() * 9 / 10;
        QVERIFY(QTest::qWaitForWindowExposed(rig.dialog.get()));
        QVERIFY2(area->verticalScrollBar()->maximum() == 0 || rig.dialog->height() >= room,
                 qPrintable(QString::number(rig.dialog->height())));
    }

    void escSendsNothing()
    {
        m_dialog->addLinks({kGood});
        QTRY_VERIFY(addButton()->isEnabled());
        QTest::keyClick(m_dialog, Qt::Key_Escape);
        QVERIFY(!m_dialog->isVisible());
        QCOMPARE(m_submitted->size(), 0);
    }

private:
    template <typename T>
    [[nodiscard]] T *find(const char *name) const
    {
        const auto *pages = m_rig->find<QStackedWidget>("addPages");
        T *onPage = pages->currentWidget()->findChild<T *>(QString::fromLatin1(name));
        return onPage != nullptr ? onPage : m_rig->find<T>(name);
    }
    [[nodiscard]] QPushButton *addButton() const { return find<QPushButton>("addButton"); }
    [[nodiscard]] QString said(const char *label) const { return m_rig->said(label); }
    [[nodiscard]] QList<JobSpec> sent() const
    {
        return m_submitted->value(0).value(0).value<QList<JobSpec>>();
    }

    std::unique_ptr<DialogRig<ui::AddJobDialog>> m_rig;
    ui::AddJobDialog *m_dialog = nullptr;
    std::unique_ptr<QSignalSpy> m_submitted;
};

BELLHOP_TEST(AddJobDialogTest)
#include "tst_add_job_dialog.moc"
