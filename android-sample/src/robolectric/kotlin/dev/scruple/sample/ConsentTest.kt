package dev.scruple.sample

import android.Manifest.permission.ACCESS_COARSE_LOCATION
import android.Manifest.permission.ACCESS_FINE_LOCATION
import android.Manifest.permission.BLUETOOTH_SCAN
import android.os.Build.VERSION.SDK_INT
import android.view.View
import android.widget.Switch
import android.widget.TextView
import dev.scruple.Category
import dev.scruple.Item
import dev.scruple.Layer
import dev.scruple.Withheld
import dev.scruple.robolectric.grant
import org.junit.After
import org.junit.Assert.assertEquals
import org.junit.Assert.assertFalse
import org.junit.Assert.assertNull
import org.junit.Assert.assertTrue
import org.junit.Before
import org.junit.Test
import org.junit.runner.RunWith
import org.robolectric.RobolectricTestRunner
import org.robolectric.Shadows.shadowOf

/** What a person taps, and what is on the screen then; all the way through the native library. */
@RunWith(RobolectricTestRunner::class)
class ConsentTest {
    /** Values of device items, which have no minimum interval: every collection reads them. */
    private val read = listOf("Pixel 8", "Google", "QA phone 7", "001 01", "Example Mobile")

    /** Of the app's own records. */
    private val supplied = listOf("Example Shop", "creator-4711", "orders.example.com")

    @Before
    fun phone() = furnish()

    @After
    fun end() = vacate()

    private fun Phone.values(): Set<Item> = screen.outcomes.filterValues { it is Outcome.Value }.keys

    private fun Phone.withheld(item: Item): Withheld? = (screen.outcomes[item] as? Outcome.None)?.why as? Withheld

    private fun Phone.status() = view<TextView>(R.id.status).text.toString()

    @Test
    fun `before consent nothing is read`() =
        Phone().use { phone ->
            assertEquals(Item.ALL, phone.screen.outcomes.keys)
            for (item in Item.ALL) {
                val by = phone.withheld(item)!!.layer
                assertTrue("$item: $by", by == Layer.CONSENT || by == Layer.AGREEMENT || by == Layer.POLICY)
            }
            assertEquals(emptyList<Any>(), phone.screen.audit)
            for (value in read + supplied) assertFalse(value, phone.texts().any { value in it })
            assertFalse(phone.view<View>(R.id.revoke).isEnabled)
            assertEquals("No values · Permitted: 0 · Withheld: 40", phone.status())
        }

    @Test
    fun `nothing is switched on beforehand`() =
        Phone().use { phone ->
            for (category in Category.entries) assertFalse((phone.switch(category) as Switch).isChecked)
            assertFalse(phone.view<Switch>(R.id.all).isChecked)
        }

    @Test
    fun `consent shows values, and the audit shows what was read`() =
        Phone().use { phone ->
            phone.agreeToAll()
            for (value in read + supplied) assertTrue(value, phone.texts().any { value in it })
            val audited = phone.screen.audit.map { it.item }
            assertTrue(Item.DEVICE_MODEL in audited)
            assertFalse("the platform has none", Item.IDENTIFIER_IDFA in phone.values())
            assertTrue(phone.texts().any { "Model · Feature" in it })
            assertTrue(phone.status(), phone.status().startsWith("Values: ${phone.values().size} · Withheld: "))
        }

    @Test
    fun `each switch narrows, at once`() =
        Phone().use { phone ->
            phone.agreeToAll()
            for (category in Category.entries) {
                val before = phone.values()
                phone.tap(phone.switch(category))
                val own = Item.ALL.filter { it.category == category }.toSet()
                for (item in own) assertNull("$item", phone.screen.outcomes[item] as? Outcome.Value)
                assertEquals("the others stay", before - own, phone.values())
            }
            assertEquals(emptySet<Item>(), phone.values())
            for (value in read + supplied) assertFalse(value, phone.texts().any { value in it })
        }

    @Test
    fun `a category that is not switched on is not read`() =
        Phone().use { phone ->
            phone.tap(R.id.age_at_least_minimum)
            phone.tap(phone.switch(Category.APPLICATION))
            phone.tap(R.id.agree)
            assertEquals(setOf(Category.APPLICATION), phone.values().map { it.category }.toSet())
            assertEquals(
                setOf(Category.APPLICATION),
                phone.screen.audit
                    .map { it.item.category }
                    .toSet(),
            )
        }

    @Test
    fun `revoking empties the screen`() =
        Phone().use { phone ->
            phone.agreeToAll()
            val shown = phone.texts()
            assertTrue((read + supplied).all { value -> shown.any { value in it } })
            // Before anything else is done on the main thread.
            phone.view<View>(R.id.revoke).performClick()
            for (value in read + supplied) assertFalse(value, phone.texts().any { value in it })
            assertEquals(emptySet<Item>(), phone.values())
            assertEquals(Withheld.Revoked, phone.withheld(Item.DEVICE_MODEL))
            assertFalse(phone.view<View>(R.id.revoke).isEnabled)
            assertTrue("what was read stays known", phone.screen.audit.isNotEmpty())
            assertEquals("No values · Permitted: 0 · Withheld: 40", phone.status())
        }

