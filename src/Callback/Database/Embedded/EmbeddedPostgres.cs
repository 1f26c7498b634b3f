using System.Globalization;

namespace Callback.Database.Embedded;

/// <summary>
/// The program's own PostgreSQL in its data folder: reached by a unix socket only, stopped by the last program that uses it, left running by a killed one and found again.
/// Limits: Linux; one machine; the data folder must lie on a local disk.
/// </summary>
public sealed class EmbeddedPostgres : IAsyncDisposable
{
    private readonly ClusterLayout layout;
    private readonly Cluster cluster;
    private readonly FileLock inUse;
    private readonly FileLock? serving;

    private EmbeddedPostgres(ClusterLayout layout, Cluster cluster, FileLock inUse, FileLock? serving, string connectionString) =>
        (this.layout, this.cluster, this.inUse, this.serving, ConnectionString) = (layout, cluster, inUse, serving, connectionString);

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
            var binaries = await PostgresBinaries.FindAsync(options.Binaries, layout.MadeBy(), layout.Cluster, ct);
            var cluster = new Cluster(layout, account, binaries);
            await cluster.MakeAsync(ct);
            var socketFolder = await cluster.StartAsync(options.SocketFolder, ct);
            inUse = FileLock.TryTake(layout.UseLock, shared: true) ?? throw new RefusalException($"{layout.UseLock} is held by another program.");
            return new EmbeddedPostgres(layout, cluster, inUse, serving, await ClusterRoles.PrepareAsync(layout, socketFolder, ct));
        }
        catch
        {
            inUse?.Dispose();
            serving?.Dispose();
            throw;
        }
    }

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

    private static async Task MakeDataFolderAsync(ClusterLayout layout, ClusterAccount account, CancellationToken ct)
    {
        var strange = Directory.Exists(layout.DataFolder) && !File.Exists(layout.StartStopLock) && Directory.EnumerateFileSystemEntries(layout.DataFolder).Any();
        if (strange)
            throw new RefusalException($"{layout.DataFolder} is not empty and not a data folder of this program; it is left alone. Name another folder with --data or CALLBACK_DATA.");
        await account.MakeFolderAsync(layout.DataFolder, ct);
        await account.DemandEntryAsync(layout.DataFolder, ct);
    }

    private static FileLock TakeServeLock(ClusterLayout layout)
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
