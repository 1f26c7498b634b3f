using Callback.Database;
using Microsoft.Extensions.Logging;

namespace Callback.FollowUps.Releases;

/// <summary>Reads the line's list afresh for releases that are asked for, until there are as many empty ones as a release takes. They stand in the grant's evidence.</summary>
public sealed partial class ReleaseLists(Db db, SpentAgain spent, ILogger<ReleaseLists> log) : IPass
{
    public string Name => "release-lists";

    public TimeSpan Every => TimeSpan.FromSeconds(15);

    public async Task<object> RunOnceAsync(DateTimeOffset now, CancellationToken ct)
    {
        var (empty, ended, failed) = (0, 0, 0);
        foreach (var (shop, attemptId) in await DueAsync(now, ct))
            try
            {
                await spent.LookAsync(shop, attemptId, now, ct);
                await using var session = await db.BeginAsync(shop, ct);
                await AddAsync(session, shop, attemptId, now, ct);
                await session.CommitAsync();
                empty++;
            }
            catch (InvalidInputException known)
            {
                // Found after all, or its line does not answer: both are an answer here.
                NotEmpty(attemptId, known.Problems[0].Code);
                ended++;
            }
            catch (Exception e) when (e is not OperationCanceledException)
            {
                // One that can't be looked for must not keep the others waiting.
                failed++;
                NotRead(e, attemptId);
            }
        return new { empty, ended, failed };
    }

    /// <summary>One more empty list of this moment.</summary>
    internal static Task<int> AddAsync(Session session, ShopId shop, Guid attemptId, DateTimeOffset now, CancellationToken ct) => session.ExecuteAsync(
        """
        update call_grants
        set evidence = jsonb_set(evidence, '{lists}', coalesce(evidence -> 'lists', '[]') || to_jsonb(@now::timestamptz))
        where shop_id = @shop and parent_attempt_id = @attemptId and kind = 'Released' and approved_by is null and closed_at is null
        """,
        new { shop, attemptId, now },
        ct);

    private async Task<IReadOnlyList<(ShopId Shop, Guid AttemptId)>> DueAsync(DateTimeOffset now, CancellationToken ct)
    {
        await using var session = await db.BeginAsync(ShopScope.All, ct);
        // The first condition on the kind is that of the index of further grants by their moment.
        return await session.QueryAsync<(ShopId, Guid)>(
            """
            select distinct shop_id, parent_attempt_id
            from call_grants
            where kind in ('Technical', 'Released') and kind = 'Released' and created_at >= @since
                and approved_by is null and closed_at is null and expires_at > @now
                and jsonb_array_length(coalesce(evidence -> 'lists', '[]')) < @Lists
                and coalesce((evidence -> 'lists' ->> -1)::timestamptz, '-infinity') <= @before
            order by shop_id, parent_attempt_id
            """,
            new { now, since = now - ReleasePolicy.Life, ReleasePolicy.Lists, before = now - ReleasePolicy.Between },
            ct);
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "The release of attempt {AttemptId} got no further empty list: {Code}")]
    private partial void NotEmpty(Guid attemptId, string code);

    [LoggerMessage(Level = LogLevel.Error, Message = "No list could be read for the release of attempt {AttemptId}; it is tried again.")]
    private partial void NotRead(Exception e, Guid attemptId);
}
