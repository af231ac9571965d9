// SPDX-License-Identifier: Apache-2.0
#include "app/desktop/arguments.h"

#include <QCommandLineParser>
#include <QDir>

Arguments parseArguments(const QStringList &commandLine)
{
    QCommandLineParser parser;
    parser.setApplicationDescription(
        QCommandLineParser::tr("Monitor for download and upload jobs."));
    const QCommandLineOption stateDir(QStringLiteral("state-dir"),
                                      QCommandLineParser::tr("Keep jobs and layout in DIR."),
                                      QStringLiteral("DIR"));
    const QCommandLineOption inProcess(
        QStringLiteral("in-process"),
        QCommandLineParser::tr("Do the work in this program, which no other can use the list "
                               "beside."));
    const QCommandLineOption help = parser.addHelpOption();
    const QCommandLineOption version = parser.addVersionOption();
    parser.addOption(stateDir);
    parser.addOption(inProcess);
    parser.addPositionalArgument(QStringLiteral("URL"), QCommandLineParser::tr("Links to fill in."),
                                 QStringLiteral("[URL…]"));
    if (!parser.parse(commandLine)) {
        return {.wish = Arguments::Wish::Complain, .text = parser.errorText()};
    }
    if (parser.isSet(help)) {
        return {.wish = Arguments::Wish::Print, .text = parser.helpText()};
    }
    if (parser.isSet(version)) {
        return {.wish = Arguments::Wish::Print,
                .text = QStringLiteral("bellhop " BELLHOP_VERSION "\n")};
    }
    if (parser.isSet(stateDir) && parser.value(stateDir).isEmpty()) {
        return {.wish = Arguments::Wish::Complain,
                .text = QCommandLineParser::tr("--state-dir needs the name of a folder.")};
    }
    const QString folder = parser.value(stateDir);
    return {.stateDir = folder.isEmpty() ? QString() : QDir(folder).absolutePath(),
            .inProcess = parser.isSet(inProcess),
            .links = parser.positionalArguments()};
}
