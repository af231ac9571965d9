// SPDX-License-Identifier: Apache-2.0
#include "tests/support/fake_job_service.h"
#include "tests/support/file_facts.h"
#include "tests/support/test_program.h"
#include "tests/ui/noted_desktop.h"
#include "ui/actions/settings_opener.h"
#include "ui/dialogs/settings_dialog.h"

#include <QCheckBox>
#include <QComboBox>
#include <QDialogButtonBox>
#include <QLineEdit>
#include <QProcess>
#include <QPushButton>
#include <QSettings>
#include <QSignalSpy>
#include <QSpinBox>
#include <QTemporaryDir>
#include <QTest>

using namespace core;
using namespace Qt::StringLiterals;

namespace {

const Settings kEngine{.downloadFolder = u"/srv/in"_s,
                       .jobsAtOnce = 3,
                       .filesAtOnce = 2,
                       .connectionsPerHost = 5,
                       .waitOnMetered = false,
                       .keepAwake = false,
                       .goOnAfterLogout = true};

struct SettingsRig {
    SettingsRig()
    {
        service.answerWith<message::GetSettings>(
            [](const auto &) -> Answer<Settings> { return kEngine; });
        service.answerWith<message::SetSettings>(
            [](const auto &) -> Answer<Done> { return Done{}; });
        service.answerWith<message::InspectFolder>([this](const auto &asked) {
            return Answer<FolderReport>({.folder = asked.folder, .problem = problem});
        });
        opener.open();
        require(QTest::qWaitFor([this] { return dialog() != nullptr; }), u"no dialog"_s);
    }
    [[nodiscard]] ui::SettingsDialog *dialog() const
    {
        return window.findChild<ui::SettingsDialog *>();
    }
    template <typename Part>
    [[nodiscard]] Part *part(const char *name) const
    {
        auto *found = dialog()->findChild<Part *>(QString::fromLatin1(name));
        require(found != nullptr, QString::fromLatin1(name));
        return found;
    }
    [[nodiscard]] QPushButton *button(QDialogButtonBox::StandardButton which) const
    {
        return dialog()->findChild<QDialogButtonBox *>()->button(which);
    }
    [[nodiscard]] QList<Settings> taken() const
    {
        QList<Settings> all;
        for (const auto &request : service.requests<message::SetSettings>()) {
            all.append(request.settings);
        }
        return all;
    }

    QTemporaryDir folder;
    QSettings layout{folder.filePath(u"window.ini"_s), QSettings::IniFormat};
    NotedDesktop desktop;
    FakeJobService service;
    std::optional<JobError> problem;
    QWidget window;
    ui::SettingsOpener opener{&service, &desktop, &layout, &window};
};

} // namespace

class SettingsTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(u"^(?!This plugin does not).*"_s)); }

    void whatIsChosenNowIsShownAndComesBackUnchanged()
    {
        const SettingsRig rig;
        QCOMPARE(rig.dialog()->choices(), (ui::Choices{.engine = kEngine}));
        rig.button(QDialogButtonBox::Ok)->click();
        QTRY_COMPARE(rig.taken(), QList<Settings>{kEngine});
    }

    void whatIsChosenInsteadGoesWhereItBelongs()
    {
        SettingsRig rig;
        rig.part<QSpinBox>("jobsBox")->setValue(7);
        rig.part<QCheckBox>("meteredBox")->setChecked(true);
        QComboBox *whenClosed = rig.part<QComboBox>("whenClosedBox");
        whenClosed->setCurrentIndex(whenClosed->findData(int(ui::WhenClosed::GoOn)));
        rig.part<QCheckBox>("loginBox")->setChecked(true);
        rig.button(QDialogButtonBox::Ok)->click();
        Settings expected = kEngine;
        expected.jobsAtOnce = 7;
        expected.waitOnMetered = true;
        QTRY_COMPARE(rig.taken(), QList<Settings>{expected});
        QCOMPARE(ui::whenClosed(rig.layout), ui::WhenClosed::GoOn);
        QVERIFY(rig.desktop.isAutostarted);
    }

    void cancelChangesNothing()
    {
        SettingsRig rig;
        rig.part<QSpinBox>("jobsBox")->setValue(7);
        rig.part<QCheckBox>("loginBox")->setChecked(true);
        rig.button(QDialogButtonBox::Cancel)->click();
        QTRY_VERIFY(rig.dialog() == nullptr);
        QVERIFY(rig.taken().isEmpty());
        QVERIFY(!rig.desktop.isAutostarted);
    }

    void aFolderThatCannotBeUsedIsSaidAndNotTaken()
    {
        SettingsRig rig;
        rig.problem = JobError{.cause = Cause::NoPermission};
        rig.dialog()->findChild<QLineEdit *>(u"folderEdit"_s)->setText(u"/proc"_s);
        QTRY_VERIFY(!rig.button(QDialogButtonBox::Ok)->isEnabled());
    }

    void theLimitIsChangedAlone()
    {
        SettingsRig rig;
        rig.opener.limitAll(5'000);
        QTRY_COMPARE(rig.service.requests<message::LimitAll>().size(), 1);
        QCOMPARE(rig.service.requests<message::LimitAll>().first().bytesPerSecond, 5'000);
        QVERIFY(rig.taken().isEmpty());
    }

    void oneDialogIsEnough()
    {
        SettingsRig rig;
        rig.opener.open();
        rig.opener.open();
        QCoreApplication::processEvents();
        QCOMPARE(rig.window.findChildren<ui::SettingsDialog *>().size(), 1);
    }
};

BELLHOP_TEST(SettingsTest)
#include "tst_settings.moc"
