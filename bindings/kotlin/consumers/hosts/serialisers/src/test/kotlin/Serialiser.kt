import com.alibaba.fastjson2.JSON
import com.alibaba.fastjson2.JSONB
import com.alibaba.fastjson2.JSONWriter
import com.fasterxml.jackson.annotation.JsonAutoDetect.Visibility
import com.fasterxml.jackson.annotation.PropertyAccessor
import com.fasterxml.jackson.databind.ObjectMapper
import com.fasterxml.jackson.databind.SerializationFeature
import com.fasterxml.jackson.module.kotlin.KotlinFeature
import com.fasterxml.jackson.module.kotlin.jacksonMapperBuilder
import com.google.gson.Gson
import com.squareup.moshi.Moshi
import com.squareup.moshi.kotlin.reflect.KotlinJsonAdapterFactory
import kotlinx.serialization.json.Json
import kotlinx.serialization.serializer
import org.apache.commons.lang3.builder.RecursiveToStringStyle
import org.apache.commons.lang3.builder.ReflectionToStringBuilder
import tools.jackson.databind.json.JsonMapper
import java.io.ByteArrayOutputStream
import java.io.ObjectOutputStream
import com.fasterxml.jackson.databind.json.JsonMapper as JsonMapper2
import tools.jackson.module.kotlin.KotlinFeature as KotlinFeature3
import tools.jackson.module.kotlin.jacksonMapperBuilder as jacksonMapperBuilder3

/** What a host writes any object with, without a word on its fields. */
class Serialiser(
    private val name: String,
    private val write: (Any) -> String,
) {
    /** What is written, or all that is said where it refuses. */
    fun said(value: Any): String =
        try {
            write(value)
        } catch (refused: Throwable) {
            refused.stackTraceToString()
        }

    override fun toString() = name

    companion object {
        /** By their own defaults, and by the settings with which they look further. */
        val all: List<Serialiser> =
            listOf(
                Serialiser("Jackson 2") { ObjectMapper().writeValueAsString(it) },
                Serialiser("Jackson 2, getters") { getters().build().writeValueAsString(it) },
                Serialiser("Jackson 2, fields") {
                    getters().visibility(PropertyAccessor.FIELD, Visibility.ANY).build().writeValueAsString(it)
                },
                Serialiser("Jackson 2, Kotlin") {
                    jacksonMapperBuilder { enable(KotlinFeature.KotlinPropertyNameAsImplicitName) }
                        .disable(SerializationFeature.FAIL_ON_EMPTY_BEANS)
                        .build()
                        .writeValueAsString(it)
                },
                Serialiser("Jackson 3") { JsonMapper().writeValueAsString(it) },
                Serialiser("Jackson 3, Kotlin") {
                    jacksonMapperBuilder3 { enable(KotlinFeature3.KotlinPropertyNameAsImplicitName) }
                        .build()
                        .writeValueAsString(it)
                },
                Serialiser("Gson") { Gson().toJson(it) },
                Serialiser("fastjson2") { JSON.toJSONString(it) },
                Serialiser("fastjson2, fields") { JSON.toJSONString(it, JSONWriter.Feature.FieldBased) },
                Serialiser("fastjson2, binary") { String(JSONB.toBytes(it)) },
                Serialiser("Moshi") { moshi.adapter<Any>(it.javaClass).toJson(it) },
                Serialiser("kotlinx.serialization") { Json.encodeToString(serializer(it.javaClass), it) },
                Serialiser("reflectionToString") { ReflectionToStringBuilder(it, RecursiveToStringStyle()).toString() },
                Serialiser("Java") { value ->
                    ByteArrayOutputStream().also { ObjectOutputStream(it).writeObject(value) }.toString()
                },
            )

        private fun getters() = JsonMapper2.builder().disable(SerializationFeature.FAIL_ON_EMPTY_BEANS)

        private val moshi = Moshi.Builder().addLast(KotlinJsonAdapterFactory()).build()
    }
}
