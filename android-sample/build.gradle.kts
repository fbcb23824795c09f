buildscript {
    repositories { mavenCentral() }
    // The Android plugin compiles Kotlin itself, with an older compiler unless a newer one is named.
    dependencies { classpath(libs.kotlin.gradle.plugin) }
}

plugins {
    alias(libs.plugins.android.application)
}

android {
    namespace = "dev.scruple.sample"
    compileSdk = 36

    defaultConfig {
        applicationId = "dev.scruple.sample"
        minSdk = 23
        targetSdk = 36
        versionCode = 1
        // What a tester reports.
        versionName = libs.versions.scruple.get()
        // JNA's AAR has more kinds, and on those the app would start without Scruple's library.
        ndk { abiFilters += "arm64-v8a" }
    }

    androidResources {
        localeFilters += listOf("en", "zh-rCN")
    }

    buildTypes {
        release {
            // Scruple's artifacts bring the rules that they need.
            isMinifyEnabled = true
            isShrinkResources = true
            proguardFiles(getDefaultProguardFile("proguard-android-optimize.txt"))
            // A sample is signed by whoever builds it.
            signingConfig = signingConfigs["debug"]
        }
    }
}

dependencies {
    implementation(platform(libs.scruple.bom))
    implementation(libs.scruple)
    implementation(libs.scruple.bluetooth)
    implementation(libs.scruple.clipboard)
    implementation(libs.scruple.location)
    implementation(libs.scruple.location.precise)
    implementation(libs.scruple.nfc)
    implementation(libs.scruple.processes)
    implementation(libs.scruple.shared.consent)
    implementation(libs.scruple.webview)
    implementation(libs.coroutines.android)

    testImplementation(platform(libs.scruple.bom))
    testImplementation(libs.scruple.testing)
    testImplementation(libs.coroutines.test)
    testImplementation(libs.junit)
}
