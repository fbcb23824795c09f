package dev.scruple.sharedconsent

import dev.scruple.Age
import dev.scruple.Category
import dev.scruple.ConsentUpdate
import dev.scruple.Session
import org.junit.After
import org.junit.Assert.assertEquals
import org.junit.Before
import org.robolectric.shadows.ShadowBuild

/** What tests of two processes share: their sessions, and that no main thread has to do with any of it. */
abstract class App {
    internal val app = Processes()
    internal val one = Watched()
    internal val two = Watched()

    @Before
    fun `there is a value`() = ShadowBuild.setModel("Pixel 8")

    @After
    fun `nothing happened on a main thread`() {
        app.close()
        assertEquals(emptyList<String>(), app.onMain)
    }

    internal fun join(
        process: FakeProcess,
        session: Session,
    ): SharedConsent = start { SharedConsent.joinBlocking(process, session) }.get()

    internal fun join(
        pid: Int,
        session: Session,
    ): SharedConsent = join(app.process(pid), session)

    internal fun SharedConsent.update(update: ConsentUpdate) = start { updateConsentBlocking(update) }

    /** Returns once it knows what it has been told. */
    internal fun SharedConsent.until(knows: SharedConsent.() -> Boolean) {
        while (!knows()) Thread.yield()
    }

    internal companion object {
        val GRANT: ConsentUpdate =
            ConsentUpdate
                .builder()
                .age(Age.AT_LEAST_MINIMUM)
                .grant(Category.DEVICE)
                .build()
        val REVOKE: ConsentUpdate = ConsentUpdate.builder().revoke(Category.DEVICE).build()
    }
}
