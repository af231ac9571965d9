// SPDX-License-Identifier: Apache-2.0
#include "app/cli/args/invocation.h"

#include "app/cli/args/typed_values.h"
#include "app/cli/print/words.h"

#include <QDir>

namespace cli {

Parsed<AdoptRequest> readAdopt(const Arguments &arguments, const Surroundings &surroundings)
{
    AdoptRequest request;
    if (!arguments.operands.isEmpty()) {
        const QString typed = QString::fromLocal8Bit(arguments.operands.first());
        request.path = QDir::cleanPath(QDir(surroundings.currentFolder).absoluteFilePath(typed));
    }
    const QByteArrayList links = arguments.values(Option::Link);
    if (links.isEmpty()) {
        return request;
    }
    if (request.path.isEmpty()) {
        return misused(Words::tr("--link needs the unfinished file to go on with; \"bhop adopt\" "
                                 "lists those there are."));
    }
    const auto link = parseTypedLink(linkText(links.first()));
    if (!link) {
        return tl::unexpected(link.error());
    }
    request.link = link->url;
    request.link->setUserName(link->user);
    request.link->setPassword(link->password);
    return request;
}

} // namespace cli
