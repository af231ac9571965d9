// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/http/link.h"

#include <QList>

namespace core {

/// As many lines as a job may have files (kMaxFilesPerJob).
inline constexpr int kMaxLinkListLines = 100'000;

struct ListedLink {
    int line = 0; ///< counted from 1, as editors do
    Link link;

    bool operator==(const ListedLink &) const = default;
};

struct BadLine {
    int line = 0;
    LinkRefusal refusal = LinkRefusal::Malformed;
    QString typed; ///< what stood there, cut to what explain() quotes

    bool operator==(const BadLine &) const = default;
};

struct LinkList {
    QList<ListedLink> links;
    QList<BadLine> badLines;
    bool hasTooManyLines = false; ///< what comes after kMaxLinkListLines was not read

    bool operator==(const LinkList &) const = default;
};

/// A list file or a pasted text: one link a line. Blank lines and lines that start with # are
/// passed over. Lines end as on any system.
[[nodiscard]] LinkList parseLinkList(QStringView text);

} // namespace core
