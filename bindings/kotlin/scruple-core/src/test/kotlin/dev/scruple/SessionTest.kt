package dev.scruple

import kotlinx.coroutines.runBlocking
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Test
import org.junit.jupiter.api.assertThrows

class SessionTest {
    @Test
    fun `what is switched on and agreed to is read, until the snapshot is closed`() =
        runBlocking {
            Session.open(Policy { enable(Category.DEVICE) }).use { session ->
                session.updateConsent {
                    age = Age.AT_LEAST_MINIMUM
                    grant(Category.DEVICE)
                }
                val snapshot = session.collect(Purpose.FEATURE)
                assertEquals("linux", snapshot.device.platform)
                snapshot.close()
                assertThrows<ScrupleException.Closed> { snapshot.device }
                Unit
            }
        }
}
