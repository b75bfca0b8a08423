package io.spanloom.desk.filter;

import org.jspecify.annotations.Nullable;

/** Which nodes of the service graph are meant: by name, type, account, each null for any. */
record ServiceId(
        @Nullable String name,
        @Nullable String type,
        @Nullable String account) {
    static final ServiceId ANY = new ServiceId(null, null, null);

    boolean matches(ServiceElement service) {
        return (name == null || service.hasName(name))
                && (type == null || type.equals(service.type()))
                && (account == null || account.equals(service.account()));
    }
}
