using Callback.Database.Embedded;
using Callback.Database.PersonalData;

namespace Callback.Database.Recovery;

/// <summary>
/// A backup becomes the database of a data folder. The backup is checked whole before anything is touched; a program that runs on the folder is a reason to refuse; what was there is
/// set aside, never deleted. What was written after the backup is not in it: nobody is called until somebody adopts it.
/// </summary>
public static class RestoreDatabase
{
    /// <exception cref="RefusalException">With the sentence for the operator.</exception>
    /// <exception cref="SchemaException">The backup is of a newer program.</exception>
    public static async Task<RestoredCluster> RunAsync(RestoreOrder order, CancellationToken ct)
    {
        var (manifest, binaries) = await CheckAsync(order.Backup, order.Keyring, order.Into.Binaries, ct);
        var layout = new ClusterLayout(order.Into.DataFolder);
        DemandApart(order.Backup, layout);
        var lost = order.Replace ? await LostRecords.CountAsync(order.Into, manifest.At, ct) : null;
        var account = await ClusterAccount.FindAsync(ct);
        await EmbeddedPostgres.MakeDataFolderAsync(layout, account, ct);
        using var serving = EmbeddedPostgres.TakeServeLock(layout);
        using var startStop = FileLock.TryTake(layout.StartStopLock) ?? throw Busy(layout);
        using var use = FileLock.TryTake(layout.UseLock) ?? throw Busy(layout);
        if (!order.Replace && layout.MadeBy() is not null)
            throw new RefusalException($"{layout.DataFolder} holds a database already. Restore elsewhere with --data, or say --replace: what is there is then set aside, not deleted.");
        return await new ClusterRestore(layout, account, binaries).RunAsync(order, manifest, ct) with { Lost = lost };
    }

    /// <summary>Everything about a backup that can be wrong, without changing anything.</summary>
    internal static async Task<(BackupManifest Manifest, PostgresBinaries Binaries)> CheckAsync(string backup, Keyring keyring, string? folder, CancellationToken ct)
    {
        var from = new BackupFolder(backup);
        var manifest = from.Read(keyring);
        if (Migration.All.All(migration => migration.Name != manifest.Schema))
            throw new SchemaException($"The backup in {backup} has the migration {manifest.Schema}, which this program does not know: it is newer than the program. Restore it with a program of at least that version.");
        var binaries = await PostgresBinaries.FindAsync(folder, manifest.Postgres, from.Database, ct);
        await ClusterBackup.VerifyAsync(from, binaries, ct);
        return (manifest, binaries);
    }

    private static void DemandApart(string backup, ClusterLayout layout)
    {
        if ((backup + "/").StartsWith(layout.Cluster + "/", StringComparison.Ordinal) || (backup + "/").StartsWith(layout.Unfinished + "/", StringComparison.Ordinal))
            throw new RefusalException($"The backup {backup} lies inside the database's own folder. Move it elsewhere first.");
    }

    private static RefusalException Busy(ClusterLayout layout) =>
        new($"A program of Callback uses {layout.DataFolder} at this moment. Stop it first; nothing was changed.");
}
