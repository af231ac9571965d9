// SPDX-License-Identifier: Apache-2.0
#include "ui/models/file_words.h"

#include "core/words/explain.h"
#include "core/words/sentence.h"

#include <QCoreApplication>
#include <QFileInfo>

#include <algorithm>
#include <array>

namespace ui {

namespace {

QString fileTr(const char *source)
{
    return QCoreApplication::translate("FileWords", source);
}

QString describeWaiting(const core::FileSnapshot &file, const QDateTime &nowUtc)
{
    if (!file.due || !file.due->at.isValid() || file.due->at <= nowUtc) {
        return fileTr("Tries again soon");
    }
    const auto left = std::chrono::ceil<std::chrono::seconds>(
        std::chrono::milliseconds(nowUtc.msecsTo(file.due->at)));
    return fileTr("Tries again in %1").arg(core::formatDuration(left));
}

/// With what was chosen of its turn, as long as it has one.
QString withTurn(const core::FileSnapshot &file, const QString &state)
{
    switch (file.priority) {
    case core::FilePriority::High:
        return fileTr("%1, comes first").arg(state);
    case core::FilePriority::Normal:
        return state;
    case core::FilePriority::Low:
        return fileTr("%1, comes last").arg(state);
    }
    Q_UNREACHABLE();
}

// What desktops run, install or interpret on a double click.
constexpr std::array kRunning{
    u"desktop",  u"sh",         u"bash",    u"zsh",  u"csh",     u"fish",        u"run", u"bin",
    u"appimage", u"jar",        u"py",      u"pyc",  u"pl",      u"rb",          u"js",  u"exe",
    u"msi",      u"bat",        u"cmd",     u"com",  u"ps1",     u"vbs",         u"deb", u"rpm",
    u"apk",      u"flatpakref", u"flatpak", u"snap", u"out",     u"elf",         u"so",  u"hta",
    u"scr",      u"reg",        u"lnk",     u"url",  u"service", u"application",
};

} // namespace

QString displayName(const core::FileSnapshot &file)
{
    const QString name = file.name.isEmpty() ? file.url.fileName() : file.name;
    return name.isEmpty() ? fileTr("File %1").arg(file.id.index + 1) : core::plain(name, 255);
}

QString describe(const core::FileSnapshot &file, const QDateTime &nowUtc, core::JobType type)
{
    const bool isUpload = type == core::JobType::Upload;
    switch (file.state) {
    case core::FileState::Pending:
        return withTurn(file,
                        file.bytesDone > 0 ? fileTr("Not finished yet") : fileTr("Not begun yet"));
    case core::FileState::Active:
        return withTurn(file, isUpload ? fileTr("Uploading") : fileTr("Downloading"));
    case core::FileState::Waiting:
        return withTurn(file, describeWaiting(file, nowUtc));
    case core::FileState::Failed:
        return file.error ? core::explain(*file.error).whatHappened : fileTr("Stopped");
    case core::FileState::Whole:
        return isUpload ? fileTr("On the server") : fileTr("Complete, not yet in place");
    case core::FileState::Published:
        if (isUpload) {
            return fileTr("On the server");
        }
        return file.sizeSource == core::SizeSource::Counted
                   ? fileTr("Finished; the server did not say how long it is")
                   : fileTr("Finished");
    case core::FileState::Unwanted:
        return file.bytesDone > 0 ? fileTr("Left out; deleted when the job ends")
                                  : fileTr("Left out");
    }
    Q_UNREACHABLE();
}

QString amount(const core::FileSnapshot &file)
{
    if (!file.sizeBytes) {
        return file.bytesDone > 0 ? core::formatBytes(file.bytesDone) : QString();
    }
    if (file.bytesDone <= 0 || file.bytesDone >= *file.sizeBytes) {
        return core::formatBytes(*file.sizeBytes);
    }
    return fileTr("%1 of %2")
        .arg(core::formatBytes(file.bytesDone), core::formatBytes(*file.sizeBytes));
}

std::optional<double> fractionDone(const core::FileSnapshot &file)
{
    if (file.state == core::FileState::Whole || file.state == core::FileState::Published) {
        return 1.0;
    }
    if (!file.sizeBytes || *file.sizeBytes <= 0) {
        return std::nullopt;
    }
    return std::clamp(double(file.bytesDone) / double(*file.sizeBytes), 0.0, 1.0);
}

bool runsWhenOpened(const QString &fileName)
{
    const QString suffix = QFileInfo(fileName).suffix().toLower();
    return std::ranges::any_of(
        kRunning, [&suffix](const char16_t *row) { return suffix == QStringView(row); });
}

} // namespace ui
