package dev.scruple.sample

import android.content.ComponentName
import android.view.View
import android.widget.RadioButton
import android.widget.Switch
import android.widget.TextView
import dev.scruple.Age
import dev.scruple.Category
import dev.scruple.Item
import dev.scruple.Withheld
import org.junit.After
import org.junit.Assert.assertEquals
import org.junit.Assert.assertFalse
import org.junit.Assert.assertNotSame
import org.junit.Assert.assertTrue
import org.junit.Before
import org.junit.Test
import org.junit.runner.RunWith
import org.robolectric.RobolectricTestRunner
import org.robolectric.Shadows.shadowOf

/** The app's two processes, in one: an application, a model and a session for each, and one consent. */
@RunWith(RobolectricTestRunner::class)
class ProcessesTest {
    @Before
    fun phone() = furnish()

    @After
    fun end() = vacate()

    private fun both(test: (Phone, Phone) -> Unit) =
        Phone().use { main ->
            Phone(MiniProgramActivity::class.java, anotherProcess()).use { child ->
                assertNotSame(main.model, child.model)
                test(main, child)
            }
        }

    private fun Phone.withheld(item: Item): Withheld? = (screen.outcomes[item] as? Outcome.None)?.why as? Withheld

    private fun Phone.shows(value: String) = texts().any { value in it }

    /** Agrees to the device's information. */
    private fun Phone.agreeToDevice() {
        tap(R.id.age_at_least_minimum)
        tap(switch(Category.DEVICE))
        tap(R.id.agree)
    }

    @Test
    fun `a tap opens the child process`() =
        Phone().use { phone ->
            phone.tap(phone.button(R.id.mini_program, "Open in a child process"))
            val started = shadowOf(phone.activity).nextStartedActivity
            assertEquals(ComponentName(phone.activity, MiniProgramActivity::class.java), started.component)
        }

    @Test
    fun `a grant in one shows in the other, either way`() {
        both { main, child ->
            main.agreeToDevice()
            child.settle()
            assertEquals(setOf(Category.DEVICE), child.screen.agreed)
            assertEquals(Age.AT_LEAST_MINIMUM, child.screen.age)
            assertTrue((child.switch(Category.DEVICE) as Switch).isChecked)
            assertTrue(child.view<RadioButton>(R.id.age_at_least_minimum).isChecked)
            assertEquals(Outcome.Unread, child.screen.outcomes[Item.DEVICE_MODEL])
            assertFalse("each has its own values", child.shows("Pixel 8"))

            child.tap(child.switch(Category.NFC))
            child.tap(R.id.agree)
            main.settle()
            assertEquals(setOf(Category.DEVICE, Category.NFC), main.screen.agreed)
            assertTrue(child.shows("Pixel 8"))
        }
    }

    @Test
    fun `a revocation in one empties the other, either way`() {
        both { main, child ->
            main.agreeToDevice()
            child.tap(R.id.agree)
            assertTrue(main.shows("Pixel 8") && child.shows("Pixel 8"))
            main.tap(R.id.revoke)
            child.settle()
            assertFalse(main.shows("Pixel 8") || child.shows("Pixel 8"))
            assertEquals(Withheld.Revoked, child.withheld(Item.DEVICE_MODEL))
            assertFalse((child.switch(Category.DEVICE) as Switch).isChecked)
            assertFalse(child.view<View>(R.id.revoke).isEnabled)

            child.agreeToDevice()
            main.tap(R.id.agree)
            assertTrue(main.shows("Pixel 8") && child.shows("Pixel 8"))
            child.tap(child.switch(Category.DEVICE))
            main.settle()
            assertFalse(main.shows("Pixel 8") || child.shows("Pixel 8"))
            assertEquals(emptySet<Category>(), main.screen.agreed)
        }
    }

    @Test
    fun `a switch that nobody agreed to stays what it is`() {
        both { main, child ->
            child.tap(child.switch(Category.NFC))
            main.agreeToDevice()
            child.settle()
            assertEquals(setOf(Category.DEVICE, Category.NFC), child.screen.chosen)
            main.tap(R.id.revoke)
            child.settle()
            assertEquals(setOf(Category.NFC), child.screen.chosen)
        }
    }

    @Test
    fun `a process that comes later has the consent that stands`() =
        Phone().use { main ->
            main.agreeToDevice()
            Phone(MiniProgramActivity::class.java, anotherProcess()).use { child ->
                assertEquals(setOf(Category.DEVICE), child.screen.agreed)
                child.tap(R.id.agree)
                assertTrue(child.shows("model: Pixel 8"))
            }
        }

    @Test
    fun `the child says that it is one, and opens with what a mini-program is told`() =
        Phone(MiniProgramActivity::class.java, anotherProcess()).use { child ->
            assertEquals("Scruple in a child process", "${child.view<TextView>(R.id.title).text}")
            assertTrue(child.shows("Process: dev.scruple.sample:miniprogram"))
            assertTrue(child.view<View>(R.id.mini_program).isShown)
            assertFalse(child.button(R.id.mini_program, "Open in a child process").isShown)
        }
}
