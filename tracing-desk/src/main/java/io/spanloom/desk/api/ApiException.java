package io.spanloom.desk.api;

/** An answer that is an error, in the service's terms. Carries no stack trace: a bad request is no defect of the desk. */
public final class ApiException extends Exception {
    private static final long serialVersionUID = 1;

    private final int status;
    private final String type;

    private ApiException(int status, String type, String message) {
        super(message, null, false, false);
        this.status = status;
        this.type = type;
    }

    public static ApiException invalid(String message) {
        return new ApiException(400, "InvalidRequestException", message);
    }

    static ApiException ruleLimit(String message) {
        return new ApiException(400, "RuleLimitExceededException", message);
    }

    static ApiException tooManyTags(String message) {
        return new ApiException(400, "TooManyTagsException", message);
    }

    public static ApiException notFound(String message) {
        return new ApiException(404, "ResourceNotFoundException", message);
    }

    static ApiException unknownOperation(String path) {
        return new ApiException(404, "UnknownOperationException", "the X-Ray API has no operation at " + path);
    }

    /** The HTTP status. */
    public int status() {
        return status;
    }

    /** The name of the error's shape in the service's model. */
    public String type() {
        return type;
    }

    public String text() {
        return String.valueOf(getMessage());
    }
}
