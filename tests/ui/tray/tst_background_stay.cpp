// SPDX-License-Identifier: Apache-2.0
#include "tests/support/fake_job_service.h"
#include "tests/support/manual_clock.h"
#include "tests/support/test_program.h"
#include "ui/models/job_list_model.h"
#include "ui/tray/background_stay.h"

#include <QSignalSpy>

using namespace core;

class BackgroundStayTest final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        QTest::failOnWarning(QRegularExpression(QStringLiteral(".*")));
        m_model.remove({{1}});
    }

    void itLastsForAsLongAsAJobRuns()
    {
        ui::BackgroundStay stay(&m_service, &m_model, nullptr, std::chrono::milliseconds(1));
        QSignalSpy over(&stay, &ui::BackgroundStay::over);
        m_model.apply({{.id = {1}, .state = JobState::Transferring}});
        stay.begin();
        Q_EMIT m_service.attention({.id = 1}); // news of another job
        QVERIFY(!over.wait(50));
        m_model.apply({{.id = {1}, .state = JobState::Acknowledged}});
        QTRY_COMPARE(over.size(), 1);
    }

    void itEndsWhenTheWindowIsThereAgain()
    {
        ui::BackgroundStay stay(&m_service, &m_model, nullptr, std::chrono::milliseconds(1));
        QSignalSpy over(&stay, &ui::BackgroundStay::over);
        stay.begin();
        stay.end();
        Q_EMIT m_service.attention({.id = 1});
        QVERIFY(!over.wait(50));
    }

private:
    FakeJobService m_service;
    ManualClock m_clock;
    ui::JobListModel m_model{&m_clock};
};

BELLHOP_TEST(BackgroundStayTest)
#include "tst_background_stay.moc"
