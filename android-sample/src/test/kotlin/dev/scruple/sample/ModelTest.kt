package dev.scruple.sample

import dev.scruple.Age
import dev.scruple.ApplicationInformation
import dev.scruple.Category
import dev.scruple.ConsentUpdate
import dev.scruple.DeviceInformation
import dev.scruple.FeatureData
import dev.scruple.HostRecords
import dev.scruple.Item
import dev.scruple.LocationAccuracy
import dev.scruple.NetworkConfiguration
import dev.scruple.Purpose
import dev.scruple.ScrupleException
import dev.scruple.ScrupleValueApi
import dev.scruple.Session
import dev.scruple.Snapshot
import dev.scruple.Unavailable
import dev.scruple.Withheld
import dev.scruple.testing.TestSession
import dev.scruple.testing.TestValues
import kotlinx.coroutines.CompletableDeferred
import kotlinx.coroutines.CoroutineScope
import kotlinx.coroutines.cancelAndJoin
import kotlinx.coroutines.delay
import kotlinx.coroutines.flow.first
import kotlinx.coroutines.job
import kotlinx.coroutines.launch
import kotlinx.coroutines.test.StandardTestDispatcher
import kotlinx.coroutines.test.TestScope
import kotlinx.coroutines.test.runTest
import org.junit.Assert.assertEquals
import org.junit.Assert.assertFalse
import org.junit.Assert.assertNotNull
import org.junit.Assert.assertNull
import org.junit.Assert.assertTrue
import org.junit.Test
import kotlin.time.Duration.Companion.milliseconds

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

    /** What another process changes, which it does at the session. */
    private lateinit var watched: WatchedSession

    /** The consent of one process. */
    private open class Own(
        private val session: Session,
    ) : Consent {
        override suspend fun update(update: ConsentUpdate) = session.updateConsent(update)

        override fun close() = Unit
    }

    private fun opened(
        session: Session = TestSession(values).also { sessions += it },
        consent: (Session) -> Consent = ::Own,
    ): Opened {
        watched = WatchedSession(session)
        return Opened(watched, consent(watched), records, retentionMs = 60_000)
    }

    private suspend fun TestScope.model(
        scope: CoroutineScope = backgroundScope,
        open: suspend () -> Opened = { opened() },
    ): Model = Model(scope) { open() }.also { it.settled() }

    private suspend fun Model.settled() = screen.first { it.isReady }

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
            val values = model.screen.value.values!!
            assertNotNull(model.value(Item.DEVICE_MODEL))
            assertEquals("Pixel 8", values.device?.model)
            assertNotNull(model.value(Item.APPLICATION_NAME))
            assertEquals("Example Shop", values.application?.name)
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
            val values = model.screen.value.values!!
            assertNull(values.device)
            assertEquals("Mozilla/5.0", values.features?.userAgent)
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
            model.screen.first { it.values == null }
            assertNull(model.value(Item.DEVICE_MODEL))
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
                    opened()
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

    @Test
    fun `there is nothing to agree to without an age and a category`() =
        runTest {
            val model = model()
            assertFalse(model.screen.value.isChosen)
            model.state(Age.BELOW_MINIMUM)
            assertFalse(model.screen.value.isChosen)
            model.switch(setOf(Category.DEVICE), on = true)
            assertTrue("an age that is too low is stated", model.screen.value.isChosen)
            model.state(Age.UNKNOWN)
            assertFalse(model.screen.value.isChosen)
        }

    @Test
    fun `what another process agrees to and takes back is shown`() =
        runTest {
            val model = model()
            model.switch(setOf(Category.NFC), on = true)
            watched.updateConsent(
                ConsentUpdate
                    .builder()
                    .age(Age.AT_LEAST_MINIMUM)
                    .grant(Category.DEVICE, Category.WEB_VIEW)
                    .build(),
            )
            model.screen.first { it.agreed == setOf(Category.DEVICE, Category.WEB_VIEW) }
            assertEquals(Age.AT_LEAST_MINIMUM, model.screen.value.age)
            assertEquals(setOf(Category.NFC, Category.DEVICE, Category.WEB_VIEW), model.screen.value.chosen)

            model.collect()
            model.settled()
            watched.updateConsent(ConsentUpdate.builder().revoke(Category.DEVICE).build())
            val screen = model.screen.first { it.agreed == setOf(Category.WEB_VIEW) }
            assertEquals(Outcome.None(Withheld.Revoked), screen.outcomes[Item.DEVICE_MODEL])
            assertNull(screen.values?.device)
            assertEquals(setOf(Category.NFC, Category.WEB_VIEW), screen.chosen)
        }

    /** The main process tells this one of a grant a moment after it was asked to. */
    @Test
    fun `a collection waits until the session has heard of what was agreed to`() =
        runTest {
            val heard = CompletableDeferred<Unit>()
            val model =
                model {
                    opened(consent = { session ->
                        object : Own(session) {
                            override suspend fun update(update: ConsentUpdate) {
                                if (update.granted.isNotEmpty()) heard.await()
                                super.update(update)
                            }
                        }
                    })
                }
            model.state(Age.AT_LEAST_MINIMUM)
            model.switch(setOf(Category.DEVICE), on = true)
            model.agree()
            model.collect()
            delay(1)
            assertEquals(Phase.COLLECTING, model.screen.value.phase)
            assertEquals(1, model.screen.value.underWay)
            heard.complete(Unit)
            model.settled()
            assertNotNull(model.value(Item.DEVICE_MODEL))
            assertEquals(0, model.screen.value.underWay)
        }

    @Test
    fun `a grant that comes to nothing is a failure, and no collection waits for it`() =
        runTest {
            val model =
                model {
                    opened(consent = { session ->
                        object : Own(session) {
                            override suspend fun update(update: ConsentUpdate) {
                                if (update.granted.isNotEmpty()) throw ScrupleException.Closed("nobody")
                                super.update(update)
                            }
                        }
                    })
                }
            model.state(Age.AT_LEAST_MINIMUM)
            model.switch(setOf(Category.DEVICE), on = true)
            model.agree()
            assertEquals("nobody", model.screen.value.failure)
            model.collect()
            model.settled()
            assertEquals(Withheld.NotGranted, model.reason(Item.DEVICE_MODEL))
        }

    @Test
    fun `the scope's end closes the session, and what it collected`() =
        runTest {
            val scope = CoroutineScope(StandardTestDispatcher(testScheduler))
            var left = false
            val model =
                model(scope) {
                    opened(consent = { session ->
                        object : Own(session) {
                            override fun close() {
                                left = true
                            }
                        }
                    })
                }
            model.agreed(Category.DEVICE)
            assertNotNull(model.value(Item.DEVICE_MODEL))
            scope.coroutineContext.job.cancelAndJoin()
            assertTrue("the other processes' consent", left)
            val closed = runCatching { sessions.single().explain(Purpose.FEATURE) }.exceptionOrNull()
            assertTrue("$closed", closed is ScrupleException.Closed)
        }

    @Test
    fun `a collection and each item have their time`() =
        runTest {
            val model = model { opened(Slow(TestSession(values))) }
            model.agreed(Category.DEVICE)
            assertTrue(model.screen.value.elapsed!! >= SLOW)
            model.measure()
            model.settled()
            val times = model.screen.value.times
            assertEquals(Item.ALL.filter { it.category == Category.DEVICE }.toSet(), times.keys)
            assertTrue(times.values.all { it.elapsed >= SLOW })
            assertNull(times.getValue(Item.DEVICE_MODEL).missing)
            assertEquals(Unavailable.NOT_STATED, times.getValue(Item.DEVICE_OPERATOR).missing)
            assertNull("each value was let go", model.screen.value.values)
        }

    /** A platform that takes its time. */
    private class Slow(
        private val session: Session,
    ) : Session by session {
        override suspend fun collect(
            purpose: Purpose,
            items: Set<Item>,
        ): Snapshot {
            Thread.sleep(SLOW.inWholeMilliseconds)
            return session.collect(purpose, items)
        }
    }

    @Test
    fun `JSON and what a mini-program is told are there as long as the values`() =
        runTest {
            val model = model().agreed(Category.DEVICE)
            val collected = model.screen.value.values!!
            assertEquals("{}", collected.json)
            assertEquals("Pixel 8", collected.systemInfo?.model)
            assertEquals(mapOf("model" to "Pixel 8"), collected.appDeviceInfo)
            model.switch(setOf(Category.DEVICE), on = false)
            assertNull(
                model.screen.value.values!!
                    .systemInfo,
            )
            assertEquals(
                emptyMap<String, String>(),
                model.screen.value.values!!
                    .appDeviceInfo,
            )
            model.leave()
            assertNull(model.screen.value.values)
        }

    @Test
    fun `what it is started with waits for the session, and agrees to nothing`() =
        runTest {
            val gate = CompletableDeferred<Unit>()
            val model =
                Model(backgroundScope) {
                    gate.await()
                    opened()
                }
            model.switch(setOf(Category.NFC), on = true)
            val start = Start(null, Purpose.TROUBLESHOOTING, Age.AT_LEAST_MINIMUM, setOf(Category.DEVICE), false)
            val preparing = launch { model.prepare(start) }
            delay(1)
            assertEquals(emptySet<Category>(), model.screen.value.agreed)
            gate.complete(Unit)
            preparing.join()
            assertEquals("nothing but that", setOf(Category.DEVICE), model.screen.value.chosen)
            assertEquals(Purpose.TROUBLESHOOTING, model.screen.value.purpose)
            assertEquals(Withheld.NotGranted, model.reason(Item.DEVICE_MODEL))
            model.agree()
            assertEquals(Outcome.Unread, model.screen.value.outcomes[Item.DEVICE_MODEL])
        }

    private companion object {
        val SLOW = 20.milliseconds
    }
}
