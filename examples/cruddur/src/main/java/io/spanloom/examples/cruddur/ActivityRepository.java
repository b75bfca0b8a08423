package io.spanloom.examples.cruddur;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;

/** Activities in the database, oldest first. */
final class ActivityRepository {

    private static final String SELECT = "SELECT id, handle, message, created_at FROM activities WHERE ";
    private static final String HOME = SELECT + "NOT notification ORDER BY id";
    private static final String NOTIFICATIONS = SELECT + "notification ORDER BY id";
    private static final String OF_USER = SELECT + "handle = ? AND NOT notification ORDER BY id";

    private final Database database;

    ActivityRepository(Database database) {
        this.database = database;
    }

    List<Activity> home() throws SQLException {
        return database.query(HOME, ActivityRepository::read);
    }

    List<Activity> notifications() throws SQLException {
        return database.query(NOTIFICATIONS, ActivityRepository::read);
    }

    List<Activity> of(String handle) throws SQLException {
        return database.query(OF_USER, ActivityRepository::read, handle);
    }

    private static Activity read(ResultSet row) throws SQLException {
        return new Activity(
                row.getInt("id"), row.getString("handle"), row.getString("message"), row.getString("created_at"));
    }
}
