import dev.scruple.DeviceInformation
import dev.scruple.ScrupleValueApi
import dev.scruple.testing.TestSession
import dev.scruple.testing.TestValues
import kotlinx.coroutines.runBlocking
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertNull
import org.junit.jupiter.api.Test
import org.junit.jupiter.api.Timeout

@Timeout(60)
@OptIn(ScrupleValueApi::class)
class HostTest {
    @Test
    fun `a host runs with what the POMs give it`() =
        runBlocking {
            val host = Host.open()
            assertNull(host.platform())
            host.agree()
            assertEquals("linux", host.platform())
        }

    @Test
    fun `a host tests itself without the native library`() =
        runBlocking {
            val host = Host(TestSession(TestValues(DeviceInformation(platform = "android"))))
            assertNull(host.platform())
            host.agree()
            assertEquals("android", host.platform())
        }
}
