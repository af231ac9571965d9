// SPDX-License-Identifier: Apache-2.0
#include "core/remote/endpoint.h"

#include "core/disk/descriptor.h"
#include "tests/support/test_program.h"

#include <QDir>
#include <QFile>
#include <QLocalSocket>
#include <QScopeGuard>
#include <QTemporaryDir>
#include <QTest>

using namespace core;

class EndpointTest final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        QTest::failOnWarning(QRegularExpression(QStringLiteral(".*")));
        m_folder = std::make_unique<QTemporaryDir>();
        m_runtime = std::make_unique<QTemporaryDir>();
        qputenv("XDG_RUNTIME_DIR", QFile::encodeName(m_runtime->path()));
    }
    void cleanup() { qunsetenv("XDG_RUNTIME_DIR"); }

    void theRuntimeFolderIsBetterThanTheStateFolder()
    {
        const QStringList paths = endpointPaths(m_folder->path(), Role::Engine);
        QCOMPARE(paths.size(), 2);
        QVERIFY(paths.first().startsWith(m_runtime->path() + QStringLiteral("/bellhop/engine-")));
        QCOMPARE(paths.last(), m_folder->filePath(QStringLiteral("engine.socket")));
        QCOMPARE(QFile::permissions(m_runtime->filePath(QStringLiteral("bellhop"))) & 0x77,
                 QFile::Permissions());
    }

    void oneFolderIsOnePlaceWhateverItIsCalled()
    {
        const QTemporaryDir elsewhere;
        const QString other = elsewhere.filePath(QStringLiteral("link"));
        QVERIFY(QFile::link(m_folder->path(), other));
        QCOMPARE(endpointPaths(other, Role::Window).first(),
                 endpointPaths(m_folder->path(), Role::Window).first());
        QVERIFY(endpointPaths(other, Role::Window).first() !=
                endpointPaths(other, Role::Engine).first());
    }

    void aRuntimeFolderThatIsNotOursAloneIsNotUsed_data()
    {
        QTest::addColumn<QFile::Permissions>("permissions");
        const QFile::Permissions mine = QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner;
        QTest::newRow("others may look into it") << (mine | QFile::ReadOther | QFile::ExeOther);
        QTest::newRow("a group may write into it") << (mine | QFile::WriteGroup);
    }
    void aRuntimeFolderThatIsNotOursAloneIsNotUsed()
    {
        QFETCH(QFile::Permissions, permissions);
        QVERIFY(QFile::setPermissions(m_runtime->path(), permissions));
        QCOMPARE(endpointPaths(m_folder->path(), Role::Engine),
                 QStringList(m_folder->filePath(QStringLiteral("engine.socket"))));
    }

    void aMissingRuntimeFolderIsNotUsed()
    {
        QVERIFY(m_runtime->remove());
        QCOMPARE(endpointPaths(m_folder->path(), Role::Engine).size(), 1);
        QCOMPARE(endpointPaths(m_folder->filePath(QStringLiteral("none")), Role::Engine).size(), 0);
    }

    void whatAKillLeftBehindIsReplaced()
    {
        const QStringList paths = endpointPaths(m_folder->path(), Role::Engine);
        {
            const Listening killed = listenAtFirst(paths);
            QVERIFY(killed.descriptor >= 0);
            const Descriptor gone(killed.descriptor);
        }
        QVERIFY(QFile::exists(paths.first()));
        const Listening again = listenAtFirst(paths);
        const Descriptor socket(again.descriptor);
        QCOMPARE(again.path, paths.first());
        QLocalSocket client;
        client.connectToServer(again.path);
        QVERIFY(client.waitForConnected());
        QVERIFY(isOwnPeer(client.socketDescriptor()));
    }

    void theNextPlaceIsTakenWhereTheFirstWillNotDo()
    {
        const QString tooLong = m_folder->filePath(QString(200, u'x'));
        const QString good = m_folder->filePath(QStringLiteral("engine.socket"));
        const Listening listening = listenAtFirst({tooLong, good});
        const Descriptor socket(listening.descriptor);
        QCOMPARE(listening.path, good);
        const Listening nowhere = listenAtFirst({tooLong});
        QCOMPARE(nowhere.descriptor, -1);
        QVERIFY(!nowhere.problem.isEmpty());
    }

private:
    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<QTemporaryDir> m_runtime;
};

BELLHOP_TEST(EndpointTest)
#include "tst_endpoint.moc"
