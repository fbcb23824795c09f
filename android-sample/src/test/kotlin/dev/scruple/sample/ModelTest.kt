package dev.scruple.sample

import dev.scruple.Age
import dev.scruple.ApplicationInformation
import dev.scruple.Category
import dev.scruple.DeviceInformation
import dev.scruple.FeatureData
import dev.scruple.HostRecords
import dev.scruple.Item
import dev.scruple.LocationAccuracy
import dev.scruple.NetworkConfiguration
import dev.scruple.Purpose
import dev.scruple.ScrupleException
import dev.scruple.ScrupleValueApi
import dev.scruple.Unavailable
import dev.scruple.Withheld
import dev.scruple.testing.TestSession
import dev.scruple.testing.TestValues
import kotlinx.coroutines.CompletableDeferred
import kotlinx.coroutines.delay
import kotlinx.coroutines.flow.first
import kotlinx.coroutines.test.TestScope
import kotlinx.coroutines.test.runTest
import org.junit.Assert.assertEquals
import org.junit.Assert.assertFalse
import org.junit.Assert.assertNotNull
import org.junit.Assert.assertNull
import org.junit.Assert.assertTrue
import org.junit.Test

/** A host's own test: of its logic, with Scruple's session in memory. */
@OptIn(ScrupleValueApi::class)
class ModelTest {
    private val sessions = mutableListOf<TestSession>()
    private val values =
        TestValues(
            device = DeviceInformation(model = "Pixel 8"),
            features = FeatureData(userAgent = "Mozilla/5.0"),
        )
    private val records =
        HostRecords {
            application = ApplicationInformation { name = "Example Shop" }
            network = NetworkConfiguration { permissions = mapOf("a" to true) }
        }

    private suspend fun TestScope.model(): Model {
        val model =
            Model(backgroundScope) {
                val session = TestSession(values)
                sessions += session
                Opened(session, records, retentionMs = 60_000)
            }
        model.settled()
        return model
    }

    private suspend fun Model.settled() = screen.first { it.phase == Phase.IDLE && it.outcomes.isNotEmpty() }

    private suspend fun Model.agreed(vararg categories: Category): Model {
        state(Age.AT_LEAST_MINIMUM)
        switch(categories.toSet(), on = true)
        agree()
        collect()
        settled()
        return this
    }

    private fun Model.value(item: Item) = screen.value.outcomes[item] as? Outcome.Value

    private fun Model.reason(item: Item) = (screen.value.outcomes[item] as? Outcome.None)?.why

    @Test
    fun `before consent nothing has a value`() =
        runTest {
            val model = model()
            assertTrue(
                model.screen.value.outcomes.values
                    .all { it is Outcome.None },
            )
            model.collect()
            model.settled()
            assertEquals(Withheld.NotGranted, model.reason(Item.DEVICE_MODEL))
            assertEquals(emptyList<Any>(), model.screen.value.audit)
        }

    @Test
    fun `a switch alone agrees to nothing`() =
        runTest {
            val model = model()
            model.state(Age.AT_LEAST_MINIMUM)
            model.switch(setOf(Category.DEVICE), on = true)
            assertEquals(Withheld.NotGranted, model.reason(Item.DEVICE_MODEL))
            model.agree()
            assertEquals("permitted, and not read yet", Outcome.Unread, model.screen.value.outcomes[Item.DEVICE_MODEL])
        }

    @Test
    fun `what is agreed to has its value, or a reason`() =
        runTest {
            val model = model().agreed(Category.DEVICE, Category.APPLICATION)
            assertEquals(
                "Pixel 8",
                model
                    .value(Item.DEVICE_MODEL)
                    ?.values
                    ?.device
                    ?.model,
            )
            assertEquals(
                "Example Shop",
                model
                    .value(Item.APPLICATION_NAME)
                    ?.values
                    ?.application
                    ?.name,
            )
            assertTrue(model.reason(Item.DEVICE_OPERATOR) is Unavailable)
            assertEquals(Withheld.NotGranted, model.reason(Item.WEB_VIEW_USER_AGENT))
            assertEquals(
                "its records are not handed over",
                Withheld.NotGranted,
                model.reason(Item.NETWORK_PERMISSION_CONFIGURATION),
            )
        }

    @Test
    fun `switching off takes back and keeps the rest`() =
        runTest {
            val model = model().agreed(Category.DEVICE, Category.WEB_VIEW)
            model.switch(setOf(Category.DEVICE), on = false)
            assertEquals(Withheld.Revoked, model.reason(Item.DEVICE_MODEL))
            assertEquals(
                "Mozilla/5.0",
                model
                    .value(Item.WEB_VIEW_USER_AGENT)
                    ?.values
                    ?.features
                    ?.userAgent,
            )
            assertEquals(setOf(Category.WEB_VIEW), model.screen.value.agreed)
        }

