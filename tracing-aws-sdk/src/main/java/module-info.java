/** A span for each call of the AWS SDK for Java v2. */
@SuppressWarnings("opens") // a package of one resource, which the SDK looks for
module io.spanloom.awssdk {
    requires transitive io.spanloom.core;
    requires transitive software.amazon.awssdk.core;
    requires software.amazon.awssdk.auth;
    requires software.amazon.awssdk.awscore;
    requires software.amazon.awssdk.http;
    requires software.amazon.awssdk.regions;
    requires static software.amazon.awssdk.services.sqs;
    requires static org.jspecify;

    exports io.spanloom.awssdk;

    opens software.amazon.awssdk.global.handlers;
}
