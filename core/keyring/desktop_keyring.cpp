// SPDX-License-Identifier: Apache-2.0
#include "core/keyring/desktop_keyring.h"

#include <QDBusConnection>
#include <QDBusMessage>
#include <QDBusObjectPath>
#include <QDBusVariant>
#include <QPromise>
#include <QTimer>

#include <qt6keychain/keychain.h>

#include <functional>
#include <memory>
#include <utility>

namespace core {

namespace {

// The Secret Service API of freedesktop.org, which GNOME Keyring and KWallet both speak.
constexpr QLatin1StringView kService("org.freedesktop.secrets");
constexpr QLatin1StringView kRoot("/org/freedesktop/secrets");
constexpr QLatin1StringView kServiceInterface("org.freedesktop.Secret.Service");
constexpr QLatin1StringView kCollection("org.freedesktop.Secret.Collection");
constexpr QLatin1StringView kProperties("org.freedesktop.DBus.Properties");
/// The name of our entries.
constexpr QLatin1StringView kOwner("org.bellhop.Bellhop");

/// The first value of the answer; invalid when there is none in time.
QVariant ask(const QString &path, const QString &interface, const QString &method,
             const QVariantList &arguments)
{
    constexpr int kWaitMs = 4'000;
    auto message = QDBusMessage::createMethodCall(kService, path, interface, method);
    message.setArguments(arguments);
    const auto answer = QDBusConnection::sessionBus().call(message, QDBus::Block, kWaitMs);
    return answer.type() == QDBusMessage::ReplyMessage ? answer.arguments().value(0) : QVariant();
}

/// Looked at before anything else: libsecret would have the desktop ask a person to unlock it.
KeyringState look()
{
    if (!QDBusConnection::sessionBus().isConnected()) {
        return KeyringState::Missing;
    }
    const QVariant usual =
        ask(kRoot, kServiceInterface, QStringLiteral("ReadAlias"), {QStringLiteral("default")});
    const QString path = usual.value<QDBusObjectPath>().path();
    if (path.isEmpty() || path == u"/") {
        return KeyringState::Missing;
    }
    const QVariant isLocked =
        ask(path, kProperties, QStringLiteral("Get"), {kCollection, QStringLiteral("Locked")});
    if (!isLocked.isValid()) {
        return KeyringState::Missing;
    }
    return isLocked.value<QDBusVariant>().variant().toBool() ? KeyringState::Locked
                                                             : KeyringState::Open;
}

/// Given once, by whoever is first.
template <typename T>
class OneAnswer {
public:
    OneAnswer() { m_promise->start(); }
    [[nodiscard]] QFuture<T> future() const { return m_promise->future(); }
    void give(T answer) const
    {
        if (!m_promise->future().isFinished()) {
            m_promise->addResult(std::move(answer));
            m_promise->finish();
        }
    }

private:
    std::shared_ptr<QPromise<T>> m_promise = std::make_shared<QPromise<T>>();
};

KeyringAnswer<> doneBy(const QKeychain::Job &job)
{
    const bool isDone =
        job.error() == QKeychain::NoError || job.error() == QKeychain::EntryNotFound;
    return isDone ? KeyringAnswer<>() : tl::unexpected(KeyringState::Missing);
}

} // namespace

/// What is done on the thread.
class DesktopKeyring::Worker final : public QObject {
    Q_OBJECT
public:
    explicit Worker(std::function<void()> whenOpened)
        : m_whenOpened(std::move(whenOpened))
    {
    }

    KeyringState lookNow()
    {
        listen();
        const auto before = std::exchange(m_state, look());
        if (before && before != KeyringState::Open && m_state == KeyringState::Open) {
            m_whenOpened();
        }
        return *m_state;
    }

