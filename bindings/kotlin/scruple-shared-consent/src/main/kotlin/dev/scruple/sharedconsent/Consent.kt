package dev.scruple.sharedconsent

import dev.scruple.Age
import dev.scruple.Category
import dev.scruple.ConsentUpdate
import dev.scruple.Grant
import dev.scruple.Purpose
import dev.scruple.Session
import dev.scruple.Withheld

/** What is agreed to, as it stands. */
internal class Consent(
    val age: Age,
    val granted: Set<Grant>,
    /** What was agreed to or not, then taken back, and not agreed to since. */
    val revoked: Set<Grant>,
) {
    fun after(update: ConsentUpdate) =
        Consent(
            update.age ?: age,
            granted + update.granted - update.revoked,
            revoked - update.granted + update.revoked,
        )

    /** What makes a session agree to exactly this, whatever it agreed to before. */
    fun of(session: Session): ConsentUpdate {
        val update = ConsentUpdate.builder().age(age)
        granted.forEach { update.grantFor(it.category, it.purpose) }
        for (purpose in Purpose.values()) {
            val decisions = session.explain(purpose)
            for (category in Category.values()) {
                val grant = Grant(category, purpose)
                // What was never granted stays "not granted": "revoked" would say that somebody took it back.
                val isNew = Withheld.NotGranted in decisions.filterKeys { it.category == category }.values
                if (grant !in granted && (grant in revoked || !isNew)) update.revokeFor(category, purpose)
            }
        }
        return update.build()
    }

    companion object {
        /** Nobody agreed to anything. */
        val NONE = Consent(Age.UNKNOWN, emptySet(), emptySet())
    }
}

/** Only what it takes back; null if that is nothing. */
internal fun ConsentUpdate.takingBack(): ConsentUpdate? {
    val younger = age.takeIf { it != Age.AT_LEAST_MINIMUM }
    if (younger == null && revoked.isEmpty()) return null
    val update = ConsentUpdate.builder()
    younger?.let(update::age)
    revoked.forEach { update.revokeFor(it.category, it.purpose) }
    return update.build()
}

/**
 * A session that agrees to what all processes agree to, and to less while a revocation of its own is on its way: that
 * waits for no other process.
 */
internal class Follower(
    private val session: Session,
) {
    private var latest = Consent.NONE
    private val underWay = LinkedHashMap<Int, ConsentUpdate>()
    private var hasEnded = false

    /** Takes over what stands now. False if the session has ended, which has wiped its values. */
    @Synchronized
    fun follow(consent: Consent): Boolean {
        latest = consent
        return bring()
    }

    /** Takes back at once what an update takes back, until [settled]. */
    @Synchronized
    fun takeBack(
        call: Int,
        update: ConsentUpdate,
    ): Boolean {
        underWay[call] = update.takingBack() ?: return !hasEnded
        return bring()
    }

    /** The update is in every consent that comes from now on, or nobody will ever hear of it. */
    @Synchronized
    fun settled(call: Int) {
        underWay -= call
    }

    /** Takes everything back, for good. */
    @Synchronized
    fun end() {
        if (hasEnded) return
        follow(Consent.NONE)
        hasEnded = true
    }

    private fun bring(): Boolean {
        if (hasEnded) return false
        val consent = underWay.values.fold(latest, Consent::after)
        try {
            session.updateConsent(consent.of(session))
        } catch (_: Exception) {
            // Closed, it has wiped. Whatever else it is, closing wipes.
            session.close()
            hasEnded = true
        }
        return !hasEnded
    }
}
