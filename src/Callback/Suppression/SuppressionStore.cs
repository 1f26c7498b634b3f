using System.Globalization;
using Callback.Database;
using Callback.Database.PersonalData;

namespace Callback.Suppression;

/// <summary>One suppression to be written, its target already turned into keys.</summary>
/// <param name="PersonKey">Blind index; null for an order.</param>
public sealed record NewSuppression(
    SuppressionScope Scope,
    byte[]? PersonKey,
    OrderNo? OrderNo,
    string Label,
    Purpose? Purpose,
    string Reason,
    SuppressionSource Source,
    DateTimeOffset? ExpiresAt,
    bool DoNotCall)
{
    /// <summary>How the audit names it: an order by its number, a person by the beginning of the blind index.</summary>
    public string Subject => $"{Scope.ToString().ToLowerInvariant()}:{OrderNo?.Value ?? Convert.ToHexStringLower(PersonKey!)[..16]}";

    internal static NewSuppression Of(PersonalDataVault vault, AddSuppressionInput input)
    {
        var (scope, key, order, label) = input.Target switch
        {
            SuppressionTarget.OfPhone phone => (SuppressionScope.Phone, vault.PhoneKey(input.Shop, phone.Phone), (OrderNo?)null, $"…{phone.Phone.Last4}"),
            SuppressionTarget.OfBuyer buyer => (SuppressionScope.Buyer, vault.BuyerKey(input.Shop, buyer.BuyerId), null, buyer.BuyerId.Trim()),
            SuppressionTarget.OfKey known => (known.Scope, known.Key, null, known.Label),
            SuppressionTarget.OfOrder of => (SuppressionScope.Order, (byte[]?)null, of.OrderNo, of.OrderNo.Value),
            _ => throw new InvalidOperationException("A suppression is of a phone, a buyer or an order."),
        };
        return new(scope, key, order, label, input.Purpose, input.Reason.Trim(), input.Source, input.ExpiresAt?.ToUniversalTime(), input.DoNotCall);
    }
}

/// <summary>Writes suppressions inside another deed's transaction, in one order with the dial gate.</summary>
public static class SuppressionStore
{
    /// <summary>
    /// Adds what is not there yet. Takes the person locks (phones, buyers) and locks the orders first: a gate that runs at the same time is either through or sees it.
    /// </summary>
    /// <returns>How many were new; the others stood there already, as strong or stronger.</returns>
    public static async Task<int> AddAsync(
        Session session, ShopId shop, Actor actor, IReadOnlyList<NewSuppression> suppressions, DateTimeOffset now, CancellationToken ct)
    {
        await PersonLocks.TakeAsync(session, suppressions.Select(suppression => suppression.PersonKey).OfType<byte[]>(), ct);
        var orders = suppressions.Select(suppression => suppression.OrderNo?.Value).OfType<string>().ToArray();
        if (orders.Length > 0)
            await session.ExecuteAsync(
                "select from orders where shop_id = @shop and order_no = any(@orders) order by order_no for no key update", new { shop, orders }, ct);
        return await session.ExecuteAsync(
            """
            insert into suppressions (
                shop_id, suppression_id, scope, person_key, order_no, label, purpose, reason, source, do_not_call, actor_id, actor_name, created_at, expires_at)
            select @shop, n.id, n.scope, n.person_key, n.order_no, n.label, n.purpose, n.reason, n.source, n.do_not_call, @actorId, @actorName, @now, n.expires_at
            from unnest(@ids, @scopes, @keys, @orderNos, @labels, @purposes, @reasons, @sources, @doNotCalls, @expiries::timestamptz[])
                as n (id, scope, person_key, order_no, label, purpose, reason, source, do_not_call, expires_at)
            where not exists (
                select
                from suppressions s
                where s.shop_id = @shop
                    and (s.person_key = n.person_key or s.order_no = n.order_no)
                    and s.lifted_at is null
                    and s.purpose is not distinct from n.purpose
                    and s.do_not_call = n.do_not_call
                    and (s.expires_at is null or s.expires_at >= coalesce(n.expires_at, 'infinity')))
            on conflict do nothing
            """,
            Columns(shop, actor, suppressions, now),
            ct);
    }

    private static object Columns(ShopId shop, Actor actor, IReadOnlyList<NewSuppression> suppressions, DateTimeOffset now) => new
    {
        shop,
        now,
        actorId = actor.UserId,
        actorName = actor.Name,
        ids = suppressions.Select(_ => Ids.New(now)).ToArray(),
        scopes = suppressions.Select(s => s.Scope.ToString()).ToArray(),
        keys = suppressions.Select(s => s.PersonKey).ToArray(),
        orderNos = suppressions.Select(s => s.OrderNo?.Value).ToArray(),
        labels = suppressions.Select(s => s.Label).ToArray(),
        purposes = suppressions.Select(s => s.Purpose?.ToString()).ToArray(),
        reasons = suppressions.Select(s => s.Reason).ToArray(),
        sources = suppressions.Select(s => s.Source.ToString()).ToArray(),
        doNotCalls = suppressions.Select(s => s.DoNotCall).ToArray(),
        expiries = suppressions.Select(s => s.ExpiresAt?.UtcDateTime.ToString("o", CultureInfo.InvariantCulture)).ToArray(),
    };
}
