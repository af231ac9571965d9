// SPDX-License-Identifier: Apache-2.0
#include "core/disk/publish.h"

#include "core/disk/found_part.h"
#include "core/disk/our_file.h"
#include "core/disk/rename.h"
#include "core/disk/synced_folders.h"
#include "core/disk/system_error.h"

#include <QFile>

#include <array>
#include <cstdio>
#include <fcntl.h>
#include <vector>

namespace core {

namespace {

constexpr mode_t kUnfinishedMode = 0600;

/// What new files get, never executable. A file that replaces another is not readable to more
/// people than that one was.
mode_t finalMode(mode_t umask, const std::optional<mode_t> &replaced)
{
    const mode_t usual = 0666 & ~umask;
    return replaced ? (usual & *replaced) | kUnfinishedMode : usual;
}

/// Recognised whatever the policy is now: it may have been another one before the crash.
NameForm formOf(const PublishOrder &order, const OpenFolder &folder)
{
    return [name = order.fileName, maxBytes = folder.maxNameBytes()](int number) {
        return numberedName(name, number, maxBytes);
    };
}

/// Everything but the sync that can be done before the name is given, so that the name comes last.
void makeReady(const OurFile &part, const PublishOrder &order, mode_t mode)
{
    const int file = part.descriptor.number();
    constexpr qint64 kBlockBytes = 512; // the unit of st_blocks
    constexpr qint64 kWorthGivingBack = qint64(64) * 1024;
    if (qint64(part.facts.st_blocks) * kBlockBytes - order.sizeBytes > kWorthGivingBack) {
        // Reserved beyond the end, of a file that was expected to be longer.
        (void)uninterrupted([&] { return ::ftruncate(file, order.sizeBytes); });
    }
    // Mode and time are a courtesy: file systems without them are no reason to stop.
    (void)::fchmod(file, mode);
    if (order.lastModified.isValid()) {
        const qint64 ms = order.lastModified.toMSecsSinceEpoch();
        const qint64 below = ((ms % 1000) + 1000) % 1000; // times before 1970 too
        const std::array times{
            timespec{.tv_sec = 0, .tv_nsec = UTIME_OMIT},
            timespec{.tv_sec = (ms - below) / 1000, .tv_nsec = below * 1'000'000}};
        (void)::futimens(file, times.data());
    }
}

/// Something that is no file has the name, or a file that is not to be replaced.
tl::unexpected<DiskError> nameTaken(const OpenFolder &folder, const QString &name,
                                    const struct stat &facts)
{
    if (S_ISREG(facts.st_mode)) {
        return systemError(Step::Publish, folder.pathOf(name), EEXIST);
    }
    DiskError error{
        .step = Step::Publish, .path = folder.pathOf(name), .cause = Cause::NotRegularFile};
    if (S_ISDIR(facts.st_mode)) {
        error.reason = Reason::IsFolder;
    }
    return tl::unexpected(error);
}

/// The mode of the file that would be replaced, if there is one; only a regular file may be.
DiskResult<std::optional<mode_t>> checkReplaced(const OpenFolder &folder, const QString &name)
{
    struct stat facts = {};
    const int error = entryFacts(folder, name, &facts);
    if (error == ENOENT) {
        return std::nullopt;
    }
    if (error != 0) {
        return systemError(Step::Publish, folder.pathOf(name), error);
    }
    if (!S_ISREG(facts.st_mode)) {
        return nameTaken(folder, name, facts);
    }
    return facts.st_mode;
}

DiskResult<> replace(const Entry &from, const Entry &to)
{
    const auto old = checkReplaced(to.folder, to.name);
    if (!old) {
        return tl::unexpected(old.error());
    }
    int error = 0;
    if (!old->has_value()) {
        // What was not there when we looked may be anything by now.
        error = renameWithoutReplacing(from, to);
    } else if (::renameat(from.folder.number(), QFile::encodeName(from.name).constData(),
                          to.folder.number(), QFile::encodeName(to.name).constData()) != 0) {
        error = errno;
    }
    return error == 0 ? DiskResult<>()
                      : systemError(Step::Publish, to.folder.pathOf(to.name), error);
}

DiskResult<QString> renameToFinal(const OurFile &part, const OpenFolder &folder,
                                  const PublishOrder &order)
{
    const Entry from{part.folder, part.name};
    switch (order.existing) {
    case ExistingFile::Ask:
    case ExistingFile::Skip: {
        const int error = renameWithoutReplacing(from, {folder, order.fileName});
        if (error != 0) {
            return systemError(Step::Publish, folder.pathOf(order.fileName), error);
        }
        return order.fileName;
    }
    case ExistingFile::KeepBoth:
        return renameToFreeName(from, folder, formOf(order, folder), 0, Step::Publish);
    case ExistingFile::Replace:
        if (const auto replaced = replace(from, {folder, order.fileName}); !replaced) {
            return tl::unexpected(replaced.error());
        }
        return order.fileName;
    }
    Q_UNREACHABLE();
}

/// What would make giving the name fail, seen before anything is changed; the mode to give.
DiskResult<mode_t> checkTarget(const OpenFolder &folder, const PublishOrder &order)
{
    struct stat facts = {};
    switch (order.existing) {
    case ExistingFile::Ask:
    case ExistingFile::Skip:
        if (entryFacts(folder, order.fileName, &facts) == 0) {
            return nameTaken(folder, order.fileName, facts);
        }
        return finalMode(order.umask, std::nullopt);
    case ExistingFile::KeepBoth:
        return finalMode(order.umask, std::nullopt);
    case ExistingFile::Replace: {
        const auto old = checkReplaced(folder, order.fileName);
        return old ? DiskResult<mode_t>(finalMode(order.umask, *old)) : tl::unexpected(old.error());
    }
    }
    Q_UNREACHABLE();
}

/// Renaming goes by name, so what was renamed is looked at: had somebody put another file in place
/// of the part, that one gets its name back.
DiskResult<> proveName(const OurFile &part, const OpenFolder &folder, const QString &name,
                       const PublishOrder &order)
{
    struct stat facts = {};
    if (entryFacts(folder, name, &facts) == 0 && isSameFile(facts, order.part)) {
        return {};
    }
    (void)renameWithoutReplacing({folder, name}, {part.folder, part.name});
    return refusal(Step::Publish, order.part.path, Cause::PartChanged);
}

/// After a crash: the name was given, by a link perhaps whose other name is still there.
DiskResult<QString> finish(const OpenFolder &folder, const QString &name, const PublishOrder &order)
{
    struct stat facts = {};
    if (const int error = entryFacts(folder, name, &facts); error != 0) {
        return systemError(Step::Publish, folder.pathOf(name), error);
    }
    if (facts.st_size != order.sizeBytes) {
        return refusal(Step::Publish, folder.pathOf(name), Cause::PartChanged);
    }
    if (facts.st_nlink > 1 && folder.pathOf(name) != order.part.path) {
        if (const auto removed = discard(order.part); !removed) {
            return tl::unexpected(removed.error());
        }
    }
    return folder.pathOf(name);
}

/// A part on its way to its name, in three steps, so that several can take each of them together.
/// What fails is told at the end.
class Naming {
public:
    explicit Naming(const PublishOrder *order)
        : m_order(order)
    {
    }

