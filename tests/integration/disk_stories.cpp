// SPDX-License-Identifier: Apache-2.0
#include "tests/integration/disk_stories.h"

#include "tests/integration/bhop_run.h"
#include "tests/support/packed.h"
#include "tests/support/require.h"

#include <QDir>

using namespace core;
using namespace Qt::StringLiterals;

namespace {

QByteArray pathOfFile(int file)
{
    return "/file" + QByteArray::number(file);
}

Resource fileOfSeed(quint64 seed)
{
    return {.body = Body::pattern(seed, kStoryFileBytes),
            .etag = '"' + QByteArray::number(seed) + '"'};
}

QHash<QString, quint64> filesUpTo(int count)
{
    QHash<QString, quint64> files;
    for (int file = 1; file <= count; ++file) {
        files.insert(QString::fromLatin1(pathOfFile(file).sliced(1)), quint64(file));
    }
    return files;
}

void serveUpTo(StoryPlace *place, int count)
{
    for (int file = 1; file <= count; ++file) {
        place->server.serve(pathOfFile(file), fileOfSeed(quint64(file)));
    }
}

/// Half of the file is fetched, then the server has it no more, for a while.
void haveHalf(StoryPlace *place)
{
    serveUpTo(place, 1);
    place->server.failAfter(pathOfFile(1), kStoryFileBytes / 2, 404);
    require(place->run(place->get(1)) == 4, u"the first half does not end as it should"_s);
    serveUpTo(place, 1);
}

/// The file comes compressed, half of it is here, and it is to be unpacked in the end.
void haveHalfOfPacked(StoryPlace *place)
{
    Resource coded = fileOfSeed(1);
    coded.body = packed::gzip(patternBytes(1, 0, kStoryFileBytes));
    coded.headers = {{"Content-Encoding", "gzip"}};
    place->server.serve(pathOfFile(1), coded);
    require(place->run(place->get(1)) == 4, u"the coding is not noticed"_s);
    place->server.failAfter(pathOfFile(1), kStoryFileBytes / 2, 404);
    require(place->run({u"resume"_s, u"1"_s, u"--unpack"_s}) == 4, u"no half of it came"_s);
    place->server.serve(pathOfFile(1), coded);
}

/// Three are whole, one is half there, of one there is nothing.
void haveThreeOfFive(StoryPlace *place)
{
    serveUpTo(place, 4);
    place->server.failAfter(pathOfFile(4), kStoryFileBytes / 2, 404);
    place->server.refuse(pathOfFile(5), 404);
    require(place->run(place->get(5)) == 4, u"the five files do not end as they should"_s);
}

void haveOldVersion(StoryPlace *place)
{
    serveUpTo(place, 1);
    place->server.after(
        pathOfFile(1), kStoryFileBytes / 2,
        {step::Do{[place] { place->server.serve(pathOfFile(1), fileOfSeed(2)); }}, step::Close{}});
    require(place->run(place->get(1)) == 7, u"the change is not noticed"_s);
}

void haveOldFile(StoryPlace *place)
{
    serveUpTo(place, 1);
    QFile old(place->folder() + u"/file1"_s);
    require(old.open(QIODevice::WriteOnly) && old.write(patternBytes(9, 0, kStoryFileBytes)) > 0,
            old.fileName());
}

/// The file is whole, but another one has its name, for a while.
void haveNoName(StoryPlace *place)
{
    haveOldFile(place);
    require(place->run(place->get(1)) == 8, u"the name is not taken"_s);
    require(QFile::remove(place->folder() + u"/file1"_s), u"the other file stays"_s);
}

QStringList resumeIt(const StoryPlace & /*place*/, const QJsonObject & /*job*/)
{
    return {u"resume"_s, u"1"_s};
}

DiskStory fourFiles()
{
    return {.name = "four files and a reset",
            .arrange =
                [](StoryPlace *place) {
                    serveUpTo(place, 4);
                    place->server.after(pathOfFile(2), kStoryFileBytes / 2, {step::Reset{}});
                },
            .act = [](const StoryPlace &place) { return place.get(4); },
            .goOn = resumeIt,
            .files = filesUpTo(4)};
}

/// A job that waits for its only file, half of it or all, to get into another folder.
DiskStory otherFolder(const char *name, void (*arrange)(StoryPlace *))
{
    const auto act = [](const StoryPlace &place) {
        return QStringList{u"resume"_s, u"1"_s, u"-d"_s, place.other()};
    };
    return {.name = name,
            .arrange = arrange,
            .act = act,
            .goOn =
                [act](const StoryPlace &place, const QJsonObject &job) {
                    const bool isThere = job["folder"_L1].toString() == place.other();
                    return isThere ? resumeIt(place, job) : act(place);
                },
            .files = filesUpTo(1),
            .isInOther = true};
}

DiskStory restart()
{
    return {.name = "restart",
            .arrange = haveOldVersion,
            .act =
                [](const StoryPlace & /*place*/) {
                    return QStringList{u"resume"_s, u"1"_s, u"--restart"_s};
                },
            .goOn =
                [](const StoryPlace &place, const QJsonObject &job) {
                    const bool isOld = job["error"_L1]["cause"_L1].toString() == u"RemoteChanged";
                    return resumeIt(place, job) +
                           (isOld ? QStringList{u"--restart"_s} : QStringList());
                },
            .files = {{u"file1"_s, 2}},
            .startsOver = true};
}

/// One command, given again until it has worked.
DiskStory endedBy(const char *name, const QString &command, JobState end,
                  const QHash<QString, quint64> &files)
{
    const QStringList whole{command, u"1"_s};
    return {.name = name,
            .arrange = haveThreeOfFive,
            .act = [whole](const StoryPlace & /*place*/) { return whole; },
            .goOn = [whole](const StoryPlace & /*place*/,
                            const QJsonObject & /*job*/) { return whole; },
            .end = end,
            .files = files};
}

DiskStory unpack()
{
    return {.name = "unpack",
            .arrange = haveHalfOfPacked,
            .act = [](const StoryPlace &place) { return resumeIt(place, {}); },
            .goOn = resumeIt,
            .files = filesUpTo(1)};
}

DiskStory replace()
{
    return {.name = "replace",
            .arrange = haveOldFile,
            .act =
                [](const StoryPlace &place) {
                    return place.get(1) + QStringList{u"--existing"_s, u"replace"_s};
                },
            .goOn = resumeIt,
            .files = filesUpTo(1),
            .replaced = 9};
}

} // namespace

