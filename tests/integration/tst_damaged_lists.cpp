// SPDX-License-Identifier: Apache-2.0
// A list of jobs is damaged in all ways a disk knows, then the program is started: it starts or
// says why not, no job is gone that the list or a backup still tells of, and what was damaged is
// kept. BELLHOP_DAMAGED_LISTS=200 for more of it.
#include "tests/core/store/list_folder.h"
#include "tests/integration/bhop_run.h"
#include "tests/support/mounted_disk.h"
#include "tests/support/require.h"
#include "tests/support/test_program.h"

#include <QRandomGenerator>
#include <QRegularExpression>
#include <QTest>

using namespace core;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

constexpr int kFewLists = 40;
constexpr qint64 kBackedUpJobs = 6;
constexpr qint64 kAllJobs = 9;
constexpr qsizetype kListPageBytes = 4096;
constexpr int kNoEngine = 11;

using Random = QRandomGenerator;

qsizetype anywhere(const QByteArray &bytes, Random &random)
{
    return bytes.isEmpty() ? 0 : qsizetype(random.bounded(quint32(bytes.size())));
}

void flipBits(QByteArray *bytes, int count, Random &random)
{
    for (int i = 0; i < count && !bytes->isEmpty(); ++i) {
        const qsizetype at = anywhere(*bytes, random);
        (*bytes)[at] = char(bytes->at(at) ^ (1 << random.bounded(8)));
    }
}

void fillPages(QByteArray *bytes, int count, bool isRubbish, Random &random)
{
    for (int i = 0; i < count; ++i) {
        const qsizetype page = anywhere(*bytes, random) / kListPageBytes * kListPageBytes;
        for (qsizetype at = page; at < std::min(page + kListPageBytes, bytes->size()); ++at) {
            (*bytes)[at] = isRubbish ? char(random.bounded(256)) : '\0';
        }
    }
}

/// A list as it lies on the disk, with its journal.
struct List {
    QByteArray main;
    QByteArray journal;
};

struct Damage {
    const char *name = "";
    bool isWithJournal = false; ///< the program was killed: the newest jobs stand there alone
    void (*spoil)(List *list, Random &random);
};

constexpr std::array kDamages{
    Damage{"a flipped bit", false, [](List *l, Random &r) { flipBits(&l->main, 1, r); }},
    Damage{"64 flipped bits", false, [](List *l, Random &r) { flipBits(&l->main, 64, r); }},
    Damage{"cut off", false, [](List *l, Random &r) { l->main.truncate(anywhere(l->main, r)); }},
    Damage{"emptied", false, [](List *l, Random & /*none*/) { l->main = ""; }},
    Damage{"a page of zeros", false, [](List *l, Random &r) { fillPages(&l->main, 1, false, r); }},
    Damage{"four pages of zeros", false,
           [](List *l, Random &r) { fillPages(&l->main, 4, false, r); }},
    Damage{"a page of rubbish", false, [](List *l, Random &r) { fillPages(&l->main, 1, true, r); }},
    Damage{"the journal is gone", true, [](List *l, Random & /*none*/) { l->journal = {}; }},
    Damage{"the journal is cut off", true,
           [](List *l, Random &r) { l->journal.truncate(anywhere(l->journal, r)); }},
    Damage{"flipped bits in the journal", true,
           [](List *l, Random &r) { flipBits(&l->journal, 16, r); }},
    Damage{"zeros in list and journal", true,
           [](List *l, Random &r) {
               fillPages(&l->main, 1, false, r);
               fillPages(&l->journal, 1, false, r);
           }},
};

QList<qint64> upTo(qint64 last)
{
    QList<qint64> ids;
    for (qint64 id = 1; id <= last; ++id) {
        ids.append(id);
    }
    return ids;
}

/// As a state folder has to be.
void makePrivate(const QString &folder)
{
    QVERIFY(QFile::setPermissions(folder, QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner));
}