    void prepare();
    void sync();
    [[nodiscard]] DiskResult<QString> giveName();

private:
    [[nodiscard]] DiskResult<> open();

    const PublishOrder *m_order;
    OpenFolder m_folder;
    OurFile m_part;
    DiskResult<QString> m_result = QString(); ///< the path of one that has its name already
};

DiskResult<> Naming::open()
{
    if (!isOneComponent(m_order->fileName)) {
        return refusal(Step::Publish, m_order->fileName, Cause::Internal);
    }
    auto folder = openFolder(m_order->folder, Step::Publish);
    if (!folder) {
        return tl::unexpected(folder.error());
    }
    m_folder = std::move(*folder);
    auto part = openOurFile(m_order->part, O_RDWR, Step::Publish);
    if (!part || part->facts.st_nlink > 1) {
        if (const auto name = findByIdentity(m_folder, m_order->part, formOf(*m_order, m_folder))) {
            m_result = finish(m_folder, *name, *m_order);
            return m_result.map([](const QString & /*path*/) {});
        }
    }
    if (!part) {
        return tl::unexpected(part.error());
    }
    if (part->facts.st_nlink != 1 || part->facts.st_size != m_order->sizeBytes) {
        return refusal(Step::Publish, m_order->part.path, Cause::PartChanged);
    }
    m_part = std::move(*part);
    return {};
}

void Naming::prepare()
{
    const auto opened = open();
    if (!opened) {
        m_result = tl::unexpected(opened.error());
    } else if (m_result->isEmpty()) {
        if (const auto mode = checkTarget(m_folder, *m_order)) {
            makeReady(m_part, *m_order, *mode);
        } else {
            m_result = tl::unexpected(mode.error());
        }
    }
}

void Naming::sync()
{
    const bool isReady = m_result && m_result->isEmpty();
    if (isReady && uninterrupted([this] { return ::fsync(m_part.descriptor.number()); }) != 0) {
        m_result = systemError(Step::Publish, m_order->part.path);
    }
}

DiskResult<QString> Naming::giveName()
{
    if (!m_result || !m_result->isEmpty()) {
        return m_result;
    }
    const auto name = renameToFinal(m_part, m_folder, *m_order);
    if (!name) {
        (void)::fchmod(m_part.descriptor.number(), kUnfinishedMode); // private until it has a name
        return name;
    }
    if (const auto proven = proveName(m_part, m_folder, *name, *m_order); !proven) {
        return tl::unexpected(proven.error());
    }
    removeMark(m_part.descriptor.number());
    if (!isSameFolder(m_part.folder, m_folder)) {
        if (const auto synced = syncFolder(m_part.folder, Step::Publish); !synced) {
            return tl::unexpected(synced.error());
        }
    }
    return m_folder.pathOf(*name);
}

} // namespace

QList<DiskResult<QString>> giveFinalNames(const QList<PublishOrder> &orders)
{
    std::vector<Naming> namings;
    namings.reserve(size_t(orders.size()));
    for (const PublishOrder &order : orders) {
        namings.emplace_back(&order).prepare();
    }
    for (Naming &naming : namings) {
        naming.sync();
    }
    QList<DiskResult<QString>> paths;
    for (Naming &naming : namings) {
        paths.append(naming.giveName());
    }
    SyncedFolders folders;
    for (qsizetype i = 0; i < orders.size(); ++i) {
        paths[i] = std::move(paths[i]).and_then([&](const QString &path) {
            return folders.sync(orders.at(i).folder).map([&path] { return path; });
        });
    }
    return paths;
}

} // namespace core
