// SPDX-License-Identifier: Apache-2.0
#include "tests/support/file_facts.h"
#include "tests/support/test_program.h"
#include "ui/actions/desktop.h"

#include <QDir>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>

using namespace Qt::StringLiterals;

class DesktopTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        QTest::failOnWarning(QRegularExpression(u".*"_s));
        m_before = qgetenv("XDG_CONFIG_HOME");
        m_config = std::make_unique<QTemporaryDir>();
        qputenv("XDG_CONFIG_HOME", QFile::encodeName(m_config->path()));
    }
    void cleanup()
    {
        if (m_before.isNull()) {
            qunsetenv("XDG_CONFIG_HOME");
        } else {
            qputenv("XDG_CONFIG_HOME", m_before);
        }
    }

    void itIsStartedWithTheSessionAndNotAnyMore()
    {
        ui::SystemDesktop desktop;
        QVERIFY(!desktop.startsAtLogin());
        QCOMPARE(desktop.setStartsAtLogin(true), QString());
        QVERIFY(desktop.startsAtLogin());
        const QByteArray entry = contentOf(file());
        QVERIFY(entry.startsWith("[Desktop Entry]\nType=Application\nName=Bellhop\n"));
        QVERIFY2(entry.contains("\nExec=\"" +
                                QFile::encodeName(QCoreApplication::applicationFilePath()) +
                                "\" --background\n"),
                 entry.constData());
        QCOMPARE(desktop.setStartsAtLogin(false), QString());
        QVERIFY(!desktop.startsAtLogin());
        QVERIFY(!QFile::exists(file()));
        QCOMPARE(desktop.setStartsAtLogin(false), QString()); // it is so already
    }

    void whatADesktopHasHiddenIsNotStarted()
    {
        ui::SystemDesktop desktop;
        QCOMPARE(desktop.setStartsAtLogin(true), QString());
        QFile entry(file());
        QVERIFY(entry.open(QIODevice::Append));
        entry.write("Hidden=true\n");
        entry.close();
        QVERIFY(!desktop.startsAtLogin());
    }

    void aFolderThatTakesNothingIsSaid()
    {
        QFile inTheWay(m_config->filePath(u"autostart"_s));
        QVERIFY(inTheWay.open(QIODevice::WriteOnly));
        ui::SystemDesktop desktop;
        QVERIFY(!desktop.setStartsAtLogin(true).isEmpty());
        QVERIFY(!desktop.startsAtLogin());
    }

private:
    [[nodiscard]] QString file() const
    {
        return m_config->filePath(u"autostart/org.bellhop.Bellhop.desktop"_s);
    }

    std::unique_ptr<QTemporaryDir> m_config;
    QByteArray m_before;
};

BELLHOP_TEST(DesktopTest)
#include "tst_desktop.moc"
