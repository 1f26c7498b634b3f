using System.Collections.Immutable;
using Callback.Calls;

namespace Callback.Tests.Calls.ModelBased;

/// <summary>What can be seen of the product's shop.</summary>
internal sealed partial class ShopAtWork
{
    public async Task<(Picture Picture, ImmutableArray<string> Queue)> DrawAsync()
    {
        var names = agents.ToDictionary(agent => agent.Value.UserId!.Value, agent => agent.Key);
        var seen = await scene.AllAsync<AttemptRow>(
            """
            select attempt_id, agent_id, state, wrap_up,
                (select string_agg(order_no, '+' order by order_no) from attempt_rights r where r.shop_id = a.shop_id and r.attempt_id = a.attempt_id) as orders
            from attempts a
            where shop_id = @Shop
            order by gated_at, attempt_id
            """,
            new { scene.Shop });
        var numbers = seen.Select((row, at) => (row.AttemptId, No: at + 1)).ToDictionary(row => row.AttemptId, row => row.No);
        var rights = await scene.AllAsync<RightRow>("select order_no, grant_no::integer as no, attempt_id from attempt_rights where shop_id = @Shop", new { scene.Shop });
        var grants = await scene.AllAsync<string>("select order_no || '/' || grant_no || ' ' || kind from call_grants where shop_id = @Shop and closed_at is null", new { scene.Shop });
        var queue = await scene.AllAsync<QueueRow>(
            """
            select o.order_no, q.held_by
            from queued_calls q
            join queued_call_orders o on o.shop_id = q.shop_id and o.queued_call_id = q.queued_call_id
            where q.shop_id = @Shop
            """,
            new { scene.Shop });
        return (
            new(
                [.. seen.Select(row => new SeenAttempt(numbers[row.AttemptId], names[row.AgentId], row.Orders, row.State, row.WrapUp))],
                [.. rights.Select(right => $"{right.OrderNo}/{right.No} by {numbers[right.AttemptId]}").Order(StringComparer.Ordinal)],
                [.. grants.Order(StringComparer.Ordinal)],
                [.. line.Rings.Select(attempt => numbers[attempt]).Order().Select(no => $"{no}")],
                [.. queue.Where(row => row.HeldBy is not null).Select(row => $"{names[row.HeldBy!.Value]}: {row.OrderNo}").Order(StringComparer.Ordinal)]),
            [.. queue.Select(row => row.OrderNo)]);
    }

    private sealed record AttemptRow(Guid AttemptId, Guid AgentId, AttemptState State, WrapUpState WrapUp, string Orders);

    private sealed record RightRow(string OrderNo, int No, Guid AttemptId);

    private sealed record QueueRow(string OrderNo, Guid? HeldBy);
}
