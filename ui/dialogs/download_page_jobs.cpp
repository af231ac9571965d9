// SPDX-License-Identifier: Apache-2.0
// What is filled in, as jobs.
#include "core/words/job_name.h"
#include "ui/dialogs/add_options.h"
#include "ui/dialogs/download_page.h"
#include "ui/dialogs/folder_field.h"
#include "ui/dialogs/link_list_model.h"

#include <QLineEdit>
#include <QPlainTextEdit>
#include <QRadioButton>

#include <algorithm>

namespace ui {

QString DownloadPage::problem() const
{
    if (m_links->toPlainText().trimmed().isEmpty()) {
        return tr("Paste at least one link.");
    }
    if (m_model->isLooking()) {
        return tr("Looking at the links…");
    }
    if (m_model->goodLines().isEmpty()) {
        return tr("None of these lines is a link that can be fetched.");
    }
    if (!m_folder->problem().isEmpty()) {
        return tr("Choose a folder that files can be put in.");
    }
    if (m_name->isVisibleTo(this) && m_name->text().contains(u'/')) {
        return tr("A name cannot have “/” in it.");
    }
    return m_options->problem();
}

QList<core::JobSpec> DownloadPage::jobs() const
{
    const QList<UnderstoodLine> good = m_model->goodLines();
    QList<core::JobSpec> jobs;
    for (const UnderstoodLine &line : good) {
        if (m_offer->uses(line.report.url)) {
            continue;
        }
        core::FileSpec file{.url = line.report.url, .name = {}, .hash = {}};
        if (line.report.isSchemeGuessed) {
            file.url.setScheme(QString()); // the engine finds it
        }
        if (good.size() == 1) {
            file.name = m_name->text().trimmed();
            file.hash = m_options->hash();
        }
        if (jobs.isEmpty() || !m_oneForAll->isChecked()) {
            core::JobSpec job;
            job.folder = m_folder->folder();
            job.options = m_options->optionsFor(line.report.typed);
            if (m_folder->isToBeMade()) {
                job.options.missingFolder = core::MissingFolder::Create;
            }
            jobs.append(job);
        }
        jobs.last().files.append(file);
    }
    for (core::JobSpec &job : jobs) {
        job.name = core::orderedName(job);
    }
    return jobs;
}

void DownloadPage::keepOnly(const QList<core::JobSpec> &jobs)
{
    const auto isOneOf = [&jobs](const QUrl &url) {
        return std::ranges::any_of(jobs, [&url](const core::JobSpec &job) {
            return std::ranges::any_of(job.files, [&url](const core::FileSpec &file) {
                return file.url.adjusted(QUrl::RemoveScheme) == url.adjusted(QUrl::RemoveScheme);
            });
        });
    };
    QStringList lines = m_links->toPlainText().split(u'\n');
    for (const UnderstoodLine &line : m_model->goodLines()) {
        if (!isOneOf(line.report.url)) {
            lines.removeIf([&line](const QString &each) {
                return each.trimmed() == line.report.typed.trimmed();
            });
        }
    }
    m_links->setPlainText(lines.join(u'\n'));
}

QList<FreshLink> DownloadPage::freshLinks() const
{
    return m_offer->chosen();
}

} // namespace ui