    @Test
    fun `without an age and a category there is nothing to agree to`() =
        Phone().use { phone ->
            fun mayAgree() = phone.view<View>(R.id.agree).isEnabled to phone.view<View>(R.id.agree_hint).isShown
            assertEquals(false to true, mayAgree())
            phone.tap(R.id.age_at_least_minimum)
            assertEquals(false to true, mayAgree())
            phone.tap(phone.switch(Category.DEVICE))
            assertEquals(true to false, mayAgree())
            phone.tap(R.id.age_unknown)
            assertEquals(false to true, mayAgree())
            phone.tap(R.id.age_below_minimum)
            assertEquals("an age too low is one", true to false, mayAgree())
            phone.tap(phone.switch(Category.DEVICE))
            assertEquals(false to true, mayAgree())
        }

    @Test
    fun `an age that is taken back withholds, and so does one too low`() =
        Phone().use { phone ->
            phone.agreeToAll()
            assertTrue(Item.DEVICE_MODEL in phone.values())
            phone.tap(R.id.age_unknown)
            assertEquals(Withheld.AgeUnknown, phone.withheld(Item.DEVICE_MODEL))
            assertEquals(emptySet<Item>(), phone.values())
            phone.tap(R.id.age_at_least_minimum)
            phone.tap(R.id.agree)
            assertTrue(Item.DEVICE_MODEL in phone.values())
            phone.tap(R.id.age_below_minimum)
            assertEquals(Withheld.AgeBelowMinimum, phone.withheld(Item.DEVICE_MODEL))
            assertEquals(emptySet<Item>(), phone.values())
            assertFalse(phone.texts().any { "Pixel 8" in it })
        }

    @Test
    fun `another purpose, another collection`() =
        Phone().use { phone ->
            phone.agreeToAll()
            assertEquals(Withheld.NotForThisPurpose, phone.withheld(Item.CLIPBOARD_TROUBLESHOOTING))
            phone.tap(R.id.purpose_troubleshooting)
            assertEquals("what was collected for the other is gone", emptySet<Item>(), phone.values())
            assertNull(phone.withheld(Item.CLIPBOARD_TROUBLESHOOTING))
            phone.tap(R.id.agree)
            assertTrue(Item.DEVICE_MODEL in phone.values())
            assertTrue(phone.texts().any { "Model · Troubleshooting" in it })
        }

    @Test
    fun `the policy's accuracy is the host's`() =
        Phone().use { phone ->
            assertEquals(Withheld.PreciseWhileFuzzy, phone.withheld(Item.LOCATION_PRECISE))
            phone.agreeToAll()
            phone.tap(R.id.policy_precise)
            assertEquals("a new session, nobody agreed to", emptySet<Category>(), phone.screen.agreed)
            assertEquals(Withheld.Revoked, phone.withheld(Item.LOCATION_PRECISE))
            assertFalse(phone.texts().any { "Pixel 8" in it })
            assertEquals("nobody read anything in it", emptyList<Any>(), phone.screen.audit)
        }

    @Test
    fun `Android is asked after consent, for what was agreed to`() =
        Phone().use { phone ->
            val shadow = shadowOf(phone.activity)
            phone.tap(R.id.age_at_least_minimum)
            phone.tap(phone.switch(Category.DEVICE))
            phone.tap(phone.switch(Category.LOCATION))
            assertNull("before consent", shadow.lastRequestedPermission)
            phone.tap(R.id.agree)
            assertEquals(listOf(ACCESS_COARSE_LOCATION), shadow.lastRequestedPermission.requestedPermissions.toList())
            assertEquals("first the answer", emptyList<Any>(), phone.screen.audit)

            phone.answer()
            assertTrue(Item.DEVICE_MODEL in phone.values())
            assertEquals(Withheld.Denied, phone.withheld(Item.LOCATION_FUZZY))
            assertTrue(phone.texts().any { "Android: permission denied" in it })

            grant(ACCESS_COARSE_LOCATION)
            phone.tap(R.id.agree)
            assertNull("permitted", phone.withheld(Item.LOCATION_FUZZY))
            assertTrue(phone.screen.audit.any { it.item == Item.LOCATION_FUZZY })
        }

    @Test
    fun `all permissions are asked for in one request`() =
        Phone().use { phone ->
            phone.tap(R.id.policy_precise)
            phone.tap(R.id.age_at_least_minimum)
            phone.tap(R.id.all)
            phone.tap(R.id.agree)
            val asked = shadowOf(phone.activity).lastRequestedPermission.requestedPermissions.toList()
            val bluetooth = if (SDK_INT >= 31) listOf(BLUETOOTH_SCAN) else emptyList()
            assertEquals(listOf(ACCESS_COARSE_LOCATION, ACCESS_FINE_LOCATION) + bluetooth, asked)
        }
}
