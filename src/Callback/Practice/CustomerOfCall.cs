using System.Collections.Concurrent;
using Callback.Database;
using Callback.Telephony;

namespace Callback.Practice;

/// <summary>Who answers a practice call.</summary>
/// <param name="RunId">The course's run it belongs to; null: a practice call beside any course.</param>
public sealed record MetCustomer(CustomerCharacter Character, int Seed, Guid? RunId, string? CallId);

/// <summary>
/// Finds the invented customer of an attempt: the one a course's call was made for, else one drawn from the installation's seed and the attempt. What was
/// found never changes, so it is kept; only beyond a bound it is read again.
/// </summary>
public sealed class CustomerOfCall(Db db, PracticeBook book, PracticeOptions options) : IPracticeCast
{
    private const int MostKept = 2000;

    private readonly ConcurrentDictionary<Guid, MetCustomer> kept = new();

    public async ValueTask<MetCustomer> FindAsync(ShopId shop, Guid attemptId, CancellationToken ct)
    {
        if (kept.TryGetValue(attemptId, out var known))
            return known;
        var made = await ReadAsync(shop, attemptId, ct);
        var met = made is not null && book.FindCustomer(made.Customer) is { } customer ? new MetCustomer(customer, made.Seed, made.RunId, made.CallId) : Drawn(attemptId);
        if (kept.Count >= MostKept)
            kept.Clear();
        return kept[attemptId] = met;
    }

    async ValueTask<IReadOnlyList<PracticeStep>?> IPracticeCast.StepsAsync(LineCall call, CancellationToken ct) =>
        await FindAsync(call.Shop, call.AttemptId, ct) is { RunId: not null } met ? CustomerPhone.Steps(met.Character, met.Seed) : null;

    /// <summary>A drawn customer's phone behaves as the line has it; whoever hangs up at once leaves nothing to be said.</summary>
    private MetCustomer Drawn(Guid attemptId)
    {
        var seed = PracticeDice.For(options.Seed, attemptId.ToString("N")).Next(int.MaxValue);
        var character = book.Draw(seed);
        return new(
            PracticeCustomer.Of(options.Seed, attemptId).Character == PracticeCharacter.HangsUp ? character with { EndsWith = "HungUpEarly" } : character, seed, null, null);
    }

    private async Task<MadeCall?> ReadAsync(ShopId shop, Guid attemptId, CancellationToken ct)
    {
        await using var session = await db.BeginByKeyAsync(shop, ct);
        return await session.QuerySingleOrDefaultAsync<MadeCall>(
            """
            select p.customer, p.seed, p.run_id, p.call_id
            from attempt_rights r
            join practice_calls p on p.shop_id = r.shop_id and p.order_no = r.order_no
            where r.shop_id = @shop and r.attempt_id = @attemptId
            limit 1
            """,
            new { shop, attemptId },
            ct);
    }

    private sealed record MadeCall(string Customer, int Seed, Guid RunId, string CallId);
}
