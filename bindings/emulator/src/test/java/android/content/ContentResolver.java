package android.content;

/** Android's class of this name. */
public class ContentResolver {}
