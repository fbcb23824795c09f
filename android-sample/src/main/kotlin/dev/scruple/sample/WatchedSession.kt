package dev.scruple.sample

import dev.scruple.ConsentUpdate
import dev.scruple.Session
import kotlinx.coroutines.flow.Flow
import kotlinx.coroutines.flow.MutableStateFlow
import kotlinx.coroutines.flow.update

/** A session that says when its consent was changed. With several processes it may be another one that changes it. */
class WatchedSession(
    private val session: Session,
) : Session by session {
    private val count = MutableStateFlow(0)

    /** Emits once at first, and after every change. */
    val changes: Flow<*> get() = count

    override fun updateConsent(update: ConsentUpdate) {
        session.updateConsent(update)
        count.update { it + 1 }
    }
}
