using Callback.Database;
using Callback.Database.PersonalData;

namespace Callback.Suppression;

/// <param name="Find">Only those of exactly this phone, buyer or order; null: all.</param>
/// <param name="Ended">Also those that were lifted or have run out.</param>
/// <param name="After">The last entry of the page before; null: the newest.</param>
/// <param name="Take">1–200.</param>
public sealed record ListSuppressionsInput(ShopId Shop, SuppressionTarget? Find = null, bool Ended = false, SuppressionCursor? After = null, int Take = 50);

public sealed record SuppressionCursor(DateTimeOffset CreatedAt, Guid SuppressionId);

/// <param name="Next">Where the next page begins; null: this is the last.</param>
public sealed record SuppressionPage(IReadOnlyList<SuppressionEntry> Entries, SuppressionCursor? Next);

/// <summary>The shop's list, the newest first. A number is found only when it is given in full.</summary>
public sealed class ListSuppressions(Db db, TimeProvider time, PersonalDataVault vault, TargetReader targets)
{
    public async Task<SuppressionPage> RunAsync(Actor actor, ListSuppressionsInput input, CancellationToken ct)
    {
        actor.Demand(Permission.EditSuppressions, input.Shop);
        var take = Math.Clamp(input.Take, 1, 200);
        await using var session = await db.BeginAsync(input.Shop, ct);
        if (input.Find is not null)
            input = input with { Find = targets.Resolve(input.Find, await TargetReader.CountryAsync(session, input.Shop, ct)) };
        var entries = await session.QueryAsync<SuppressionEntry>(
            $"""
            select suppression_id, scope, label, purpose, reason, source, do_not_call, actor_name, created_at, expires_at, lifted_at, lifted_by
            from suppressions
            where shop_id = @Shop
                {(input.Find is null ? "" : "and (person_key = @key or order_no = @order)")}
                {(input.Ended ? "" : "and lifted_at is null and (expires_at is null or expires_at > @now)")}
                {(input.After is null ? "" : "and (created_at, suppression_id) < (@CreatedAt, @SuppressionId)")}
            order by created_at desc, suppression_id desc
            limit @limit
            """,
            new
            {
                input.Shop,
                now = time.GetUtcNow(),
                key = Key(input),
                order = (input.Find as SuppressionTarget.OfOrder)?.OrderNo.Value,
                input.After?.CreatedAt,
                input.After?.SuppressionId,
                limit = take + 1,
            },
            ct);
        return entries.Count <= take
            ? new(entries, null)
            : new([.. entries.Take(take)], new(entries[take - 1].CreatedAt, entries[take - 1].SuppressionId));
    }

    private byte[]? Key(ListSuppressionsInput input) => input.Find switch
    {
        SuppressionTarget.OfPhone phone => vault.PhoneKey(input.Shop, phone.Phone),
        SuppressionTarget.OfBuyer buyer => vault.BuyerKey(input.Shop, buyer.BuyerId),
        SuppressionTarget.OfKey known => known.Key,
        _ => null,
    };
}
