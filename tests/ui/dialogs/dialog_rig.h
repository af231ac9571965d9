// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "tests/support/fake_job_service.h"
#include "tests/support/require.h"
#include "tests/ui/dialogs/dialog_script.h"

#include <QLabel>
#include <QPushButton>
#include <QTest>

#include <memory>

/// A dialog before an engine that answers its questions from a script. A test fails when the dialog
/// does more than ask: what was decided is sent by its owner.
template <typename Dialog>
struct DialogRig {
    explicit DialogRig(DialogScript known = {})
        : script(std::move(known))
    {
        answerFrom(&script, &service);
        dialog = std::make_unique<Dialog>(&service, nullptr);
    }
    ~DialogRig()
    {
        if (!onlyAsked(service)) {
            QTest::qFail(qPrintable(service.log().join(u' ')), __FILE__, __LINE__);
        }
    }
    DialogRig(const DialogRig &) = delete;
    DialogRig &operator=(const DialogRig &) = delete;

    void show()
    {
        dialog->show();
        require(QTest::qWaitForWindowActive(dialog.get()), QStringLiteral("no active dialog"));
    }
    template <typename Child>
    [[nodiscard]] Child *find(const char *name) const
    {
        return dialog->template findChild<Child *>(QString::fromLatin1(name));
    }
    [[nodiscard]] QPushButton *button(const char *name) const { return find<QPushButton>(name); }
    [[nodiscard]] QString said(const char *label) const
    {
        return find<QLabel>(label)->accessibleName();
    }

    DialogScript script;
    FakeJobService service;
    std::unique_ptr<Dialog> dialog;
};