bool hasAll(const QList<qint64> &ids, const QList<qint64> &wanted)
{
    return std::ranges::all_of(wanted, [&ids](qint64 id) { return ids.contains(id); });
}

} // namespace

class DamagedListsTest final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    /// Before there is a thread.
    void initTestCase();
    void init() { QTest::failOnWarning(QRegularExpression(u".*"_s)); }

    void noJobIsGoneThatSomethingStillTellsOf_data();
    void noJobIsGoneThatSomethingStillTellsOf();
    void aListOfANewerVersionIsLeftAlone();
    void aListThatMayNotBeWrittenToIsSaidToBe();
    void onAFullDiskTheListIsReadOrItIsSaidWhyNot();

private:
    /// What the program says of the list at its start, and which jobs it has.
    struct Start {
        int code = -1;
        QList<qint64> ids;
        QStringList said;

        [[nodiscard]] bool says(const QString &text) const { return !said.filter(text).isEmpty(); }
    };
    [[nodiscard]] static Start start(const QString &folder);
    void copyTo(const QString &folder, const List &list) const;

    ListFolder m_list; ///< closed, with a backup that has not the newest jobs
    List m_whole;
    List m_killed;
};

void DamagedListsTest::initTestCase()
{
    std::ignore = MountedDisk::areToBeHad();
    for (qint64 id = 1; id <= kAllJobs; ++id) {
        if (id == kBackedUpJobs + 1) {
            m_list.turn(61min);
        }
        QVERIFY(m_list.add(id));
    }
    QVERIFY(hasAll(ListFolder::idsIn(m_list.backup(1)), upTo(kBackedUpJobs)));
    m_whole = {contentOf(m_list.path()), {}};
    SqliteJobStore store(m_list.path(), m_list.now());
    QVERIFY(store.load() && store.save({rich::wholeJob(rich::job(kAllJobs + 1))}));
    m_killed = {contentOf(m_list.path()), contentOf(m_list.beside(u"-wal"_s))};
    QVERIFY(!m_killed.journal.isEmpty());
}

void DamagedListsTest::copyTo(const QString &folder, const List &list) const
{
    for (int number = 1; QFile::exists(m_list.backup(number)); ++number) {
        const QString name = QFileInfo(m_list.backup(number)).fileName();
        QVERIFY(QFile::copy(m_list.backup(number), folder + u'/' + name));
    }
    QVERIFY(ListFolder::write(folder + u"/jobs.sqlite"_s, list.main));
    if (!list.journal.isNull()) {
        QVERIFY(ListFolder::write(folder + u"/jobs.sqlite-wal"_s, list.journal));
    }
}

DamagedListsTest::Start DamagedListsTest::start(const QString &folder)
{
    BhopRun run({u"list"_s, u"--in-process"_s, u"--json"_s, u"--state-dir"_s, folder});
    Start found{.code = run.exitCode()};
    for (const QJsonObject &line : run.lines()) {
        if (line["event"_L1].toString() == u"state") {
            found.ids.append(line["job"_L1].toInteger());
        } else {
            found.said.append(line["text"_L1].toString());
        }
    }
    found.said += QString::fromUtf8(run.err()).split(u'\n', Qt::SkipEmptyParts);
    return found;
}

void DamagedListsTest::noJobIsGoneThatSomethingStillTellsOf_data()
{
    QTest::addColumn<int>("kind");
    QTest::addColumn<int>("seed");
    const int wanted = std::max(qEnvironmentVariableIntValue("BELLHOP_DAMAGED_LISTS"), kFewLists);
    for (int list = 0; list < wanted; ++list) {
        const int kind = list % int(kDamages.size());
        QTest::addRow("%s, seed %d", kDamages.at(std::size_t(kind)).name, list) << kind << list;
    }
}

