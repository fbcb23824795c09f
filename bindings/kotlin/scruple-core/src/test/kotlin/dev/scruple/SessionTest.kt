package dev.scruple

import kotlinx.coroutines.runBlocking
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertFalse
import org.junit.jupiter.api.Assertions.assertNull
import org.junit.jupiter.api.Assertions.assertSame
import org.junit.jupiter.api.Assertions.assertTrue
import org.junit.jupiter.api.Test
import org.junit.jupiter.api.assertThrows
import java.util.concurrent.ConcurrentLinkedQueue
import java.util.concurrent.CountDownLatch
import kotlin.concurrent.thread

class SessionTest {
    @Test
    fun `what is switched on and agreed to is read, and said`() =
        runBlocking {
            JvmSession.warmUp()
            JvmSession.open(Policy { enable(Category.DEVICE) }).use { session ->
                assertEquals(Withheld.NotGranted, session.explain(Purpose.FEATURE)[Item.DEVICE_PLATFORM])
                session.updateConsent {
                    age = Age.AT_LEAST_MINIMUM
                    grant(Category.DEVICE)
                }
                assertEquals(Decision.Permitted, session.explain(Purpose.FEATURE)[Item.DEVICE_PLATFORM])
                session.collect(Purpose.FEATURE).use { snapshot ->
                    assertEquals(Purpose.FEATURE, snapshot.purpose)
                    assertTrue(System.currentTimeMillis() - snapshot.collectedAtMs in 0..60_000)
                    assertTrue(snapshot.livesUntilMs > System.currentTimeMillis())
                    assertEquals("linux", snapshot.device.platform)
                    assertTrue(snapshot.device.cpu!!.cores > 0)
                    assertEquals(Withheld.SwitchedOff, snapshot.missing[Item.DEVICE_NAME])
                    assertEquals(Withheld.SwitchedOff, snapshot.missing[Item.NFC_INFORMATION])
                    assertFalse(Item.DEVICE_PLATFORM in snapshot.missing)
                    assertTrue("\"device.platform\":{\"value\":\"linux\"}" in snapshot.toJson())
                }
                val entry = session.audit().single { it.item == Item.DEVICE_PLATFORM }
                assertEquals(Purpose.FEATURE, entry.purpose)
                assertTrue(System.currentTimeMillis() - entry.atMs in 0..60_000)
            }
        }

    @Test
    fun `items narrow what is collected`() {
        agreed().use { session ->
            val snapshot = session.collectBlocking(Purpose.FEATURE, setOf(Item.DEVICE_PLATFORM, Item.DEVICE_MCC_MNC))
            assertEquals(DeviceInformation(platform = "linux"), snapshot.device)
            assertEquals(mapOf<Item, Missing>(Item.DEVICE_MCC_MNC to Unavailable.NO_TELEPHONY), snapshot.missing)
            assertTrue(session.collectBlocking(Purpose.FEATURE, emptySet()).missing.isEmpty())
            // Nothing was called for what Linux does not have.
            assertEquals(listOf(Item.DEVICE_PLATFORM), session.audit().map { it.item })
        }
    }

    @Test
    fun `answers are in the agreement's order, whose every item and category is the core's`() {
        agreed().use { session ->
            assertEquals(Item.entries, session.explain(Purpose.FEATURE).keys.toList())
            val ids = Regex("\"([a-z_]+\\.[a-z_]+)\":").findAll(session.explainJson(Purpose.FEATURE))
            assertEquals(Item.entries.map { it.id }, ids.map { it.groupValues[1] }.toList())
        }
        for (item in Item.entries) {
            for (category in Category.entries) {
                val policy = Policy { enable(category) { item(item) } }
                if (category == item.category) {
                    JvmSession.openBlocking(policy).close()
                } else {
                    val error = assertThrows<ScrupleException.Input> { JvmSession.openBlocking(policy) }
                    assertEquals("categories.${category.id}.items.${item.id}", error.field)
                }
            }
        }
    }

