// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/job/job_snapshot.h"
#include "core/job/json.h"
#include "core/job/refusal.h"
#include "core/job/settings.h"

/// The values of this room and their JSON. The names are those of the store and of `bhop --json`.
namespace core {

namespace json {

template <>
struct Codec<JobId> {
    static QJsonValue write(JobId id, JsonForm form)
    {
        return Codec<qint64>::write(id.value, form);
    }
    static Wrong read(const QJsonValue &json, JobId *out, Reading in)
    {
        return Codec<qint64>::read(json, &out->value, in);
    }
};

/// "sha256:…"
template <>
struct Codec<ExpectedHash> {
    static QJsonValue write(const ExpectedHash &hash, JsonForm /*form*/) { return text(hash); }
    static Wrong read(const QJsonValue &json, ExpectedHash *out, Reading in);
};

} // namespace json

namespace fields {

inline constexpr qint64 kMaxHttpStatus = 999;
inline constexpr qint64 kMaxAttempts = 1'000'000'000;
inline constexpr FieldRule kFileIndex{.max = kMaxFilesPerJob - 1};
inline constexpr FieldRule kFileCount{.max = kMaxFilesPerJob};

/// As parseFingerprint() makes them: what is stored may have been changed by somebody else.
[[nodiscard]] bool isFingerprint(const QByteArray &sha256Hex);
/// The kinds of repairs are not known here, but what a name looks like is.
[[nodiscard]] bool looksLikeName(const QString &text);

} // namespace fields

template <>
struct Fields<FileId> {
    static constexpr std::tuple table{
        Field{"job", &FileId::job},
        Field{"file", &FileId::index, fields::kFileIndex},
    };
};

template <>
struct Fields<HeaderField> {
    static constexpr std::tuple table{
        Field{"name", &HeaderField::first, kRequired},
        Field{"value", &HeaderField::second, kRequired},
    };
};

template <>
struct Fields<SeenCertificate> {
    static constexpr std::tuple table{
        Field{"sha256", &SeenCertificate::sha256Hex, kRequired, fields::isFingerprint},
        Field{"subject", &SeenCertificate::subject},
        Field{"issuer", &SeenCertificate::issuer},
        Field{"names", &SeenCertificate::names},
        Field{"notBefore", &SeenCertificate::notBefore},
        Field{"notAfter", &SeenCertificate::notAfter},
    };
};

template <>
struct Fields<TrustedCertificate> {
    static constexpr std::tuple table{
        Field{"host", &TrustedCertificate::host, kRequired},
        Field{"port", &TrustedCertificate::port, {.isRequired = true, .max = kMaxPort}},
        Field{"sha256", &TrustedCertificate::sha256Hex, kRequired, fields::isFingerprint},
        Field{"trustedAt", &TrustedCertificate::trustedAt},
    };
};

template <>
struct Fields<Evidence> {
    static constexpr std::tuple table{
        Field{"redirects", &Evidence::redirects}, Field{"headers", &Evidence::headers},
        Field{"attempt", &Evidence::attempt},     Field{"offsetBytes", &Evidence::offsetBytes},
        Field{"detail", &Evidence::detail},       Field{"osError", &Evidence::osError},
    };
};

template <>
struct Fields<JobError> {
    static constexpr std::tuple table{
        Field{"cause", &JobError::cause, kRequired},
        Derived<JobError, ErrorContext>{"context", contextOf},
        Field{"step", &JobError::step, kRequired},
        Field{"type", &JobError::type},
        Field{"file", &JobError::fileIndex, fields::kFileIndex},
        Field{"url", &JobError::url},
        Field{"localPath", &JobError::localPath},
        Field{"device", &JobError::device},
        Field{"httpStatus", &JobError::httpStatus, {.max = fields::kMaxHttpStatus}},
        Field{"fileBytesDone", &JobError::fileBytesDone},
        Field{"fileBytesTotal", &JobError::fileBytesTotal},
        Field{"fileBytesAside", &JobError::fileBytesAside},
        Field{"wholeAside", &JobError::isWholeAside},
        Field{"bytesSent", &JobError::bytesSent},
        Field{"jobBytesDone", &JobError::jobBytesDone},
        Field{"jobFilesDone", &JobError::jobFilesDone, fields::kFileCount},
        Field{"jobFilesTotal", &JobError::jobFilesTotal, fields::kFileCount},
        Field{"bytesMissing", &JobError::bytesMissing},
        Field{"retryAfterMs", &JobError::retryAfter},
        Field{"certificate", &JobError::certificate},
        Field{"pageTitle", &JobError::pageTitle},
        Field{"serverWords", &JobError::serverWords},
        Field{"proxy", &JobError::proxy},
        Field{"signIn", &JobError::signIn},
        Field{"reason", &JobError::reason},
        Field{"similarHost", &JobError::similarHost},
        Field{"otherScheme", &JobError::otherScheme},
        Field{"triedInVain", &JobError::triedInVain},
        Field{"wantedHash", &JobError::wantedHash},
        Field{"foundHash", &JobError::foundHash},
        Field{"time", &JobError::time},
        Field{"serverTime", &JobError::serverTime},
        Field{"evidence", &JobError::evidence},
    };
};

template <>
struct Fields<Login> {
    static constexpr std::tuple table{Field{"user", &Login::user},
                                      Field{"password", &Login::password}};
};

template <>
struct Fields<LoginElsewhere> {
    static constexpr std::tuple table{
        Field{"origin", &LoginElsewhere::origin},
        Field{"login", &LoginElsewhere::login, kSecret},
    };
};

template <>
struct Fields<ClientEnvironment> {
    static constexpr std::tuple table{
        Field{"httpProxy", &ClientEnvironment::httpProxy},
        Field{"httpsProxy", &ClientEnvironment::httpsProxy},
        Field{"allProxy", &ClientEnvironment::allProxy},
        Field{"noProxy", &ClientEnvironment::noProxy},
        Field{"umask", &ClientEnvironment::umask},
    };
};

template <>
struct Fields<JobOptions> {
    static constexpr std::tuple table{
        Field{"existing", &JobOptions::existing},
        Field{"complete", &JobOptions::complete},
        Field{"firstError", &JobOptions::firstError},
        Field{"missingFolder", &JobOptions::missingFolder},
        Field{"minRetryDelayMs", &JobOptions::minRetryDelay},
        Field{"noProgressTimeoutMs", &JobOptions::noProgressTimeout},
        Field{"limitBytesPerSecond", &JobOptions::limitBytesPerSecond},
        Field{"place", &JobOptions::place},
        Field{"connections", &JobOptions::connections},
        Field{"headers", &JobOptions::headers},
        Field{"login", &JobOptions::login, kSecret},
        Field{"otherLogins", &JobOptions::otherLogins, kSecret},
        Field{"keepSecrets", &JobOptions::keepSecrets},
        Field{"proxy", &JobOptions::proxy},
        Field{"caFile", &JobOptions::caFile},
        Field{"trusted", &JobOptions::trusted},
        Field{"insecureRedirect", &JobOptions::insecureRedirect},
        Field{"protocol", &JobOptions::protocol},
        Field{"notifyCommand", &JobOptions::notifyCommand},
        Field{"environment", &JobOptions::environment, kSecret},
    };
};

template <>
struct Fields<FileSpec> {
    static constexpr std::tuple table{
        Field{"url", &FileSpec::url},
        Field{"name", &FileSpec::name},
        Field{"hash", &FileSpec::hash},
    };
};

template <>
struct Fields<JobSpec> {
    static constexpr std::tuple table{
        Field{"type", &JobSpec::type},         Field{"name", &JobSpec::name},
        Field{"priority", &JobSpec::priority}, Field{"folder", &JobSpec::folder},
        Field{"files", &JobSpec::files},       Field{"options", &JobSpec::options},
    };
};

template <>
struct Fields<Due> {
    static constexpr std::tuple table{Field{"at", &Due::at}, Field{"delayMs", &Due::delay}};
};

template <>
struct Fields<Progress> {
    static constexpr std::tuple table{
        Field{"bytesDone", &Progress::bytesDone},
        Field{"bytesUnconfirmed", &Progress::bytesUnconfirmed},
        Field{"bytesTotal", &Progress::bytesTotal},
        Field{"filesDone", &Progress::filesDone},
        Field{"filesTotal", &Progress::filesTotal},
        Field{"filesFailed", &Progress::filesFailed},
        Field{"filesCounted", &Progress::filesCounted},
    };
};

template <>
struct Fields<CompleteEffect> {
    static constexpr std::tuple table{
        Field{"filesKept", &CompleteEffect::filesKept},
        Field{"bytesKept", &CompleteEffect::bytesKept},
        Field{"filesPartial", &CompleteEffect::filesPartial},
        Field{"bytesPartial", &CompleteEffect::bytesPartial},
        Field{"bytesAside", &CompleteEffect::bytesAside},
        Field{"filesMissing", &CompleteEffect::filesMissing},
    };
};

template <>
struct Fields<JobSnapshot> {
    static constexpr std::tuple table{
        Field{"id", &JobSnapshot::id},
        Field{"type", &JobSnapshot::type},
        Field{"state", &JobSnapshot::state},
        Field{"name", &JobSnapshot::name},
        Field{"priority", &JobSnapshot::priority},
        Field{"queuePlace", &JobSnapshot::queuePlace},
        Field{"folder", &JobSnapshot::folder},
        Field{"url", &JobSnapshot::firstUrl},
        Field{"page", &JobSnapshot::pageUrl},
        Field{"progress", &JobSnapshot::progress},
        Field{"completeEffect", &JobSnapshot::completeEffect},
        Field{"bytesOnCancel", &JobSnapshot::bytesOnCancel},
        Field{"currentFile", &JobSnapshot::currentFile},
        Field{"bytesPerSecond", &JobSnapshot::bytesPerSecond},
        Field{"remainingSeconds", &JobSnapshot::remaining},
        Field{"limitBytesPerSecond", &JobSnapshot::limitBytesPerSecond},
        Field{"connections", &JobSnapshot::connections},
        Field{"connectionsWanted", &JobSnapshot::connectionsWanted},
        Field{"connectionsBorne", &JobSnapshot::connectionsBorne},
        Field{"percentCompared", &JobSnapshot::percentCompared},
        Field{"due", &JobSnapshot::due},
        Field{"troubleSince", &JobSnapshot::troubleSince},
        Field{"error", &JobSnapshot::error},
        Field{"obstacle", &JobSnapshot::obstacle},
        Field{"complete", &JobSnapshot::complete},
        Field{"notifyCommand", &JobSnapshot::notifyCommand},
        Field{"keepSecrets", &JobSnapshot::keepSecrets},
        Field{"errorCount", &JobSnapshot::errorCount},
        Field{"createdAt", &JobSnapshot::createdAt},
        Field{"modifiedAt", &JobSnapshot::modifiedAt},
        Field{"transferredAt", &JobSnapshot::transferredAt},
    };
};

template <>
struct Fields<FileSnapshot> {
    static constexpr std::tuple table{
        Flat{&FileSnapshot::id},
        Field{"state", &FileSnapshot::state},
        Field{"priority", &FileSnapshot::priority},
        Field{"url", &FileSnapshot::url},
        Field{"name", &FileSnapshot::name},
        Field{"path", &FileSnapshot::path},
        Field{"bytesDone", &FileSnapshot::bytesDone},
        Field{"sizeBytes", &FileSnapshot::sizeBytes},
        Field{"due", &FileSnapshot::due},
        Field{"error", &FileSnapshot::error},
        Field{"sizeSource", &FileSnapshot::sizeSource},
    };
};

template <>
struct Fields<ManifestEntry> {
    static constexpr std::tuple table{
        Field{"file", &ManifestEntry::fileIndex, fields::kFileIndex},
        Field{"name", &ManifestEntry::name},
        Field{"path", &ManifestEntry::path},
        Field{"bytes", &ManifestEntry::bytes},
        Field{"sizeBytes", &ManifestEntry::sizeBytes},
        Field{"sizeSource", &ManifestEntry::sizeSource},
    };
};

template <>
struct Fields<Manifest> {
    static constexpr std::tuple table{
        Field{"kept", &Manifest::kept},
        Field{"partial", &Manifest::partial},
        Field{"missing", &Manifest::missing},
        Field{"skipped", &Manifest::skipped},
    };
};

template <>
struct Fields<Completion> {
    static constexpr std::tuple table{
        Field{"job", &Completion::job},
        Field{"manifest", &Completion::manifest},
        Field{"obstacle", &Completion::obstacle},
    };
};

template <>
struct Fields<Refusal> {
    static constexpr std::tuple table{
        Field{"kind", &Refusal::kind},       Field{"job", &Refusal::job},
        Field{"state", &Refusal::state},     Field{"event", &Refusal::event},
        Field{"subject", &Refusal::subject},
    };
};

template <>
struct Fields<SetOutcome> {
    static constexpr std::tuple table{
        Field{"done", &SetOutcome::done},
        Field{"refused", &SetOutcome::refused},
    };
};

template <>
struct Fields<Settings> {
    static constexpr std::tuple table{
        Field{"downloadFolder", &Settings::downloadFolder},
        Field{"jobsAtOnce", &Settings::jobsAtOnce},
        Field{"filesAtOnce", &Settings::filesAtOnce},
        Field{"connectionsPerHost", &Settings::connectionsPerHost},
        Field{"waitOnMetered", &Settings::waitOnMetered},
        Field{"keepAwake", &Settings::keepAwake},
        Field{"goOnAfterLogout", &Settings::goOnAfterLogout},
        Field{"limitBytesPerSecond", &Settings::limitBytesPerSecond},
    };
};

} // namespace core
