using System.Globalization;
using Callback.Database.Recovery;

namespace Callback.Database.Embedded;

/// <summary>
/// The program's own PostgreSQL in its data folder: reached by a unix socket only, stopped by the last program that uses it, left running by a killed one and found again.
/// Limits: Linux; one machine; the data folder must lie on a local disk.
/// </summary>
public sealed class EmbeddedPostgres : IAsyncDisposable
{
    private readonly ClusterLayout layout;
    private readonly Cluster cluster;
    private readonly ClusterBackup backup;
    private readonly FileLock inUse;
    private readonly FileLock? serving;

    private EmbeddedPostgres(ClusterLayout layout, Cluster cluster, ClusterBackup backup, FileLock inUse, FileLock? serving, string connectionString) =>
        (this.layout, this.cluster, this.backup, this.inUse, this.serving, ConnectionString) = (layout, cluster, backup, inUse, serving, connectionString);

    /// <summary>As the role <c>callback</c>, which owns the database and is no superuser, so that row-level security holds.</summary>
    public string ConnectionString { get; }

    /// <param name="options">Where.</param>
    /// <param name="serve">Whether this is the program that serves from the data folder, of which there is one; a verb beside it does not.</param>
    /// <param name="ct">Ends the waiting.</param>
    /// <exception cref="RefusalException">With the sentence for the operator: no PostgreSQL, another version's data, a full disk, another program serving from the folder.</exception>
    public static async Task<EmbeddedPostgres> OpenAsync(EmbeddedPostgresOptions options, bool serve, CancellationToken ct)
    {
        var layout = new ClusterLayout(options.DataFolder);
        var account = await ClusterAccount.FindAsync(ct);
        await MakeDataFolderAsync(layout, account, ct);
        var serving = serve ? TakeServeLock(layout) : null;
        FileLock? inUse = null;
        try
        {
            using var startStop = await FileLock.TakeAsync(layout.StartStopLock, ct);
            if (File.Exists(layout.RestoreNote))
                throw new RefusalException(
                    $"A restore into {layout.DataFolder} was interrupted while the databases were exchanged. Run 'callback restore --replace' with the same backup again; what was there before stands in before-restore-….");
            var binaries = await PostgresBinaries.FindAsync(options.Binaries, layout.MadeBy(), layout.Cluster, ct);
            var cluster = new Cluster(layout, account, binaries);
            await cluster.MakeAsync(ct);
            var socketFolder = await cluster.StartAsync(options.SocketFolder, ct);
            inUse = FileLock.TryTake(layout.UseLock, shared: true) ?? throw new RefusalException($"{layout.UseLock} is held by another program.");
            var connectionString = await ClusterRoles.PrepareAsync(layout, socketFolder, ct);
            return new EmbeddedPostgres(layout, cluster, new(layout, binaries, socketFolder), inUse, serving, connectionString);
        }
        catch
        {
            inUse?.Dispose();
            serving?.Dispose();
            throw;
        }
    }

    /// <summary>Copies the database, whole or not at all, while calls go on.</summary>
    /// <exception cref="RefusalException">The target exists, its folder does not, or the disk is full: nothing half-done is kept.</exception>
    public Task<BackupManifest> BackUpAsync(BackupOrder order, CancellationToken ct) => backup.RunAsync(order, ct);

    /// <summary>Stops the server, unless another program still uses it.</summary>
    public async ValueTask DisposeAsync()
    {
        using (await FileLock.TakeAsync(layout.StartStopLock, CancellationToken.None))
        {
            inUse.Dispose();
            using var last = FileLock.TryTake(layout.UseLock);
            if (last is not null)
                await cluster.StopAsync(CancellationToken.None);
        }
        serving?.Dispose();
    }

    internal static async Task MakeDataFolderAsync(ClusterLayout layout, ClusterAccount account, CancellationToken ct)
    {
        var strange = Directory.Exists(layout.DataFolder) && !File.Exists(layout.StartStopLock) && Directory.EnumerateFileSystemEntries(layout.DataFolder).Any();
        if (strange)
            throw new RefusalException($"{layout.DataFolder} is not empty and not a data folder of this program; it is left alone. Name another folder with --data or CALLBACK_DATA.");
        await account.MakeFolderAsync(layout.DataFolder, ct);
        await account.DemandEntryAsync(layout.DataFolder, ct);
    }

    internal static FileLock TakeServeLock(ClusterLayout layout)
    {
        var taken = FileLock.TryTake(layout.ServeLock);
        if (taken is null)
        {
            var pid = File.Exists(layout.ServePid) ? $" (process {File.ReadAllText(layout.ServePid).Trim()})" : "";
            throw new RefusalException($"Another callback{pid} already serves from {layout.DataFolder}. Stop it first, or name another folder with --data.");
        }
        SecretFile.Write(layout.ServePid, Environment.ProcessId.ToString(CultureInfo.InvariantCulture) + "\n");
        return taken;
    }
}
