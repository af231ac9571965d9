// SPDX-License-Identifier: Apache-2.0
#include "core/service/change_feed.h"
#include "tests/support/manual_clock.h"
#include "tests/support/test_program.h"

#include <QTest>

using namespace core;
using namespace std::chrono_literals;

class ChangeFeedTest : public QObject {
    Q_OBJECT

private:
    ManualClock m_clock;
    QList<JobIds> m_told;

    ChangeFeed feed()
    {
        return ChangeFeed(&m_clock, [this](const JobIds &jobs) { m_told.append(jobs); });
    }

private Q_SLOTS:
    void init()
    {
        QTest::failOnWarning(QRegularExpression(QStringLiteral(".*")));
        m_told.clear();
    }

    void theFirstChangeAfterAQuietTimeIsToldAtOnceButNotFromInsideIt()
    {
        ChangeFeed feed = this->feed();
        feed.mark(JobId{1});
        QVERIFY(m_told.isEmpty());
        m_clock.advance(0ms);
        QCOMPARE(m_told, (QList<JobIds>{JobIds{JobId{1}}}));
    }

    void whatComesSoonAfterIsGatheredAndToldInOrderOnce()
    {
        ChangeFeed feed = this->feed();
        feed.mark(JobId{1});
        m_clock.advance(0ms);
        m_told.clear();
        for (const qint64 id : {3, 1, 3, 2}) {
            feed.mark(JobId{id});
            m_clock.advance(10ms);
        }
        m_clock.advance(ChangeFeed::kInterval - 41ms);
        QVERIFY(m_told.isEmpty());
        m_clock.advance(1ms);
        QCOMPARE(m_told, (QList<JobIds>{JobIds{JobId{1}, JobId{2}, JobId{3}}}));
    }

    void changesWithoutEndAreToldTenTimesASecond()
    {
        ChangeFeed feed = this->feed();
        for (int ms = 0; ms < 999; ++ms) { // what is due at the end belongs to the next second
            feed.mark(JobId{1});
            m_clock.advance(1ms);
        }
        QCOMPARE(m_told.size(), 10);
    }

    void withoutAChangeNothingIsTold()
    {
        ChangeFeed feed = this->feed();
        feed.mark(JobId{1});
        m_clock.advance(1s);
        QCOMPARE(m_told.size(), 1);
        QVERIFY(!m_clock.untilNext());
    }

    void aForgottenJobIsNotTold()
    {
        ChangeFeed feed = this->feed();
        feed.mark(JobId{1});
        feed.mark(JobId{2});
        feed.forget(JobId{1});
        m_clock.advance(0ms);
        QCOMPARE(m_told, (QList<JobIds>{JobIds{JobId{2}}}));
        m_told.clear();
        feed.mark(JobId{2});
        feed.forget(JobId{2});
        m_clock.advance(1s);
        QVERIFY(m_told.isEmpty());
    }
};

BELLHOP_TEST(ChangeFeedTest)
#include "tst_change_feed.moc"
