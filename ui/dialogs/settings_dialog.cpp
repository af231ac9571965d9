// SPDX-License-Identifier: Apache-2.0
#include "ui/dialogs/settings_dialog.h"

#include "ui/dialogs/fitting_scroll_area.h"
#include "ui/dialogs/folder_field.h"
#include "ui/dialogs/plain_label.h"

#include <QCheckBox>
#include <QComboBox>
#include <QDialogButtonBox>
#include <QFormLayout>
#include <QLineEdit>
#include <QPushButton>
#include <QSpinBox>
#include <QStandardPaths>
#include <QVBoxLayout>

namespace ui {

namespace {

constexpr int kMostAtOnce = 100;

QString usualFolder()
{
    return QStandardPaths::writableLocation(QStandardPaths::DownloadLocation);
}

QSpinBox *makeNumber(const char *objectName, int most)
{
    auto *box = new QSpinBox;
    box->setObjectName(QLatin1StringView(objectName));
    box->setRange(1, most);
    return box;
}

QCheckBox *makeCheck(const char *objectName, const QString &text)
{
    auto *box = new QCheckBox(text);
    box->setObjectName(QLatin1StringView(objectName));
    return box;
}

PlainLabel *makeHeading(const QString &text)
{
    auto *heading = new PlainLabel(Tone::Heading);
    heading->say(text);
    return heading;
}

} // namespace

SettingsDialog::SettingsDialog(core::JobService *service, const Choices &now, QWidget *parent)
    : QDialog(parent)
{
    setWindowTitle(tr("Settings"));
    setSizeGripEnabled(true);
    m_area = new FittingScrollArea(makeContent(service), this);
    auto *buttons = new QDialogButtonBox(QDialogButtonBox::Ok | QDialogButtonBox::Cancel, this);
    for (QAbstractButton *button : buttons->buttons()) {
        button->setIcon({}); // as in the other dialogs
    }
    m_ok = buttons->button(QDialogButtonBox::Ok);
    auto *layout = new QVBoxLayout(this);
    layout->addWidget(m_area, 1);
    layout->addWidget(buttons);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    connect(buttons, &QDialogButtonBox::accepted, this, [this] {
        Q_EMIT chosen(choices());
        accept();
    });
    connect(m_folder, &FolderField::changed, this, &SettingsDialog::describe);
    fill(now);
}

QWidget *SettingsDialog::makeContent(core::JobService *service)
{
    auto *content = new QWidget;
    auto *layout = new QVBoxLayout(content);
    layout->setContentsMargins(0, 0, 0, 0);
    makeDownloads(service, layout);
    makeNumbers(layout);
    layout->addSpacing(layout->spacing() * 2);
    makeManners(layout);
    layout->addSpacing(layout->spacing() * 2);
    makeStay(layout);
    layout->addStretch(1);
    return content;
}

void SettingsDialog::makeDownloads(core::JobService *service, QVBoxLayout *layout)
{
    layout->addWidget(makeHeading(tr("Downloads and uploads")));
    m_folder = new FolderField(service, core::MissingFolder::Create);
    auto *label = new QLabel(tr("&Save downloads in, unless another folder is chosen:"));
    label->setBuddy(m_folder->edit());
    layout->addWidget(label);
    layout->addWidget(m_folder);
    m_remark = new PlainLabel(Tone::Problem);
    m_remark->setObjectName(QStringLiteral("settingsRemark"));
    layout->addWidget(m_remark);
}

void SettingsDialog::makeNumbers(QVBoxLayout *layout)
{
    m_jobs = makeNumber("jobsBox", kMostAtOnce);
    m_files = makeNumber("filesBox", kMostAtOnce);
    m_connections = makeNumber("connectionsBox", core::kMaxConnections);
    auto *form = new QFormLayout;
    form->setFieldGrowthPolicy(QFormLayout::FieldsStayAtSizeHint);
    form->addRow(tr("&Jobs at once:"), m_jobs);
    form->addRow(tr("&Files of one job at once:"), m_files);
    form->addRow(tr("&Connections to one server:"), m_connections);
    layout->addLayout(form);
}

void SettingsDialog::makeManners(QVBoxLayout *layout)
{
    layout->addWidget(makeHeading(tr("This computer")));
    m_waitOnMetered =
        makeCheck("meteredBox", tr("&Wait for another network while this one is metered"));
    m_waitOnMetered->setToolTip(
        tr("A metered network may cost money by the byte. A job that you resume goes on all the "
           "same."));
    m_keepAwake =
        makeCheck("awakeBox", tr("&Do not let it fall asleep while files are fetched or sent"));
    layout->addWidget(m_waitOnMetered);
    layout->addWidget(m_keepAwake);
}

void SettingsDialog::makeStay(QVBoxLayout *layout)
{
    layout->addWidget(makeHeading(tr("Without the window")));
    m_whenClosed = new QComboBox;
    m_whenClosed->setObjectName(QStringLiteral("whenClosedBox"));
    m_whenClosed->addItem(tr("Ask me"), int(WhenClosed::Ask));
    m_whenClosed->addItem(tr("They go on in the background"), int(WhenClosed::GoOn));
    m_whenClosed->addItem(tr("They are paused"), int(WhenClosed::Pause));
    auto *form = new QFormLayout;
    form->setFieldGrowthPolicy(QFormLayout::FieldsStayAtSizeHint);
    form->addRow(tr("Jobs under way when I &quit:"), m_whenClosed);
    layout->addLayout(form);
    m_startsAtLogin = makeCheck("loginBox", tr("Start when I log &in, and go on with what waits"));
    m_goOnAfterLogout =
        makeCheck("logoutBox", tr("Go on after I log &out, where the system allows it"));
    layout->addWidget(m_startsAtLogin);
    layout->addWidget(m_goOnAfterLogout);
}

void SettingsDialog::fill(const Choices &now)
{
    const core::Settings &engine = now.engine;
    m_folder->setFolder(engine.downloadFolder.isEmpty() ? usualFolder() : engine.downloadFolder);
    m_jobs->setValue(engine.jobsAtOnce);
    m_files->setValue(engine.filesAtOnce);
    m_connections->setValue(engine.connectionsPerHost);
    m_waitOnMetered->setChecked(engine.waitOnMetered);
    m_keepAwake->setChecked(engine.keepAwake);
    m_goOnAfterLogout->setChecked(engine.goOnAfterLogout);
    m_limitBytesPerSecond = engine.limitBytesPerSecond;
    m_whenClosed->setCurrentIndex(m_whenClosed->findData(int(now.whenClosed)));
    m_startsAtLogin->setChecked(now.startsAtLogin);
    describe();
}

Choices SettingsDialog::choices() const
{
    const QString folder = m_folder->folder();
    return {.engine = {.downloadFolder = folder == usualFolder() ? QString() : folder,
                       .jobsAtOnce = m_jobs->value(),
                       .filesAtOnce = m_files->value(),
                       .connectionsPerHost = m_connections->value(),
                       .waitOnMetered = m_waitOnMetered->isChecked(),
                       .keepAwake = m_keepAwake->isChecked(),
                       .goOnAfterLogout = m_goOnAfterLogout->isChecked(),
                       .limitBytesPerSecond = m_limitBytesPerSecond},
            .whenClosed = WhenClosed(m_whenClosed->currentData().toInt()),
            .startsAtLogin = m_startsAtLogin->isChecked()};
}

void SettingsDialog::describe()
{
    m_remark->say(m_folder->problem());
    m_ok->setEnabled(m_folder->problem().isEmpty() && !m_folder->folder().isEmpty());
}

void SettingsDialog::setVisible(bool visible)
{
    if (visible) {
        m_area->fitWindow();
    }
    QDialog::setVisible(visible);
}

} // namespace ui
