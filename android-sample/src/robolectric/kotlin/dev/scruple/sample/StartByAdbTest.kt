package dev.scruple.sample

import android.content.Intent
import android.content.pm.ApplicationInfo.FLAG_DEBUGGABLE
import android.view.View
import android.widget.TextView
import dev.scruple.Age
import dev.scruple.Category
import dev.scruple.Item
import dev.scruple.Purpose
import dev.scruple.Withheld
import dev.scruple.robolectric.application
import org.junit.After
import org.junit.Assert.assertEquals
import org.junit.Assert.assertFalse
import org.junit.Assert.assertTrue
import org.junit.Before
import org.junit.Test
import org.junit.runner.RunWith
import org.robolectric.RobolectricTestRunner

/** The app, started as `adb shell am start` does. */
@RunWith(RobolectricTestRunner::class)
class StartByAdbTest {
    @After
    fun end() = vacate()

    @Before
    fun phone() {
        furnish()
        build(isDebuggable = true)
    }

    private fun build(isDebuggable: Boolean) {
        val info = application.applicationInfo
        info.flags = if (isDebuggable) info.flags or FLAG_DEBUGGABLE else info.flags and FLAG_DEBUGGABLE.inv()
    }

    private fun intent(extras: Intent.() -> Unit) = Intent(application, MainActivity::class.java).apply(extras)

    private fun started(extras: Intent.() -> Unit) = Phone(intent = intent(extras))

    private fun Phone.mistake() = view<TextView>(R.id.mistake).takeIf { it.isShown }?.text?.toString()

    private fun Phone.withheld(item: Item) = (screen.outcomes[item] as? Outcome.None)?.why

    @Test
    fun `it agrees and collects, in one command`() =
        started {
            putExtra("agree", "device,nfc")
            putExtra("age", "at_least_minimum")
            putExtra("purpose", "troubleshooting")
            putExtra("collect", true)
        }.use { phone ->
            assertEquals(setOf(Category.DEVICE, Category.NFC), phone.screen.agreed)
            assertTrue(phone.texts().any { it == "Pixel 8" })
            assertEquals(
                Purpose.TROUBLESHOOTING,
                phone.screen.audit
                    .first()
                    .purpose,
            )
            assertEquals(Withheld.NotGranted, phone.withheld(Item.WEB_VIEW_USER_AGENT))
            assertEquals(null, phone.mistake())
        }

    @Test
    fun `it agrees to all, without collecting, whatever the age`() =
        started {
            putExtra("agree", "all")
            putExtra("age", "unknown")
        }.use { phone ->
            assertEquals(Category.entries.toSet(), phone.screen.agreed)
            assertEquals(Withheld.AgeUnknown, phone.withheld(Item.DEVICE_MODEL))
            assertEquals(emptyList<Any>(), phone.screen.audit)
        }

    @Test
    fun `the policy is chosen first`() =
        started {
            putExtra("accuracy", "precise")
            putExtra("agree", "location")
            putExtra("age", "at_least_minimum")
        }.use { phone -> assertEquals(Outcome.Unread, phone.screen.outcomes[Item.LOCATION_PRECISE]) }

    @Test
    fun `a second command reaches the screen that is open`() =
        started {}.use { phone ->
            phone.controller.newIntent(intent { putExtra("agree", "device").putExtra("age", "below_minimum") })
            phone.settle()
            assertEquals(Age.BELOW_MINIMUM, phone.screen.age)
            assertEquals(Withheld.AgeBelowMinimum, phone.withheld(Item.DEVICE_MODEL))
        }

    @Test
    fun `a rotation does not start anew`() =
        started { putExtra("agree", "device").putExtra("age", "at_least_minimum") }.use { phone ->
            phone.tap(R.id.revoke)
            phone.controller.recreate()
            phone.settle()
            assertEquals(emptySet<Category>(), phone.screen.agreed)
        }

    @Test
    fun `a mistake is named on the screen, and nothing is done`() {
        val mistakes =
            mapOf<String, Intent.() -> Unit>(
                "Nothing was done. The extra “age” is “12”; right are: unknown, below_minimum, at_least_minimum." to
                    { putExtra("agree", "device").putExtra("age", "12") },
                "Nothing was done. The extra “collect” has another type; right is: --ez collect true." to
                    {
                        putExtra("agree", "device")
                        putExtra("age", "at_least_minimum")
                        putExtra("collect", "true")
                    },
                "Nothing was done. There is no extra “agre”; right are: agree, age, purpose, accuracy, collect." to
                    { putExtra("agre", "device").putExtra("age", "at_least_minimum") },
                "Nothing was done. The extra “age” is missing, since whoever agrees states the age too; " +
                    "right are: unknown, below_minimum, at_least_minimum." to { putExtra("agree", "device") },
            )
        for ((words, extras) in mistakes) {
            Phone(process = anotherProcess(), intent = intent(extras)).use { phone ->
                assertEquals(words, phone.mistake())
                assertEquals(emptySet<Category>(), phone.screen.agreed)
                assertEquals(Age.UNKNOWN, phone.screen.age)
            }
        }
    }

    @Test
    fun `a release build takes nothing, and says so`() {
        build(isDebuggable = false)
        started {
            putExtra("agree", "device")
            putExtra("age", "at_least_minimum")
            putExtra("collect", true)
        }.use { phone ->
            assertEquals(emptySet<Category>(), phone.screen.agreed)
            assertEquals(emptySet<Category>(), phone.screen.chosen)
            assertEquals(Age.UNKNOWN, phone.screen.age)
            assertEquals(emptyList<Any>(), phone.screen.audit)
            assertTrue(phone.mistake().orEmpty().contains("a debuggable build does"))
            assertTrue(phone.texts().any { it == "Build: release, takes no extras of adb" })
        }
    }

    @Test
    fun `whoever starts it by its icon has no mistake`() =
        started {
            action = Intent.ACTION_MAIN
            putExtra("agree", "device")
        }.use { phone ->
            assertEquals(null, phone.mistake())
            assertFalse(phone.view<View>(R.id.mistake).isShown)
            assertEquals(emptySet<Category>(), phone.screen.agreed)
        }
}
