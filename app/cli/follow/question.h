// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "app/cli/print/asked_file.h"
#include "core/job/job_snapshot.h"
#include "core/job/keyring_state.h"
#include "core/remedy/fix.h"

#include <QList>
#include <QString>

#include <optional>

namespace cli {

/// What a person decided about a job that stopped.
struct Decision {
    enum class Verb { Later, Cancel, Complete, Resume };
    Verb verb = Verb::Later;
    core::Fixes fixes; ///< for Resume

    bool operator==(const Decision &) const = default;
};

/// The question a stopped job asks at the terminal, as a sequence of prompts and typed lines. Knows
/// no terminal: lines go in, prompts and in the end a decision come out.
class Question {
public:
    /// The files ask the same: there is at least one, and one answer goes to all of them. With a
    /// keyring that is open a person is asked whether secrets go there.
    Question(core::JobSnapshot job, QList<AskedFile> files, QString currentFolder,
             core::KeyringState keyring = core::KeyringState::Missing);

    /// What to print before the next line is read. Ends where the cursor is to stand.
    [[nodiscard]] QString prompt() const;
    /// Whether the next line must not be shown while it is typed.
    [[nodiscard]] bool isSecret() const
    {
        return m_stage == Stage::Password || m_stage == Stage::ProxyPassword;
    }

    struct Step {
        QString complaint; ///< why the line was no answer; empty when it was
        std::optional<Decision> decision;
    };
    [[nodiscard]] Step take(const QString &line);

    [[nodiscard]] const core::JobSnapshot &job() const { return m_job; }

private:
    enum class Stage {
        Verb,
        Fix,
        Link,
        Header,
        User,
        Password,
        Folder,
        Source,
        Name,
        Certificate,
        Proxy,
        ProxyUser,
        ProxyPassword,
        Hash,
        Keep,
    };

    [[nodiscard]] QString linkPrompt() const;
    [[nodiscard]] QString headerPrompt() const;
    [[nodiscard]] QString verbPrompt() const;
    [[nodiscard]] QString fixPrompt() const;
    [[nodiscard]] QString certificatePrompt() const;
    [[nodiscard]] QString hashPrompt() const;
    [[nodiscard]] bool canComplete() const;
    /// The server has said where the file is to go instead.
    [[nodiscard]] bool isAddressNamed() const;

    [[nodiscard]] static Step complaint(const QString &sentence);
    [[nodiscard]] static Step resumeWith(core::Fixes fixes);
    [[nodiscard]] Step takeAnswer(const QString &line);
    [[nodiscard]] Step takeKeeping(const QString &answer);
    [[nodiscard]] Step takeVerb(const QString &answer);
    [[nodiscard]] Step takeNothing();
    [[nodiscard]] Step takeFix(const QString &answer);
    [[nodiscard]] Step choose(core::FixKind kind);
    [[nodiscard]] Step ask(Stage stage);
    /// The same repair for all the files.
    [[nodiscard]] Step repairAll(const core::Fix &fix) const;
    /// Of the file that is asked for its link.
    [[nodiscard]] const AskedFile &linkless() const;
    [[nodiscard]] Step addLink(const core::Fixes &fixes);
    [[nodiscard]] Step takeLink(const QString &typed);
    [[nodiscard]] Step takeHeader(const QString &typed);
    [[nodiscard]] Step takeUser(const QString &typed);
    [[nodiscard]] Step takeSource(const QString &typed);
    [[nodiscard]] Step takeFolder(const QString &typed);
    [[nodiscard]] Step takeName(const QString &typed);
    [[nodiscard]] Step takeCertificate(const QString &typed);
    [[nodiscard]] static Step takeProxy(const QString &typed);
    [[nodiscard]] Step takeProxyUser(const QString &typed);
    [[nodiscard]] Step takeHash(const QString &typed);

    core::JobSnapshot m_job;
    QList<AskedFile> m_files;
    core::JobError m_problem; ///< of the first of them
    core::Fixes m_links;      ///< for the first files, while each is asked for its own
    QString m_currentFolder;
    core::KeyringState m_keyring;
    core::Fixes m_decided; ///< whose secrets may go into the keyring
    QList<core::FixKind> m_fixes;
    Stage m_stage = Stage::Verb;
    core::HeaderFields m_headers;
    QString m_user;
};

} // namespace cli