    @Test
    fun `switching off what nobody agreed to takes nothing back`() =
        runTest {
            val model = model()
            model.switch(setOf(Category.DEVICE), on = true)
            model.switch(setOf(Category.DEVICE), on = false)
            assertEquals(Withheld.NotGranted, model.reason(Item.DEVICE_MODEL))
        }

    @Test
    fun `revoking leaves nothing`() =
        runTest {
            val model = model().agreed(*Category.entries.toTypedArray())
            assertNotNull(model.value(Item.DEVICE_MODEL))
            model.revoke()
            assertTrue(
                model.screen.value.outcomes.values
                    .none { it is Outcome.Value },
            )
            assertEquals(emptySet<Category>(), model.screen.value.chosen)
            assertTrue(
                model.screen.value.audit
                    .isNotEmpty(),
            )
        }

    @Test
    fun `values go with the snapshot's end`() =
        runTest {
            val model = model().agreed(Category.DEVICE)
            sessions.single().expire()
            model.switch(setOf(Category.NFC), on = false)
            assertNull("whatever comes next sees it", model.value(Item.DEVICE_MODEL))
        }

    @Test
    fun `values go when the retention is over`() =
        runTest {
            val model = model().agreed(Category.DEVICE)
            delay(59_999)
            assertNotNull(model.value(Item.DEVICE_MODEL))
            delay(2)
            assertNull(model.value(Item.DEVICE_MODEL))
        }

    @Test
    fun `another purpose starts anew`() =
        runTest {
            val model = model().agreed(Category.DEVICE)
            model.choose(Purpose.TROUBLESHOOTING)
            assertNull(model.value(Item.DEVICE_MODEL))
            model.choose(Purpose.TROUBLESHOOTING)
            model.collect()
            model.settled()
            assertNotNull(model.value(Item.DEVICE_MODEL))
            assertEquals(
                Purpose.TROUBLESHOOTING,
                model.screen.value.audit
                    .first()
                    .purpose,
            )
        }

    @Test
    fun `another policy is another session`() =
        runTest {
            val model = model().agreed(Category.DEVICE)
            model.choose(LocationAccuracy.PRECISE)
            assertTrue(
                "nothing of the old one",
                model.screen.value.outcomes
                    .isEmpty(),
            )
            model.settled()
            assertEquals(2, sessions.size)
            val closed = runCatching { sessions.first().explain(Purpose.FEATURE) }.exceptionOrNull()
            assertTrue(closed is ScrupleException.Closed)
            assertEquals(Withheld.NotGranted, model.reason(Item.DEVICE_MODEL))
            assertEquals("stated again", Age.AT_LEAST_MINIMUM, model.screen.value.age)
            model.agreed(Category.DEVICE)
            assertNotNull(model.value(Item.DEVICE_MODEL))
        }

    @Test
    fun `a failure is shown, and the next attempt clears it`() =
        runTest {
            val model = model()
            sessions.single().nextFailure = ScrupleException.NoThread("no thread")
            model.agreed(Category.DEVICE)
            assertEquals("no thread", model.screen.value.failure)
            model.collect()
            model.settled()
            assertNull(model.screen.value.failure)
            assertNotNull(model.value(Item.DEVICE_MODEL))
        }

    @Test
    fun `without a session there is a reason, and nothing breaks`() =
        runTest {
            val model = Model(backgroundScope) { throw ScrupleException.Library("install it", null) }
            val screen = model.screen.first { it.phase == Phase.IDLE }
            assertTrue(screen.failure.orEmpty().contains("install it"))
            model.state(Age.AT_LEAST_MINIMUM)
            model.switch(Category.entries.toSet(), on = true)
            model.agree()
            model.collect()
            model.revoke()
            model.leave()
            assertTrue(
                model.screen.value.outcomes
                    .isEmpty(),
            )
        }

    @Test
    fun `what is tapped while the session opens is not lost`() =
        runTest {
            val gate = CompletableDeferred<Unit>()
            val model =
                Model(backgroundScope) {
                    gate.await()
                    Opened(TestSession(values), records, 60_000)
                }
            model.state(Age.AT_LEAST_MINIMUM)
            model.switch(setOf(Category.DEVICE), on = true)
            model.leave()
            assertEquals(Phase.OPENING, model.screen.value.phase)
            gate.complete(Unit)
            model.settled()
            model.agree()
            model.collect()
            model.settled()
            assertNotNull(model.value(Item.DEVICE_MODEL))
            assertFalse(model.screen.value.phase == Phase.OPENING)
        }
}
