// SPDX-License-Identifier: Apache-2.0
#include "ui/dialogs/upload_page.h"

#include "core/words/explain.h"
#include "core/words/explain_service.h"
#include "tests/support/test_program.h"
#include "tests/ui/dialogs/dialog_rig.h"
#include "ui/dialogs/add_job_dialog.h"

#include <QCheckBox>
#include <QComboBox>
#include <QDropEvent>
#include <QLabel>
#include <QLineEdit>
#include <QListView>
#include <QMimeData>
#include <QSignalSpy>
#include <QTabBar>
#include <QTest>

using core::JobSpec;

namespace {

const QString kFilm = QStringLiteral("/home/me/film.bin");
const QString kTarget = QStringLiteral("https://example.org/up/other.bin");
const QString kTargetFolder = QStringLiteral("https://example.org/up/");

} // namespace

class UploadPageTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        // The offscreen platform says of every window that it does not do size hints.
        QTest::failOnWarning(
            QRegularExpression(QStringLiteral("^(?!This plugin does not support).*")));
        m_rig = std::make_unique<DialogRig<ui::AddJobDialog>>();
        m_dialog = m_rig->dialog.get();
        m_page = m_dialog->findChild<ui::UploadPage *>();
        m_submitted = std::make_unique<QSignalSpy>(m_dialog, &ui::AddJobDialog::submitted);
        m_dialog->show();
    }

    void cleanup()
    {
        m_submitted.reset();
        m_rig.reset();
    }

    void standsBesideDownload()
    {
        auto *tabs = m_rig->find<QTabBar>("addTabs");
        QCOMPARE(tabs->count(), 2);
        QCOMPARE(m_dialog->windowTitle(), QStringLiteral("Add downloads"));
        tabs->setCurrentIndex(1);
        QVERIFY(m_page->isVisible());
        QCOMPARE(m_dialog->windowTitle(), QStringLiteral("Add uploads"));
        QCOMPARE(said("problem"), QStringLiteral("Choose at least one file."));
    }

    void aFileAndAnAddressBecomeAJob()
    {
        m_dialog->addFiles({kFilm});
        QTRY_COMPARE(row(0), listed(u"film.bin"));
        QCOMPARE(said("problem"), QStringLiteral("Say where to send it."));
        address()->setText(kTarget);
        QCOMPARE(said("addressRemark"), QStringLiteral("Goes to https://example.org/up/other.bin"));
        QVERIFY(!name()->isEnabled());
        QTest::mouseClick(m_rig->button("addButton"), Qt::LeftButton);
        QCOMPARE(sent().size(), 1);
        const JobSpec expected{
            .type = core::JobType::Upload,
            .folder = QStringLiteral("/home/me"),
            .files = {{.url = QUrl(kTarget), .name = QStringLiteral("film.bin"), .hash = {}}}};
        QVERIFY(sent().first() == expected);
        m_dialog->settle({}, {});
        QVERIFY(!m_dialog->isVisible());
    }

    void inAFolderOfTheServerItKeepsItsNameOrGetsAnother()
    {
        m_dialog->addFiles({kFilm});
        address()->setText(kTargetFolder);
        QTRY_COMPARE(said("addressRemark"),
                     QStringLiteral("Goes to https://example.org/up/film.bin"));
        QCOMPARE(name()->placeholderText(), QStringLiteral("film.bin"));
        name()->setText(QStringLiteral("a/b"));
        QCOMPARE(said("problem"), QStringLiteral("A name cannot have “/” in it."));
        name()->setText(QStringLiteral("my film?"));
        QCOMPARE(said("problem"), QString());
        m_rig->button("addButton")->click();
        QCOMPARE(sent().value(0).files.value(0).url.toEncoded(),
                 "https://example.org/up/my%20film%3F");
        QCOMPARE(sent().value(0).files.value(0).name, QStringLiteral("film.bin"));
    }

    void severalFilesBecomeAJobEach()
    {
        m_dialog->addFiles({kFilm, QStringLiteral("/home/me/b.txt"), kFilm});
        address()->setText(kTarget);
        QTRY_COMPARE(
            said("addressRemark"),
            QStringLiteral("Several files need the address of a folder: end it with “/”."));
        QVERIFY(!m_rig->button("addButton")->isEnabled());
        QTRY_COMPARE(said("problem"), said("addressRemark"));
        QVERIFY(!field<QLineEdit>("hashEdit")->isEnabled());
        address()->setText(kTargetFolder);
        QVERIFY(!name()->isEnabled());
        QTRY_COMPARE(m_rig->button("addButton")->text(), QStringLiteral("&Add 2 uploads"));
        m_rig->button("addButton")->click();
        QCOMPARE(sent().size(), 2);
        QCOMPARE(sent().at(1).files.size(), 1);
        QCOMPARE(sent().at(1).files.first().name, QStringLiteral("b.txt"));
        QCOMPARE(sent().at(1).files.first().url, QUrl(kTargetFolder));
    }

    void withTusTheServerGivesTheNames()
    {
        m_dialog->addFiles({kFilm, QStringLiteral("/home/me/b.txt")});
        address()->setText(kTarget);
        field<QComboBox>("existingBox")->setCurrentIndex(1);
        field<QCheckBox>("makeFoldersBox")->setChecked(true);
        field<QComboBox>("protocolBox")->setCurrentIndex(2);
        QVERIFY(!name()->isEnabled());
        QVERIFY(!field<QComboBox>("existingBox")->isEnabled());
        QVERIFY(!field<QCheckBox>("makeFoldersBox")->isEnabled());
        QTRY_VERIFY(m_rig->button("addButton")->isEnabled());
        m_rig->button("addButton")->click();
        QCOMPARE(sent().size(), 2);
        QCOMPARE(sent().first().files.first().url, QUrl(kTarget));
        QCOMPARE(sent().first().options.existing, core::ExistingFile::Ask);
        QCOMPARE(sent().first().options.missingFolder, core::JobOptions().missingFolder);
    }

    void whatCannotBeSentIsSaidAndLeftOut()
    {
        const QString folder = QStringLiteral("/home/me/photos");
        const core::SourceReport report{
            .path = folder,
            .sizeBytes = {},
            .problem = core::JobError{.cause = core::Cause::SourceNotAFile, .localPath = folder}};
        m_rig->script.sources.insert(folder, report);
        m_dialog->addFiles({folder});
        QTRY_COMPARE(row(0), core::explain(report));
        QCOMPARE(said("problem"), QStringLiteral("None of these can be sent."));
        m_dialog->addFiles({kFilm});
        address()->setText(kTargetFolder);
        QTRY_COMPARE(said("filesSummary"), QStringLiteral("1 of 2 can be sent"));
        m_rig->button("addButton")->click();
        QCOMPARE(sent().size(), 1);
    }

    void aFileCanBeTakenOut()
    {
        m_dialog->addFiles({kFilm, QStringLiteral("/home/me/b.txt")});
        QTRY_COMPARE(row(1), listed(u"b.txt"));
        QVERIFY(!m_rig->button("removeButton")->isEnabled());
        list()->selectionModel()->select(list()->model()->index(0, 0), QItemSelectionModel::Select);
        m_rig->button("removeButton")->click();
        QCOMPARE(list()->model()->rowCount(), 1);
        QCOMPARE(row(0), listed(u"b.txt"));
    }

    void filesCanBeDropped()
    {
        m_rig->find<QTabBar>("addTabs")->setCurrentIndex(1);
        QMimeData dropped;
        dropped.setUrls({QUrl::fromLocalFile(kFilm), QUrl(kTarget)});
        QDragEnterEvent enter({30, 30}, Qt::CopyAction, &dropped, Qt::LeftButton, Qt::NoModifier);
        QCoreApplication::sendEvent(m_page, &enter);
        QVERIFY(enter.isAccepted());
        QDropEvent drop({30, 30}, Qt::CopyAction, &dropped, Qt::LeftButton, Qt::NoModifier);
        QCoreApplication::sendEvent(m_page, &drop);
        QCOMPARE(list()->model()->rowCount(), 1);
    }

    void anAddressThatCannotBeSentToSaysWhy_data()
    {
        QTest::addColumn<QString>("typed");
        QTest::newRow("another kind") << QStringLiteral("ftp://example.org/");
        QTest::newRow("no server") << QStringLiteral("https://");
        QTest::newRow("a fragment") << QStringLiteral("https://example.org/a#b");
    }
    void anAddressThatCannotBeSentToSaysWhy()
    {
        QFETCH(QString, typed);
        m_dialog->addFiles({kFilm});
        address()->setText(typed);
        QTRY_COMPARE(said("problem"), said("addressRemark"));
        QVERIFY(said("addressRemark").contains(typed));
    }

    void aChecksumBelongsToTheOneFile()
    {
        m_dialog->addFiles({kFilm});
        address()->setText(kTarget);
        field<QLineEdit>("hashEdit")->setText(QStringLiteral("nonsense"));
        QTRY_VERIFY(said("problem").startsWith(QStringLiteral("This is not a checksum.")));
        field<QLineEdit>("hashEdit")->setText(QString(32, u'a'));
        QTRY_COMPARE(said("problem"), QString());
        m_rig->button("addButton")->click();
        QCOMPARE(sent().value(0).files.value(0).hash,
                 (core::ExpectedHash{core::ExpectedHash::Algorithm::Md5, QByteArray(32, 'a')}));
    }

    void anAddressWithoutASchemeIsForTheEngineToFindOut()
    {
        m_dialog->addFiles({kFilm});
        address()->setText(QStringLiteral("example.org/up/"));
        QTRY_COMPARE(said("addressRemark"),
                     QStringLiteral("Goes to example.org/up/film.bin, by https or else by http"));
        m_rig->button("addButton")->click();
        QCOMPARE(sent().value(0).files.value(0).url, QUrl(QStringLiteral("//example.org/up/")));
    }

    void whatIsUnderMoreGoesIntoTheJob()
    {
        m_dialog->addFiles({kFilm});
        address()->setText(QStringLiteral("https://bert:pw@example.org/up/x"));
        field<QComboBox>("protocolBox")->setCurrentIndex(1);
        field<QComboBox>("existingBox")->setCurrentIndex(1);
        field<QCheckBox>("makeFoldersBox")->setChecked(true);
        field<QLineEdit>("passwordEdit")->setText(QStringLiteral("pw"));
        QTRY_COMPARE(said("problem"), QStringLiteral("There is a password but no user name."));
        field<QLineEdit>("passwordEdit")->clear();
        m_rig->button("addButton")->click();
        const core::JobOptions options = sent().value(0).options;
        QCOMPARE(options.protocol, core::UploadProtocol::Put);
        QCOMPARE(options.existing, core::ExistingFile::Replace);
        QCOMPARE(options.missingFolder, core::MissingFolder::Create);
        QCOMPARE(options.login, (core::Login{QStringLiteral("bert"), QStringLiteral("pw")}));
        QVERIFY(sent().value(0).files.value(0).url.userInfo().isEmpty());
    }

