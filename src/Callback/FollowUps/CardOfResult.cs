using System.Text.Json;
using Callback.Calls;
using Callback.CallScripts;
using Callback.Database;

namespace Callback.FollowUps;

/// <summary>What a call was about, as it stands when its result is saved.</summary>
internal sealed record CardOfResult(ShopOfCall Shop, string AgentName, IReadOnlyList<CardOrder> Orders, CallDraft? LastDraft)
{
    public static async Task<CardOfResult> ReadAsync(Session session, Attempt attempt, CancellationToken ct)
    {
        var rights = await session.QueryAsync<(string OrderNo, short GrantNo)>(
            "select order_no, grant_no from attempt_rights where shop_id = @ShopId and attempt_id = @AttemptId", new { attempt.ShopId, attempt.AttemptId }, ct);
        var last = await session.QuerySingleOrDefaultAsync<string>(
            """
            select draft::text
            from results
            where shop_id = @ShopId and attempt_id = @AttemptId
            order by revision desc
            limit 1
            """,
            new { attempt.ShopId, attempt.AttemptId },
            ct);
        return new(
            await ShopOfCall.ReadAsync(session, attempt.ShopId, ct),
            await CardTalk.AgentNameAsync(session, attempt.AgentId, ct),
            await CardOrders.ReadAsync(session, attempt.ShopId, [.. rights.Select(right => (right.OrderNo, (int)right.GrantNo))], ct),
            last is null ? null : CallDraftJson.Read(last));
    }

    /// <summary>As the gate saw it: the checklist that stood before the dial stands at the result too.</summary>
    public static bool OrdersFromFiles(Attempt attempt) =>
        JsonElement.Parse(attempt.GateFacts).TryGetProperty("orders", out var orders)
        && orders.EnumerateArray().Any(order => order.TryGetProperty("fromApi", out var api) && !api.GetBoolean());
}