    /// Carries the job out if the keyring is open; `answerOf` makes the answer of it.
    template <typename T, typename AnswerOf>
    void run(QKeychain::Job *job, const QString &key, const OneAnswer<KeyringAnswer<T>> &answer,
             AnswerOf answerOf)
    {
        if (const KeyringState state = lookNow(); state != KeyringState::Open) {
            delete job;
            answer.give(tl::unexpected(state));
            return;
        }
        job->setKey(key);
        connect(job, &QKeychain::Job::finished, this,
                [answer, answerOf](const QKeychain::Job *done) { answer.give(answerOf(*done)); });
        QTimer::singleShot(kPatience, this,
                           [answer] { answer.give(tl::unexpected(KeyringState::Missing)); });
        job->start();
    }

public Q_SLOTS:
    /// Something has changed about a keyring.
    void lookAgain() { static_cast<void>(lookNow()); }

private:
    void listen()
    {
        if (std::exchange(m_isListening, true)) {
            return;
        }
        auto bus = QDBusConnection::sessionBus();
        bus.connect(kService, QString(), kProperties, QStringLiteral("PropertiesChanged"), this,
                    SLOT(lookAgain()));
        bus.connect(kService, kRoot, kServiceInterface, QStringLiteral("CollectionChanged"), this,
                    SLOT(lookAgain()));
        bus.connect(kService, kRoot, kServiceInterface, QStringLiteral("CollectionCreated"), this,
                    SLOT(lookAgain()));
    }

    std::function<void()> m_whenOpened;
    std::optional<KeyringState> m_state; ///< as it was seen last
    bool m_isListening = false;
};

DesktopKeyring::DesktopKeyring()
    : m_worker(new Worker([this] { Q_EMIT opened(); }))
{
    m_thread.setObjectName(QStringLiteral("keyring"));
    m_worker->moveToThread(&m_thread);
    connect(&m_thread, &QThread::finished, m_worker, &QObject::deleteLater);
    m_thread.start();
    // Now it has its event loop, whatever becomes of the environment.
    QMetaObject::invokeMethod(
        m_worker, [] {}, Qt::BlockingQueuedConnection);
}

DesktopKeyring::~DesktopKeyring()
{
    m_thread.quit();
    m_thread.wait();
}

QFuture<KeyringState> DesktopKeyring::state()
{
    const OneAnswer<KeyringState> answer;
    QMetaObject::invokeMethod(m_worker,
                              [worker = m_worker, answer] { answer.give(worker->lookNow()); });
    return answer.future();
}

QFuture<KeyringAnswer<std::optional<QString>>> DesktopKeyring::read(const QString &key)
{
    using Found = std::optional<QString>;
    const OneAnswer<KeyringAnswer<Found>> answer;
    QMetaObject::invokeMethod(m_worker, [worker = m_worker, key, answer] {
        auto *job = new QKeychain::ReadPasswordJob(kOwner);
        worker->run<Found>(job, key, answer, [job](const QKeychain::Job &done) {
            return doneBy(done).map([&]() -> Found {
                return done.error() == QKeychain::NoError ? Found(job->textData()) : std::nullopt;
            });
        });
    });
    return answer.future();
}

QFuture<KeyringAnswer<>> DesktopKeyring::write(const QString &key, const QString &secret)
{
    const OneAnswer<KeyringAnswer<>> answer;
    QMetaObject::invokeMethod(m_worker, [worker = m_worker, key, secret, answer] {
        auto *job = new QKeychain::WritePasswordJob(kOwner);
        job->setTextData(secret);
        worker->run<void>(job, key, answer, doneBy);
    });
    return answer.future();
}

QFuture<KeyringAnswer<>> DesktopKeyring::remove(const QString &key)
{
    const OneAnswer<KeyringAnswer<>> answer;
    QMetaObject::invokeMethod(m_worker, [worker = m_worker, key, answer] {
        worker->run<void>(new QKeychain::DeletePasswordJob(kOwner), key, answer, doneBy);
    });
    return answer.future();
}

} // namespace core

#include "desktop_keyring.moc"
