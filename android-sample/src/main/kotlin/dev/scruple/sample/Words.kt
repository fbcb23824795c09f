package dev.scruple.sample

import android.content.Context
import dev.scruple.Category
import dev.scruple.Item
import dev.scruple.Layer
import dev.scruple.Missing
import dev.scruple.Purpose
import dev.scruple.Unavailable
import dev.scruple.Withheld

/** A category's name. */
val Category.label
    get() =
        when (this) {
            Category.APPLICATION -> R.string.category_application
            Category.NETWORK_CONFIGURATION -> R.string.category_network_configuration
            Category.DEVICE -> R.string.category_device
            Category.IDENTIFIER -> R.string.category_identifier
            Category.CLIPBOARD -> R.string.category_clipboard
            Category.LOCATION -> R.string.category_location
            Category.BLUETOOTH -> R.string.category_bluetooth
            Category.NFC -> R.string.category_nfc
            Category.PROCESS_LIST -> R.string.category_process_list
            Category.WEB_VIEW -> R.string.category_web_view
        }

/** A purpose's name. */
val Purpose.label
    get() =
        when (this) {
            Purpose.FEATURE -> R.string.purpose_feature
            Purpose.TROUBLESHOOTING -> R.string.purpose_troubleshooting
        }

/** A layer's name. */
val Layer.label
    get() =
        when (this) {
            Layer.AGREEMENT -> R.string.layer_agreement
            Layer.POLICY -> R.string.layer_policy
            Layer.CONSENT -> R.string.layer_consent
            Layer.AGE -> R.string.layer_age
            Layer.INTERVAL -> R.string.layer_interval
            Layer.SYSTEM -> R.string.layer_system
        }

/** Why a layer says no. */
val Withheld.label
    get() =
        when (this) {
            Withheld.NotForThisPurpose -> R.string.withheld_not_for_this_purpose
            Withheld.Sensitive -> R.string.withheld_sensitive
            Withheld.SwitchedOff -> R.string.withheld_switched_off
            Withheld.PurposeOff -> R.string.withheld_purpose_off
            Withheld.PreciseWhileFuzzy -> R.string.withheld_precise_while_fuzzy
            Withheld.NotGranted -> R.string.withheld_not_granted
            Withheld.Revoked -> R.string.withheld_revoked
            Withheld.AgeUnknown -> R.string.withheld_age_unknown
            Withheld.AgeBelowMinimum -> R.string.withheld_age_below_minimum
            is Withheld.TooSoon -> R.string.withheld_too_soon
            Withheld.Denied -> R.string.withheld_denied
            Withheld.Restricted -> R.string.withheld_restricted
            Withheld.NotDetermined -> R.string.withheld_not_determined
        }

/** Why there is no value. */
val Unavailable.label
    get() =
        when (this) {
            Unavailable.PLATFORM_HAS_NONE -> R.string.unavailable_platform_has_none
            Unavailable.NOT_SUPPLIED -> R.string.unavailable_not_supplied
            Unavailable.NO_SOURCE -> R.string.unavailable_no_source
            Unavailable.TIMED_OUT -> R.string.unavailable_timed_out
            Unavailable.BUSY -> R.string.unavailable_busy
            Unavailable.DISABLED -> R.string.unavailable_disabled
            Unavailable.NOT_READY -> R.string.unavailable_not_ready
            Unavailable.NO_TELEPHONY -> R.string.unavailable_no_telephony
            Unavailable.HEADLESS -> R.string.unavailable_headless
            Unavailable.NO_DMI -> R.string.unavailable_no_dmi
            Unavailable.PLACEHOLDER -> R.string.unavailable_placeholder
            Unavailable.NOT_STATED -> R.string.unavailable_not_stated
            Unavailable.NOT_PERMITTED -> R.string.unavailable_not_permitted
            Unavailable.NOT_RECORDED -> R.string.unavailable_not_recorded
            Unavailable.TOO_LONG -> R.string.unavailable_too_long
            Unavailable.MALFORMED -> R.string.unavailable_malformed
            Unavailable.READ_FAILED -> R.string.unavailable_read_failed
        }

