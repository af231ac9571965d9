// SPDX-License-Identifier: Apache-2.0
#include "app/cli/open_service.h"

#include "core/keyring/desktop_keyring.h"
#include "core/remote/desktop_session.h"
#include "core/remote/engine_process.h"
#include "core/remote/socket_service.h"
#include "core/service/in_process_service.h"

#include <QCoreApplication>
#include <QFileInfo>
#include <QProcess>

namespace cli {

namespace {

constexpr auto kNoGlib = "QT_NO_GLIB";

/// Whether the command stays with its jobs until they come to an end.
bool follows(const Request &request)
{
    const NewJobRequest *made = std::get_if<GetRequest>(&request);
    if (made == nullptr) {
        made = std::get_if<PutRequest>(&request);
    }
    return (made != nullptr && !made->detach) || std::holds_alternative<ResumeRequest>(request);
}

} // namespace

std::unique_ptr<core::JobService> openService(const Invocation &invocation, core::Log *log,
                                              core::Keyring *keyring)
{
    if (invocation.inProcess) {
        return std::make_unique<core::InProcessService>(
            core::EngineConfig{.stateFolder = invocation.stateFolder,
                               .run = follows(invocation.request) ? core::RunPolicy::OnlyCommanded
                                                                  : core::RunPolicy::Nothing,
                               .log = log,
                               .keyring = keyring});
    }
    return std::make_unique<core::SocketService>(
        core::SocketService::Config{.stateFolder = invocation.stateFolder,
                                    .engineProgram = QCoreApplication::applicationFilePath(),
                                    .program = QStringLiteral("bhop " BELLHOP_VERSION),
                                    .handlesAttention = follows(invocation.request)});
}

std::unique_ptr<core::Keyring> makeKeyring()
{
    const QByteArray loop = qgetenv(kNoGlib);
    qunsetenv(kNoGlib);
    auto keyring = std::make_unique<core::DesktopKeyring>();
    qputenv(kNoGlib, loop);
    return keyring;
}

void startAnnouncer(const QString &stateFolder, const QStringList &desktop)
{
    const QString program = QCoreApplication::applicationDirPath() + QStringLiteral("/bellhop");
    QProcessEnvironment environment =
        core::onDesktop(QProcessEnvironment::systemEnvironment(), desktop);
    environment.remove(QLatin1StringView(kNoGlib)); // of this program alone
    const bool hasDesktop = environment.contains(QStringLiteral("DBUS_SESSION_BUS_ADDRESS")) &&
                            !core::desktopIn(environment).isEmpty();
    if (!hasDesktop || !QFileInfo::exists(program)) {
        return;
    }
    QProcess announcer;
    announcer.setProgram(program);
    announcer.setArguments({QStringLiteral("--background")});
    if (!stateFolder.isEmpty()) {
        announcer.setArguments(announcer.arguments() +
                               QStringList{QStringLiteral("--state-dir"), stateFolder});
    }
    announcer.setProcessEnvironment(environment);
    // When it cannot be started the word is kept, and told by the next window.
    announcer.startDetached();
}

} // namespace cli
