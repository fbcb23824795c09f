package dev.scruple.processes

import dev.scruple.Item
import dev.scruple.ScrupleSourceApi
import dev.scruple.Session
import dev.scruple.Source

/**
 * Reads [Item.PROCESS_LIST_PROCESSES], for [Session]: the app's own processes, which are all that the system shows it. It needs
 * no permission.
 */
@OptIn(ScrupleSourceApi::class)
public object AndroidProcesses : Source(Source.processes(ProcessReader))
