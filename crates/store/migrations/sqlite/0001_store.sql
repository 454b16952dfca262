-- owner: store. Settings of the installation itself.
CREATE TABLE installation (
    -- Name of the setting.
    name TEXT NOT NULL PRIMARY KEY,
    -- Its value, as text.
    value TEXT NOT NULL
) STRICT;
