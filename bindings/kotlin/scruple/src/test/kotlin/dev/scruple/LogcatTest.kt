package dev.scruple

import android.content.Context
import android.content.pm.ApplicationInfo
import dev.scruple.android.ApplicationContext
import dev.scruple.android.NativeContext
import dev.scruple.robolectric.application
import org.junit.After
import org.junit.Assert.assertEquals
import org.junit.Before
import org.junit.Test
import org.junit.runner.RunWith
import org.robolectric.RobolectricTestRunner
import org.robolectric.annotation.Config
import org.robolectric.annotation.Implementation
import org.robolectric.annotation.Implements

/** Whether the library is told to log. What it logs then, the emulator's tests see. */
@RunWith(RobolectricTestRunner::class)
@Config(shadows = [LogcatTest.FakeNativeContext::class])
@OptIn(ScrupleSourceApi::class)
class LogcatTest {
    @Before
    @After
    fun `nobody wants a log`() {
        ApplicationContext.isLogWanted = false
        calls.clear()
    }

    private fun debuggable(isSo: Boolean) {
        val flags = application.applicationInfo.flags and ApplicationInfo.FLAG_DEBUGGABLE.inv()
        application.applicationInfo.flags = if (isSo) flags or ApplicationInfo.FLAG_DEBUGGABLE else flags
    }

    @Test
    fun `a release logs nothing until the host says so`() {
        debuggable(false)
        ApplicationContext.install(application)
        assertEquals(listOf("install"), calls)
        AndroidSession.logToLogcat()
        ApplicationContext.install(application)
        assertEquals(listOf("install", "logToLogcat", "install"), calls)
    }

    @Test
    fun `a debuggable app logs`() {
        debuggable(true)
        ApplicationContext.install(application)
        assertEquals(listOf("logToLogcat", "install"), calls)
    }

    /** In place of the native library, which is not loaded: another class loader than this test's has it. */
    @Implements(NativeContext::class)
    internal class FakeNativeContext {
        companion object {
            // Robolectric's name for what a class does first.
            @Suppress("FunctionName", "ktlint:standard:function-naming")
            @JvmStatic
            @Implementation
            fun __staticInitializer__() = Unit

            @JvmStatic
            @Implementation
            fun install(
                @Suppress("UNUSED_PARAMETER") context: Context,
            ): Boolean = calls.add("install")

            @JvmStatic
            @Implementation
            fun logToLogcat() {
                calls += "logToLogcat"
            }
        }
    }

    private companion object {
        /** What of the native library was called, in this order. */
        val calls = mutableListOf<String>()
    }
}
