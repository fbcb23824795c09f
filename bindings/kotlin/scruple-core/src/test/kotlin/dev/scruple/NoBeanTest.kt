package dev.scruple

import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertTrue
import org.junit.jupiter.api.Test
import java.lang.reflect.Method
import java.lang.reflect.Modifier
import kotlin.io.path.Path
import kotlin.io.path.div
import kotlin.io.path.nameWithoutExtension
import kotlin.io.path.walk

/** What holds values has nothing that serialisers look for, which are getters and fields that are kept. So has whatever is added. */
class NoBeanTest {
    private val all =
        (Path(Value::class.java.protectionDomain.codeSource.location.path) / "dev" / "scruple")
            .walk()
            .map { Class.forName("dev.scruple.${it.nameWithoutExtension}", false, javaClass.classLoader) }
            .toList()

    private val values = all.filter { Value::class.java.isAssignableFrom(it) }

    /** Those from which values are built. */
    private val builders =
        all.filter { builder ->
            builder.declaredMethods.any {
                it.name == "build" &&
                    it.returnType in values
            }
        }

    private val holders = listOf(Session::class.java, Snapshot::class.java, Source::class.java)

    /** What leads to values. */
    private val around = all.filter { type -> holders.any { it.isAssignableFrom(type) } }

    @Test
    fun `every field of what holds values is transient`() {
        val kept = (values + builders + around).flatMap(::keptFields)
        assertEquals(emptyList<String>(), kept)
        assertTrue(keptFields(Position::class.java).isNotEmpty(), "the control")
    }

    @Test
    fun `no value has a getter`() {
        val getters = (values + builders).flatMap(::getters)
        assertEquals(emptyList<String>(), getters)
        assertTrue(getters(Position::class.java).isNotEmpty(), "the control")
    }

    @Test
    fun `no getter of a session or a snapshot gives text or bytes`() {
        val given =
            around.flatMap { type ->
                type.declaredMethods.filter(::isGetter).map { "${type.simpleName}: ${it.genericReturnType}" }
            }
        assertEquals(emptyList<String>(), given.filter { "String" in it || "byte[" in it })
        assertTrue("Snapshot: class dev.scruple.DeviceInformation" in given, "the control")
    }

    @Test
    fun `the rule is about every kind`() {
        assertTrue(values.size > 20 && builders.size == 6, "${values.size} values, ${builders.size} builders")
        assertEquals(
            setOf("NativeSession", "NativeSnapshot"),
            around.filterNot { it.isInterface }.mapTo(mutableSetOf()) { it.simpleName } - "Source",
        )
    }

    private fun keptFields(type: Class<*>): List<String> =
        type.declaredFields
            .filterNot { Modifier.isStatic(it.modifiers) || Modifier.isTransient(it.modifiers) }
            .map { "${type.simpleName}.${it.name}" }

    private fun getters(type: Class<*>): List<String> =
        type.declaredMethods.filter(::isGetter).map { "${type.simpleName}.${it.name}" }

    private fun isGetter(method: Method): Boolean =
        Modifier.isPublic(method.modifiers) &&
            !Modifier.isStatic(method.modifiers) &&
            !method.isSynthetic &&
            method.parameterCount == 0 &&
            Regex("(get|is)[^a-z].*").matches(method.name)
}
