// SPDX-License-Identifier: Apache-2.0
// `bhop get --notify-command`, with the engine and without.
#include "tests/integration/bhop_run.h"
#include "tests/integration/programs_of_one_list.h"
#include "tests/support/file_facts.h"
#include "tests/support/test_program.h"

#include <QFile>
#include <QJsonDocument>
#include <QTest>

using namespace Qt::StringLiterals;

class BhopNotifyTest final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        QTest::failOnWarning(QRegularExpression(u".*"_s));
        m_list = std::make_unique<ProgramsOfOneList>();
        m_list->server.serve("/file", {Body::pattern(2, 1000)});
    }
    void cleanup() { m_list.reset(); }

    void aFileThatHasArrivedIsTold_data()
    {
        QTest::addColumn<QStringList>("how");
        QTest::newRow("by the engine") << QStringList();
        QTest::newRow("by the program itself") << QStringList{u"--in-process"_s};
    }
    void aFileThatHasArrivedIsTold()
    {
        QFETCH(QStringList, how);
        program("cat >> told; sleep 0.3; echo x >> done");
        BhopRun run(get(u"/file"_s, how));
        QCOMPARE(run.exitCode(), 0);
        if (!how.isEmpty()) {
            QCOMPARE(told("done"), QByteArray("x\n")); // nobody else would wait for it
        }
        QTRY_COMPARE(told("done"), QByteArray("x\n"));
        const QJsonObject line = QJsonDocument::fromJson(told("told")).object();
        QCOMPARE(line["event"_L1].toString(), u"jobTransferred"_s);
        QCOMPARE(line["name"_L1].toString(), u"file"_s);
        QCOMPARE(line["state"_L1].toString(), u"Acknowledged"_s);
    }

    void anErrorIsToldUntilItIsAccepted()
    {
        program("echo x >> calls; test $(wc -l < calls) -ge 2 && cat > told");
        BhopRun run(get(u"/none"_s, {u"--detach"_s}));
        QCOMPARE(run.exitCode(), 0);
        QTRY_VERIFY(told("told").endsWith('\n'));
        QCOMPARE(told("calls"), QByteArray("x\nx\n"));
        const QJsonObject line = QJsonDocument::fromJson(told("told")).object();
        QCOMPARE(line["event"_L1].toString(), u"jobError"_s);
        QCOMPARE(line["error"_L1]["cause"_L1].toString(), u"NotFound"_s);
        BhopRun list(with({u"list"_s}));
        QCOMPARE(list.exitCode(), 0);
        QCOMPARE(list.lines().first()["state"_L1].toString(), u"Error"_s); // a person still decides
    }

    void anEngineThatWasKilledMeanwhileTellsAgain()
    {
        program("echo x >> calls; test $(wc -l < calls) -ge 2 || exec sleep 1000");
        BhopRun run(get(u"/file"_s, {u"--detach"_s}));
        QCOMPARE(run.exitCode(), 0);
        QTRY_COMPARE(told("calls"), QByteArray("x\n"));
        signalEngines(m_list->state(), SIGKILL);
        QTRY_VERIFY(enginesOf(m_list->state()).isEmpty());
        BhopRun list(with({u"list"_s}));
        QCOMPARE(list.exitCode(), 0);
        QTRY_COMPARE(told("calls"), QByteArray("x\nx\n"));
    }

    void whatIsNoProgramIsRefusedBeforeAnythingIsAsked()
    {
        BhopRun run(with({u"get"_s, u"-d"_s, m_list->folder(), u"--notify-command"_s,
                          m_list->in(u"nobody"_s), m_list->server.url(u"/file"_s).toString()}));
        QCOMPARE(run.exitCode(), 2);
        QVERIFY(m_list->server.requests().isEmpty());
    }

private:
    void program(const QByteArray &lines)
    {
        QFile file(m_list->in(u"program"_s));
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write("#!/bin/sh\ncd '" + QFile::encodeName(m_list->in(QString())) + "'\n" + lines +
                   '\n');
        file.setPermissions(QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner);
    }
    [[nodiscard]] QByteArray told(const QString &name) const { return contentOf(m_list->in(name)); }
    [[nodiscard]] QByteArray told(const char *name) const
    {
        return told(QString::fromLatin1(name));
    }
    [[nodiscard]] QStringList with(const QStringList &words) const { return m_list->with(words); }
    [[nodiscard]] QStringList get(const QString &path, const QStringList &more = {}) const
    {
        return m_list->get(path,
                           QStringList{u"--notify-command"_s, m_list->in(u"program"_s)} + more);
    }

    std::unique_ptr<ProgramsOfOneList> m_list;
};

BELLHOP_TEST(BhopNotifyTest)
#include "tst_bhop_notify.moc"
