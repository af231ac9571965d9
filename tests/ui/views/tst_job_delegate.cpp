// SPDX-License-Identifier: Apache-2.0
#include "tests/support/manual_clock.h"
#include "tests/support/test_program.h"
#include "ui/models/job_list_model.h"
#include "ui/views/job_delegate.h"
#include "ui/views/job_look.h"

#include <QImage>
#include <QPainter>
#include <QPalette>
#include <QTest>

using namespace core;

namespace {

/// WCAG 2: relative luminance and the contrast of two colours.
double luminance(const QColor &colour)
{
    const auto linear = [](double c) {
        return c <= 0.03928 ? c / 12.92 : std::pow((c + 0.055) / 1.055, 2.4);
    };
    return 0.2126 * linear(colour.redF()) + 0.7152 * linear(colour.greenF()) +
           0.0722 * linear(colour.blueF());
}

double contrast(const QColor &a, const QColor &b)
{
    const double one = luminance(a) + 0.05;
    const double two = luminance(b) + 0.05;
    return one > two ? one / two : two / one;
}

} // namespace

class JobDelegateTest : public QObject {
    Q_OBJECT

    ManualClock m_clock;

private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(QStringLiteral(".*"))); }

    void paintsEveryStateInAnySizeAndDirection()
    {
        ui::JobListModel model(&m_clock);
        qint64 id = 0;
        for (const JobState state : kJobStates) {
            JobSnapshot job;
            job.id = JobId{++id};
            job.state = state;
            job.name = QString(300, u'w');
            model.apply({job});
        }
        const ui::JobDelegate delegate(&m_clock);
        QStyleOptionViewItem option;
        QImage canvas(500, 100, QImage::Format_ARGB32_Premultiplied);
        QPainter painter(&canvas);
        const int height = delegate.sizeHint(option, model.index(0)).height();
        for (int row = 0; row < model.rowCount(); ++row) {
            QCOMPARE(delegate.sizeHint(option, model.index(row)).height(), height);
            for (const int width : {0, 20, 90, 500}) {
                for (const auto direction : {Qt::LeftToRight, Qt::RightToLeft}) {
                    option.rect = QRect(0, 0, width, height);
                    option.direction = direction;
                    option.state.setFlag(QStyle::State_Selected, row % 2 == 0);
                    delegate.paint(&painter, option, model.index(row));
                }
            }
        }
    }

    void everyColourCanBeReadInLightAndDark()
    {
        for (const QColor &base : {QColor(Qt::white), QColor(0x1d, 0x20, 0x23)}) {
            QPalette palette;
            palette.setColor(QPalette::Base, base);
            palette.setColor(QPalette::Text,
                             base == Qt::white ? Qt::black : QColor(0xee, 0xf0, 0xf1));
            for (const auto accent :
                 {ui::Accent::Plain, ui::Accent::Quiet, ui::Accent::Active, ui::Accent::Waiting,
                  ui::Accent::Attention, ui::Accent::Good}) {
                QVERIFY(contrast(ui::colourOf(accent, palette), base) >= 4.5);
            }
        }
    }

    void noTwoKindsOfStateDifferInColourAlone()
    {
        QStringList shapes;
        for (const JobState state : {JobState::Suspended, JobState::Queued, JobState::Transferring,
                                     JobState::TransientError, JobState::Error,
                                     JobState::Acknowledged, JobState::Cancelled}) {
            JobSnapshot job;
            job.state = state;
            shapes.append(ui::lookOf(job, m_clock.utcNow()).iconName);
        }
        QCOMPARE(shapes.removeDuplicates(), 0);
    }
};

BELLHOP_TEST(JobDelegateTest)
#include "tst_job_delegate.moc"
