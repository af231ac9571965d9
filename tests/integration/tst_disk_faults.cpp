// SPDX-License-Identifier: Apache-2.0
// The program is killed at its calls to the disk, or they fail, one by one; then it is started
// again on a good disk: nothing is lost and nothing is wrong. BELLHOP_DISK_POINTS=0 tries every
// call there is; any other number so many of each kind, spread evenly.
#include "tests/integration/disk_trial.h"
#include "tests/support/mounted_disk.h"
#include "tests/support/test_program.h"

#include <QRegularExpression>

#include <algorithm>
#include <array>
#include <map>

using namespace Qt::StringLiterals;

namespace {

constexpr qint64 kOtherDiskBytes = 64 << 20;

constexpr std::array kDiskFaults{
    DiskFaultKind{"kill-before", false, 8},
    DiskFaultKind{"kill-after", false, 8},
    DiskFaultKind{"ENOSPC", false, 3},
    DiskFaultKind{"ENOSPC", true, 1},
    DiskFaultKind{"EIO", false, 3},
    DiskFaultKind{"EIO", true, 1},
    DiskFaultKind{"EDQUOT"},
    DiskFaultKind{"EACCES"},
    DiskFaultKind{"EINTR"},
    DiskFaultKind{"short"},
};

} // namespace

class DiskFaultsTest final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    /// Before there is a thread.
    void initTestCase() { std::ignore = MountedDisk::areToBeHad(); }
    void init() { QTest::failOnWarning(QRegularExpression(u".*"_s)); }
    void cleanupTestCase() const;

    void nothingIsLostAndNothingIsWrong_data();
    void nothingIsLostAndNothingIsWrong();

private:
    [[nodiscard]] qint64 callsOf(const DiskStory &story, const DiskFaultKind &kind,
                                 const QString &otherDisk);
    [[nodiscard]] QList<qint64> pointsOf(const DiskStory &story, const DiskFaultKind &kind,
                                         const QString &otherDisk);

    int m_tried = 0;
    int m_survived = 0;
    std::map<std::pair<QByteArray, bool>, qint64>
        m_counted;                    ///< by story and whether on another disk
    QMap<QByteArray, qint64> m_calls; ///< of all runs without a fault
};

void DiskFaultsTest::cleanupTestCase() const
{
    qInfo().noquote() << "points tried:" << m_tried << "survived:" << m_survived;
    for (auto call = m_calls.begin(); call != m_calls.end(); ++call) {
        qInfo().noquote() << "calls:" << call.key() << call.value();
    }
}

void DiskFaultsTest::nothingIsLostAndNothingIsWrong_data()
{
    QTest::addColumn<int>("story");
    QTest::addColumn<int>("kind");
    QTest::addColumn<bool>("isOnOtherDisk");
    for (int story = 0; story < diskStories().size(); ++story) {
        const DiskStory &told = diskStories().at(story);
        for (const bool isOnOtherDisk : {false, true}) {
            for (int kind = 0; kind < int(kDiskFaults.size()); ++kind) {
                const DiskFaultKind &fault = kDiskFaults.at(std::size_t(kind));
                if (!isOnOtherDisk || told.isInOther) {
                    QTest::addRow("%s%s, %s%s", told.name, isOnOtherDisk ? " on another disk" : "",
                                  fault.name, fault.isOnwards ? " from then on" : "")
                        << story << kind << isOnOtherDisk;
                }
            }
        }
    }
}

/// How many calls the story makes when nothing is wrong: the same for every kind of fault.
qint64 DiskFaultsTest::callsOf(const DiskStory &story, const DiskFaultKind &kind,
                               const QString &otherDisk)
{
    const auto counted = m_counted.find({story.name, !otherDisk.isEmpty()});
    if (counted != m_counted.end()) {
        return counted->second;
    }
    DiskTrial trial(story, kind, otherDisk);
    const QString wrong = trial.run(0);
    require(wrong.isEmpty(), u"without a fault: "_s + wrong);
    qint64 calls = 0;
    const QHash<QByteArray, qint64> each = trial.calls();
    for (auto call = each.begin(); call != each.end(); ++call) {
        calls += call.value();
        m_calls[call.key()] += call.value();
    }
    require(calls > 0, u"no call was seen"_s);
    m_counted[{story.name, !otherDisk.isEmpty()}] = calls;
    return calls;
}

QList<qint64> DiskFaultsTest::pointsOf(const DiskStory &story, const DiskFaultKind &kind,
                                       const QString &otherDisk)
{
    const qint64 calls = callsOf(story, kind, otherDisk);
    const int wanted =
        qEnvironmentVariable("BELLHOP_DISK_POINTS", QString::number(kind.points)).toInt();
    const qint64 count = wanted > 0 ? std::min<qint64>(wanted, calls) : calls;
    QList<qint64> points;
    for (qint64 point = 0; point < count; ++point) {
        points.append(1 + (2 * point + 1) * calls / (2 * count));
    }
    return points;
}

void DiskFaultsTest::nothingIsLostAndNothingIsWrong()
{
    QFETCH(int, story);
    QFETCH(int, kind);
    QFETCH(bool, isOnOtherDisk);
    const DiskStory &told = diskStories().at(story);
    const DiskFaultKind &fault = kDiskFaults.at(std::size_t(kind));
    const QTemporaryDir mountPoint;
    std::optional<MountedDisk> disk;
    if (isOnOtherDisk && !disk.emplace(mountPoint.path(), kOtherDiskBytes).isMounted()) {
        QSKIP("needs root, and a kernel that lets it mount");
    }
    const QString otherDisk = isOnOtherDisk ? mountPoint.path() : QString();
    QStringList failures;
    for (const qint64 at : pointsOf(told, fault, otherDisk)) {
        DiskTrial trial(told, fault, otherDisk);
        const QString wrong = trial.run(at);
        ++m_tried;
        m_survived += wrong.isEmpty() ? 1 : 0;
        if (!wrong.isEmpty()) {
            failures.append(u"call %1, %2: %3"_s.arg(QString::number(at),
                                                     QString::fromUtf8(trial.hit()), wrong));
        }
    }
    QVERIFY2(failures.isEmpty(), qPrintable(failures.join(u'\n')));
}

BELLHOP_TEST(DiskFaultsTest)
#include "tst_disk_faults.moc"
