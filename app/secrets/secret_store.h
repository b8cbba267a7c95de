// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "app/secrets/secret.h"

#include "models/status/time.h"

#include <QHash>
#include <QObject>

#include <functional>
#include <memory>

namespace quorate {

/// Limits of reading secrets; tests shorten them.
struct SecretLimits {
    Milliseconds file{5'000};
    Milliseconds keyring{10'000};
    Milliseconds command{10'000};
    qsizetype bytes = 64 * 1024;
    /// Environment and files are read at every poll. A command or the keyring is asked again after `keepFor`, and after
    /// `keepRejected` when the server rejected the token or there was none.
    Milliseconds keepFor{300'000};
    Milliseconds keepRejected{15'000};
    Milliseconds keepKeyringFailure{60'000}; ///< each try may show the person a dialogue
};

/// Reads tokens without ever blocking its thread: one read under way for each reference, each with a limit. The only holder of secrets.
class SecretStore final : public QObject {
    Q_OBJECT
public:
    using Done = std::function<void(const Secret &)>;

    explicit SecretStore(SecretLimits limits = {}, QObject *parent = nullptr);
    ~SecretStore() override;

    /// `done` is called once, at once or later, in this thread; never after stop().
    void read(const SecretReference &reference, Done done);
    /// The server did not accept this token: ask its command or the keyring again soon.
    void rejected(const SecretReference &reference);
    /// A person wants it now: what was kept is forgotten.
    void forgetKept();
    void stop();

private:
    struct Entry;
    Entry &entryOf(const SecretReference &reference);
    [[nodiscard]] bool isFresh(const Entry &entry) const;
    void begin(Entry &entry);
    void finish(Entry &entry, const Secret &secret);
    void answer(Entry &entry, const Secret &secret);
    void overdue(Entry &entry);

    SecretLimits m_limits;
    std::vector<std::unique_ptr<Entry>> m_entries;
};

} // namespace quorate
