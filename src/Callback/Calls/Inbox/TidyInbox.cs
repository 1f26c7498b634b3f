using Callback.Database;

namespace Callback.Calls.Inbox;

/// <summary>Takes away entries that were worked on a month ago. What they said stands in line_events; an entry that comes again after that changes nothing either.</summary>
public sealed class TidyInbox(Db db) : IPass
{
    public static readonly TimeSpan Keep = TimeSpan.FromDays(30);

    public string Name => "tidy-line-inbox";

    public TimeSpan Every => TimeSpan.FromHours(1);

    public async Task<object> RunOnceAsync(DateTimeOffset now, CancellationToken ct)
    {
        await using var session = await db.BeginAsync(ShopScope.All, ct);
        var removed = await session.ExecuteAsync(
            "delete from line_inbox where processed_at < @before and finding is distinct from 'Unknown'", new { before = now - Keep }, ct);
        await session.CommitAsync();
        return new { removed };
    }
}