StoryPlace::StoryPlace(const QString &otherDisk)
    : m_other((otherDisk.isEmpty() ? QDir::tempPath() : otherDisk) + u"/other-XXXXXX"_s)
{
    require(m_state.isValid() && m_folder.isValid() && m_other.isValid(), m_other.errorString());
}

QStringList StoryPlace::get(int count) const
{
    QStringList arguments{u"get"_s, u"-d"_s, folder(), u"--min-retry-delay"_s, u"0.02"_s};
    for (int file = 1; file <= count; ++file) {
        arguments.append(server.url(QString::fromLatin1(pathOfFile(file))).toString());
    }
    return arguments;
}

QStringList StoryPlace::whole(const QStringList &arguments) const
{
    return arguments + QStringList{u"--in-process"_s, u"--json"_s, u"--state-dir"_s, state()};
}

int StoryPlace::run(const QStringList &arguments) const
{
    return BhopRun(whole(arguments)).exitCode();
}

std::optional<QList<QJsonObject>> StoryPlace::jobs() const
{
    BhopRun list(whole({u"list"_s}));
    return list.exitCode() == 0 ? std::optional(list.lines()) : std::nullopt;
}

const QList<DiskStory> &diskStories()
{
    static const QList<DiskStory> stories{
        fourFiles(),
        otherFolder("another folder", haveHalf),
        otherFolder("another folder for a whole file", haveNoName),
        restart(),
        unpack(),
        endedBy("complete", u"complete"_s, JobState::Acknowledged, filesUpTo(3)),
        endedBy("cancel", u"cancel"_s, JobState::Cancelled, {}),
        replace(),
    };
    return stories;
}
