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

QString nameAmongSiblings(const JobTotals &siblings, int index, const QString &wanted)
{
    constexpr int kMany = 100; // from there on counting up would take long
    QString name = wanted;
    for (int number = 1; siblings.hasFileNamed(name); ++number) {
        number = number < kMany ? number : std::max(number, index);
        name = numbered(wanted, number);
    }
    return name;
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
