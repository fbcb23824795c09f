package dev.scruple.sample

import android.content.ComponentName
import android.content.pm.PackageManager.GET_PERMISSIONS
import android.graphics.Insets
import android.os.Build.VERSION.SDK_INT
import android.os.Bundle
import android.os.Parcel
import android.view.View
import android.view.WindowInsets
import android.view.WindowManager.LayoutParams.FLAG_SECURE
import android.widget.ViewAnimator
import dev.scruple.Item
import org.junit.After
import org.junit.Assert.assertEquals
import org.junit.Assert.assertFalse
import org.junit.Assert.assertSame
import org.junit.Assert.assertTrue
import org.junit.Before
import org.junit.Test
import org.junit.runner.RunWith
import org.robolectric.RobolectricTestRunner
import org.robolectric.annotation.Config
import org.robolectric.shadows.ShadowLooper.idleMainLooper
import java.util.concurrent.TimeUnit.SECONDS

/** Rotation, leaving, the end of values, and windows. */
@RunWith(RobolectricTestRunner::class)
class LifecycleTest {
    private val value = "Pixel 8"

    @Before
    fun phone() = furnish()

    @After
    fun end() = vacate()

    private fun Phone.shows(value: String) = texts().any { value in it }

    /** Whether a text is anywhere in it, as Android writes it for the system to keep. */
    private fun Bundle.holds(text: String): Boolean {
        val parcel = Parcel.obtain()
        writeToParcel(parcel, 0)
        val bytes = String(parcel.marshall(), Charsets.ISO_8859_1)
        parcel.recycle()
        val encodings = listOf(Charsets.UTF_8, Charsets.UTF_16LE)
        return encodings.any { String(text.toByteArray(it), Charsets.ISO_8859_1) in bytes }
    }

    @Test
    fun `a rotation keeps the values on the screen and none in what is saved`() =
        Phone().use { phone ->
            phone.agreeToAll()
            val saved = Bundle()
            phone.controller.saveInstanceState(saved)
            assertFalse(saved.holds(value))
            assertTrue("the control", Bundle(saved).apply { putString("value", value) }.holds(value))

            val (model, session) = phone.model to phone.screen.audit
            phone.controller.recreate()
            phone.settle()
            assertSame(model, phone.model)
            assertEquals("the same session", session, phone.screen.audit)
            assertTrue(phone.shows(value))
            assertEquals(1, phone.view<ViewAnimator>(R.id.pages).displayedChild)
        }

    @Test
    fun `whoever leaves, leaves nothing behind`() =
        Phone().use { phone ->
            phone.agreeToAll()
            assertTrue(phone.shows(value))
            phone.controller.pause().stop()
            assertFalse(phone.shows(value))
            phone.controller
                .restart()
                .start()
                .resume()
            phone.settle()
            assertFalse(phone.shows(value))
            assertTrue("consent stays", phone.screen.outcomes[Item.DEVICE_MODEL] is Outcome.Unread)
            phone.tap(R.id.agree)
            assertTrue(phone.shows(value))
        }

    @Test
    fun `values end with the policy's retention`() =
        Phone().use { phone ->
            phone.agreeToAll()
            idleMainLooper(59, SECONDS)
            assertTrue(phone.shows(value))
            idleMainLooper(1, SECONDS)
            assertFalse(phone.shows(value))
        }

    @Test
    fun `the recent apps show no picture of it`() =
        Phone().use { phone ->
            val secure = phone.activity.window.attributes.flags and FLAG_SECURE != 0
            assertEquals(SDK_INT < 33, secure)
        }

    @Test
    @Config(minSdk = 30)
    fun `the content keeps clear of bars and cutouts`() =
        Phone().use { phone ->
            val main = phone.view<View>(R.id.main)
            val insets =
                WindowInsets
                    .Builder()
                    .setInsets(WindowInsets.Type.statusBars(), Insets.of(0, 48, 0, 0))
                    .setInsets(WindowInsets.Type.navigationBars(), Insets.of(0, 0, 0, 96))
                    .setInsets(WindowInsets.Type.displayCutout(), Insets.of(60, 0, 0, 0))
                    .build()
            main.dispatchApplyWindowInsets(insets)
            val padding = listOf(main.paddingLeft, main.paddingTop, main.paddingRight, main.paddingBottom)
            assertEquals(listOf(60, 48, 0, 96), padding)
        }

    @Test
    fun `the manifest has what Scruple's artifacts need and nothing else`() =
        Phone().use { phone ->
            val manager = phone.activity.packageManager
            val info =
                manager.getPackageInfo(
                    phone.activity.packageName,
                    GET_PERMISSIONS,
                )
            val legacy = if (SDK_INT <= 30) listOf("BLUETOOTH", "BLUETOOTH_ADMIN") else emptyList()
            val expected =
                listOf("ACCESS_COARSE_LOCATION", "ACCESS_FINE_LOCATION") + legacy + listOf("BLUETOOTH_SCAN", "NFC")
            assertEquals(expected.map { "android.permission.$it" }, info.requestedPermissions.sorted())
            val activity = { name: Class<*> -> manager.getActivityInfo(ComponentName(phone.activity, name), 0) }
            assertTrue(activity(MainActivity::class.java).exported)
            val child = activity(MiniProgramActivity::class.java)
            assertFalse("started by this app alone", child.exported)
            assertEquals("dev.scruple.sample:miniprogram", child.processName)
        }
}
