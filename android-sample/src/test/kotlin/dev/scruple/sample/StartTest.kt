package dev.scruple.sample

import dev.scruple.Age
import dev.scruple.Category
import dev.scruple.LocationAccuracy
import dev.scruple.Purpose
import org.junit.Assert.assertEquals
import org.junit.Assert.assertFalse
import org.junit.Assert.assertNull
import org.junit.Assert.assertThrows
import org.junit.Assert.assertTrue
import org.junit.Test

/** What extras say, as far as no Android is needed for it. */
class StartTest {
    private inline fun <reified T : StartMistake> mistake(vararg extras: Pair<String, Any?>): T =
        assertThrows(T::class.java) { Start.of(mapOf(*extras)) }

    @Test
    fun `each extra has its ids`() {
        val start =
            Start.of(
                mapOf(
                    "agree" to "device, nfc",
                    "age" to "below_minimum",
                    "purpose" to "troubleshooting",
                    "accuracy" to "precise",
                    "collect" to true,
                ),
            )!!
        assertEquals(setOf(Category.DEVICE, Category.NFC), start.agree)
        assertEquals(Age.BELOW_MINIMUM, start.age)
        assertEquals(Purpose.TROUBLESHOOTING, start.purpose)
        assertEquals(LocationAccuracy.PRECISE, start.accuracy)
        assertTrue(start.collect)
    }

    @Test
    fun `what is not named stays as it is`() {
        val start = Start.of(mapOf("age" to "unknown"))!!
        assertEquals(emptySet<Category>(), start.agree)
        assertNull(start.purpose)
        assertNull(start.accuracy)
        assertFalse(start.collect)
        assertEquals(Category.entries.toSet(), Start.of(mapOf("agree" to "all", "age" to "unknown"))!!.agree)
    }

    @Test
    fun `what others put in is not looked at`() {
        assertNull(Start.of(emptyMap()))
        assertNull(Start.of(mapOf("android.intent.extra.REFERRER_NAME" to "launcher")))
    }

    @Test
    fun `a mistake says which extra, and what would be right`() {
        val ages = setOf("unknown", "below_minimum", "at_least_minimum")
        assertEquals("Age", mistake<StartMistake.Name>("Age" to "unknown").extra)
        assertEquals("age", mistake<StartMistake.Missing>("agree" to "all").extra)
        assertEquals(ages, mistake<StartMistake.Value>("age" to "12").right)
        assertEquals("--es age …", mistake<StartMistake.Type>("age" to 12).right)
        assertEquals("--es age …", mistake<StartMistake.Type>("age" to null).right)
        assertEquals("--ez collect true", mistake<StartMistake.Type>("collect" to "true").right)
        val agree = mistake<StartMistake.Value>("agree" to "device,,nfc", "age" to "unknown")
        assertEquals("", agree.wrong)
        assertEquals(Category.entries.map { it.id } + "all", agree.right.toList())
        assertEquals("al", mistake<StartMistake.Value>("agree" to "al", "age" to "unknown").wrong)
        assertEquals("coarse", mistake<StartMistake.Value>("accuracy" to "coarse").wrong)
        assertEquals("features", mistake<StartMistake.Value>("purpose" to "features").wrong)
    }
}
