// SPDX-License-Identifier: Apache-2.0
#include "core/job/timeline_json.h"

#include "core/job/job_json.h"
#include "core/job/job_spec.h"
#include "core/job/json_reader.h"
#include "core/job/parse_name.h"

#include <algorithm>

namespace core {

namespace {

using namespace Qt::StringLiterals;

constexpr int kMaxAttempts = 1'000'000'000;
constexpr qsizetype kMaxFixName = 32;

struct Writer {
    QJsonObject operator()(const happening::Added &what) const
    {
        return {{u"files"_s, what.files}};
    }
    QJsonObject operator()(const happening::StateChanged &what) const
    {
        return {{u"from"_s, nameOf(what.from)},
                {u"to"_s, nameOf(what.to)},
                {u"trigger"_s, nameOf(what.event)}};
    }
    QJsonObject operator()(const happening::AttemptStarted &what) const
    {
        return {{u"attempt"_s, what.attempt},
                {u"offsetBytes"_s, what.offsetBytes},
                {u"url"_s, publicUrl(what.url)}};
    }
    QJsonObject operator()(const happening::AttemptEnded &what) const
    {
        return {{u"end"_s, nameOf(what.end)}, {u"bytesDone"_s, what.bytesDone}};
    }
    QJsonObject operator()(const happening::Failed &what) const
    {
        return {{u"error"_s, toJson(what.error)},
                {u"nextTryMs"_s,
                 what.nextTry ? QJsonValue(qint64(what.nextTry->count())) : QJsonValue()}};
    }
    QJsonObject operator()(const happening::FixApplied &what) const
    {
        return {{u"fix"_s, what.fix}};
    }
    QJsonObject operator()(const happening::Decided &what) const
    {
        return {{u"command"_s, nameOf(what.command)}, {u"by"_s, nameOf(what.by)}};
    }
    QJsonObject operator()(const happening::Completed &what) const
    {
        return {{u"kept"_s, what.kept},
                {u"partial"_s, what.partial},
                {u"missing"_s, what.missing},
                {u"obstacle"_s, what.obstacle ? QJsonValue(toJson(*what.obstacle)) : QJsonValue()}};
    }
};

std::optional<JobEvent> parseJobEvent(QStringView text)
{
    return parseName(kJobEvents, text);
}

/// The member, which must be there.
template <typename T>
void readNumber(JsonReader *in, QLatin1StringView key, T *out)
{
    in->require(key);
    in->read(key, out);
}

template <typename T, typename Parse>
void readEnum(JsonReader *in, QLatin1StringView key, T *out, Parse parse)
{
    in->require(key);
    in->readName(key, out, parse);
}

std::optional<JobError> readError(JsonReader *in, QLatin1StringView key)
{
    if (!in->isPresent(key)) {
        return std::nullopt;
    }
    auto error = jobErrorFromJson(in->value(key).toObject());
    if (!error) {
        in->spoil();
    }
    return error;
}

Happening readAdded(JsonReader *in)
{
    happening::Added what;
    readNumber(in, "files"_L1, &what.files);
    return what;
}

Happening readStateChanged(JsonReader *in)
{
    happening::StateChanged what;
    readEnum(in, "from"_L1, &what.from, parseJobState);
    readEnum(in, "to"_L1, &what.to, parseJobState);
    readEnum(in, "trigger"_L1, &what.event, parseJobEvent);
    return what;
}

Happening readAttemptStarted(JsonReader *in)
{
    happening::AttemptStarted what;
    in->require("attempt"_L1);
    in->read("attempt"_L1, &what.attempt, kMaxAttempts);
    readNumber(in, "offsetBytes"_L1, &what.offsetBytes);
    in->read("url"_L1, &what.url);
    return what;
}

Happening readAttemptEnded(JsonReader *in)
{
    happening::AttemptEnded what;
    readEnum(in, "end"_L1, &what.end, parseAttemptEnd);
    readNumber(in, "bytesDone"_L1, &what.bytesDone);
    return what;
}

Happening readFailed(JsonReader *in)
{
    happening::Failed what;
    in->require("error"_L1);
    what.error = readError(in, "error"_L1).value_or(JobError());
    std::optional<qint64> nextTryMs;
    in->read("nextTryMs"_L1, &nextTryMs);
    if (nextTryMs) {
        what.nextTry = std::chrono::milliseconds(*nextTryMs);
    }
    return what;
}

/// The kinds of repairs are not known here, but what a name looks like is.
Happening readFixApplied(JsonReader *in)
{
    happening::FixApplied what;
    in->require("fix"_L1);
    in->read("fix"_L1, &what.fix);
    const bool isName = !what.fix.isEmpty() && what.fix.size() <= kMaxFixName &&
                        std::ranges::all_of(what.fix, [](QChar c) {
                            return (c >= u'A' && c <= u'Z') || (c >= u'a' && c <= u'z');
                        });
    if (!isName) {
        in->spoil();
    }
    return what;
}

Happening readDecided(JsonReader *in)
{
    happening::Decided what;
    readEnum(in, "command"_L1, &what.command, parseJobEvent);
    readEnum(in, "by"_L1, &what.by, parseDecider);
    return what;
}

Happening readCompleted(JsonReader *in)
{
    happening::Completed what;
    readNumber(in, "kept"_L1, &what.kept);
    readNumber(in, "partial"_L1, &what.partial);
    readNumber(in, "missing"_L1, &what.missing);
    what.obstacle = readError(in, "obstacle"_L1);
    return what;
}

struct Kind {
    const char *name;
    Happening (*read)(JsonReader *in);
};

// In the order of the variant.
constexpr std::array kKinds{
    Kind{"Added", readAdded},
    Kind{"StateChanged", readStateChanged},
    Kind{"AttemptStarted", readAttemptStarted},
    Kind{"AttemptEnded", readAttemptEnded},
    Kind{"Failed", readFailed},
    Kind{"FixApplied", readFixApplied},
    Kind{"Decided", readDecided},
    Kind{"Completed", readCompleted},
};
static_assert(kKinds.size() == std::variant_size_v<Happening>);

} // namespace

QJsonObject toJson(const TimelineEntry &entry)
{
    QJsonObject json = std::visit(Writer{}, entry.what);
    json.insert("time"_L1, isoTime(entry.time));
    json.insert("kind"_L1, QString::fromLatin1(name(entry.what)));
    json.insert("file"_L1, entry.fileIndex ? QJsonValue(*entry.fileIndex) : QJsonValue());
    return json;
}

std::optional<TimelineEntry> timelineEntryFromJson(const QJsonObject &json)
{
    JsonReader in(json);
    TimelineEntry entry;
    in.require("time"_L1);
    in.read("time"_L1, &entry.time);
    if (in.isPresent("file"_L1)) {
        int index = 0;
        in.read("file"_L1, &index, kMaxFilesPerJob - 1);
        entry.fileIndex = index;
    }
    const QString kind = json.value("kind"_L1).toString();
    const auto *row = std::ranges::find_if(
        kKinds, [&kind](const Kind &each) { return kind == QLatin1StringView(each.name); });
    if (row == kKinds.end()) {
        return std::nullopt;
    }
    entry.what = row->read(&in);
    return in.isGood() ? std::optional(entry) : std::nullopt;
}

} // namespace core
