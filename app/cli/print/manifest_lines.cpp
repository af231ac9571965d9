// SPDX-License-Identifier: Apache-2.0
#include "app/cli/print/terminal_text.h"
#include "app/cli/print/wording.h"
#include "app/cli/print/words.h"

namespace cli {

namespace {

QString entryLine(const QString &pattern, const core::ManifestEntry &entry)
{
    return pattern.arg(terminalText(entry.path.isEmpty() ? entry.name : entry.path),
                       bytesOfTotal(entry.bytes, entry.sizeBytes));
}

} // namespace

QStringList manifestLines(const core::Manifest &manifest)
{
    QStringList lines;
    for (const core::ManifestEntry &entry : manifest.kept) {
        const bool isCounted = entry.sizeSource == core::SizeSource::Counted;
        lines.append(entryLine(
            isCounted ? Words::tr("Kept     %1 (%2; the server did not say how long it is)")
                      : Words::tr("Kept     %1 (%2)"),
            entry));
    }
    for (const core::ManifestEntry &entry : manifest.partial) {
        lines.append(entryLine(entry.path.isEmpty() ? Words::tr("Removed  %1 (unfinished, %2)")
                                                    : Words::tr("Partial  %1 (%2)"),
                               entry));
    }
    for (const core::ManifestEntry &entry : manifest.missing) {
        lines.append(Words::tr("Missing  %1").arg(terminalText(entry.name)));
    }
    for (const core::ManifestEntry &entry : manifest.skipped) {
        lines.append(Words::tr("Skipped  %1").arg(terminalText(entry.name)));
    }
    return lines;
}

QStringList sentLines(const core::JobSnapshot &job, const core::Manifest &manifest)
{
    QStringList lines;
    const QString place = job.firstUrl.toDisplayString(QUrl::RemoveQuery);
    for (const core::ManifestEntry &entry : manifest.kept) {
        lines.append(Words::tr("Sent     %1 to %2 (%3)")
                         .arg(terminalText(entry.name), terminalText(place),
                              bytesOfTotal(entry.bytes, entry.sizeBytes)));
    }
    return lines;
}

} // namespace cli
