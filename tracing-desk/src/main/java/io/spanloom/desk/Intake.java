package io.spanloom.desk;

/**
 * Where receivers hand over what they read. Called on the receiving threads, from several at once; whoever wants a queue
 * between receiving and storing puts it here.
 */
interface Intake {

    void accepted(Received document);

    /** One document was refused. */
    void rejected(Rejection reason, String detail);
}
