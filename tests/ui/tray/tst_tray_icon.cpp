// SPDX-License-Identifier: Apache-2.0
#include "tests/support/manual_clock.h"
#include "tests/support/test_program.h"
#include "ui/models/job_list_model.h"
#include "ui/tray/tray_icon.h"

#include <QSignalSpy>
#include <QTest>

using namespace std::chrono_literals;

class TrayIconTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        // The offscreen platform has no trays to tell of.
        QTest::failOnWarning(QRegularExpression(
            QStringLiteral("^(?!QObject::connect: No such signal QPlatformNative).*")));
    }

    void itComesAndGoesWithTheTrayOfTheDesktop()
    {
        bool hasTray = false;
        ManualClock clock;
        const ui::JobListModel model(&clock);
        ui::TrayIcon icon(
            &model, nullptr, [&hasTray] { return hasTray; }, 1ms);
        const QSignalSpy gone(&icon, &ui::TrayIcon::gone);
        icon.show();
        QVERIFY(!icon.isThere());
        hasTray = true; // a panel that is started later, and tells nobody
        QTRY_VERIFY(icon.isThere());
        const qsizetype before = gone.size();
        hasTray = false;
        QTRY_VERIFY(!icon.isThere());
        QTRY_VERIFY(gone.size() > before);
        hasTray = true;
        QTRY_VERIFY(icon.isThere());
    }
};

BELLHOP_TEST(TrayIconTest)
#include "tst_tray_icon.moc"
