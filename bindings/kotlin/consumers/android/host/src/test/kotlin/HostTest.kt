import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Test
import org.junit.jupiter.api.Timeout
import java.io.ByteArrayOutputStream
import java.io.PrintStream

/** What the host prints when everything is as it should be. */
val EXPECTED =
    """
    opened: null, null
    agreed: linux, Host/1.0
    revoked: nothing
    """.trimIndent()

@Timeout(60)
class HostTest {
    @Test
    fun `a host opens, collects and revokes with what the repository gives it`() {
        val said = ByteArrayOutputStream()
        val out = System.out
        System.setOut(PrintStream(said, true))
        try {
            main()
        } finally {
            System.setOut(out)
        }
        assertEquals(EXPECTED, said.toString().trim())
    }
}
