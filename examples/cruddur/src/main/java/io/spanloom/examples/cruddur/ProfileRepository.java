package io.spanloom.examples.cruddur;

import io.spanloom.annotation.SpanAnnotation;
import io.spanloom.annotation.Traced;
import java.sql.SQLException;

/** What the service {@code profiles} is there for. On a type, {@code @Traced} stands for all its public methods. */
@Traced(expected = NotFoundException.class)
class ProfileRepository {

    private static final String BY_HANDLE = "SELECT handle, display_name FROM profiles WHERE handle = ?";

    private final Database database;

    ProfileRepository(Database database) {
        this.database = database;
    }

    /**
     * Whose handle this is.
     *
     * @throws NotFoundException where it is nobody's
     */
    public Profile find(@SpanAnnotation("user_handle") String handle) throws SQLException {
        return database.query(BY_HANDLE, row -> new Profile(row.getString(1), row.getString(2)), handle).stream()
                .findFirst()
                .orElseThrow(() -> new NotFoundException("nobody is called " + handle));
    }
}
