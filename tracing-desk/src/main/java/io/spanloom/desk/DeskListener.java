package io.spanloom.desk;

/** What a terminal, or whoever else watches a desk, is told. Called on the desk's own threads, one call at a time each. */
interface DeskListener {
    DeskListener SILENT = new DeskListener() {
        @Override
        public void show(StoredTrace.Showing showing) {}

        @Override
        public void complain(String line) {}
    };

    /** A trace is finished, or has waited for its root long enough, or more of it has come since it was shown. */
    void show(StoredTrace.Showing showing);

    /** Something was refused or given up; already limited in rate and safe to print. */
    void complain(String line);
}
