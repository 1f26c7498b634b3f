using Callback.Database;
using Callback.Telephony;
using Microsoft.Extensions.Logging;

namespace Callback.Calls.Inbox;

/// <summary>Asks for the price of calls that ended: a provider knows it some time after the end. After three days it is not asked for any more.</summary>
public sealed partial class FetchPrices(Db db, Telephony.Lines lines, ILogger<FetchPrices> log) : IPass
{
    private const int MostAtOnce = 50;

    public static readonly TimeSpan First = TimeSpan.FromMinutes(2);

    public static readonly TimeSpan Again = TimeSpan.FromMinutes(30);

    public static readonly TimeSpan GiveUp = TimeSpan.FromDays(3);

    private sealed record Unpriced(ShopId ShopId, Guid AttemptId, string Line, string CallId);

    public string Name => "fetch-prices";

    public TimeSpan Every => TimeSpan.FromMinutes(1);

    public async Task<object> RunOnceAsync(DateTimeOffset now, CancellationToken ct)
    {
        var (asked, priced) = (0, 0);
        foreach (var call in lines.Bridge is null ? [] : await UnpricedAsync(now, ct))
            try
            {
                var figures = lines.Find(call.Line) is IBridgeLine line ? await line.FiguresAsync(call.CallId, ct) : null;
                await WriteAsync(call, figures, now, ct);
                asked++;
                priced += figures is null ? 0 : 1;
            }
            catch (Exception e) when (e is not OperationCanceledException)
            {
                NotAsked(e, call.AttemptId);
            }
        return new { asked, priced };
    }

    private async Task<IReadOnlyList<Unpriced>> UnpricedAsync(DateTimeOffset now, CancellationToken ct)
    {
        await using var session = await db.BeginAsync(ShopScope.All, ct);
        return await session.QueryAsync<Unpriced>(
            """
            select shop_id, attempt_id, line, provider_call_id as call_id
            from attempts
            where bridge_id is not null and price is null and state = 'Ended' and provider_call_id is not null
                and ended_at <= @first and ended_at > @giveUp and (priced_at is null or priced_at <= @again)
            order by ended_at, attempt_id
            limit @MostAtOnce
            """,
            new { first = now - First, again = now - Again, giveUp = now - GiveUp, MostAtOnce },
            ct);
    }

    private async Task WriteAsync(Unpriced call, CallFigures? figures, DateTimeOffset now, CancellationToken ct)
    {
        await using var session = await db.BeginByKeyAsync(call.ShopId, ct);
        await session.ExecuteAsync("update attempts set priced_at = @now where shop_id = @ShopId and attempt_id = @AttemptId", new { call.ShopId, call.AttemptId, now }, ct);
        if (figures is not null)
            await AttemptMoves.FiguresAsync(session, call.ShopId, call.AttemptId, figures, ct);
        await session.CommitAsync();
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The line could not be asked for the price of attempt {AttemptId}; it is asked again.")]
    private partial void NotAsked(Exception e, Guid attemptId);
}
