// SPDX-License-Identifier: Apache-2.0
#include "app/cli/args/invocation.h"
#include "app/cli/args/list_file.h"
#include "app/cli/args/new_job_reader.h"
#include "app/cli/print/terminal_text.h"
#include "app/cli/print/words.h"
#include "core/words/job_name.h"

#include <array>

namespace cli {

namespace {

/// Reads `bhop get` step by step; each step looks at what belongs together.
class GetReader : private NewJobReader {
public:
    GetReader(const Arguments &arguments, const Surroundings &surroundings)
        : NewJobReader(arguments, surroundings)
    {
    }

    [[nodiscard]] Parsed<GetRequest> read();

private:
    using Step = void (GetReader::*)();

    void checkInput();
    void readPlace();
    void readLinks();
    void readList(const QString &path);
    void readFiles();
};

Parsed<GetRequest> GetReader::read()
{
    // What the words alone decide comes before files are read and passwords asked for.
    static constexpr std::array<Step, 12> kSteps{
        &GetReader::checkInput,        &GetReader::readOutcome,  &GetReader::readPlace,
        &GetReader::readTimes,         &GetReader::readNetwork,  &GetReader::readCertificates,
        &GetReader::readNotifyCommand, &GetReader::readLinks,    &GetReader::readFiles,
        &GetReader::readTrust,         &GetReader::readJobLogin, &GetReader::readProxyLogin,
    };
    for (const auto step : kSteps) {
        if (in().isGood()) {
            (this->*step)();
        }
    }
    return in().result(GetRequest{made()});
}

void GetReader::checkInput()
{
    const auto fromInput = arguments().values(Option::InputFile).count("-");
    if (fromInput + (in().has(Option::PasswordStdin) ? 1 : 0) > 1) {
        in().refuse(Words::tr("Standard input can bring one thing only: either a list of links or "
                              "the password."));
    }
}

void GetReader::readPlace()
{
    if (in().has(Option::StopAtFirstError)) {
        options().firstError = core::FirstError::StopJob;
    }
    spec().folder = in().folder();
    in().read(Option::Existing, parseExisting, options().existing);
    in().read(Option::Connections, parseConnections, options().connections);
}

void GetReader::readLinks()
{
    QStringList problems;
    for (const QByteArray &typed : arguments().operands) {
        if (auto link = parseTypedLink(linkText(typed))) {
            links().append(*std::move(link));
        } else {
            problems.append(link.error().sentence);
        }
    }
    if (!problems.isEmpty()) {
        in().refuse(problems.join(u'\n'));
    }
    for (const QString &path : textOf(arguments().values(Option::InputFile))) {
        readList(path);
    }
    if (links().isEmpty()) {
        in().refuse(Words::tr("There is no link to download; write \"bhop get LINK\"."));
    }
}

void GetReader::readList(const QString &path)
{
    if (!in().isGood()) {
        return;
    }
    const bool isInput = path == u'-';
    const QString source = isInput ? Words::tr("standard input") : path;
    const auto content = isInput ? surroundings().readInput() : surroundings().readFile(path);
    if (!content) {
        in().refuse(Words::tr("The list of links %1 cannot be read: %2.")
                        .arg(quoted(source), content.error()));
    } else if (const auto listed = in().take(parseLinkList(*content, source))) {
        links() += *listed;
    }
}

void GetReader::readFiles()
{
    for (const Option option : {Option::Output, Option::Hash}) {
        if (in().has(option) && links().size() != 1) {
            in().refuse(Words::tr("%1 is for one file; there are %2 links.")
                            .arg(text(option), QString::number(links().size())));
        }
    }
    for (const core::Link &link : std::as_const(links())) {
        QUrl url = link.url;
        if (link.isSchemeGuessed) {
            url.setScheme(QString()); // for the engine to find out
        }
        spec().files.append(core::FileSpec{.url = url});
    }
    spec().name = core::orderedName(spec());
    core::FileSpec &first = spec().files.first();
    in().read(Option::Output, parseFileName, first.name);
    in().read(Option::Hash, parseHash, first.hash);
}

} // namespace

Parsed<GetRequest> readGet(const Arguments &arguments, const Surroundings &surroundings)
{
    return GetReader(arguments, surroundings).read();
}

} // namespace cli
