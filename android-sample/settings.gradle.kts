pluginManagement {
    repositories {
        google()
        mavenCentral()
        gradlePluginPortal()
    }
}

dependencyResolutionManagement {
    repositoriesMode = RepositoriesMode.FAIL_ON_PROJECT_REPOS
    repositories {
        // What `cargo xtask package android` makes.
        maven {
            url = uri("../dist/maven")
            content { includeGroup("dev.scruple") }
        }
        google()
        mavenCentral()
    }
}

rootProject.name = "scruple-sample"
