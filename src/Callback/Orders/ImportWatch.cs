using System.Text.Json;
using Callback.Database;

namespace Callback.Orders;

/// <summary>Marks imports as failed whose program ended in the middle, so that nobody waits for them. What they reported stays; importing again completes it.</summary>
internal sealed class ImportWatch(Db db) : IPass
{
    /// <summary>A batch takes a second or two; this is far beyond the slowest.</summary>
    private static readonly TimeSpan Silence = TimeSpan.FromMinutes(10);

    public string Name => "import-watch";

    public TimeSpan Every => TimeSpan.FromMinutes(1);

    public async Task<object> RunOnceAsync(DateTimeOffset now, CancellationToken ct)
    {
        await using var session = await db.BeginAsync(ShopScope.All, ct);
        var failed = await session.ExecuteAsync(
            """
            update imports
            set state = 'Failed', failure = @failure, ended_at = @now
            where state = 'Running' and progress_at < @silentSince
            """,
            new { failure = JsonSerializer.Serialize(Problem.Of(ImportFailure.Interrupted), JsonSerializerOptions.Web), now, silentSince = now - Silence },
            ct);
        await session.CommitAsync();
        return new { failed };
    }
}
