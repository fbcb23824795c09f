package dev.scruple.nfc

import dev.scruple.Item
import dev.scruple.ScrupleSourceApi
import dev.scruple.Session
import dev.scruple.Source

/**
 * Reads [Item.NFC_INFORMATION], for [Session]: whether near-field communication is there, on, and able to act as a card.
 * No tag is read, and nobody has to be asked: the system grants the permission with the installation.
 */
@OptIn(ScrupleSourceApi::class)
public object AndroidNfc : Source(Source.nfc(NfcReader))
