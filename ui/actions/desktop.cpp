// SPDX-License-Identifier: Apache-2.0
#include "ui/actions/desktop.h"

#include <QCoreApplication>
#include <QDBusConnection>
#include <QDBusMessage>
#include <QDBusPendingCallWatcher>
#include <QDesktopServices>
#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QSaveFile>
#include <QStandardPaths>

#include <utility>

namespace ui {

namespace {

QString autostartFile()
{
    return QStandardPaths::writableLocation(QStandardPaths::GenericConfigLocation) +
           QStringLiteral("/autostart/org.bellhop.Bellhop.desktop");
}

/// A path as the argument of an Exec key (Desktop Entry Specification, "The Exec key").
QByteArray quotedForExec(const QString &path)
{
    QString quoted;
    for (const QChar each : path) {
        if (QStringLiteral("\"`$\\").contains(each)) {
            // Escaped for the quotes, and once more for the string that the value is.
            quoted += each == u'\\' ? QStringLiteral("\\\\\\") : QStringLiteral("\\\\");
        }
        quoted += each == u'%' ? QStringLiteral("%%") : QString(each);
    }
    return '"' + quoted.toUtf8() + '"';
}

} // namespace

bool SystemDesktop::open(const QString &path)
{
    return QDesktopServices::openUrl(QUrl::fromLocalFile(path));
}

void SystemDesktop::reveal(const QString &path, std::function<void()> failed)
{
    const QString folder = QFileInfo(path).absolutePath();
    QDBusMessage show = QDBusMessage::createMethodCall(
        QStringLiteral("org.freedesktop.FileManager1"),
        QStringLiteral("/org/freedesktop/FileManager1"),
        QStringLiteral("org.freedesktop.FileManager1"), QStringLiteral("ShowItems"));
    show.setArguments(
        {QStringList(QString::fromLatin1(QUrl::fromLocalFile(path).toEncoded())), QString()});
    auto *watcher =
        new QDBusPendingCallWatcher(QDBusConnection::sessionBus().asyncCall(show), this);
    connect(watcher, &QDBusPendingCallWatcher::finished, this,
            [this, folder, failed = std::move(failed)](QDBusPendingCallWatcher *done) {
                done->deleteLater();
                if (done->isError() && !open(folder)) {
                    failed();
                }
            });
}

bool SystemDesktop::startsAtLogin() const
{
    QFile file(autostartFile());
    return file.open(QIODevice::ReadOnly) && !file.readAll().contains("\nHidden=true");
}

QString SystemDesktop::setStartsAtLogin(bool isWanted)
{
    const QString path = autostartFile();
    if (!isWanted) {
        QFile file(path);
        return file.remove() || !file.exists() ? QString() : file.errorString();
    }
    QDir().mkpath(QFileInfo(path).path()); // what is wrong with it is seen in a moment
    QSaveFile file(path);
    if (file.open(QIODevice::WriteOnly)) {
        file.write("[Desktop Entry]\nType=Application\nName=Bellhop\n"
                   "Icon=org.bellhop.Bellhop\nExec=" +
                   quotedForExec(QCoreApplication::applicationFilePath()) + " --background\n");
        if (file.commit()) {
            return {};
        }
    }
    return file.errorString();
}

} // namespace ui
