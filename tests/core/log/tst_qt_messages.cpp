// SPDX-License-Identifier: Apache-2.0
#include "core/log/qt_messages.h"

#include "core/log/log.h"
#include "tests/support/test_program.h"

#include <QFile>
#include <QLoggingCategory>
#include <QTemporaryDir>
#include <QTest>

using namespace core;

namespace {

/// A message handler is a plain function, so what it hears has to stand here.
QStringList &heard()
{
    static QStringList only;
    return only;
}

void hear(QtMsgType /*type*/, const QMessageLogContext & /*context*/, const QString &text)
{
    heard().append(text);
}

} // namespace

class QtMessagesTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void goToTheLogAndNotWhereTheyWentBefore()
    {
        const QTemporaryDir folder;
        const QLoggingCategory network("qt.network");
        const QtMessageHandler before = qInstallMessageHandler(hear);
        {
            Log log;
            log.open(folder.path());
            {
                const QtMessages messages(&log);
                qWarning("https://u:SECRET@h.example/ said no");
                qCritical("it is bad");
                qCWarning(network) << "odd";
            }
            qWarning("too late");
        }
        qInstallMessageHandler(before);
        QCOMPARE(heard(), QStringList{QStringLiteral("too late")});
        QFile file(folder.filePath(QStringLiteral("bellhop.log")));
        QVERIFY(file.open(QIODevice::ReadOnly));
        const QByteArray text = file.readAll();
        QCOMPARE(text.count('\n'), 3);
        QVERIFY(text.contains(" warning default: https://h.example/ said no\n"));
        QVERIFY(text.contains(" error default: it is bad\n"));
        QVERIFY(text.contains(" warning qt.network: odd\n"));
        QVERIFY(!text.contains("SECRET"));
    }
};

BELLHOP_TEST(QtMessagesTest)
#include "tst_qt_messages.moc"
