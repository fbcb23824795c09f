package dev.scruple.device

import android.provider.Settings
import dev.scruple.AndroidSession
import dev.scruple.Category
import dev.scruple.Item
import dev.scruple.Policy
import dev.scruple.Unavailable
import dev.scruple.Withheld
import dev.scruple.robolectric.WatchedContext
import dev.scruple.robolectric.agreed
import dev.scruple.robolectric.application
import dev.scruple.robolectric.lacks
import dev.scruple.robolectric.offMain
import org.junit.Assert.assertEquals
import org.junit.Test
import org.junit.runner.RunWith
import org.robolectric.RobolectricTestRunner

/** The name that its owner gave the device. */
@RunWith(RobolectricTestRunner::class)
class NameTest {
    private fun named(name: String?) = Settings.Global.putString(application.contentResolver, "device_name", name)

    @Test
    fun `it is the system's setting`() {
        named("Ada's \ud83d\ude00 phone")
        assertEquals("Ada's \ud83d\ude00 phone", value(Item.DEVICE_NAME) { name })
    }

    @Test
    fun `nonsense has a reason`() {
        for ((text, reason) in nonsense) {
            named(text)
            assertEquals(reason, lack(Item.DEVICE_NAME))
        }
        val failing = WatchedContext().answer("content resolver") { throw IllegalStateException("a secret") }
        assertEquals(Unavailable.READ_FAILED, lack(Item.DEVICE_NAME, failing))
        val refusing = WatchedContext().answer("content resolver") { throw SecurityException("a secret") }
        assertEquals(Unavailable.NOT_PERMITTED, lack(Item.DEVICE_NAME, refusing))
    }

    @Test
    fun `a policy that does not name it leaves it off`() {
        named("Ada's phone")
        val context = WatchedContext()
        offMain { AndroidSession.openBlocking(context, Policy { enable(Category.DEVICE) }) }.agreed().use {
            assertEquals(Withheld.SwitchedOff, it.lacks(Item.DEVICE_NAME))
            assertEquals(emptyList<String>(), context.asked)
        }
    }
}
