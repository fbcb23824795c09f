package dev.scruple

import android.content.Context
import android.content.ContextWrapper
import android.content.res.AssetManager
import dev.scruple.robolectric.application
import dev.scruple.robolectric.offMain
import kotlinx.coroutines.runBlocking
import org.junit.Assert.assertEquals
import org.junit.Assert.assertThrows
import org.junit.Rule
import org.junit.Test
import org.junit.rules.TemporaryFolder
import org.junit.runner.RunWith
import org.robolectric.RobolectricTestRunner
import java.util.zip.ZipEntry
import java.util.zip.ZipOutputStream

/** A policy among the app's assets. */
@RunWith(RobolectricTestRunner::class)
class PolicyAssetTest {
    @get:Rule
    val directory = TemporaryFolder()

    /** An app with these assets. */
    private fun app(vararg assets: Pair<String, String>): Context {
        val packed = directory.newFile()
        ZipOutputStream(packed.outputStream()).use { zip ->
            for ((name, text) in assets) {
                zip.putNextEntry(ZipEntry("assets/$name"))
                zip.write(text.toByteArray())
            }
        }
        val manager = AssetManager::class.java.getConstructor().newInstance()
        AssetManager::class.java.getMethod("addAssetPath", String::class.java).invoke(manager, packed.path)
        return object : ContextWrapper(application) {
            override fun getAssets() = manager
        }
    }

    private fun refused(
        name: String,
        context: Context,
    ): ScrupleException.Input =
        assertThrows(ScrupleException.Input::class.java) { offMain { AndroidPolicy.fromAssetBlocking(context, name) } }

    @Test
    fun `it is read from its place`() {
        val text = """{"agreement": "${Policy.AGREEMENT}", /* why */ "categories": {"device": {"enabled": true}}}"""
        for (name in listOf("scruple.json", "policies/scruple.json")) {
            val policy = runBlocking { AndroidPolicy.fromAsset(app(name to text), name) }
            assertEquals(setOf(Category.DEVICE), policy.categories.keys)
        }
    }

    @Test
    fun `one that is not there is refused`() {
        assertEquals(InputKind.UNREADABLE, refused("none.json", app("scruple.json" to "{}")).kind)
    }

    @Test
    fun `a mistake in it has its place`() {
        val error = refused("scruple.json", app("scruple.json" to "{\n  agreement\n}"))
        assertEquals(InputKind.SYNTAX, error.kind)
        assertEquals(2, error.position?.line)
    }
}
