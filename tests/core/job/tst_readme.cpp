// SPDX-License-Identifier: Apache-2.0
#include "core/job/job_state.h"

#include "tests/support/test_program.h"

#include <QFile>
#include <QTest>
#include <QTextStream>

using namespace core;

namespace {

/// These lead on from nearly everywhere. In the picture they would hide the rest, so they are in
/// the table alone.
bool isInTableAlone(JobEvent event)
{
    return event == JobEvent::Suspend || event == JobEvent::Complete || event == JobEvent::Cancel ||
           event == JobEvent::Obstructed;
}

QString textOf(const char *name)
{
    return QString::fromLatin1(name);
}

template <typename Wanted>
QString eventsBetween(JobState from, JobState to, Wanted wanted)
{
    QStringList events;
    for (const Transition &row : kTransitions) {
        if (row.from == from && row.to == to && wanted(row.event)) {
            events += textOf(name(row.event));
        }
    }
    return events.join(QStringLiteral(", "));
}

QString eventsBetween(JobState from, JobState to)
{
    return eventsBetween(from, to, [](JobEvent) { return true; });
}

QString diagram()
{
    QString text = QStringLiteral("```mermaid\nstateDiagram-v2\n    [*] --> Suspended\n");
    for (const JobState from : kJobStates) {
        for (const JobState to : kJobStates) {
            const QString events =
                eventsBetween(from, to, [](JobEvent event) { return !isInTableAlone(event); });
            if (from != to && !events.isEmpty()) {
                text += QStringLiteral("    %1 --> %2 : %3\n")
                            .arg(textOf(name(from)), textOf(name(to)), events);
            }
        }
    }
    return text + QStringLiteral("```\n");
}

/// "RetryDue, NetworkBack, Resume → Queued · Cancel → Cancelled"
QString movesFrom(JobState from)
{
    QStringList moves;
    for (const JobState to : kJobStates) {
        const QString events = eventsBetween(from, to);
        if (from != to && !events.isEmpty()) {
            moves += events + QStringLiteral(" → ") + textOf(name(to));
        }
    }
    return moves.isEmpty() ? QStringLiteral("final") : moves.join(QStringLiteral(" · "));
}

QString table()
{
    QString text = QStringLiteral("| state | events → next state | accepted without effect |\n"
                                  "|---|---|---|\n");
    for (const JobState from : kJobStates) {
        text += QStringLiteral("| %1 | %2 | %3 |\n")
                    .arg(textOf(name(from)), movesFrom(from), eventsBetween(from, from));
    }
    return text;
}

/// What stands in core/README.md between the two marks, made from kTransitions alone.
QString statesText()
{
    return QStringLiteral("<!-- states -->\n") + diagram() + u'\n' + table() +
           QStringLiteral("<!-- /states -->\n");
}

int printStates(const QStringList & /*arguments*/)
{
    QTextStream(stdout) << statesText();
    return 0;
}

} // namespace

class ReadmeTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(QStringLiteral(".*"))); }

    void showsTheStatesAsTheyAre()
    {
        QFile readme(QStringLiteral(BELLHOP_SOURCE_DIR "/core/README.md"));
        QVERIFY(readme.open(QIODevice::ReadOnly));
        QVERIFY2(QString::fromUtf8(readme.readAll()).contains(statesText()),
                 "core/README.md is out of date. Put in what this prints: tests_job printStates");
    }
};

BELLHOP_CHILD(printStates)
BELLHOP_TEST(ReadmeTest)
#include "tst_readme.moc"
