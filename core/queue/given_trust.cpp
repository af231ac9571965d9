// SPDX-License-Identifier: Apache-2.0
#include "core/queue/given_trust.h"

#include "core/http/origin.h"
#include "core/queue/admission.h"
#include "core/queue/fix_target.h"

#include <algorithm>
#include <functional>

namespace core {

Answer<void> trust(const fix::TrustCertificate &repair, JobRecord *job)
{
    const auto refuse = [job](RefusalKind kind, const QString &subject) {
        return tl::unexpected(Refusal{.kind = kind, .job = job->id, .subject = subject});
    };
    QList<JobError> asking = questionsAnswered(*job, repair);
    if (asking.isEmpty()) {
        return refuse(RefusalKind::FixDoesNotApply, {});
    }
    const QByteArray typed = parseFingerprint(QString::fromLatin1(repair.sha256Hex));
    const auto isSeen = [&typed](const JobError &error) {
        return error.certificate->sha256Hex == typed;
    };
    // The first of those that show it: where none does, it is refused below.
    std::ranges::stable_partition(asking, isSeen);
    const JobError question = asking.constFirst();
    asking.removeIf(std::not_fn(isSeen));
    if (const QStringList origins = originsOf(asking); origins.size() > 1) {
        return refuse(RefusalKind::WhichServer, origins.join(QStringLiteral(", ")));
    }
    const Origin origin = originOf(question.url);
    const auto trusted = admitCertificate({.host = origin.host,
                                           .port = origin.port,
                                           .sha256Hex = repair.sha256Hex,
                                           .trustedAt = question.time});
    if (!trusted) {
        return tl::unexpected(trusted.error());
    }
    if (trusted->sha256Hex != question.certificate->sha256Hex) {
        return refuse(RefusalKind::OtherCertificate, formatFingerprint(trusted->sha256Hex));
    }
    QList<TrustedCertificate> &all = job->options.trusted;
    all.removeIf([&origin](const TrustedCertificate &old) {
        return old.host == origin.host && old.port == origin.port;
    });
    all.append(*trusted);
    return {};
}

} // namespace core
