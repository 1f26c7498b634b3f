using System.Globalization;

namespace Callback.Database.Embedded;

/// <summary>The settings of the program's own PostgreSQL, sized to the machine it shares with the program.</summary>
internal static class ClusterSizing
{
    private const long Mebi = 1024 * 1024;

    /// <param name="memory">Bytes this machine, or the container, has.</param>
    /// <param name="cores">Processor cores.</param>
    /// <param name="socketFolder">The only way in.</param>
    public static string Settings(long memory, int cores, string socketFolder)
    {
        var buffers = Math.Clamp(memory / 4 / Mebi, 64, 8192);
        var connections = Math.Clamp(cores * 25, 100, 400);
        return string.Create(CultureInfo.InvariantCulture, $"""
            # Written at every start by callback. Put your own settings into local.conf beside this file; they win.
            listen_addresses = ''
            unix_socket_directories = '{socketFolder.Replace("'", "''", StringComparison.Ordinal)}'
            unix_socket_permissions = 0700
            password_encryption = 'scram-sha-256'
            max_connections = {connections}
            shared_buffers = {buffers}MB
            effective_cache_size = {Math.Max(128, memory / 2 / Mebi)}MB
            maintenance_work_mem = {Math.Clamp(memory / 16 / Mebi, 32, 1024)}MB
            work_mem = {Math.Clamp(memory / Mebi / connections / 4, 4, 64)}MB
            max_wal_size = '4GB'
            min_wal_size = '256MB'
            checkpoint_timeout = '15min'
            wal_compression = on
            random_page_cost = 1.1
            jit = off
            fsync = on
            full_page_writes = on
            synchronous_commit = on
            idle_in_transaction_session_timeout = '5min'
            timezone = 'UTC'
            log_timezone = 'UTC'
            logging_collector = on
            log_directory = 'log'
            log_filename = 'postgresql-%a.log'
            log_rotation_age = '1d'
            log_rotation_size = 0
            log_truncate_on_rotation = on
            log_line_prefix = '%m [%p] %u '

            """);
    }

    /// <summary>What the machine, or the container's limit, gives.</summary>
    public static string ForThisMachine(string socketFolder) =>
        Settings(GC.GetGCMemoryInfo().TotalAvailableMemoryBytes, Environment.ProcessorCount, socketFolder);
}
