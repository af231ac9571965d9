// SPDX-License-Identifier: Apache-2.0
#include "tests/support/fake_job_service.h"

namespace {

template <typename T>
struct MessageOf;
template <typename Message>
struct MessageOf<core::Call<Message>> {
    using type = Message;
};

} // namespace

void FakeJobService::post(core::AnyCall call)
{
    const char *name = std::visit(
        [this](const auto &mine) {
            using Message = MessageOf<std::decay_t<decltype(mine)>>::type;
            m_requests.append(Noted<Message>{mine.request});
            return Message::kName;
        },
        call);
    m_log.append(QString::fromLatin1(name));
    if (const auto answer = m_answers.find(name); answer != m_answers.end()) {
        answer->second(call);
    } else {
        m_open.push_back(std::move(call));
    }
}

void FakeJobService::agreeToEverything()
{
    using namespace core;
    const auto allDone = [](const auto &request) -> Answer<SetOutcome> {
        return SetOutcome{.done = request.jobs, .refused = {}};
    };
    answerWith<message::Suspend>(allDone);
    answerWith<message::Resume>(allDone);
    answerWith<message::Cancel>(allDone);
    answerWith<message::Remove>(allDone);
    answerWith<message::Complete>([](const auto &request) {
        CompleteOutcome outcome;
        for (const JobId job : request.jobs) {
            outcome.done.append({.job = job, .manifest = {}, .obstacle = {}});
        }
        return outcome;
    });
    answerWith<message::Add>([this](const auto &) { return JobId{++m_lastId}; });
    answerWith<message::AddFiles>([](const auto &) { return Done{}; });
    answerWith<message::Accept>([](const auto &) { return Done{}; });
    answerWith<message::Jobs>([](const auto &) { return QList<JobSnapshot>(); });
    answerWith<message::Files>([](const auto &) { return FilePage(); });
    answerWith<message::Timeline>([](const auto &) { return TimelinePage(); });
    answerWith<message::InspectFolder>([](const auto &request) {
        return FolderReport{.folder = request.folder, .freeBytes = 85'900'000'000, .problem = {}};
    });
    answerWith<message::InspectSource>([](const auto &request) {
        return SourceReport{.path = request.path, .sizeBytes = 12'300'000, .problem = {}};
    });
    answerWith<message::GetSettings>([](const auto &) {
        return Settings{.downloadFolder = QStringLiteral("/home/me/Downloads")};
    });
    answerWith<message::SetSettings>([](const auto &) { return Done{}; });
    answerWith<message::LimitAll>([](const auto &) { return Settings(); });
    answerWith<message::InspectLinks>([](const auto &request) {
        QList<LinkReport> reports;
        for (const QString &link : request.links) {
            const QUrl url(link);
            reports.append({.typed = link, .url = url, .suggestedName = url.fileName()});
        }
        return reports;
    });
}

void FakeJobService::forget()
{
    m_requests.clear();
    m_log.clear();
}
