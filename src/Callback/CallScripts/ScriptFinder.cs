using System.Collections.Concurrent;
using Callback.Database;

namespace Callback.CallScripts;

/// <summary>A script that a campaign may name.</summary>
/// <param name="Versions">The newest first.</param>
public sealed record ScriptChoice(string Name, string Title, IReadOnlyList<int> Versions);

/// <summary>
/// The one way to find a script: the packs of the configuration, and under <c>shop/</c> what the shop itself has published. A published version never
/// changes, so its compiled form is kept for good; which version is the latest is asked of the database every time. Drafts cannot be found here.
/// </summary>
public sealed class ScriptFinder(CallScriptBook book, Db db)
{
    /// <summary>Scripts kept compiled; beyond it all are read again when they are asked for.</summary>
    private const int MostKept = 500;

    private readonly ConcurrentDictionary<(ShopId, string, int), CheckedScript> kept = new();

    /// <inheritdoc cref="FindAsync(Session, ShopId, string, int?, string, CancellationToken)"/>
    public async ValueTask<CallScript?> FindAsync(ShopId shop, string name, int? version, string language, CancellationToken ct)
    {
        if (OwnName(name) is not { } own)
            return book.Find(name, version, language);
        if (version is { } known && kept.TryGetValue((shop, own, known), out var script))
            return script.In(language);
        await using var session = await db.BeginAsync(shop, ct);
        return await FindAsync(session, shop, name, version, language, ct);
    }

    /// <param name="session">The transaction to read in.</param>
    /// <param name="shop">Whose scripts.</param>
    /// <param name="name"><c>payment-reminder</c>, <c>pack/payment-reminder</c> or <c>shop/our-own</c>.</param>
    /// <param name="version">Null: the latest.</param>
    /// <param name="language">zh-CN or en; another language gets English.</param>
    /// <param name="ct">Cancels the statement.</param>
    /// <returns>Null: there is no such script or version.</returns>
    public async ValueTask<CallScript?> FindAsync(Session session, ShopId shop, string name, int? version, string language, CancellationToken ct)
    {
        if (OwnName(name) is not { } own)
            return book.Find(name, version, language);
        version ??= await VersionAsync(session, shop, name, null, ct);
        if (version is null)
            return null;
        if (!kept.TryGetValue((shop, own, version.Value), out var script))
        {
            if (await PublishedAsync(session, shop, own, version.Value, ct) is not { } texts)
                return null;
            script = CheckedScript.Of(texts, book.Outcomes);
            if (kept.Count >= MostKept)
                kept.Clear();
            kept[(shop, own, version.Value)] = script;
        }
        return script.In(language);
    }

    /// <summary>The number to pin a call to, without reading the script.</summary>
    /// <returns>Null: there is no such script or version.</returns>
    public async ValueTask<int?> VersionAsync(Session session, ShopId shop, string name, int? version, CancellationToken ct) =>
        OwnName(name) is { } own
            ? await session.QuerySingleOrDefaultAsync<int?>(
                """
                select max(version)
                from script_versions
                where shop_id = @shop and name = @own and (@version::integer is null or version = @version)
                """,
                new { shop, own, version },
                ct)
            : book.Find(name, version, "en")?.Version;

    /// <summary>What a campaign of this purpose may name: the packs' scripts, then the shop's own that are published.</summary>
    public async Task<IReadOnlyList<ScriptChoice>> ChoicesAsync(Session session, ShopId shop, Purpose purpose, CancellationToken ct)
    {
        var own = await session.QueryAsync<(string Name, int[] Versions)>(
            """
            select s.name, array_agg(v.version order by v.version desc) as versions
            from shop_scripts s
            join script_versions v on v.shop_id = s.shop_id and v.name = s.name
            where s.shop_id = @shop and s.purpose = @purpose
            group by s.name
            order by s.name
            """,
            new { shop, purpose = purpose.ToString() },
            ct);
        return
        [
            .. book.NamesFor(purpose).Select(name => new ScriptChoice(name, book.Find(name, null, "en")!.Title, book.VersionsOf(name))),
            .. own.Select(script => new ScriptChoice($"{CallScriptBook.ShopPack}/{script.Name}", script.Name, script.Versions)),
        ];
    }

    private static Task<ScriptTexts?> PublishedAsync(Session session, ShopId shop, string own, int version, CancellationToken ct) =>
        session.QuerySingleOrDefaultAsync<ScriptTexts>(
            "select zh, en from script_versions where shop_id = @shop and name = @own and version = @version", new { shop, own, version }, ct);

    private static string? OwnName(string name) =>
        name.StartsWith($"{CallScriptBook.ShopPack}/", StringComparison.Ordinal) ? name[(CallScriptBook.ShopPack.Length + 1)..] : null;
}
