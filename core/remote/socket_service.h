// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/remote/envelope.h"
#include "core/remote/frame.h"
#include "core/service/job_service.h"

#include <QElapsedTimer>
#include <QLocalSocket>
#include <QQueue>
#include <QTimer>

#include <functional>
#include <map>

namespace core {

/// The engine in a process of its own, over a socket. It is started when there is none, and again
/// when it is lost; whichever it is, it is told to go on with all that is queued. What had only
/// been asked is then asked again, what may have been done already is answered by EngineGone.
class SocketService final : public JobService {
    Q_OBJECT
public:
    /// So long another engine may take to end, to begin, or to answer the first word.
    static constexpr std::chrono::seconds kPatience{15};

    struct Config {
        QString stateFolder;   ///< empty: StateFolder::defaultPath()
        QString engineProgram; ///< `bhop`, by its path
        QString program;       ///< who connects, for the log
        bool handlesAttention = false;
        std::chrono::milliseconds patience = kPatience;
    };

    explicit SocketService(Config config, QObject *parent = nullptr);
    ~SocketService() override;

    [[nodiscard]] QFuture<Started> start() override;
    [[nodiscard]] bool outlivesFrontEnd() const override { return true; }

    static constexpr std::chrono::milliseconds kFirstWait{10};

protected:
    void post(AnyCall call) override;

private:
    using Said = tl::expected<QJsonValue, Refusal>;
    /// A call under way.
    struct Pending {
        QByteArray message; ///< as it was sent
        bool mayRepeat = false;
        std::function<void(const Said &)> answer;
    };

    template <typename Message>
    void send(Call<Message> call);

    void connectAnew();
    void tryNextPath();
    void onUnreachable();
    void tryLater();
    void greet();
    void onDisconnected();
    void giveUp(const StartFailure &failure);
    void answerAllByEngineGone();

    void read();
    void take(const QByteArray &message);
    void on(const envelope::Welcome &welcome);
    void on(const envelope::TurnedAway &turnedAway);
    void on(const envelope::Reply &reply);
    void on(const envelope::Refused &refused);
    void on(const envelope::JobsChanged &changed);
    void on(const envelope::JobsRemoved &removed);
    void on(const envelope::Attends &attends);
    void on(const envelope::Notes &notes);
    void on(const envelope::SettingsChanged &changed);
    void answer(quint64 call, const Said &with);

    Config m_config;
    std::unique_ptr<QPromise<Started>> m_starting; ///< until the first engine is there
    QLocalSocket m_socket;
    qint64 m_peer = 0; ///< the process that was reached last
    FrameReader m_frames;
    QStringList m_paths; ///< still to be tried
    QElapsedTimer m_trying;
    QTimer m_again;
    QTimer m_answer; ///< runs out when the first word is not answered
    std::chrono::milliseconds m_wait = kFirstWait;
    std::map<quint64, Pending> m_pending;
    quint64 m_lastCall = 0;
    enum class Engine { Sought, There, Gone } m_engine = Engine::Sought;
};

} // namespace core
