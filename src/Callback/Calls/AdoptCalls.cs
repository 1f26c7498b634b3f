using Callback.Calls.LineUse;
using Callback.Database;
using Callback.Database.PersonalData;
using Callback.Telephony;

namespace Callback.Calls;

/// <param name="Listed">Calls that providers' lists have since the last moment this database knows.</param>
/// <param name="Adopted">Customers' calls of which this database knew nothing: their rights are spent now.</param>
/// <param name="Unmatched">Calls to numbers that no order has (any more); privacy numbers are among them, whose extension no list tells.</param>
public sealed record AdoptedCalls(int Listed, int Adopted, int Unmatched);

/// <summary>
/// After a failover or restore that lost commits: asks every provider which calls it made, and spends the right of every order whose number rang without this
/// database knowing. The calls stand as attempts that wait for a manager's word on how they went. Run before <see cref="AdoptEpoch"/> lets dialing go on.
/// </summary>
public sealed class AdoptCalls(Db db, TimeProvider time, Telephony.Lines lines, PersonalDataVault vault)
{
    /// <summary>Before the last moment this database knows: what was on its way then.</summary>
    public static readonly TimeSpan LookBack = TimeSpan.FromMinutes(10);

    private sealed record Home(ShopId ShopId, string CallerId);

    /// <exception cref="LineSilentException">A provider's list could not be read: nothing may go on on that.</exception>
    public async Task<AdoptedCalls> RunAsync(Actor actor, CancellationToken ct)
    {
        actor.Demand(Permission.ViewHealth);
        if (lines.Bridge is not { } line)
            return new(0, 0, 0);
        var (homes, since) = await GroundAsync(line.Name, ct);
        var (listed, adopted, unmatched) = (0, 0, 0);
        foreach (var callerId in homes.Select(home => home.CallerId).Distinct())
            foreach (var call in await line.ListAsync(callerId, since, ct))
            {
                listed++;
                if (await IsOursAsync(line.Name, call.CallId, ct))
                    continue;
                if (await AdoptAsync(line.Name, [.. homes.Where(home => home.CallerId == callerId)], call, ct))
                    adopted++;
                else
                    unmatched++;
            }
        return new(listed, adopted, unmatched);
    }

    private async Task<(IReadOnlyList<Home> Homes, DateTimeOffset Since)> GroundAsync(string line, CancellationToken ct)
    {
        await using var session = await db.BeginAsync(ShopScope.All, ct);
        var shops = await session.QueryAsync<string>("select shop_id from line_settings where line = @line and caller_id_cipher is not null order by shop_id", new { line }, ct);
        var homes = new List<Home>();
        foreach (var shop in shops)
            homes.Add(new(new(shop), (await LineSettings.ReadAsync(session, new(shop), line, ct)).CallerId(vault)!));
        var known = await session.QuerySingleAsync<DateTimeOffset?>("select clock_mark from installation", null, ct);
        return (homes, (known ?? time.GetUtcNow()) - LookBack);
    }

    private async Task<bool> IsOursAsync(string line, string callId, CancellationToken ct)
    {
        await using var session = await db.BeginAsync(ShopScope.All, ct);
        return await session.QuerySingleAsync<bool>(
            """
            select exists (select from attempts where line = @line and provider_call_id = @callId)
                or exists (select from bridges where line = @line and leg_call_id = @callId)
                or exists (select from bridge_guests where call_id = @callId)
            """,
            new { line, callId },
            ct);
    }

    /// <returns>False: no shop that shows this number has an order of the called one.</returns>
    private async Task<bool> AdoptAsync(string line, IReadOnlyList<Home> homes, ListedCall call, CancellationToken ct)
    {
        var adopted = false;
        foreach (var home in call.To.StartsWith('+') ? homes : [])
        {
            await using var session = await db.BeginAsync(home.ShopId, ct);
            var phone = new PhoneNumber(call.To);
            if (await AdoptedAttempt.WriteAsync(session, vault, home.ShopId, line, phone, home.CallerId, adopted ? null : call.CallId, call.CreatedAt, time.GetUtcNow(), ct))
            {
                await session.CommitAsync();
                adopted = true;
            }
        }
        return adopted;
    }
}
