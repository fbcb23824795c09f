package dev.scruple.nfc

import dev.scruple.Item
import dev.scruple.ScrupleSourceApi
import dev.scruple.Session
import dev.scruple.Source

/**
 * Reads [Item.NFC_INFORMATION], for a [Session]: whether the device has near-field communication, whether it is on, and
 * whether the device can act as a card. It reads no tag. It never prompts the person, since the system grants the
 * permission at installation.
 */
@OptIn(ScrupleSourceApi::class)
public object AndroidNfc : Source(Source.nfc(NfcReader))
