// SPDX-License-Identifier: Apache-2.0
#include "core/store/state_folder.h"

#include "tests/support/file_facts.h"
#include "tests/support/test_program.h"

#include <QDir>
#include <QProcess>
#include <QScopeGuard>
#include <QTemporaryDir>
#include <QTest>

#include <cstdio>

#include <sys/stat.h>
#include <unistd.h>

using namespace core;

namespace {

bool setMode(const QString &path, mode_t mode)
{
    return ::chmod(QFile::encodeName(path).constData(), mode) == 0;
}

/// The child: holds the folder until it is killed or its input ends.
int hold(const QStringList &arguments)
{
    const QString path = arguments.at(1);
    const auto folder = StateFolder::acquire(path);
    std::puts(folder ? "held" : "not held");
    std::fflush(stdout);
    return folder && std::getchar() == EOF ? 0 : 11;
}

} // namespace

class StateFolderTest : public QObject {
    Q_OBJECT

private:
    std::unique_ptr<QTemporaryDir> m_folder;

    [[nodiscard]] QString in(const QString &name) const { return m_folder->filePath(name); }

    static int faultOf(const QString &path)
    {
        const auto folder = StateFolder::acquire(path);
        return folder ? -1 : int(folder.error().fault);
    }

private Q_SLOTS:
    void init()
    {
        QTest::failOnWarning(QRegularExpression(QStringLiteral(".*")));
        m_folder = std::make_unique<QTemporaryDir>();
    }

    void makesWhatIsMissingForItsOwnerAlone()
    {
        const mode_t before = ::umask(0);
        const auto restore = qScopeGuard([before] { ::umask(before); });
        const auto folder = StateFolder::acquire(in(QStringLiteral("a/b/c")));
        QVERIFY(folder);
        QCOMPARE(folder->path(), in(QStringLiteral("a/b/c")));
        QCOMPARE(folder->databasePath(), in(QStringLiteral("a/b/c/jobs.sqlite")));
        for (const QString &made :
             {QStringLiteral("a"), QStringLiteral("a/b"), QStringLiteral("a/b/c")}) {
            QCOMPARE(modeOf(in(made)), mode_t(0700));
        }
        QCOMPARE(modeOf(in(QStringLiteral("a/b/c/lock"))), mode_t(0600));
    }

    void closesAFolderOfItsOwnToOthers()
    {
        QVERIFY(QDir().mkdir(in(QStringLiteral("s"))));
        QVERIFY(setMode(in(QStringLiteral("s")), 0755)); // empty
        QVERIFY(StateFolder::acquire(in(QStringLiteral("s"))));
        QCOMPARE(modeOf(in(QStringLiteral("s"))), mode_t(0700));
        QVERIFY(setMode(in(QStringLiteral("s")), 0750)); // and once it was a state folder
        QVERIFY(StateFolder::acquire(in(QStringLiteral("s/"))));
        QCOMPARE(modeOf(in(QStringLiteral("s"))), mode_t(0700));
    }

    void doesNotCloseASharedFolder()
    {
        const QString shared = in(QStringLiteral("shared"));
        QVERIFY(QDir().mkdir(shared));
        for (const mode_t mode : {mode_t(01777), mode_t(0777)}) {
            QVERIFY(setMode(shared, mode));
            QCOMPARE(faultOf(shared), int(StateFolderFault::NotOurs));
            QCOMPARE(modeOf(shared), mode);
        }
        QVERIFY(QDir(shared).mkdir(QStringLiteral("somebody's")));
        QVERIFY(setMode(shared, 0755));
        QCOMPARE(faultOf(shared), int(StateFolderFault::NotOurs));
        QCOMPARE(modeOf(shared), mode_t(0755));
        QVERIFY(!QFile::exists(shared + QStringLiteral("/lock")));
    }

    void doesNotTakeTheFolderOfAnotherUser()
    {
        const QString theirs = in(QStringLiteral("theirs"));
        QVERIFY(QDir().mkdir(theirs));
        if (::chown(QFile::encodeName(theirs).constData(), 12345, 12345) != 0) {
            QSKIP("only root can give a folder away");
        }
        QCOMPARE(faultOf(theirs), int(StateFolderFault::NotOurs));
    }

