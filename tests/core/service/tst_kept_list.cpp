// SPDX-License-Identifier: Apache-2.0
#include "core/store/sqlite_file.h"
#include "core/store/sqlite_job_store.h"
#include "tests/support/engine_rig.h"
#include "tests/support/pretty.h"
#include "tests/support/test_program.h"

#include <sys/stat.h>

using namespace core;
using namespace Qt::StringLiterals;

namespace {

constexpr qint64 kSize = 8192;
constexpr qint64 kThere = 3000; ///< bytes of each part file

/// As it was when the list was kept: these stand for the folder and the server of that day.
const QString kFolderThen = u"/home/anna/Downloads"_s;
const QString kServerThen = u"http://files.example/"_s;

void copyKept(const QString &name, const QString &to)
{
    QFile::remove(to);
    QVERIFY2(
        QFile::copy(QStringLiteral(BELLHOP_SOURCE_DIR "/tests/core/store/fixtures/schema3/") + name,
                    to),
        qPrintable(name));
    QVERIFY(QFile::setPermissions(to, QFile::ReadOwner | QFile::WriteOwner));
}

} // namespace

/// A list that the program of schema 3 left behind, with its unfinished files: it opens, and its
/// jobs go on at the bytes that are there.
class KeptListTest : public QObject {
    Q_OBJECT

private:
    /// Puts the list of then into the folders of the rig, which has no engine at that time.
    static void plantKept(const EngineRig &rig, const QUrl &server)
    {
        const QString list = rig.state.filePath(u"jobs.sqlite"_s);
        QFile::remove(list + u"-wal"_s);
        QFile::remove(list + u"-shm"_s);
        copyKept(u"jobs.sqlite"_s, list);
        for (const QString &file : {u"pattern.bin.part"_s, u"second.bin.part"_s, u"small.bin"_s}) {
            copyKept(file, rig.path(file));
        }
        auto connection = SqliteConnection::open(list, SqliteConnection::Access::ReadWrite);
        QVERIFY(connection);
        const auto change = [&connection](const QString &sql) {
            const auto done = (*connection)->run(sql, StoreFault::CannotSave);
            QVERIFY2(done, qPrintable(sql));
        };
        QCOMPARE((*connection)->run(u"PRAGMA user_version"_s, StoreFault::CannotOpen)->toInt(), 3);
        const auto moved = u"UPDATE %1 SET %2 = replace(replace(%2, '%3', '%4'), '%5', '%6')"_s;
        for (const auto &[table, column] :
             {std::pair("jobs", "folder"), std::pair("jobs", "error"), std::pair("files", "url"),
              std::pair("files", "part_path"), std::pair("files", "published_path"),
              std::pair("files", "error")}) {
            change(moved.arg(QLatin1StringView(table), QLatin1StringView(column), kFolderThen,
                             rig.folder.path(), kServerThen, server.toString()));
        }
        for (const QString &name : {u"pattern.bin.part"_s, u"second.bin.part"_s}) {
            struct stat found = {};
            QCOMPARE(::stat(QFile::encodeName(rig.path(name)).constData(), &found), 0);
            change(u"UPDATE files SET part_device = %1, part_inode = %2 WHERE part_path = '%3'"_s
                       .arg(found.st_dev)
                       .arg(found.st_ino)
                       .arg(rig.path(name)));
        }
    }

private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(QStringLiteral(".*"))); }

    void aKeptListOpensAndGoesOn()
    {
        HttpServer server;
        server.serve("/pattern.bin", {.body = Body::pattern(1, kSize)});
        server.serve("/second.bin", {.body = Body::pattern(2, kSize)});
        server.serve("/later.bin", {.body = Body::pattern(3, 2048)});
        EngineRig rig;
        rig.service.reset();
        plantKept(rig, server.url(u"/"_s));
        rig.start();

        const JobSnapshot paused = rig.job({1});
        QCOMPARE(paused.state, JobState::Suspended);
        QCOMPARE(paused.progress.bytesDone, 2 * kThere);
        QCOMPARE(rig.ask<message::Timeline>({.job = {1}})->entries.size(), 11);
        const JobSnapshot refused = rig.job({2});
        QCOMPARE(refused.state, JobState::Error);
        QCOMPARE(refused.error->cause, Cause::Forbidden);
        QCOMPARE(rig.job({3}).state, JobState::Acknowledged);

        // What was in the queue goes on by itself, and has the checksum that was asked for.
        QVERIFY(rig.reaches({4}, JobState::Acknowledged));
        QCOMPARE(rig.content(u"later.bin"_s), patternBytes(3, 0, 2048));

        rig.resume({1});
        QVERIFY(rig.reaches({1}, JobState::Acknowledged));
        QCOMPARE(rig.content(u"pattern.bin"_s), patternBytes(1, 0, kSize));
        QCOMPARE(rig.content(u"second.bin"_s), patternBytes(2, 0, kSize));
        for (const char *path : {"/pattern.bin", "/second.bin"}) {
            QCOMPARE(server.requests(path).size(), 1);
            QCOMPARE(server.requests(path).first().header("Range"),
                     "bytes=" + QByteArray::number(kThere) + '-');
            QCOMPARE(server.requests(path).first().header("X-Trace"), "a b");
        }
        QCOMPARE(rig.listing(),
                 QStringList({u"later.bin"_s, u"pattern.bin"_s, u"second.bin"_s, u"small.bin"_s}));
    }
};

BELLHOP_TEST(KeptListTest)
#include "tst_kept_list.moc"