void DamagedListsTest::noJobIsGoneThatSomethingStillTellsOf()
{
    QFETCH(int, kind);
    QFETCH(int, seed);
    const Damage &damage = kDamages.at(std::size_t(kind));
    Random random(quint32(seed) + 1);
    List list = damage.isWithJournal ? m_killed : m_whole;
    damage.spoil(&list, random);
    const QTemporaryDir folder;
    copyTo(folder.path(), list);

    const Start first = start(folder.path());
    const QStringList aside = QDir(folder.path()).entryList({u"*.damaged-*"_s});
    QCOMPARE(first.code, 0);
    const bool isWhole = hasAll(first.ids, upTo(kAllJobs));
    if (!aside.isEmpty()) {
        QVERIFY(first.says(u"was damaged"_s));
        QVERIFY(hasAll(first.ids, upTo(kBackedUpJobs)));
        QCOMPARE(contentOf(folder.filePath(aside.first())), list.main);
    }
    QVERIFY(isWhole || first.says(u"was damaged"_s) || first.says(u"could not be read"_s));
    QVERIFY(isWhole || first.said.size() == 1);

    const Start second = start(folder.path());
    QCOMPARE(second.code, 0);
    QCOMPARE(second.ids, first.ids);
    QVERIFY(!second.says(u"was damaged"_s)); // once is enough
}

void DamagedListsTest::aListOfANewerVersionIsLeftAlone()
{
    const ListFolder newer;
    QVERIFY(newer.add(1) && newer.becomeNewer());
    const QByteArray before = contentOf(newer.path());
    const Start found = start(newer.folder());
    QCOMPARE(found.code, kNoEngine);
    QVERIFY(found.says(u"newer version"_s));
    QCOMPARE(contentOf(newer.path()), before);
    QVERIFY(newer.damagedNames().isEmpty());
}

void DamagedListsTest::aListThatMayNotBeWrittenToIsSaidToBe()
{
    const QTemporaryDir mountPoint;
    const MountedDisk disk(mountPoint.path(), 8 << 20);
    if (!disk.isMounted()) {
        QSKIP("needs root, and a kernel that lets it mount");
    }
    makePrivate(mountPoint.path());
    copyTo(mountPoint.path(), m_whole);
    QVERIFY(disk.setReadOnly(true));
    const Start found = start(mountPoint.path());
    QCOMPARE(found.code, kNoEngine);
    QVERIFY(found.says(u"Read-only file system"_s));
    QCOMPARE(contentOf(mountPoint.filePath(u"jobs.sqlite"_s)), m_whole.main);
}

void DamagedListsTest::onAFullDiskTheListIsReadOrItIsSaidWhyNot()
{
    const QTemporaryDir mountPoint;
    const MountedDisk disk(mountPoint.path(), 8 << 20);
    if (!disk.isMounted()) {
        QSKIP("needs root, and a kernel that lets it mount");
    }
    makePrivate(mountPoint.path());
    for (const List &list : {m_whole, List{m_whole.main.first(m_whole.main.size() / 2), {}}}) {
        copyTo(mountPoint.path(), list);
        QFile filler(mountPoint.filePath(u"filler"_s));
        QVERIFY(filler.open(QIODevice::WriteOnly | QIODevice::Unbuffered));
        while (filler.write(QByteArray(kListPageBytes, 'x')) > 0) {
        }
        const Start found = start(mountPoint.path());
        QVERIFY(hasAll(found.ids, upTo(kAllJobs)) ||
                (found.code == kNoEngine && found.says(u"has room"_s)));
        QCOMPARE(contentOf(mountPoint.filePath(u"jobs.sqlite"_s)), list.main);
        QVERIFY(filler.remove());
        for (const QString &name : QDir(mountPoint.path()).entryList(QDir::Files)) {
            QVERIFY(QFile::remove(mountPoint.filePath(name)));
        }
    }
}

BELLHOP_TEST(DamagedListsTest)
#include "tst_damaged_lists.moc"
