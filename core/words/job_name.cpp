// SPDX-License-Identifier: Apache-2.0
#include "core/words/job_name.h"

#include "core/http/file_name.h"
#include "core/words/sentence.h"

namespace core {

QString orderedName(const JobSpec &spec)
{
    if (!spec.name.isEmpty() || spec.files.size() < 2) {
        return spec.name;
    }
    const FileSpec &first = spec.files.first();
    const QString name = first.name.isEmpty() ? nameBefore(first.url) : first.name;
    return andMore(name, spec.files.size() - 1).left(kMaxJobNameLength);
}

QString nameAmong(const QStringList &names, const QString &name, int fileIndex)
{
    return names.count(name) < 2
               ? name
               : QStringLiteral("%1 (#%2)").arg(name, QString::number(fileIndex + 1));
}

} // namespace core
