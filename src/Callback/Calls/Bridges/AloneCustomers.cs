using Callback.Database;
using Callback.Database.PersonalData;
using Callback.Telephony;

namespace Callback.Calls.Bridges;

/// <summary>
/// Customers whose agent's phone is gone: a call that still rings is given up; one that was answered hears an apology, is hung up, and is marked as abandoned.
/// Whichever is heard of first, the phone's end or the customer's answer, comes to the same.
/// </summary>
public sealed class AloneCustomers(Db db, Telephony.Lines lines, PersonalDataVault vault)
{
    /// <summary>An end that was wanted: the call ends with it, nobody was left alone.</summary>
    private static readonly string[] Wanted = ["closed", "idle"];

    /// <summary>Looks after one call: after its news, and after it was placed.</summary>
    internal async Task LookAsync(ShopId shop, Guid attemptId, CancellationToken ct)
    {
        if (lines.Bridge is null)
            return;
        Attempt? attempt;
        Bridge? bridge = null;
        await using (var session = await db.BeginByKeyAsync(ShopScope.All, ct))
        {
            attempt = await Attempt.FindAsync(session, [shop], attemptId, ct);
            if (attempt is { BridgeShopId: { } home, BridgeId: { } bridgeId, State: AttemptState.Placed })
                bridge = await Bridge.FindAsync(session, home, bridgeId, ct);
        }
        if (bridge is { State: BridgeState.Gone })
            await LookAsync(attempt!, bridge, ct);
    }

    /// <summary>Looks after everybody in a room whose agent just left.</summary>
    internal async Task LookAsync(Bridge bridge, CancellationToken ct)
    {
        IReadOnlyList<Attempt> live;
        await using (var session = await db.BeginByKeyAsync(ShopScope.All, ct))
            live = await session.QueryAsync<Attempt>(
                $"select {Attempt.Columns} from attempts where bridge_id = @BridgeId and state = 'Placed' order by gated_at, attempt_id", new { bridge.BridgeId }, ct);
        foreach (var attempt in live)
            await LookAsync(attempt, bridge, ct);
    }

    private async Task LookAsync(Attempt attempt, Bridge bridge, CancellationToken ct)
    {
        if (lines.Bridge is not { } line || attempt.ProviderCallId is not { } callId || bridge.GoneReason == "transferred")
            return;
        if (attempt.CallState < CallState.Answered)
            await line.CancelAsync(callId, ct);
        else if (Wanted.Contains(bridge.GoneReason) && attempt.AnsweredAt < bridge.GoneAt)
            await line.EndLegAsync(callId, ct);
        else
            await ApologiseAsync(line, attempt, bridge, ct);
    }

    private async Task ApologiseAsync(IBridgeLine line, Attempt attempt, Bridge bridge, CancellationToken ct)
    {
        var language = await WriteAsync(attempt, bridge, ct);
        await line.ApologiseAsync(attempt.ToLineCall(vault) with { Language = language }, ct);
    }

    /// <returns>The shop's language.</returns>
    private async Task<string> WriteAsync(Attempt attempt, Bridge bridge, CancellationToken ct)
    {
        await using var session = await db.BeginByKeyAsync(attempt.ShopId, ct);
        // Who was spoken to is not abandoned, whoever hung up first; the line tells whole seconds.
        if (attempt.AnsweredAt >= bridge.GoneAt - TimeSpan.FromSeconds(2))
            await session.ExecuteAsync(
                "update attempts set abandoned = true where shop_id = @ShopId and attempt_id = @AttemptId and not abandoned", new { attempt.ShopId, attempt.AttemptId }, ct);
        var language = await session.QuerySingleAsync<string>("select language from shops where shop_id = @ShopId", new { attempt.ShopId }, ct);
        await session.CommitAsync();
        return language;
    }
}
