using System.Text.Json;
using Callback.Database;

namespace Callback.Compensation;

/// <summary>A promise in a shop.</summary>
/// <param name="Chosen">The shop said so itself; else the configuration's default counts.</param>
public sealed record ShopPromise(PromiseTerms Terms, bool On, bool Chosen);

/// <summary>Which promises a shop makes: the configuration's, unless the shop has switched one on or off (<c>shops.facts</c>, key <c>promises</c>).</summary>
public sealed class ShopPromises(Db db, PromiseBook book)
{
    /// <param name="actor">Needs <see cref="Permission.ViewTasks"/>.</param>
    /// <param name="shop">Whose promises.</param>
    /// <param name="ct">Cancels the read.</param>
    public async Task<IReadOnlyList<ShopPromise>> RunAsync(Actor actor, ShopId shop, CancellationToken ct)
    {
        actor.Demand(Permission.ViewTasks, shop);
        await using var session = await db.BeginAsync(shop, ct);
        return await ReadAsync(session, book, shop, ct);
    }

    internal static async Task<IReadOnlyList<ShopPromise>> ReadAsync(Session session, PromiseBook book, ShopId shop, CancellationToken ct) =>
        Of(book, await session.QuerySingleOrDefaultAsync<string>("select facts::text from shops where shop_id = @shop", new { shop }, ct) ?? "{}");

    /// <param name="book">The configuration.</param>
    /// <param name="facts">JSON of the shop's facts. A return period of its own (<c>returnDays</c>) takes the place of the configured one.</param>
    internal static IReadOnlyList<ShopPromise> Of(PromiseBook book, string facts)
    {
        var said = JsonSerializer.Deserialize<Said>(facts, JsonSerializerOptions.Web) ?? new();
        return [.. book.Terms.Select(terms => Of(terms is ReturnTerms back && said.ReturnDays is { } days and > 0 ? back with { Days = days } : terms, said.Promises))];
    }

    private static ShopPromise Of(PromiseTerms terms, IReadOnlyDictionary<string, bool>? chosen) =>
        chosen is not null && chosen.TryGetValue(terms.Kind.ToString(), out var on) ? new(terms, on, Chosen: true) : new(terms, terms.On, Chosen: false);

    private sealed record Said(int? ReturnDays = null, IReadOnlyDictionary<string, bool>? Promises = null);
}
