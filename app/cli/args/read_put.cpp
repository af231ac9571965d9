// SPDX-License-Identifier: Apache-2.0
#include "app/cli/args/invocation.h"
#include "app/cli/args/new_job_reader.h"
#include "app/cli/print/terminal_text.h"
#include "app/cli/print/words.h"
#include "core/words/explain_service.h"

#include <QDir>
#include <QFileInfo>

#include <array>

namespace cli {

namespace {

/// As a person would write it, also where the engine is to find out the scheme.
QString shownAddress(const QUrl &address)
{
    const QString shown = terminalText(address.toDisplayString());
    return address.scheme().isEmpty() ? shown.mid(2) : shown; // without the "//"
}

/// Reads `bhop put` step by step.
class PutReader : private NewJobReader {
public:
    PutReader(const Arguments &arguments, const Surroundings &surroundings)
        : NewJobReader(arguments, surroundings)
    {
    }

    [[nodiscard]] Parsed<PutRequest> read();

private:
    using Step = void (PutReader::*)();

    void checkOutcome();
    void readManner();
    void checkTus();
    void readSource();
    void checkSource();
    void readHash();
    void readTarget();
    void readName();

    QStringList m_notices;
};

Parsed<PutRequest> PutReader::read()
{
    static constexpr std::array<Step, 15> kSteps{
        &PutReader::readOutcome,      &PutReader::checkOutcome,      &PutReader::readManner,
        &PutReader::readTimes,        &PutReader::readNetwork,       &PutReader::readSource,
        &PutReader::readHash,         &PutReader::readTarget,        &PutReader::readName,
        &PutReader::readCertificates, &PutReader::readNotifyCommand, &PutReader::readTrust,
        &PutReader::checkSource,      &PutReader::readJobLogin,      &PutReader::readProxyLogin,
    };
    spec().type = core::JobType::Upload;
    for (const auto step : kSteps) {
        if (in().isGood()) {
            (this->*step)();
        }
    }
    return in().result(PutRequest{made(), m_notices});
}

void PutReader::checkOutcome()
{
    if (made().onError == OnError::Complete) {
        in().refuse(Words::tr("--on-error complete is not for an upload: a part of a file is of no "
                              "use to the server. Choose stop, cancel or ask."));
    }
}

void PutReader::readManner()
{
    in().read(Option::Protocol, parseProtocol, options().protocol);
    const auto ifExists = in().value(Option::IfExists, parseIfExists);
    if (ifExists == IfExists::Replace) {
        options().existing = core::ExistingFile::Replace;
    }
    if (ifExists == IfExists::Ask && made().onError != OnError::Ask) {
        in().refuse(Words::tr("--if-exists ask needs a terminal to ask at, no --json and no other "
                              "--on-error; choose replace or fail."));
    }
    if (in().has(Option::MakeFolders)) {
        options().missingFolder = core::MissingFolder::Create;
    }
    checkTus();
}

void PutReader::checkTus()
{
    if (options().protocol != core::UploadProtocol::Tus) {
        return;
    }
    for (const Option option : {Option::Name, Option::IfExists, Option::MakeFolders}) {
        if (in().has(option)) {
            in().refuse(Words::tr("%1 is not for --protocol tus: with that the server gives names "
                                  "and places itself.")
                            .arg(text(option)));
        }
    }
}

void PutReader::readSource()
{
    const QFileInfo source(in().source(QString::fromLocal8Bit(arguments().operands.first())));
    spec().folder = source.path();
    spec().files.append(core::FileSpec{.url = {}, .name = source.fileName()});
}

/// A password is not typed for nothing.
void PutReader::checkSource()
{
    if (!in().has(Option::User) && !in().has(Option::ProxyUser)) {
        return; // the engine looks before there is a job
    }
    const QString path = QDir(spec().folder).filePath(spec().files.first().name);
    const core::SourceReport report = surroundings().inspectSource(path);
    if (report.problem) {
        in().refuse(UsageError{terminalText(core::explain(report)), report.problem});
    }
}

void PutReader::readHash()
{
    in().read(Option::Hash, parseHash, spec().files.first().hash);
}

void PutReader::readTarget()
{
    const auto link = in().take(parseTarget(linkText(arguments().operands.last())));
    if (link) {
        links().append(*link);
        QUrl &url = spec().files.first().url;
        url = link->url;
        if (link->isSchemeGuessed) {
            url.setScheme(QString()); // for the engine to find out
            m_notices.append(Words::tr("The address says neither https:// nor http://, so it is "
                                       "sent by https, or by http where that is not to be had"));
        }
    }
}

/// Where the address is that of a folder, the file keeps its name or gets the one that was given.
void PutReader::readName()
{
    QUrl &url = spec().files.first().url;
    const auto name = in().value(Option::Name, parseRemoteName);
    const bool isFolder = url.path().endsWith(u'/');
    if (name && !isFolder) {
        in().refuse(Words::tr("--name is for an address that ends in a slash; this one names the "
                              "file already."));
    }
    if (!isFolder || options().protocol == core::UploadProtocol::Tus) {
        return;
    }
    const QUrl whole = core::addressIn(url, name.value_or(spec().files.first().name));
    const QString shown = shownAddress(whole);
    m_notices.append(
        options().protocol == core::UploadProtocol::Put || name
            ? Words::tr("The address ends in a slash, so the file goes to %1").arg(shown)
            : Words::tr("The address ends in a slash, so the file goes to %1, unless "
                        "the server takes it by tus there")
                  .arg(shown));
    if (name) {
        url = whole;
    }
}

} // namespace

Parsed<PutRequest> readPut(const Arguments &arguments, const Surroundings &surroundings)
{
    return PutReader(arguments, surroundings).read();
}

} // namespace cli
