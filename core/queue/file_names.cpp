// SPDX-License-Identifier: Apache-2.0
#include "core/queue/file_names.h"

#include "core/http/file_name.h"

#include <algorithm>

namespace core {

QString displayName(const FileRecord &file)
{
    if (!file.name.isEmpty()) {
        return file.name;
    }
    if (!file.spec.name.isEmpty()) {
        return file.spec.name;
    }
    return nameBefore(file.spec.url);
}

namespace {

constexpr int kManyNames = 100; // from there on counting up would take long

/// The name, or the first free one from that number on.
QString freeName(const JobTotals &siblings, int index, const QString &wanted, int first,
                 const QSet<QString> &taken = {})
{
    QString name = first == 0 ? wanted : numbered(wanted, first);
    for (int number = first + 1; siblings.hasFileNamed(name) || taken.contains(name); ++number) {
        number = number < kManyNames ? number : std::max(number, index);
        name = numbered(wanted, number);
    }
    return name;
}

} // namespace

QString nameAmongSiblings(const JobTotals &siblings, int index, const QString &wanted)
{
    return freeName(siblings, index, wanted, 0);
}

QString nameAmongOthers(const JobRecord &job, int index, const QString &wanted)
{
    JobTotals others(job.files);
    others.remove(index, job.files.at(index));
    return nameAmongSiblings(others, index, wanted);
}

QString nameInTurn(const JobRecord &job, const JobTotals &siblings, int index,
                   const QString &wanted)
{
    int before = 0;
    QSet<QString> skipped; // what has the name is the file of that sibling, and not of this one
    for (int i = 0; i < index && index < kManyNames; ++i) {
        const FileRecord &file = job.files.at(i);
        const bool isSkipped = file.state == FileState::Unwanted &&
                               file.existing.value_or(job.options.existing) == ExistingFile::Skip;
        if (isSkipped) {
            skipped.insert(displayName(file));
        }
        const bool isBefore = isSkipped || (file.name.isEmpty() && isUnderWay(file.state));
        before += isBefore && displayName(file) == wanted ? 1 : 0;
    }
    return freeName(siblings, index, wanted, before, skipped);
}

bool hasNamesakeBefore(const JobRecord &job, int index)
{
    const auto end = job.files.begin() + (index < kManyNames ? index : 0);
    return std::any_of(job.files.begin(), end,
                       [name = displayName(job.files.at(index))](const FileRecord &file) {
                           return displayName(file) == name;
                       });
}

QString jobNameAfter(const JobRecord &job, int index, const QString &fileName)
{
    const QString before = displayName(job.files.at(index)).left(kMaxJobNameLength);
    const bool isCalledAfterIt =
        index == 0 && (job.name == before ||
                       (job.files.size() > 1 && job.name.startsWith(before + u' '))); // "and more"
    return isCalledAfterIt ? (fileName + job.name.mid(before.size())).left(kMaxJobNameLength)
                           : job.name;
}

} // namespace core
