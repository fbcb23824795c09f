package dev.scruple.sample

import android.graphics.Bitmap
import android.graphics.BitmapFactory
import android.graphics.Color
import dev.scruple.Category
import org.junit.After
import org.junit.Assert.assertTrue
import org.junit.Before
import org.junit.Test
import org.junit.runner.RunWith
import org.robolectric.RobolectricTestRunner
import org.robolectric.RuntimeEnvironment
import org.robolectric.annotation.Config
import java.io.File
import kotlin.math.abs

/**
 * The pictures in `docs/images` are what the app looks like. New ones, once `cargo xtask test sample` has run, in
 * `android-sample`: `mvn test -Dpictures.update`.
 */
@RunWith(RobolectricTestRunner::class)
@Config(sdk = [34])
class PicturesTest {
    private val drawn = File("target/pictures").apply { mkdirs() }
    private val kept = File(System.getProperty("pictures.dir")!!)

    @Before
    fun phone() = furnish()

    @After
    fun end() = vacate()

    @Test
    fun `before consent`() = Phone().use { it.isAsKept("before-consent") }

    @Test
    fun `after consent`() =
        Phone().use {
            it.agree()
            it.isAsKept("after-consent")
        }

    @Test
    fun `after revocation`() =
        Phone().use {
            it.agree()
            it.tap(R.id.revoke)
            it.isAsKept("after-revocation")
        }

    @Test
    fun `an item that was looked for`() =
        Phone().use {
            it.agree()
            it.model.search("location")
            it.settle()
            it.isAsKept("search")
        }

    @Test
    fun `what a mini-program is told`() =
        Phone().use {
            it.agree()
            it.tap(R.id.tab_mini_program)
            it.isAsKept("mini-program")
        }

    @Test
    fun `permissions and versions`() =
        Phone().use {
            it.tap(R.id.tab_system)
            it.isAsKept("system")
        }

    @Test
    @Config(qualifiers = "+night")
    fun `in the dark`() =
        Phone().use {
            it.agree()
            it.isAsKept("dark")
        }

    @Test
    @Config(qualifiers = "+zh-rCN")
    fun `in Chinese`() =
        Phone().use {
            it.agree()
            it.isAsKept("chinese")
        }

    @Test
    fun `in large letters`() {
        RuntimeEnvironment.setFontScale(1.5f)
        Phone().use {
            it.agree()
            it.isAsKept("large-font")
        }
    }

    /**
     * To what reads alike on every machine that draws these pictures, however often: nothing with a minimum interval. The
     * processor, which is the machine's, is below what is seen.
     */
    private fun Phone.agree() {
        tap(R.id.age_at_least_minimum)
        for (category in listOf(Category.DEVICE, Category.IDENTIFIER)) tap(switch(category))
        tap(R.id.agree)
        scrollTo(activity.getString(R.string.category_device))
    }

    private fun Phone.isAsKept(name: String) {
        val picture = picture()
        val file = File(drawn, "android-sample-$name.png")
        file.outputStream().use { check(picture.compress(Bitmap.CompressFormat.PNG, 100, it)) }
        assertTrue("${file.length()} bytes are too many for a repository", file.length() < 150_000)
        if (System.getProperty("pictures.update") != null) file.copyTo(File(kept, file.name), overwrite = true)
        val before = BitmapFactory.decodeFile(File(kept, file.name).path)
        assertTrue("$name has changed; meant so? mvn test -Dpictures.update", before != null && alike(before, picture))
    }

    /** Another processor may round a colour differently, here and there. */
    private fun alike(
        one: Bitmap,
        other: Bitmap,
    ): Boolean {
        if (one.width != other.width || one.height != other.height) return false
        val (before, after) = one.pixels() to other.pixels()
        return before.indices.count { !alike(before[it], after[it]) } < before.size / 10_000
    }

    private fun alike(
        one: Int,
        other: Int,
    ) = listOf(Color::red, Color::green, Color::blue).all { abs(it(one) - it(other)) < 16 }

    private fun Bitmap.pixels() = IntArray(width * height).also { getPixels(it, 0, width, 0, 0, width, height) }
}
