package dev.scruple.processes

import dev.scruple.Item
import dev.scruple.ScrupleSourceApi
import dev.scruple.Session
import dev.scruple.Source

/**
 * Reads [Item.PROCESS_LIST_PROCESSES], for a [Session]: the app's own processes. The system shows an app no others. It
 * needs no permission.
 */
@OptIn(ScrupleSourceApi::class)
public object AndroidProcesses : Source(Source.processes(ProcessReader))
