package dev.scruple.nfc

import android.Manifest.permission.NFC
import android.content.pm.PackageManager.FEATURE_NFC_HOST_CARD_EMULATION
import android.content.pm.PackageManager.PERMISSION_GRANTED
import android.nfc.NfcAdapter
import android.os.Process.myPid
import android.os.Process.myUid
import dev.scruple.NfcInformation
import dev.scruple.NfcSource
import dev.scruple.ScrupleSourceApi
import dev.scruple.SourceErrorKind
import dev.scruple.SourceException
import dev.scruple.SystemPermission
import dev.scruple.android.ApplicationContext

/** Asks the system's NFC adapter. */
@OptIn(ScrupleSourceApi::class)
internal object NfcReader : NfcSource {
    /** Denied only where the host took it out of its manifest. */
    override fun permission(): SystemPermission {
        val granted = ApplicationContext.get().checkPermission(NFC, myPid(), myUid()) == PERMISSION_GRANTED
        return if (granted) SystemPermission.GRANTED else SystemPermission.DENIED
    }

    override fun read(deadlineMs: Long): NfcInformation {
        val context = ApplicationContext.get()
        return try {
            val adapter: NfcAdapter? = NfcAdapter.getDefaultAdapter(context)
            val emulates = context.packageManager.hasSystemFeature(FEATURE_NFC_HOST_CARD_EMULATION)
            NfcInformation(present = adapter != null, enabled = adapter?.isEnabled, hostCardEmulation = emulates)
        } catch (_: SecurityException) {
            throw SourceException(SourceErrorKind.NOT_PERMITTED)
        }
    }
}
