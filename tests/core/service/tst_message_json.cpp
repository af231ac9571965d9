// SPDX-License-Identifier: Apache-2.0
#include "core/service/message_fields.h"

#include "tests/support/field_paths.h"
#include "tests/support/sample_values.h"
#include "tests/support/test_program.h"

#include <QJsonDocument>
#include <QTest>
#include <QTimeZone>

#include <functional>

using namespace core;
using namespace Qt::StringLiterals;

namespace {

/// As it comes out of a socket.
QJsonValue throughText(const QJsonValue &json)
{
    const QByteArray text = QJsonDocument(QJsonArray{json}).toJson(QJsonDocument::Compact);
    return QJsonDocument::fromJson(text).array().first();
}

template <typename T>
QStringList lostOnTheWay(const T &value)
{
    const auto read = fromJson<T>(throughText(toJson(value, JsonForm::Message)), JsonForm::Message);
    return read ? field_paths::differences(*read, value) : QStringList(text(read.error()));
}

/// "" for what can be read.
template <typename T>
QString errorIn(const QJsonValue &json)
{
    const auto read = fromJson<T>(json, JsonForm::Message);
    return read ? QString() : text(read.error());
}

/// A type of values that travel: a sample of it as JSON, and what is wrong with other JSON.
struct Travelling {
    QJsonValue sample;
    std::function<QString(const QJsonValue &)> errorIn;
};

template <typename T>
Travelling travelling()
{
    return {toJson(SampleValues().otherThan(T{}), JsonForm::Message), errorIn<T>};
}

/// Makes the whole anew, with something else in one place.
using Put = std::function<QJsonValue(const QJsonValue &)>;
/// Called with the path of a place, what is there, and how to put something else there.
using OnPlace = std::function<void(const QString &, const QJsonValue &, const Put &)>;

void eachPlace(const QJsonValue &json, const QString &path, const Put &put, const OnPlace &onPlace)
{
    onPlace(path, json, put);
    const QJsonObject object = json.toObject();
    for (auto member = object.begin(); member != object.end(); ++member) {
        const auto putMember = [&put, object, key = member.key()](const QJsonValue &value) {
            QJsonObject copy = object;
            copy.insert(key, value); // undefined removes it
            return put(copy);
        };
        const QString below = path.isEmpty() ? member.key() : QString(path + u'.' + member.key());
        eachPlace(member.value(), below, putMember, onPlace);
    }
    const QJsonArray array = json.toArray();
    for (qsizetype i = 0; i < array.size(); ++i) {
        const auto putElement = [&put, array, i](const QJsonValue &value) {
            QJsonArray copy = array;
            copy[i] = value;
            return put(copy);
        };
        eachPlace(array.at(i), QStringLiteral("%1[%2]").arg(path).arg(i), putElement, onPlace);
    }
}

QString said(const QString &path, FieldFault fault)
{
    return text(FieldError{fault, path});
}

} // namespace

Q_DECLARE_METATYPE(Travelling)

/// Every message of the table, its answer and all events, written and read as for another process.
class MessageJsonTest : public QObject {
    Q_OBJECT

private:
    template <typename T>
    static void comesBack(const char *what)
    {
        const T sample = SampleValues().otherThan(T{});
        QCOMPARE(field_paths::defaults(sample).join(u' '), QString());
        const QStringList lost = lostOnTheWay(sample);
        QVERIFY2(lost.isEmpty(), qPrintable(QLatin1StringView(what) + u": "_s + lost.join(u' ')));
    }
    template <typename... M>
    static void eachComesBack(const std::tuple<M...> * /*messages*/)
    {
        (comesBack<typename M::Request>(M::kName), ...);
        (comesBack<typename M::Reply>(M::kName), ...);
    }

    template <typename... M>
    static void addRows(const std::tuple<M...> * /*messages*/)
    {
        QTest::addColumn<Travelling>("travelling");
        (void(QTest::addRow("request %s", M::kName) << travelling<typename M::Request>()), ...);
        (void(QTest::addRow("reply %s", M::kName) << travelling<typename M::Reply>()), ...);
        QTest::newRow("refusal") << travelling<Refusal>();
        QTest::newRow("attention") << travelling<Attention>();
        QTest::newRow("notice") << travelling<Notice>();
    }
    static void addRows() { addRows(static_cast<const Messages *>(nullptr)); }

