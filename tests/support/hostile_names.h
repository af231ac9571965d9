// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QByteArray>
#include <QList>
#include <QString>
#include <QStringList>

/// What a hostile name is put together from.
[[nodiscard]] const QStringList &hostilePieces();

/// A file name as a server may propose it.
struct ProposedName {
    enum class Place {
        Header, ///< the whole value of Content-Disposition
        Address ///< the last segment of the final address, percent-encoded
    };
    Place place = Place::Header;
    QByteArray bytes;
};

/// Every way to say this name, which may be any bytes. Those that a header cannot carry are left
/// out.
[[nodiscard]] QList<ProposedName> waysToSay(const QByteArray &name);

/// Names that somebody thought of, in every way, and headers that are broken themselves. `watched`
/// is an absolute folder that names try to get into.
[[nodiscard]] QList<ProposedName> hostileNames(const QByteArray &watched);

/// So many names put together at random; the same for the same seed.
[[nodiscard]] QList<ProposedName> generatedNames(quint32 seed, int count);
