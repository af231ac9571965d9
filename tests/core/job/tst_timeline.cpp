// SPDX-License-Identifier: Apache-2.0
#include "core/job/timeline_fields.h"

#include "core/job/job_spec.h"
#include "tests/support/test_program.h"

#include <QJsonDocument>
#include <QRegularExpression>
#include <QTest>
#include <QTimeZone>

#include <set>

using namespace core;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

Q_DECLARE_METATYPE(core::Happening)

namespace {

const QDateTime kNoon(QDate(2026, 1, 15), QTime(12, 0, 0, 7), QTimeZone::utc());

JobError error(Cause cause)
{
    return {.cause = cause,
            .step = Step::Receive,
            .fileIndex = 2,
            .url = QUrl(u"https://example.org/a"_s),
            .httpStatus = 503,
            .fileBytesDone = 24'000'000,
            .fileBytesTotal = 40'000'000,
            .time = kNoon,
            .evidence = {.attempt = 3, .detail = u"reset \"by\" peer"_s}};
}

QJsonObject readable()
{
    return toJson(TimelineEntry{
        .time = kNoon,
        .fileIndex = 2,
        .what = happening::AttemptStarted{
            .attempt = 2, .offsetBytes = 5, .url = QUrl(u"https://example.org/a"_s)}});
}

} // namespace

class TimelineTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(u".*"_s)); }

    void everyKindComesBackAsItWas_data()
    {
        QTest::addColumn<Happening>("what");
        const auto row = [](const Happening &what) { QTest::addRow("%s", name(what)) << what; };
        row(happening::Added{.files = kMaxFilesPerJob});
        row(happening::Noted{.note = Note::NumberedName, .fileName = u"a (1).bin"_s});
        row(happening::Rechecked{.bytes = 1'048'576});
        row(happening::StateChanged{
            .from = JobState::Transferring, .to = JobState::Error, .event = JobEvent::FailForGood});
        row(happening::AttemptStarted{.attempt = 7,
                                      .offsetBytes = qint64(1) << 53,
                                      .url = QUrl(u"https://example.org:8443/a%20b/%C3%BC"_s)});
        row(happening::AttemptEnded{.end = AttemptEnd::NotWanted, .bytesDone = 12});
        row(happening::Failed{.error = error(Cause::ConnectionLost), .nextTry = 4s});
        QTest::newRow("Failed for good")
            << Happening(happening::Failed{.error = error(Cause::DiskFull), .nextTry = {}});
        row(happening::FixApplied{.fix = u"NewLink"_s});
        row(happening::Decided{.command = JobEvent::Suspend, .by = Decider::Engine});
        row(happening::Fetched{.files = 1998, .bytes = qint64(1) << 40});
        row(happening::FilesChosen{.leftOut = 2, .takenIn = 1});
        row(happening::Completed{.kept = 3, .partial = 2, .missing = 1, .obstacle = {}});
        QTest::newRow("Completed with an obstacle")
            << Happening(happening::Completed{.kept = 3, .obstacle = error(Cause::NameExists)});
    }
    void everyKindComesBackAsItWas()
    {
        QFETCH(Happening, what);
        for (const std::optional<int> file :
             {std::optional<int>(), std::optional(0), std::optional(kMaxFilesPerJob - 1)}) {
            const TimelineEntry entry{.time = kNoon, .fileIndex = file, .what = what};
            const QByteArray text = QJsonDocument(toJson(entry)).toJson();
            const auto read = fromJson<TimelineEntry>(QJsonDocument::fromJson(text).object());
            QVERIFY(read);
            QVERIFY(*read == entry);
        }
    }

    void everyStateEventAndEndComesBack()
    {
        for (const Transition &row : kTransitions) {
            const TimelineEntry entry{.time = kNoon,
                                      .what = happening::StateChanged{row.from, row.to, row.event}};
            QVERIFY(fromJson<TimelineEntry>(toJson(entry)) == entry);
        }
        for (const AttemptEnd end : allOf<AttemptEnd>()) {
            QCOMPARE(parse<AttemptEnd>(QString::fromLatin1(name(end))), end);
        }
        for (const Decider decider : allOf<Decider>()) {
            QCOMPARE(parse<Decider>(QString::fromLatin1(name(decider))), decider);
        }
    }

    void namesOfKindsAreDifferent()
    {
        const std::array<Happening, 12> all{
            happening::Fetched{},        happening::FilesChosen{},  happening::Noted{},
            happening::Added{},          happening::Rechecked{},    happening::StateChanged{},
            happening::AttemptStarted{}, happening::AttemptEnded{}, happening::Failed{},
            happening::FixApplied{},     happening::Decided{},      happening::Completed{}};
        std::set<std::string> names;
        for (const Happening &what : all) {
            names.insert(name(what));
        }
        QCOMPARE(names.size(), std::variant_size_v<Happening>);
    }

    void whatIsNotAnEntryIsNotReadAsOne_data()
    {
        QTest::addColumn<QString>("key");
        QTest::addColumn<QJsonValue>("value");
        const auto row = [](const char *what, const char *key, const QJsonValue &value) {
            QTest::newRow(what) << QString::fromLatin1(key) << value;
        };
        row("no time", "time", {});
        row("a time of another zone", "time", u"2026-01-15T12:00:00.007+01:00"_s);
        row("a time that is a number", "time", 5);
        row("no kind", "kind", {});
        row("an unknown kind", "kind", u"Exploded"_s);
        row("a kind in small letters", "kind", u"attemptStarted"_s);
        row("a file before the first", "file", -1);
        row("a file that no job can have", "file", kMaxFilesPerJob);
        row("a file that is a text", "file", u"1"_s);
        row("no attempt", "attempt", {});
        row("half an attempt", "attempt", 1.5);
        row("an attempt beyond all bounds", "attempt", 2'000'000'000);
        row("bytes before the first", "offsetBytes", -1);
        row("no bytes", "offsetBytes", {});
        row("no address", "url", u"http://[nonsense"_s);
    }
    void whatIsNotAnEntryIsNotReadAsOne()
    {
        QFETCH(QString, key);
        QFETCH(QJsonValue, value);
        QJsonObject json = readable();
        QVERIFY(fromJson<TimelineEntry>(json));
        json.insert(key, value);
        QVERIFY(!fromJson<TimelineEntry>(json));
    }

    void whatBelongsToAKindMustBeThere_data()
    {
        QTest::addColumn<QString>("json");
        const auto row = [](const char *what, const char *json) {
            QTest::newRow(what) << QString::fromUtf8(json).replace(u'\'', u'"');
        };
        row("added what", "'kind':'Added'");
        row("from where", "'kind':'StateChanged','to':'Queued','trigger':'Resume'");
        row("a state that is none",
            "'kind':'StateChanged','from':'Asleep','to':'Queued','trigger':'Resume'");
        row("an event that is none",
            "'kind':'StateChanged','from':'Queued','to':'Queued','trigger':'Wish'");
        row("ended how", "'kind':'AttemptEnded','bytesDone':1");
        row("failed why", "'kind':'Failed','nextTryMs':1");
        row("an error that is none", "'kind':'Failed','error':{'cause':'Mood'},'nextTryMs':1");
        row("no repair", "'kind':'FixApplied','fix':''");
        row("a repair that is no name", "'kind':'FixApplied','fix':'<b>New</b>'");
        row("a repair without end",
            "'kind':'FixApplied','fix':'AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA'");
        row("decided by nobody", "'kind':'Decided','command':'Resume','by':'Fate'");
        row("kept how many", "'kind':'Completed','partial':1,'missing':1");
        row("an obstacle that is none",
            "'kind':'Completed','kept':0,'partial':1,'missing':1,'obstacle':{}'");
    }
    void whatBelongsToAKindMustBeThere()
    {
        QFETCH(QString, json);
        const QString text = u"{\"time\":\"2026-01-15T12:00:00.007Z\","_s + json + u'}';
        QVERIFY(!fromJson<TimelineEntry>(QJsonDocument::fromJson(text.toUtf8()).object()));
    }

    void loginsAreInNoneOfIt()
    {
        JobError failed = error(Cause::LoginRequired);
        failed.url.setUserInfo(u"anna:pw-1"_s);
        failed.proxy = QUrl(u"http://anna:pw-2@proxy.example:3128"_s);
        const std::array<Happening, 2> all{
            happening::AttemptStarted{.url = QUrl(u"https://anna:pw-3@example.org/a"_s)},
            happening::Failed{.error = failed, .nextTry = {}}};
        for (const Happening &what : all) {
            const QByteArray json =
                QJsonDocument(toJson(TimelineEntry{.time = kNoon, .fileIndex = {}, .what = what}))
                    .toJson();
            QVERIFY(!json.contains("pw-"));
            QVERIFY(!json.contains("anna"));
        }
    }
};

BELLHOP_TEST(TimelineTest)
#include "tst_timeline.moc"