    /// Whatever `isMeant` is refused for this reason, once it is `instead`.
    static void isRefused(bool (*isMeant)(const QJsonValue &), const QJsonValue &instead,
                          FieldFault fault)
    {
        QFETCH(Travelling, travelling);
        const auto onPlace = [&](const QString &path, const QJsonValue &old, const Put &put) {
            if (isMeant(old)) {
                QCOMPARE(travelling.errorIn(put(instead)), said(path, fault));
            }
        };
        eachPlace(
            travelling.sample, {}, [](const QJsonValue &json) { return json; }, onPlace);
    }

private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(QStringLiteral(".*"))); }

    void everyMessageComesBackAsItWas()
    {
        eachComesBack(static_cast<const Messages *>(nullptr));
        comesBack<Refusal>("refusal");
        comesBack<Attention>("attention");
        comesBack<Notice>("notice");
    }

    void whatOnlyHasDefaultsComesBackToo()
    {
        QCOMPARE(lostOnTheWay(message::Add::Request()), QStringList());
        QCOMPARE(lostOnTheWay(Settings()), QStringList());
        QCOMPARE(lostOnTheWay(Attention()), QStringList());
        QCOMPARE(lostOnTheWay(FileSnapshot()), QStringList());
        QCOMPARE(lostOnTheWay(TimelinePage()), QStringList());
    }

    void aLoginTravelsButIsNotForStoring()
    {
        const Fix login = fix::Login{{u"anna"_s, u"hunter2"_s}};
        const Fix proxy = fix::Proxy{QUrl(u"http://anna:hunter2@proxy.example:3128"_s)};
        for (const Fix &fix : {login, proxy}) {
            QVERIFY(QJsonDocument(toJson(fix, JsonForm::Message)).toJson().contains("hunter2"));
            QVERIFY(!QJsonDocument(toJson(fix)).toJson().contains("hunter2"));
        }
    }

    void aMissingFieldIsNamed_data() { addRows(); }
    void aMissingFieldIsNamed()
    {
        QFETCH(Travelling, travelling);
        const auto onPlace = [&](const QString &path, const QJsonValue & /*old*/, const Put &put) {
            if (path.isEmpty() || path.endsWith(u']')) {
                return;
            }
            const QString missing = travelling.errorIn(put(QJsonValue::Undefined));
            // null is as good as absent, and both are only good where nothing may be known.
            QCOMPARE(travelling.errorIn(put(QJsonValue())), missing);
            QVERIFY2(missing.isEmpty() || missing == said(path, FieldFault::Missing),
                     qPrintable(path + u" gives "_s + missing));
        };
        eachPlace(
            travelling.sample, {}, [](const QJsonValue &json) { return json; }, onPlace);
    }

    void whatMayBeUnknownMayBeMissingAndNothingElse()
    {
        const QJsonValue entry = toJson(
            TimelineEntry{.time =
                              QDateTime(QDate(2026, 1, 15), QTime(12, 0), QTimeZone::utc()).toUTC(),
                          .fileIndex = 1,
                          .what = happening::Completed{.kept = 1, .obstacle = JobError()}},
            JsonForm::Message);
        QStringList optional;
        const auto onPlace = [&](const QString &path, const QJsonValue & /*old*/, const Put &put) {
            if (errorIn<TimelineEntry>(put(QJsonValue::Undefined)).isEmpty()) {
                optional.append(path);
            }
        };
        eachPlace(
            entry, {}, [](const QJsonValue &json) { return json; }, onPlace);
        QCOMPARE(optional, QStringList({u"file"_s, u"obstacle"_s, u"obstacle.bytesMissing"_s,
                                        u"obstacle.bytesSent"_s, u"obstacle.certificate"_s,
                                        u"obstacle.fileBytesTotal"_s, u"obstacle.foundHash"_s,
                                        u"obstacle.reason"_s, u"obstacle.retryAfterMs"_s,
                                        u"obstacle.serverTime"_s, u"obstacle.signIn"_s,
                                        u"obstacle.time"_s, u"obstacle.wantedHash"_s, u"time"_s}));
    }

    void anUnknownFieldIsNamed_data() { addRows(); }
    void anUnknownFieldIsNamed()
    {
        QFETCH(Travelling, travelling);
        const auto onPlace = [&](const QString &path, const QJsonValue &old, const Put &put) {
            if (old.isObject()) {
                QJsonObject more = old.toObject();
                more.insert(u"mood"_s, u"good"_s);
                QCOMPARE(travelling.errorIn(put(more)),
                         said(path.isEmpty() ? u"mood"_s : path + u".mood"_s, FieldFault::Unknown));
            }
        };
        eachPlace(
            travelling.sample, {}, [](const QJsonValue &json) { return json; }, onPlace);
    }

    void aFieldOfAnotherTypeIsNamed_data() { addRows(); }
    void aFieldOfAnotherTypeIsNamed()
    {
        isRefused([](const QJsonValue &old) { return !old.isBool(); }, true, FieldFault::WrongType);
        isRefused([](const QJsonValue &old) { return old.isBool(); }, 1, FieldFault::WrongType);
        isRefused([](const QJsonValue &old) { return old.isDouble(); }, 0.5, FieldFault::WrongType);
    }

    void aFieldOutOfBoundsIsNamed_data() { addRows(); }
    void aFieldOutOfBoundsIsNamed()
    {
        const auto isNumber = [](const QJsonValue &old) { return old.isDouble(); };
        isRefused(isNumber, -1, FieldFault::OutOfBounds);
        isRefused(isNumber, double(kMaxJsonInteger) + 2, FieldFault::OutOfBounds);
        QJsonArray list;
        while (list.size() <= kMaxFilesPerJob) {
            list.append(0);
        }
        isRefused([](const QJsonValue &old) { return old.isArray(); }, list,
                  FieldFault::OutOfBounds);
    }

    void aTextWithoutEndIsNamed()
    {
        const QString longText((1 << 20) + 1, u'x');
        const auto errorWith = [&](const QJsonObject &file) {
            const QJsonObject good = toJson(FileSpec(), JsonForm::Message);
            return errorIn<message::AddFiles::Request>(
                QJsonObject{{u"job"_s, 1}, {u"files"_s, QJsonArray{good, good, file}}});
        };
        QJsonObject file = toJson(FileSpec(), JsonForm::Message);
        QCOMPARE(errorWith(file), QString());
        file.insert(u"name"_s, longText);
        QCOMPARE(errorWith(file), u"files[2].name: OutOfBounds"_s);
        file.insert(u"url"_s, longText);
        QCOMPARE(errorWith(file), u"files[2].url: OutOfBounds"_s);
    }

    void whatIsNoValueIsNamed_data()
    {
        QTest::addColumn<QString>("spec");
        QTest::addColumn<QString>("error");
        const auto row = [](const char *spec, const char *error) {
            QTest::newRow(error) << QString::fromUtf8(spec).replace(u'\'', u'"')
                                 << QString::fromUtf8(error);
        };
        row("'priority':'Highest'", "spec.priority: BadValue");
        row("'priority':'normal'", "spec.priority: BadValue");
        row("'type':''", "spec.type: BadValue");
        row("'files':[{'url':'http://a b/','name':'','hash':null}]", "spec.files[0].url: BadValue");
        row("'files':[{'url':'','name':'','hash':'crc32:00000000'}]",
            "spec.files[0].hash: BadValue");
        row("'files':[5]", "spec.files[0]: WrongType");
        row("'files':{}", "spec.files: WrongType");
        row("'options':[]", "spec.options: WrongType");
    }
    void whatIsNoValueIsNamed()
    {
        QFETCH(QString, spec);
        QFETCH(QString, error);
        const auto change = QJsonDocument::fromJson('{' + spec.toUtf8() + '}').object();
        QVERIFY(!change.isEmpty());
        QJsonObject json = toJson(JobSpec(), JsonForm::Message);
        json.insert(change.begin().key(), change.begin().value());
        QCOMPARE(errorIn<message::Add::Request>(QJsonObject{{u"spec"_s, json}}), error);
    }
};

BELLHOP_TEST(MessageJsonTest)
#include "tst_message_json.moc"
