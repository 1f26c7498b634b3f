using Callback.Web.Hosting;
using Callback.Web.Settings;

namespace Callback.Web.Verbs;

/// <summary>Backup and restore are the program's for the program's own PostgreSQL; another one has its own tools and its own operators.</summary>
internal static class OwnDatabaseOnly
{
    /// <exception cref="RefusalException">A connection string is set.</exception>
    public static (CallbackSettings Settings, Surroundings Surroundings) Demand(StartInput input, string tool)
    {
        var loaded = SettingsLoader.Load(input);
        return loaded.Settings.Database.ConnectionString is null ? loaded : throw new RefusalException(
            $"database.connectionString names a PostgreSQL of your own: use its tools ({tool}); the manual's page 'Backup and restore' tells how, and what to do before dialing again.");
    }
}
