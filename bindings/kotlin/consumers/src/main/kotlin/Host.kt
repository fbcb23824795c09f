import dev.scruple.Age
import dev.scruple.Category
import dev.scruple.JvmSession
import dev.scruple.Policy
import dev.scruple.Purpose
import dev.scruple.ScrupleJvmApi
import dev.scruple.Session

/** Depends on the session's interface, so that its own tests can hand in the one in memory. */
class Host(
    private val session: Session,
) {
    fun agree() {
        session.updateConsent {
            age = Age.AT_LEAST_MINIMUM
            grant(Category.DEVICE)
        }
    }

    suspend fun platform(): String? = session.collect(Purpose.FEATURE).use { it.device.platform }

    companion object {
        @OptIn(ScrupleJvmApi::class)
        suspend fun open() = Host(JvmSession.open(Policy { enable(Category.DEVICE) }))
    }
}
