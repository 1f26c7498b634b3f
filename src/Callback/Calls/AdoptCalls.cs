using Callback.Calls.LineUse;
using Callback.Database;
using Callback.Database.PersonalData;
using Callback.Telephony;

namespace Callback.Calls;

/// <param name="Listed">Calls that providers' lists have since the last moment this database knows.</param>
/// <param name="Adopted">Customers' calls of which this database knew nothing: their rights are spent now.</param>
/// <param name="Unmatched">Calls to numbers that no order has (any more); privacy numbers are among them, whose extension no list tells.</param>
public sealed record AdoptedCalls(int Listed, int Adopted, int Unmatched)
{
    /// <summary>Lost calls to numbers that are in another call at this moment; while there are any, none is adopted: a number is in one call at a time, in the books, too.</summary>
    public int InCall { get; init; }
}

/// <summary>
/// After a failover or restore that lost commits: asks every provider which calls it made, and spends the right of every order whose number rang without this
/// database knowing. The calls stand as attempts that wait for a manager's word on how they went. Run before <see cref="AdoptEpoch"/> lets dialing go on.
/// </summary>
public sealed class AdoptCalls(Db db, TimeProvider time, Telephony.Lines lines, PersonalDataVault vault)
{
    /// <summary>Before the last moment this database knows: what was on its way then.</summary>
    public static readonly TimeSpan LookBack = TimeSpan.FromMinutes(10);

    private const int AtOnce = 1_000;

    private sealed record Home(ShopId ShopId, string CallerId);

    /// <summary>Spends what was rung without this database knowing.</summary>
    /// <exception cref="LineSilentException">A provider's list could not be read: nothing may go on on that.</exception>
    public Task<AdoptedCalls> RunAsync(Actor actor, CancellationToken ct) => RunAsync(actor, keep: true, ct);

    /// <summary>Only looks: calls that this database should know and does not are proof that commits were lost. A number whose attempt is undecided explains a call to it.</summary>
    /// <returns>As if they had been adopted.</returns>
    /// <exception cref="LineSilentException">A provider's list could not be read: that proves nothing.</exception>
    public Task<AdoptedCalls> LookAsync(Actor actor, CancellationToken ct) => RunAsync(actor, keep: false, ct);

    private async Task<AdoptedCalls> RunAsync(Actor actor, bool keep, CancellationToken ct)
    {
        actor.Demand(Permission.ViewHealth);
        var (line, listed, strange) = await ListAsync(believeMatches: !keep, ct);
        if (keep && await InCallAsync(strange, ct) is > 0 and var busy)
            return new(listed, 0, 0) { InCall = busy };
        var adopted = 0;
        foreach (var (homes, call) in strange)
            adopted += await AdoptAsync(line, homes, call, keep, ct) ? 1 : 0;
        return new(listed, adopted, strange.Count - adopted);
    }

    /// <summary>What the provider has, and what of it is no call of ours by its id – or, of matches that are not believed, may be another's.</summary>
    private async Task<(string Line, int Listed, IReadOnlyList<(IReadOnlyList<Home> Homes, ListedCall Call)> Strange)> ListAsync(bool believeMatches, CancellationToken ct)
    {
        if (lines.Bridge is not { } line)
            return ("", 0, []);
        var (homes, since) = await GroundAsync(line.Name, ct);
        var (listed, strange) = (0, new List<(IReadOnlyList<Home>, ListedCall)>());
        foreach (var shown in homes.GroupBy(home => home.CallerId))
            foreach (var calls in (await line.ListAsync(shown.Key, since, ct)).Chunk(AtOnce))
            {
                listed += calls.Length;
                var ours = await OursAsync(line.Name, calls, believeMatches, ct);
                strange.AddRange(calls.Where(call => !ours.Contains(call.CallId)).Select(call => ((IReadOnlyList<Home>)[.. shown], call)));
            }
        return (line.Name, listed, strange);
    }

    private async Task<int> InCallAsync(IReadOnlyList<(IReadOnlyList<Home> Homes, ListedCall Call)> strange, CancellationToken ct)
    {
        var busy = 0;
        await using var session = await db.BeginAsync(ShopScope.All, ct);
        foreach (var (homes, call) in strange.Where(lost => lost.Call.To.StartsWith('+')))
            foreach (var home in homes)
                if (await IsUndecidedAsync(session, home.ShopId, new(call.To), ct))
                {
                    busy++;
                    break;
                }
        return busy;
    }

    private async Task<(IReadOnlyList<Home> Homes, DateTimeOffset Since)> GroundAsync(string line, CancellationToken ct)
    {
        await using var session = await db.BeginAsync(ShopScope.All, ct);
        var shops = await session.QueryAsync<string>("select shop_id from line_settings where line = @line and caller_id_cipher is not null order by shop_id", new { line }, ct);
        var homes = new List<Home>();
        foreach (var shop in shops)
            homes.Add(new(new(shop), (await LineSettings.ReadAsync(session, new(shop), line, ct)).CallerId(vault)!));
        // Without a mark (the clock was moved since, or nothing ever ran) all that this installation can have called is asked for.
        var known = await session.QuerySingleAsync<DateTimeOffset>(
            "select coalesce(clock_mark, (select min(applied_at) from migrations) + clock_offset) from installation", null, ct);
        return (homes, known - LookBack);
    }

    private async Task<IReadOnlySet<string>> OursAsync(string line, IReadOnlyList<ListedCall> calls, bool believeMatches, CancellationToken ct)
    {
        await using var session = await db.BeginAsync(ShopScope.All, ct);
        var ids = calls.Select(call => call.CallId).ToArray();
        var ours = await session.QueryAsync<string>(
            """
            select l.call_id
            from unnest(@ids) as l (call_id)
            where exists (select from attempts where line = @line and provider_call_id = l.call_id)
                or exists (select from bridges where line = @line and leg_call_id = l.call_id)
                or exists (select from bridge_guests where call_id = l.call_id)
            """,
            new { line, ids },
            ct);
        return ours.Except(believeMatches ? [] : await LostCall.FoundUnadoptedAsync(session, line, ids, ct)).ToHashSet(StringComparer.Ordinal);
    }

    /// <returns>False: no shop that shows this number has an order of the called one.</returns>
    private async Task<bool> AdoptAsync(string line, IReadOnlyList<Home> homes, ListedCall call, bool keep, CancellationToken ct)
    {
        var adopted = false;
        foreach (var home in call.To.StartsWith('+') ? homes : [])
        {
            await using var session = await db.BeginAsync(home.ShopId, ct);
            var phone = new PhoneNumber(call.To);
            if (!keep && await IsUndecidedAsync(session, home.ShopId, phone, ct))
                return false;
            var matched = await LostCall.AdoptedAsync(session, line, call.CallId, ct) > 0;
            if (!await AdoptedAttempt.WriteAsync(session, vault, home.ShopId, line, phone, home.CallerId, adopted || matched ? null : call.CallId, call.CreatedAt, time.GetUtcNow(), ct))
                continue;
            adopted = true;
            if (keep)
                await session.CommitAsync();
        }
        return adopted;
    }

    private Task<bool> IsUndecidedAsync(Session session, ShopId shop, PhoneNumber phone, CancellationToken ct) => session.QuerySingleAsync<bool>(
        "select exists (select from attempts where shop_id = @shop and phone_hash = @hash and state in ('Dialing', 'Unknown', 'Placed'))",
        new { shop, hash = vault.PhoneKey(shop, phone) },
        ct);
}
