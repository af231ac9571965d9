// SPDX-License-Identifier: Apache-2.0
#include "core/job/part_mark.h"

namespace core {

QByteArray toBytes(const PartMark &mark)
{
    return QByteArray::number(mark.file.job.value) + ' ' + QByteArray::number(mark.file.index) +
           ' ' + mark.stateFolder.toUtf8();
}

std::optional<PartMark> partMarkFrom(const QByteArray &bytes)
{
    const qsizetype job = bytes.indexOf(' ');
    const qsizetype file = bytes.indexOf(' ', job + 1);
    if (job < 0 || file < 0) {
        return std::nullopt;
    }
    bool isJob = false;
    bool isFile = false;
    const PartMark mark{{{bytes.first(job).toLongLong(&isJob)},
                         bytes.sliced(job + 1, file - job - 1).toInt(&isFile)},
                        QString::fromUtf8(bytes.sliced(file + 1))};
    const bool isGood = isJob && isFile && mark.file.job.value > 0 && mark.file.index >= 0 &&
                        mark.stateFolder.startsWith(u'/') &&
                        !mark.stateFolder.contains(QChar(u'\0'));
    return isGood ? std::optional(mark) : std::nullopt;
}

} // namespace core
