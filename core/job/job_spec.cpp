// SPDX-License-Identifier: Apache-2.0
#include "core/job/job_spec.h"

#include "core/job/parse_name.h"

#include <array>

namespace core {

const char *name(Priority value)
{
    switch (value) {
    case Priority::Foreground:
        return "Foreground";
    case Priority::High:
        return "High";
    case Priority::Normal:
        return "Normal";
    case Priority::Low:
        return "Low";
    }
    Q_UNREACHABLE();
}

const char *name(ExistingFile value)
{
    switch (value) {
    case ExistingFile::Ask:
        return "Ask";
    case ExistingFile::KeepBoth:
        return "KeepBoth";
    case ExistingFile::Replace:
        return "Replace";
    case ExistingFile::Skip:
        return "Skip";
    }
    Q_UNREACHABLE();
}

const char *name(CompleteMode value)
{
    switch (value) {
    case CompleteMode::WhenTransferred:
        return "WhenTransferred";
    case CompleteMode::OnRequest:
        return "OnRequest";
    }
    Q_UNREACHABLE();
}

const char *name(MissingFolder value)
{
    switch (value) {
    case MissingFolder::Refuse:
        return "Refuse";
    case MissingFolder::Create:
        return "Create";
    }
    Q_UNREACHABLE();
}

const char *name(InsecureRedirect value)
{
    switch (value) {
    case InsecureRedirect::Refuse:
        return "Refuse";
    case InsecureRedirect::Follow:
        return "Follow";
    }
    Q_UNREACHABLE();
}

const char *name(FirstError value)
{
    switch (value) {
    case FirstError::FinishOthers:
        return "FinishOthers";
    case FirstError::StopJob:
        return "StopJob";
    }
    Q_UNREACHABLE();
}

std::optional<Priority> parsePriority(QStringView text)
{
    return parseName(
        std::array{Priority::Foreground, Priority::High, Priority::Normal, Priority::Low}, text);
}

std::optional<ExistingFile> parseExistingFile(QStringView text)
{
    return parseName(std::array{ExistingFile::Ask, ExistingFile::KeepBoth, ExistingFile::Replace,
                                ExistingFile::Skip},
                     text);
}

std::optional<CompleteMode> parseCompleteMode(QStringView text)
{
    return parseName(std::array{CompleteMode::WhenTransferred, CompleteMode::OnRequest}, text);
}

std::optional<MissingFolder> parseMissingFolder(QStringView text)
{
    return parseName(std::array{MissingFolder::Refuse, MissingFolder::Create}, text);
}

std::optional<InsecureRedirect> parseInsecureRedirect(QStringView text)
{
    return parseName(std::array{InsecureRedirect::Refuse, InsecureRedirect::Follow}, text);
}

std::optional<FirstError> parseFirstError(QStringView text)
{
    return parseName(std::array{FirstError::FinishOthers, FirstError::StopJob}, text);
}

QUrl noProxy()
{
    return QUrl(QStringLiteral("direct:"));
}

bool isUsableProxy(const QUrl &proxy)
{
    const bool isScheme = proxy.scheme() == u"http" || proxy.scheme() == u"socks5";
    return proxy == noProxy() || (proxy.isValid() && isScheme && !proxy.host().isEmpty());
}

} // namespace core
