// SPDX-License-Identifier: Apache-2.0
#include "tests/ui/dialogs/scripted_service.h"

#include <QMetaObject>

core::LinkReport ScriptedService::reportOn(const QString &typed)
{
    QUrl url(typed.trimmed());
    core::LinkReport report{.typed = typed, .url = {}, .suggestedName = {}, .problem = {}};
    if (url.scheme() != QStringLiteral("https") && url.scheme() != QStringLiteral("http")) {
        report.problem =
            QStringLiteral("This is not a web address. It must begin with http:// or https://.");
    } else if (url.host().isEmpty()) {
        report.problem = QStringLiteral("The address names no server.");
    } else {
        url.setUserInfo({});
        report.url = url;
        report.suggestedName = url.fileName();
    }
    return report;
}

void ScriptedService::post(core::AnyCall call)
{
    // The queue is asked for by functors that can be copied; a call cannot.
    auto shared = std::make_shared<core::AnyCall>(std::move(call));
    QMetaObject::invokeMethod(
        this,
        [this, shared] { std::visit([this](auto &one) { answer(std::move(one)); }, *shared); },
        Qt::QueuedConnection);
}

void ScriptedService::answer(core::Call<core::message::Inspect> call)
{
    QList<core::LinkReport> reports;
    for (const QString &typed : call.request.links) {
        reports.append(reportOn(typed));
        ++inspected;
    }
    call.reply.answer(reports);
}

void ScriptedService::answer(core::Call<core::message::Volumes> call)
{
    const QString folder = call.request.folder;
    call.reply.answer(
        folders.value(folder, {.folder = folder, .freeBytes = 42'700'000'000, .problem = {}}));
}

void ScriptedService::answer(core::Call<core::message::GetSettings> call)
{
    call.reply.answer(settings);
}

void ScriptedService::answer(core::Call<core::message::Files> call)
{
    core::FilePage page{.total = int(files.size()), .files = {}};
    page.files = files.mid(call.request.first, call.request.count);
    call.reply.answer(page);
}
