package io.spanloom.sql;

import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.CallableStatement;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** A driver that answers nothing, and notes all that is called. */
final class StubDatabase {

    final List<String> calls = new ArrayList<>();

    @Nullable
    String url = "jdbc:postgresql://db.example:5432/cruddur?user=app&password=secret";

    /** Thrown by what executes; null for nothing. */
    @Nullable
    Throwable failure;

    final DataSource dataSource = stub(DataSource.class);

    private <T> T stub(Class<T> type) {
        return type.cast(Proxy.newProxyInstance(
                StubDatabase.class.getClassLoader(),
                new Class<?>[] {type},
                (proxy, method, args) -> answer(type, method)));
    }

    private @Nullable Object answer(Class<?> type, Method method) throws Throwable {
        String name = method.getName();
        if (method.getDeclaringClass() == Object.class) {
            return name.equals("toString")
                    ? type.getSimpleName()
                    : name.equals("hashCode") ? (Object) 1 : (Object) true;
        }
        calls.add(type.getSimpleName() + "." + name);
        if (failure != null && (name.startsWith("execute") || name.equals("commit"))) {
            throw failure;
        }
        Class<?> result = method.getReturnType();
        if (name.equals("getURL")) {
            return url;
        }
        if (name.equals("getConnection")) {
            return stub(Connection.class);
        }
        if (result == PreparedStatement.class
                || result == CallableStatement.class
                || result == Statement.class
                || result == DatabaseMetaData.class) {
            return stub(result);
        }
        if (result == boolean.class) {
            return false;
        }
        return result == int.class ? (Object) 0 : result == int[].class ? new int[0] : null;
    }

    Connection connection() throws SQLException {
        return TracingDataSource.wrap(dataSource).getConnection();
    }
}
