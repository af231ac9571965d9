// SPDX-License-Identifier: Apache-2.0
#include "tests/ui/dialogs/dialog_script.h"

#include "tests/support/fake_job_service.h"

#include <algorithm>

using namespace core;

LinkReport reportOnLink(const QString &typed)
{
    QUrl url(typed.trimmed());
    LinkReport report{.typed = typed, .url = {}, .suggestedName = {}, .problem = {}};
    if (typed.startsWith(QStringLiteral("example.org/"))) {
        url = QUrl(QStringLiteral("https://") + typed);
        report.isSchemeGuessed = true;
    }
    if (url.scheme() != QStringLiteral("https") && url.scheme() != QStringLiteral("http")) {
        report.problem = LinkRefusal::NotHttp;
    } else if (url.host().isEmpty()) {
        report.problem = LinkRefusal::NoHost;
    } else {
        url.setUserInfo({});
        report.url = url;
        report.suggestedName = url.fileName();
    }
    return report;
}

void answerFrom(const DialogScript *script, FakeJobService *service)
{
    service->answerWith<message::InspectLinks>([](const message::InspectLinks::Request &asked) {
        QList<LinkReport> reports;
        for (const QString &typed : asked.links) {
            reports.append(reportOnLink(typed));
        }
        return reports;
    });
    service->answerWith<message::InspectFolder>([script](
                                                    const message::InspectFolder::Request &asked) {
        const FolderReport fine{.folder = asked.folder, .freeBytes = 42'700'000'000, .problem = {}};
        return script->folders.value(asked.folder, fine);
    });
    service->answerWith<message::InspectSource>(
        [script](const message::InspectSource::Request &asked) {
            const SourceReport fine{.path = asked.path, .sizeBytes = 4'200'000'000, .problem = {}};
            return script->sources.value(asked.path, fine);
        });
    service->answerWith<message::Check>([script](const message::Check::Request &asked) {
        CheckReport report = script->check;
        report.job = asked.job;
        return report;
    });
    service->answerWith<message::Keyring>(
        [script](const message::Keyring::Request &) { return script->keyring; });
    service->answerWith<message::GetSettings>(
        [script](const message::GetSettings::Request &) { return script->settings; });
    service->answerWith<message::FindParts>([script](const message::FindParts::Request &asked) {
        QList<LonePart> found = script->parts;
        found.removeIf(
            [&asked](const LonePart &part) { return !part.path.startsWith(asked.folder); });
        return found;
    });
    service->answerWith<message::Files>([script](const message::Files::Request &asked) {
        QList<FileSnapshot> files = script->files;
        files.removeIf(
            [&asked](const FileSnapshot &file) { return asked.only && file.state != *asked.only; });
        return FilePage{.total = int(files.size()), .files = files.mid(asked.first, asked.count)};
    });
}

bool onlyAsked(const FakeJobService &service)
{
    static const QStringList kQuestions{QLatin1StringView(message::InspectLinks::kName),
                                        QLatin1StringView(message::InspectFolder::kName),
                                        QLatin1StringView(message::InspectSource::kName),
                                        QLatin1StringView(message::FindParts::kName),
                                        QLatin1StringView(message::Check::kName),
                                        QLatin1StringView(message::Keyring::kName),
                                        QLatin1StringView(message::GetSettings::kName),
                                        QLatin1StringView(message::Files::kName)};
    return std::ranges::all_of(service.log(),
                               [](const QString &name) { return kQuestions.contains(name); });
}
