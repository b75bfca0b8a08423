package io.spanloom.examples.cruddur;

import io.spanloom.examples.cruddur.Database.Query;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;

/** Activities in the database, oldest first. */
final class ActivityRepository {

    private static final String SELECT = "SELECT id, handle, message, created_at FROM activities WHERE ";
    private static final Query HOME = select("NOT notification ORDER BY id");
    private static final Query NOTIFICATIONS = select("notification ORDER BY id");
    private static final Query OF_USER = select("handle = ? AND NOT notification ORDER BY id");

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

    private static Query select(String rest) {
        return new Query("SELECT activities", SELECT + rest);
    }

    private static Activity read(ResultSet row) throws SQLException {
        return new Activity(
                row.getInt("id"), row.getString("handle"), row.getString("message"), row.getString("created_at"));
    }
}