private:
    template <typename T>
    [[nodiscard]] T *field(const char *name) const
    {
        return m_page->findChild<T *>(QString::fromLatin1(name));
    }
    [[nodiscard]] QListView *list() const { return field<QListView>("filesList"); }
    [[nodiscard]] QLineEdit *address() const { return field<QLineEdit>("addressEdit"); }
    [[nodiscard]] QLineEdit *name() const { return field<QLineEdit>("remoteNameEdit"); }
    [[nodiscard]] static QString listed(QStringView file)
    {
        return QStringLiteral("%1  —  %2, in /home/me").arg(file, formatBytes(4'200'000'000));
    }
    [[nodiscard]] QString row(int row) const
    {
        return list()->model()->index(row, 0).data().toString();
    }
    [[nodiscard]] QString said(const char *label) const { return m_rig->said(label); }
    [[nodiscard]] QList<JobSpec> sent() const
    {
        return m_submitted->value(0).value(0).value<QList<JobSpec>>();
    }

    std::unique_ptr<DialogRig<ui::AddJobDialog>> m_rig;
    ui::AddJobDialog *m_dialog = nullptr;
    ui::UploadPage *m_page = nullptr;
    std::unique_ptr<QSignalSpy> m_submitted;
};

BELLHOP_TEST(UploadPageTest)
#include "tst_upload_page.moc"