    void saysWhenThereCannotBeAFolder()
    {
        QFile file(in(QStringLiteral("file")));
        QVERIFY(file.open(QIODevice::WriteOnly));
        QCOMPARE(faultOf(in(QStringLiteral("file"))), int(StateFolderFault::CannotCreate));
        QCOMPARE(faultOf(in(QStringLiteral("file/below"))), int(StateFolderFault::CannotCreate));
        QCOMPARE(faultOf(QStringLiteral("/proc/bellhop/state")),
                 int(StateFolderFault::CannotCreate));
        QCOMPARE(faultOf(in(QString(300, u'x'))), int(StateFolderFault::CannotCreate));
        QCOMPARE(faultOf(QString()), int(StateFolderFault::CannotCreate));
        QVERIFY(QFile::link(QStringLiteral("/nowhere"), in(QStringLiteral("dangling"))));
        QCOMPARE(faultOf(in(QStringLiteral("dangling"))), int(StateFolderFault::CannotCreate));
    }

    void doesNotFollowALinkInPlaceOfItsLock()
    {
        QVERIFY(QFile::link(in(QStringLiteral("elsewhere")), in(QStringLiteral("lock"))));
        QCOMPARE(faultOf(m_folder->path()), int(StateFolderFault::CannotCreate));
        QVERIFY(!QFile::exists(in(QStringLiteral("elsewhere"))));
    }

    void isHeldOnce()
    {
        auto first = StateFolder::acquire(m_folder->path());
        QVERIFY(first);
        const auto second = StateFolder::acquire(m_folder->path() + QStringLiteral("/./"));
        QVERIFY(!second);
        QCOMPARE(int(second.error().fault), int(StateFolderFault::InUse));
        QCOMPARE(second.error().path, m_folder->path());
        StateFolder moved = std::move(*first);
        first = tl::unexpected(StateFolderError{});
        QCOMPARE(faultOf(m_folder->path()), int(StateFolderFault::InUse)); // it moved along
        {
            const StateFolder last = std::move(moved);
        }
        QCOMPARE(faultOf(m_folder->path()), -1);
    }

    void isFreeOnceItsHolderIsKilled()
    {
        QProcess child;
        child.start(QCoreApplication::applicationFilePath(),
                    {QStringLiteral("hold"), m_folder->path()});
        QVERIFY(child.waitForReadyRead());
        QCOMPARE(child.readLine(), QByteArray("held\n"));
        QCOMPARE(faultOf(m_folder->path()), int(StateFolderFault::InUse));
        child.kill();
        QVERIFY(child.waitForFinished());
        QCOMPARE(faultOf(m_folder->path()), -1);
    }

    void isNotHeldByAProgramThatTheHolderStarted()
    {
        auto folder =
            std::make_unique<StateFolder>(std::move(*StateFolder::acquire(m_folder->path())));
        QProcess child;
        child.start(QStringLiteral("cat"), QStringList());
        QVERIFY(child.waitForStarted());
        folder.reset();
        QCOMPARE(faultOf(m_folder->path()), -1);
        child.closeWriteChannel();
        QVERIFY(child.waitForFinished());
    }

    void livesWhereTheDesktopKeepsState()
    {
        const QByteArray before = qgetenv("XDG_STATE_HOME");
        const auto restore = qScopeGuard([before] { qputenv("XDG_STATE_HOME", before); });
        qputenv("XDG_STATE_HOME", "/srv/state/");
        QCOMPARE(StateFolder::defaultPath(), QStringLiteral("/srv/state/bellhop"));
        const QString fallback = QDir::homePath() + QStringLiteral("/.local/state/bellhop");
        qputenv("XDG_STATE_HOME", "relative");
        QCOMPARE(StateFolder::defaultPath(), fallback);
        qunsetenv("XDG_STATE_HOME");
        QCOMPARE(StateFolder::defaultPath(), fallback);
    }
};

BELLHOP_CHILD(hold)
BELLHOP_TEST(StateFolderTest)
#include "tst_state_folder.moc"
