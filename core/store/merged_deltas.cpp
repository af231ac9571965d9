// SPDX-License-Identifier: Apache-2.0
#include "core/store/merged_deltas.h"

#include <QHash>

namespace core {

namespace {

/// Deltas that are being merged, and where in them each job and each of its files is.
class Merging {
public:
    void add(const StoreDelta &delta)
    {
        const bool standsAlone =
            delta.removed || delta.secretsGone || delta.settings || delta.id.value == 0;
        const auto known = m_at.constFind(delta.id);
        if (standsAlone || known == m_at.cend()) {
            begin(delta, standsAlone);
            return;
        }
        StoreDelta &into = m_deltas[*known];
        if (delta.job) {
            into.job = delta.job;
        }
        into.timeline += delta.timeline;
        for (const auto &[index, file] : delta.files) {
            put({delta.id, index}, file, &into);
        }
    }
    [[nodiscard]] QList<StoreDelta> take() { return std::move(m_deltas); }

private:
    void begin(const StoreDelta &delta, bool standsAlone)
    {
        if (standsAlone) {
            m_at.clear();
            m_fileAt.clear();
            m_deltas.append(delta);
            return;
        }
        m_at.insert(delta.id, m_deltas.size());
        for (qsizetype i = 0; i < delta.files.size(); ++i) {
            m_fileAt.insert({delta.id, delta.files.at(i).first}, i);
        }
        m_deltas.append(delta);
    }
    void put(FileId id, const FileRecord &file, StoreDelta *into)
    {
        const auto known = m_fileAt.constFind(id);
        if (known != m_fileAt.cend()) {
            into->files[*known].second = file;
            return;
        }
        m_fileAt.insert(id, into->files.size());
        into->files.emplaceBack(id.index, file);
    }

    QList<StoreDelta> m_deltas;
    QHash<JobId, qsizetype> m_at;
    QHash<FileId, qsizetype> m_fileAt;
};

} // namespace

QList<StoreDelta> merged(const QList<StoreDelta> &deltas)
{
    if (deltas.size() < 2) {
        return deltas;
    }
    Merging merging;
    for (const StoreDelta &delta : deltas) {
        merging.add(delta);
    }
    return merging.take();
}

} // namespace core
