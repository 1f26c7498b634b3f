using System.Security.Cryptography;
using Npgsql;

namespace Callback.Database.Embedded;

/// <summary>The program's role and database in its own cluster.</summary>
internal static class ClusterRoles
{
    /// <summary>Sees to the role and the database, and that the role may read what health and the dial gate need.</summary>
    /// <returns>The connection string of the program.</returns>
    public static async Task<string> PrepareAsync(ClusterLayout layout, string socketFolder, CancellationToken ct)
    {
        if (!File.Exists(layout.Password))
            SecretFile.Write(layout.Password, RandomNumberGenerator.GetHexString(48, lowercase: true));
        var password = await File.ReadAllTextAsync(layout.Password, ct);
        var own = new NpgsqlConnectionStringBuilder
        {
            Host = socketFolder,
            Port = SocketFolder.Port,
            Username = "callback",
            Password = password,
            Database = "callback",
        };
        await using (var server = NpgsqlDataSource.Create(await SuperuserAsync(layout, socketFolder, "postgres", ct)))
        {
            if (!await ExistsAsync(server, "select 1 from pg_roles where rolname = 'callback'", ct))
                await DoAsync(server, "create role callback", ct);
            await DoAsync(server, $"alter role callback login nosuperuser nocreatedb nocreaterole nobypassrls password '{password}'", ct);
            await DoAsync(server, "grant pg_monitor to callback", ct);
            if (!await ExistsAsync(server, "select 1 from pg_database where datname = 'callback'", ct))
                await DoAsync(server, "create database callback owner callback", ct);
        }
        await using var database = NpgsqlDataSource.Create(await SuperuserAsync(layout, socketFolder, "callback", ct));
        await DoAsync(database, "grant execute on function pg_control_system(), pg_control_checkpoint(), pg_control_recovery() to callback", ct);
        return own.ConnectionString;
    }

    /// <summary>The connection string of the superuser, for what the program's own role may not do.</summary>
    public static async Task<string> SuperuserAsync(ClusterLayout layout, string socketFolder, string database, CancellationToken ct)
    {
        if (!File.Exists(layout.SuperuserPassword))
            throw new RefusalException($"{layout.SuperuserPassword} is missing: without it the database in {layout.DataFolder} cannot be opened. Put it back, or restore a backup.");
        return new NpgsqlConnectionStringBuilder
        {
            Host = socketFolder,
            Port = SocketFolder.Port,
            Username = "postgres",
            Password = await File.ReadAllTextAsync(layout.SuperuserPassword, ct),
            Database = database,
            Pooling = false,
        }.ConnectionString;
    }

    private static async Task<bool> ExistsAsync(NpgsqlDataSource source, string sql, CancellationToken ct)
    {
        await using var command = source.CreateCommand(sql);
        return await command.ExecuteScalarAsync(ct) is not null;
    }

    private static async Task DoAsync(NpgsqlDataSource source, string sql, CancellationToken ct)
    {
        await using var command = source.CreateCommand(sql);
        await command.ExecuteNonQueryAsync(ct);
    }
}
