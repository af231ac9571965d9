// SPDX-License-Identifier: Apache-2.0
#include "core/store/sqlite_job_store.h"
#include "tests/core/store/record_fields.h"
#include "tests/core/store/rich_job.h"
#include "tests/support/field_paths.h"
#include "tests/support/test_program.h"

#include <QTemporaryDir>
#include <QTest>

using namespace core;
using namespace Qt::StringLiterals;

/// The columns are written by hand; what has a field and no column is found here.
class StoredFieldsTest : public QObject {
    Q_OBJECT

private:
    QTemporaryDir m_folder;

private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(QStringLiteral(".*"))); }

    void everyFieldComesBackButSecrets()
    {
        JobRecord job = rich::job();
        job.type = JobType::Upload;
        job.options.login = Login{u"anna"_s, u"hunter2"_s};
        job.options.otherLogins = {{u"https://b.example"_s, Login{u"eva"_s, u"hunter3"_s}}};
        job.options.keepSecrets = true;
        job.options.environment = ClientEnvironment{u"a"_s, u"b"_s, u"c"_s, u"d"_s, 027};
        QCOMPARE(field_paths::defaults(job).join(u' '), QString());

        const QString path = m_folder.filePath(u"jobs.sqlite"_s);
        {
            SqliteJobStore store(path);
            QVERIFY(store.load());
            QVERIFY(store.save({rich::wholeJob(job)}));
        }
        SqliteJobStore store(path);
        const auto state = store.load();
        QVERIFY(state);
        QCOMPARE(state->problems, QStringList());
        QCOMPARE(state->jobs.size(), 1);
        QCOMPARE(
            field_paths::differences(state->jobs.first(), job),
            QStringList({u"options.login"_s, u"options.otherLogins"_s, u"options.environment"_s}));
    }

    void aSettingComesBackWhateverItIs()
    {
        const Settings settings{.downloadFolder = u"/srv/downloads"_s,
                                .jobsAtOnce = 1,
                                .filesAtOnce = 2,
                                .connectionsPerHost = 3,
                                .waitOnMetered = false,
                                .keepAwake = false,
                                .goOnAfterLogout = true,
                                .limitBytesPerSecond = 5'000'000};
        QCOMPARE(field_paths::defaults(settings).join(u' '), QString());
        const QString path = m_folder.filePath(u"settings.sqlite"_s);
        {
            SqliteJobStore store(path);
            QVERIFY(store.load());
            QVERIFY(store.save({StoreDelta{.settings = settings}}));
        }
        SqliteJobStore store(path);
        const auto state = store.load();
        QVERIFY(state);
        QCOMPARE(field_paths::differences(state->settings, settings), QStringList());
    }
};

BELLHOP_TEST(StoredFieldsTest)
#include "tst_stored_fields.moc"
