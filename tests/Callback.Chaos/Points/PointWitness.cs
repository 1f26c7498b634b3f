using Callback.Chaos.Actors;
using Callback.Chaos.Ground;

namespace Callback.Chaos.Points;

/// <summary>What stands of a call: rows by the superuser's eyes, rings by the phone network's log.</summary>
internal sealed class PointWitness(Arena arena)
{
    /// <summary>Its attempts' states in their order; "closed" when nothing of it is left to do.</summary>
    public Task<string> StatesAsync(Customer customer) => arena.Cluster.OneAsync<string>($"""
        select concat_ws(' ', string_agg(a.state, ' ' order by a.gated_at, a.attempt_id),
            case when bool_and(a.state in ('NotPlaced', 'Spent') or a.wrap_up = 'Done')
                and not exists (select from queued_call_orders q where q.order_no = '{customer.Orders[0]}') then 'closed' end)
        from attempt_rights r
        join attempts a on a.shop_id = r.shop_id and a.attempt_id = r.attempt_id
        where r.order_no = '{customer.Orders[0]}'
        """);

    public async Task<Ending> EndingAsync(Customer customer)
    {
        var states = await StatesAsync(customer);
        var grants = await arena.Cluster.OneAsync<long>($"select count(*) from call_grants where order_no = '{customer.Orders[0]}' and kind = 'Technical'");
        var others = await arena.Cluster.OneAsync<long>($"select count(*) from call_grants where order_no = '{customer.Orders[0]}' and kind <> 'Technical'");
        var rings = (await File.ReadAllLinesAsync(arena.Phones.LogFile)).Count(line =>
            line.Contains("\"rang\"", StringComparison.Ordinal) && line.Contains($"\"{customer.Number}\"", StringComparison.Ordinal));
        return new(states.Replace(" closed", "", StringComparison.Ordinal) + (others > 0 ? " and other grants" : ""), rings, (int)grants);
    }

    /// <summary>Acknowledged results without their row, and attempts with more than one result.</summary>
    public async Task<IReadOnlyList<string>> LostAsync(Ledger ledger)
    {
        var kept = (await arena.Cluster.ManyAsync("select submission_id from submissions", row => row.GetGuid(0))).ToHashSet();
        var twice = await arena.Cluster.ManyAsync("select attempt_id from results where revision > 1", row => row.GetGuid(0));
        return [.. ledger.Results.Keys.Where(id => !kept.Contains(id)).Select(id => $"{id}"), .. twice.Select(id => $"of {id}, saved twice,")];
    }

    /// <summary>Ids of all events that there are, as receivers are told them.</summary>
    public Task<IReadOnlyList<string>> EventsAsync() => arena.Cluster.ManyAsync("select event_id::text from outbox", row => row.GetString(0));
}
