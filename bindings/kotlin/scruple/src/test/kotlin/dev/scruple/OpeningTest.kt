package dev.scruple

import org.junit.Assert.assertEquals
import org.junit.Test
import org.junit.runner.RunWith
import org.robolectric.RobolectricTestRunner

/** Opening a session on Android. */
@RunWith(RobolectricTestRunner::class)
class OpeningTest {
    @Test
    fun `without consent nothing is given`() {
        Session.openBlocking(Policy { enable(Category.DEVICE) }).use { session ->
            session.collectBlocking(Purpose.FEATURE).use {
                assertEquals(Withheld.NotGranted, it.missing[Item.DEVICE_MODEL])
            }
        }
    }
}
