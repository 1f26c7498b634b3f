using System.Collections.Concurrent;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Callback.Database;

namespace Callback.Orders;

/// <summary>
/// Imports what is put into <c>data/drop/{shop}/</c>. A file is taken once its size and time stood still from one look to the next, so that a copy under way is left
/// alone; then it moves to <c>done/</c> or <c>failed/</c> with a result beside it. Looking, not watching: no event can be missed. Two nodes on one folder share the work.
/// </summary>
internal sealed class DropFolder(ImportOrders import, ImportQueries queries, Db db, Surroundings surroundings) : IPass
{
    private static readonly Actor Dropper = Actor.System("drop folder");
    private static readonly string[] Endings = [".csv", ".txt", ".xlsx"];

    private static readonly JsonSerializerOptions Form = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        Converters = { new JsonStringEnumConverter() },
    };

    private readonly ConcurrentDictionary<string, (long Length, DateTime Written)> seen = [];

    public string Name => "drop-folder";

    public TimeSpan Every => TimeSpan.FromSeconds(5);

    public async Task<object> RunOnceAsync(DateTimeOffset now, CancellationToken ct)
    {
        var (done, failed) = (0, 0);
        foreach (var shop in await ShopsAsync(ct))
        {
            var folder = Directory.CreateDirectory(Path.Combine(surroundings.DataFolder, "drop", shop.Value));
            foreach (var file in folder.EnumerateFiles().Where(IsComplete).OrderBy(file => file.LastWriteTimeUtc).ToList())
            {
                ct.ThrowIfCancellationRequested();
                if (await TakeAsync(shop, folder, file, now, ct) is { } imported)
                    _ = imported ? done++ : failed++;
            }
        }
        return new { done, failed };
    }

    private async Task<IReadOnlyList<ShopId>> ShopsAsync(CancellationToken ct)
    {
        await using var session = await db.BeginAsync(ShopScope.All, ct);
        return await session.QueryAsync<ShopId>("select shop_id from shops where closed_at is null order by shop_id", null, ct);
    }

    private bool IsComplete(FileInfo file)
    {
        if (file.Name.StartsWith('.') || !Endings.Contains(file.Extension.ToLowerInvariant()))
            return false;
        var stand = (file.Length, file.LastWriteTimeUtc);
        var still = seen.TryGetValue(file.FullName, out var before) && before == stand;
        seen[file.FullName] = stand;
        return still;
    }

    /// <returns>Whether it was imported; null when another node is at it.</returns>
    private async Task<bool?> TakeAsync(ShopId shop, DirectoryInfo folder, FileInfo file, DateTimeOffset now, CancellationToken ct)
    {
        await using var stream = Claim(file);
        if (stream is null)
            return null;
        seen.TryRemove(file.FullName, out _);
        var (imported, answer) = await ImportAsync(shop, stream, file.Name, ct);
        var end = Path.Combine(folder.CreateSubdirectory(imported ? "done" : "failed").FullName, $"{now:yyyyMMdd-HHmmss}-{file.Name}");
        await File.WriteAllTextAsync(end + ".json", JsonSerializer.Serialize(answer, Form), ct);
        File.Move(file.FullName, end, overwrite: true);
        return imported;
    }

    /// <summary>Opened for this process alone; a program that dies lets go of it, and the file is taken again.</summary>
    private static FileStream? Claim(FileInfo file)
    {
        try
        {
            var stream = new FileStream(file.FullName, FileMode.Open, FileAccess.Read, FileShare.None, 128 * 1024, FileOptions.SequentialScan);
            if (File.Exists(file.FullName))
                return stream;
            stream.Dispose();
            return null;
        }
        catch (IOException)
        {
            return null;
        }
    }

    private async Task<(bool Imported, object Answer)> ImportAsync(ShopId shop, FileStream stream, string name, CancellationToken ct)
    {
        var result = await import.RunAsync(Dropper, new ImportOrdersInput(shop, stream, name, Source: ImportSource.DropFolder), ct);
        var rejected = await queries.RejectedAsync(Dropper, shop, result.Summary.ImportId, 0, 10_000, ct);
        var problem = (result as ImportResult.Refused)?.Problem;
        return (problem is null, new
        {
            result.Summary.ImportId,
            result.Summary.Format,
            result.Summary.AsOf,
            result.Summary.Read,
            result.Summary.New,
            result.Summary.Changed,
            result.Summary.Unchanged,
            result.Summary.Further,
            result.Summary.Rejected,
            rejectedRows = rejected.Select(row => new { row.Line, row.Column, row.Value, row.Reason }),
            problem,
        });
    }
}
