import kotlinx.serialization.KSerializer
import kotlinx.serialization.builtins.serializer
import kotlinx.serialization.encoding.Decoder
import kotlinx.serialization.encoding.Encoder
import java.io.Serializable

/** What every serialiser writes. */
class Plain(
    val text: String,
) : Serializable {
    /** As the compiler's plugin makes it. */
    companion object : KSerializer<Plain> {
        @JvmStatic
        fun serializer(): KSerializer<Plain> = this

        override val descriptor = String.serializer().descriptor

        override fun serialize(
            encoder: Encoder,
            value: Plain,
        ) = encoder.encodeString(value.text)

        override fun deserialize(decoder: Decoder) = Plain(decoder.decodeString())
    }
}