/** Why there is no value, in a sentence: with the layer that withholds it, if one does. */
fun Context.words(why: Missing): String =
    when (why) {
        is Withheld -> getString(R.string.withheld_by, getString(why.layer.label), reason(why))
        is Unavailable -> getString(why.label)
    }

private fun Context.reason(why: Withheld) =
    if (why is Withheld.TooSoon) {
        // Up to the next second: asked again then, the answer is yes.
        getString(why.label, (why.remainingMs + 999) / 1000)
    } else {
        getString(why.label)
    }

/** An item's name. */
val Item.label
    get() =
        when (this) {
            Item.APPLICATION_PROFILE_PICTURE -> R.string.item_application_profile_picture
            Item.APPLICATION_CREATOR_ID -> R.string.item_application_creator_id
            Item.APPLICATION_NAME -> R.string.item_application_name
            Item.APPLICATION_ID -> R.string.item_application_id
            Item.APPLICATION_PACKAGE_NAME -> R.string.item_application_package_name
            Item.MINI_PROGRAM_NAME -> R.string.item_mini_program_name
            Item.MINI_PROGRAM_ID -> R.string.item_mini_program_id
            Item.MINI_PROGRAM_CLASSIFICATION_TAG -> R.string.item_mini_program_classification_tag
            Item.MINI_PROGRAM_INTRODUCTION -> R.string.item_mini_program_introduction
            Item.MINI_PROGRAM_DESCRIPTION -> R.string.item_mini_program_description
            Item.MINI_PROGRAM_VERSION_NUMBER -> R.string.item_mini_program_version_number
            Item.MINI_PROGRAM_VERSION_DESCRIPTION -> R.string.item_mini_program_version_description
            Item.MINI_PROGRAM_CODE_PACKAGE -> R.string.item_mini_program_code_package
            Item.MINI_PROGRAM_CODE_PACKAGE_ADDRESS -> R.string.item_mini_program_code_package_address
            Item.MINI_PROGRAM_DOMAIN_NAME -> R.string.item_mini_program_domain_name
            Item.NETWORK_PERMISSION_CONFIGURATION -> R.string.item_network_permission_configuration
            Item.NETWORK_DOMAIN_CONFIGURATION -> R.string.item_network_domain_configuration
            Item.DEVICE_STORAGE_CAPACITY -> R.string.item_device_storage_capacity
            Item.DEVICE_MCC_MNC -> R.string.item_device_mcc_mnc
            Item.DEVICE_MODEL -> R.string.item_device_model
            Item.DEVICE_SYSTEM_VERSION -> R.string.item_device_system_version
            Item.DEVICE_FIRMWARE_VERSION -> R.string.item_device_firmware_version
            Item.DEVICE_RESOLUTION -> R.string.item_device_resolution
            Item.DEVICE_CPU -> R.string.item_device_cpu
            Item.DEVICE_BRAND -> R.string.item_device_brand
            Item.DEVICE_INCREMENTAL_VERSION -> R.string.item_device_incremental_version
            Item.DEVICE_MANUFACTURER -> R.string.item_device_manufacturer
            Item.DEVICE_NAME -> R.string.item_device_name
            Item.DEVICE_PLATFORM -> R.string.item_device_platform
            Item.DEVICE_OPERATOR -> R.string.item_device_operator
            Item.IDENTIFIER_IDFA -> R.string.item_identifier_idfa
            Item.CLIPBOARD_CONTENT -> R.string.item_clipboard_content
            Item.CLIPBOARD_TROUBLESHOOTING -> R.string.item_clipboard_troubleshooting
            Item.LOCATION_FUZZY -> R.string.item_location_fuzzy
            Item.LOCATION_PRECISE -> R.string.item_location_precise
            Item.BLUETOOTH_INFORMATION -> R.string.item_bluetooth_information
            Item.BLUETOOTH_TROUBLESHOOTING -> R.string.item_bluetooth_troubleshooting
            Item.NFC_INFORMATION -> R.string.item_nfc_information
            Item.PROCESS_LIST_PROCESSES -> R.string.item_process_list_processes
            Item.WEB_VIEW_USER_AGENT -> R.string.item_web_view_user_agent
        }
