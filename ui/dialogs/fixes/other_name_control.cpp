// SPDX-License-Identifier: Apache-2.0
#include "ui/dialogs/fixes/other_name_control.h"

#include <QFileInfo>
#include <QLabel>
#include <QLineEdit>
#include <QVBoxLayout>

#include <algorithm>

namespace ui {

namespace {

/// 255 bytes of UTF-8, less what ".part" and a number take.
constexpr qsizetype kMaxNameBytes = 239;

/// Where the extension begins; that of "a.tar.gz" is both.
int stemLength(const QString &name)
{
    QString stem = QFileInfo(name).completeBaseName();
    if (stem.endsWith(QStringLiteral(".tar"))) {
        stem.chop(4);
    }
    return int(stem.size());
}

} // namespace

OtherNameControl::OtherNameControl(const FixContext &context, QWidget *parent)
    : FixControl(parent)
    , m_oldName(context.fileName)
    , m_fileIndex(context.error.fileIndex)
    , m_edit(new QLineEdit(m_oldName, this))
{
    auto *label = new QLabel(tr("&Name:"), this);
    label->setBuddy(m_edit);
    m_edit->setObjectName(QStringLiteral("nameEdit"));
    m_edit->setAccessibleName(tr("New name"));
    m_edit->setSelection(0, stemLength(m_oldName));
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(label);
    layout->addWidget(m_edit);
    setFocusProxy(m_edit);

    connect(m_edit, &QLineEdit::textChanged, this, &FixControl::changed);
}

std::optional<core::Fix> OtherNameControl::fix() const
{
    if (readiness().kind != FixReadiness::Kind::Ready) {
        return std::nullopt;
    }
    return core::fix::OtherName{.name = m_edit->text().trimmed(), .fileIndex = m_fileIndex};
}

FixReadiness OtherNameControl::readiness() const
{
    const QString typed = m_edit->text().trimmed();
    if (typed.isEmpty() || typed == m_oldName) {
        return {FixReadiness::Kind::Incomplete, tr("Type another name.")};
    }
    if (typed.contains(u'/') || typed.startsWith(u'.') ||
        std::ranges::any_of(typed, [](QChar c) { return c.category() == QChar::Other_Control; })) {
        return {FixReadiness::Kind::Wrong, tr("A name cannot have “/” in it or begin with a dot.")};
    }
    if (typed.toUtf8().size() > kMaxNameBytes) {
        return {FixReadiness::Kind::Wrong, tr("This name is too long. Make it shorter.")};
    }
    return {};
}

} // namespace ui
