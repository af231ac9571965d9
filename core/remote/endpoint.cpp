// SPDX-License-Identifier: Apache-2.0
#include "core/remote/endpoint.h"

#include "core/disk/descriptor.h"

#include <QFile>
#include <QFileInfo>

#include <algorithm>
#include <iterator>
#include <optional>

#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>

namespace core {

namespace {

constexpr mode_t kOthers = S_IRWXG | S_IRWXO;
constexpr int kBacklog = 64;

/// A folder of this person that nobody else can enter.
bool isPrivate(const QString &folder)
{
    struct stat facts = {};
    return ::lstat(QFile::encodeName(folder).constData(), &facts) == 0 && S_ISDIR(facts.st_mode) &&
           facts.st_uid == ::geteuid() && (facts.st_mode & kOthers) == 0;
}

/// Makes it when it is missing; empty when it cannot be used.
QString runtimeFolder()
{
    const QString base = qEnvironmentVariable("XDG_RUNTIME_DIR");
    if (base.isEmpty() || !isPrivate(base)) {
        return {};
    }
    const QString folder = base + QStringLiteral("/bellhop");
    (void)::mkdir(QFile::encodeName(folder).constData(), S_IRWXU); // whether it is there shows next
    return isPrivate(folder) ? folder : QString();
}

QString nameOf(Role role)
{
    switch (role) {
    case Role::Engine:
        return QStringLiteral("engine");
    case Role::Window:
        return QStringLiteral("window");
    }
    Q_UNREACHABLE();
}

FileIdentity fileAt(const QString &path)
{
    struct stat facts = {};
    return ::lstat(QFile::encodeName(path).constData(), &facts) == 0
               ? FileIdentity{quint64(facts.st_dev), quint64(facts.st_ino)}
               : FileIdentity{};
}

std::optional<ucred> peerOf(qintptr socket)
{
    ucred peer = {};
    socklen_t length = sizeof peer;
    return ::getsockopt(int(socket), SOL_SOCKET, SO_PEERCRED, &peer, &length) == 0
               ? std::optional(peer)
               : std::nullopt;
}

/// 0, or errno.
int bindAt(int socket, const QString &path)
{
    const QByteArray name = QFile::encodeName(path);
    sockaddr_un address = {};
    address.sun_family = AF_UNIX;
    if (std::size_t(name.size()) >= sizeof address.sun_path) {
        return ENAMETOOLONG;
    }
    std::ranges::copy(name, std::begin(address.sun_path));
    if (::unlink(name.constData()) != 0 && errno != ENOENT) {
        return errno;
    }
    if (::bind(socket, reinterpret_cast<const sockaddr *>(&address), sizeof address) != 0 ||
        ::listen(socket, kBacklog) != 0) {
        return errno;
    }
    return 0;
}

} // namespace

QStringList endpointPaths(const QString &stateFolder, Role role)
{
    struct stat facts = {};
    if (::stat(QFile::encodeName(stateFolder).constData(), &facts) != 0) {
        return {};
    }
    QStringList paths;
    if (const QString runtime = runtimeFolder(); !runtime.isEmpty()) {
        paths.append(QStringLiteral("%1/%2-%3-%4.socket")
                         .arg(runtime, nameOf(role))
                         .arg(quint64(facts.st_dev), 0, 16)
                         .arg(quint64(facts.st_ino), 0, 16));
    }
    paths.append(QStringLiteral("%1/%2.socket").arg(stateFolder, nameOf(role)));
    return paths;
}

Listening listenAtFirst(const QStringList &paths)
{
    int error = ENOENT;
    for (const QString &path : paths) {
        Descriptor socket(::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0));
        error = socket.isOpen() ? bindAt(socket.number(), path) : errno;
        if (error == 0) {
            return {.descriptor = socket.release(), .path = path, .identity = fileAt(path)};
        }
    }
    return {.problem = qt_error_string(error)};
}

bool isStillThere(const Listening &listening)
{
    return listening.descriptor >= 0 && fileAt(listening.path) == listening.identity;
}

void takeAway(const Listening &listening)
{
    if (isStillThere(listening)) {
        QFile::remove(listening.path);
    }
}

bool isOwnPeer(qintptr socket)
{
    const auto peer = peerOf(socket);
    return peer && peer->uid == ::geteuid();
}

qint64 peerProcess(qintptr socket)
{
    const auto peer = peerOf(socket);
    return peer ? peer->pid : 0;
}

} // namespace core
