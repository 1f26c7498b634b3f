using System.Globalization;
using System.Security.Cryptography;
using Callback.Database.Embedded;
using Callback.Database.PersonalData;
using Npgsql;

namespace Callback.Database.Recovery;

/// <param name="Backup">The folder of the backup.</param>
/// <param name="Into">The data folder it becomes.</param>
/// <param name="Keyring">The backup's keys.</param>
/// <param name="KeepKeyring">Whether they are written into the data folder; false where the environment holds them.</param>
/// <param name="Replace">A database that is there already is set aside; otherwise it is a reason to refuse.</param>
/// <param name="Now">Names the folder of what is set aside.</param>
public sealed record RestoreOrder(string Backup, EmbeddedPostgresOptions Into, Keyring Keyring, bool KeepKeyring, bool Replace, DateTimeOffset Now);

/// <param name="Manifest">The backup's.</param>
/// <param name="Timeline">The restored server's own: another than the one the database knows, so that the dial gate refuses until somebody adopts it.</param>
/// <param name="SetAside">Where the old database is now; null: there was none.</param>
/// <param name="Lost">What only the old database knows; null: there was none, or it does not open.</param>
public sealed record RestoredCluster(BackupManifest Manifest, int Timeline, string? SetAside, LostRecords? Lost = null);

/// <summary>
/// Makes a cluster of a backup: everything is checked first; it is recovered under another name, onto a timeline of its own, given new passwords, and only then takes its place.
/// Whoever calls holds the locks of the data folder.
/// </summary>
internal sealed class ClusterRestore(ClusterLayout layout, ClusterAccount account, PostgresBinaries binaries)
{
    // No server has timeline 0: the gate refuses until somebody adopts this one, and nobody can take it for a promoted standby that lost nothing. The mark is where adoption begins to look for calls.
    private const string MarkSql = """
        update installation
        set system_identifier = coalesce(system_identifier, $1),
            timeline = 0,
            clock_mark = least(clock_mark, $2)
        """;

    // The log of a backup is what was written while it was made; a big shop's busy hour is recovered in minutes.
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(30);

    private readonly ClusterLayout unfinished = layout.OfUnfinished();

    public async Task<RestoredCluster> RunAsync(RestoreOrder order, BackupManifest manifest, CancellationToken ct)
    {
        var cluster = new Cluster(layout, account, binaries);
        var recovering = new Cluster(unfinished, account, binaries);
        await cluster.ClearUnfinishedAsync(ct);
        try
        {
            await CopyAsync(new BackupFolder(order.Backup), ct);
            var password = RandomNumberGenerator.GetHexString(48, lowercase: true);
            var socketFolder = await recovering.StartAsync(order.Into.SocketFolder, ct, await OpenToUsAsync(ct));
            var timeline = await PrepareAsync(socketFolder, password, manifest, ct);
            await recovering.StopAsync(ct);
            File.Delete(Hba);
            await cluster.StopAsync(ct);
            return new(manifest, timeline, await SwapAsync(order, password));
        }
        catch
        {
            await cluster.ClearUnfinishedAsync(CancellationToken.None);
            throw;
        }
    }

    private string Hba => Path.Combine(unfinished.Cluster, "restore_hba.conf");

    private async Task CopyAsync(BackupFolder backup, CancellationToken ct)
    {
        await account.MakeFolderAsync(unfinished.Cluster, ct);
        var answer = await Programs.RunAsync(["cp", "--recursive", "--reflink=auto", $"{backup.Database}/.", unfinished.Cluster], ct);
        if (!answer.Done)
            throw new RefusalException(Faults.Sentence($"The backup could not be copied to {layout.DataFolder}", answer.Error, layout.DataFolder));
        File.Delete(Path.Combine(unfinished.Cluster, "backup_manifest"));
        // Its presence makes PostgreSQL end the recovery on a timeline of its own.
        await account.WriteSecretAsync(Path.Combine(unfinished.Cluster, "recovery.signal"), "", ct);
        await account.OwnAsync(unfinished.Cluster, ct);
    }

    /// <summary>For this start nobody needs a password: the old one is not in the backup, and only we reach the socket.</summary>
    private async Task<string> OpenToUsAsync(CancellationToken ct)
    {
        await account.WriteSecretAsync(Hba, "local all postgres trust\n", ct);
        return $"""
            hba_file = '{Hba.Replace("'", "''", StringComparison.Ordinal)}'
            restore_command = 'false'
            hot_standby = off

            """;
    }

    private static async Task<int> PrepareAsync(string socketFolder, string password, BackupManifest manifest, CancellationToken ct)
    {
        await using var source = NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder
        {
            Host = socketFolder,
            Port = SocketFolder.Port,
            Username = "postgres",
            Database = "callback",
            Pooling = false,
        });
        await using var connection = await RecoveredAsync(source, ct);
        await using var where = new NpgsqlCommand(
            "select ('x' || substr(pg_walfile_name(pg_current_wal_lsn()), 1, 8))::bit(32)::integer", connection);
        var timeline = (int)(await where.ExecuteScalarAsync(ct))!;
        if (timeline <= manifest.Timeline)
            throw new RefusalException($"PostgreSQL stayed on timeline {timeline}; a restored database must begin one of its own.");
        await using var alter = new NpgsqlCommand($"alter role postgres password '{password}'", connection);
        await alter.ExecuteNonQueryAsync(ct);
        await using var mark = new NpgsqlCommand(MarkSql, connection)
        {
            Parameters = { new() { Value = manifest.SystemIdentifier }, new() { Value = manifest.At } },
        };
        await mark.ExecuteNonQueryAsync(ct);
        return timeline;
    }

    /// <summary>pg_ctl calls a server started that still recovers; it lets nobody in before it has ended.</summary>
    private static async Task<NpgsqlConnection> RecoveredAsync(NpgsqlDataSource source, CancellationToken ct)
    {
        var began = TimeProvider.System.GetTimestamp();
        while (true)
            try
            {
                return await source.OpenConnectionAsync(ct);
            }
            catch (PostgresException e) when (e.SqlState == PostgresErrorCodes.CannotConnectNow && TimeProvider.System.GetElapsedTime(began) < Patience)
            {
                await Task.Delay(TimeSpan.FromMilliseconds(100), TimeProvider.System, ct);
            }
    }

    /// <summary>The old one out, the new one in. Not cancelled on the way; a kill here leaves the note, by which every start refuses until the restore is run again.</summary>
    private async Task<string?> SwapAsync(RestoreOrder order, string password)
    {
        SecretFile.Write(layout.RestoreNote, $"{order.Backup}\n");
        var aside = SetAside(order.Now);
        await account.WriteSecretAsync(layout.SuperuserPassword, password, CancellationToken.None);
        if (order.KeepKeyring)
            SecretFile.Write(layout.Keyring, order.Keyring.ToJson());
        Directory.Move(unfinished.Cluster, layout.Cluster);
        File.Delete(layout.RestoreNote);
        return aside;
    }

    private string? SetAside(DateTimeOffset now)
    {
        var aside = Path.Combine(layout.DataFolder, $"before-restore-{now.UtcDateTime.ToString("yyyyMMdd'T'HHmmss'Z'", CultureInfo.InvariantCulture)}");
        var old = new[] { layout.Cluster, layout.Keyring, layout.Password, layout.SuperuserPassword }.Where(Path.Exists).ToList();
        if (old.Count == 0)
            return null;
        Directory.CreateDirectory(aside, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        foreach (var path in old)
            Directory.Move(path, Path.Combine(aside, Path.GetFileName(path)));
        return aside;
    }
}
