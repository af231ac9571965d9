// SPDX-License-Identifier: Apache-2.0
#include "tests/support/manual_clock.h"
#include "tests/support/test_program.h"
#include "tests/ui/contrast.h"
#include "ui/models/job_list_model.h"
#include "ui/models/job_words.h"
#include "ui/views/job_delegate.h"
#include "ui/views/job_look.h"
#include "ui/views/progress_bar.h"

#include <QHash>
#include <QImage>
#include <QPainter>
#include <QPalette>
#include <QTest>

#include <algorithm>

using namespace core;

namespace {

/// A row on a ground that no palette has, larger than the row.
struct Paper {
    static constexpr QRgb kGround = 0xff00ff00;

    explicit Paper(const QSize &row)
        : image(row + QSize(10, 10), QImage::Format_RGB32)
    {
        image.fill(kGround);
    }

    /// How many points have another colour than the most frequent one of the row: writing, signs.
    [[nodiscard]] int marksIn(const QRect &part) const
    {
        QHash<QRgb, int> counts;
        for (int y = part.top(); y <= part.bottom(); ++y) {
            for (int x = part.left(); x <= part.right(); ++x) {
                ++counts[image.pixel(x, y)];
            }
        }
        const int all = part.width() * part.height();
        return all - *std::max_element(counts.cbegin(), counts.cend());
    }

    QImage image;
};

} // namespace

class JobDelegateTest : public QObject {
    Q_OBJECT

    ManualClock m_clock;

private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(QStringLiteral(".*"))); }

    void whatIsSentAndNotConfirmedIsLighter()
    {
        JobSnapshot upload;
        upload.type = JobType::Upload;
        upload.state = JobState::Transferring;
        upload.progress = {.bytesDone = 80, .bytesUnconfirmed = 40, .bytesTotal = 100};
        const double done = ui::fractionDone(upload).value_or(0);
        const double certain = ui::fractionCertain(upload).value_or(0);
        QCOMPARE(done, 0.8);
        QCOMPARE(certain, 0.4);
        for (const auto direction : {Qt::LeftToRight, Qt::RightToLeft}) {
            QImage image(100, 4, QImage::Format_RGB32);
            image.fill(Qt::white);
            QPainter painter(&image);
            ui::paintProgress(&painter, image.rect(), {done, certain}, Qt::red, Qt::white,
                              direction);
            painter.end();
            const auto at = [&](int percent) {
                return image.pixel(direction == Qt::LeftToRight ? percent : 99 - percent, 2);
            };
            QCOMPARE(at(20), QColor(Qt::red).rgb());
            QCOMPARE(at(60), ui::blend(Qt::white, Qt::red, 0.5).rgb());
            QCOMPARE(at(90), QColor(Qt::white).rgb());
        }
        upload.progress.bytesUnconfirmed = 0;
        QVERIFY(!ui::fractionCertain(upload));
    }

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
        QCOMPARE(model.rowCount(), int(kJobStates.size()));
        const ui::JobDelegate delegate(&m_clock);
        QStyleOptionViewItem option;
        const int height = delegate.sizeHint(option, model.index(0)).height();
        for (int row = 0; row < model.rowCount(); ++row) {
            QCOMPARE(delegate.sizeHint(option, model.index(row)).height(), height);
            for (const int width : {0, 20, 90, 500}) {
                for (const auto direction : {Qt::LeftToRight, Qt::RightToLeft}) {
                    option.rect = QRect(0, 0, width, height);
                    option.direction = direction;
                    option.state.setFlag(QStyle::State_Selected, row % 2 == 0);
                    Paper paper(option.rect.size());
                    QPainter painter(&paper.image);
                    delegate.paint(&painter, option, model.index(row));
                    painter.end();
                    if (width == 500) {
                        const QRect sign(0, 0, 48, height - 1);
                        const QRect words(48, 0, width - 2 * 48, height - 1);
                        const bool mirrored = direction == Qt::RightToLeft;
                        const QRect signHere = mirrored ? sign.translated(width - 48, 0) : sign;
                        QVERIFY2(paper.marksIn(signHere) > 20, name(kJobStates[size_t(row)]));
                        QVERIFY2(paper.marksIn(words) > 500, name(kJobStates[size_t(row)]));
                    }
                }
            }
        }
    }

    void inANarrowRowTheNameComesBeforeTheAmount()
    {
        ui::JobListModel model(&m_clock);
        JobSnapshot job{.id = JobId{1}, .state = JobState::Acknowledged};
        job.name = QStringLiteral("holidays-2026-part-1.tar");
        model.apply({job});
        job.id = JobId{2};
        job.progress = {.bytesDone = 4'000'000, .bytesTotal = 4'000'000};
        model.apply({job});
        const ui::JobDelegate delegate(&m_clock);
        QStyleOptionViewItem option;
        const int height = delegate.sizeHint(option, model.index(0)).height();
        for (const int chars : {22, 60}) {
            option.rect = QRect(0, 0, chars * option.fontMetrics.averageCharWidth(), height);
            QList<QImage> rows;
            for (int row = 0; row < 2; ++row) {
                Paper paper(option.rect.size());
                QPainter painter(&paper.image);
                delegate.paint(&painter, option, model.index(row));
                painter.end();
                rows.append(paper.image.copy(0, 0, option.rect.width(), height / 2));
            }
            QCOMPARE(rows.at(0) == rows.at(1), chars == 22);
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

    void onlyWhatBroughtAllItsFilesIsGood_data()
    {
        QTest::addColumn<int>("done");
        QTest::addColumn<int>("total");
        QTest::addColumn<bool>("isGood");
        QTest::newRow("all") << 3 << 3 << true;
        QTest::newRow("some") << 2 << 3 << false;
        QTest::newRow("none") << 0 << 3 << false;
        QTest::newRow("all left out") << 0 << 0 << false;
    }
    void onlyWhatBroughtAllItsFilesIsGood()
    {
        QFETCH(const int, done);
        QFETCH(const int, total);
        JobSnapshot job;
        job.state = JobState::Acknowledged;
        job.progress.filesDone = done;
        job.progress.filesTotal = total;
        QTEST(ui::lookOf(job, m_clock.utcNow()).accent == ui::Accent::Good, "isGood");
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
