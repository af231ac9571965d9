// SPDX-License-Identifier: Apache-2.0
#include "ui/dialogs/fixes/fix_control.h"

#include "core/remedy/catalogue.h"
#include "core/words/explain_several.h"
#include "ui/dialogs/fixes/certificate_control.h"
#include "ui/dialogs/fixes/decided_control.h"
#include "ui/dialogs/fixes/free_space_control.h"
#include "ui/dialogs/fixes/hash_control.h"
#include "ui/dialogs/fixes/headers_control.h"
#include "ui/dialogs/fixes/login_control.h"
#include "ui/dialogs/fixes/new_link_control.h"
#include "ui/dialogs/fixes/new_links_control.h"
#include "ui/dialogs/fixes/other_folder_control.h"
#include "ui/dialogs/fixes/other_name_control.h"
#include "ui/dialogs/fixes/other_source_control.h"
#include "ui/dialogs/fixes/proxy_control.h"

#include <QLabel>

namespace ui {

QString FixContext::label(core::FixKind kind) const
{
    return isOfSeveral() ? core::labelForAll(kind, error) : core::label(kind, error);
}

QString FixContext::describe(core::FixKind kind) const
{
    return isOfSeveral() ? core::describeForAll(kind, error) : core::describe(kind, error);
}

std::optional<core::Fix> FixControl::fixFor(core::FileId file) const
{
    const auto same = fix();
    return same ? std::optional(core::forFile(*same, file.index)) : std::nullopt;
}

QLabel *FixControl::topLabel(const QString &text)
{
    auto *label = new QLabel(text, this);
    label->setTextFormat(Qt::PlainText);
    label->setAlignment(Qt::AlignLeading | Qt::AlignTop);
    return label;
}

FixControl *makeFixControl(core::FixKind kind, const FixContext &context, QWidget *parent)
{
    const int file = context.error.fileIndex;
    switch (kind) {
    case core::FixKind::Retry:
        return new DecidedControl(core::fix::Retry{}, parent);
    case core::FixKind::NewLink:
        return context.isOfSeveral()
                   ? static_cast<FixControl *>(new NewLinksControl(context, parent))
                   : new NewLinkControl(context, parent);
    case core::FixKind::Headers:
        return new HeadersControl(context, parent);
    case core::FixKind::Login:
        return new LoginControl(context, parent);
    case core::FixKind::FreeSpace:
        return new FreeSpaceControl(context, parent);
    case core::FixKind::OtherFolder:
        return new OtherFolderControl(context, parent);
    case core::FixKind::CreateFolder:
        return new DecidedControl(core::fix::CreateFolder{}, parent);
    case core::FixKind::OtherName:
        return new OtherNameControl(context, parent);
    case core::FixKind::KeepBoth:
        return new DecidedControl(core::fix::KeepBoth{file}, parent);
    case core::FixKind::Replace:
        return new DecidedControl(core::fix::Replace{file}, parent);
    case core::FixKind::Restart:
        return new DecidedControl(core::fix::Restart{file}, parent);
    case core::FixKind::Recheck:
        return new DecidedControl(core::fix::Recheck{}, parent);
    case core::FixKind::SkipFile:
        return new DecidedControl(core::fix::SkipFile{file}, parent);
    case core::FixKind::TrustCertificate:
        return new CertificateControl(context, parent);
    case core::FixKind::Proxy:
        return new ProxyControl(context, parent);
    case core::FixKind::AllowInsecure:
        return new DecidedControl(core::fix::AllowInsecure{}, parent);
    case core::FixKind::OtherHash:
        return new HashControl(context, parent);
    case core::FixKind::Accept:
        return new DecidedControl(core::fix::Accept{file}, parent);
    case core::FixKind::Unpack:
        return new DecidedControl(core::fix::Unpack{file}, parent);
    case core::FixKind::OtherSource:
        return new OtherSourceControl(context, parent);
    case core::FixKind::OtherProtocol:
        return new DecidedControl(
            core::fix::OtherProtocol{
                core::protocolInstead(context.error).value_or(core::UploadProtocol::Auto)},
            parent);
    case core::FixKind::Wait:
        return new DecidedControl(std::nullopt, parent);
    }
    Q_UNREACHABLE();
}

} // namespace ui
