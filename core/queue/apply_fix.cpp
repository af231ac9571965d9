// SPDX-License-Identifier: Apache-2.0
#include "core/queue/apply_fix.h"

#include "core/http/link.h"
#include "core/http/origin.h"
#include "core/queue/admission.h"
#include "core/queue/change_job.h"
#include "core/queue/file_names.h"
#include "core/queue/fix_target.h"
#include "core/queue/given_logins.h"
#include "core/queue/given_trust.h"
#include "core/queue/job_orders.h"
#include "core/queue/replace_consent.h"
#include "core/remedy/catalogue.h"

#include <QFileInfo>

#include <algorithm>
#include <utility>

namespace core {

namespace {

/// Nothing of it is on the server, or not of use.
void forgetUpload(FileRecord *file)
{
    if (file->upload != UploadMark()) {
        file->upload = {};
        file->durable = {};
    }
}

/// Where that is what differs, its checksum counts no more. What was unpacked stays so.
void takeAsItIs(FileRecord *file)
{
    const JobError &error = *file->error;
    if (error.cause == Cause::HashMismatch && error.reason != Reason::NotUnpackable &&
        error.wantedHash == file->spec.hash) { // and not one that the server has promised
        file->spec.hash.reset();
    }
    if (file->acceptance != Acceptance::Unpacked) {
        file->acceptance = Acceptance::AsItIs;
    }
}

} // namespace

void restart(FileRecord *file)
{
    if (file->upload.before) {
        file->existing = ExistingFile::Replace; // of what was sent something may be there
    }
    forgetUpload(file);
    giveUpPart(file);
    file->validator = {};
    file->promisedHash.reset();
    file->sizeBytes.reset();
    file->acceptance = asItComes(file->acceptance);
    file->error.reset();
    file->state = FileState::Pending;
}

namespace {

/// One overload per repair.
class Fixer {
public:
    explicit Fixer(JobRecord *record)
        : m_record(record)
    {
    }

    Answer<void> operator()(const fix::Retry & /*retry*/) { return {}; }

    Answer<void> operator()(const fix::NewLink &repair)
    {
        const auto link = parseLink(repair.url.toString(QUrl::FullyEncoded));
        if (!link) {
            return refuse(RefusalKind::BadLink, repair.url.toDisplayString(QUrl::RemoveUserInfo));
        }
        keepLoginWhereItIs(text(originOf(link->url)), m_record);
        return onFile(repair.fileIndex, [this, &link](FileRecord &file) {
            file.spec.url = link->url;
            forgetUpload(&file);
            // Another server may name the same version otherwise: size and compared bytes decide.
            file.validator = {};
            file.promisedHash.reset();
            if (!link->user.isEmpty()) {
                giveLogin(text(originOf(link->url)), {link->user, link->password}, m_record);
            }
        });
    }

    Answer<void> operator()(const fix::Headers &repair)
    {
        const auto admitted = admitHeaders(repair.headers);
        if (!admitted) {
            return tl::unexpected(admitted.error());
        }
        HeaderFields &headers = m_record->options.headers;
        for (const HeaderField &field : *admitted) {
            headers.removeIf([&field](const HeaderField &old) {
                return old.first.compare(field.first, Qt::CaseInsensitive) == 0;
            });
            headers.append(field);
        }
        return {};
    }

    /// Where none is named and none asks, it is for the servers of all the files.
    Answer<void> operator()(const fix::Login &repair)
    {
        const QStringList asking = originsOf(questionsAnswered(*m_record, repair));
        const bool isOfJob = asking.contains(repair.origin) ||
                             originsOfFiles(m_record->files).contains(repair.origin);
        if (!repair.origin.isEmpty() && !isOfJob) {
            return refuse(RefusalKind::FixDoesNotApply, repair.origin);
        }
        if (repair.origin.isEmpty() && asking.size() > 1) {
            return refuse(RefusalKind::WhichServer, asking.join(QStringLiteral(", ")));
        }
        giveLogin(repair.origin.isEmpty() ? asking.value(0) : repair.origin, repair.login,
                  m_record);
        return {};
    }

    Answer<void> operator()(const fix::OtherFolder &repair)
    {
        const auto folder = admitFolder(repair.folder);
        if (!folder) {
            return tl::unexpected(folder.error());
        }
        m_record->folder = *folder;
        return {};
    }

    Answer<void> operator()(const fix::CreateFolder & /*repair*/)
    {
        m_record->options.missingFolder = MissingFolder::Create;
        return {};
    }

    Answer<void> operator()(const fix::OtherName &repair)
    {
        const auto name = admitName(repair.name);
        if (!name) {
            return tl::unexpected(name.error());
        }
        if (m_record->type == JobType::Upload) {
            return onFile(repair.fileIndex, [&name](FileRecord &file) {
                file.spec.url = addressIn(file.spec.url.adjusted(QUrl::RemoveFilename), *name);
                forgetUpload(&file);
            });
        }
        return onFile(repair.fileIndex, [this, &name](FileRecord &file) {
            const int index = int(&file - m_record->files.constData());
            m_record->name = jobNameAfter(*m_record, index, *name);
            file.spec.name = *name;
            file.name = nameAmongOthers(*m_record, index, *name);
        });
    }

    Answer<void> operator()(const fix::KeepBoth &repair)
    {
        return onFile(repair.fileIndex,
                      [](FileRecord &file) { file.existing = ExistingFile::KeepBoth; });
    }

