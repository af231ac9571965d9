// SPDX-License-Identifier: Apache-2.0
#include "tests/integration/kill_scenes.h"

#include "tests/support/require.h"

#include <QFile>

#include <memory>

using namespace core;
using namespace Qt::StringLiterals;

namespace scene {

namespace {

constexpr qint64 kHalf = kSceneSize / 2;
/// The second half of a file that drips, so that there is always more to come.
constexpr int kDrops = 2'000;
constexpr qint64 kDropBytes = 1'000;

QByteArray gate(int drop)
{
    return "drop" + QByteArray::number(drop);
}

/// The next drop may fall.
void letDrip(HttpServer *server)
{
    for (int drop = 0; drop < kDrops; ++drop) {
        if (server->isWaitingAt(gate(drop))) {
            server->release(gate(drop));
            return;
        }
    }
}

/// Half of the file comes; then this is done, and the connection ends.
void cutInTheMiddle(HttpServer *server, const std::function<void()> &then)
{
    server->serve("/file", version(1));
    server->after("/file", kHalf, {step::Do{then}, step::Close{}});
}

} // namespace

Resource version(quint64 seed)
{
    return {.body = Body::pattern(seed, kSceneSize), .etag = '"' + QByteArray::number(seed) + '"'};
}

Scene connecting()
{
    return {.arrange =
                [](HttpServer *server, const QString & /*folder*/) {
                    server->serve("/file", version(1));
                    server->next("/file", {step::WaitFor{"head"}, step::Serve{}});
                },
            .killedIn = JobState::Connecting};
}

Scene connectingAgain()
{
    return {.options = {u"--min-retry-delay"_s, u"0.05"_s},
            .arrange =
                [](HttpServer *server, const QString & /*folder*/) {
                    cutInTheMiddle(server, [server] {
                        server->next("/file", {step::WaitFor{"head"}, step::Serve{}});
                    });
                },
            .killedIn = JobState::Connecting,
            .cause = Cause::ConnectionLost,
            .hasBytes = true};
}

Scene transferring()
{
    return {.arrange =
                [](HttpServer *server, const QString & /*folder*/) {
                    server->serve("/file", version(1));
                    for (int drop = 0; drop < kDrops; ++drop) {
                        server->holdAfter("/file", kHalf + drop * kDropBytes, gate(drop));
                    }
                },
            .killedIn = JobState::Transferring,
            .hasBytes = true,
            .goOn = letDrip,
            .mend =
                [](HttpServer *server) {
                    for (int drop = 0; drop < kDrops; ++drop) {
                        server->release(gate(drop));
                    }
                }};
}

Scene busy()
{
    return {.arrange =
                [](HttpServer *server, const QString & /*folder*/) {
                    server->serve("/file", version(1));
                    server->nextStatus("/file", 503, {{"Retry-After", "600"}});
                },
            .killedIn = JobState::TransientError,
            .restsIn = JobState::TransientError,
            .cause = Cause::ServerBusy};
}

Scene cutOff()
{
    return {.options = {u"--min-retry-delay"_s, u"600"_s, u"--no-progress-timeout"_s, u"9000"_s},
            .arrange = [](HttpServer *server,
                          const QString & /*folder*/) { cutInTheMiddle(server, [] {}); },
            .killedIn = JobState::TransientError,
            .restsIn = JobState::TransientError,
            .cause = Cause::ConnectionLost,
            .hasBytes = true};
}

Scene notFound()
{
    return {.arrange = [](HttpServer *server,
                          const QString & /*folder*/) { server->refuse("/file", 404); },
            .killedIn = JobState::Error,
            .restsIn = JobState::Error,
            .cause = Cause::NotFound,
            .mend = [](HttpServer *server) { server->serve("/file", version(1)); }};
}

Scene changed()
{
    return {.options = {u"--min-retry-delay"_s, u"0.05"_s},
            .arrange =
                [](HttpServer *server, const QString & /*folder*/) {
                    cutInTheMiddle(server, [server] { server->serve("/file", version(2)); });
                },
            .killedIn = JobState::Error,
            .restsIn = JobState::Error,
            .cause = Cause::RemoteChanged,
            .hasBytes = true,
            .fixes = {u"--restart"_s},
            .seed = 2};
}

/// Somebody takes the name while the file is fetched; before, it would be asked about at once.
Scene taken()
{
    const auto place = std::make_shared<QString>();
    return {.arrange =
                [place](HttpServer *server, const QString &folder) {
                    *place = folder + u"/file"_s;
                    server->serve("/file", version(1));
                    server->holdAfter("/file", 1, "name");
                },
            .killedIn = JobState::Transferred,
            .restsIn = JobState::Transferred,
            .cause = Cause::NameExists,
            .hasBytes = true,
            .goOn =
                [place](HttpServer *server) {
                    QFile file(*place);
                    if (QFile::exists(*place + u".part"_s) && !file.exists()) {
                        require(file.open(QIODevice::WriteOnly), file.fileName());
                        server->release("name");
                    }
                },
            .fixes = {u"--existing"_s, u"keep-both"_s},
            .name = u"file (1)"_s};
}

} // namespace scene
