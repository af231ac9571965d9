// SPDX-License-Identifier: Apache-2.0
#include "app/cli/print/json_lines.h"

#include "app/cli/args/help.h"
#include "core/job/timeline.h"
#include "tests/app/cli/line_schema.h"
#include "tests/support/test_program.h"

using namespace Qt::StringLiterals;

namespace {

core::JobError lineError()
{
    core::JobError error{.cause = core::Cause::HashMismatch, .step = core::Step::Verify};
    error.wantedHash = core::ExpectedHash{core::ExpectedHash::Algorithm::Md5, QByteArray(32, 'a')};
    error.foundHash = core::ExpectedHash{core::ExpectedHash::Algorithm::Md5, QByteArray(32, 'b')};
    error.fileBytesTotal = 5;
    error.certificate = core::SeenCertificate{.sha256Hex = QByteArray(64, 'a')};
    error.time = QDateTime::fromSecsSinceEpoch(1'700'000'000).toUTC();
    return error;
}

core::JobSnapshot fullJob()
{
    core::JobSnapshot job{.id = {7}, .state = core::JobState::Error, .name = u"a"_s};
    job.error = lineError();
    job.obstacle = lineError();
    job.due = core::Due{lineError().time, std::chrono::seconds(1)};
    job.troubleSince = lineError().time;
    job.remaining = std::chrono::seconds(4);
    job.bytesPerSecond = 3;
    job.progress.bytesTotal = 9;
    job.createdAt = job.modifiedAt = job.transferredAt = lineError().time;
    return job;
}

QList<QJsonObject> everyLine()
{
    core::FileSnapshot file{.id = {{7}, 0}, .name = u"a"_s};
    QList<QJsonObject> lines{cli::stateLine({}), cli::stateLine(fullJob()), cli::fileLine(file)};
    file.error = lineError();
    file.due = fullJob().due;
    file.sizeBytes = 5;
    const core::ManifestEntry entry{.name = u"a"_s, .path = u"/a"_s, .sizeBytes = 5};
    lines += {cli::fileLine(file),
              cli::progressLine({}),
              cli::progressLine(fullJob()),
              cli::errorLine({7}, lineError(), u"a"_s),
              cli::problemLine({7}, lineError(), u"a"_s),
              cli::problemLine({7}, {}, u"a"_s),
              cli::transferredLine(fullJob()),
              cli::completedLine({7}, {{entry}, {entry}, {entry}, {entry}}),
              cli::cancelledLine({7}),
              cli::lonePartLine({.path = u"/srv/a.part"_s, .name = u"a"_s, .bytes = 7}),
              cli::checkLine(
                  {.job = {7}, .server = core::ServerFinding{}, .place = core::PlaceFinding{}}, {}),
              cli::checkLine({.job = {7}, .problem = lineError()}, {}),
              cli::noticeLine({}, u"x"_s)};
    const QList<core::Happening> happenings{
        core::happening::Added{},
        core::happening::Noted{},
        core::happening::Rechecked{},
        core::happening::StateChanged{},
        core::happening::AttemptStarted{},
        core::happening::AttemptEnded{},
        core::happening::Failed{.error = lineError(), .nextTry = {}},
        core::happening::FixApplied{},
        core::happening::Decided{},
        core::happening::Fetched{},
        core::happening::FilesChosen{},
        core::happening::Completed{.obstacle = lineError()}};
    for (const core::Happening &what : happenings) {
        lines +=
            cli::timelineLine({7}, {.time = lineError().time, .fileIndex = 0, .what = what}, {1});
    }
    return lines;
}

} // namespace

/// The lines of --json, their schema and their help say the same.
class JsonLinesTest final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(u".*"_s)); }

    void everyLineIsAsTheSchemaHasIt()
    {
        const LineSchema schema;
        QSet<QString> events;
        for (const QJsonObject &line : everyLine()) {
            QVERIFY2(schema.flawIn(line).isEmpty(), qPrintable(schema.flawIn(line)));
            events.insert(line["event"_L1].toString());
        }
        QCOMPARE(events.size(), 11); // as many as the schema has
    }

    void whatIsNotInTheSchemaIsFound_data()
    {
        QTest::addColumn<QString>("key");
        QTest::addColumn<QJsonValue>("value");
        QTest::newRow("another key") << u"more"_s << QJsonValue(1);
        QTest::newRow("a key that is missing") << u"state"_s << QJsonValue(QJsonValue::Undefined);
        QTest::newRow("another type") << u"name"_s << QJsonValue(1);
        QTest::newRow("another type within") << u"error"_s << QJsonValue(QJsonObject());
        QTest::newRow("another event") << u"event"_s << QJsonValue(u"more"_s);
    }
    void whatIsNotInTheSchemaIsFound()
    {
        QFETCH(QString, key);
        QFETCH(QJsonValue, value);
        QJsonObject line = cli::stateLine(fullJob());
        if (value.isUndefined()) {
            line.remove(key);
        } else {
            line[key] = value;
        }
        QVERIFY(!LineSchema().flawIn(line).isEmpty());
    }

    void aStateLineHasTheSameKeysWhateverTheJob()
    {
        QCOMPARE(cli::stateLine({}).keys(), cli::stateLine(fullJob()).keys());
    }

    void theHelpNamesEveryKey()
    {
        const QString help = cli::jsonHelpText();
        for (const QJsonObject &line : everyLine()) {
            const QString event = line["event"_L1].toString();
            const qsizetype begin = help.indexOf(u'\n' + event + u'\n');
            QVERIFY2(begin >= 0, qPrintable(event));
            const QString part = help.mid(begin, help.indexOf(u"\n\n"_s, begin + 1) - begin);
            const QStringList words = part.split(QRegularExpression(u"\\s"_s));
            const QJsonObject known = LineSchema().definition(event)["properties"_L1].toObject();
            for (const QString &key : known.keys()) {
                const bool isTold =
                    key == u"event" || key == u"job" || words.contains(key) || event == u"timeline";
                QVERIFY2(isTold, qPrintable(event + u' ' + key));
            }
        }
    }
};

BELLHOP_TEST(JsonLinesTest)
#include "tst_json_lines.moc"
