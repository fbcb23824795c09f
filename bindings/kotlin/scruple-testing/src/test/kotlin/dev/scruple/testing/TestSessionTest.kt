package dev.scruple.testing

import dev.scruple.Age
import dev.scruple.ApplicationInformation
import dev.scruple.Category
import dev.scruple.Decision
import dev.scruple.DeviceInformation
import dev.scruple.FeatureData
import dev.scruple.HostRecords
import dev.scruple.Item
import dev.scruple.JvmSession
import dev.scruple.MiniProgram
import dev.scruple.Purpose
import dev.scruple.Resolution
import dev.scruple.ScrupleException
import dev.scruple.Session
import dev.scruple.SystemVersion
import dev.scruple.Unavailable
import dev.scruple.Withheld
import kotlinx.coroutines.runBlocking
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertNull
import org.junit.jupiter.api.Assertions.assertTrue
import org.junit.jupiter.api.Test
import org.junit.jupiter.api.assertThrows

class TestSessionTest {
    private val values =
        TestValues(
            device =
                DeviceInformation(
                    model = "Pixel 8",
                    brand = "google",
                    platform = "android",
                    systemVersion = SystemVersion("15", null),
                    resolution = Resolution(1080, 2400, 2.625),
                ),
            features = FeatureData(userAgent = "Mozilla/5.0", clipboard = "hello"),
            missing = mapOf(Item.DEVICE_MCC_MNC to Unavailable.NO_TELEPHONY),
        )

    private fun agreed(vararg categories: Category = Category.entries.toTypedArray()): TestSession =
        TestSession(values).apply {
            updateConsent {
                age = Age.AT_LEAST_MINIMUM
                grant(*categories)
            }
        }

    private fun Session.collected(vararg items: Item = Item.ALL.toTypedArray()) =
        collectBlocking(Purpose.FEATURE, items.toSet())

    @Test
    fun `nothing is given before consent and age`() {
        val session = TestSession(values)
        val reason = { session.collected().missing[Item.DEVICE_MODEL] }
        assertEquals(Withheld.NotGranted, reason())
        session.updateConsent { grant(Category.DEVICE) }
        assertEquals(Withheld.AgeUnknown, reason())
        session.updateConsent { age = Age.BELOW_MINIMUM }
        assertEquals(Withheld.AgeBelowMinimum, reason())
        assertNull(session.collected().device.model)
        assertTrue(session.audit().isEmpty())
        session.updateConsent { age = Age.AT_LEAST_MINIMUM }
        assertEquals("Pixel 8", session.collected().device.model)
        assertTrue(session.audit().any { it.item == Item.DEVICE_MODEL })
    }

    @Test
    fun `what is not asked for is neither there nor missing`() {
        val snapshot = agreed().collected(Item.DEVICE_BRAND, Item.DEVICE_MCC_MNC)
        assertEquals(DeviceInformation(brand = "google"), snapshot.device)
        assertEquals(mapOf<Item, Any>(Item.DEVICE_MCC_MNC to Unavailable.NO_TELEPHONY), snapshot.missing)
    }

    @Test
    fun `revocation takes a category from live snapshots, and no other`() {
        val session = agreed()
        val snapshot = session.collected()
        session.updateConsent { revoke(Category.DEVICE, Category.CLIPBOARD) }
        assertThrows<ScrupleException.Revoked> { snapshot.device }
        assertThrows<ScrupleException.Revoked> { snapshot.forMiniProgram() }
        assertEquals(emptyMap<String, String>(), snapshot.appDeviceInfo())
        assertEquals(FeatureData(userAgent = "Mozilla/5.0"), snapshot.features)
        assertEquals(Withheld.Revoked, snapshot.missing[Item.DEVICE_MODEL])
        session.updateConsent { revoke(Category.WEB_VIEW) }
        assertThrows<ScrupleException.Revoked> { snapshot.features }
    }

    @Test
    fun `closed and expired snapshots say so`() {
        val session = agreed()
        val (first, second, third) = List(3) { session.collected() }
        first.close()
        assertThrows<ScrupleException.Closed> { first.missing }
        session.expire()
        assertThrows<ScrupleException.Expired> { second.device }
        assertThrows<ScrupleException.Closed> { first.toJson() }
        third.close()
        assertThrows<ScrupleException.Closed> { third.application }
        assertEquals(emptyMap<String, String>(), second.appDeviceInfo())
        val fourth = session.collected()
        session.close()
        assertThrows<ScrupleException.Closed> { fourth.network }
        assertThrows<ScrupleException.Closed> { session.collected() }
        assertThrows<ScrupleException.Closed> { session.explain(Purpose.FEATURE) }
        assertTrue(session.audit().isNotEmpty())
    }

    @Test
    fun `records are those that the host supplied`() {
        val session = agreed()
        assertEquals(Unavailable.NOT_SUPPLIED, session.collected().missing[Item.APPLICATION_NAME])
        val programs =
            listOf(
                MiniProgram {
                    id = "a"
                    name = "A"
                },
                MiniProgram { id = "b" },
            )
        val shop =
            ApplicationInformation {
                name = "Shop"
                id = "x"
            }
        val records =
            HostRecords {
                application = shop
                miniPrograms = programs
            }
        session.supply(records)
        val snapshot = session.collected(Item.APPLICATION_NAME, Item.MINI_PROGRAM_NAME)
        assertEquals(ApplicationInformation { name = "Shop" }, snapshot.application)
        assertEquals(listOf(MiniProgram { name = "A" }, MiniProgram {}), snapshot.miniPrograms)
        session.updateConsent { revoke(Category.APPLICATION) }
        session.updateConsent { grant(Category.APPLICATION) }
        assertEquals(Unavailable.NOT_SUPPLIED, session.collected().missing[Item.APPLICATION_NAME])
    }

    @Test
    fun `a failure happens once`() {
        val session = agreed()
        session.nextFailure = ScrupleException.NoThread("no thread")
        assertThrows<ScrupleException.NoThread> { runBlocking { session.collect(Purpose.FEATURE) } }
        runBlocking { session.collect(Purpose.FEATURE) }.close()
    }

    @Test
    fun `explanations follow consent and the agreement`() {
        val session = agreed(Category.DEVICE, Category.CLIPBOARD)
        val explained = session.explain(Purpose.FEATURE)
        assertEquals(Item.ALL, explained.keys)
        assertEquals(Decision.Permitted, explained[Item.DEVICE_MODEL])
        assertEquals(Withheld.NotForThisPurpose, explained[Item.CLIPBOARD_TROUBLESHOOTING])
        assertEquals(
            Decision.Permitted,
            session.explain(Purpose.TROUBLESHOOTING)[Item.CLIPBOARD_TROUBLESHOOTING],
        )
        assertTrue(""""nfc.information":{"withheld":{"layer":"consent","reason":"not_granted"}}""" in json(session))
    }

    private fun json(session: Session) = session.explainJson(Purpose.FEATURE)

    @Test
    fun `a mini-program gets the platform's names`() {
        val snapshot = agreed().collected()
        val info = snapshot.forMiniProgram()
        assertEquals(2.625, info.pixelRatio)
        assertEquals(411.0, info.screenWidth)
        assertEquals(914.0, info.screenHeight)
        assertEquals(
            mapOf("brand" to "google", "model" to "Pixel 8", "system" to "15", "platform" to "android"),
            snapshot.appDeviceInfo(),
        )
    }

    @Test
    fun `there is no native library to be had here`() {
        assertThrows<ScrupleException.Library> { JvmSession.warmUpBlocking() }
    }
}
