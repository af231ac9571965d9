// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "tests/support/engine_rig.h"
#include "tests/support/pattern_bytes.h"
#include "tests/support/turn_until.h"

#include <QLibraryInfo>
#include <QMetaEnum>
#include <QNetworkAccessManager>
#include <QNetworkReply>
#include <QVersionNumber>

#include <functional>

/// The same answer of a server, told to QNetworkAccessManager as it comes and to the whole engine:
/// what the one says, and that the other is not fooled by it.
///
/// What else Qt 6.4 was seen to do is of no matter to downloads, and has no test here:
///
///     an early 413 to a large PUT is lost with its connection      only of uploads
///     QLocalServer::listen("name") makes a socket for everybody    nothing listens here
///     a QLabel that takes text for HTML reads files, and hangs     of the window: it shows plain
///         on a pipe                                                text, and its tests say so
///     QXmlStreamReader takes a DOCTYPE                             no XML is read
namespace said {

inline constexpr qint64 kFileBytes = 1000;
inline constexpr auto kPath = "/film.bin";
/// Opened as soon as the client has bytes of the body: a script waits here before it breaks off.
inline constexpr auto kSeen = "seen";

/// The file that every answer is about.
inline QByteArray file()
{
    return patternBytes(1, 0, kFileBytes);
}

inline QUrl url(const HttpServer &server)
{
    return server.url(QString::fromLatin1(kPath));
}

/// What is said otherwise since Qt 6.8, and what was said before.
template <typename T>
[[nodiscard]] T since68(T now, T before)
{
    return QLibraryInfo::version() >= QVersionNumber(6, 8) ? now : before;
}

/// What a reply of Qt's came to, in one line, "NoError 200, 5 bytes", and the bytes.
struct Answered {
    QByteArray line;
    QByteArray body;
};

inline Answered byQt(
    QNetworkReply *reply, const std::function<void()> &onBytes = [] {})
{
    Answered answered{.line = "does not finish", .body = {}};
    QObject::connect(reply, &QNetworkReply::readyRead, reply, [&] {
        answered.body += reply->readAll();
        if (!answered.body.isEmpty()) {
            onBytes();
        }
    });
    if (!QTest::qWaitFor([reply] { return reply->isFinished(); }, 10'000)) {
        reply->disconnect();
        return answered;
    }
    answered.body += reply->isOpen() ? reply->readAll() : QByteArray();
    const auto errors = QMetaEnum::fromType<QNetworkReply::NetworkError>();
    const auto status = reply->attribute(QNetworkRequest::HttpStatusCodeAttribute);
    answered.line = QByteArray(errors.valueToKey(reply->error())) + ' ' +
                    QByteArray::number(status.toInt()) + ", " +
                    QByteArray::number(answered.body.size()) + " bytes";
    return answered;
}

/// The same of a request that shares its manager with others.
inline Answered byQt(QNetworkAccessManager *manager, const QNetworkRequest &request)
{
    const std::unique_ptr<QNetworkReply> reply(manager->get(request));
    return byQt(reply.get());
}

/// What bare Qt says of a server that may wait until bytes were seen.
inline QByteArray byQt(HttpServer *server, const QNetworkRequest &request)
{
    QNetworkAccessManager manager;
    const std::unique_ptr<QNetworkReply> reply(manager.get(request));
    return byQt(reply.get(), [server] { server->release(kSeen); }).line;
}

inline QByteArray byQt(HttpServer *server)
{
    return byQt(server, QNetworkRequest(url(*server)));
}

/// What Bellhop comes to, and what then is in the folder.
struct Outcome {
    /// "whole", "counted" where nobody has said the size, the cause of the error, or the state it
    /// is stuck in.
    QByteArray word;
    QStringList listing;
    QByteArray bytes; ///< of the only file there is
};

/// Downloads with every error final. Whatever was wrong is in the word or in the folder.
inline Outcome byBellhop(HttpServer *server, core::JobOptions options = {})
{
    EngineRig rig;
    core::JobSpec spec = rig.spec({url(*server)});
    spec.options = std::move(options);
    spec.options.noProgressTimeout = std::chrono::milliseconds(0);
    const core::JobId id = rig.download(spec);
    core::JobSnapshot job;
    const auto ends = [&] {
        job = rig.job(id);
        if (job.progress.bytesDone > 0) {
            server->release(kSeen);
        }
        return job.state == core::JobState::Acknowledged || job.state == core::JobState::Error;
    };
    std::ignore = turnUntil(ends, std::chrono::seconds(10));
    Outcome outcome{.word = core::name(job.state), .listing = rig.listing(), .bytes = {}};
    if (job.state == core::JobState::Acknowledged) {
        outcome.word = job.progress.filesCounted > 0 ? "counted" : "whole";
    } else if (job.error) {
        outcome.word = core::name(job.error->cause);
    }
    outcome.bytes = rig.content(outcome.listing.value(0));
    return outcome;
}

/// A whole file is right to the byte and alone under its name; of an unfinished one there is at
/// most a part, and only bytes of the file are in it.
inline void verifyFolder(const Outcome &outcome)
{
    if (outcome.word == "whole") {
        QCOMPARE(outcome.bytes, file());
    }
    if (outcome.word == "whole" || outcome.word == "counted") {
        QCOMPARE(outcome.listing, QStringList{QStringLiteral("film.bin")});
        QVERIFY(file().startsWith(outcome.bytes));
        return;
    }
    if (!outcome.listing.isEmpty()) {
        QCOMPARE(outcome.listing, QStringList{QStringLiteral("film.bin.part")});
    }
    QVERIFY(file().startsWith(outcome.bytes));
}

/// Tells both of the answer, each from a server of its own.
inline void compare(const Script &answer, const QByteArray &qtSays, const QByteArray &bellhopSays,
                    qint64 bytesKept)
{
    HttpServer forQt;
    forQt.script(kPath, answer);
    QCOMPARE(byQt(&forQt), qtSays);
    HttpServer forBellhop;
    forBellhop.script(kPath, answer);
    const Outcome outcome = byBellhop(&forBellhop);
    QCOMPARE(outcome.word, bellhopSays);
    verifyFolder(outcome);
    QCOMPARE(outcome.bytes.size(), bytesKept);
}

} // namespace said
