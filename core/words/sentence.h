// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QLatin1StringView>
#include <QList>
#include <QString>

namespace core {

/// What stands in place of "{name}" in a sentence.
struct Filling {
    QLatin1StringView name;
    QString value;
    /// Words of ours, which take a capital at the start of a sentence; a host name does not.
    bool ourWords = false;
};
using Fillings = QList<Filling>;

/// The sentence in the language of the program. Sources are marked with
/// QT_TRANSLATE_NOOP("explain").
[[nodiscard]] QString translated(const char *source);
/// The same for a number of things: %n stands for it. The sources are two, since English needs its
/// plural without a translation too; other languages find all their forms under `many`.
[[nodiscard]] QString counted(const char *one, const char *many, int n);

/// Puts the values in place of the names, in one pass: braces and percent signs inside a value are
/// not looked at again.
[[nodiscard]] QString filled(const QString &pattern, const Fillings &fillings);

/// Both: the sentence in the language of the program, with its values in it.
[[nodiscard]] QString said(const char *source, const Fillings &fillings = {});

/// What is shown of several things, and how many there are besides: "a, b and 3 more".
[[nodiscard]] QString andMore(const QString &shown, qsizetype more);

/// Whether the character at this place is seen by itself, or changes how those beside it are
/// written, as joiners do.
[[nodiscard]] bool isVisibleAt(QStringView text, qsizetype at);

/// Text from outside as it may stand in a sentence: control, bidirectional and other invisible
/// characters become U+FFFD, but for joiners that letters need, and what is longer than the limit
/// loses its middle.
[[nodiscard]] QString plain(const QString &outside, int maxChars = 80);
/// The same between quotation marks.
[[nodiscard]] QString quoted(const QString &outside);

} // namespace core
