// SPDX-License-Identifier: Apache-2.0
#include "core/remote/desktop_session.h"

#include <algorithm>
#include <array>

namespace core {

namespace {

constexpr std::array kDisplays{"DISPLAY", "WAYLAND_DISPLAY"};
constexpr std::array kVariables{"DISPLAY",
                                "WAYLAND_DISPLAY",
                                "XAUTHORITY",
                                "DBUS_SESSION_BUS_ADDRESS",
                                "XDG_RUNTIME_DIR",
                                "LANGUAGE",
                                "LC_ALL",
                                "LC_MESSAGES",
                                "LC_TIME",
                                "LANG",
                                "XDG_CURRENT_DESKTOP"};

QString nameOf(const char *variable)
{
    return QString::fromLatin1(variable);
}

} // namespace

QStringList desktopIn(const QProcessEnvironment &environment)
{
    QStringList desktop;
    for (const char *variable : kVariables) {
        if (environment.contains(nameOf(variable))) {
            desktop.append(nameOf(variable) + u'=' + environment.value(nameOf(variable)));
        }
    }
    const bool isSeen = std::ranges::any_of(kDisplays, [&environment](const char *display) {
        return !environment.value(nameOf(display)).isEmpty();
    });
    return isSeen ? desktop : QStringList();
}

QProcessEnvironment onDesktop(QProcessEnvironment environment, const QStringList &desktop)
{
    if (desktop.isEmpty()) {
        return environment;
    }
    for (const char *variable : kVariables) {
        environment.remove(nameOf(variable));
        const QString start = nameOf(variable) + u'=';
        const auto said = std::ranges::find_if(
            desktop, [&start](const QString &each) { return each.startsWith(start); });
        if (said != desktop.end()) {
            environment.insert(nameOf(variable), said->sliced(start.size()));
        }
    }
    return environment;
}

} // namespace core