    @Test
    fun `a policy built is the policy read`() {
        val text =
            """
            {"agreement": "tcmpp-dpsa/2024-05-28", "location_accuracy": "precise", "retention_ms": 1000, // a comment
             "categories": {"location": {"enabled": true, "purposes": ["feature"], "minimum_interval_ms": 7,
              "deadline_ms": 9, "items": {"location.fuzzy": {"enabled": false, "purposes": ["troubleshooting"],
              "minimum_interval_ms": 8}}}}}
            """
        val built =
            Policy {
                locationAccuracy = LocationAccuracy.PRECISE
                retentionMs = 1000
                enable(Category.LOCATION) {
                    purposes = setOf(Purpose.FEATURE)
                    minimumIntervalMs = 7
                    deadlineMs = 9
                    item(Item.LOCATION_FUZZY) {
                        enabled = false
                        purposes = setOf(Purpose.TROUBLESHOOTING)
                        minimumIntervalMs = 8
                    }
                }
            }
        assertEquals(built, Policy.fromJson(text))
        assertEquals(built, built.lowered().lifted())
        assertEquals(Policy {}, Policy.fromJson("""{"agreement": "${Policy.AGREEMENT}"}"""))
    }

    @Test
    fun `a refused input says where, what and how, in the core's words`() {
        val error =
            assertThrows<ScrupleException.Input> {
                Policy.fromJson("{\"agreement\": \"${Policy.AGREEMENT}\",\n \"retention_ms\": 0}")
            }
        assertEquals(InputKind.OUT_OF_RANGE, error.kind)
        assertEquals("retention_ms", error.field)
        assertEquals(Position(2, 18), error.position)
        assertEquals("from 1 to 3600000 milliseconds", error.hint)
        assertEquals("2:18: retention_ms: out of range; from 1 to 3600000 milliseconds", error.message)
        for (milliseconds in listOf(-1, 0, Long.MIN_VALUE, Long.MAX_VALUE)) {
            val policy = Policy { retentionMs = milliseconds }
            val refused = assertThrows<ScrupleException.Input> { JvmSession.openBlocking(policy) }
            assertEquals(InputKind.OUT_OF_RANGE, refused.kind)
            assertNull(refused.position)
        }
        assertEquals(InputKind.MALFORMED, assertThrows<ScrupleException.Input> { Policy.fromJson("\ud800") }.kind)
        assertEquals(InputKind.SYNTAX, assertThrows<ScrupleException.Input> { HostRecords.fromJson("{") }.kind)
        val twice = listOf(webView { "a" }, webView { "b" })
        val duplicate = assertThrows<ScrupleException.Input> { JvmSession.openBlocking(everything(), twice) }
        assertEquals(InputKind.DUPLICATE, duplicate.kind)
        assertEquals("sources[1]", duplicate.field)
    }

    @Test
    fun `records come back as they were supplied`() {
        val orders =
            MiniProgram {
                id = "mp-1"
                name = "Orders"
                classificationTag = "shopping"
                introduction = "See\nyour orders."
                description = "All of them."
                versionNumber = "1.2"
                versionDescription = "Faster."
                codePackage = CodePackage(3, SHA_256_OF_ABC, "abc".toByteArray())
                codePackageAddress =
                    CodePackageAddress {
                        client = "/data/mp-1"
                        server = "https://cdn.example.com/mp-1"
                    }
                domainName = "orders.example.com"
            }
        val records =
            HostRecords {
                application =
                    ApplicationInformation {
                        profilePicture = ProfilePicture(byteArrayOf(-1, -40, -1, 0))
                        creatorId = "c-1"
                        name = "Shop"
                        id = "app-1"
                        packageName = "com.example.shop"
                    }
                miniPrograms = listOf(orders, MiniProgram { id = "mp-2" })
                network =
                    NetworkConfiguration {
                        permissions = mapOf("camera" to true, "record" to false)
                        domains =
                            DomainConfiguration {
                                request = listOf("https://a.example.com")
                                socket = listOf("wss://b.example.com")
                                upload = listOf("c.example.com")
                                download = listOf("d.example.com")
                                webView = listOf("e.example.com")
                            }
                    }
            }
        agreed().use { session ->
            session.supply(records)
            val snapshot = session.collectBlocking(Purpose.FEATURE)
            assertEquals(records.application, snapshot.application)
            assertEquals(records.miniPrograms, snapshot.miniPrograms)
            assertEquals(records.network, snapshot.network)
            assertEquals(records, records.lowered().lifted())

            val negative =
                MiniProgram {
                    id = "a"
                    codePackage = CodePackage(-1, SHA_256_OF_ABC)
                }
            val wrong = HostRecords { miniPrograms = listOf(negative) }
            val refused = assertThrows<ScrupleException.Input> { session.supply(wrong) }
            assertEquals("mini_programs[0].code_package.size", refused.field)
        }
    }