    Answer<void> operator()(const fix::Replace &repair)
    {
        return onFile(repair.fileIndex, [this](FileRecord &file) {
            const bool isOfSibling = namesPublished(*m_record).contains(withoutCapitals(file.name));
            file.existing = isOfSibling ? ExistingFile::KeepBoth : ExistingFile::Replace;
        });
    }

    Answer<void> operator()(const fix::Restart &repair)
    {
        return onFile(repair.fileIndex, [](FileRecord &file) { restart(&file); });
    }

    /// A part whose time of change is not known is not believed without being read.
    Answer<void> operator()(const fix::Recheck & /*repair*/)
    {
        for (FileRecord &file : m_record->files) {
            if (file.state != FileState::Published) {
                file.seal.stamp.reset();
            }
        }
        return {};
    }

    Answer<void> operator()(const fix::SkipFile &repair)
    {
        return onFile(repair.fileIndex, [](FileRecord &file) { leaveOut(&file); });
    }

    Answer<void> operator()(const fix::TrustCertificate &repair) { return trust(repair, m_record); }

    Answer<void> operator()(const fix::Proxy &repair)
    {
        const auto proxy = admitProxy(repair.proxy);
        if (!proxy) {
            return tl::unexpected(proxy.error());
        }
        m_record->options.proxy = *proxy;
        return {};
    }

    Answer<void> operator()(const fix::AllowInsecure & /*repair*/)
    {
        m_record->options.insecureRedirect = InsecureRedirect::Follow;
        return {};
    }

    Answer<void> operator()(const fix::OtherHash &repair)
    {
        return onFile(repair.fileIndex, [&repair](FileRecord &file) {
            file.spec.hash = repair.hash;
            file.promisedHash.reset(); // a person has decided; "none" means none at all
            file.error.reset();        // the bytes are not known to be wrong any more
        });
    }

    /// Only of a file that is in question: given ahead, it would let any page pass later.
    Answer<void> operator()(const fix::Accept &repair)
    {
        bool isAsked = false;
        const auto accepted = onFile(repair.fileIndex, [&isAsked](FileRecord &file) {
            isAsked = file.error && fixesFor(*file.error).contains(FixKind::Accept);
            if (!isAsked) {
                return;
            }
            if (isAboutOlderForm(*file.error)) {
                takeBack(&file);
            }
            takeAsItIs(&file);
            if (file.error->cause == Cause::WebPageInstead && !file.durable.isEmpty()) {
                restart(&file); // the page is no rest of what is here
            }
            file.error.reset();
        });
        return accepted && !isAsked ? refuse(RefusalKind::FixDoesNotApply, {}) : accepted;
    }

    Answer<void> operator()(const fix::Unpack &repair)
    {
        bool isAsked = false;
        const auto wanted = onFile(repair.fileIndex, [&isAsked](FileRecord &file) {
            isAsked = file.error && fixesFor(*file.error).contains(FixKind::Unpack);
            file.acceptance = Acceptance::Unpack;
            file.error.reset();
        });
        return wanted && !isAsked ? refuse(RefusalKind::FixDoesNotApply, {}) : wanted;
    }

    Answer<void> operator()(const fix::OtherSource &repair)
    {
        const QFileInfo path(repair.path);
        const auto folder = admitFolder(path.path());
        const auto name = admitSourceName(path.fileName());
        if (!folder || !name) {
            return tl::unexpected(folder ? name.error() : folder.error());
        }
        return onFile(std::nullopt, [this, &folder, &name](FileRecord &file) {
            m_record->name = jobNameAfter(*m_record, 0, *name);
            m_record->folder = *folder;
            file.spec.name = *name;
            file.name = *name;
            if (file.upload.source) {
                file.upload.source->fileId.clear(); // size and time decide
            }
        });
    }

    Answer<void> operator()(const fix::OtherProtocol &repair)
    {
        m_record->options.protocol = repair.protocol;
        return onFile(std::nullopt, [](FileRecord &file) { forgetUpload(&file); });
    }

private:
    [[nodiscard]] tl::unexpected<Refusal> refuse(RefusalKind kind, const QString &subject) const
    {
        return tl::unexpected(Refusal{.kind = kind, .job = m_record->id, .subject = subject});
    }

    template <typename Change>
    Answer<void> onFile(std::optional<int> named, Change change)
    {
        const auto index = fileMeant(*m_record, named);
        if (!index || *index < 0 || *index >= m_record->files.size()) {
            return refuse(RefusalKind::UnknownFile,
                          index ? QString::number(*index + 1) : QString());
        }
        FileRecord &file = m_record->files[*index];
        if (file.state == FileState::Published) {
            return refuse(RefusalKind::FixDoesNotApply, file.name);
        }
        change(file);
        return {};
    }

    JobRecord *m_record;
};

} // namespace

Answer<JobRecord> withFixes(JobRecord record, const Fixes &fixes)
{
    for (const Fix &fix : addressed(fixes, record)) {
        if (!hasMeaning(kindOf(fix), record)) {
            return tl::unexpected(Refusal{
                .kind = RefusalKind::FixDoesNotApply, .job = record.id, .subject = record.name});
        }
        const auto applied = std::visit(Fixer(&record), fix);
        if (!applied) {
            return tl::unexpected(applied.error());
        }
        record.options.keepSecrets = keepIn(fix).value_or(record.options.keepSecrets);
    }
    keepConsentToItsPlace(fixes, &record);
    const bool leavesOut =
        std::ranges::any_of(fixes, [](const Fix &fix) { return kindOf(fix) == FixKind::SkipFile; });
    if (leavesOut && isAllLeftOut(record)) {
        return tl::unexpected(Refusal{.kind = RefusalKind::LastFile, .job = record.id});
    }
    return record;
}

} // namespace core
