package dev.scruple.sample

/** JSON as the library writes it, on lines that people can read. */
fun indented(json: String): String =
    buildString {
        var depth = 0
        var isText = false
        var isEscaped = false
        var isOpening = false
        for (char in json) {
            val isClosing = !isText && char in "}]"
            if (isClosing) depth -= 1
            // What is empty stays on its line.
            if (isOpening != isClosing) line(depth)
            isOpening = !isText && char in "{["
            if (isOpening) depth += 1
            append(char)
            when {
                char == '"' && !isEscaped -> isText = !isText
                isText -> Unit
                char == ',' -> line(depth)
                char == ':' -> append(' ')
            }
            isEscaped = isText && char == '\\' && !isEscaped
        }
    }

private fun StringBuilder.line(depth: Int) = append('\n').append("  ".repeat(depth))
