package dev.scruple.emulator;

/** The library returned an error of its API's: why, and the field that is at fault. */
final class Refused extends Exception {
    /** Why, in the library's order. */
    enum Why { INPUT, NO_THREAD, CLOSED, EXPIRED, REVOKED }

    /** What was wrong with an input, in the library's order. */
    enum Input {
        SYNTAX, UNKNOWN_NAME, UNKNOWN_AGREEMENT, WRONG_TYPE, OUT_OF_RANGE, TOO_LONG, MALFORMED, MISSING, DUPLICATE, UNREADABLE
    }

    final Why why;
    final Input input;
    final String field;

    Refused(byte[] error) {
        Reader reader = new Reader(error);
        why = reader.of(Why.class);
        boolean hasField = why == Why.INPUT;
        input = hasField ? reader.of(Input.class) : null;
        field = hasField ? reader.text() : null;
    }

    @Override
    public String getMessage() {
        return why + " " + input + " " + field;
    }
}
