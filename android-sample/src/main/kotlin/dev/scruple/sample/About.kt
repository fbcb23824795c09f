package dev.scruple.sample

import dev.scruple.Item

/** What an item is, and where it comes from on Android. */
val Item.about
    get() =
        when (this) {
            Item.APPLICATION_PROFILE_PICTURE -> R.string.about_application_profile_picture
            Item.APPLICATION_CREATOR_ID -> R.string.about_application_creator_id
            Item.APPLICATION_NAME -> R.string.about_application_name
            Item.APPLICATION_ID -> R.string.about_application_id
            Item.APPLICATION_PACKAGE_NAME -> R.string.about_application_package_name
            Item.MINI_PROGRAM_NAME -> R.string.about_mini_program_name
            Item.MINI_PROGRAM_ID -> R.string.about_mini_program_id
            Item.MINI_PROGRAM_CLASSIFICATION_TAG -> R.string.about_mini_program_classification_tag
            Item.MINI_PROGRAM_INTRODUCTION -> R.string.about_mini_program_introduction
            Item.MINI_PROGRAM_DESCRIPTION -> R.string.about_mini_program_description
            Item.MINI_PROGRAM_VERSION_NUMBER -> R.string.about_mini_program_version_number
            Item.MINI_PROGRAM_VERSION_DESCRIPTION -> R.string.about_mini_program_version_description
            Item.MINI_PROGRAM_CODE_PACKAGE -> R.string.about_mini_program_code_package
            Item.MINI_PROGRAM_CODE_PACKAGE_ADDRESS -> R.string.about_mini_program_code_package_address
            Item.MINI_PROGRAM_DOMAIN_NAME -> R.string.about_mini_program_domain_name
            Item.NETWORK_PERMISSION_CONFIGURATION -> R.string.about_network_permission_configuration
            Item.NETWORK_DOMAIN_CONFIGURATION -> R.string.about_network_domain_configuration
            Item.DEVICE_STORAGE_CAPACITY -> R.string.about_device_storage_capacity
            Item.DEVICE_MCC_MNC -> R.string.about_device_mcc_mnc
            Item.DEVICE_MODEL -> R.string.about_device_model
            Item.DEVICE_SYSTEM_VERSION -> R.string.about_device_system_version
            Item.DEVICE_FIRMWARE_VERSION -> R.string.about_device_firmware_version
            Item.DEVICE_RESOLUTION -> R.string.about_device_resolution
            Item.DEVICE_CPU -> R.string.about_device_cpu
            Item.DEVICE_BRAND -> R.string.about_device_brand
            Item.DEVICE_INCREMENTAL_VERSION -> R.string.about_device_incremental_version
            Item.DEVICE_MANUFACTURER -> R.string.about_device_manufacturer
            Item.DEVICE_NAME -> R.string.about_device_name
            Item.DEVICE_PLATFORM -> R.string.about_device_platform
            Item.DEVICE_OPERATOR -> R.string.about_device_operator
            Item.IDENTIFIER_IDFA -> R.string.about_identifier_idfa
            Item.CLIPBOARD_CONTENT -> R.string.about_clipboard_content
            Item.CLIPBOARD_TROUBLESHOOTING -> R.string.about_clipboard_troubleshooting
            Item.LOCATION_FUZZY -> R.string.about_location_fuzzy
            Item.LOCATION_PRECISE -> R.string.about_location_precise
            Item.BLUETOOTH_INFORMATION -> R.string.about_bluetooth_information
            Item.BLUETOOTH_TROUBLESHOOTING -> R.string.about_bluetooth_troubleshooting
            Item.NFC_INFORMATION -> R.string.about_nfc_information
            Item.PROCESS_LIST_PROCESSES -> R.string.about_process_list_processes
            Item.WEB_VIEW_USER_AGENT -> R.string.about_web_view_user_agent
        }