    @Test
    fun `a closed session says so, but for what it read`() {
        val session = agreed()
        val snapshot = session.collectBlocking(Purpose.FEATURE, setOf(Item.DEVICE_PLATFORM))
        val before = session.audit()
        session.close()
        session.close()
        for (call in listOf<() -> Any>(
            { session.collectBlocking(Purpose.FEATURE) },
            { session.updateConsent { } },
            { session.supply(HostRecords {}) },
            { session.explain(Purpose.FEATURE) },
            { session.explainJson(Purpose.FEATURE) },
            { snapshot.device },
        )) {
            assertEquals("closed", assertThrows<ScrupleException.Closed> { call() }.message)
        }
        assertThrows<ScrupleException.Closed> { runBlocking { session.collect(Purpose.FEATURE) } }
        assertEquals(before, session.audit())
        snapshot.close()
    }

    @Test
    fun `a collection that was under way at close is in the audit`() {
        val (reading, go) = List(2) { CountDownLatch(1) }
        val session =
            agreed(
                webView {
                    reading.countDown()
                    go.await()
                    "late"
                },
            )
        var thrown: Throwable? = null
        val collecting = thread { thrown = runCatching { session.userAgent() }.exceptionOrNull() }
        reading.await()
        session.close()
        // A read stands there from its beginning.
        assertEquals(listOf(Item.WEB_VIEW_USER_AGENT), session.audit().map { it.item })
        go.countDown()
        collecting.join()
        assertTrue(thrown is ScrupleException.Closed, "$thrown")
        assertEquals(listOf(Item.WEB_VIEW_USER_AGENT), session.audit().map { it.item })
    }

    @Test
    fun `closing while others read and close harms nobody`() {
        agreed().use { session ->
            repeat(200) {
                val snapshot = session.collectBlocking(Purpose.FEATURE, setOf(Item.DEVICE_PLATFORM))
                val start = CountDownLatch(1)
                val outcomes = ConcurrentLinkedQueue<Result<Any>>()
                val threads =
                    List(4) { number ->
                        thread {
                            start.await()
                            outcomes += runCatching { if (number == 0) snapshot.close() else snapshot.device }
                        }
                    }
                start.countDown()
                threads.forEach { it.join() }
                for (outcome in outcomes.map { it.exceptionOrNull() }) {
                    assertTrue(outcome == null || outcome is ScrupleException.Closed, "$outcome")
                }
            }
        }
    }

    @Test
    fun `a panic's text stays inside, and so does every generated type`() {
        val thrown =
            assertThrows<ScrupleException.Internal> {
                native { throw dev.scruple.bindings.InternalException("secret") }
            }
        assertEquals("internal error", thrown.message)
        assertNull(thrown.cause)
        val own = OutOfMemoryError()
        assertSame(own, assertThrows<OutOfMemoryError> { native { throw own } })
    }

    @Test
    fun `a delegate's answer is empty once the snapshot has ended`() {
        val session = agreed(policy = everything())
        val snapshot = session.collectBlocking(Purpose.FEATURE)
        val answer = snapshot.appDeviceInfo()
        assertEquals("linux", answer["platform"])
        assertTrue(setOf("brand", "model", "system", "platform").containsAll(answer.keys))
        assertEquals(snapshot.forMiniProgram().system, answer["system"])
        assertEquals("AppDeviceInfo(redacted)", "$answer")
        assertEquals(snapshot.device.platform, snapshot.forMiniProgram().platform)
        session.updateConsent { revoke(Category.DEVICE) }
        assertEquals(emptyMap<String, String>(), snapshot.appDeviceInfo())
        snapshot.close()
        assertEquals(emptyMap<String, String>(), snapshot.appDeviceInfo())
        session.close()
    }

    private companion object {
        const val SHA_256_OF_ABC = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
    }
}
