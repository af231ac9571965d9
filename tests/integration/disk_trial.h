// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "tests/integration/disk_stories.h"

/// A fault of the disk as tests/support/disk_faults.cpp knows it.
struct DiskFaultKind {
    const char *name = "";
    bool isOnwards = false; ///< from then on
    int points = 2;         ///< how many calls a short run tries
};

/// One story in which the disk has one fault.
class DiskTrial {
public:
    DiskTrial(const DiskStory &story, const DiskFaultKind &kind, const QString &otherDisk);

    /// Lets it happen at that call, 0 for never, and goes on until the story has come to its end.
    /// What is lost or wrong; empty when nothing is.
    [[nodiscard]] QString run(qint64 at);
    /// How often the disk was called, by the kinds of calls.
    [[nodiscard]] QHash<QByteArray, qint64> calls() const;
    /// The call that was hit first.
    [[nodiscard]] QByteArray hit() const;

private:
    [[nodiscard]] QString target() const;
    [[nodiscard]] QString reportPath() const;
    void act(qint64 at);
    void noteClaims();
    /// Under a final name there are the right bytes, or nothing, or what is to be replaced.
    [[nodiscard]] QString wrongFile() const;
    [[nodiscard]] QString goOn();
    [[nodiscard]] QString wrongInTheEnd() const;
    [[nodiscard]] QString fetchedAgain() const;

    const DiskStory &m_story;
    const DiskFaultKind &m_kind;
    QTemporaryDir m_reports;
    StoryPlace m_place;
    int m_code = 0;           ///< exit status of the command that came last
    QByteArray m_said;        ///< by the command that met the fault
    QByteArrayList m_claimed; ///< the paths of files of which there are bytes
    qsizetype m_requestsBefore = 0;
};
