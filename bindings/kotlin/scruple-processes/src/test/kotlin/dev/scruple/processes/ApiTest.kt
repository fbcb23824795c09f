package dev.scruple.processes

import dev.scruple.robolectric.checkApi
import org.junit.Test

/** The public API is what `scruple-processes.api` says. */
class ApiTest {
    @Test
    fun `the public API is as kept`() =
        checkApi("scruple-processes", control = "dev/scruple/processes/AndroidProcesses")
}
